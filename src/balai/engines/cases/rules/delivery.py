"""How a letter reaches its applicant, and who may choose which way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from balai.catalogue.schema import ServiceDefinition
from balai.engines.cases.enums import Delivery
from balai.engines.cases.errors import DeliveryRefused, DownloadNeedsProof
from balai.people.enums import IdentityLevel

if TYPE_CHECKING:
    from balai.people.models import Citizen


def is_proven(citizen: Citizen) -> bool:
    """Whether an officer has seen the applicant's face and card."""
    return citizen.identity_level.reaches(IdentityLevel.COUNTER_PROVEN)


def offered(service: ServiceDefinition) -> tuple[Delivery, ...]:
    """The ways that the definition names and this engine can go; pickup where it names none of them."""
    ways = tuple(Delivery(way) for way in service.output.delivery if way in Delivery.values)
    return ways or (Delivery.PICKUP,)


def allowed(service: ServiceDefinition, *, is_proven: bool) -> tuple[Delivery, ...]:
    """The ways open to the applicant: a file goes only to an account that was proven at a counter.

    Whoever merely typed a NIK must not get that person's letter (architecture.md, decision 10).
    """
    return tuple(way for way in offered(service) if is_proven or way != Delivery.DOWNLOAD)


def chosen(service: ServiceDefinition, wanted: str, *, is_proven: bool) -> Delivery:
    """What the applicant asked for; without a wish the file where she may have it, else the counter.

    Raises DownloadNeedsProof, or DeliveryRefused for a way that is not offered.
    """
    ways, open_ways = offered(service), allowed(service, is_proven=is_proven)
    if not wanted:
        best = Delivery.DOWNLOAD if Delivery.DOWNLOAD in open_ways else Delivery.PICKUP
        return best if best in open_ways else next(iter(open_ways), ways[0])
    if wanted not in ways:
        raise DeliveryRefused()
    if wanted not in open_ways:
        raise DownloadNeedsProof()
    return Delivery(wanted)
