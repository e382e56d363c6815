"""The control for photos of reports: several at once, and faces can be painted over before they are sent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from balai.ui import widgets


class PhotosField(forms.FileField):
    """Photos, never required here: how many are wanted is said beside it, and checked with those kept before.

    Whoever takes them reads the list that was sent.
    """

    def __init__(self, label: Any) -> None:
        super().__init__(label=label, widget=PhotosInput(), required=False)


class PhotosInput(widgets.PhotoInput):
    """Several photos, each with a way to hide faces and plates on the device.

    Its script (`ui/photo/blur.js`) comes with it: other pages have no photos to paint over.
    """

    template_name = "reports/photos_input.html"

    def __init__(self) -> None:
        super().__init__()
        self.take_several()

    def get_context(self, name: str, value: object, attrs: dict[str, object] | None) -> dict[str, object]:
        """Adds the words of the painter in the language of the page."""
        words = {
            "data-blur": _("Samarkan wajah atau pelat"),
            "data-blur-help": _(
                "Usap bagian yang ingin disamarkan. Dengan papan ketik: tombol panah, lalu spasi; "
                "+ dan - untuk ukuran."
            ),
            "data-blur-done": _("Simpan"),
            "data-blur-cancel": _("Batal"),
        }
        context: dict[str, object] = super().get_context(name, value, {**(attrs or {}), **words})
        return context
