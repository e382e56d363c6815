"""The one table behind every sign-in; what kind of person it is stands beside it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from balai.kernel.uuid7 import uuid7
from balai.people.enums import AccountKind


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by login name, as Django's backends expect; accounts are made by actions only."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(login_name=username)


class Account(AbstractBaseUser):
    """A sign-in: officers have a login name and a password, citizens have neither."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=10, choices=AccountKind.choices)
    login_name = models.CharField(max_length=150, unique=True, null=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    # Every sign-in is in the journal; a second copy here would cost a write on each.
    last_login: Any = None

    objects = AccountManager()

    USERNAME_FIELD = "login_name"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=AccountKind.OFFICER, login_name__isnull=False)
                | Q(kind=AccountKind.CITIZEN, login_name__isnull=True),
                name="account_login_name_is_for_officers",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
