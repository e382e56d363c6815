"""What may be the same, in a village, without a point: one range of an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["category", "area_code", "-filed_at"], name="reports_alike"),
        ),
    ]
