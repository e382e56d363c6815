"""Every component draws every one of its examples; fields say what is wrong where it is wrong."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client

from balai.ui import gallery, widgets
from balai.ui.fields import faults, field_context
from balai.ui.icons import ICONS, icon_svg
from balai.ui.tests.guards import UndefinedName

FOLDERS = sorted(path for path in gallery.COMPONENTS.iterdir() if path.is_dir())
# Drawn by the shells from the request, so the style guide itself is their example.
SHELL_PARTS = {"masthead", "bottom_nav", "footer", "messages", "file_field"}


def draw(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


@pytest.mark.parametrize("example", gallery.examples(), ids=lambda one: f"{one.component}: {one.title}")
def test_example_draws_without_undefined_names(example: gallery.ComponentExample) -> None:
    drawn = draw("{% component_example example %}", example=example)
    assert "<" in drawn
    assert "style=" not in drawn
    assert not re.search(r"\son\w+=", drawn)


def test_undefined_name_fails_a_drawing() -> None:
    with pytest.raises(UndefinedName, match="nobody"):
        draw("{{ nobody }}")


def test_every_component_with_a_template_has_examples() -> None:
    drawn = {path.parent.name for path in gallery.COMPONENTS.glob("*/*.html")} - SHELL_PARTS
    shown = {path.parent.name for path in gallery.COMPONENTS.glob("*/examples.toml")}
    assert drawn - shown == set()


def test_no_component_folder_is_empty() -> None:
    empty = [folder.name for folder in FOLDERS if not [*folder.glob("*.css"), *folder.glob("*.html")]]
    assert empty == []


def test_every_icon_named_in_our_templates_exists() -> None:
    templates = [*gallery.COMPONENTS.rglob("*.html"), *gallery.COMPONENTS.parent.glob("templates/**/*.html")]
    named = {name for path in templates for name in re.findall(r'{% icon "([\w-]+)"', path.read_text())}
    assert named - set(ICONS) == set()


def test_icon_with_label_is_an_image_and_without_is_hidden() -> None:
    assert 'role="img" aria-label="Tutup"' in icon_svg("cross", "Tutup")
    assert 'aria-hidden="true"' in icon_svg("cross")


def test_icon_unknown_is_refused() -> None:
    with pytest.raises(KeyError):
        icon_svg("unicorn")


def test_icon_label_is_escaped() -> None:
    assert "<script>" not in icon_svg("cross", '"><script>')


def test_field_error_stands_beside_the_control_and_is_announced_with_it() -> None:
    form = gallery.ExampleForm({"nik": "12"})
    drawn = draw("{% field form.nik %}", form=form)
    described = re.search(r'<input[^>]*aria-describedby="([^"]+)"', drawn)
    assert described is not None
    assert described.group(1).split() == ["id_nik_helptext", "id_nik_error"]
    assert 'id="id_nik_error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'value="12"' in drawn


def test_field_of_radios_is_a_fieldset_described_by_its_error() -> None:
    form = gallery.ExampleForm({"place": "moon"})
    drawn = draw("{% field form.place %}", form=form)
    assert re.search(r'<fieldset[^>]*aria-describedby="id_place_error"', drawn)


def test_field_optional_says_so_and_required_does_not() -> None:
    form = gallery.ExampleForm()
    assert "(tidak wajib)" in draw("{% field form.capital %}", form=form)
    assert "(tidak wajib)" not in draw("{% field form.name %}", form=form)


def test_field_stored_upload_is_named_and_may_be_kept() -> None:
    form = gallery.ExampleForm()
    stored = {"name": "warung.jpg", "size_label": "212 kB", "url": "/unduh/1/"}
    drawn = draw("{% field form.photo current=stored %}", form=form, stored=stored)
    assert "warung.jpg" in drawn
    assert "/unduh/1/" in drawn
    assert "(tidak wajib)" not in drawn


def test_field_conditional_names_what_it_waits_for() -> None:
    form = gallery.ExampleForm()
    form.fields["capital"].show_if = {"field": "rents", "value": "yes"}  # type: ignore[attr-defined]  # read by the field component
    drawn = draw("{% field form.capital %}", form=form)
    assert 'data-show-field="rents" data-show-value="yes"' in drawn
    form.fields["capital"].asked_when = "Isi hanya bila menyewa."  # type: ignore[attr-defined]  # as above
    assert "<noscript>" in draw("{% field form.capital %}", form=form)
    assert "<noscript>" not in draw("{% field form.name %}", form=form)


def test_faults_follow_the_order_of_the_form_and_link_to_real_controls() -> None:
    form = gallery.ExampleForm({"born_day": "31", "born_month": "2", "born_year": "1995"})
    form.add_error(None, "Seluruhnya.")
    listed = faults(form)
    drawn = "".join(str(bound) for bound in form)
    assert [fault.target for fault in listed][:3] == ["", "id_name", "id_nik"]
    assert [fault.target for fault in listed if fault.target and f'id="{fault.target}"' not in drawn] == []


def test_error_summary_without_errors_is_nothing() -> None:
    assert draw("{% error_summary form %}", form=gallery.ExampleForm()).strip() == ""
    assert draw("{% error_summary form %}", form=None).strip() == ""


class Door(forms.Form):
    """A name, a password and a paper."""

    name = forms.CharField()
    password = forms.CharField(widget=widgets.PasswordInput, min_length=8)
    paper = forms.FileField(widget=widgets.FileInput)


@pytest.mark.parametrize(
    ("posted", "is_kept"),
    [
        ({"name": "Siti", "password": "kurang"}, True),
        ({"name": "Siti", "password": "panjang sekali"}, True),
        ({"name": "", "password": "panjang sekali"}, False),
        ({}, False),
    ],
)
def test_error_summary_promises_the_rest_only_where_the_page_keeps_it(
    posted: dict[str, str], is_kept: bool
) -> None:
    drawn = draw("{% error_summary form %}", form=Door(posted, {}))
    assert ("tetap tersimpan di halaman ini" in drawn) is is_kept


def test_hidden_field_has_no_label() -> None:
    class Hidden(forms.Form):
        token = forms.CharField(widget=forms.HiddenInput)

    assert "<label" not in draw("{% field form.token %}", form=Hidden())
    assert field_context(Hidden()["token"])["layout"] == "hidden"


@pytest.mark.parametrize(
    ("posted", "value"),
    [
        ({"born_day": "17", "born_month": "8", "born_year": "1995"}, "17-8-1995"),
        ({"born_day": " 31 ", "born_month": "2", "born_year": ""}, "31-2-"),
        ({"born_day": "", "born_month": "", "born_year": ""}, ""),
        ({"born": "1995-08-17"}, "1995-08-17"),
    ],
)
def test_date_parts_give_one_text(posted: dict[str, str], value: str) -> None:
    assert widgets.DateParts().value_from_datadict(posted, {}, "born") == value


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        ("1995-08-17", ["17", "8", "1995"]),
        ("17-8-1995", ["17", "8", "1995"]),
        ("31-2-", ["31", "2", ""]),
        ("besok", ["besok", "", ""]),
        (None, ["", "", ""]),
    ],
)
def test_date_parts_show_again_what_was_typed(value: str | None, parts: list[str]) -> None:
    assert widgets.DateParts().decompress(value) == parts


def test_date_parts_absent_only_without_any_part() -> None:
    widget = widgets.DateParts()
    assert widget.value_omitted_from_data({}, {}, "born")
    assert not widget.value_omitted_from_data({"born": "1995-08-17"}, {}, "born")
    assert not widget.value_omitted_from_data({"born_year": "1995"}, {}, "born")


@pytest.mark.parametrize("code", [403, 404, 409, 413, 429, 500, 503])
def test_error_page_draws_without_request_or_database(code: int) -> None:
    context = {
        "code": code,
        "title": "Judul",
        "sentence": "Kalimat.",
        "hint": "",
        "error_code": "x",
        "request_id": "",
    }
    drawn = render_to_string("ui/error.html", context)
    assert "Yang bisa Anda lakukan" in drawn
    assert f"Kode {code}" in drawn


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/ui/", "/ui/meja/", "/ui/bukti/"])
def test_style_guide_answers(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("code", [403, 404, 429, 500])
def test_error_sample_answers_with_its_code(client: Client, code: int) -> None:
    assert client.get(f"/ui/galat/{code}/").status_code == code
