"""The living style guide: every component with its examples, read from `components/*/examples.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from balai.kernel.dates import parse_date
from balai.kernel.errors import ValueRefused
from balai.ui import bundle, widgets
from balai.ui.fields import field_context
from balai.ui.points import PointField

COMPONENTS = Path(__file__).parent / "components"


@dataclass(frozen=True)
class ComponentExample:
    """One picture of a component: the template and everything that it is drawn with."""

    component: str
    title: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)


class ExampleDate(forms.Field):
    """A date in three controls, checked by the house's own rule."""

    widget = widgets.DateParts

    def to_python(self, value: Any) -> date | None:
        if not value:
            return None
        try:
            return parse_date(str(value))
        except ValueRefused:
            raise forms.ValidationError(_("Tanggal ini tidak ada di kalender. Periksa lagi.")) from None


class ExampleForm(forms.Form):
    """One field of every shape, with the sentences that real services use."""

    name = forms.CharField(label=_("Nama lengkap"), help_text=_("Seperti di KTP."), widget=widgets.NameInput)
    nik = forms.RegexField(
        r"^\d{16}$",
        label="NIK",
        help_text=_("16 angka di bagian atas KTP."),
        error_messages={"invalid": _("NIK terdiri atas 16 angka. Hitung lagi angkanya.")},
        widget=widgets.NikInput,
    )
    phone = forms.CharField(label=_("Nomor ponsel"), initial="0812-3456-7801", widget=widgets.PhoneInput)
    born = ExampleDate(label=_("Tanggal lahir"), help_text=_("Contoh: 17 Agustus 1995."))
    place = forms.ChoiceField(
        label=_("Di mana usaha dijalankan?"),
        choices=[
            ("home", _("Di rumah sendiri")),
            ("stall", _("Di kios atau pasar")),
            ("online", _("Daring")),
        ],
        widget=widgets.Radios,
    )
    rents = forms.ChoiceField(
        label=_("Apakah tempatnya disewa?"),
        choices=[("yes", _("Ya")), ("no", _("Tidak"))],
        widget=widgets.YesNoRadios,
    )
    village = forms.ChoiceField(
        label=_("Desa atau kelurahan"),
        choices=[
            (
                "Kecamatan Contoh",
                [("99.01.01.2001", "Desa Contoh"), ("99.01.01.1002", "Kelurahan Sampel")],
            ),
        ],
        widget=widgets.AreaSelect,
    )
    capital = forms.CharField(label=_("Modal usaha"), required=False, widget=widgets.RupiahInput)
    purpose = forms.CharField(label=_("Untuk keperluan apa?"), widget=widgets.Paragraph)
    photo = forms.FileField(
        label=_("Foto tempat usaha"),
        help_text=_("Satu foto. Papan nama atau barang dagangan terlihat."),
        widget=widgets.PhotoInput,
    )
    where = PointField(
        label=_("Di mana tempatnya?"), help_text=_("Sedekat mungkin. Titik boleh kosong."), required=False
    )
    code = forms.CharField(label=_("Kode 6 angka"), widget=widgets.CodeInput)
    agree = forms.BooleanField(label=_("Saya menyatakan isian ini benar."), widget=widgets.Checkbox)


class ExampleRow(forms.Form):
    """One of several people."""

    name = forms.CharField(label=_("Nama lengkap"), widget=widgets.NameInput)
    nik = forms.CharField(label="NIK", required=False, widget=widgets.NikInput)

    def __init__(self, key: int) -> None:
        super().__init__(prefix=f"heirs.{key}")
        self.key = str(key)
        self.title, self.word = f"Ahli waris {key + 1}", f"ahli waris {key + 1}"


class ExampleRows(forms.Form):
    """A question that is answered in rows, up to three of them."""

    def __init__(self, number: int) -> None:
        super().__init__()
        field = forms.Field(label=_("Para ahli waris"), help_text=_("Semua anak, juga yang sudah menikah."))
        field.fewest, field.most, field.word = 1, 3, "ahli waris"  # type: ignore[attr-defined]  # read by ui.fields
        self.fields["heirs"] = field
        self.rows = {"heirs": [ExampleRow(key) for key in range(number)]}


def examples() -> list[ComponentExample]:
    """Every example of every component, components in the order of their names."""
    return [made for path in sorted(COMPONENTS.glob("*/examples.toml")) for made in _examples_of(path)]


def is_on(component: str, shell: str) -> bool:
    """Whether the shell's stylesheet carries this component."""
    style = COMPONENTS / component / f"{component}.css"
    return not style.exists() or bundle.belongs(style, shell)


def _examples_of(path: Path) -> list[ComponentExample]:
    name = path.parent.name
    template = f"ui/components/{name}/{name}.html"
    listed = tomllib.loads(path.read_text(encoding="utf-8"))["example"]
    return [ComponentExample(name, str(one["title"]), template, _context(one)) for one in listed]


def _context(one: dict[str, Any]) -> dict[str, Any]:
    if "rows" in one:
        return field_context(ExampleRows(one["rows"])["heirs"])
    if "field" not in one:
        # The summary's `title` belongs to the component; an example may leave it out.
        return {"title": "", **one.get("with", {})}
    form = ExampleForm(one.get("answers") or None)
    known = str(_("Dari catatan desa. Ubah bila sudah berganti.")) if one["field"] == "phone" else ""
    return field_context(form[one["field"]], known=known)
