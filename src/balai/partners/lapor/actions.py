"""What can happen to a hand-over. It goes out once: a thing has at most one living hand-over."""

from __future__ import annotations

import base64
import json
import re
from typing import Any
from uuid import UUID

from django.conf import settings

from balai import audit
from balai.files import queries as files
from balai.kernel.references import SYSTEM, Actor, Subject
from balai.kernel.uuid7 import uuid7
from balai.partners.lapor import rules
from balai.partners.lapor.enums import HandOverState, OutsideState, Way
from balai.partners.lapor.errors import AlreadyHandedOver, CannotMove, PackageRefused, TrackingNumberNeeded
from balai.partners.lapor.models import HandOver, OutsideAnswer
from balai.partners.lapor.package import LaporPackage
from balai.runtime import clock
from balai.runtime.crypto import lookup_hash
from balai.runtime.jobs import enqueue
from balai.runtime.statements import add_if_new
from balai.runtime.transaction import lock, write_transaction

FAULT_LENGTH = 60
GONE = "lampirannya sudah tidak ada."
_TRACKING = re.compile(r"[0-9A-Za-z#][0-9A-Za-z./#-]{0,39}")


@write_transaction
def hand_over(*, by: Actor, subject: Subject, package: LaporPackage) -> HandOver:
    """Owe LAPOR! this report, by the way that the settings name.

    Said again with the same words it is the hand-over that lives already. Raises PackageRefused, and
    AlreadyHandedOver when one with other words lives.
    """
    checked = package.checked()
    if len(files.uploads(checked.attachments)) != len(checked.attachments):
        raise PackageRefused("attachments", GONE)
    row = _new(subject, checked)
    if not add_if_new(row):
        return _living(subject, row.package_hash)
    data = {"reference": row.reference, "hand_over": str(row.pk), "way": row.way}
    audit.record("lapor.handed_over", by=by, about=subject, data=data)
    if row.way == Way.MAIL:
        _owe_delivery(row)
    return row


def _new(subject: Subject, package: LaporPackage) -> HandOver:
    key, now = uuid7(), clock.now()
    data: Any = package.as_data()
    return HandOver(
        id=key,
        reference=reference_of(key, now.year),
        about_label=subject.label,
        about_id=subject.id,
        our_reference=package.our_reference,
        way=settings.BALAI.lapor_way,
        package=data,
        package_hash=lookup_hash(json.dumps(data, sort_keys=True), context="lapor.package"),
        is_secret=package.is_secret,
        created_at=now,
    )


def reference_of(key: UUID, year: int) -> str:
    """LPR-2026-7K3QF9XW: the year, and forty random bits of the key, which nobody can count up."""
    return f"LPR-{year}-{base64.b32encode(key.bytes[-5:]).decode()}"


def _living(subject: Subject, package_hash: str) -> HandOver:
    row = HandOver.objects.get(about_label=subject.label, about_id=subject.id, state__in=rules.LIVING)
    if row.package_hash != package_hash:
        raise AlreadyHandedOver(reference=row.reference)
    return row


def _owe_delivery(row: HandOver) -> None:
    enqueue("lapor.deliver", key=f"lapor.deliver:{row.pk}", hand_over_id=str(row.pk))


def _owe_news(row: HandOver, answer: OutsideAnswer | None = None) -> None:
    """Whoever handed it over hears of it."""
    named = str(answer.pk) if answer else ""
    enqueue("lapor.tell", key=f"lapor.tell:{row.pk}:{named}", hand_over_id=str(row.pk), answer_id=named)


@write_transaction(locks="handover")
def withdraw(*, by: Actor, hand_over: HandOver, reason: str = "") -> HandOver:
    """Take it back. Who may have got it by mail is told so; who got it by hand is told by the officer.

    Withdrawn twice is no error. Raises CannotMove when LAPOR! has refused it already.
    """
    row = lock(hand_over)
    if row.state == HandOverState.WITHDRAWN:
        return row
    _require_move(row, HandOverState.WITHDRAWN)
    row.state, row.withdrawn_at, row.stopped_at = HandOverState.WITHDRAWN, clock.now(), None
    row.save(update_fields=["state", "withdrawn_at", "stopped_at"])
    audit.record("lapor.withdrawn", by=by, about=row.about, note=reason, data={"reference": row.reference})
    if row.tries:
        _owe_withdrawal(row)
    return row


def _owe_withdrawal(row: HandOver) -> None:
    key = f"lapor.deliver_withdrawal:{row.pk}"
    enqueue("lapor.deliver_withdrawal", key=key, hand_over_id=str(row.pk))


def _require_move(row: HandOver, to: HandOverState) -> None:
    if not rules.can_move(row.state, to):
        raise CannotMove(reference=row.reference)


