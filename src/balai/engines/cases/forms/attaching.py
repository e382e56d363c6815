"""Files as the pages take them: stored at once, listed, added to, and taken off before they are sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.forms import Form
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from balai.catalogue.schema import FieldSpec, Page
from balai.catalogue.schema.form import is_upload
from balai.files import actions as files
from balai.files import queries as stored
from balai.files.errors import FileRefused
from balai.kernel.references import Actor, Subject
from balai.ui.fields import ADD_FILE, REMOVE_FILE

Ids = dict[str, list[str]]


def shown_upload(row: Any) -> dict[str, Any]:
    """A stored upload for the file field and the summary."""
    return {
        "id": str(row.pk),
        "name": row.name,
        "size_label": f"{max(1, row.size // 1024)} kB",
        "url": row.url,
        "is_image": row.media_type.startswith("image/"),
    }


def store_files_of(
    page: Page,
    uploads: MultiValueDict[str, Any],
    *,
    by: Actor,
    owner: Subject,
    before: Mapping[str, Any] = {},
) -> tuple[Ids, dict[str, str]]:
    """Store the files sent with a page: ids by requirement, and why the others were refused.

    Where several are taken, those of `before` stay; where one is, the new one takes its place.
    """
    kept: Ids = {}
    refused: dict[str, str] = {}
    for spec in page.field:
        sent: list[UploadedFile] = uploads.getlist(spec.id) if is_upload(spec) else []
        most = spec.max or 1
        earlier = list(before.get(spec.id, ())) if most > 1 else []
        allow: Literal["photo", "document"] = "photo" if spec.kind == "photo" else "document"
        for file in sent[: most - len(earlier)]:
            try:
                row = files.store(by=by, owner=owner, file=file, allow=allow)
            except FileRefused as error:
                refused[spec.id] = error.sentence
            else:
                kept.setdefault(spec.id, earlier).append(str(row.pk))
        if most > 1 and len(sent) > most - len(before.get(spec.id, ())):
            refused[spec.id] = _("Paling banyak %(most)s berkas. Yang selebihnya tidak kami simpan.") % {
                "most": most
            }
    return kept, refused


def asked_to_change(page: Page, data: QueryDict) -> FieldSpec | None:
    """The question whose button "tambah" or "Hapus" was pressed; None when the whole page was sent."""
    name = data.get(ADD_FILE) or data.get(REMOVE_FILE, "").partition(".")[0]
    return next((spec for spec in page.field if spec.id == name and is_upload(spec)), None)


def without_removed(found: Ids, data: QueryDict) -> Ids:
    """The files without the one whose "Hapus" was pressed."""
    name, _dot, upload = data.get(REMOVE_FILE, "").partition(".")
    return {key: [each for each in ids if (key, each) != (name, upload)] for key, ids in found.items()}


def show_stored(form: Form, page: Page, found: Mapping[str, list[str]]) -> None:
    """Let each file field say what is stored for it already."""
    ids = [upload for spec in page.field for upload in found.get(spec.id, ())]
    rows = stored.uploads(ids) if ids else {}
    for spec in page.field:
        shown = [shown_upload(rows[UUID(each)]) for each in found.get(spec.id, ()) if UUID(each) in rows]
        if shown and spec.id in form.fields:
            field: Any = form.fields[spec.id]
            field.attached, field.current = shown, shown[-1]


def refuse(form: Form, refused: Mapping[str, str]) -> bool:
    """Say beside each question why its file was refused; whether any was."""
    said = {name: text for name, text in refused.items() if name in form.fields}
    for name, sentence in said.items():
        if sentence not in form.errors.get(name, []):
            form.add_error(name, sentence)
    return bool(said)
