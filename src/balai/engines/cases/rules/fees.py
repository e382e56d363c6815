"""What is paid in all, said also where it is nothing, and what is paid at a step."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from balai.catalogue.schema import Fee
from balai.kernel.rupiah import format_rupiah


def text_of(fees: Sequence[Fee]) -> str:
    """ "Gratis", "Rp5.000", or "Biaya layanan Rp5.000 + Bea meterai Rp10.000" where several are in force."""
    paid = [fee for fee in fees if fee.amount]
    if not paid:
        return _("Gratis")
    if len(fees) == 1:
        return format_rupiah(paid[0].amount)
    return " + ".join(f"{fee.title} {format_rupiah(fee.amount)}" for fee in paid)


def at_step(fees: Sequence[Fee], step_id: str, *, is_first: bool) -> str:
    """What is paid at this step, "" for nothing; a fee without a step is paid at the office's first."""
    here = [fee for fee in fees if fee.amount and (fee.at == step_id or (fee.at is None and is_first))]
    return " + ".join(f"{fee.title} {format_rupiah(fee.amount)}" for fee in here)