@write_transaction(locks="handover")
def record_answer(
    *, by: Actor, hand_over: HandOver, tracking_number: str, state: str, text: str = ""
) -> OutsideAnswer:
    """Enter what LAPOR! says: its number, its state, and words for the reporter; the same again is one.

    Without a number the one known before stands. Raises TrackingNumberNeeded, CannotMove.
    """
    row, outside = lock(hand_over), OutsideState(state)
    to, number = rules.state_after(outside), _number(tracking_number, row)
    if to == HandOverState.ACKNOWLEDGED and not number:
        raise TrackingNumberNeeded()
    last = row.answers.order_by("-at", "-pk").first()
    if last is not None and (last.tracking_number, last.state, last.text.clear) == (number, outside, text):
        return last
    _require_move(row, to)
    if to == HandOverState.ACKNOWLEDGED and _is_elsewhere(row):
        raise CannotMove(reference=row.reference)
    now = clock.now()
    answer = OutsideAnswer.objects.create(
        hand_over=row, tracking_number=number, state=outside, text=text, by_name=by.name[:150], at=now
    )
    row.state, row.outside_state, row.tracking_number, row.stopped_at = to, outside, number, None
    row.sent_at = row.sent_at or now
    row.save(update_fields=["state", "outside_state", "tracking_number", "stopped_at", "sent_at"])
    data = {"reference": row.reference, "state": outside.value}
    audit.record("lapor.answered", by=by, about=row.about, data=data)
    _owe_news(row, answer)
    return answer


def _number(typed: str, row: HandOver) -> str:
    number = typed.strip()
    if number and not _TRACKING.fullmatch(number):
        raise TrackingNumberNeeded()
    return number or row.tracking_number


def _is_elsewhere(row: HandOver) -> bool:
    """Whether a later hand-over of the same thing lives: then an old one stays closed."""
    others = HandOver.objects.filter(about_label=row.about_label, about_id=row.about_id)
    return others.filter(state__in=rules.LIVING).exclude(pk=row.pk).exists()


@write_transaction(locks="handover")
def note_entered(*, by: Actor, hand_over: HandOver) -> bool:
    """An officer has entered it at LAPOR!; False when it does not wait any more."""
    row = lock(hand_over)
    if row.state != HandOverState.WAITING:
        return False
    audit.record("lapor.entered", by=by, about=row.about, data={"reference": row.reference})
    _send(row)
    return True


def _send(row: HandOver) -> None:
    row.state, row.sent_at, row.stopped_at, row.fault = HandOverState.SENT, clock.now(), None, ""
    row.save(update_fields=["state", "sent_at", "stopped_at", "fault", "tries"])
    _owe_news(row)


@write_transaction(locks="handover")
def carry_by_hand(*, by: Actor, hand_over: HandOver) -> None:
    """The mail does not get through: it waits for an officer who downloads and enters it."""
    row = lock(hand_over)
    if row.state != HandOverState.WAITING:
        raise CannotMove(reference=row.reference)
    row.way, row.stopped_at = Way.BUNDLE, None
    row.save(update_fields=["way", "stopped_at"])
    audit.record("lapor.carried_by_hand", by=by, about=row.about, data={"reference": row.reference})


@write_transaction(locks="handover")
def try_again(*, by: Actor, hand_over: HandOver) -> None:
    """Start a mail anew that had stopped; raises CannotMove for one that has not."""
    row = lock(hand_over)
    if row.state != HandOverState.WAITING or row.stopped_at is None:
        raise CannotMove(reference=row.reference)
    row.stopped_at = None
    row.save(update_fields=["stopped_at"])
    audit.record("lapor.tried_again", by=by, about=row.about, data={"reference": row.reference})
    _owe_delivery(row)


@write_transaction
def note_download(*, by: Actor, hand_overs: list[HandOver], office: str = "", purpose: str) -> None:
    """Somebody takes packages out of the house; each is a reading of what was reported."""
    for row in hand_overs:
        audit.record_reading(by=by, about=row.about, what="laporan", purpose=purpose, office=office)


@write_transaction(locks="handover")
def note_try(*, hand_over: HandOver) -> bool:
    """A mail is about to go; False when it should not any more. Noted before: it may arrive and we end."""
    row = lock(hand_over)
    if row.state != HandOverState.WAITING or row.way != Way.MAIL:
        return False
    row.tries += 1
    row.save(update_fields=["tries"])
    return True


@write_transaction(locks="handover")
def note_sent(*, hand_over: HandOver) -> None:
    """The mail server has it. What was withdrawn meanwhile is told so."""
    row = lock(hand_over)
    if row.state == HandOverState.WAITING:
        audit.record("lapor.sent", by=SYSTEM, about=row.about, data={"reference": row.reference})
        _send(row)
    elif row.state == HandOverState.WITHDRAWN:
        _owe_withdrawal(row)


@write_transaction(locks="handover")
def note_fault(*, hand_over: HandOver, fault: str, is_final: bool = False) -> None:
    """The mail did not go, by a code without personal data; finally means that an officer must see to it."""
    row = lock(hand_over)
    if row.state != HandOverState.WAITING:
        return
    row.fault = fault[:FAULT_LENGTH]
    if is_final:
        row.stopped_at = clock.now()
        audit.record("lapor.stopped", by=SYSTEM, about=row.about, data={"fault": row.fault})
    row.save(update_fields=["fault", "stopped_at"])


@write_transaction(locks="handover")
def note_withdrawal_told(*, hand_over: HandOver) -> None:
    """The mail that takes it back has gone."""
    row = lock(hand_over)
    row.withdrawal_told_at = clock.now()
    row.save(update_fields=["withdrawal_told_at"])


@write_transaction
def note_told(*, answer: OutsideAnswer) -> None:
    """Whoever handed it over has heard of this answer."""
    OutsideAnswer.objects.filter(pk=answer.pk, told_at=None).update(told_at=clock.now())
