"""Home, the list of services with its search, and one service's page."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from balai.catalogue import engine, running
from balai.catalogue.engine import Figure
from balai.catalogue.schema import ServiceDefinition
from balai.people import queries as people
from balai.people.today import local_today
from balai.portal import service_page
from balai.portal.caching import has_session, public_page
from balai.portal.life_events import LifeEvent, life_events
from balai.runtime.audience import everyone

ON_HOME = 6
LONGEST_QUERY = 100


@everyone
@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Search first, life events second, agencies never."""
    services = running.current().services
    shown = services[:ON_HOME]
    context = {
        "events": [_tile(event) for event in life_events(services)],
        "cards": _cards(shown),
        "service_count": len(services),
        "more_services": len(services) > len(shown),
        "figures": _figures(),
    }
    return render(request, "portal/home.html", context)


@everyone
@public_page
def services(request: HttpRequest) -> HttpResponse:
    """`?q=` searches, `?peristiwa=` opens a life event, without either: everything."""
    q = " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST_QUERY]
    catalogue = running.current()
    hits = catalogue.search(q) if q else []
    events = life_events(catalogue.services)
    event = next((each for each in events if each.key == request.GET.get("peristiwa")), None)
    context = {
        "q": q,
        "is_nearest": bool(hits) and hits[0].is_nearest,
        "cards": _cards(hit.service for hit in hits) if q else _cards(event.services if event else ()),
        "event": None if q else event,
        "groups": [{"event": each, "cards": _cards(each.services)} for each in events],
    }
    return render(request, "portal/services.html", context)


@everyone
@public_page
def service(request: HttpRequest, slug: str) -> HttpResponse:
    """What it costs, how long it takes, what to bring, whether one must come: before the first field."""
    definition = running.current().by_slug(slug)
    today = local_today()
    known = _known_facts(request)
    baseline = definition.counter_baseline
    context = {
        "service": definition,
        "event": life_events([definition])[0],
        "facts": service_page.facts(definition, today),
        "requirements": service_page.requirements(definition, known),
        "steps": service_page.steps(definition),
        "bases": service_page.bases(definition, today),
        "office": service_page.handling_office(definition, known),
        "handler": service_page.handler_sentence(definition),
        "open_offices": service_page.open_offices(definition),
        "is_open": definition.is_open_on(today),
        "start_url": service_page.start_url(definition),
        "baseline_hours": f"{baseline.hours:g}".replace(".", ",") if baseline else "",
    }
    return render(request, "portal/service.html", context)


def _cards(found: Iterable[ServiceDefinition]) -> list[service_page.ServiceCard]:
    today = local_today()
    return [service_page.card(each, today) for each in found]


def _tile(event: LifeEvent) -> dict[str, object]:
    """A tile that leads to the event, or straight to its only service."""
    url = f"/layanan/?peristiwa={event.key}"
    if len(event.services) == 1:
        url = f"/layanan/{event.services[0].slug}/"
    return {"title": event.title, "note": event.note, "icon": event.icon, "url": url}


def _figures() -> list[Figure]:
    today = local_today()
    return [figure for each in engine.engines() for figure in each.figures(today)]


def _known_facts(request: HttpRequest) -> dict[str, str]:
    """Facts on record of who asks; a stranger's request is not even looked up."""
    if not has_session(request) or request.citizen is None:  # type: ignore[attr-defined]  # set by WhoAsks
        return {}
    return people.known_facts(request.citizen)  # type: ignore[attr-defined]  # set by WhoAsks
