"""How many reports everybody may read lie where, counted beforehand for maps of a whole town."""

from __future__ import annotations

from django.db import models


class MapCount(models.Model):
    """Reports of one kind in one cell (kernel.geo, resolution 7) by month of filing; None: of all months.

    What has no point that may be shown counts at the middle of its village. `category` may be `Together`.
    """

    id = models.BigAutoField(primary_key=True)
    month_on = models.DateField(null=True)
    cell = models.BigIntegerField()
    category = models.CharField(max_length=80)
    is_open = models.BooleanField()
    number = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["category", "month_on", "cell"], name="reports_map_count")]

    def __str__(self) -> str:
        return f"{self.category} {self.number}"


class MapCounted(models.Model):
    """Until when reports were counted, and by which kinds' rules; one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    counted_at = models.DateTimeField()
    rules = models.CharField(max_length=64)

    def __str__(self) -> str:
        return str(self.counted_at)
