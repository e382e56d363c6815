"""Delivery, answers, bounces and forgetting, run by the worker."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from balai.notify import actions, answering, bounces, enclosures, queries, receiving, routing
from balai.notify.channels import DeliveryFailed, PermanentFailure, TemporaryFailure
from balai.notify.enums import MessageState
from balai.notify.models import Message
from balai.notify.routing import Route
from balai.runtime import clock, ratelimit
from balai.runtime.errors import TooMany
from balai.runtime.jobs import enqueue, job, periodic

# So often a way is tried while another is left: some five minutes with the queue's growing delays.
PATIENCE = 6


def _owe_giving_up(message_id: str) -> None:
    enqueue("notify.give_up", message_id=message_id)


@job("notify.deliver", label=_("Mengirim satu pesan"), when_dead=_owe_giving_up)
def deliver(message_id: str) -> None:
    """Hand one message to its first way that takes it, going on to the next when one fails for good.

    A temporary fault goes up to the queue, which tries again later; after PATIENCE tries the next way is
    taken, if there is one.
    """
    while (message := queries.message(message_id)) is not None and message.state == MessageState.QUEUED:
        if message.expires_at is not None and message.expires_at <= clock.now():
            actions.mark_failed(message=message, fault="notify.too_late")
            return
        outgoing = queries.outgoing(message)
        left = routing.plan(message, outgoing)
        if not left.routes:
            actions.mark_failed(message=message, fault=left.reason)
            return
        _try(message, left.routes[0], is_last=len(left.routes) == 1)


def _try(message: Message, route: Route, *, is_last: bool) -> None:
    """One hand-over; a temporary fault is raised for the queue unless another way should have its turn."""
    _wait_for_room(route)
    try:
        remote_id = route.carrier.deliver(queries.outgoing(message, route.address))
    except PermanentFailure as failed:
        _note_failed(message, route, failed)
    except TemporaryFailure as failed:
        tries = actions.note_tried(message=message, route=route, fault=failed.code)
        if is_last or tries < PATIENCE:
            raise
        _note_failed(message, route, failed)
    else:
        actions.note_accepted(message=message, route=route, remote_id=remote_id)


def _note_failed(message: Message, route: Route, failed: DeliveryFailed) -> None:
    actions.note_failed(message=message, route=route, fault=failed.code, is_doubtful=failed.is_doubtful)


def _wait_for_room(route: Route) -> None:
    """Never more than the other side takes; the queue comes back."""
    most = route.carrier.per_minute
    try:
        if most:
            ratelimit.hit("notify.out", route.carrier.code, limit=most, seconds=60)
    except TooMany:
        raise TemporaryFailure(f"{route.carrier.code}.own_limit") from None


@job("notify.give_up", label=_("Mencatat pesan yang tidak dapat dikirim"))
def give_up(message_id: str) -> None:
    """The queue has tried for long enough; the message is failed, for an officer to see."""
    message = queries.message(message_id)
    if message is not None:
        actions.mark_failed(message=message, fault="notify.gave_up")


@job("notify.answer", label=_("Menjawab pesan masuk"))
def answer(incoming_id: str) -> None:
    """Do what an incoming message asks for, and owe its answer."""
    answering.handle(incoming_id)


def _owe_doing_without(incoming_id: str) -> None:
    enqueue("notify.do_without_files", incoming_id=incoming_id)


# Some twenty minutes with the queue's growing delays: whoever wrote waits for an answer.
@job(
    "notify.fetch_files",
    label=_("Mengambil berkas dari pesan masuk"),
    most_attempts=8,
    when_dead=_owe_doing_without,
)
def fetch_files(incoming_id: str) -> None:
    """Bring in the files of a message; the last one makes its answer due."""
    enclosures.fetch_waiting(incoming_id)


@job("notify.do_without_files", label=_("Mencatat berkas masuk yang tidak sampai"))
def do_without_files(incoming_id: str) -> None:
    """The gateway did not give the files in time; the message is answered without."""
    for enclosure in queries.waiting_enclosures(incoming_id):
        actions.note_refused(enclosure=enclosure, fault="notify.not_fetched", reason=enclosures.lost())


@periodic("notify.read_bounces", label=_("Membaca surat yang kembali"), seconds=120)
def read_bounces() -> None:
    """Read the mailbox of bounces, where the settings name one."""
    bounces.read_mailbox()


@periodic("notify.read_letters", label=_("Membaca surat masuk"), seconds=60)
def read_letters() -> None:
    """Read the mailbox of incoming letters, where the settings name one."""
    receiving.read_mailbox()


@periodic("notify.forget_old", label=_("Melupakan pesan lama"), seconds=3600)
def forget_old() -> None:
    """Messages are kept for 30 days: long enough to answer "I got nothing", no longer."""
    before = clock.now() - actions.KEPT
    while actions.forget_old(before=before):
        pass  # each in a transaction of its own
