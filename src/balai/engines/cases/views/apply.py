"""Filling in and sending an application, one page at a time, without needing a script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from balai.catalogue import forms as catalogue_forms
from balai.catalogue import running
from balai.catalogue.forms import AnswersForm, FormErrors
from balai.catalogue.schema import Page, ServiceDefinition
from balai.engines.cases import actions, queries
from balai.engines.cases.errors import ServiceClosed
from balai.engines.cases.forms import application as filling
from balai.engines.cases.forms import attaching, references, stash
from balai.engines.cases.forms.application import Application
from balai.engines.cases.forms.delivery import delivery_form
from balai.engines.cases.forms.home import HomeVisitForm, home_visit_of
from balai.engines.cases.views import rows
from balai.engines.cases.views.signed_out import claiming
from balai.files import queries as files
from balai.people.enums import IdentityLevel
from balai.people.requests import CitizenRequest
from balai.people.today import local_today
from balai.runtime import clock, ratelimit
from balai.runtime.audience import citizens
from balai.runtime.errors import CitizenError, NotFound
from balai.sync import actions as sync

SAVES_PER_HOUR = 600
JUST_SENT = timedelta(hours=1)
View = Callable[..., HttpResponse]


def _with_application(view: View) -> View:
    """Give the view the citizen's application for an open service."""

    @wraps(view)
    @claiming
    def opened(request: CitizenRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
        service = _open_service(slug)
        if not request.citizen.identity_level.reaches(IdentityLevel(service.identity)):
            return render(request, "cases/identity_needed.html", {"service": service}, status=403)
        return view(request, filling.open_application(request.citizen, service), *args, **kwargs)

    return opened


def _service(slug: str) -> ServiceDefinition:
    service = running.current().by_slug(slug)
    if service.engine != "cases":
        raise NotFound(slug)
    return service


def _open_service(slug: str) -> ServiceDefinition:
    """The service, while it takes applications: nobody fills in pages for nothing."""
    service = _service(slug)
    if not service.is_open_on(local_today()):
        raise ServiceClosed()
    return service


@citizens
@never_cache
@_with_application
def start(request: CitizenRequest, application: Application) -> HttpResponse:
    """Go where the citizen left off: the first page that does not pass, or the review."""
    waiting = application.missing_pages()
    return redirect(_page_url(application, waiting[0]) if waiting else _review_url(application))


@citizens
@never_cache
@_with_application
def page(request: CitizenRequest, application: Application, page_id: str) -> HttpResponse:
    """One page of questions: shown, or taken, kept, and passed on to the next."""
    current, status = _page(application, page_id), 200
    if request.method == "POST":
        changed = catalogue_forms.with_row_changed(current, request.POST)
        if changed is not None:
            return _change_rows(request, application, current, *changed)
        if attaching.asked_to_change(current, request.POST) is not None:
            return _change_files(request, application, current)
        form, status = _take(request, application, current)
        if not form.errors:
            return redirect(_after(request, application, current))
    else:
        sent = _sent_just_now(request, application, current)
        if sent is not None:
            return sent
        form = application.page_form(current)
    return _draw(request, application, current, form, status)


def _draw(
    request: CitizenRequest, application: Application, current: Page, form: AnswersForm, status: int
) -> HttpResponse:
    pages = application.pages
    number = [each.id for each in pages].index(current.id) + 1 if current in pages else 1
    context = {
        "application": application,
        "service": application.service,
        "page": current,
        "form": form,
        "number": number,
        "total": len(pages) + 1,
        "back_url": _back_url(application, pages, number),
        "keeper": stash.mark(request.citizen),
        "returns": request.POST.get("kembali") or request.GET.get("kembali", ""),
    }
    return render(request, "cases/page.html", context, status=status)


def _change_rows(
    request: CitizenRequest, application: Application, current: Page, typed: QueryDict, target: str
) -> HttpResponse:
    """Keep what was typed, with a row more or less; where it cannot be kept, it comes back all the same."""
    try:
        ratelimit.hit("cases.save", str(request.citizen.pk), limit=SAVES_PER_HOUR, seconds=3600)
        filling.take_unfinished(application, current, typed, request.FILES)
    except CitizenError as error:
        form = application.page_form(current, typed, request.FILES)
        form.show_unchecked()
        form.add_error(None, error.sentence)
        return _draw(request, application, current, form, error.status)
    url = _page_url(application, current)
    return rows.back_to(url, target, kembali=request.POST.get("kembali", ""))


def _change_files(request: CitizenRequest, application: Application, current: Page) -> HttpResponse:
    """Keep what was sent, with a file more or less; a refused file is an error beside its question."""
    spec = attaching.asked_to_change(current, request.POST)
    try:
        ratelimit.hit("cases.save", str(request.citizen.pk), limit=SAVES_PER_HOUR, seconds=3600)
        refused = filling.take_unfinished(application, current, request.POST, request.FILES)
    except CitizenError as error:
        refused = {spec.id: error.sentence} if spec else {}
    if refused:
        form = application.page_form(current, request.POST, request.FILES)
        form.show_unchecked()
        attaching.refuse(form, refused)
        return _draw(request, application, current, form, 400)
    url, target = _page_url(application, current), f"id_{spec.id}" if spec else ""
    return rows.back_to(url, target, kembali=request.POST.get("kembali", ""))


def _take(request: CitizenRequest, application: Application, current: Page) -> tuple[AnswersForm, int]:
    """Keep what was sent; where it cannot be kept, the page comes back with all that was typed."""
    try:
        ratelimit.hit("cases.save", str(request.citizen.pk), limit=SAVES_PER_HOUR, seconds=3600)
        form = filling.take_page(application, current, request.POST, request.FILES)
    except CitizenError as error:
        form = application.page_form(current, request.POST, request.FILES)
        form.add_error(None, error.sentence)
        return form, error.status
    return form, 400


@citizens
@never_cache
@_with_application
def review(request: CitizenRequest, application: Application) -> HttpResponse:
    """Everything once more, with what it costs and how long it takes; then send."""
    if request.method == "POST":
        return _send(request, application)
    waiting = application.missing_pages()
    if waiting:
        sent = _sent_just_now(request, application)
        if sent is not None:
            return sent
        messages.info(request, _("Masih ada yang perlu dilengkapi di halaman ini."))
        return redirect(_page_url(application, waiting[0]))
    return render(request, "cases/review.html", _review_context(application))


def _sent_just_now(
    request: CitizenRequest, application: Application, current: Page | None = None
) -> HttpResponse | None:
    """To the slip, when Back after sending (or after a lost reply) leads into the middle of an empty form.

    An empty form there reads as if nothing had arrived. Whoever applies anew begins at the first page that
    asks something, and that one stays open. `current` is None for the review.
    """
    waiting = application.missing_pages() if application.version is None else []
    ids = [each.id for each in application.pages]
    if not waiting or (current is not None and current.id not in ids[ids.index(waiting[0].id) + 1 :]):
        return None
    case = queries.latest_filed(request.citizen, application.service.id, clock.now() - JUST_SENT)
    if case is None:
        return None
    messages.info(request, _("Permohonan ini sudah terkirim. Ini buktinya."))
    return redirect("cases:slip", number=case.number)


def _send(request: CitizenRequest, application: Application) -> HttpResponse:
    """Send once: the same form sent twice, or sent again after a lost reply, leads to the same receipt."""
    citizen = request.citizen
    case_id = _uuid(request.POST.get("berkas", "")) or application.case_id
    if not application.is_kept_as(case_id):
        earlier = queries.case_filed_as(citizen, case_id)
        if earlier is not None:
            return redirect("cases:slip", number=earlier.number)
    # A page that did not pass is not in the answers; all else is checked whole, in one pass, when filing.
    waiting = application.missing_pages() if application.typed else []
    if waiting:
        return redirect(_page_url(application, waiting[0]))
    try:
        receipt = actions.submit(
            by=citizen,
            service=application.service,
            answers=catalogue_forms.clean_answers(application.service, application.answers),
            uploads=application.files_to_send(),
            id=case_id,
            draft=filling.KIND,
            delivery=request.POST.get("delivery", ""),
            letters=application.letters_to_send(),
            home=home_visit_of(request.POST),
        )
    except CitizenError as error:
        return _refused(request, application, error)
    return redirect("cases:slip", number=receipt.number)


def _refused(request: CitizenRequest, application: Application, error: CitizenError) -> HttpResponse:
    """To the first page that does not pass, else the sentence above the review."""
    waiting = application.missing_pages()
    if waiting:
        return redirect(_page_url(application, waiting[0]))
    context = _review_context(application, request.POST.get("delivery", "")) | {"refusal": error}
    if context["home_form"] is not None:
        context["home_form"] = HomeVisitForm(initial=request.POST.dict())
    if isinstance(error, FormErrors):
        context["faults"] = list(_faults(application, error))
    return render(request, "cases/review.html", context, status=error.status)


def _faults(application: Application, error: FormErrors) -> Iterator[dict[str, str]]:
    """Each refused answer with the page on which it can be put right."""
    pages = {spec.id: each for each in application.pages for spec in each.field}
    labels = {spec.id: spec.label for spec in application.service.fields}
    for name, found in error.errors.items():
        for fault in found:
            question = name.partition(".")[0]
            place = pages.get(question)
            url = f"{_page_url(application, place, returns=True)}#id_{name}" if place else ""
            yield {"label": labels.get(question, ""), "sentence": fault.sentence, "url": url}


@citizens
@require_POST
def discard(request: CitizenRequest, slug: str) -> HttpResponse:
    """Throw the draft away, on the citizen's word; also when the service has been closed meanwhile."""
    citizen, service = request.citizen, _service(slug)
    sync.discard(by=citizen.as_actor(), owner=citizen.as_subject(), kind=filling.KIND, about=service.id)
    messages.success(request, _("Isian dihapus."))
    return redirect(f"/layanan/{service.slug}/")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _page(application: Application, page_id: str) -> Page:
    found = {each.id: each for each in application.service.pages}.get(page_id)
    if found is None:
        raise NotFound(page_id)
    return found


def _after(request: CitizenRequest, application: Application, current: Page) -> str:
    """The next page; back to the review when the citizen came from there and nothing is missing."""
    waiting = application.missing_pages()
    if request.POST.get("kembali") == "tinjau":
        return _page_url(application, waiting[0], returns=True) if waiting else _review_url(application)
    ids = [each.id for each in application.pages]
    following = application.pages[ids.index(current.id) + 1 :] if current.id in ids else waiting
    return _page_url(application, following[0]) if following else _review_url(application)


def _page_url(application: Application, current: Page, *, returns: bool = False) -> str:
    url = reverse("cases:page", args=[application.service.slug, current.id])
    return f"{url}?kembali=tinjau" if returns else url


def _review_url(application: Application) -> str:
    return reverse("cases:review", args=[application.service.slug])


def _back_url(application: Application, pages: list[Page], number: int) -> str:
    if number <= 1:
        return f"/layanan/{application.service.slug}/"
    return _page_url(application, pages[number - 2])


def _review_context(application: Application, typed_delivery: str = "") -> dict[str, Any]:
    service = application.service
    today = local_today()
    shown = catalogue_forms.shown_answers(service, application.answers)
    sections = [
        {
            "page": each,
            "change_url": _page_url(application, each, returns=True),
            "rows": [
                *(rows.summary_row(row) for row in shown if row.page == each.id),
                *references.rows(service, each, application.letters, application.asked),
            ],
            "files": _files_on(application, each),
        }
        for each in application.pages
    ]
    return {
        "application": application,
        "service": service,
        "delivery_form": delivery_form(service, application.citizen, typed_delivery),
        "home_form": HomeVisitForm() if service.home_visit else None,
        "refusal": None,
        "faults": [],
        "sections": sections,
        "fees": service.fees_on(today),
        "deadline": service.deadline_on(today, application.answers),
        "number": len(application.pages) + 1,
        "total": len(application.pages) + 1,
    }


def _files_on(application: Application, page: Page) -> list[dict[str, Any]]:
    asked = application.asked
    ids = {spec.label: application.files.get(spec.id, []) for spec in page.field if spec.id in asked}
    rows = files.uploads([each for found in ids.values() for each in found])
    return [
        {"label": label, **attaching.shown_upload(rows[UUID(each)])}
        for label, found in ids.items()
        for each in found
        if UUID(each) in rows
    ]
