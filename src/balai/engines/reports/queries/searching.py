"""Full text on both databases: PostgreSQL's lexemes and SQLite's FTS5 (migration 0003)."""

from __future__ import annotations

from django.db import connection
from django.db.models.expressions import RawSQL

from balai.engines.reports.models import Report, SearchText
from balai.engines.reports.rules.searching import asked

MOST_FOUND = 500
"""The newest so many are looked through; who wants older ones narrows the search."""

_TABLE = SearchText._meta.db_table
# Names of our own table alone stand in these texts; what is asked for is a parameter.
_LEXEMES = f"""
SELECT report_id FROM {_TABLE} WHERE lexemes @@ to_tsquery('simple', %s) ORDER BY id DESC LIMIT {MOST_FOUND}
"""  # noqa: S608 (see above)
_FTS = f"""
SELECT found.report_id FROM (
    SELECT rowid FROM {_TABLE}_fts WHERE {_TABLE}_fts MATCH %s ORDER BY rowid DESC LIMIT {MOST_FOUND}
) AS hit CROSS JOIN {_TABLE} AS found ON found.id = hit.rowid
"""  # noqa: S608 (see above)


def with_words(q: str) -> RawSQL | None:
    """Keys of reports that hold every word of `q`, or one that begins so; None for a query without words."""
    words = asked(q)
    if not words:
        return None
    if connection.vendor == "postgresql":
        statement, query = _LEXEMES, " & ".join(f"{word}:*" for word in words)
    else:
        statement, query = _FTS, " ".join(f'"{word}"*' for word in words)
    return RawSQL(statement, [query], output_field=Report._meta.pk)  # noqa: S611 (see above)
