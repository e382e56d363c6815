"""The journal: who did what to which thing, and who read what of whom. Rows are only ever added."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from django.db import models


class AppendOnly(Exception):
    """The journal was asked to change or forget something."""


class EntryQuerySet(models.QuerySet["Entry"]):
    """Reads and adds; nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly("journal rows are not changed")

    def delete(self) -> NoReturn:
        raise AppendOnly("journal rows are not deleted")


class Entry(models.Model):
    """One line of the journal. No foreign keys: nothing in it stops a deletion elsewhere (decision 12).

    `data` is JSON text as it was written (a jsonb column would rewrite it, and break the seal).
    `batch` is filled by the sealer; the row's content never changes.
    """

    at = models.DateTimeField()
    event = models.CharField(max_length=80)
    by_kind = models.CharField(max_length=12)
    by_id = models.CharField(max_length=64)
    by_name = models.CharField(max_length=150)
    about_label = models.CharField(max_length=60)
    about_id = models.CharField(max_length=64)
    note = models.CharField(max_length=500, default="")
    data = models.TextField(default="{}")
    batch = models.BigIntegerField(null=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["about_label", "about_id", "id"], name="entry_about"),
            models.Index(fields=["id"], condition=models.Q(batch=None), name="entry_unsealed"),
            models.Index(fields=["batch"], name="entry_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.event}"

    @property
    def facts(self) -> dict[str, Any]:
        """`data`, decoded."""
        decoded: dict[str, Any] = json.loads(self.data)
        return decoded

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; raises AppendOnly for a row that exists."""
        if not self._state.adding:
            raise AppendOnly("journal rows are not changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Always refused."""
        raise AppendOnly("journal rows are not deleted")


class Reading(Entry):
    """An entry that tells who looked at which personal value, and why."""

    EVENT = "audit.reading"

    class Meta:
        proxy = True

    @property
    def what(self) -> str:
        """What was read, such as "nik"."""
        return str(self.facts["what"])

    @property
    def purpose(self) -> str:
        """Why, in the reader's words."""
        return self.note

    @property
    def by_office(self) -> str:
        """The reader's office by name, empty when not given."""
        return str(self.facts.get("office", ""))


class Batch(models.Model):
    """A sealed run of entries, chained to the one before it.

    `leaves` packs, for every entry in order of id, 8 bytes of id and 32 bytes of its SHA-256: with it the
    verification can name the very row that was altered, deleted, inserted or swapped.
    """

    number = models.BigIntegerField(primary_key=True)
    sealed_at = models.DateTimeField()
    count = models.PositiveIntegerField()
    total = models.BigIntegerField()
    leaves = models.BinaryField()
    previous_head = models.CharField(max_length=64)
    head = models.CharField(max_length=64)
    signature = models.CharField(max_length=80)

    def __str__(self) -> str:
        return f"batch {self.number}"
