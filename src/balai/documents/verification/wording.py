"""Findings in the words of the interface: the sentence, the remarks, and the rows below."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from balai import government
from balai.documents.verification.facts import FileFacts, Revocation, SignatureFacts
from balai.documents.verification.held import LARGEST_BYTES, MEGABYTE
from balai.documents.verification.judging import Judgement
from balai.documents.verification.outcomes import SENTENCES, Outcome
from balai.documents.verification.records import Record
from balai.ui.days import format_date

Row = dict[str, str]
_MOST_NAMED = 3
_AFTER = {
    "nothing": gettext_lazy("Tidak ada perubahan."),
    "maintained": gettext_lazy("Hanya data pemeliharaan tanda tangan, bukan isi."),
    "signed": gettext_lazy("Hanya tanda tangan berikutnya."),
    "filled": gettext_lazy("Isian formulir ditambah atau diubah."),
    "changed": gettext_lazy("Isinya diubah."),
}
_CHAIN = {
    "trusted": gettext_lazy("Dari penyelenggara yang kami percayai."),
    "untrusted": gettext_lazy("Bukan dari penyelenggara yang kami percayai."),
    "self_signed": gettext_lazy("Buatan sendiri."),
    "expired": gettext_lazy("Sudah berakhir saat ditandatangani atau tidak terbukti masih berlaku."),
    "not_yet": gettext_lazy("Belum berlaku saat ditandatangani."),
    "revoked": gettext_lazy("Sudah dicabut."),
    "unfit": gettext_lazy("Tidak untuk menandatangani surat."),
    "weak": gettext_lazy("Kuncinya atau caranya terlalu lemah."),
    "unclear": gettext_lazy("Tidak dapat dipastikan."),
}


def sentence(judgement: Judgement, facts: FileFacts, record: Record | None, found: str = "") -> str:
    """The one sentence that answers the question."""
    about = judgement.about
    values = {
        "signed": _listed([_signed(each, record) for each in facts.signatures]),
        "signer": _named(about),
        "when": _when(judgement.outcome, about, record),
        "count": len(facts.signatures),
        "office": record.office if record else "",
        "size": LARGEST_BYTES // MEGABYTE,
        "found": found or _("jenis tidak dikenal"),
    }
    said = str(SENTENCES[judgement.outcome]) % values
    return with_reason(said, record) if judgement.outcome == Outcome.LETTER_REVOKED else said


def with_reason(said: str, record: Record | None) -> str:
    """A sentence about a letter, followed by why it was revoked, if it was."""
    if record is None or not record.reason:
        return said
    return f"{said} {_('Alasannya: %(reason)s.') % {'reason': record.reason}}"


def _named(signature: SignatureFacts | None) -> str:
    if signature is None or not signature.signer:
        return _("penanda tangan yang tidak terbaca namanya")
    if not signature.organisation:
        return signature.signer
    words = {"name": signature.signer, "organisation": signature.organisation}
    return pgettext("signer", "%(name)s dari %(organisation)s") % words


def _signed(signature: SignatureFacts, record: Record | None) -> str:
    """ "Bambang Sutejo dari Desa Sawentar pada 21 November 2026 pukul 10.00"."""
    moment = signature.stamped_at or signature.claimed_at
    name = _named(signature)
    return _("%(name)s pada %(when)s") % {"name": name, "when": instant_words(moment)} if moment else name


def _listed(names: Sequence[str]) -> str:
    shown = list(names[:_MOST_NAMED])
    if len(names) > _MOST_NAMED:
        shown.append(_("%(count)s orang lain") % {"count": len(names) - _MOST_NAMED})
    return f"{', '.join(shown[:-1])} {_('dan')} {shown[-1]}" if len(shown) > 1 else "".join(shown)


def _when(outcome: Outcome, about: SignatureFacts | None, record: Record | None) -> str:
    if outcome in {Outcome.LETTER_EXPIRED, Outcome.LETTER_REVOKED, Outcome.LETTER_REPLACED}:
        return day_words(record.ended_on if record else None)
    if about is None:
        return ""
    moments = {
        Outcome.CERTIFICATE_REVOKED: about.revoked_at,
        Outcome.CERTIFICATE_NOT_YET: about.starts_at,
    }
    return instant_words(moments.get(outcome, about.ends_at))


def instant_words(text: str) -> str:
    """An ISO instant on the town's clock: "21 November 2026 pukul 10.00"; "" for none."""
    if not text:
        return ""
    local = datetime.fromisoformat(text).astimezone(government.current().tzinfo)
    words = {"day": format_date(local.date()), "time": f"{local:%H.%M}"}
    return pgettext("instant", "%(day)s pukul %(time)s") % words


