"""The choice of a letter that the town issued before, beside the file that could be sent instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from balai.catalogue import running
from balai.catalogue.schema import Page, Requirement, ServiceDefinition
from balai.documents import queries as documents
from balai.engines.cases import queries
from balai.runtime.errors import NotFound
from balai.ui import widgets
from balai.ui.days import format_date

if TYPE_CHECKING:
    from balai.people.models import Citizen

PREFIX = "letter."
UPLOAD = "upload"  # what the control says where a file is sent instead


def chosen_so_far(letters: Mapping[str, str], files: Mapping[str, Any]) -> dict[str, str]:
    """What each control says: the letter that was chosen, or that a file was sent."""
    return {**{name: UPLOAD for name, ids in files.items() if ids}, **{k: v for k, v in letters.items() if v}}


def control(requirement_id: str) -> str:
    """Name of the control for the letter of a requirement."""
    return f"{PREFIX}{requirement_id}"


def on_page(service: ServiceDefinition, page: Page) -> list[Requirement]:
    """Requirements of kind letter that this page asks for."""
    here = {spec.id for spec in page.field}
    return [each for each in service.requirement if each.is_letter and each.id in here]


def offer(
    form: forms.Form,
    requirements: list[Requirement],
    citizen: Citizen,
    chosen: Mapping[str, str],
    data: Mapping[str, Any] | None,
) -> None:
    """Put the choice before each file; a chosen letter makes the file needless."""
    for requirement in requirements:
        if requirement.id not in form.fields:
            continue
        name = control(requirement.id)
        upload = form.fields[requirement.id]
        wanted = data.get(name, "") if data is not None else chosen.get(requirement.id, "")
        if wanted not in ("", UPLOAD):
            upload.required = False
        upload.label = _("Foto atau PDF suratnya")
        choices = _choices(requirement, citizen)
        field = _choice(requirement, choices)
        first = choices[0][0] if choices and requirement.required else ""
        field.initial = wanted or first
        _insert(form, requirement.id, name, field)
        if not requirement.or_upload:
            del form.fields[requirement.id]
        elif len(choices) == 1:
            upload.label = requirement.title
            upload.help_text = field.help_text
            del form.fields[name]


def _choices(requirement: Requirement, citizen: Citizen) -> list[tuple[str, Any]]:
    letters = queries.choosable(citizen, requirement)
    choices: list[tuple[str, Any]] = [(str(letter.pk), _label(letter)) for letter in letters]
    if requirement.or_upload:
        choices.append((UPLOAD, _("Kirim foto atau PDF suratnya di bawah ini")))
    if not requirement.required:
        choices.append(("", _("Tidak saya lampirkan")))
    return choices


def _choice(requirement: Requirement, choices: list[tuple[str, Any]]) -> forms.ChoiceField:
    field = forms.ChoiceField(
        label=requirement.title,
        help_text=_help(requirement, any(value != UPLOAD for value, _text in choices)),
        required=requirement.required,
        choices=choices,
        widget=widgets.Radios,
        error_messages={"required": _("Surat ini diperlukan. Ajukan suratnya dahulu, lalu kembali ke sini.")},
    )
    field.show_if, field.asked_when = None, ""  # type: ignore[attr-defined]  # read by ui.fields
    return field


def _label(letter: Any) -> str:
    until = letter.valid_until_on
    validity = _(", berlaku sampai %(day)s") % {"day": format_date(until)} if until else ""
    return f"{queries.title_of(letter)}{validity}"


def _help(requirement: Requirement, has_any: bool) -> Any:
    if has_any:
        return requirement.help or _("Surat Anda yang masih berlaku. Cukup pilih, tidak perlu dikirim lagi.")
    try:
        service = running.current().by_id(requirement.service or "")
    except NotFound:
        return requirement.help or ""
    apply = format_html('<a href="/layanan/{}/">{}</a>', service.slug, _("ajukan suratnya dahulu"))
    if not requirement.or_upload:
        missing = _("Anda belum punya surat ini yang masih berlaku;")
        return format_html("{} {} {}.", requirement.help or "", missing, apply)
    enough = _("Cukup kirim foto atau PDF suratnya di bawah ini. Belum punya?")
    return format_html("{} {} {} {}.", requirement.help or "", enough, _("Anda juga bisa"), apply)


def _insert(form: forms.Form, before: str, name: str, field: forms.Field) -> None:
    fields = {}
    for key, each in form.fields.items():
        if key == before:
            fields[name] = field
        fields[key] = each
    form.fields = fields


def taken(form: forms.Form, requirements: list[Requirement]) -> dict[str, str]:
    """Ids of the letters that were chosen, by requirement; "" where a file was preferred."""
    names = {each.id: control(each.id) for each in requirements}
    given = {key: form.cleaned_data.get(name, "") for key, name in names.items() if name in form.fields}
    return {key: "" if letter == UPLOAD else letter for key, letter in given.items()}


def as_ids(letters: Mapping[str, str]) -> dict[str, UUID]:
    """The same for actions."""
    return {name: UUID(each) for name, each in letters.items() if each}


def rows(
    service: ServiceDefinition, page: Page, letters: Mapping[str, str], asked: set[str]
) -> Iterator[dict[str, str]]:
    """The chosen letters of a page for the review, of those requirements that are asked for."""
    for requirement in on_page(service, page):
        if requirement.id not in asked:
            continue
        letter = documents.letter(letters.get(requirement.id, "")) if letters.get(requirement.id) else None
        if letter is not None:
            yield {"label": requirement.title, "value": queries.title_of(letter)}
