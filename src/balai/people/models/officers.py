"""Officers, the roles a government defines, and who holds which role at which office, when."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from balai.kernel.references import Actor, Subject
from balai.kernel.uuid7 import uuid7
from balai.people.enums import AbsenceReason, Capacity, RoleScope
from balai.people.models.accounts import Account
from balai.people.today import local_today
from balai.region import queries as region
from balai.runtime.fields import SealedTextField
from balai.runtime.statements import Rows, Statement, by_key


class Role(models.Model):
    """A bundle of permissions, loaded from the government's folder by `role_load`; never edited here."""

    code = models.CharField(max_length=50, primary_key=True)
    name = models.CharField(max_length=100)
    scope = models.CharField(max_length=5, choices=RoleScope.choices, default=RoleScope.OWN)
    permissions = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.name

    def grants(self, permission: str) -> bool:
        """Whether the permission is among the role's."""
        return permission in self.permissions


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
        """Roles held today, asked once in the life of this instance; none while she is recorded as away.

        The same as `in_force_on`, in statements that every request of an officer and every signature can pay.
        """
        today = local_today()
        if _AWAY.first(self.pk, today, today):
            return []
        held = _HELD.read(self.pk, today, today)
        roles = {code: role for code in {each.role_id for each in held} for role in by_key(Role).read(code)}
        for each in held:
            each.role = roles[each.role_id]
        return held

    def standing(self, permission: str, office_code: str) -> Assignment | None:
        """How she may do `permission` at the office today: the fullest of her assignments there, or None."""
        order = list(Capacity)
        fitting = [each for each in self._granting(permission) if office_code in each.offices()]
        return min(fitting, key=lambda each: order.index(Capacity(each.capacity)), default=None)

    def office_codes(self, permission: str | None = None) -> frozenset[str]:
        """Offices where the officer holds `permission` today, or any role when it is None.

        An office below counts only under a role whose scope is "below".
        """
        codes: set[str] = set()
        for assignment in self._granting(permission):
            codes |= assignment.offices()
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

    def in_force_on(self, day: date) -> AssignmentQuerySet:
        """Those held on `day` by officers who are not recorded as away: what counts for every permission."""
        away = Absence.objects.filter(officer=OuterRef("officer"), from_on__lte=day, to_on__gte=day)
        return self.held_on(day).exclude(Exists(away))


class Absence(models.Model):
    """An officer is away from a day to a day (inclusive), and maybe somebody stands in for her.

    While it lasts none of her roles counts, so that an office never has two heads; the stand-in's roles are
    assignments of his own that belong to the absence.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="absences")
    from_on = models.DateField()
    to_on = models.DateField()
    reason = models.CharField(max_length=10, choices=AbsenceReason.choices)
    stand_in = models.ForeignKey(Officer, null=True, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["to_on"], name="people_absence_end")]
        constraints = [
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="absence_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(reason__in=AbsenceReason.values), name="absence_reason_is_known"
            ),
            models.CheckConstraint(
                condition=Q(stand_in__isnull=True) | (~Q(stand_in=F("officer")) & ~Q(basis="")),
                name="absence_stand_in_is_another_with_basis",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.from_on} - {self.to_on}"


class Assignment(models.Model):
    """One role of one officer at one office, from a day to a day (inclusive) or without end.

    `capacity` is how it is held; otherwise than definitively only on an order, named in `basis`. `through` is
    the title of the official between (u.b.). `absence` is that of the officer whom this one stands in for.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="assignments")
    role = models.ForeignKey(Role, db_column="role_code", on_delete=models.PROTECT, related_name="+")
    office_code = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    capacity = models.CharField(
        max_length=10,
        choices=Capacity.choices,
        default=Capacity.DEFINITIVE,
        db_default=Capacity.DEFINITIVE.value,
    )
    through = models.CharField(max_length=150, blank=True, default="", db_default="")
    basis = models.CharField(max_length=200, blank=True, default="", db_default="")
    absence = models.ForeignKey(Absence, null=True, on_delete=models.CASCADE, related_name="assignments")

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
            models.CheckConstraint(
                condition=Q(capacity="definitive") | ~Q(basis=""), name="assignment_acting_has_basis"
            ),
            models.CheckConstraint(
                condition=Q(capacity__in=Capacity.values), name="assignment_capacity_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role_id} at {self.office_code}"

    def offices(self) -> set[str]:
        """Codes of the offices at which it counts."""
        codes = {self.office_code}
        if self.role.scope == RoleScope.BELOW:
            codes.update(office.code for office in region.offices_under(self.office_code))
        return codes

    @property
    def note(self) -> str:
        """In which capacity and on which order it is held; "" for the definitive holder."""
        if self.capacity == Capacity.DEFINITIVE:
            return ""
        return f"{Capacity(self.capacity).label}: {self.basis}"

    @property
    def role_code(self) -> str:
        """Code of the role, as the government's folder names it."""
        return self.role_id


_AWAY = Statement(
    Absence,
    "SELECT 1 FROM {table} WHERE officer_id = %s AND from_on <= %s AND to_on >= %s",
    *("officer", "from_on", "to_on"),
)
_HELD = Rows(
    Assignment,
    "officer_id = %s AND valid_from <= %s AND (valid_to IS NULL OR valid_to >= %s) ORDER BY valid_from, id",
    *("officer", "valid_from", "valid_to"),
)
