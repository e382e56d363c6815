"""Attestations and recommendations: at their own offices, side by side, informing whoever decides."""

from __future__ import annotations

import pytest

from balai.engines.cases import actions, queries
from balai.engines.cases.actions import OpinionGiven
from balai.engines.cases.enums import CaseState
from balai.engines.cases.errors import NotYourStep, OpinionRefused, Overtaken
from balai.engines.cases.models import Case
from balai.engines.cases.rules import access
from balai.engines.cases.tests import factories as make
from balai.engines.cases.tests import process
from balai.engines.cases.tests.api_client import Caller
from balai.engines.cases.tests.pages import citizen_client, form_in, officer_client
from balai.kernel.references import SYSTEM
from balai.region import actions as region

pytestmark = pytest.mark.django_db
YES = OpinionGiven("yes")
NO = OpinionGiven("no", "Jalannya terlalu sempit.")
KANIGORO = "35.05.10"


def recommending(town: make.Town) -> Case:
    """A case of Siti that waits for two opinions at once."""
    steps = (
        process.CHECK,
        process.SPATIAL,
        process.ROADS,
        {**process.APPROVE, "after": ["spatial", "roads"]},
    )
    case = make.submit(town.siti, service=process.with_steps(*steps)).case
    return actions.forward(by=town.operator, case=make.judge(town.operator, case))


def open_at(case: Case) -> dict[str, str]:
    return {step.step_id: step.office_code for step in case.steps.filter(state="open")}


def test_attest_lies_at_the_rt_of_the_applicant(town: make.Town) -> None:
    office, _new = region.add_rt(by=SYSTEM, village_code=make.SAWENTAR, rt=2, rw=1)
    service = process.with_steps(process.ATTEST, process.CHECK, process.APPROVE)
    case = make.submit(town.siti, service=service).case
    assert open_at(case) == {"rt": office.code}
    with pytest.raises(NotYourStep):
        actions.attest(by=town.operator, case=case, given=YES)
    head = process.somebody(access.ATTEST, office.code)
    case = actions.attest(by=head, case=case, given=YES)
    assert open_at(case) == {"check": make.SAWENTAR}
    assert queries.timeline(case)[-1].text == "Ketua RT sudah memberi keterangan."


def test_attest_of_an_rt_without_an_office_is_done_by_the_village(town: make.Town) -> None:
    service = process.with_steps(process.ATTEST, process.CHECK, process.APPROVE)
    case = make.submit(town.siti, service=service).case
    assert open_at(case) == {"rt": make.SAWENTAR}
    case = actions.attest(by=town.operator, case=case, given=YES)
    assert open_at(case) == {"check": make.SAWENTAR}
    told = "Kantor desa atau kelurahan memberi keterangan menggantikan ketua RT"
    assert (queries.timeline(case)[-1].text, queries.progress(case)[0].title) == (f"{told}.", told)


def test_village_that_attests_for_the_rt_says_how_it_knows(town: make.Town) -> None:
    service = process.with_steps(process.ATTEST, process.CHECK, process.APPROVE)
    case = make.submit(town.siti, service=service).case
    client, url = officer_client(town.operator), f"/meja/berkas/{case.pk}/"
    assert "Dari mana Anda tahu?" in client.get(url).content.decode()
    form = form_in(client.get(url).content.decode(), "opinion")
    assert client.post(form.action, form.filled({"opinion": "yes", "note": ""})).status_code == 400
    assert open_at(case) == {"rt": make.SAWENTAR}
    client.post(form.action, form.filled({"opinion": "yes", "note": "Kenal sejak kecil."}))
    assert open_at(case) == {"check": make.SAWENTAR}


def test_attest_with_conditions_is_refused(town: make.Town) -> None:
    service = process.with_steps(process.ATTEST, process.CHECK, process.APPROVE)
    case = make.submit(town.siti, service=service).case
    with pytest.raises(OpinionRefused):
        actions.attest(by=town.operator, case=case, given=OpinionGiven("conditions", "x"))


def test_recommendations_run_side_by_side_and_a_no_decides_nothing(town: make.Town) -> None:
    case = recommending(town)
    assert open_at(case) == {"spatial": KANIGORO, "roads": make.SAWENTAR}
    case = actions.recommend(by=process.somebody(access.RECOMMEND, KANIGORO), case=case, given=NO)
    assert open_at(case) == {"roads": make.SAWENTAR}
    case = actions.recommend(by=process.somebody(access.RECOMMEND), case=case, given=YES)
    assert open_at(case) == {"approve": make.SAWENTAR}
    assert actions.approve(by=town.head, case=case).state == CaseState.CLOSED


