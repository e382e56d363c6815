"""In which capacity a name stands under a letter."""

from __future__ import annotations

from datetime import timedelta

import pytest

from balai.documents.signatories import signer_of
from balai.documents.signer import Signer
from balai.kernel.references import SYSTEM
from balai.people import actions as people
from balai.people.enums import AbsenceReason, Capacity
from balai.people.models import Officer, Role
from balai.people.tests import factories as make
from balai.people.today import local_today

pytestmark = pytest.mark.django_db
HEAD = "Kepala Desa Sawentar"
SIGN = "documents.sign"


@pytest.fixture
def secretary() -> Officer:
    """Somebody with a title of her own, at the village."""
    make.make_area()
    Role.objects.create(code="head", name="Kepala desa", permissions=[SIGN])
    return people.create_officer(
        by=SYSTEM, login_name="sekretaris.sawentar", name="Sri Wahyuni", title="Sekretaris Desa", nip="1970"
    )


def as_head(officer: Officer, capacity: Capacity, through: str = "") -> Signer:
    """How she is printed once she holds the head's role so."""
    people.assign_role(
        by=SYSTEM,
        officer=officer,
        role_code="head",
        office_code=make.SAWENTAR,
        capacity=capacity,
        basis="SK 12/2026" if capacity != Capacity.DEFINITIVE else "",
        through=through,
    )
    return signer_of(officer, head_title=HEAD, permission=SIGN, office_code=make.SAWENTAR)


@pytest.mark.parametrize(
    ("capacity", "through", "title", "on_behalf", "full"),
    [
        (Capacity.DEFINITIVE, "", "Sekretaris Desa", "", "Sekretaris Desa"),
        (Capacity.ACTING, "", f"Plt. {HEAD}", "", f"Plt. {HEAD}"),
        (Capacity.DAILY, "", f"Plh. {HEAD}", "", f"Plh. {HEAD}"),
        (Capacity.ON_BEHALF, "", "Sekretaris Desa", f"a.n. {HEAD}", f"Sekretaris Desa, a.n. {HEAD}"),
        (
            Capacity.FOR_DEPUTY,
            "Sekretaris Kecamatan",
            "Sekretaris Desa",
            f"a.n. {HEAD}",
            f"Sekretaris Desa, u.b. Sekretaris Kecamatan, a.n. {HEAD}",
        ),
    ],
)
def test_capacity_decides_what_stands_above_the_name(
    secretary: Officer, capacity: Capacity, through: str, title: str, on_behalf: str, full: str
) -> None:
    signer = as_head(secretary, capacity, through)
    assert signer == Signer("Sri Wahyuni", title, "1970", on_behalf, through)
    assert signer.full_title == full


def test_stand_in_signs_as_daily_head_while_the_head_is_away(secretary: Officer) -> None:
    head = people.create_officer(by=SYSTEM, login_name="kepala", name="Bambang", title=HEAD)
    people.assign_role(by=SYSTEM, officer=head, role_code="head", office_code=make.SAWENTAR)
    people.record_absence(
        by=head.as_actor(),
        officer=head,
        from_on=local_today(),
        to_on=local_today() + timedelta(days=3),
        reason=AbsenceReason.LEAVE,
        stand_in=secretary,
        basis="SP 5/2026",
    )
    signer = signer_of(secretary, head_title=HEAD, permission=SIGN, office_code=make.SAWENTAR)
    assert (signer.title, head.has_permission(SIGN, make.SAWENTAR)) == (f"Plh. {HEAD}", False)


def test_fullest_capacity_counts(secretary: Officer) -> None:
    as_head(secretary, Capacity.ON_BEHALF)
    Role.objects.create(code="head-acting", name="Kepala desa", permissions=[SIGN])
    people.assign_role(
        by=SYSTEM,
        officer=secretary,
        role_code="head-acting",
        office_code=make.SAWENTAR,
        capacity=Capacity.ACTING,
        basis="SK 13/2026",
    )
    signer = signer_of(secretary, head_title=HEAD, permission=SIGN, office_code=make.SAWENTAR)
    assert signer.title == f"Plt. {HEAD}"
