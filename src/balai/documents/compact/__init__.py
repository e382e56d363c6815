"""The QR code of a letter: a compact signed summary that proves the letter without a network.

    text = compact.issue(letter)                  what the QR code holds; the same for the same letter
    compact.drawn(text).svg                       the code itself
    summary = compact.read(text)                  the facts, or SummaryRefused with a sentence
    compact.frame_facts(letter)                   what the letter's template gets

The form is a CBOR Web Token signed with ES256 (docs/letter-codes.md; why: docs/decisions/0006).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings

from balai.documents.compact import sign1
from balai.documents.compact.errors import KeyUnknown, NotASummary, SummaryAltered, SummaryRefused
from balai.documents.compact.keys import PublicKeys, public_keys
from balai.documents.compact.qr import address, drawn, from_text, qr_svg, shown_address
from balai.documents.compact.summary import Summary, claims_of, summary_of
from balai.documents.enums import SignatureKind
from balai.government import current

if TYPE_CHECKING:
    from balai.documents.models import Letter

SAMPLE_CHARACTERS: Final = 430
__all__ = (
    "KeyUnknown",
    "NotASummary",
    "Summary",
    "SummaryAltered",
    "SummaryRefused",
    "drawn",
    "frame_facts",
    "issue",
    "printed_code",
    "qr_svg",
    "read",
    "sample_facts",
    "summarise",
)


def summarise(letter: Letter) -> Summary:
    """The facts of a numbered letter; raises ValueError before it has a number."""
    if letter.number is None or letter.dated_on is None:
        raise ValueError("a letter is summarised once it has number and date")
    return Summary(
        title=letter.title,
        number=letter.number.text,
        dated_on=letter.dated_on,
        valid_until_on=letter.valid_until_on,
        holder=letter.holder_name.clear if letter.holder_name else "",
        signer_name=letter.signer_name,
        signer_title=letter.signer_title,
        signature=SignatureKind(letter.signature),
        code=letter.verification_code,
        government=current().name,
        issued_at=letter.number.reserved_at,
        index=letter.number.pk,
    )


def issue(letter: Letter) -> str:
    """The text for the QR code of a numbered letter: deterministic until the key is rotated."""
    token = sign1.sign(claims_of(summarise(letter), current().tzinfo))
    return address(settings.BALAI.public_url, letter.verification_code, token)


def read(text: str, keys: PublicKeys | None = None) -> Summary:
    """The facts in a code, whole address or fragment alone, checked against `keys` (ours by default).

    Says nothing about validity or revocation: see `Summary.is_expired` and `status_list`. Raises NotASummary,
    KeyUnknown or SummaryAltered, all of them SummaryRefused.
    """
    kid, claims = sign1.opened(from_text(text), public_keys() if keys is None else keys)
    return summary_of(claims, kid)


def printed_code(code: str) -> str:
    """A verification code in groups of four, as it is printed and read aloud."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def sample_facts() -> dict[str, Any]:
    """`verification` of an invented letter, as large as a common one's: examples give it its room."""
    code = drawn(f"{settings.BALAI.public_url}/periksa/{'0' * 12}/#{'A' * SAMPLE_CHARACTERS}")
    sample = {"code": "CONTOH", "address": shown_address(), "qr": code.svg, "modules": code.modules}
    return {"verification": sample}


def frame_facts(letter: Letter, *, is_draft: bool = False) -> dict[str, Any]:
    """What the letterhead reads beside the answers: `verification`, and in `letter` how it becomes valid.

    Without a number there is no code yet, only its place; nor in a draft.
    """
    code = drawn(issue(letter)) if letter.number is not None and not is_draft else None
    return {
        "verification": {
            "code": printed_code(letter.verification_code),
            "address": shown_address(),
            "qr": code.svg if code else "",
            **({"modules": code.modules} if code else {}),
        },
        "letter": {"signature": str(letter.signature), "is_trial": settings.BALAI.mode != "production"},
    }