def test_no_without_a_reason_is_refused(town: make.Town) -> None:
    with pytest.raises(OpinionRefused):
        actions.recommend(
            by=process.somebody(access.RECOMMEND), case=recommending(town), given=OpinionGiven("no")
        )


def test_same_opinion_twice_names_who_was_first(town: make.Town) -> None:
    case, by = recommending(town), process.somebody(access.RECOMMEND, name="Rini Astuti")
    case = actions.recommend(by=by, case=case, given=YES, step_id="roads")
    with pytest.raises(Overtaken) as refused:
        actions.recommend(by=by, case=case, given=YES, step_id="roads")
    assert "Rini Astuti" in refused.value.sentence


def test_who_is_asked_for_an_opinion_may_not_return_or_reject(town: make.Town) -> None:
    case, by = recommending(town), process.somebody(access.RECOMMEND)
    desk = queries.desk(case, by)
    assert (desk.acts, desk.may_return, desk.may_reject) == (frozenset({"recommend"}), False, False)
    with pytest.raises(NotYourStep):
        actions.record_verdicts(by=by, case=case, verdicts=[])


@pytest.mark.parametrize(("fault", "is_asked_again"), [("photo", False), ("purpose", True)])
def test_opinion_stands_when_only_files_are_repaired(
    town: make.Town, fault: str, is_asked_again: bool
) -> None:
    service = process.with_steps(process.ATTEST, process.CHECK, process.APPROVE)
    case = make.submit(town.siti, service=service).case
    case = actions.attest(by=town.operator, case=case, given=YES)
    target = make.PHOTO_TARGET if fault == "photo" else make.PURPOSE_TARGET
    case = actions.return_for_repair(by=town.operator, case=make.judge(town.operator, case, target))
    answers = make.ANSWERS if fault == "photo" else {**make.ANSWERS, "purpose": "Modal di BRI Kanigoro"}
    uploads = {make.PHOTO: [make.photo(town.siti, 7)]} if fault == "photo" else {}
    case = actions.repair(by=town.siti, case=case, answers=answers, uploads=uploads)
    assert set(open_at(case)) == ({"rt"} if is_asked_again else {"check"})


def test_opinion_is_given_and_read_on_the_officers_page_and_not_by_the_citizen(town: make.Town) -> None:
    case, by = recommending(town), process.somebody(access.RECOMMEND, name="Rini Astuti")
    browser = officer_client(by)
    page = f"/meja/berkas/{case.pk}/"
    form = form_in(browser.get(page).content.decode(), "opinion")
    refused = browser.post(form.action, form.filled({"opinion": "no"}))
    assert (refused.status_code, "alasan atau syaratnya" in refused.content.decode()) == (400, True)
    sent = browser.post(form.action, form.filled({"opinion": "no", "note": "Jalannya terlalu sempit."}))
    assert sent.status_code == 302
    actions.recommend(by=process.somebody(access.RECOMMEND, KANIGORO), case=case, given=YES)
    read = officer_client(town.head).get(page).content.decode()
    assert "Jalannya terlalu sempit." in read
    assert "Pendapat desa" in read
    told = citizen_client(town.siti).get(case.get_absolute_url()).content.decode()
    assert "Jalannya terlalu sempit." not in told
    assert "Pendapat sudah diberikan." in told


def test_api_gives_opinions_and_shows_them_on_the_sheet(town: make.Town) -> None:
    case = recommending(town)
    path = f"/desk/cases/{case.pk}"
    district, village = (process.somebody(access.RECOMMEND, at) for at in (KANIGORO, make.SAWENTAR))
    Caller(district).post(f"{path}/recommend", status=400, opinion="conditions")
    Caller(district).post(f"{path}/recommend", opinion="conditions", note="Parkir di lapangan.")
    Caller(village).post(f"{path}/recommend", step="roads", opinion="yes")
    sheet = Caller(town.head).get(path)
    assert [(each["step"], each["opinion"], each["note"]) for each in sheet["found"]] == [
        ("spatial", "conditions", "Parkir di lapangan."),
        ("roads", "yes", ""),
    ]
    assert [each["act"] for each in sheet["open_steps"]] == ["approve"]
