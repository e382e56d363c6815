"""Plain models over the product's tables, made from the recorded rows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from balai.bench.bare.fresh import Pattern


class Account(AbstractBaseUser):
    """Whoever is signed in, as a plain user model."""

    id = models.UUIDField(primary_key=True)
    login_name = models.CharField(max_length=150, unique=True, null=True)
    last_login: Any = None

    objects: Any = BaseUserManager()
    USERNAME_FIELD = "login_name"

    class Meta:
        managed = False
        db_table = "people_account"


def _field(column: dict[str, Any]) -> models.Field[Any, Any]:
    kind: Any = getattr(models, column["kind"])
    length = {"max_length": 255} if issubclass(kind, models.CharField) else {}
    return kind(
        primary_key=column["is_key"], null=column["value"] is None, db_column=column["name"], **length
    )


def _model(row: dict[str, Any]) -> type[models.Model]:
    meta = type("Meta", (), {"db_table": row["table"], "managed": False, "app_label": "bare"})
    fields = {each["name"]: _field(each) for each in row["columns"]}
    name = "".join(part.capitalize() for part in row["table"].split("_"))
    return type(name, (models.Model,), {"__module__": __name__, "Meta": meta, **fields})


_rows: list[dict[str, Any]] = getattr(settings, "BARE_ROWS", [])
_by_table = {table: _model(row) for table, row in {each["table"]: each for each in _rows}.items()}
MODELS = [_by_table[row["table"]] for row in _rows]
PATTERN = Pattern(_rows)
