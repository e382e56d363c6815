"""Accounts, the people behind them, officers and tokens."""

from balai.people.models.accounts import Account
from balai.people.models.alerting import AlertContact
from balai.people.models.citizens import Challenge, Citizen, Person
from balai.people.models.officers import Absence, Assignment, Officer, Role
from balai.people.models.tokens import ApiToken

__all__ = [
    "Absence",
    "Account",
    "AlertContact",
    "ApiToken",
    "Assignment",
    "Challenge",
    "Citizen",
    "Officer",
    "Person",
    "Role",
]
