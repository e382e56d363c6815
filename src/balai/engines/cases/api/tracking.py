"""Following an application with number and PIN: no token, nothing personal."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from balai.engines.cases import actions
from balai.engines.cases.api.told import CaseTold, told
from balai.runtime.api import everybody, refused
from balai.runtime.client import client_ip

router = Router(tags=["follow"])


class SlipShown(Schema):
    """What stands on the slip. It is sent in the body, so that no log of addresses keeps the PIN."""

    model_config = ConfigDict(extra="forbid")
    number: Annotated[str, Field(max_length=60)]
    pin: Annotated[str, Field(max_length=20)]


@router.post(
    "/follow",
    auth=everybody,
    operation_id="follow_case",
    response={200: CaseTold, **refused(400, 404, 413, 422, 429)},
)
def follow(request: HttpRequest, sent: SlipShown) -> CaseTold:
    """Where the application stands; a wrong number and a wrong PIN look alike, and guessing is limited."""
    return told(actions.follow(number=sent.number, pin=sent.pin, address=client_ip(request)))
