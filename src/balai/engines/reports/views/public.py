"""One report as everybody reads it; its photos; and "me too"."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from balai.engines.reports import actions
from balai.engines.reports.actions import Who
from balai.engines.reports.actions.filing import NOBODY
from balai.engines.reports.forms.following import JoinForm
from balai.engines.reports.queries import definitions, finding, reading, telling
from balai.engines.reports.views import device, receipt
from balai.engines.reports.views.parts import ask_again, part_of
from balai.files import queries as files
from balai.files.views import answer_file
from balai.people.requests import VisitorRequest
from balai.runtime import clock
from balai.runtime.audience import everyone
from balai.runtime.errors import CitizenError, NotFound

PICTURE_SECONDS = 3600


@everyone
@require_safe
def report(request: VisitorRequest, number: str) -> HttpResponse:
    """State, promises, timeline and photos. What is not for everybody opens with number and PIN only."""
    part = part_of(request, number) if settings.SESSION_COOKIE_NAME in request.COOKIES else None
    try:
        found = finding.report_by_number(number)
    except NotFound:
        if part is not None:
            return redirect("reports:followed", number=number)
        if finding.is_number(number):
            return ask_again(request, number)
        raise
    if found.number != number:
        return redirect(found)
    shown = telling.pictures(found)
    context = {
        "report": found,
        "category": definitions.current().any_category(found.category),
        "timeline": telling.timeline(found),
        "promises": telling.promises_taken(found, clock.now()),
        "pictures": shown,
        "beside": telling.beside_proof(shown),
        "place": telling.place_words(found),
        "point": telling.point_shown(found),
        "office": telling.office_name(found),
        "body": definitions.current().body(found.body) if found.body else None,
        "part": part,
        "may_join": found.is_open and part is None,
        "address": f"{settings.BALAI.public_url}{found.get_absolute_url()}",
    }
    answer = render(request, "reports/report.html", context)
    patch_vary_headers(answer, ["Cookie"])
    answer["Cache-Control"] = "private, no-cache"
    return answer


@everyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: VisitorRequest, number: str) -> HttpResponse:
    """ "Saya juga": a voice more, with a slip of its own."""
    found = finding.report_by_number(number)
    form = JoinForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        mark, citizen = device.mark_of(request), request.citizen
        try:
            device.count_sent(request, mark)
            joined = actions.join(
                by=citizen.as_actor() if citizen else NOBODY,
                report=found,
                who=Who(contact=form.cleaned_data["kontak"]),
                citizen=citizen,
                device="" if citizen else mark,
                note=form.cleaned_data["note"],
            )
        except CitizenError as error:
            form.add_error(None, error.sentence)
        else:
            receipt.keep(request, joined)
            return device.remember(request, redirect("reports:sent", number=joined.number), mark)
    context = {"report": found, "form": form, "place": telling.place_words(found)}
    return render(request, "reports/join.html", context, status=422 if form.errors else 200)


@everyone
@require_safe
def picture(request: VisitorRequest, number: str, upload_id: UUID) -> HttpResponseBase:
    """A photo of a report that everybody reads, or any file of hers for whoever filed it."""
    evidence = reading.evidence_of(number, upload_id)
    upload = files.upload(upload_id)
    if evidence is None or upload is None:
        raise NotFound(number)
    is_public = reading.is_for_everybody(evidence)
    if not is_public:
        part = part_of(request, number)
        if part is None or not part.is_first or part.report_id != evidence.report_id:
            raise NotFound(number)
    answer = answer_file(upload, as_attachment=False)
    if is_public:
        answer["Cache-Control"] = f"public, max-age={PICTURE_SECONDS}"
    return answer
