"""Letters of Desa Sawentar with a number, and the readers that are not ours."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from cwt import CWT, COSEKey

from balai.documents.compact.keys import jwk, public_keys
from balai.documents.models import Letter
from balai.documents.numbering import reserve_number
from balai.documents.tests import samples

MORNING = datetime(2026, 11, 21, 0, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Desk:
    """Makes letters of Desa Sawentar."""

    set_clock: Callable[[datetime], object]

    def letter(self, at: datetime = MORNING, **changes: Any) -> Letter:
        """A letter with a number, reserved at an instant, to Siti Aminah and valid for a month."""
        self.set_clock(at)
        values = {"valid_until_on": date(2026, 12, 21), **changes}
        letter = samples.ask(**values)
        letter.holder_name = "Siti Aminah"
        letter.signature = "certified"
        letter.save(update_fields=["holder_name", "signature"])
        return reserve_number(letter=letter)

    def revoke(self, letter: Letter, code: str = "content-wrong", at: datetime = MORNING) -> None:
        """Take a letter back, as its row stands afterwards."""
        Letter.objects.filter(pk=letter.pk).update(
            state="published",
            published_at=at,
            upload_id=letter.pk,
            revoked_at=at,
            revocation_code=code,
            revoked_by_name="Bambang Sutejo",
        )


def claims_by_others(token: bytes) -> dict[int, Any]:
    """The claims as a library that is not ours reads them with the published keys, whatever the day is."""
    keys = [COSEKey.from_jwk(json.dumps(jwk(kid, key))) for kid, key in public_keys().items()]
    claims: dict[int, Any] = CWT.new(leeway=2**40).decode(token, keys)
    return claims
