"""What was typed into a page after the session ended: kept, and claimed by the same person after signing in.

The page carries a signed mark of the citizen it was drawn for, so the next user of a shared computer cannot
claim another's answers. The token that claims them travels in a cookie for as long as they are kept.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.core import signing
from django.http import HttpRequest, HttpResponse

from balai.catalogue.schema import Page, ServiceDefinition
from balai.engines.cases.forms.application import FILE, KIND, TYPED, store_files_of, typed_values
from balai.kernel.references import Actor, Subject
from balai.kernel.uuid7 import uuid7
from balai.runtime.errors import CitizenError
from balai.sync import actions as sync

if TYPE_CHECKING:
    from balai.people.models import Citizen

COOKIE = "balai_isian"
SALT = "cases.stash"
SECONDS = 2 * 3600
NOBODY = Actor("citizen", "", "")


def mark(citizen: Citizen) -> str:
    """A signed word for whom a page was drawn."""
    return signing.dumps(str(citizen.pk), salt=SALT)


def keep(request: HttpRequest, response: HttpResponse, service: ServiceDefinition, page: Page) -> None:
    """Keep the posted page; the answer carries the token."""
    draft_id = uuid7()
    owner = Subject("sync.draft", str(draft_id))
    stored, _refused = store_files_of(page, request.FILES, by=NOBODY, owner=owner)
    token = sync.stash(
        kind=KIND,
        about=service.id,
        data={
            **{f"{TYPED}{name}": value for name, value in typed_values(page, request.POST).items()},
            **{f"{FILE}{name}": ids for name, ids in stored.items()},
        },
        uploads=[each for ids in stored.values() for each in ids],
        meant_for=_meant_for(request),
        id=draft_id,
    )
    response.set_cookie(
        COOKIE, token, max_age=SECONDS, httponly=True, samesite="Lax", secure=request.is_secure()
    )


def claim(request: HttpRequest) -> bool:
    """Lay what was kept over the citizen's draft; True when a token was there, fitting or not."""
    token = request.COOKIES.get(COOKIE)
    if not token:
        return False
    citizen = request.citizen
    # Expired, claimed before, or another person's: there is nothing to say to this one.
    with suppress(CitizenError):
        sync.claim_stash(by=citizen.as_actor(), owner=citizen.as_subject(), token=token)
    return True


def forget(response: HttpResponse) -> None:
    """The token has served."""
    response.delete_cookie(COOKIE)


def _meant_for(request: HttpRequest) -> Subject | None:
    try:
        citizen_id = signing.loads(request.POST.get("milik", ""), salt=SALT, max_age=31 * 86400)
    except signing.BadSignature:
        return None
    return Subject("people.citizen", str(citizen_id))
