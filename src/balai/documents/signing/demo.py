"""The signer `demo`: as `local`, with certificates of the demo authority; says so wherever it signs."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from balai.documents.signing.local import LocalSigner
from balai.documents.signing.registry import OpenedKey, SignOrder, register

WARNING = "UJI COBA - tidak berlaku sebagai bukti"
REASON_SUFFIX = " (UJI COBA)"


@register("demo")
class DemoSigner(LocalSigner):
    """Signs with the demo town's own authority; refused in production."""

    label = _("Peragaan (UJI COBA)")
    is_demo = True

    def sign(self, opened: OpenedKey, pdf: bytes, order: SignOrder) -> bytes:
        return super().sign(opened, pdf, marked(order))


def marked(order: SignOrder) -> SignOrder:
    """The order with UJI COBA in its mark and in its reason."""
    mark = order.mark and replace(order.mark, lines=(*order.mark.lines, WARNING))
    return replace(order, mark=mark, reason=f"{order.reason}{REASON_SUFFIX}".strip())
