"""How the letter should reach the applicant: asked once, where there is a choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.catalogue.schema import ServiceDefinition
from balai.engines.cases.enums import Delivery
from balai.engines.cases.rules import delivery as ways
from balai.ui import widgets

if TYPE_CHECKING:
    from balai.people.models import Citizen

LABELS = {
    Delivery.DOWNLOAD: _("Unduh sendiri begitu terbit, tidak perlu datang"),
    Delivery.PICKUP: _("Ambil cetakannya di kantor, bawa KTP asli"),
}


class DeliveryForm(forms.Form):
    """The ways open to this applicant; without a choice it asks nothing."""

    delivery = forms.ChoiceField(
        label=_("Bagaimana surat sampai ke Anda?"),
        widget=widgets.Radios,
        error_messages={"required": _("Pilih cara menerima surat.")},
    )

    def __init__(self, service: ServiceDefinition, *, is_proven: bool, typed: str = "") -> None:
        open_ways = ways.allowed(service, is_proven=is_proven)
        chosen = typed if typed in open_ways else ways.chosen(service, "", is_proven=is_proven)
        super().__init__(initial={"delivery": chosen})
        self.fields["delivery"].choices = [(way.value, LABELS[way]) for way in open_ways]  # type: ignore[attr-defined]  # a ChoiceField
        self.is_choice = len(open_ways) > 1
        self.needs_proof = Delivery.DOWNLOAD in ways.offered(service) and not is_proven


def delivery_form(service: ServiceDefinition, citizen: Citizen, typed: str = "") -> DeliveryForm:
    """The form for this citizen as she is now."""
    return DeliveryForm(service, is_proven=ways.is_proven(citizen), typed=typed)
