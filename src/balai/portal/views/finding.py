"""Home, the list of services with its search, and one service's page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from balai.catalogue import actions, engine, queries, running
from balai.catalogue.catalogue import Catalogue
from balai.catalogue.engine import Figure
from balai.catalogue.schema import ServiceDefinition
from balai.catalogue.schema.elsewhere import ElsewhereDefinition
from balai.catalogue.schema.listed import Entry, Listed
from balai.catalogue.systems import System, running_systems
from balai.people import queries as people
from balai.people.today import local_today
from balai.portal import elsewhere_page, service_page, standard_page
from balai.portal.asking import ask_url
from balai.portal.caching import has_session, public_page
from balai.portal.disruptions import disruption_lines
from balai.portal.hours import opening_hours
from balai.portal.life_events import LifeEvent, life_events
from balai.portal.own_forms import is_ours
from balai.runtime import ratelimit
from balai.runtime.audience import everyone
from balai.runtime.client import client_ip
from balai.runtime.errors import Forbidden

ON_HOME = 4
LONGEST_QUERY = 100
COUNTS_PER_ADDRESS = 20


@everyone
@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Search first, life events second, agencies never."""
    catalogue = running.current()
    shown = catalogue.listed[:ON_HOME]
    context = {
        "events": [_tile(event) for event in life_events(catalogue.listed)],
        "cards": _cards(shown),
        "service_count": len(catalogue.listed),
        "more_services": len(catalogue.listed) > len(shown),
        "disruptions": disruption_lines(queries.every_disruption(), catalogue),
        "figures": _figures(),
    }
    return render(request, "portal/home.html", context)


@everyone
@public_page
def services(request: HttpRequest) -> HttpResponse:
    """`?q=` searches, `?peristiwa=` opens a life event, `?sistem=` a local name; without any: everything."""
    q = _typed_words(request.GET.get("q", ""))
    catalogue = running.current()
    hits = catalogue.search(q) if q else []
    system = _system_named(request.GET.get("sistem", ""))
    listed = [each for each in catalogue.listed if system is None or each.id in system.services]
    events = life_events(listed)
    event = next((each for each in events if each.key == request.GET.get("peristiwa")), None)
    context = {
        "q": q,
        "system": None if q or event else system,
        "is_nearest": bool(hits) and hits[0].is_nearest,
        "hours": opening_hours(local_today()),
        "ask_url": ask_url(q),
        "cards": _cards(hit.service for hit in hits) if q else _cards(event.services if event else ()),
        "event": None if q else event,
        "groups": [{"event": each, "cards": _cards(each.services)} for each in events],
    }
    return render(request, "portal/services.html", context)


def _system_named(slug: str) -> System | None:
    """The local name over some services that an address asks for; None for all of them."""
    return next((each for each in running_systems() if each.slug == slug and each.services), None)


@csrf_exempt  # a token would keep the pages of a search from being cached; see own_forms
@everyone
@require_POST
def count_search(request: HttpRequest) -> HttpResponse:
    """Count what somebody sought in vain; the page afterwards still says where to ask.

    Raises Forbidden for a form of another site.
    """
    if not is_ours(request):
        raise Forbidden()
    q = _typed_words(request.POST.get("q", ""))
    ratelimit.hit("portal.sought", client_ip(request), limit=COUNTS_PER_ADDRESS, seconds=3600)
    if actions.count_search(q=q):
        messages.success(request, _("Terima kasih, kata itu kami catat tanpa nama Anda."))
    else:
        messages.error(request, _("Kata itu tidak kami catat, sebab berisi angka. Silakan telepon kami."))
    return redirect(f"{reverse('portal:services')}?{urlencode({'q': q})}")


def _typed_words(typed: str) -> str:
    return " ".join(typed.replace("\0", "").split())[:LONGEST_QUERY]


@everyone
@public_page
def service(request: HttpRequest, slug: str) -> HttpResponse:
    """What it costs, how long it takes, what to bring, whether one must come: before the first field."""
    catalogue, today = running.current(), local_today()
    elsewhere = catalogue.elsewhere_by_slug(slug)
    if elsewhere is not None:
        return _elsewhere(request, elsewhere, catalogue)
    definition = catalogue.by_slug(slug)
    known = _known_facts(request)
    baseline = definition.counter_baseline
    context = {
        "service": definition,
        "disruptions": disruption_lines(queries.disruptions(definition.id)),
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
        **_promised(definition, catalogue, today),
        "baseline_hours": f"{baseline.hours:g}".replace(".", ",") if baseline else "",
    }
    return render(request, "portal/service.html", context)


def _promised(definition: ServiceDefinition, catalogue: Catalogue, today: date) -> dict[str, str]:
    """Product and complaints: with cost, time, requirements and steps the six public components."""
    parts = {part.key: part for part in standard_page.parts(definition, catalogue.standards, today)}
    return {key: " ".join(parts[key].lines) for key in ("product", "complaints")}


def _elsewhere(request: HttpRequest, found: ElsewhereDefinition, catalogue: Catalogue) -> HttpResponse:
    """What to bring and where to go, when another agency does it."""
    door = catalogue.doors[found.door]
    phone, phone_url = elsewhere_page.asking(door)
    context = {
        "service": found,
        "disruptions": disruption_lines(queries.disruptions(found.id)),
        "event": life_events([found])[0],
        "facts": elsewhere_page.facts(found),
        "bring": elsewhere_page.bring(found),
        "door": door,
        "phone": phone,
        "phone_url": phone_url,
        "way": elsewhere_page.way_there(found, door),
        "sources": elsewhere_page.sources(found, door),
    }
    return render(request, "portal/elsewhere.html", context)


@everyone
@public_page
def standard(request: HttpRequest, slug: str) -> HttpResponse:
    """The service standard on one sheet, to hang on a wall."""
    catalogue, today = running.current(), local_today()
    definition = catalogue.by_slug(slug)
    parts = standard_page.parts(definition, catalogue.standards, today)
    context = {
        "service": definition,
        "today": today,
        "public": [part for part in parts if part.is_public],
        "internal": [part for part in parts if not part.is_public],
    }
    return render(request, "portal/standard.html", context)


def _cards(found: Iterable[Listed]) -> list[service_page.ServiceCard]:
    today = local_today()
    return [service_page.card(each, _promise(each, today)) for each in found]


def _promise(service: Listed, today: date) -> str:
    if isinstance(service, Entry):
        return str(service.note)
    if isinstance(service, ServiceDefinition):
        return service_page.promise(service, today)
    return elsewhere_page.promise(service) if isinstance(service, ElsewhereDefinition) else ""


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
