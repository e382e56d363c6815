"""Asking without an account, and reading the answer with number and PIN."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from balai.engines.questions import actions, queries, rules
from balai.engines.questions.forms import AskForm
from balai.engines.questions.models import Question
from balai.kernel.uuid7 import uuid7
from balai.people.requests import VisitorRequest
from balai.region import queries as region
from balai.runtime import clock
from balai.runtime.audience import everyone
from balai.runtime.client import client_ip
from balai.runtime.errors import CitizenError

SALT = "questions.follow"
GRANT_SECONDS = 300
FOLLOWED, ASKED = "questions.followed", "questions.asked"
MOST_KEPT = 20


@everyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: VisitorRequest) -> HttpResponse:
    """One short form; `?q=` brings what was sought in vain."""
    sought = " ".join(request.GET.get("q", "").replace("\0", "").split())[: rules.LONGEST_SOUGHT]
    form = AskForm(
        request.POST if request.method == "POST" else None, initial={"sought": sought, "id": uuid7()}
    )
    if form.is_bound and form.is_valid():
        try:
            question = _asked(request, form)
        except CitizenError as error:
            form.add_error(None, error.sentence)
        else:
            _keep(request, ASKED, question.number)
            return redirect(question)
    context = {"form": form, "sought": form["sought"].value() or ""}
    return render(request, "questions/ask.html", context, status=422 if form.errors else 200)


def _asked(request: VisitorRequest, form: AskForm) -> Question:
    typed = form.cleaned_data
    return actions.ask(
        id=form.question_id,
        text=typed["text"],
        from_address=client_ip(request),
        sought=typed["sought"],
        name=typed["name"],
        contact=typed["contact"],
        office_code=typed["office"],
    )


@everyone
@never_cache
def question(request: VisitorRequest, number: str) -> HttpResponse:
    """The question and its answer, for the browser that asked it or has shown number and PIN."""
    if "izin" in request.GET and _grants(request.GET["izin"], number):
        _keep(request, FOLLOWED, number)
        return redirect("questions:question", number=number)
    has_asked = number in request.session.get(ASKED, ())
    found = queries.question_by_number(number)
    if found is None or not (has_asked or number in request.session.get(FOLLOWED, ())):
        messages.info(request, _("Masukkan nomor dan PIN."))
        return redirect(f"/lacak/?{urlencode({'nomor': number})}")
    context = {
        "question": found,
        "pin": rules.pin_of(found.pk) if has_asked else "",
        "sent_to": found.address.masked if found.address else "",
        "office": region.office(found.office_code),
    }
    return render(request, "questions/question.html", context)


def grant_url(question: Question) -> str:
    """Address that opens a question to whoever has just shown number and PIN; good for five minutes."""
    until = int(clock.now().timestamp()) + GRANT_SECONDS
    return f"{question.get_absolute_url()}?izin={signing.dumps([question.number, until], salt=SALT)}"


def _grants(token: str, number: str) -> bool:
    try:
        granted, until = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return False
    return bool(granted == number and clock.now().timestamp() <= until)


def _keep(request: VisitorRequest, where: str, number: str) -> None:
    """Until the browser is closed, where nobody is signed in: the next user of the phone is another."""
    known = [each for each in request.session.get(where, []) if each != number]
    request.session[where] = [*known, number][-MOST_KEPT:]
    if request.account is None:
        request.session.set_expiry(0)
