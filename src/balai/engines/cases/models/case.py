"""The application itself."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from balai.engines.cases.enums import CaseState, Channel, Delivery, HomeReason
from balai.kernel.references import Subject
from balai.kernel.uuid7 import uuid7
from balai.runtime.fields import SealedJSONField, SealedTextField

SUBJECT_LABEL = "cases.case"
DECIDED = ("approved", "issued", "ready", "closed", "replacing", "rejected", "objected")
ENDED = ("closed", "rejected", "withdrawn", "expired")


class Case(models.Model):
    """One application for one service, under the definition in force when it was filed.

    `answers` are stored answers by field id (`catalogue`'s JSON form). `round` counts how often the citizen
    has provided: 1 when filed, one more after each repair. `version` rises with every change. `reminded_at`
    is when the applicant was last reminded that the case waits for her. `home_reason` says why the office is
    asked to come to `home_address`; "" when it is not.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=24, unique=True)
    service_id = models.CharField(max_length=200)
    slug = models.CharField(max_length=80)
    title = models.CharField(max_length=300)
    definition = models.ForeignKey(
        "catalogue.Definition", on_delete=models.PROTECT, related_name="+", db_column="definition_hash"
    )
    applicant = models.ForeignKey(
        "people.Citizen", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    applicant_label = models.CharField(max_length=100)
    office_code = models.CharField(max_length=20)
    area_code = models.CharField(max_length=13)
    answers = SealedJSONField()
    state = models.CharField(max_length=10, choices=CaseState.choices, default=CaseState.SUBMITTED)
    round = models.PositiveSmallIntegerField(default=1)
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.WEB)
    delivery = models.CharField(
        max_length=10, choices=Delivery.choices, default=Delivery.PICKUP, db_default=Delivery.PICKUP.value
    )
    home_reason = models.CharField(
        max_length=10, choices=HomeReason.choices, blank=True, default="", db_default=""
    )
    home_address: Any = SealedTextField(null=True)
    pin_hash = models.CharField(max_length=64)
    filed_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_id = models.UUIDField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    reason_code = models.CharField(max_length=48, blank=True)
    letter_id = models.UUIDField(null=True, blank=True)
    printed_at = models.DateTimeField(null=True, blank=True)
    shelf_number = models.CharField(max_length=20, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["applicant", "filed_at"], name="cases_case_applicant"),
            models.Index(fields=["office_code", "filed_at"], name="cases_case_office"),
            models.Index(
                fields=["closed_at"], name="cases_case_closed", condition=Q(closed_at__isnull=False)
            ),
            models.Index(
                fields=["state"], name="cases_case_waiting", condition=Q(state__in=["returned", "ready"])
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CaseState.values), name="cases_case_state"),
            models.CheckConstraint(
                condition=Q(state__in=DECIDED, decided_at__isnull=False, decided_by_id__isnull=False)
                | (~Q(state__in=DECIDED) & Q(decided_at__isnull=True, decided_by_id__isnull=True)),
                name="cases_case_decision_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="rejected") | ~Q(reason_code=""), name="cases_case_rejected_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="ready") | ~Q(shelf_number=""), name="cases_case_ready_on_a_shelf"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENDED, closed_at__isnull=False)
                | (~Q(state__in=ENDED) & Q(closed_at__isnull=True)),
                name="cases_case_closed_at",
            ),
            models.CheckConstraint(condition=Q(delivery__in=Delivery.values), name="cases_case_delivery"),
            models.CheckConstraint(
                condition=Q(home_reason="", home_address__isnull=True)
                | Q(home_reason__in=HomeReason.values, home_address__isnull=False),
                name="cases_case_home_visit_is_whole",
            ),
            models.CheckConstraint(condition=Q(updated_at__gte=F("filed_at")), name="cases_case_forward"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """The applicant's page of this case."""
        return f"/saya/berkas/{self.number}/"

    def as_subject(self) -> Subject:
        """The case in journal, work and notices: by id, with its public number."""
        return Subject(SUBJECT_LABEL, str(self.pk), self.number)

    @property
    def definition_hash(self) -> str:
        """Content hash of the definition that this case finishes under."""
        return str(self.definition_id)

    @property
    def state_label(self) -> str:
        """The state in words."""
        return str(CaseState(self.state).label)

    @property
    def is_over(self) -> bool:
        """Nothing more will happen."""
        return self.closed_at is not None
