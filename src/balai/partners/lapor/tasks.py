"""Handing over by mail, and telling whoever handed it over; run by the worker."""

from __future__ import annotations

import logging

from django.utils.translation import gettext_lazy as _

from balai.notify.channels import PermanentFailure, TemporaryFailure
from balai.partners import receivers
from balai.partners.lapor import actions, mailing, news, queries
from balai.runtime.jobs import enqueue, job

_log = logging.getLogger(__name__)


def _owe_giving_up(hand_over_id: str) -> None:
    enqueue("lapor.give_up", hand_over_id=hand_over_id)


@job("lapor.deliver", label=_("Menyerahkan satu laporan ke LAPOR!"), when_dead=_owe_giving_up)
def deliver(hand_over_id: str) -> None:
    """Hand one report over by mail; while the other side is down the queue comes back, ever later."""
    row = queries.hand_over(hand_over_id)
    if not actions.note_try(hand_over=row):
        return
    try:
        mailing.send(row)
    except TemporaryFailure as failed:
        actions.note_fault(hand_over=row, fault=failed.code)
        raise
    except PermanentFailure as failed:
        actions.note_fault(hand_over=row, fault=failed.code, is_final=True)
    except mailing.TooLargeForMail:
        actions.note_fault(hand_over=row, fault="lapor.too_large", is_final=True)
    else:
        actions.note_sent(hand_over=row)


@job("lapor.give_up", label=_("Mencatat laporan yang tidak dapat diserahkan"))
def give_up(hand_over_id: str) -> None:
    """The queue has tried for long enough: an officer sees it, and starts it anew or carries it."""
    actions.note_fault(hand_over=queries.hand_over(hand_over_id), fault="lapor.gave_up", is_final=True)


@job("lapor.deliver_withdrawal", label=_("Memberitahukan penarikan laporan ke LAPOR!"))
def deliver_withdrawal(hand_over_id: str) -> None:
    """Tell that a report which may have arrived is taken back."""
    row = queries.hand_over(hand_over_id)
    if row.withdrawal_told_at is not None:
        return
    mailing.send_withdrawal(row)
    actions.note_withdrawal_told(hand_over=row)


@job("lapor.tell", label=_("Meneruskan kabar dari LAPOR!"))
def tell(hand_over_id: str, answer_id: str) -> None:
    """Whoever handed it over hears that it went out, or what was answered."""
    row = queries.hand_over(hand_over_id)
    answer = queries.answer(answer_id) if answer_id else None
    if not receivers.tell(news.of(row, answer)):
        _log.warning("nobody hears of %s: no receiver for %s", row.reference, row.about_label)
    if answer is not None:
        actions.note_told(answer=answer)
