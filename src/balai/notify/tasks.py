"""Delivery and forgetting, run by the worker."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from balai.notify import actions, channels, queries
from balai.notify.channels import PermanentFailure
from balai.notify.enums import MessageState
from balai.runtime import clock
from balai.runtime.jobs import enqueue, job, periodic


def _owe_giving_up(message_id: str) -> None:
    enqueue("notify.give_up", message_id=message_id)


@job("notify.deliver", label=_("Mengirim pesan"), when_dead=_owe_giving_up)
def deliver(message_id: str) -> None:
    """Hand one message to its channel; TemporaryFailure goes up to the queue, which tries again later."""
    message = queries.message(message_id)
    if message is None or message.state != MessageState.QUEUED:
        return
    if message.expires_at is not None and message.expires_at <= clock.now():
        actions.mark_failed(message=message, channel="", fault="notify.too_late")
        return
    channel = channels.for_kind(message.kind)
    if channel is None:
        actions.mark_failed(message=message, channel="", fault="notify.no_channel")
        return
    try:
        channel.deliver(queries.outgoing(message))
    except PermanentFailure as failure:
        actions.mark_failed(message=message, channel=channel.code, fault=failure.code)
        return
    actions.mark_sent(message=message, channel=channel.code)


@job("notify.give_up", label=_("Menandai pesan yang gagal terkirim"))
def give_up(message_id: str) -> None:
    """The queue has tried for long enough; the message is failed, for an officer to see."""
    message = queries.message(message_id)
    if message is not None:
        actions.mark_failed(message=message, channel="", fault="notify.gave_up")


@periodic("notify.forget_old", seconds=3600, label=_("Menghapus pesan lama"))
def forget_old() -> None:
    """Messages are kept for 30 days: long enough to answer "I got nothing", no longer."""
    actions.forget_old(before=clock.now() - actions.KEPT)
