"""What the applicant can do after an end that she did not wish: object, or apply again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from balai.engines.cases import actions, queries
from balai.engines.cases.enums import CaseState
from balai.engines.cases.forms.objecting import ObjectionForm, begin_again
from balai.engines.cases.forms.story import story
from balai.engines.cases.models import Case
from balai.engines.cases.rules import life
from balai.people.requests import CitizenRequest
from balai.region import queries as region
from balai.runtime import clock
from balai.runtime.audience import citizens
from balai.runtime.errors import CitizenError, NotFound


@citizens
@never_cache
def object_to(request: CitizenRequest, number: str) -> HttpResponse:
    """Say once what is wrong with the rejection."""
    case = queries.case_for_citizen(request.citizen, number)
    if not queries.may_object(case, clock.now()):
        messages.info(request, _why_not(case))
        return redirect(case)
    form = ObjectionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.object_to_rejection(by=request.citizen, case=case, text=form.cleaned_data["text"])
        except CitizenError as error:
            form.add_error("text", error.sentence)
        else:
            messages.success(request, _("Keberatan Anda diterima. Kantor di atasnya memeriksanya."))
            return redirect(case)
    rule = queries.definition_of(case).objection
    context = {**story(case), "form": form, "rule": rule}
    return render(request, "cases/object.html", context, status=400 if form.errors else 200)


def _why_not(case: Case) -> str:
    """Why nobody may object here, and whom to turn to instead."""
    if case.state not in (CaseState.REJECTED, CaseState.OBJECTED):
        return _("Berkas ini tidak sedang ditolak, jadi tidak ada yang bisa diberi keberatan.")
    if queries.objection_of(case) is not None:
        return _("Keberatan untuk berkas ini sudah pernah diajukan, dan hanya bisa satu kali.")
    if queries.definition_of(case).objection is not None:
        return _("Batas waktu mengajukan keberatan untuk berkas ini sudah lewat.")
    office = region.office(case.office_code)
    place = ", ".join(filter(None, (office.name, office.address))) if office else ""
    return _(
        "Layanan ini tidak mengenal keberatan lewat Balai. Bila tidak setuju, sampaikan ke %(office)s, "
        "atau adukan lewat SP4N-LAPOR! (lapor.go.id)."
    ) % {"office": place or _("kantor yang memutuskan")}


@citizens
@require_POST
def again(request: CitizenRequest, number: str) -> HttpResponse:
    """A new application with the old answers, for a case that ended without what she asked for."""
    case = queries.case_for_citizen(request.citizen, number)
    try:
        if case.state not in life.FAILED:
            raise NotFound(number)
        begun = begin_again(request.citizen, case)
    except NotFound:
        messages.info(request, _("Layanan ini sedang tidak menerima permohonan."))
        return redirect(case)
    if begun is None:
        messages.info(request, _("Anda masih punya isian untuk layanan ini. Lanjutkan yang itu."))
    else:
        messages.success(request, _("Isian lama sudah kami salin. Periksa lagi, dan lampirkan berkasnya."))
    return redirect(reverse("cases:start", args=[case.slug]))
