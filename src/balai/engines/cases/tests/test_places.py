"""Where a step is done: worked out from the case when it opens."""

from __future__ import annotations

import pytest

from balai.catalogue.schema import Step
from balai.engines.cases.queries.filing import Place, place_of_step
from balai.engines.cases.tests import factories as make
from balai.kernel.references import SYSTEM
from balai.region import actions as region
from balai.region.models import Office

pytestmark = pytest.mark.django_db
DISTRICT, TOP = "35.05.10", "setda"


@pytest.fixture
def top(town: make.Town) -> None:
    """The kecamatan stands under the secretariat of the region."""
    Office.objects.create(
        code=TOP, kind="agency", name="Setda", area_code="35.05", number_code="S", head_title="Sekda"
    )
    Office.objects.filter(pk=DISTRICT).update(parent_code=TOP)


@pytest.mark.parametrize(
    ("office", "code"),
    [
        ("own", make.SAWENTAR),
        ("village", make.SAWENTAR),
        ("parent", DISTRICT),
        ("district", DISTRICT),
        ("head", TOP),
        ("agency:setda", TOP),
        ("agency:none", make.SAWENTAR),
        ("rt", f"{make.SAWENTAR}.001002"),
    ],
)
def test_each_word_names_an_office(town: make.Town, top: None, office: str, code: str) -> None:
    region.add_rt(by=SYSTEM, village_code=make.SAWENTAR, rt=2, rw=1)
    service = make.service()
    case = make.submit(town.siti, service=service).case
    step = Step(id="step", act="attest", title="x", permission="cases.attest", office=office)
    assert place_of_step(case, step, service) == Place(code, "cases.attest")
