"""A point on the ground as a question of a form: from the phone, from the map, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.kernel.errors import ValueRefused
from balai.kernel.geo import DECIMALS, Place, parse_place

Typed = tuple[str, str]


class PointInput(forms.Widget):
    """Two hidden inputs, `NAME_lat` and `NAME_lon`, filled by buttons that appear where scripts run.

    `near` is where the map opens while nothing is chosen: the middle of a village, say.
    """

    template_name = "ui/components/field/widgets/point.html"
    use_fieldset = True
    only_device = False

    def __init__(self, attrs: Mapping[str, Any] | None = None, near: Place | None = None) -> None:
        super().__init__(dict(attrs or {}))
        self.near = near

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Adds what is chosen, as the controls hold it and as people read it."""
        context = super().get_context(name, value, attrs)
        lat, lon = _typed(value)
        near = f"{self.near.lat},{self.near.lon}" if self.near else ""
        context["widget"] |= {"lat": lat, "lon": lon, "near": near, "only_device": self.only_device}
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Typed | None:
        """Both texts as they came; None when both are empty."""
        typed = (str(data.get(f"{name}_lat") or "").strip(), str(data.get(f"{name}_lon") or "").strip())
        return typed if any(typed) else None

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Absent only when neither input was posted."""
        return f"{name}_lat" not in data and f"{name}_lon" not in data

    def id_for_label(self, id_: str) -> str:
        """A group has no one control; the link of an error goes to its first line."""
        return ""


class DevicePointInput(PointInput):
    """Where the device is, and nowhere else: what proves that somebody was there is not chosen on a map."""

    only_device = True


class PointField(forms.Field):
    """A `Place`, or None. Where scripts do not run it stays empty: ask for the place in words as well."""

    widget = PointInput
    default_error_messages = {
        "required": _("Tunjukkan tempatnya: pakai lokasi ponsel, atau tunjuk di peta."),
        "invalid": _("Titik ini tidak terbaca. Hapus titiknya, lalu tunjuk sekali lagi."),
    }

    def to_python(self, value: Any) -> Place | None:
        """Reads what the two inputs held."""
        if value is None or isinstance(value, Place):
            return value
        try:
            return parse_place(*value)
        except (ValueRefused, TypeError):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compares points, not their texts."""
        try:
            return self.to_python(data) != self.to_python(initial)
        except forms.ValidationError:
            return True


def _typed(value: Any) -> Typed:
    if isinstance(value, Place):
        return f"{value.lat:.{DECIMALS}f}", f"{value.lon:.{DECIMALS}f}"
    return value or ("", "")
