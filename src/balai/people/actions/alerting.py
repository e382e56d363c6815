"""An officer says where alerts reach her, and proves that they do."""

from __future__ import annotations

import hmac
import secrets

from django.utils.translation import gettext as _

from balai import audit, government
from balai.notify import actions as notify
from balai.notify import queries as ways_out
from balai.notify.models import Address
from balai.people.contacts import Contact, parse_contact
from balai.people.errors import CodeRefused, ContactUnreachable
from balai.people.models import AlertContact, Officer
from balai.people.rules import ALERT_CODES_PER_OFFICER, CODE_LIFE, CODE_TRIES, CODES_PER_CONTACT, count
from balai.runtime import clock
from balai.runtime.crypto import lookup_hash
from balai.runtime.transaction import is_open, lock, write_transaction


def request_alert_contact(*, by: Officer, contact: str) -> None:
    """Send a six-digit code to where she wants to be alerted; the contact of before counts until it is typed.

    Raises ValueRefused (phone.shape, email.shape), ContactUnreachable, TooMany.
    """
    to = parse_contact(contact)
    if to.kind not in ways_out.reachable_kinds():
        raise ContactUnreachable()
    count(ALERT_CODES_PER_OFFICER, str(by.pk))
    for limit in CODES_PER_CONTACT:
        count(limit, to.value)
    _send_code(by, to, f"{secrets.randbelow(10**6):06d}")


@write_transaction(locks="officer")
def _send_code(by: Officer, to: Contact, code: str) -> None:
    lock(Officer.objects.filter(pk=by.pk))
    expires_at = clock.now() + CODE_LIFE
    AlertContact.objects.update_or_create(
        officer=by,
        defaults={
            "new_kind": to.kind,
            "new_value": to.value,
            "code_hash": _code_hash(by, code),
            "code_expires_at": expires_at,
            "tries": 0,
        },
    )
    text = _("%(code)s adalah kode kontak siaga %(product)s Anda, berlaku %(minutes)s menit.") % {
        "code": code,
        "product": government.current().product_name,
        "minutes": int(CODE_LIFE.total_seconds() // 60),
    }
    notify.send(
        to=Address(to.kind, to.value),
        subject=_("Kode kontak siaga"),
        text=text,
        key=f"people.alert_code:{by.pk}:{expires_at.isoformat()}",
        about=by.as_subject(),
        expires_at=expires_at,
        template="code",
        parameters={"code": code},
    )


def confirm_alert_contact(*, by: Officer, code: str) -> None:
    """The code that came is the right one: alerts go there from now on. Raises CodeRefused.

    Must not run inside a write transaction: a wrong try is counted although the action refuses.
    """
    if is_open():
        raise RuntimeError("confirm_alert_contact counts wrong tries and needs a transaction of its own")
    if not _try_code(by, "".join(code.split())):
        raise CodeRefused()


@write_transaction(locks="officer")
def _try_code(by: Officer, code: str) -> bool:
    lock(Officer.objects.filter(pk=by.pk))
    kept = AlertContact.objects.filter(
        officer=by, code_expires_at__gt=clock.now(), tries__lt=CODE_TRIES
    ).first()
    if kept is None or kept.new_contact is None:
        return False
    if not hmac.compare_digest(_code_hash(by, code), kept.code_hash):
        kept.tries += 1
        kept.save(update_fields=["tries"])
        return False
    to = kept.new_contact
    AlertContact.objects.filter(pk=kept.pk).delete()
    AlertContact.objects.create(officer=by, kind=to.kind, value=to.value, confirmed_at=clock.now())
    notify.trust(address=Address(to.kind, to.value))
    audit.record("people.alert_contact_set", by=by.as_actor(), about=by.as_subject(), data={"kind": to.kind})
    return True


@write_transaction(locks="officer")
def remove_alert_contact(*, by: Officer) -> None:
    """She is alerted nowhere any more, and a code that is on its way counts for nothing."""
    lock(Officer.objects.filter(pk=by.pk))
    if AlertContact.objects.filter(officer=by).delete()[0]:
        audit.record("people.alert_contact_removed", by=by.as_actor(), about=by.as_subject())


def _code_hash(officer: Officer, code: str) -> str:
    return lookup_hash(f"{officer.pk}:{code}", context="people.alert_code")
