"""Tags and filters of the pages: icons, fields, error summaries, navigation, money, days and instants."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.forms import BoundField
from django.forms.forms import BaseForm
from django.http import HttpRequest
from django.template.context import Context
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from balai.government import current
from balai.kernel import nik, phone, rupiah
from balai.ui import days, fields, maps, navigation
from balai.ui.gallery import ComponentExample
from balai.ui.icons import icon_svg
from balai.ui.markdown import render_markdown
from balai.ui.qr import qr_svg

register = template.Library()


@register.simple_tag(name="icon")
def icon_tag(name: str, label: str = "") -> SafeString:
    """`{% icon "clock" %}`; give a label only when the icon stands without words."""
    return mark_safe(icon_svg(name, label))  # noqa: S308 - our own paths, no input


@register.inclusion_tag("ui/components/field/field.html", name="field")
def field_tag(bound: BoundField, **extra: Any) -> dict[str, Any]:
    """`{% field form.name %}`: label above, help, error in place, then the control."""
    return fields.field_context(bound, **extra)


@register.inclusion_tag("ui/components/error_summary/error_summary.html", name="error_summary")
def error_summary_tag(form: BaseForm | None, title: str = "") -> dict[str, Any]:
    """`{% error_summary form %}`: every error on top, each a link to its control; nothing without errors."""
    faults = fields.faults(form) if form is not None else []
    return {
        "faults": faults,
        "title": title,
        "is_rest_kept": bool(form is not None and faults and fields.is_rest_kept(form)),
    }


@register.simple_tag(name="navigation", takes_context=True)
def navigation_tag(context: Context, menu: str) -> list[navigation.NavLink]:
    """`{% navigation "citizen" as links %}`: only pages that exist and that this visitor may open."""
    request: HttpRequest | None = context.get("request")
    return navigation.links(menu, request)  # type: ignore[arg-type]  # a menu's name comes from a template


@register.simple_tag(name="languages", takes_context=True)
def languages_tag(context: Context) -> navigation.Languages | None:
    """`{% languages as tongues %}`: what the foot of a page offers; None where nobody can choose."""
    return navigation.languages(context.get("request"))


@register.simple_tag(name="indonesian")
def indonesian_tag() -> SafeString:
    """`<h1{% indonesian %}>`: says that what stands inside is Indonesian, on a page in another language."""
    return mark_safe("" if get_language() == settings.LANGUAGE_CODE else ' lang="id"')  # noqa: S308 - our own


@register.simple_tag(name="town")
def town_tag() -> dict[str, Any]:
    """The government's names for pages drawn without context processors; never raises (error 500 uses it)."""
    try:
        town = current()
    except Exception:  # the error page must appear even when the government folder is what broke
        return {"name": "", "product_name": "Balai", "seal_svg": "", "phone": ""}
    return {
        "name": town.name,
        "product_name": town.product_name,
        "seal_svg": town.seal_svg,
        "phone": town.contacts.phone,
    }


@register.simple_tag(name="maps_load")
def maps_load_tag(opens: str) -> dict[str, Any]:
    """`{% maps_load "map-pick" as pick %}`: what a button loads; empty where there is no map."""
    return maps.loaded_for(opens)


@register.simple_tag(name="asset")
def asset_tag(path: str) -> str:
    """Address of a static file; like `static`, but an unbuilt file gives its plain address, not an error."""
    try:
        return str(staticfiles_storage.url(path))
    except ValueError:
        return f"/static/{path}"


@register.simple_tag(name="component_example", takes_context=True)
def component_example_tag(context: Context, example: ComponentExample) -> SafeString:
    """One example of the style guide, drawn by the component's own template."""
    drawn = context.template.engine.get_template(example.template).render(  # type: ignore[union-attr]  # a tag runs inside a template
        Context({"town": town_tag(), **example.context})
    )
    return mark_safe(drawn)  # noqa: S308 - a template's output


@register.simple_tag(name="qr")
def qr_tag(text: str, label: str) -> SafeString:
    """`{% qr url _("Kode QR …") %}`: an inline SVG that prints sharply."""
    return mark_safe(qr_svg(text, label))  # noqa: S308 - made by segno, label escaped there


@register.filter(name="rupiah")
def rupiah_filter(amount: int | None) -> str:
    """1500000 → "Rp1.500.000"; zero stays "Rp0", because free must be said as a figure."""
    return "" if amount is None else rupiah.format_rupiah(amount)


@register.filter(name="tanggal")
def day_filter(value: date | datetime | None) -> str:
    """21 November 2026; instants are taken to the government's zone first."""
    if value is None:
        return ""
    day = timezone.localtime(value, _zone()).date() if isinstance(value, datetime) else value
    return days.format_date(day)


@register.filter(name="waktu")
def instant_filter(value: datetime | None) -> str:
    """Sabtu 21 November 2026, 08.12, in the government's zone."""
    return "" if value is None else days.format_datetime(value, _zone())


@register.filter(name="mask")
def mask_filter(value: str | None) -> str:
    """3505••••••••0001; works for NIK and No. KK."""
    return nik.mask(str(value)) if value else ""


@register.filter(name="phone")
def phone_filter(value: str | None) -> str:
    """+62342555010 → the way it is written and said here."""
    return phone.format_phone(str(value)) if value else ""


@register.filter(name="markdown")
def markdown_filter(text: str | None) -> SafeString:
    """Help text of a service (CommonMark without HTML) as safe HTML; headings begin at level 2."""
    return mark_safe(render_markdown(text or ""))  # noqa: S308 - raw HTML is switched off


@register.filter(name="etag_of")
def etag_of_filter(text: object) -> str:
    """A short fingerprint for `data-etag` of a polled fragment."""
    return hashlib.sha256(str(text).encode()).hexdigest()[:16]


def _zone() -> ZoneInfo:
    """The government's zone; the page shows no other."""
    return current().tzinfo