def day_words(day: date | None) -> str:
    """A day, or "" for none."""
    return format_date(day) if day else ""


def letter_rows(record: Record) -> list[Row]:
    """What may be shown of a letter of ours to anybody who holds it or knows its code."""
    return _filled(
        (_("Surat"), record.title),
        (_("Nomor"), record.number),
        (_("Diterbitkan oleh"), record.office),
        (_("Tanggal"), day_words(record.dated_on)),
        (_("Penanda tangan"), record.signer),
        (
            _("Cara tanda tangan"),
            _("Tanda tangan elektronik") if record.is_certified else _("Tanda tangan basah di atas kertas"),
        ),
        (_("Berlaku sampai"), day_words(record.valid_until_on)),
        (_("Keadaan"), str(record.state.label)),
        (_("Berakhir pada"), day_words(record.ended_on)),
        (_("Alasan pencabutan"), record.reason),
        (_("Diganti dengan nomor"), record.replaced_by),
    )


def signature_rows(signature: SignatureFacts) -> list[Row]:
    """Everything about one signature."""
    if signature.fault in {"broken", "unsupported"}:
        return _filled((_("Kotak"), signature.field), (_("Jenis"), signature.level))
    return _filled(
        (_("Penanda tangan"), _named(signature)),
        (_("Waktu"), _time_words(signature)),
        (_("Isi setelah ditandatangani"), _contents_words(signature)),
        (_("Yang dilindungi"), _covered_words(signature)),
        (_("Sertifikat"), str(_CHAIN.get(signature.chain, ""))),
        (_("Rantai penerbit"), " ← ".join(signature.issuers)),
        (_("Masa sertifikat"), _validity_words(signature)),
        (_("Nomor seri"), signature.serial),
        (_("Pencabutan"), _revocation_words(signature)),
        (_("Tingkat"), signature.level),
        (_("Cara"), f"{signature.algorithm}, {signature.digest}"),
        (_("Alasan"), signature.reason),
        (_("Tempat"), signature.location),
    )


def _filled(*pairs: tuple[str, str]) -> list[Row]:
    return [{"label": label, "value": value} for label, value in pairs if value]


def _time_words(signature: SignatureFacts) -> str:
    if signature.stamped_at:
        words = {"when": instant_words(signature.stamped_at), "by": signature.stamped_by}
        return _("%(when)s, dibuktikan stempel waktu %(by)s") % words
    if signature.claimed_at:
        return _("%(when)s, menurut penanda tangan") % {"when": instant_words(signature.claimed_at)}
    return _("Tidak dicantumkan")


def _contents_words(signature: SignatureFacts) -> str:
    if signature.fault == "skips":
        return _("Tidak dapat dipastikan: tanda tangan melewatkan sebagian isi.")
    if not signature.intact:
        return _("Berbeda dari yang ditandatangani.")
    return str(_AFTER.get(signature.after, ""))


def _covered_words(signature: SignatureFacts) -> str:
    words = {
        "end": signature.covered_to,
        "start": signature.gap_start,
        "stop": signature.gap_end,
    }
    return (
        _("Byte 0 sampai %(end)s, selain tempat tanda tangan itu sendiri (%(start)s sampai %(stop)s)") % words
    )


def _validity_words(signature: SignatureFacts) -> str:
    words = {"start": instant_words(signature.starts_at), "end": instant_words(signature.ends_at)}
    return _("%(start)s sampai %(end)s") % words


def _revocation_words(signature: SignatureFacts) -> str:
    rows = "; ".join(_looked_up(each) for each in signature.revocation)
    if not signature.revoked_at:
        return rows
    return _("Dicabut pada %(when)s. %(rows)s") % {"when": instant_words(signature.revoked_at), "rows": rows}


def _looked_up(row: Revocation) -> str:
    if not row.source:
        return _("%(name)s: tidak dapat diperiksa") % {"name": row.certificate}
    words: dict[str, Any] = {
        "name": row.certificate,
        "source": row.source,
        "when": instant_words(row.issued_at),
    }
    return _("%(name)s: diperiksa pada %(source)s tertanggal %(when)s") % words


def size_words(size: int) -> str:
    """How large a file is: "86 kB", "1,2 MB"."""
    if size >= MEGABYTE:
        return f"{size / MEGABYTE:.1f} MB".replace(".", ",")
    return f"{max(1, round(size / 1024))} kB" if size else "0 byte"
