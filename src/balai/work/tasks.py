"""The look at the clock, run by the worker."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from balai.runtime.jobs import periodic
from balai.work import reminding


@periodic(
    "work.remind",
    seconds=300,
    label=_("Mencatat tugas yang hampir lewat waktu, meneruskan yang terlambat ke pimpinan"),
)
def remind() -> None:
    """Everything that became due since the last look, however long ago that was."""
    reminding.remind()
