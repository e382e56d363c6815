"""The roster of an office: a week of it, its gaps, planning and taking back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from balai import government
from balai.desk.duty_forms import DutyForm
from balai.kernel.dates import format_date
from balai.people import permissions
from balai.people import queries as people
from balai.people.requests import OfficerRequest
from balai.region import queries as region
from balai.runtime import clock
from balai.runtime.audience import officers
from balai.runtime.errors import CitizenError, NotFound
from balai.work import actions, duties
from balai.work.exports import duty_csv

if TYPE_CHECKING:
    from balai.work.models import Duty
    from balai.work.rules import Span

WEEK = timedelta(days=7)
EXPORTED_BEFORE, EXPORTED_AFTER = timedelta(days=31), timedelta(days=92)
MOST_GAPS = 10


@dataclass(frozen=True)
class Roster:
    """Which tray the page is about, and who looks at it."""

    office_code: str
    office_codes: list[str]
    permission: str
    posts: list[str]
    monday: date
    may_plan: bool

    def url(self, name: str = "desk:duty", **more: str) -> str:
        """An address about the same tray."""
        asked = {"kantor": self.office_code, "bagian": self.permission} | more
        return f"{reverse(name)}?{urlencode(asked)}"


@officers
def duty(request: OfficerRequest) -> HttpResponse:
    """One week; whoever plans for the office adds to it below."""
    roster = _roster(request)
    today = duties.local_day(clock.now())
    # Who is away today may be back on the day of the duty: the action looks at that.
    able = people.holders(roster.permission, roster.office_code, today, even_away=True)
    form = DutyForm(request.POST if request.method == "POST" else None, officers=able)
    status = 200
    if form.is_bound and roster.may_plan:
        status = _plan(request, roster, form) if form.is_valid() else 400
        if status == 200:
            messages.success(request, _("Piket dicatat."))
            day = form.cleaned_data["from_on"]
            return redirect(roster.url(minggu=_week_text(day)))
    return render(request, "desk/duty.html", _context(roster, form), status=status)


def _plan(request: OfficerRequest, roster: Roster, form: DutyForm) -> int:
    """200 when it is planned, else the status of the page that comes back with the reason."""
    from_at, to_at = form.span()
    try:
        actions.plan_duty(
            by=request.officer,
            office_code=roster.office_code,
            permission=roster.permission,
            officer=form.cleaned_data["officer"],
            from_at=from_at,
            to_at=to_at,
        )
    except CitizenError as error:
        form.add_error(None, error.sentence)
        return error.status
    return 200


@officers
@require_POST
def cancel(request: OfficerRequest, duty_id: UUID) -> HttpResponse:
    """Take one duty back."""
    roster = _roster(request)
    found = duties.duty_of(roster.office_code, duty_id)
    if found is None or not roster.may_plan:
        raise NotFound(duty_id)
    actions.cancel_duty(by=request.officer, duty=found)
    messages.success(request, _("Piket %(name)s dibatalkan.") % {"name": found.officer.name})
    return redirect(roster.url(minggu=_week_text(roster.monday)))


@officers
def duty_file(request: OfficerRequest) -> HttpResponseBase:
    """The roster from a month ago to three months ahead, as CSV."""
    roster, now = _roster(request), clock.now()
    rows = duties.duties(roster.office_code, roster.permission, now - EXPORTED_BEFORE, now + EXPORTED_AFTER)
    lines = duty_csv(rows.iterator(chunk_size=500))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="jadwal-piket.csv"'
    return response


def _roster(request: OfficerRequest) -> Roster:
    """The tray asked for, or the first; an office that is not hers looks as if it were not there."""
    asked = request.POST if request.method == "POST" else request.GET
    plans = request.officer.office_codes(duties.PERMISSION)
    codes = sorted(request.officer.office_codes(), key=lambda code: (code not in plans, code))
    if not codes:
        raise NotFound("office")
    office_code = asked.get("kantor") or codes[0]
    if office_code not in codes:
        raise NotFound(office_code)
    posts = duties.posts(office_code, clock.now())
    permission = asked.get("bagian") or (posts[0] if posts else "")
    if permission and permission not in posts:
        raise NotFound(permission)
    monday = _monday(asked.get("minggu", ""))
    return Roster(office_code, codes, permission, posts, monday, office_code in plans)


def _monday(text: str) -> date:
    """The Monday of "2026-W49", or of this week; the calendar ends before year 1 and after 9999."""
    try:
        if not text.startswith("20"):
            raise ValueError(text)
        return datetime.strptime(f"{text}-1", "%G-W%V-%u").date()  # noqa: DTZ007 - only the day is used
    except ValueError:
        today = duties.local_day(clock.now())
        return today - timedelta(days=today.weekday())


def _week_text(day: date) -> str:
    return f"{day:%G-W%V}"


def _context(roster: Roster, form: DutyForm) -> dict[str, Any]:
    names = {office.code: office.name for office in region.offices()}
    now = clock.now()
    week = _week(roster) if roster.permission else []
    has_any = any(day["duties"] for day in week)
    open_hours = duties.gaps(roster.office_code, roster.permission, now) if roster.permission else []
    return {
        "roster": roster,
        "form": form,
        "office": names.get(roster.office_code, roster.office_code),
        "offices": [(code, names.get(code, code)) for code in roster.office_codes],
        "posts": [(name, permissions.label(name)) for name in roster.posts],
        "post": permissions.label(roster.permission),
        "week": week,
        "week_text": _week_text(roster.monday),
        "has_any": has_any,
        "on_duty": duties.on_duty(roster.office_code, roster.permission, now),
        "gaps": [_gap_text(gap) for gap in open_hours[:MOST_GAPS]],
        "more_gaps": max(0, len(open_hours) - MOST_GAPS),
        "previous_url": roster.url(minggu=_week_text(roster.monday - WEEK)),
        "next_url": roster.url(minggu=_week_text(roster.monday + WEEK)),
        "csv_url": roster.url("desk:duty_file"),
    }


def _week(roster: Roster) -> list[dict[str, Any]]:
    zone = government.current().tzinfo
    begins = datetime.combine(roster.monday, datetime.min.time(), zone)
    planned = list(duties.duties(roster.office_code, roster.permission, begins, begins + WEEK))
    days = []
    for number in range(7):
        opens = begins + timedelta(days=number)
        closes = opens + timedelta(days=1)
        lines = [
            {"duty": each, "hours": _hours(each, opens, closes), "is_first": each.from_at >= opens}
            for each in planned
            if each.from_at < closes and each.to_at > opens
        ]
        days.append({"day": format_date(opens.date(), weekday=True), "duties": lines})
    return days


def _hours(duty: Duty, opens: datetime, closes: datetime) -> str:
    """ "19.00–24.00" of the day."""
    begins, ends = max(duty.from_at, opens), min(duty.to_at, closes)
    last = "24.00" if ends == closes else f"{ends.astimezone(opens.tzinfo):%H.%M}"
    return f"{begins.astimezone(opens.tzinfo):%H.%M}–{last}"


def _gap_text(gap: Span) -> str:
    """ "Sabtu 5 Desember 2026 22.00 – Minggu 6 Desember 2026 07.00"."""
    zone = government.current().tzinfo
    first, last = gap.from_at.astimezone(zone), gap.to_at.astimezone(zone)
    begins = f"{format_date(first.date(), weekday=True)}, {first:%H.%M}"
    if last.date() == first.date():
        return f"{begins}–{last:%H.%M}"
    return f"{begins} – {format_date(last.date(), weekday=True)}, {last:%H.%M}"
