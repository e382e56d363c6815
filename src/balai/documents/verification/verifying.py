"""`verify`: one file, one verdict. Reads the book, asks the checking process, fetches nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from threading import BoundedSemaphore
from typing import Any

from django.db import DatabaseError
from django.utils.translation import gettext_lazy as _

from balai.documents.signing import trust
from balai.documents.signing.trust import TrustUnreadable
from balai.documents.verification import client, judging, wording
from balai.documents.verification.chamber.materials import Materials
from balai.documents.verification.facts import FileFacts
from balai.documents.verification.held import HeldFile
from balai.documents.verification.judging import Judgement
from balai.documents.verification.outcomes import REMARKS, Outcome, Remark, Standing
from balai.documents.verification.records import Record, record_signed_as, record_with_hash
from balai.files import sniffing
from balai.runtime import clock
from balai.runtime.errors import CitizenError

log = logging.getLogger(__name__)
# Each takes a core for up to two seconds: more at once would only make all of them late.
AT_ONCE = 2
WAIT_SECONDS = 6.0
_places = BoundedSemaphore(AT_ONCE)


class VerifierBusy(CitizenError):
    """Too many files at this moment; nothing was checked."""

    code = "documents.verifier_busy"
    template = _("Sedang banyak berkas yang diperiksa. Silakan coba lagi sebentar lagi.")
    status = 503


@dataclass(frozen=True)
class Trusted:
    """Whom to believe, and which of the anchors are only for trial."""

    materials: Materials
    trial_anchors: frozenset[str]


@dataclass(frozen=True)
class Verdict:
    """What is to be said about one file."""

    outcome: Outcome
    sentence: str
    remarks: tuple[Remark, ...]
    facts: FileFacts
    record: Record | None
    sha256: str
    size: int
    name: str = ""
    cpu_seconds: float = 0.0
    peak_kib: int = 0

    @property
    def standing(self) -> Standing:
        """Valid, not, or unknown."""
        return self.outcome.standing

    @property
    def remark_sentences(self) -> list[str]:
        """The remarks in words."""
        return [str(REMARKS[each]) for each in self.remarks]

    def plain(self) -> dict[str, Any]:
        """For machines: stable codes, instants in UTC."""
        return {
            "outcome": str(self.outcome),
            "standing": self.standing.name.lower(),
            "sentence": self.sentence,
            "remarks": [{"code": str(each), "sentence": str(REMARKS[each])} for each in self.remarks],
            "name": self.name,
            "size": self.size,
            "sha256": self.sha256,
            "pages": self.facts.pages,
            "letter": plain_record(self.record),
            "signatures": self.facts.plain()["signatures"],
        }


def plain_record(record: Record | None) -> dict[str, Any] | None:
    """A letter of ours for machines."""
    if record is None:
        return None
    return {
        "code": record.code,
        "title": record.title,
        "number": record.number,
        "office": record.office,
        "dated_on": record.dated_on.isoformat() if record.dated_on else None,
        "signer": record.signer,
        "is_certified": record.is_certified,
        "valid_until_on": record.valid_until_on.isoformat() if record.valid_until_on else None,
        "state": str(record.state),
        "ended_on": record.ended_on.isoformat() if record.ended_on else None,
        "revocation_reason": record.reason,
        "replaced_by": record.replaced_by,
        "is_whole": record.is_whole,
    }


def trusted() -> Trusted:
    """What this town believes now (`documents.signing.trust`)."""
    anchors = trust.anchors()
    materials = Materials(
        anchors=tuple(each.dump() for each in anchors),
        intermediates=tuple(each.dump() for each in trust.intermediates()),
        crls=tuple(each.dump() for each in trust.crls()),
    )
    trial = frozenset(sha256(each.dump()).hexdigest() for each in anchors if trust.is_demo(each))
    return Trusted(materials, trial)


def verify(content: bytes, name: str = "") -> Verdict:
    """Check a file that is in memory already (a letter of ours, a test)."""
    with HeldFile.of(content) as held:
        return verify_held(held, name)


def verify_held(
    held: HeldFile, name: str = "", *, believe: Callable[[], Trusted] = trusted, with_register: bool = True
) -> Verdict:
    """Check a held file; raises VerifierBusy when too many are being checked.

    `with_register=False` leaves the book of letters closed and says so.
    """
    refused, found = _refused_at_once(held)
    if refused is not None:
        judgement = Judgement(refused)
        facts = FileFacts(size=held.size)
        said = wording.sentence(judgement, facts, None, found)
        return Verdict(refused, said, (), facts, None, held.sha256, held.size, name)
    try:
        whom = believe()
    except TrustUnreadable:
        log.exception("nothing can be checked: the folder of trust is not readable")
        whom = Trusted(Materials(), frozenset())
        answer = client.Answer(FileFacts(fault="crashed", note="trust"))
    else:
        answer = _asked(held, whom.materials)
    record, has_register = _looked_up(held, answer.facts) if with_register else (None, False)
    judgement = judging.judge(answer.facts, record, whom.trial_anchors)
    noted = judging.remarks(answer.facts, record, whom.trial_anchors, has_register=has_register)
    return Verdict(
        outcome=judgement.outcome,
        sentence=wording.sentence(judgement, answer.facts, record),
        remarks=tuple(noted),
        facts=answer.facts,
        record=record,
        sha256=held.sha256,
        size=held.size,
        name=name,
        cpu_seconds=answer.cpu_seconds,
        peak_kib=answer.peak_kib,
    )


def _refused_at_once(held: HeldFile) -> tuple[Outcome | None, str]:
    """What size and first bytes tell already, and what the file seems to be instead."""
    if held.size == 0:
        return Outcome.EMPTY, ""
    if not held.head.startswith(b"%PDF-"):
        return Outcome.NOT_PDF, sniffing.describe(held.head)
    return (Outcome.TOO_LARGE, "") if held.is_too_large else (None, "")


def _asked(held: HeldFile, materials: Materials) -> client.Answer:
    if not _places.acquire(timeout=WAIT_SECONDS):
        raise VerifierBusy()
    try:
        return client.ask(held, materials, clock.now())
    finally:
        _places.release()


def _looked_up(held: HeldFile, facts: FileFacts) -> tuple[Record | None, bool]:
    """The letter that this is or was, and whether the book could be asked."""
    earlier = [digest for _end, digest in sorted(facts.prefixes.items(), key=lambda pair: -int(pair[0]))]
    try:
        record = record_with_hash(held.sha256, earlier)
        return record or _by_signature(facts), True
    except DatabaseError:
        return None, False


def _by_signature(facts: FileFacts) -> Record | None:
    trusted_ones = (
        each for each in facts.signatures if each.intact and each.sound and each.chain == "trusted"
    )
    found = (record_signed_as(each.reason, each.serial) for each in trusted_ones)
    return next((record for record in found if record is not None), None)
