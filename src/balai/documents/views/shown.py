"""How a turn reads on a page: what is due, what went wrong, whom it is for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from balai.documents import batching, live, queries
from balai.documents.enums import TurnKind, TurnState
from balai.documents.models import Letter, SigningBatch, Turn
from balai.government import current
from balai.kernel.dates import format_datetime
from balai.runtime import clock

SOON = timedelta(hours=24)


@dataclass(frozen=True)
class TurnRow:
    """One turn in a list."""

    turn: Turn
    holder: str
    office: str
    due: str
    due_tone: str
    fault: str

    @property
    def is_to_sign(self) -> bool:
        """Whether it waits for a signature, not for an initial."""
        return self.turn.kind == TurnKind.SIGN


def rows(turns: Iterable[Turn]) -> list[TurnRow]:
    """Turns as a list shows them."""
    listed = list(turns)
    names = queries.office_names(turn.letter.office_code for turn in listed)
    return [_row(turn, names.get(turn.letter.office_code, turn.letter.office_code)) for turn in listed]


def _row(turn: Turn, office: str) -> TurnRow:
    due, tone = _due(turn)
    return TurnRow(
        turn=turn,
        holder=holder_of(turn.letter),
        office=office,
        due=due,
        due_tone=tone,
        fault=fault_label(turn.fault),
    )


def holder_of(letter: Letter) -> str:
    """The name of whom the letter is for; "" when nobody is named."""
    return str(letter.holder_name.clear) if letter.holder_name is not None else ""


def _due(turn: Turn) -> tuple[str, str]:
    if turn.due_at is None:
        return "", ""
    moment, now = format_datetime(turn.due_at, current().tzinfo), clock.now()
    if turn.due_at < now:
        return _("Lewat tenggat sejak %(moment)s") % {"moment": moment}, "late"
    return _("Tenggat %(moment)s") % {"moment": moment}, "attention" if turn.due_at - now < SOON else "calm"


def fault_label(code: str) -> str:
    """What went wrong with a letter at its last try, as an officer reads it; "" for nothing."""
    labels = {
        "": "",
        live.RENDER: _("Naskah surat tidak dapat dicetak. Hubungi pengelola."),
        batching.NOT_ALLOWED: _("Anda tidak lagi berwenang menandatangani surat ini."),
        batching.RELEASED: _("Pejabat lain melepas surat ini karena menunggu frasa sandi Anda."),
        "certificate_ended": _("Sertifikat elektronik sudah tidak berlaku."),
        "certificate_revoked": _("Sertifikat elektronik sudah dicabut."),
        "key_closed": _("Kunci tertutup sebelum selesai. Tanda tangani sekali lagi."),
    }
    return labels.get(code, _("Penanda tangan menolak surat ini (%(code)s).") % {"code": code})


def batch_fault(batch: SigningBatch) -> str:
    """Why a batch waits, as an officer reads it."""
    labels = {
        live.SIGNER_DOWN: _(
            "Layanan tanda tangan tidak menjawab. Surat yang tersisa menunggu, urutannya tetap."
        ),
        live.KEY_WITHDRAWN: _(
            "Sertifikat yang dipakai sudah ditutup. Surat yang tersisa menunggu, urutannya tetap."
        ),
        live.STOPPED: _("Server dimulai ulang. Surat yang tersisa menunggu, urutannya tetap."),
        live.BROKEN: _("Terjadi gangguan yang sudah dicatat. Surat yang tersisa menunggu, urutannya tetap."),
    }
    return labels.get(
        batch.fault,
        _("Sambungan ke proses tanda tangan terputus. Surat yang tersisa menunggu, urutannya tetap."),
    )


def timeline(turns: Iterable[Turn]) -> list[dict[str, Any]]:
    """Everybody's turn at a letter, as the timeline draws it."""
    return [_event(turn) for turn in turns]


def _event(turn: Turn) -> dict[str, Any]:
    kind = _("Paraf") if turn.kind == TurnKind.INITIAL else _("Tanda tangan")
    title = f"{kind}: {turn.title}" if turn.title else kind
    event: dict[str, Any] = {"title": title, "state": _STATES[TurnState(turn.state)]}
    if turn.taken_at is not None and turn.officer is not None:
        event["at"] = format_datetime(turn.taken_at, current().tzinfo)
        event["by"] = turn.officer.name
    if turn.note:
        event["text"] = turn.note
    return event


_STATES = {
    TurnState.AHEAD: "next",
    TurnState.OPEN: "current",
    TurnState.QUEUED: "current",
    TurnState.TAKEN: "done",
    TurnState.REFUSED: "fault",
    TurnState.CANCELLED: "next",
}
