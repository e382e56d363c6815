"""The officer's page of one question: read, answer, or set aside."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from balai.engines.questions import actions, queries
from balai.engines.questions.enums import QuestionState
from balai.engines.questions.forms import AnswerForm
from balai.engines.questions.models import Question
from balai.people.requests import OfficerRequest
from balai.region import queries as region
from balai.runtime.audience import officers
from balai.runtime.errors import CitizenError
from balai.work.enums import Box


@officers
@never_cache
def question(request: OfficerRequest, question_id: UUID) -> HttpResponse:
    """The question, and the form for its answer; each opening is journalled."""
    return _draw(request, queries.question_for_officer(request.officer, question_id), AnswerForm())


@officers
@require_POST
def answer(request: OfficerRequest, question_id: UUID) -> HttpResponse:
    """Send the answer."""
    found = queries.question_for_officer(request.officer, question_id)
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            actions.answer(by=request.officer, question=found, text=form.cleaned_data["text"])
        except CitizenError as error:
            form.add_error("text", error.sentence)
        else:
            messages.success(request, _("Jawaban untuk %(number)s terkirim.") % {"number": found.number})
            return redirect("/meja/")
    return _draw(request, found, form)


@officers
@require_POST
def set_aside(request: OfficerRequest, question_id: UUID) -> HttpResponse:
    """Close it without an answer."""
    found = queries.question_for_officer(request.officer, question_id)
    try:
        actions.set_aside(by=request.officer, question=found)
    except CitizenError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, _("%(number)s ditutup tanpa jawaban.") % {"number": found.number})
    return redirect("/meja/")


def _draw(request: OfficerRequest, question: Question, form: AnswerForm) -> HttpResponse:
    actions.note_reading(by=request.officer, question=question)
    box = request.GET.get("kotak", "")
    context = {
        "question": question,
        "form": form,
        "box": box if box in set(Box) else Box.TODO.value,
        "is_open": question.state == QuestionState.OPEN,
        "asker": question.name.clear,
        "sought": question.sought.clear,
        "sent_to": question.address.masked if question.address else "",
        "office": region.office(question.office_code),
    }
    return render(request, "questions/officer.html", context, status=422 if form.errors else 200)
