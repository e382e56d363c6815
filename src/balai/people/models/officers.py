"""Officers, the roles a government defines, and who holds which role at which office, when."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from django.db import models
from django.db.models import F, Q

from balai.kernel.references import Actor, Subject
from balai.kernel.uuid7 import uuid7
from balai.people.enums import RoleScope
from balai.people.models.accounts import Account
from balai.people.today import local_today
from balai.region import queries as region
from balai.runtime.fields import SealedTextField


class Role(models.Model):
    """A bundle of permissions, loaded from the government's folder by `role_load`; never edited here."""

    code = models.CharField(max_length=50, primary_key=True)
    name = models.CharField(max_length=100)
    scope = models.CharField(max_length=5, choices=RoleScope.choices, default=RoleScope.OWN)
    permissions = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.name


class Officer(models.Model):
    """A person who works for the government, with a password and a second factor."""

    account = models.OneToOneField(
        Account, primary_key=True, db_column="id", on_delete=models.CASCADE, related_name="officer"
    )
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=150, blank=True)
    nip = models.CharField(max_length=18, blank=True)
    totp_secret = SealedTextField(null=True)
    totp_started_at = models.DateTimeField(null=True)
    totp_confirmed_at = models.DateTimeField(null=True)
    totp_last_step = models.BigIntegerField(default=0)
    recovery_hashes = models.JSONField(default=list)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

    @property
    def id(self) -> object:
        """The account's UUID, which is also this row's key."""
        return self.account_id

    @property
    def is_enrolled(self) -> bool:
        """Whether a second factor has been confirmed; without one there is no desk."""
        return self.totp_confirmed_at is not None

    @cached_property
    def assignments_today(self) -> list[Assignment]:
        """Roles held today, one query for the life of this instance."""
        return list(
            self.assignments.held_on(local_today()).select_related("role").order_by("valid_from", "pk")
        )

    def office_codes(self, permission: str | None = None) -> frozenset[str]:
        """Offices where the officer holds `permission` today, or any role when it is None.

        An office below counts only under a role whose scope is "below".
        """
        codes: set[str] = set()
        for assignment in self._granting(permission):
            codes.add(assignment.office_code)
            if assignment.role.scope == RoleScope.BELOW:
                codes.update(office.code for office in region.offices_under(assignment.office_code))
        return frozenset(codes)

    def has_permission(self, name: str, office_code: str | None = None) -> bool:
        """Whether the officer may do `name` today: anywhere, or at `office_code`."""
        if office_code is None:
            return bool(self._granting(name))
        return office_code in self.office_codes(name)

    def covers_area(self, permission: str, area_code: str) -> bool:
        """Whether an office where the officer holds `permission` is in charge of the area."""
        return any(_covers(assignment, area_code) for assignment in self._granting(permission))

    @property
    def office_name(self) -> str:
        """Name of the office where the officer works today (the first, when several); "" without one."""
        for assignment in self.assignments_today:
            office = region.office(assignment.office_code)
            if office is not None:
                return str(office.name)
        return ""

    def as_actor(self) -> Actor:
        """The officer as the one who did something."""
        return Actor("officer", str(self.pk), self.name)

    def as_subject(self) -> Subject:
        """The officer as the one something was done to."""
        return Subject("people.officer", str(self.pk), self.name)

    def _granting(self, permission: str | None) -> list[Assignment]:
        if not self.account.is_active:
            return []
        return [a for a in self.assignments_today if permission is None or permission in a.role.permissions]


def _covers(assignment: Assignment, area_code: str) -> bool:
    """An office covers its own area; with scope "below" also every area inside it."""
    office = region.office(assignment.office_code)
    if office is None or not area_code:
        return False
    inside = assignment.role.scope == RoleScope.BELOW and area_code.startswith(f"{office.area_code}.")
    return area_code == office.area_code or inside


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Assignments by day."""

    def held_on(self, day: date) -> AssignmentQuerySet:
        """Those in force on `day`; both ends are inclusive."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)


class Assignment(models.Model):
    """One role of one officer at one office, from a day to a day (inclusive) or without end."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="assignments")
    role = models.ForeignKey(Role, db_column="role_code", on_delete=models.PROTECT, related_name="+")
    office_code = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="assignment_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["officer", "role", "office_code", "valid_from"], name="assignment_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role_id} at {self.office_code}"

    @property
    def role_code(self) -> str:
        """Code of the role, as the government's folder names it."""
        return self.role_id
