"""The register of a reception, newest first: one walk along an index, whatever the number of reports."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_search")]

    operations = [
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["-filed_at", "-id"], name="reports_book"),
        ),
    ]
