"""What may be the same is found by ranges of an index, and is what a look at every report would find."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balai.engines.reports.enums import OPEN, ReportState, Visibility
from balai.engines.reports.models import Report
from balai.engines.reports.queries import definitions
from balai.engines.reports.queries.alike import alike
from balai.engines.reports.rules import same
from balai.engines.reports.tests import factories as make
from balai.kernel import geo
from balai.kernel.uuid7 import uuid7

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)
HERE = (-8.0955, 112.2411)
WORDS = ("lubang depan sekolah", "lampu mati dekat masjid", "jalan retak panjang")
VILLAGES = ("35.05.10.2011", "35.05.10.2012")

rows = st.fixed_dictionaries(
    {
        "point": st.none() | st.tuples(st.floats(-0.002, 0.002), st.floats(-0.002, 0.002)),
        "days": st.integers(0, 120),
        "text": st.sampled_from(WORDS),
        "area_code": st.sampled_from(VILLAGES),
        "category": st.sampled_from((make.HOLE, "lampu-jalan-mati")),
        "state": st.sampled_from((ReportState.RECEIVED, ReportState.WORKING, ReportState.REJECTED)),
        "visibility": st.sampled_from((Visibility.PUBLIC, Visibility.PUBLIC, Visibility.SECRET)),
    }
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(rows, max_size=25), st.booleans(), st.sampled_from(WORDS))
def test_alike_is_what_a_look_at_every_report_finds(made, has_point, text) -> None:
    Report.objects.all().delete()
    Report.objects.bulk_create(_report(at, **each) for at, each in enumerate(made))
    category = definitions.current().category(make.HOLE)
    lat, lon = HERE if has_point else (None, None)
    found = alike(category, text, at=NOW, lat=lat, lon=lon, area_code=VILLAGES[0], most=99)
    assert [(each.report.pk, each.likeness) for each in found] == _by_looking(category, text, lat, lon)


def _by_looking(category, text, lat, lon) -> list[tuple[object, int]]:
    scored = []
    for row in Report.objects.all():
        is_joinable = row.state in OPEN and row.visibility == "public" and row.category == category.slug
        has_both = lat is not None and row.lat is not None
        if not is_joinable or not (has_both or row.area_code == VILLAGES[0]):
            continue
        likeness = same.likeness(
            text,
            row.public_text,
            metres=geo.distance_m(lat, lon, row.lat, row.lon) if has_both else None,
            near_m=category.near_m,
            apart=NOW - row.filed_at,
            near_days=category.near_days,
        )
        if likeness >= same.LIKELY:
            scored.append((row.pk, likeness))
    return sorted(scored, key=lambda pair: (-pair[1], str(pair[0])))


def _report(at: int, *, point, days, text, area_code, category, state, visibility) -> Report:
    filed_at = NOW - timedelta(days=days)
    is_public = visibility == Visibility.PUBLIC
    place = {}
    if point:
        lat, lon = HERE[0] + point[0], HERE[1] + point[1]
        place = {"lat": lat, "lon": lon, "cell": geo.cell_of(lat, lon)}
    return Report(
        id=uuid7(),
        number=f"LAP-2026-{at:04}-0000",
        category=category,
        kind="complaint",
        title=text,
        words=text,
        public_text=text if is_public else "",
        visibility=visibility,
        channel="web",
        state=state,
        reason="private-matter" if state == ReportState.REJECTED else "",
        reception_code="setda",
        office_code="setda",
        area_code=area_code,
        filed_at=filed_at,
        updated_at=filed_at,
        closed_at=filed_at if state == ReportState.REJECTED else None,
        **place,
    )
