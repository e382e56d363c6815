"""One report: what is wrong, where, who is in charge, and how far it has come.

Nothing here says who reported it: that stands with the voices. `words` is what the reporter wrote, sealed;
`public_text` is what everybody may read of it, "" as long as nobody may. `cell` is the H3 cell of the point
(kernel.geo, resolution 10): what is near, and what lies on a piece of the map, is a range of it.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from balai.engines.reports.enums import (
    DONE,
    LISTED,
    OPEN,
    OVER,
    Channel,
    Relation,
    ReportKind,
    ReportState,
    Visibility,
)
from balai.kernel.references import Subject
from balai.kernel.uuid7 import uuid7
from balai.runtime.fields import SealedTextField

SUBJECT_LABEL = "reports.report"
_LISTED = Q(is_listed=True)
_OPEN = sorted(LISTED & OPEN)


class Report(models.Model):
    """One report. `is_listed`: everybody may read it; kept equal to visibility and state by `save`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=30, unique=True)
    category = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=ReportKind.choices)
    title = models.CharField(max_length=160)
    words: Any = SealedTextField()
    public_text = models.TextField(blank=True)
    visibility = models.CharField(max_length=8, choices=Visibility.choices)
    is_listed = models.BooleanField(default=False)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    channel_note = models.CharField(max_length=200, blank=True)
    face = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=12, choices=ReportState.choices, default=ReportState.RECEIVED)
    stage = models.CharField(max_length=48, blank=True)
    reception_code = models.CharField(max_length=40)
    office_code = models.CharField(max_length=40)
    body = models.CharField(max_length=48, blank=True)
    body_reference = models.CharField(max_length=100, blank=True)
    area_code = models.CharField(max_length=13, blank=True)
    place_note = models.CharField(max_length=200, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    cell = models.BigIntegerField(null=True)
    road_name = models.CharField(max_length=120, blank=True)
    road_status = models.CharField(max_length=12, blank=True)
    in_charge_by = models.CharField(max_length=200, blank=True)
    happened_on = models.DateField(null=True)
    filed_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    assigned_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    hazard_sign_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    resolved_without_place = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=48, blank=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    relation = models.CharField(max_length=10, choices=Relation.choices, blank=True)
    voices = models.PositiveIntegerField(default=1)
    reopened = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["-filed_at", "-id"], name="reports_book"),
            models.Index(fields=["-filed_at", "-id"], condition=_LISTED, name="reports_listed"),
            models.Index(
                fields=["category", "-filed_at", "-id"], condition=_LISTED, name="reports_listed_category"
            ),
            models.Index(
                fields=["office_code", "-filed_at", "-id"], condition=_LISTED, name="reports_listed_office"
            ),
            models.Index(
                fields=["area_code", "-filed_at", "-id"], condition=_LISTED, name="reports_listed_area"
            ),
            models.Index(
                fields=["state", "-filed_at", "-id"], condition=_LISTED, name="reports_listed_state"
            ),
            models.Index(
                fields=["-filed_at", "-id"], condition=_LISTED & Q(state__in=_OPEN), name="reports_open"
            ),
            models.Index(fields=["updated_at"], name="reports_updated"),
            models.Index(fields=["category", "cell"], condition=Q(cell__isnull=False), name="reports_near"),
            models.Index(fields=["category", "area_code", "-filed_at"], name="reports_alike"),
            models.Index(
                fields=["cell"], condition=Q(cell__isnull=False, is_listed=True), name="reports_map"
            ),
            models.Index(fields=["office_code", "state", "filed_at"], name="reports_of_office"),
            models.Index(fields=["resolved_at"], condition=Q(state="resolved"), name="reports_unjudged"),
            models.Index(fields=["parent"], condition=Q(parent__isnull=False), name="reports_parent"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="reports_state"),
            models.CheckConstraint(condition=Q(kind__in=ReportKind.values), name="reports_kind"),
            models.CheckConstraint(
                condition=Q(visibility="public") | Q(visibility="secret", public_text="", is_listed=False),
                name="reports_secret_is_not_listed",
            ),
            models.CheckConstraint(
                condition=~Q(kind="whistle") | Q(visibility="secret"), name="reports_whistle_is_secret"
            ),
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True, cell__isnull=True)
                | Q(lat__isnull=False, lon__isnull=False, cell__isnull=False),
                name="reports_point_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(OVER), closed_at__isnull=False)
                | (~Q(state__in=sorted(OVER)) & Q(closed_at__isnull=True)),
                name="reports_closed_at",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(DONE)) | Q(resolved_at__isnull=False),
                name="reports_done_when_resolved",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True, relation="")
                | (Q(parent__isnull=False, relation__in=Relation.values) & ~Q(parent=F("id"))),
                name="reports_parent_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="joined") | Q(relation="duplicate"), name="reports_joined_to_another"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["rejected", "archived"]) | ~Q(reason=""),
                name="reports_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="forwarded") | ~Q(body=""), name="reports_forwarded_to_a_body"
            ),
            models.CheckConstraint(condition=Q(updated_at__gte=F("filed_at")), name="reports_forward"),
        ]

    def __str__(self) -> str:
        return self.number

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep `is_listed` equal to what it repeats for the indexes of the public list."""
        self.is_listed = self.visibility == Visibility.PUBLIC and self.state in LISTED
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The public page of this report."""
        return f"/lapor/{self.number}/"

    def as_subject(self) -> Subject:
        """The report in journal, work and notices: by id, with its public number."""
        return Subject(SUBJECT_LABEL, str(self.pk), self.number)

    @property
    def state_label(self) -> str:
        """The state in words."""
        return str(ReportState(self.state).label)

    @property
    def is_open(self) -> bool:
        """Somebody still owes something."""
        return self.state in OPEN

    @property
    def has_hazard_sign(self) -> bool:
        """A sign stands before the danger (UU 22/2009 ps 24)."""
        return self.hazard_sign_at is not None
