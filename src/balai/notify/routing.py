"""Which ways a message may go, in which order: the person's choice, what the town has, what is left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from balai.notify import addressees, channels
from balai.notify.channels import Channel, Outgoing
from balai.notify.enums import AttemptState, Category
from balai.notify.models import Address, Attempt, Message, Preference, Standing


@dataclass(frozen=True)
class Route:
    """One way: the channel that was chosen, who carries it (itself, or the demo channel), and where to."""

    choice: str
    carrier: Channel
    address: Address

    @property
    def mark(self) -> tuple[str, str]:
        """What makes two attempts the same way."""
        return self.carrier.code, self.address.hash


@dataclass(frozen=True)
class Plan:
    """Ways that are left, best first; `reason` is a fault's code when there are none."""

    routes: tuple[Route, ...]
    reason: str = ""


def plan(message: Message, outgoing: Outgoing) -> Plan:
    """The ways of this round that have not failed yet."""
    possible = [route for route in _possible(message) if route.carrier.takes(outgoing)]
    if not possible:
        return Plan((), "notify.no_channel")
    wanted = possible
    if message.category == Category.NOTICE:
        wanted = _not_stopped(possible, message)
        if not wanted:
            return Plan((), "notify.stopped")
        wanted = _not_doubtful(wanted)
    failed = _failed(message)
    left = tuple(route for route in wanted if route.mark not in failed)
    return Plan(left, "" if left else message.fault or "notify.doubtful")


def _possible(message: Message) -> list[Route]:
    if message.category == Category.NOTICE:
        return _for_person(message)
    used = channels.active()
    if message.via:
        carrier = channels.carrier(message.via)
        used = (carrier,) if carrier else ()
    return [Route(each.code, each, message.to) for each in used if message.kind in each.kinds]


def _for_person(message: Message) -> list[Route]:
    owner = message.owner
    found = addressees.of(owner) if owner else None
    addresses = found.addresses if found else ()
    return [
        Route(code, carrier, address)
        for code in ordered(_preference(message), addresses)
        if (carrier := channels.carrier(code)) is not None
        for address in addresses
        if address.kind in _kinds(code)
    ]


def ordered(preference: Preference | None, addresses: Iterable[Address]) -> list[str]:
    """Codes of the channels on offer: the person's order, then those that fit her usual address."""
    offered = channels.offered()
    chosen = [code for code in (preference.channels if preference else ()) if code in _codes(offered)]
    usual = next((address.kind for address in addresses), "")
    rest = sorted(offered, key=lambda each: usual not in each.kinds)
    return chosen + [each.code for each in rest if each.code not in chosen]


def _codes(offered: Iterable[Channel]) -> set[str]:
    return {each.code for each in offered}


def _kinds(code: str) -> tuple[str, ...]:
    found = channels.channel(code)
    return found.kinds if found else ()


def _preference(message: Message) -> Preference | None:
    rows = Preference.objects.filter(owner_label=message.owner_label, owner_id=message.owner_id)
    return rows.first()


def _not_stopped(routes: list[Route], message: Message) -> list[Route]:
    """Without channels that she does not want, and without addresses whose holder said stop."""
    preference = _preference(message)
    stopped = set(preference.stopped) if preference else set()
    said = _standing(routes, stopped_at__isnull=False)
    return [
        route
        for route in routes
        if route.choice not in stopped and (route.choice, route.address.hash) not in said
    ]


def _not_doubtful(routes: list[Route]) -> list[Route]:
    doubted = _standing(routes, doubtful_at__isnull=False)
    return [route for route in routes if (route.choice, route.address.hash) not in doubted]


def _standing(routes: list[Route], **which: bool) -> set[tuple[str, str]]:
    hashes = {route.address.hash for route in routes}
    rows = Standing.objects.filter(address_hash__in=hashes, **which)
    return set(rows.values_list("channel", "address_hash"))


def _failed(message: Message) -> set[tuple[str, str]]:
    rows = Attempt.objects.filter(message=message, round=message.round, state=AttemptState.FAILED)
    return set(rows.values_list("channel", "address_hash"))
