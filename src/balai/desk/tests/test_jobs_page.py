"""The page of background jobs: what is shown, who may see it, and what may be done."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from balai.audit.models import Entry
from balai.desk.tests.door import signed_in
from balai.people.tests.factories import SAWENTAR
from balai.runtime.jobs import beats, enqueue, job, registry
from balai.runtime.models import Job, JobState
from balai.work.tests.factories import officer_of

pytestmark = pytest.mark.django_db
PAGE = "/meja/pekerjaan/"


@pytest.fixture(autouse=True)
def _kind() -> Iterator[None]:
    @job("t.work", label="Mengerjakan sesuatu")
    def work(**payload: object) -> None: ...

    yield
    registry.unregister("t.work")


@pytest.fixture
def operator() -> Client:
    return signed_in(officer_of([SAWENTAR], ("runtime.jobs",)))


def dead(count: int = 1, name: str = "t.work") -> list[int]:
    for _number in range(count):
        enqueue(name, letter_id="01JSECRETLETTER")
    newest = list(Job.objects.filter(name=name).order_by("-pk").values_list("pk", flat=True)[:count])
    Job.objects.filter(pk__in=newest).update(state=JobState.DEAD, attempts=20, last_error="OSError: no room")
    return sorted(newest)


def text(client: Client, url: str = PAGE, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return answer.content.decode()


def events(about_id: int) -> list[tuple[str, str]]:
    rows = Entry.objects.filter(about_label="runtime.job", about_id=str(about_id)).order_by("id")
    return list(rows.values_list("event", "note"))


def test_page_is_closed_to_officers_without_the_permission() -> None:
    other = signed_in(officer_of([SAWENTAR]))
    for url in (PAGE, f"{PAGE}kabar/", f"{PAGE}csv/", f"{PAGE}{dead()[0]}/"):
        assert other.get(url).status_code == 403
    for url in (f"{PAGE}ulangi/", f"{PAGE}1/ulangi/", f"{PAGE}1/buang/"):
        assert other.post(url).status_code == 403
    assert "Pekerjaan latar" not in text(other, "/meja/")


def test_dead_job_is_shown_in_words_with_its_fault_and_without_payload(operator: Client) -> None:
    dead()
    html = text(operator)
    assert "Mengerjakan sesuatu" in html
    assert "20 dari 20" in html
    assert "OSError: no room" in html
    assert "01JSECRETLETTER" not in html


def test_empty_shelves_say_what_would_be_there(operator: Client) -> None:
    assert "Tidak ada pekerjaan yang berhenti" in text(operator)
    assert "Tidak ada yang sedang dikerjakan" in text(operator, f"{PAGE}?rak=running")
    assert "Tidak ada yang menunggu" in text(operator, f"{PAGE}?rak=waiting")


def test_no_living_worker_is_said_loudly(operator: Client) -> None:
    assert "Tidak ada yang mengerjakan" in text(operator, f"{PAGE}kabar/")
    beats.beat("w")
    assert "Tidak ada yang mengerjakan" not in text(operator, f"{PAGE}kabar/")


def test_news_that_did_not_change_cost_no_bytes(operator: Client) -> None:
    first = operator.get(f"{PAGE}kabar/")
    again = operator.get(f"{PAGE}kabar/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    dead()
    changed = operator.get(f"{PAGE}kabar/", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200


def test_plan_shows_periodic_jobs(operator: Client) -> None:
    html = text(operator, f"{PAGE}?rak=plan")
    assert "Menyegel catatan" in html
    assert "Belum direncanakan" in html
    assert "Belum ada pekerja" in html
    beats.beat("0123456789abcdef")
    assert "01234567</td>" in text(operator, f"{PAGE}?rak=plan")


def test_replay_puts_the_job_back_and_is_journalled(operator: Client) -> None:
    job_id = dead()[0]
    answer = operator.post(f"{PAGE}{job_id}/ulangi/", {"rak": "dead"}, follow=True)
    assert "akan segera dijalankan lagi" in answer.content.decode()
    assert Job.objects.get(pk=job_id).state == JobState.WAITING
    assert events(job_id) == [("desk.job_replayed", "")]


def test_all_of_the_chosen_kind_are_replayed(operator: Client) -> None:
    dead(3)
    dead(1, "t.unknown")
    operator.post(f"{PAGE}ulangi/", {"jenis": "t.work"})
    assert list(Job.objects.filter(state=JobState.DEAD).values_list("name", flat=True)) == ["t.unknown"]
    entry = Entry.objects.get(event="desk.jobs_replayed")
    assert (entry.about_id, entry.data) == ("t.work", '{"count":3}')


def test_discard_asks_for_a_reason_and_keeps_it(operator: Client) -> None:
    job_id = dead()[0]
    refused = operator.post(f"{PAGE}{job_id}/buang/", {"alasan": "  "})
    assert refused.status_code == 400
    assert "Tulis alasannya" in refused.content.decode()
    operator.post(f"{PAGE}{job_id}/buang/", {"alasan": "Warga sudah dilayani di loket."})
    assert Job.objects.count() == 0
    assert events(job_id) == [("desk.job_discarded", "Warga sudah dilayani di loket.")]


def test_waiting_job_can_not_be_discarded(operator: Client) -> None:
    enqueue("t.work")
    job_id = Job.objects.get().pk
    answer = operator.post(f"{PAGE}{job_id}/buang/", {"alasan": "x"}, follow=True)
    assert "masih akan dijalankan" in answer.content.decode()
    assert Job.objects.count() == 1


def test_job_that_is_done_meanwhile_is_not_found(operator: Client) -> None:
    text(operator, f"{PAGE}4711/", status=404)


def test_pages_and_filter_keep_each_other(operator: Client) -> None:
    dead(51)
    dead(1, "t.unknown")
    html = text(operator, f"{PAGE}?rak=dead&jenis=t.work")
    assert len(re.findall(r"<tr>\s*<td>", html)) == 50
    following = re.search(r'rel="next" href="([^"]+)"', html)
    assert following
    last = text(operator, PAGE + following[1].replace("&amp;", "&"))
    assert len(re.findall(r"<tr>\s*<td>", last)) == 1
    assert "Ulangi 51 pekerjaan jenis ini" in last


@pytest.mark.parametrize(
    "query", ["rak=nonsense", "halaman=0", "halaman=abc", "halaman=99999999999", "jenis=%00"]
)
def test_odd_addresses_lead_to_a_page(operator: Client, query: str) -> None:
    text(operator, f"{PAGE}?{query}")


def test_csv_holds_the_shelf_and_no_payload(operator: Client) -> None:
    job_id = dead()[0]
    content = b"".join(operator.get(f"{PAGE}csv/?rak=dead").streaming_content).decode()
    head, row = content.splitlines()
    assert head == "id,name,label,shelf,attempts,most_attempts,fault,next_at,created_at"
    assert row.startswith(f"{job_id},t.work,Mengerjakan sesuatu,dead,20,20,OSError: no room,")
    assert "SECRET" not in content


def test_list_costs_the_same_at_one_job_and_at_three(operator: Client) -> None:
    costs = []
    for more in (1, 2):
        dead(more)
        with CaptureQueriesContext(connection) as captured:
            operator.get(PAGE)
        costs.append(len(captured))
    assert costs[0] == costs[1]


def test_every_job_of_the_house_says_in_words_what_it_does() -> None:
    speechless = {name for name in registry.names() if registry.label(name) == name}
    assert {name for name in speechless if not name.startswith("t.")} == set()
