"""Persons as the town knows them, and the accounts that claim to be them.

A Person is what an office has on record. A Citizen is an account that *claims* a NIK and is bound to its
own contact. Many may claim one NIK; only one that an officer has proven at a counter points to the Person
(architecture.md, decision 10).
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from balai.kernel.names import short_name
from balai.kernel.nik import mask
from balai.kernel.references import Actor, Subject
from balai.kernel.uuid7 import uuid7
from balai.people.contacts import Contact
from balai.people.enums import ContactKind, IdentityLevel, Sex
from balai.people.models.accounts import Account
from balai.runtime.fields import SealedTextField


class Person(models.Model):
    """A person on the town's record; one row for each NIK."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    nik = SealedTextField()
    nik_hash = models.CharField(max_length=64, unique=True)
    kk = SealedTextField(null=True)
    name = models.CharField(max_length=200)
    sex = models.CharField(max_length=6, choices=Sex.choices, blank=True)
    birth_place = models.CharField(max_length=100, blank=True)
    birth_on = SealedTextField(null=True)
    religion = models.CharField(max_length=50, blank=True)
    marital_status = models.CharField(max_length=50, blank=True)
    occupation = models.CharField(max_length=100, blank=True)
    address = models.CharField(max_length=300, blank=True)
    rt = models.CharField(max_length=3, blank=True)
    rw = models.CharField(max_length=3, blank=True)
    area_code = models.CharField(max_length=13, blank=True, db_index=True)
    phone = SealedTextField(null=True)
    proven_by = models.ForeignKey("people.Officer", null=True, on_delete=models.PROTECT, related_name="+")
    proven_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(proven_by__isnull=True, proven_at__isnull=True)
                | Q(proven_by__isnull=False, proven_at__isnull=False),
                name="person_proof_has_officer_and_time",
            )
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"

    def as_subject(self) -> Subject:
        """The person in the journal: by id, with a shortened name."""
        return Subject("people.person", str(self.pk), short_name(self.name))


class Citizen(models.Model):
    """An account that claims a NIK, bound to its own contact."""

    account = models.OneToOneField(
        Account, primary_key=True, db_column="id", on_delete=models.CASCADE, related_name="citizen"
    )
    nik = SealedTextField()
    nik_hash = models.CharField(max_length=64)
    contact_kind = models.CharField(max_length=5, choices=ContactKind.choices)
    contact = SealedTextField()
    contact_hash = models.CharField(max_length=64)
    level = models.CharField(max_length=14, choices=IdentityLevel.choices, default=IdentityLevel.CLAIMED)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="citizens")
    name = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["nik_hash", "contact_hash"], name="citizen_nik_contact_unique"),
            models.CheckConstraint(
                condition=Q(level=IdentityLevel.COUNTER_PROVEN, person__isnull=False)
                | (~Q(level=IdentityLevel.COUNTER_PROVEN) & Q(person__isnull=True)),
                name="citizen_has_person_only_when_proven",
            ),
        ]

    def __str__(self) -> str:
        return f"citizen {self.pk}"

    @property
    def id(self) -> object:
        """The account's UUID, which is also this row's key."""
        return self.account_id

    @property
    def identity_level(self) -> IdentityLevel:
        """The level as an ordered value; the column holds its code."""
        return IdentityLevel(self.level)

    @property
    def masked_nik(self) -> str:
        """First four and last four digits, as lists show it."""
        return mask(self.nik.clear)

    @property
    def contact_value(self) -> Contact:
        """The contact in the clear, for sending and masking; never for a page of another person."""
        return Contact(ContactKind(self.contact_kind), self.contact.clear)

    def as_actor(self) -> Actor:
        """The citizen as the one who did something."""
        return Actor("citizen", str(self.pk), self._label())

    def as_subject(self) -> Subject:
        """The citizen as the one something was done to."""
        return Subject("people.citizen", str(self.pk), self._label())

    def _label(self) -> str:
        return short_name(self.name) if self.name else _("Warga")


class Challenge(models.Model):
    """A one-time code on its way: what was claimed, and the hash of the code that would prove it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    nik = SealedTextField()
    contact_kind = models.CharField(max_length=5, choices=ContactKind.choices)
    contact = SealedTextField()
    code_hash = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"challenge {self.pk}"
