"""What is paid, and at which step: said everywhere, also where it is nothing."""

from __future__ import annotations

from collections.abc import Sequence

from balai.catalogue.schema import Fee
from balai.kernel.rupiah import format_rupiah

NOTHING = format_rupiah(0)


def text_of(fees: Sequence[Fee]) -> str:
    """ "Rp0", or "Biaya layanan Rp0 + Meterai Rp10.000" where several are paid."""
    if not fees:
        return NOTHING
    if len(fees) == 1:
        return format_rupiah(fees[0].amount)
    return " + ".join(f"{fee.title} {format_rupiah(fee.amount)}" for fee in fees)


def at_step(fees: Sequence[Fee], step_id: str, *, is_first: bool) -> str:
    """What is paid at this step; a fee that names no step is paid when applying, before the first."""
    return text_of([fee for fee in fees if fee.at == step_id or (fee.at is None and is_first)])
