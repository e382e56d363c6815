"""The desk where letters are read, initialled and signed: made for a phone first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from balai.documents import actions, owners, queries, rendering
from balai.documents.enums import TurnKind
from balai.documents.errors import DraftBroken, NoCertificate, NothingChosen, RenderFailed
from balai.documents.forms import NoteForm, PassphraseForm, RefuseForm
from balai.documents.models import Letter, Turn
from balai.documents.permissions import TURN_PERMISSIONS
from balai.documents.signatories import signer_facts
from balai.documents.signing.credentials import open_credential
from balai.documents.views import shown
from balai.people.models import Officer
from balai.people.requests import OfficerRequest
from balai.runtime import clock
from balai.runtime.audience import officers
from balai.runtime.errors import CitizenError, Forbidden

ENDS_SOON = timedelta(days=30)
LOOKED, LOOK_SECONDS = "documents.looked", 3600


def is_at_this_desk(officer: Officer | None) -> bool:
    """Whether the officer initials or signs anywhere today."""
    return officer is not None and any(officer.has_permission(each) for each in TURN_PERMISSIONS)


def _require_desk(officer: Officer) -> None:
    if not is_at_this_desk(officer):
        raise Forbidden(*TURN_PERMISSIONS)


@require_safe
@officers
def tray(request: OfficerRequest) -> HttpResponse:
    """What waits for the officer, the most urgent first."""
    _require_desk(request.officer)
    office, kind = request.GET.get("kantor", ""), request.GET.get("jenis", "")
    size = queries.WIDE_PAGE if request.GET.get("jumlah") == str(queries.WIDE_PAGE) else queries.PAGE
    page = queries.tray_page(
        request.officer, office_code=office, kind=kind, number=_number(request), size=size
    )
    asked = {"kantor": office, "jenis": kind, "jumlah": str(size) if size == queries.WIDE_PAGE else ""}
    offices = queries.tray_offices(request.officer)
    rows = shown.rows(page.turns)
    context = {
        "page": page,
        "rows": rows,
        "to_sign": sum(row.is_to_sign for row in rows),
        "to_initial": sum(not row.is_to_sign for row in rows),
        "office": office,
        "offices": list(offices.items()) if len(offices) > 1 or office else [],
        "kind": kind,
        **_certificate(request.officer),
        **boxes(request, "tray"),
        "wide": queries.WIDE_PAGE if page.has_next and size == queries.PAGE else 0,
        **_around(page, asked),
    }
    return render(request, "documents/tray.html", context)


@require_safe
@officers
def done(request: OfficerRequest) -> HttpResponse:
    """What the officer initialled, signed and refused, newest first."""
    _require_desk(request.officer)
    page = queries.done_page(request.officer, number=_number(request))
    context = {"page": page, "rows": shown.rows(page.turns), **boxes(request, "done"), **_around(page, {})}
    return render(request, "documents/done.html", context)


@require_safe
@officers
def turn(request: OfficerRequest, turn_id: UUID) -> HttpResponse:
    """One letter as it will be, who has seen it, and what the officer may do."""
    return _draw_turn(request, queries.turn_for(request.officer, turn_id))


def _draw_turn(request: OfficerRequest, turn: Turn, status: int = 200, **forms: Any) -> HttpResponse:
    letter = turn.letter
    _note_reading(request, letter)
    context = {
        "turn": turn,
        "row": shown.rows([turn])[0],
        "letter": letter,
        "may_take": queries.may_take(request.officer, turn),
        "is_to_sign": turn.kind == TurnKind.SIGN,
        "turns": shown.timeline(queries.turns_of(letter)),
        "words": rendering.words(letter, _signer(request.officer, turn)),
        "described": owners.description_of(letter.owner_label, letter.owner_id),
        "upload": queries.letter_upload(letter),
        "passphrase_form": PassphraseForm(),
        "note_form": NoteForm(),
        "refuse_form": RefuseForm(),
        **_certificate(request.officer),
        **boxes(request, ""),
        **forms,
    }
    return render(request, "documents/turn.html", context, status=status)


@require_safe
@officers
def draft_pdf(request: OfficerRequest, turn_id: UUID) -> HttpResponse:
    """The letter as it will be, as a file to look at: without number, marked as a draft."""
    content = _draft(request, turn_id, "pdf")
    name = f'inline; filename="konsep-{turn_id.hex[-6:]}.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": name})


@require_safe
@officers
def draft_picture(request: OfficerRequest, turn_id: UUID) -> HttpResponse:
    """The same as a picture, which every phone shows in the page."""
    return HttpResponse(_draft(request, turn_id, "png"), content_type="image/png")


def _draft(request: OfficerRequest, turn_id: UUID, form: Any) -> bytes:
    turn = queries.turn_for(request.officer, turn_id)
    _note_reading(request, turn.letter)
    try:
        return rendering.preview(turn.letter, _signer(request.officer, turn), form)
    except RenderFailed:
        raise DraftBroken() from None


def _signer(officer: Officer, turn: Turn) -> dict[str, Any]:
    """Who stands under the letter: the officer, when it is hers to sign."""
    if turn.kind == TurnKind.SIGN and queries.may_take(officer, turn):
        return signer_facts(turn.letter, by=officer, turn=turn)
    known: dict[str, Any] = turn.letter.data.clear["signer"]
    return known


@require_POST
@officers
def initial(request: OfficerRequest, turn_id: UUID) -> HttpResponse:
    """Initial one letter, with a note for whoever signs."""
    turn = queries.turn_for(request.officer, turn_id)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _draw_turn(request, turn, 422, note_form=form)
    note = form.cleaned_data["note"]
    return _answered(
        request, lambda: actions.initial(by=request.officer, turn=turn, note=note), _("Surat sudah diparaf.")
    )


@require_POST
@officers
def refuse(request: OfficerRequest, turn_id: UUID) -> HttpResponse:
    """Send one letter back with a reason."""
    turn = queries.turn_for(request.officer, turn_id)
    form = RefuseForm(request.POST)
    if not form.is_valid():
        return _draw_turn(request, turn, 422, refuse_form=form)
    reason = form.cleaned_data["reason"]
    return _answered(
        request,
        lambda: actions.refuse(by=request.officer, turn=turn, reason=reason),
        _("Surat ditolak. Alasan Anda diteruskan kepada yang menyiapkannya."),
    )


@require_POST
@officers
def ink(request: OfficerRequest, turn_id: UUID) -> HttpResponse:
    """Let one letter be printed and signed by hand."""
    turn = queries.turn_for(request.officer, turn_id)
    return _answered(
        request,
        lambda: actions.sign_in_ink(by=request.officer, turn=turn),
        _("Surat akan dicetak untuk tanda tangan basah."),
    )


def _answered(request: OfficerRequest, act: Callable[[], object], sentence: str) -> HttpResponse:
    try:
        act()
    except CitizenError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, sentence)
    return redirect("letters_desk:tray")


@require_POST
@officers
def chosen(request: OfficerRequest) -> HttpResponse:
    """The letters ticked in the tray, or all that it showed: initialled at once, or to be signed."""
    ids = request.POST.getlist("shown" if "all" in request.POST else "turn")
    act = request.POST.get("all") or request.POST.get("act", "")
    kind = TurnKind.INITIAL if act == TurnKind.INITIAL else TurnKind.SIGN
    turns = queries.chosen_turns(request.officer, ids, kind)
    try:
        if not turns:
            raise NothingChosen()
        if kind == TurnKind.INITIAL:
            return _initial_all(request, turns)
        if open_credential(request.officer) is None:
            raise NoCertificate()
    except CitizenError as error:
        messages.error(request, error.sentence)
        return redirect("letters_desk:tray")
    return _draw_sign(request, turns, PassphraseForm())


def _initial_all(request: OfficerRequest, turns: list[Turn]) -> HttpResponse:
    """Each for itself: one that a colleague was faster with takes nothing from the others."""
    count = 0
    for turn in turns:
        try:
            actions.initial(by=request.officer, turn=turn)
            count += 1
        except CitizenError as error:
            messages.error(request, f"{turn.letter.title}: {error.sentence}")
    if count:
        text = ngettext("%(count)s surat sudah diparaf.", "%(count)s surat sudah diparaf.", count)
        messages.success(request, text % {"count": count})
    return redirect("letters_desk:tray")


@sensitive_post_parameters("passphrase")
@require_POST
@officers
def sign(request: OfficerRequest) -> HttpResponse:
    """Begin to sign the letters that were shown, in that order, with one passphrase."""
    turns = queries.chosen_turns(request.officer, request.POST.getlist("turn"), TurnKind.SIGN)
    form = PassphraseForm(request.POST)
    gone = len(set(request.POST.getlist("turn"))) - len(turns)
    if form.is_valid():
        try:
            actions.begin_batch(by=request.officer, turns=turns, passphrase=form.cleaned_data["passphrase"])
        except CitizenError as error:
            if not turns:
                messages.error(request, error.sentence)
                return redirect("letters_desk:tray")
            form.add_error("passphrase", error.sentence)
        else:
            if gone:
                messages.warning(request, _("%(count)s surat tidak lagi menunggu Anda.") % {"count": gone})
            return redirect("letters_desk:batch")
    return _draw_sign(request, turns, form)


def _draw_sign(request: OfficerRequest, turns: list[Turn], form: PassphraseForm) -> HttpResponse:
    context = {
        "rows": shown.rows(turns),
        "form": form,
        **_certificate(request.officer),
        **boxes(request, "tray"),
    }
    return render(request, "documents/sign.html", context, status=422 if form.errors else 200)


def _note_reading(request: OfficerRequest, letter: Letter) -> None:
    """Journal that this officer looked, once an hour: page, picture and file are one look."""
    now, key = int(clock.now().timestamp()), str(letter.pk)
    looked = {id: at for id, at in request.session.get(LOOKED, {}).items() if now - at < LOOK_SECONDS}
    if key not in looked:
        actions.note_reading(by=request.officer, letter=letter)
        request.session[LOOKED] = looked | {key: now}


def _certificate(officer: Officer) -> dict[str, Any]:
    """The officer's certificate, and whether it ends soon enough to ask for another."""
    held = open_credential(officer)
    now = clock.now()
    return {
        "certificate": held,
        "certificate_ended": held is not None and held.ends_at <= now,
        "certificate_ends_soon": held is not None and now < held.ends_at <= now + ENDS_SOON,
    }


