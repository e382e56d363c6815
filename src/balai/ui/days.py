"""Days, instants and spans in the language of the page. Letters and what is stored use `kernel.dates`.

In the town's language both say the same; an officer's page is always in that.
"""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from balai.kernel.calendars import Duration

MONTHS = (
    *(_("Januari"), _("Februari"), _("Maret"), _("April"), _("Mei"), _("Juni")),
    *(_("Juli"), _("Agustus"), _("September"), _("Oktober"), _("November"), _("Desember")),
)
WEEKDAYS = (_("Senin"), _("Selasa"), _("Rabu"), _("Kamis"), _("Jumat"), _("Sabtu"), _("Minggu"))
_SPANS = {
    "working_days": (_("1 hari kerja"), _("%(n)s hari kerja")),
    "working_hours": (_("1 jam kerja"), _("%(n)s jam kerja")),
    "working_minutes": (_("1 menit kerja"), _("%(n)s menit kerja")),
    "days": (_("1 hari"), _("%(n)s hari")),
    "hours": (_("1 jam"), _("%(n)s jam")),
    "minutes": (_("1 menit"), _("%(n)s menit")),
}


def format_date(day: date, *, weekday: bool = False) -> str:
    """ "21 November 2026", or "Sabtu 21 November 2026" with `weekday`."""
    plain = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{WEEKDAYS[day.weekday()]} {plain}" if weekday else plain


def format_datetime(at: datetime, zone: tzinfo | str) -> str:
    """An aware instant on the wall clock of `zone`: "Sabtu 21 November 2026, 08.12"."""
    local = at.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone)
    return f"{format_date(local.date(), weekday=True)}, {local:%H.%M}"


def format_duration(span: Duration) -> str:
    """ "1 hari kerja", "2 jam kerja", "14 hari"; whole hours of working minutes are said as hours."""
    amount, unit = span.amount, str(span.unit)
    if unit == "working_minutes" and amount >= 60 and amount % 60 == 0:
        amount, unit = amount // 60, "working_hours"
    one, many = _SPANS[unit]
    return str(one) if amount == 1 else str(many) % {"n": amount}
