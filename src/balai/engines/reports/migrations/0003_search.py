import django.db.models.deletion
from django.db import migrations, models

TABLE = "reports_searchtext"

POSTGRESQL = [
    f"ALTER TABLE {TABLE} ADD COLUMN lexemes tsvector "
    "GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, words)) STORED",
    f"CREATE INDEX {TABLE}_lexemes ON {TABLE} USING gin (lexemes)",
]
# External content: the words stand once. Who alters this table in SQLite makes the triggers anew.
SQLITE = [
    f"CREATE VIRTUAL TABLE {TABLE}_fts USING fts5("
    f"words, content='{TABLE}', content_rowid='id', tokenize='ascii', detail='none')",
    f"CREATE TRIGGER {TABLE}_added AFTER INSERT ON {TABLE} BEGIN "
    f"INSERT INTO {TABLE}_fts(rowid, words) VALUES (new.id, new.words); END",
    f"CREATE TRIGGER {TABLE}_gone AFTER DELETE ON {TABLE} BEGIN "
    f"INSERT INTO {TABLE}_fts({TABLE}_fts, rowid, words) VALUES ('delete', old.id, old.words); END",
    f"CREATE TRIGGER {TABLE}_changed AFTER UPDATE ON {TABLE} BEGIN "
    f"INSERT INTO {TABLE}_fts({TABLE}_fts, rowid, words) VALUES ('delete', old.id, old.words); "
    f"INSERT INTO {TABLE}_fts(rowid, words) VALUES (new.id, new.words); END",
]


def add_index(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"DROP TABLE {TABLE}_fts")


class Migration(migrations.Migration):

    dependencies = [
        ("reports", "0002_alike"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchText",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("words", models.TextField()),
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_text",
                        to="reports.report",
                    ),
                ),
            ],
        ),
        migrations.RunPython(add_index, drop_index),
    ]
