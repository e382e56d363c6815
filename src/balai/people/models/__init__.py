"""Accounts, the people behind them, officers and tokens."""

from balai.people.models.accounts import Account
from balai.people.models.citizens import Challenge, Citizen, Person
from balai.people.models.officers import Assignment, Officer, Role
from balai.people.models.tokens import ApiToken

__all__ = ["Account", "ApiToken", "Assignment", "Challenge", "Citizen", "Officer", "Person", "Role"]
