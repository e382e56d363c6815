"""Controls for the field kinds: the right keyboard on a phone, 48 px high, nothing remembered by strangers.

All work without scripts. Identifiers switch autocomplete off, because phones here are shared.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.ui.days import MONTHS


class TextInput(forms.TextInput):
    """One line of text; subclasses set `defaults`, the caller's `attrs` win."""

    defaults: dict[str, str] = {}

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__({"class": "input", **self.defaults, **(attrs or {})})


class NameInput(TextInput):
    """A person's name, as people write it."""

    # dir: a name in a right-to-left script is shown the way it is written.
    defaults = {"autocomplete": "name", "autocapitalize": "words", "spellcheck": "false", "dir": "auto"}


class NikInput(TextInput):
    """16 digits, digit keyboard, spaced by the browser's font only: what is typed is what is sent."""

    defaults = {
        "class": "input digits",
        "inputmode": "numeric",
        "autocomplete": "off",
        "spellcheck": "false",
        "maxlength": "24",
    }


class KkInput(NikInput):
    """No. KK: same shape as a NIK."""


class CodeInput(TextInput):
    """A one-time code or PIN; the phone may offer the code it just received."""

    defaults = {
        "class": "input code",
        "inputmode": "numeric",
        "autocomplete": "one-time-code",
        "maxlength": "12",
    }


class CaseNumberInput(TextInput):
    """A case number such as SKU-2026-4831-7762, typed forgivingly."""

    defaults = {
        "class": "input digits",
        "autocomplete": "off",
        "autocapitalize": "characters",
        "spellcheck": "false",
        "maxlength": "40",
    }


class PhoneInput(TextInput):
    """A mobile number."""

    input_type = "tel"
    defaults = {"class": "input digits medium", "autocomplete": "tel", "maxlength": "24"}


class EmailInput(TextInput):
    """An e-mail address."""

    input_type = "email"
    defaults = {"autocomplete": "email", "spellcheck": "false", "autocapitalize": "none"}


class ContactInput(TextInput):
    """A phone number or an e-mail address in one control."""

    defaults = {"autocomplete": "tel", "spellcheck": "false", "autocapitalize": "none"}


class NumberInput(TextInput):
    """A whole number; text with a digit keyboard, because spinners misfire under a thumb."""

    defaults = {"class": "input digits short", "inputmode": "numeric", "autocomplete": "off"}


class RupiahInput(NumberInput):
    """An amount of money; `Rp` stands before the control."""

    prefix = "Rp"
    defaults = {"class": "input digits medium", "inputmode": "numeric", "autocomplete": "off"}


class PasswordInput(forms.PasswordInput):
    """A password; never rendered back."""

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__({"class": "input", "autocomplete": "current-password", **(attrs or {})})


class Paragraph(forms.Textarea):
    """Several lines of text."""

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__({"class": "input", "rows": 4, "dir": "auto", **(attrs or {})})


class Select(forms.Select):
    """A list of more than seven choices."""

    template_name = "ui/components/field/widgets/select.html"

    def __init__(self, attrs: Mapping[str, Any] | None = None, choices: Any = ()) -> None:
        super().__init__({"class": "input select", **(attrs or {})}, choices)


class AreaSelect(Select):
    """A village or kelurahan; give choices grouped by district: `(district, [(code, village), …])`."""


class Radios(forms.RadioSelect):
    """Up to seven choices, each a row that a thumb can hit."""

    template_name = "ui/components/field/widgets/options.html"


class Checks(forms.CheckboxSelectMultiple):
    """Any of several choices, each a row that a thumb can hit."""

    template_name = "ui/components/field/widgets/options.html"


class YesNoRadios(Radios):
    """Yes or no, side by side. Values `yes` and `no`."""

    def __init__(self, attrs: Mapping[str, Any] | None = None, choices: Any = ()) -> None:
        yes_no = choices or (("yes", _("Ya")), ("no", _("Tidak")))
        super().__init__({"class": "side-by-side", **(attrs or {})}, yes_no)


class Checkbox(forms.CheckboxInput):
    """A statement that one agrees to."""

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__(dict(attrs or {}))


class DateParts(forms.MultiWidget):
    """Day, month, year as three controls: no calendar to page back thirty years in.

    The value is one string `17-8-1995` (what was typed, even nonsense), so that the date rules stay in
    the field; a single posted value under the plain name (`1995-08-17`) is taken as it is.
    """

    template_name = "ui/components/field/widgets/date.html"
    use_fieldset = True

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        digits = {"class": "input digits", "inputmode": "numeric", "autocomplete": "off"}
        months = [("", "—"), *((str(n), name) for n, name in enumerate(MONTHS, start=1))]
        parts: dict[str, forms.Widget | type[forms.Widget]] = {
            "day": forms.TextInput({**digits, "maxlength": "2"}),
            "month": Select(choices=months),
            "year": forms.TextInput({**digits, "maxlength": "4"}),
        }
        super().__init__(parts, dict(attrs or {}))

    def decompress(self, value: Any) -> list[str]:
        """Split a date, an ISO text or what was typed before into the three controls."""
        text = str(value or "")
        if len(text) == 10 and text[4:5] == "-" and text[7:8] == "-":
            year, month, day = text.split("-")
            return [day.lstrip("0"), month.lstrip("0"), year]
        parts = text.split("-") if text.count("-") == 2 else [text, "", ""]
        return [parts[0], parts[1].lstrip("0"), parts[2]]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:  # type: ignore[override]  # one text, not three
        """`17-8-1995`, or "" when all three are empty."""
        if data.get(name):
            return str(data[name])
        day, month, year = super().value_from_datadict(data, files, name)
        parts = [(part or "").strip() for part in (day, month, year)]
        return "-".join(parts) if any(parts) else ""

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Absent only when neither the plain name nor any part was posted."""
        return name not in data and super().value_omitted_from_data(data, files, name)


class FileInput(forms.FileInput):
    """A file; `ui/photo/photo.js` previews it and shrinks photos before they are sent."""

    accept = ""
    controller = "file"

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        own = {"accept": self.accept, "data-controller": self.controller}
        super().__init__({"class": "file-input", **own, **(attrs or {})})

    def take_several(self) -> None:
        """Let more than one file be chosen at once; whoever takes them reads the list that was sent."""
        self.allow_multiple_selected = True
        self.attrs["multiple"] = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The last file, so that the field of one file can look at it."""
        return files.get(name)


class PhotoInput(FileInput):
    """A photo: camera or gallery, as the phone offers."""

    accept = "image/*"
    controller = "photo"


class DocumentInput(FileInput):
    """A PDF or a photo of a paper."""

    accept = "application/pdf,image/*"
    controller = "photo"
