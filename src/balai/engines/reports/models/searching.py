"""The words by which everybody finds a report; one row for each report that is not secret.

Migration 0003 adds what each database knows: PostgreSQL a column of lexemes with a GIN index, SQLite an
FTS5 table kept by triggers. `id` rises with time, so the newest finds come first without sorting all.
"""

from __future__ import annotations

from django.db import models

from balai.engines.reports.models.report import Report


class SearchText(models.Model):
    """Title and public text in plain small words (`rules.searching.plain`)."""

    id = models.BigAutoField(primary_key=True)
    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="search_text")
    words = models.TextField()

    def __str__(self) -> str:
        return self.words[:60]
