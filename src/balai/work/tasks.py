"""The look at the clock, run by the worker."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from balai.runtime.jobs import job, periodic
from balai.work import actions, reminding


@periodic(
    "work.end_pauses",
    seconds=60,
    label=_("Menjalankan lagi tugas yang batas waktu menunggunya habis"),
)
def end_pauses() -> None:
    """Whatever waited as long as it may runs again since then, however late this looks."""
    reminding.end_pauses()


@periodic(
    "work.remind",
    seconds=60,
    label=_("Mencatat tugas yang hampir lewat waktu, meneruskan yang terlambat ke pimpinan"),
)
def remind() -> None:
    """Everything that became due since the last look, however long ago that was."""
    reminding.remind()


@periodic(
    "work.hand_to_stand_ins",
    seconds=300,
    label=_("Menyerahkan tugas petugas yang sedang tidak bertugas kepada penggantinya"),
)
def hand_to_stand_ins() -> None:
    """Whoever is away since this morning holds nothing that waits for her."""
    actions.hand_to_stand_ins()


@job("work.alert", label=_("Memanggil petugas piket"), in_transaction=True)
def alert(*, alert_id: str, step: int) -> None:
    """First call, second call, overseer: whichever is due now."""
    actions.sound_alert(alert_id=alert_id, step=step)
