"""Planning who is on duty, and calling them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from balai import government
from balai.audit import actions as audit
from balai.kernel.dates import format_datetime
from balai.kernel.references import SYSTEM, Actor, Subject
from balai.notify import actions as notify
from balai.notify.actions import Wording
from balai.people import queries as people
from balai.people.models import Officer
from balai.region import queries as region
from balai.runtime import clock as time
from balai.runtime.errors import Forbidden
from balai.runtime.jobs import enqueue
from balai.runtime.redaction import redact
from balai.runtime.transaction import lock, write_transaction
from balai.work import duties, subjects
from balai.work.enums import AlertOutcome, ItemState
from balai.work.errors import DutyHoursRefused, DutyOfficerRefused, DutyOverlaps
from balai.work.models import Alert, Duty, WorkItem
from balai.work.overdue import PERMISSION as OVERSEE

LONGEST_DUTY_DAYS = 14
REPEAT_MINUTES = 10
# An alert that comes half a day late wakes somebody for nothing.
ALERT_LIFE = timedelta(hours=6)
FIRST, AGAIN, OVERSEER = range(3)


@write_transaction(locks="officer")
def plan_duty(
    *,
    by: Officer,
    office_code: str,
    permission: str,
    officer: Officer,
    from_at: datetime,
    to_at: datetime,
) -> Duty:
    """Let `officer` answer for a tray from an instant to an instant.

    Raises Forbidden, DutyHoursRefused, DutyOfficerRefused, DutyOverlaps.
    """
    _require_planner(by, office_code)
    lock(Officer.objects.filter(pk=officer.pk))
    now = time.now()
    if not (from_at < to_at and now < to_at and to_at - from_at <= timedelta(days=LONGEST_DUTY_DAYS)):
        raise DutyHoursRefused(most=LONGEST_DUTY_DAYS)
    able = people.holders(permission, office_code, duties.local_day(max(from_at, now)))
    if officer.pk not in {each.pk for each in able}:
        raise DutyOfficerRefused(name=officer.name)
    other = duties.duties(office_code, permission, from_at, to_at).filter(officer=officer).first()
    if other is not None:
        zone = government.current().tzinfo
        raise DutyOverlaps(
            name=officer.name,
            first=format_datetime(other.from_at, zone),
            last=format_datetime(other.to_at, zone),
        )
    planned = Duty.objects.create(
        office_code=office_code,
        permission=permission,
        officer=officer,
        from_at=from_at,
        to_at=to_at,
        planned_by=by.name[:100],
        planned_at=now,
    )
    _record("work.duty_planned", by, planned)
    return planned


@write_transaction
def cancel_duty(*, by: Officer, duty: Duty) -> None:
    """Take a duty back; what was planned stays on record. Again, nothing happens. Raises Forbidden."""
    _require_planner(by, duty.office_code)
    planned = Duty.objects.filter(pk=duty.pk, cancelled_at=None)
    if planned.update(cancelled_at=time.now(), cancelled_by=by.name[:100]):
        _record("work.duty_cancelled", by, duty)


def _require_planner(by: Officer, office_code: str) -> None:
    if not by.has_permission(duties.PERMISSION, office_code):
        raise Forbidden(duties.PERMISSION)


def _record(event: str, by: Officer, duty: Duty) -> None:
    data = {
        "office": duty.office_code,
        "permission": duty.permission,
        "officer": duty.officer.name,
        "from": duty.from_at.isoformat(),
        "to": duty.to_at.isoformat(),
    }
    audit.record(event, by=by.as_actor(), about=duty.as_subject(), data=data)


@write_transaction
def alert_on_duty(
    *,
    by: Actor,
    subject: Subject,
    office_code: str,
    permission: str,
    text: str,
    repeat_minutes: int = REPEAT_MINUTES,
) -> Alert:
    """Call whoever is on duty for a tray about a subject; a job in the caller's transaction.

    `text` says what it is and never who reported it; what looks like a NIK or a phone number is taken out.
    Called again after `repeat_minutes` when nobody has taken the item, then whoever oversees the office is
    told. She is told at once, and why, when nobody is on duty or none of them can be reached.
    """
    alert = Alert.objects.create(
        subject_label=subject.label,
        subject_id=str(subject.id),
        office_code=office_code,
        permission=permission,
        text=redact(" ".join(text.split()))[:300],
        repeat_minutes=repeat_minutes,
        raised_at=time.now(),
    )
    _owe(alert, FIRST, alert.raised_at)
    return alert


def _owe(alert: Alert, step: int, at: datetime) -> None:
    enqueue("work.alert", key=f"work.alert:{alert.pk}:{step}", run_at=at, alert_id=str(alert.pk), step=step)


@write_transaction
def sound_alert(*, alert_id: str, step: int) -> None:
    """One step of an alert: first call, second call, overseer. The same step again tells nobody twice."""
    alert = Alert.objects.filter(pk=alert_id, over_at=None).first()
    if alert is None:
        return None
    if step > FIRST and not _is_waiting(alert):
        return _end(alert, AlertOutcome.TAKEN)
    if step >= OVERSEER:
        return _tell_overseer(alert, step, _("Belum diambil petugas piket."))
    on_duty = duties.on_duty(alert.office_code, alert.permission, time.now())
    opening = _("Belum ada yang mengambil.") if step == AGAIN else _("Anda sedang piket.")
    if not on_duty:
        return _tell_overseer(alert, step, _("Tidak ada petugas piket saat ini."))
    if not _tell(alert, step, on_duty, opening):
        return _tell_overseer(alert, step, _("Petugas piket belum punya kontak siaga."))
    _owe(alert, step + 1, time.now() + timedelta(minutes=alert.repeat_minutes))
    return None


def _is_waiting(alert: Alert) -> bool:
    """Whether the item still lies there untaken; also where the engine has laid none."""
    items = WorkItem.objects.filter(
        subject_label=alert.subject_label,
        subject_id=alert.subject_id,
        office_code=alert.office_code,
        permission=alert.permission,
    )
    return not items.exists() or items.filter(state=ItemState.OPEN, assignee_id=None).exists()


def _tell_overseer(alert: Alert, step: int, why: str) -> None:
    """Whoever oversees the office, or the nearest office above that somebody oversees."""
    today = duties.local_day(time.now())
    seat = people.nearest_seat(OVERSEE, alert.office_code, today)
    heard = _tell(alert, OVERSEER, people.holders(OVERSEE, seat, today), why)
    _end(alert, AlertOutcome.ESCALATED if heard else AlertOutcome.UNHEARD)


def _end(alert: Alert, outcome: AlertOutcome) -> None:
    Alert.objects.filter(pk=alert.pk).update(over_at=time.now(), outcome=outcome)
    data = {"outcome": outcome.value, "office": alert.office_code}
    audit.record("work.alert_over", by=SYSTEM, about=alert.subject, data=data)


def _tell(alert: Alert, step: int, officers: list[Officer], opening: str) -> bool:
    """Owe each of them the message; whether any can be reached. Journalled with their names."""
    office = region.office(alert.office_code)
    name = office.name if office else alert.office_code
    link = f"{settings.BALAI.public_url}{subjects.link(alert.subject_label, alert.subject_id)}"
    words = Wording(
        _("Siaga %(office)s") % {"office": name},
        _("Siaga %(office)s. %(opening)s %(text)s Buka: %(link)s")
        % {"office": name, "opening": opening, "text": alert.text, "link": link},
    )
    reached = [
        officer.name
        for officer in officers
        if notify.tell(
            owner=officer.as_subject(),
            words={"id": words},
            key=f"work.alert:{alert.pk}:{step}:{officer.pk}",
            about=alert.subject,
            recipient_name=officer.name,
            expires_at=time.now() + ALERT_LIFE,
        )
    ]
    if reached:
        data = {"step": step, "office": alert.office_code, "to": reached}
        audit.record("work.alerted", by=SYSTEM, about=alert.subject, data=data)
    return bool(reached)
