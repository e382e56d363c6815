"""What was typed into a page, by the names of its controls, and the buttons that add and remove rows."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import QueryDict

from balai.catalogue.kinds.groups import SEPARATOR, name_in_row, row_keys
from balai.catalogue.schema import FieldSpec, Page
from balai.catalogue.schema.form import MOST_ROWS, is_group, is_upload
from balai.ui.fields import ADD_ROW, REMOVE_ROW


def typed_values(page: Page, data: QueryDict) -> dict[str, list[str]]:
    """What was typed into the questions of a page, as it was sent; of groups every row that was sent."""
    names = [name for spec in page.field if not is_upload(spec) for name in _names(spec, data)]
    return {name: data.getlist(name) for name in names if name in data}


def belongs_to(page: Page, name: str) -> bool:
    """Whether a control of this name stands on the page."""
    return name.split(SEPARATOR)[0] in {spec.id for spec in page.field}


def with_row_changed(page: Page, data: QueryDict) -> tuple[QueryDict, str] | None:
    """What was sent, with the row that a button added or removed, and the id to show; None without a button.

    A button that cannot be meant changes nothing: the page comes back as it was sent.
    """
    if ADD_ROW not in data and REMOVE_ROW not in data:
        return None
    groups = {spec.id: spec for spec in page.field if is_group(spec)}
    group_id, _, key = data.get(REMOVE_ROW, data.get(ADD_ROW, "")).partition(SEPARATOR)
    changed = data.copy()
    group = groups.get(group_id)
    if group is None:
        return changed, ""
    keys = row_keys(data, group_id)
    if REMOVE_ROW in data:
        _forget_row(changed, group_id, key)
        changed.setlist(group_id, [each for each in keys if each != key])
        return changed, f"id_{group_id}"
    if len(keys) >= MOST_ROWS:
        return changed, f"id_{group_id}"
    key = next(each for each in map(str, range(MOST_ROWS)) if each not in keys)
    _forget_row(changed, group_id, key)
    changed.setlist(group_id, [*keys, key])
    return changed, f"row_{group_id}{SEPARATOR}{key}"


def _forget_row(data: QueryDict, group_id: str, key: str) -> None:
    start = name_in_row(group_id, key, "")
    for name in [name for name in data if name.startswith(start)]:
        del data[name]


def _names(spec: FieldSpec, data: QueryDict) -> Iterator[str]:
    yield spec.id
    if is_group(spec):
        for key in row_keys(data, spec.id):
            yield from (name_in_row(spec.id, key, inner.id) for inner in spec.field)