def boxes(request: OfficerRequest, here: str) -> dict[str, Any]:
    """The trays at the side, and the batch that is running or waits."""
    batch = queries.open_batch(request.officer)
    waiting = queries.tray_page(request.officer)
    items = [
        {
            "label": _("Menunggu Anda"),
            "url": reverse("letters_desk:tray"),
            "count": waiting.total,
            "is_current": here == "tray",
        },
        {
            "label": _("Sudah selesai"),
            "url": reverse("letters_desk:done"),
            "count": "",
            "is_current": here == "done",
        },
    ]
    progress = queries.batch_progress(batch) if batch is not None else None
    if progress is not None:
        items.insert(
            1,
            {
                "label": _("Sedang ditandatangani"),
                "url": reverse("letters_desk:batch"),
                "count": progress.queued,
                "is_current": here == "batch",
                "tone": "attention" if progress.batch.is_waiting else "",
            },
        )
    return {"boxes": items, "running": progress}


def _number(request: OfficerRequest) -> int:
    text = request.GET.get("halaman", "1")
    return int(text) if text.isdecimal() and len(text) < 6 else 1


def _around(page: queries.TrayPage, asked: dict[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in asked.items() if value}
    return {
        "previous_url": f"?{urlencode({**kept, 'halaman': page.number - 1})}" if page.number > 1 else "",
        "next_url": f"?{urlencode({**kept, 'halaman': page.number + 1})}" if page.has_next else "",
    }
