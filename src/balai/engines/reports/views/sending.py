"""The same trouble reported before, what is still wanted, who will get it, and sending it once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from balai.engines.reports import actions
from balai.engines.reports.actions import Filing, Where, Who
from balai.engines.reports.actions.filing import NOBODY
from balai.engines.reports.enums import Channel, Residency
from balai.engines.reports.errors import AlreadyJoined, PhotosMissing
from balai.engines.reports.forms import intake as drafts
from balai.engines.reports.forms.asking import HIDDEN, OPEN, SECRET, LastForm
from balai.engines.reports.forms.intake import Intake
from balai.engines.reports.queries import doors, finding, places, promises
from balai.engines.reports.queries.alike import Alike, alike
from balai.engines.reports.queries.places import Found
from balai.engines.reports.rules.categories import Category
from balai.engines.reports.views import device, receipt
from balai.engines.reports.views.intake import begin_again
from balai.kernel.references import Actor
from balai.people.requests import VisitorRequest
from balai.people.today import local_today
from balai.region import queries as region
from balai.runtime import clock
from balai.runtime.audience import everyone
from balai.runtime.errors import CitizenError
from balai.ui.fields import ADD_FILE, REMOVE_FILE


@everyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def same(request: VisitorRequest) -> HttpResponse:
    """Reports that may be about this very thing: one tap joins one, another goes on."""
    draft = drafts.current(request)
    category = draft.category if draft else None
    if draft is None or category is None:
        return begin_again(request)
    found = _alike(draft, category)
    wanted = request.POST.get("ikut", "")
    chosen = next((each for each in found if str(each.report.pk) == wanted), None)
    if request.method == "POST" and chosen is not None:
        return _join(request, draft, chosen)
    if request.method == "POST" or not found:
        return redirect("reports:last")
    context = {"draft": draft, "found": found, "category": category}
    return render(request, "reports/same.html", context)


def _alike(draft: Intake, category: Category) -> list[Alike]:
    # How far away one of a sensitive kind is would tell where it is: of those the village alone is compared.
    lat, lon = (None, None) if category.sensitive else draft.point
    place = _place(draft)
    return alike(category, draft.text("cerita"), at=clock.now(), lat=lat, lon=lon, area_code=place.area_code)


def _place(draft: Intake) -> Found:
    lat, lon = draft.point
    return places.place_of(lat, lon, draft.text("desa"), draft.text("jalan"))


def _join(request: VisitorRequest, draft: Intake, chosen: Alike) -> HttpResponse:
    """Her words and photos go along for the officers; the report keeps its one clock."""
    mark = device.mark_of(request)
    try:
        device.count_sent(request, mark)
        joined = actions.join(
            by=_actor(request),
            report=chosen.report,
            who=Who(),
            citizen=request.citizen,
            device="" if request.citizen else mark,
            note=draft.text("cerita"),
            uploads=tuple(UUID(each) for each in draft.uploads),
            owner=draft.owner,
        )
    except AlreadyJoined as error:
        messages.info(request, error.sentence)
        return redirect("reports:start")
    draft.sent()
    drafts.forget(request)
    receipt.keep(request, joined)
    return device.remember(request, redirect("reports:sent", number=joined.number), mark)


@everyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def last(request: VisitorRequest) -> HttpResponse:
    """Photos, who she is as far as she says, whose matter it is, what is promised; then send."""
    draft = drafts.current(request)
    category = draft.category if draft else None
    if draft is None or category is None:
        return _sent_before(request) or begin_again(request)
    if request.method != "POST":
        if drafts.MARK in request.GET:
            drafts.begin(request)
            return redirect("reports:last")
        return _draw(request, draft, category, _form(request, draft, category))
    return _take(request, draft, category)


def _take(request: VisitorRequest, draft: Intake, category: Category) -> HttpResponse:
    form = _form(request, draft, category, bound=True)
    refused = device.why_not_kept(request)
    if not refused:
        drafts.begin(request)
        draft.keep({name: request.POST.get(name, "")[:200] for name in form.fields if name != "foto"})
        gone = request.POST.get(REMOVE_FILE, "").partition(".")[2]
        if gone:
            draft.drop_photos([gone])
        unread = draft.add_photos(request.FILES.getlist("foto"))
        if (gone or ADD_FILE in request.POST) and not unread:
            return redirect(f"{request.path}#id_foto")
        if unread:
            form.add_error("foto", unread)
        elif len(draft.uploads) < draft.photos_wanted:
            form.add_error("foto", PhotosMissing(count=draft.photos_wanted).sentence)
        if _has_left(request):
            return _draw(request, draft, category, form, status=401, has_left=True)
    else:
        form.add_error(None, refused)
    if form.is_valid():
        try:
            return _send(request, draft, form.cleaned_data)
        except CitizenError as error:
            form.add_error(None, error.sentence)
    return _draw(request, draft, category, form, status=422)


def _has_left(request: VisitorRequest) -> bool:
    """The page was drawn for somebody signed in, who is not so any more: nothing is sent without her name."""
    return bool(request.POST.get("akun")) and request.citizen is None and "tanpa_akun" not in request.POST


def _send(request: VisitorRequest, draft: Intake, typed: dict[str, Any]) -> HttpResponse:
    mark, citizen = device.mark_of(request), request.citizen
    device.count_sent(request, mark)
    sent = actions.file(
        by=_actor(request),
        filing=_filing(draft, typed),
        channel=Channel.WEB,
        citizen=citizen,
        id=draft.id,
        device="" if citizen else mark,
    )
    draft.sent()
    receipt.keep(request, sent)
    drafts.forget(request)
    return device.remember(request, redirect("reports:sent", number=sent.number), mark)


def _filing(draft: Intake, typed: dict[str, Any]) -> Filing:
    lat, lon = draft.point
    seen = typed.get("siapa") or (OPEN if draft.category and not draft.category.secret else HIDDEN)
    return Filing(
        category=draft.text("jenis"),
        text=draft.text("cerita"),
        where=Where(
            lat=lat,
            lon=lon,
            area_code=draft.text("desa"),
            note=draft.text("dekat"),
            road_name=draft.text("jalan"),
        ),
        who=Who(
            nik=typed.get("nik"),
            contact=typed.get("kontak"),
            residency=Residency(typed.get("warga") or Residency.UNSAID),
            hides_name=seen == HIDDEN,
        ),
        secret=seen == SECRET,
        uploads=tuple(UUID(each) for each in draft.uploads),
        face=draft.text("pintu"),
    )


def _actor(request: VisitorRequest) -> Actor:
    return request.citizen.as_actor() if request.citizen else NOBODY


def _sent_before(request: VisitorRequest) -> HttpResponse | None:
    """To the slip, when the same page is sent again after a lost reply."""
    id = drafts.id_sent(request)
    report = finding.report_by_id(id) if id else None
    if report is None:
        return None
    receipt.keep_first(request, report)
    drafts.forget(request)
    return redirect("reports:sent", number=report.number)


def _form(request: VisitorRequest, draft: Intake, category: Category, *, bound: bool = False) -> LastForm:
    data = request.POST if bound else None
    return LastForm(
        data, initial=draft.data, intake=draft, category=category, has_account=request.citizen is not None
    )


def _draw(
    request: VisitorRequest,
    draft: Intake,
    category: Category,
    form: LastForm,
    *,
    status: int = 200,
    has_left: bool = False,
) -> HttpResponse:
    foto: Any = form.fields["foto"]
    foto.attached, foto.required = drafts.shown_photos(draft), draft.photos_wanted > 0
    now, found = clock.now(), _place(draft)
    context = {
        "form": form,
        "draft": draft,
        "category": category,
        "face": draft.face,
        "photos_wanted": draft.photos_wanted,
        "place": _place_words(draft, found),
        "door": doors.door_of(category, draft.text("cerita"), found, now),
        "promises": promises.promises_on(local_today(), category),
        "total": 2 if category.place == "none" else 3,
        "has_left": has_left,
        "is_whistle": category.kind == "whistle",
        "sent_as": _actor(request).name if request.citizen else "",
    }
    return render(request, "reports/last.html", context, status=status)


def _place_words(draft: Intake, found: Found) -> str:
    village = region.area_path(found.area_code) if found.area_code else ""
    words = ", ".join(filter(None, (draft.text("dekat"), found.road_name, village)))
    return words or (_("Titik di peta") if draft.point[0] is not None else "")
