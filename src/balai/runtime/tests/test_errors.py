from __future__ import annotations

import pytest
from django.utils.translation import gettext_lazy as _

from balai.runtime.errors import CitizenError, Conflict, Forbidden, NotFound, TooMany, Unauthorized


class QuotaFull(CitizenError):
    code = "queues.quota_full"
    template = _("Antrean tanggal %(day)s sudah penuh. Silakan pilih hari lain.")
    status = 409


def test_sentence_is_the_template_filled_in() -> None:
    error = QuotaFull(day="21 November 2026")
    assert error.sentence == "Antrean tanggal 21 November 2026 sudah penuh. Silakan pilih hari lain."
    assert (error.code, error.status) == ("queues.quota_full", 409)


def test_error_made_on_the_spot() -> None:
    error = CitizenError("t.full", "Kuota %(n)s%% terisi", 409, n=100)
    assert (error.code, error.sentence, error.status) == ("t.full", "Kuota 100% terisi", 409)


def test_template_without_parameters_may_hold_a_percent_sign() -> None:
    assert CitizenError("t.full", "100% terisi").sentence == "100% terisi"


def test_printed_error_holds_no_parameter() -> None:
    assert str(QuotaFull(day="3505105708950001")) == "queues.quota_full"
    assert str(NotFound("3505105708950001")) == "runtime.not_found"


@pytest.mark.parametrize(
    ("error", "status"),
    [(NotFound, 404), (Forbidden, 403), (Unauthorized, 401), (Conflict, 409), (TooMany, 429)],
)
def test_refusals_have_a_status_and_a_sentence(error: type[CitizenError], status: int) -> None:
    assert error("anything").status == status
    assert len(error().sentence) > 10


@pytest.mark.parametrize(
    ("seconds", "wait"), [(0, "1 detik"), (59, "59 detik"), (60, "1 menit"), (61, "2 menit"), (7201, "3 jam")]
)
def test_waiting_time_is_told_in_plain_words(seconds: int, wait: str) -> None:
    assert (
        TooMany(retry_after=seconds).sentence == f"Terlalu banyak percobaan. Silakan coba lagi dalam {wait}."
    )
