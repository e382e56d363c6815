"""What the coordinating admin writes back is kept beside the hand-over, for a person."""

from __future__ import annotations

import pytest

from balai.notify import receiving
from balai.notify.models import Incoming, Message
from balai.notify.tests.test_letters import letter
from balai.partners.lapor.letters import take
from balai.partners.lapor.tests.factories import ADMIN, by_mail, given

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ["Nomor pelacakan 7654321.", "LAPOR! menjawab: nomor 7654321.", "Stop."])
def test_letter_of_the_admin_is_for_a_person_and_is_not_answered(settings, run_jobs, text: str) -> None:
    row = given()
    by_mail(settings)
    written = letter(text, From=ADMIN, Subject=f"Re: [{row.reference}] Penyerahan")
    assert receiving.take(written.as_bytes()) is True
    run_jobs()
    incoming = Incoming.objects.get()
    assert (incoming.outcome, incoming.needs_person) == ("lapor.letter", True)
    assert Message.objects.count() == 0
    row.refresh_from_db()
    assert (row.state, row.tracking_number) == ("waiting", "")


def test_letters_of_others_go_on_to_whoever_understands_them(settings, run_jobs) -> None:
    by_mail(settings)
    receiving.take(letter("LPR-2026-AAAAAAAA").as_bytes())
    run_jobs()
    assert Incoming.objects.get().outcome == "notify.help"
    from balai.notify.answering import asked  # noqa: PLC0415 - the same question once more

    assert take(asked(Incoming.objects.get())) is None
