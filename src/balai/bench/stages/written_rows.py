"""What one submit writes, read off a real one: the rows that the bare endpoint has to write as well.

Two applications are sent through the real view; what the second one added to the tables is left as
[{"table", "columns": [{"name", "kind", "value", "is_key", "is_fresh"}, …]}, …]. Read afresh at each run, so
that the comparison stays true when the product writes more or less. Values stand as their columns hold them:
sealed ones as ciphertext of the same size.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models

from balai.bench.stages.applications import applications
from balai.bench.stages.sending import send
from balai.runtime.models import RateWindow

# A limit on how often one may send is not part of what is sent; the bare endpoint is spared it.
NOT_COMPARED = (RateWindow,)
CLIENTS = 16
Row = dict[str, Any]


def written_rows() -> dict[str, Any]:
    """The rows of a submit, and sessions for the bare endpoint's clients."""
    sent = applications(CLIENTS + 2)
    send(sent.pop())
    before = _keys()
    send(sent.pop())
    rows = [_row(each) for model, keys in before.items() for each in _added(model, keys)]
    return {"rows": rows, "sessions": [each["session"] for each in sent]}


def _compared() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if not model._meta.proxy and model not in NOT_COMPARED]


def _keys() -> dict[type[models.Model], set[Any]]:
    return {model: set(model._base_manager.values_list("pk", flat=True)) for model in _compared()}


def _added(model: type[models.Model], before: set[Any]) -> list[models.Model]:
    return [row for row in model._base_manager.all() if row.pk not in before]


def _row(instance: models.Model) -> Row:
    columns = [_column(instance, field) for field in instance._meta.local_concrete_fields]
    return {"table": instance._meta.db_table, "columns": columns}


def _column(instance: models.Model, field: Any) -> Row:
    is_counted = isinstance(field, models.AutoField)
    return {
        "name": field.column,
        "kind": _kind(field),
        "value": None
        if is_counted or getattr(instance, field.attname) is None
        else field.value_to_string(instance),
        "is_key": field.primary_key,
        "is_fresh": not is_counted and not field.is_relation and (field.unique or _alone_unique(field)),
    }


def _kind(field: Any) -> str:
    """The plain kind of a column; of a key that points at a key, the kind of the last."""
    while field.is_relation:
        field = field.target_field
    return str(field.get_internal_type())


def _alone_unique(field: Any) -> bool:
    """Whether a constraint over several columns rests on this one: a hash that no two rows share."""
    constraints = field.model._meta.constraints
    named = {
        name for each in constraints if isinstance(each, models.UniqueConstraint) for name in each.fields
    }
    return field.name in named and field.name.endswith("_hash")
