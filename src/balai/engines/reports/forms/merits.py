"""The draft of rewards and sanctions as a page, as CSV and as a paper for a signature."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from balai.catalogue.running import SERVICES
from balai.documents import rendering
from balai.documents.letterhead import letterhead_facts
from balai.engines.reports.enums import ClockName, Merit
from balai.engines.reports.forms.league import TITLES, code_of, spoken, words_of
from balai.engines.reports.models import Outcome
from balai.engines.reports.queries.league import Period
from balai.engines.reports.queries.merits import Line, Part
from balai.engines.reports.rules.categories import Threshold
from balai.engines.reports.rules.merits import Verdict
from balai.people.today import local_today
from balai.region.models import Office

PAPER = Path(__file__).resolve().parent.parent / "papers" / "merits.typ"
SHARED = ("_shared/letterhead.typ", "_shared/paper.typ")


def title_of(rule: Threshold) -> str:
    """ "Penghargaan: jawaban pertama"."""
    words = str(TITLES[ClockName(rule.clock)])
    return f"{Merit(rule.what).label}: {words[0].lower()}{words[1:]}"


def rule_words(rule: Threshold) -> str:
    """The rule in a sentence, with its source."""
    if rule.what == Merit.REWARD.value:
        said = _("paling sedikit %(percent)s%% janji ditepati dalam %(term)s")
    else:
        said = _("paling sedikit %(percent)s%% janji melampaui %(term)s")
    words = said % {"percent": rule.percent, "term": rule.term.duration.label()}
    few = _("kurang dari %(least)s janji tidak dinilai") % {"least": rule.least}
    is_chosen = {"percent", "least"} <= rule.model_fields_set and not rule.is_demo
    note = "" if is_chosen else f" {_('Bagian dan jumlah paling sedikit adalah angka contoh.')}"
    return f"{title_of(rule)}: {words}; {few}. {_('Dasar')}: {rule.basis}{note}"


def drawn(parts: Sequence[Part], period: Period) -> list[dict[str, Any]]:
    """The page's parts: who is proposed first, then everybody else with the reason."""
    return [
        {
            "title": title_of(part.rule),
            "rule": rule_words(part.rule),
            "rows": [_row(part, line, period) for line in sorted(part.lines, key=_proposed_first)],
        }
        for part in parts
    ]


def _proposed_first(line: Line) -> bool:
    return line.verdict is not Verdict.PROPOSED


def _row(part: Part, line: Line, period: Period) -> dict[str, Any]:
    labels = {
        Verdict.PROPOSED: (_("Diusulkan"), "done" if part.merit is Merit.REWARD else "late"),
        Verdict.NOT: (_("Tidak diusulkan"), "neutral"),
        Verdict.TOO_FEW: (_("Terlalu sedikit"), "neutral"),
    }
    label, tone = labels[line.verdict]
    asked = {"masa": code_of(period), "kantor": line.office_code, "janji": part.rule.clock}
    return {
        "office": line.name,
        "n": line.n,
        "number": line.number,
        "median": spoken(line.median),
        "label": label,
        "tone": tone,
        "all_url": f"laporan/?{urlencode(asked)}",
        "url": f"laporan/?{urlencode({**asked, 'nilai': part.rule.what})}",
    }


def heads() -> tuple[str, ...]:
    """The columns of the CSV."""
    return (
        _("Ketentuan"),
        _("Kode kantor"),
        _("Kantor"),
        _("Janji"),
        _("Memenuhi syarat"),
        _("Median (menit)"),
        _("Usulan"),
        _("Dasar"),
    )


def cells(parts: Sequence[Part]) -> Iterator[tuple[Any, ...]]:
    """One line for each office under each rule."""
    words = {Verdict.PROPOSED: _("diusulkan"), Verdict.NOT: "", Verdict.TOO_FEW: _("terlalu sedikit")}
    for part in parts:
        for line in part.lines:
            yield (
                title_of(part.rule),
                line.office_code,
                line.name,
                line.n,
                line.number,
                line.median,
                words[line.verdict],
                part.rule.basis,
            )


def promise_rows(outcomes: Sequence[Outcome], may_open: Sequence[bool]) -> list[dict[str, Any]]:
    """The promises behind a number; of a secret report only its number."""
    return [
        {
            "number": each.report.number,
            "title": each.report.title if each.report.visibility == "public" else _("Laporan rahasia"),
            "url": f"/meja/laporan/{each.report_id}/" if opens else "",
            "started_at": each.started_at,
            "stopped_at": each.stopped_at,
            "time": spoken(each.minutes),
            "in_time": each.in_time,
        }
        for each, opens in zip(outcomes, may_open, strict=True)
    ]


def paper(parts: Sequence[Part], period: Period, office: Office, address: str) -> bytes:
    """The draft as PDF. Raises RenderFailed."""
    data: dict[str, Any] = {
        **letterhead_facts(office),
        "signer": {},
        "letter": rendering.letter_facts(
            title=_("Rancangan daftar penghargaan dan sanksi"),
            number="",
            dated_on=local_today(),
            valid_until_on=None,
        ),
        "month": words_of(period),
        "rules": [rule_words(part.rule) for part in parts],
        "parts": [
            {
                "title": title_of(part.rule),
                "rows": [
                    {
                        "office": line.name,
                        "n": str(line.n),
                        "number": str(line.number),
                        "median": spoken(line.median),
                    }
                    for line in part.proposed
                ],
            }
            for part in parts
        ],
        "address": address,
    }
    files = {path: (SERVICES / path).read_text() for path in SHARED}
    return rendering.render({**files, "merits.typ": PAPER.read_text()}, data, "merits.typ")
