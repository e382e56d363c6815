"""Officers: their accounts, passwords and roles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from django.contrib.auth.hashers import check_password, make_password
from django.db import IntegrityError, transaction
from django.db.models import Q

from balai import audit
from balai.kernel.names import clean_name
from balai.kernel.references import Actor, Subject
from balai.people import rules
from balai.people.enums import AccountKind, Capacity
from balai.people.errors import (
    BasisMissing,
    LoginNameRefused,
    LoginNameTaken,
    PasswordWeak,
    SignInRefused,
    ThroughMissing,
    Unknown,
)
from balai.people.models import Account, Assignment, Officer, Role
from balai.people.passwords import weaknesses
from balai.people.today import local_today
from balai.region import queries as region
from balai.runtime import clock
from balai.runtime.transaction import write_transaction

_LOGIN_NAME = re.compile(r"[a-z][a-z0-9._-]{2,49}")


@write_transaction
def create_officer(
    *,
    by: Actor,
    login_name: str,
    name: str,
    password: str | None = None,
    title: str = "",
    nip: str = "",
) -> Officer:
    """An officer's account, without a role and without a second factor yet.

    Without `password` nobody can sign in until `set_password`. Raises LoginNameRefused, LoginNameTaken,
    PasswordWeak, ValueRefused (name.*).
    """
    account = _new_account(login_name)
    officer = Officer(
        account=account, name=clean_name(name), title=title.strip(), nip=nip.strip(), created_at=clock.now()
    )
    officer.save(force_insert=True)
    audit.record("people.officer_created", by=by, about=officer.as_subject())
    if password is not None:
        set_password(by=by, officer=officer, password=password)
    return officer


@write_transaction
def set_password(*, by: Actor, officer: Officer, password: str) -> None:
    """Replace the password, which ends every session of the account. Raises PasswordWeak."""
    account = officer.account
    reasons = weaknesses(password, login_name=account.login_name or "", name=officer.name)
    if reasons:
        raise PasswordWeak(reasons=" ".join(reasons))
    account.set_password(password)
    account.save(update_fields=["password"])
    audit.record("people.password_set", by=by, about=officer.as_subject())


@write_transaction
def set_active(*, by: Actor, account: Account, is_active: bool) -> None:
    """Close or reopen an account; a closed one ends its sessions at the next request."""
    account.is_active = is_active
    account.save(update_fields=["is_active"])
    if not is_active:
        Assignment.objects.filter(absence__officer__account=account, valid_to__gte=local_today()).delete()
    holder = account.officer if account.kind == AccountKind.OFFICER else account.citizen
    event = "people.account_reopened" if is_active else "people.account_closed"
    audit.record(event, by=by, about=holder.as_subject())


@write_transaction
def assign_role(
    *,
    by: Actor,
    officer: Officer,
    role_code: str,
    office_code: str,
    valid_from: date | None = None,
    valid_to: date | None = None,
    capacity: Capacity = Capacity.DEFINITIVE,
    basis: str = "",
    through: str = "",
) -> Assignment:
    """Give a role at an office from a day (default today) to a day, both inclusive, or without end.

    Held otherwise than definitively it needs `basis`, the order behind it, and for u.b. `through`, the title
    of the official between. The same role, office and first day again only changes the rest. Raises Unknown
    for a role or office, BasisMissing.
    """
    if capacity != Capacity.DEFINITIVE and not basis.strip():
        raise BasisMissing()
    if capacity == Capacity.FOR_DEPUTY and not through.strip():
        raise ThroughMissing()
    if not Role.objects.filter(pk=role_code).exists():
        raise Unknown(thing=role_code)
    if region.office(office_code) is None:
        raise Unknown(thing=office_code)
    assignment, _is_new = Assignment.objects.update_or_create(
        officer=officer,
        role_id=role_code,
        office_code=office_code,
        valid_from=valid_from or local_today(),
        defaults={
            "valid_to": valid_to,
            "capacity": capacity,
            "basis": basis.strip()[:200],
            "through": through.strip()[:150] if capacity == Capacity.FOR_DEPUTY else "",
        },
    )
    officer.__dict__.pop("assignments_today", None)
    audit.record(
        "people.role_assigned",
        by=by,
        about=officer.as_subject(),
        data={
            "role": role_code,
            "office": office_code,
            "to": valid_to.isoformat() if valid_to else None,
            **(
                {} if capacity == Capacity.DEFINITIVE else {"capacity": str(capacity), "basis": basis.strip()}
            ),
        },
    )
    return assignment


@write_transaction
def end_assignments(*, by: Actor, officer: Officer, role_code: str, office_code: str, on: date) -> int:
    """Let a role at an office end with the day `on`; returns how many assignments that ended.

    One that would only have begun later is deleted: it never came into force.
    """
    # Whoever stands in for her holds the role as long as she does.
    hers = Q(officer=officer) | Q(absence__officer=officer)
    held = Assignment.objects.filter(hers, role_id=role_code, office_code=office_code)
    later = list(held.filter(valid_from__gt=on).values_list("pk", flat=True))
    running = list(held.held_on(on).values_list("pk", flat=True))
    Assignment.objects.filter(pk__in=later).delete()
    Assignment.objects.filter(pk__in=running).update(valid_to=on)
    ended = len(later) + len(running)
    officer.__dict__.pop("assignments_today", None)
    if ended:
        data = {"role": role_code, "office": office_code, "to": on.isoformat()}
        audit.record("people.role_ended", by=by, about=officer.as_subject(), data=data)
    return ended


@write_transaction
def load_roles(*, by: Actor, roles: Iterable[Role]) -> list[str]:
    """Make the stored roles equal to the government's; returns codes that were added, changed or removed.

    A role that is gone from the folder is deleted or, where somebody held it, left without a permission.
    Nothing is written when nothing changed.
    """
    wanted = {role.code: role for role in roles}
    stored = {role.code: role for role in Role.objects.all()}
    changed = [code for code, role in wanted.items() if _differs(stored.get(code), role)]
    for code in changed:
        wanted[code].save()
    gone = sorted(stored.keys() - wanted.keys())
    held = set(Assignment.objects.filter(role_id__in=gone).values_list("role_id", flat=True))
    emptied = [code for code in gone if code in held and stored[code].permissions]
    Role.objects.filter(code__in=emptied).update(permissions=[])
    deleted = [code for code in gone if code not in held]
    Role.objects.filter(code__in=deleted).delete()
    touched = changed + emptied + deleted
    if touched:
        about = Subject("people.role", "all")
        audit.record("people.roles_loaded", by=by, about=about, data={"roles": touched})
    return touched


def _differs(stored: Role | None, wanted: Role) -> bool:
    if stored is None:
        return True
    fields = ("name", "scope", "permissions")
    return any(getattr(stored, field) != getattr(wanted, field) for field in fields)


def verify_password(*, login_name: str, password: str, ip: str) -> Officer:
    """The officer with this name and password; the second factor is still to come.

    Raises SignInRefused (the same for an unknown name, and as slow), TooMany. Counts tries for each name
    and each address.
    """
    name = login_name.strip().lower()
    for limit, value in ((rules.SIGN_INS_PER_ADDRESS, ip), (rules.SIGN_INS_PER_NAME, name)):
        rules.count(limit, value)
    officer = Officer.objects.select_related("account").filter(account__login_name=name).first()
    if officer is None:
        make_password(password)  # as much work as for a known name
        raise SignInRefused()
    if not check_password(password, officer.account.password) or not officer.account.is_active:
        raise SignInRefused()
    rules.forgive(rules.SIGN_INS_PER_NAME, name)
    return officer


def _new_account(login_name: str) -> Account:
    name = login_name.strip().lower()
    if not _LOGIN_NAME.fullmatch(name):
        raise LoginNameRefused()
    account = Account(kind=AccountKind.OFFICER, login_name=name, created_at=clock.now())
    account.set_unusable_password()
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError:
        raise LoginNameTaken() from None
    return account
