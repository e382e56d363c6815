"""Which way a message goes: choice, fallback, stops, doubts."""

from __future__ import annotations

import pytest

from balai.audit.models import Entry
from balai.kernel.references import SYSTEM, Subject
from balai.notify import actions, addressees, queries, tasks
from balai.notify.addressees import Addressee
from balai.notify.channels.simulating import Fault
from balai.notify.models import Address, Message, Standing
from balai.notify.tests.gateways import ABOUT, MAIL, PHONE, SITI, WORDS, call_back, fresh, tell, ways
from balai.runtime import clock
from balai.runtime.jobs import run_due

pytestmark = pytest.mark.django_db


def choose(*channels: str, language: str = "id", stopped: tuple[str, ...] = ()) -> None:
    actions.set_preferences(
        by=SYSTEM, owner=SITI, language=language, channels=channels, stopped=stopped, addresses=(PHONE, MAIL)
    )


def test_usual_address_and_the_towns_order_come_first(gateways, siti, run_jobs) -> None:
    message = tell()
    run_jobs()
    assert (fresh(message).state, ways(message)) == ("sent", [("sms", "accepted", "")])
    assert gateways.sms.taken[0].text == "Siap."


def test_choice_of_way_and_language_is_followed(gateways, siti, run_jobs) -> None:
    choose("whatsapp", language="jv")
    tell()
    run_jobs()
    assert gateways.sms.taken == []
    assert gateways.whatsapp.taken[0].body["template"]["name"] == "balai_ready"
    assert Message.objects.get().text.clear == "Serat sampun dados."


def test_next_way_is_taken_when_one_fails_for_good(gateways, siti, run_jobs) -> None:
    gateways.sms.fault = Fault("wrong_number")
    message = tell()
    run_jobs()
    assert fresh(message).channel == "whatsapp"
    assert ways(message) == [("sms", "failed", "sms.invalid_number"), ("whatsapp", "accepted", "")]
    assert [(each.channel, each.fault) for each in Standing.objects.all()] == [("sms", "sms.invalid_number")]


def test_next_notice_leaves_a_doubtful_way_out_and_a_receipt_ends_the_doubt(gateways, siti, run_jobs) -> None:
    gateways.sms.fault = Fault("wrong_number", times=1)
    tell("one")
    run_jobs()
    second = tell("two")
    run_jobs()
    assert ways(second) == [("whatsapp", "accepted", "")]
    actions.trust(address=PHONE)
    third = tell("three")
    run_jobs()
    assert ways(third) == [("sms", "accepted", "")]


def test_message_fails_with_the_last_fault_when_no_way_is_left(gateways, siti, run_jobs) -> None:
    gateways.sms.fault, gateways.whatsapp.fault = Fault("wrong_number"), Fault("wrong_number")
    message = tell()
    run_jobs()
    assert (fresh(message).state, fresh(message).fault) == ("failed", "whatsapp.131026")
    assert "notify.failed" in Entry.objects.values_list("event", flat=True)


def test_way_that_stays_down_gives_its_turn_to_the_next(gateways, siti, frozen_clock) -> None:
    moving = frozen_clock(clock.now())
    gateways.sms.fault = Fault("500")
    message = tell()
    tries = 0
    while fresh(message).state == "queued" and tries < 20:
        run_due()
        moving.move(hours=1)
        tries += 1
    assert tries == tasks.PATIENCE
    assert ways(message) == [("sms", "failed", "sms.status_500"), ("whatsapp", "accepted", "")]
    assert Standing.objects.count() == 0


def test_receipt_that_says_failed_sends_by_the_next_way(gateways, siti, run_jobs) -> None:
    message = tell()
    run_jobs()
    payload = gateways.sms.receipt(gateways.sms.taken[0], "failed", "unknown_subscriber")
    call_back(gateways.sms, payload)
    run_jobs()
    call_back(gateways.sms, payload)
    run_jobs()
    assert (fresh(message).state, fresh(message).channel) == ("sent", "whatsapp")
    assert len(gateways.whatsapp.taken) == 1


def test_receipt_that_comes_before_our_own_note_stands(gateways, siti) -> None:
    """The gateway answers the town's other process before this one has written down the hand-over."""
    message = tell()
    route = tasks.routing.plan(message, queries.outgoing(message)).routes[0]
    taken_id = route.carrier.deliver(queries.outgoing(message, route.address))
    call_back(gateways.sms, gateways.sms.receipt(gateways.sms.taken[0], "delivered", ""))
    actions.note_accepted(message=message, route=route, remote_id=taken_id)
    assert fresh(message).delivered_at is not None
    assert ways(message) == [("sms", "delivered", "")]


def test_early_receipt_of_a_failure_is_not_covered_by_the_hand_over(gateways, siti, run_jobs) -> None:
    message = tell()
    route = tasks.routing.plan(message, queries.outgoing(message)).routes[0]
    route.carrier.deliver(queries.outgoing(message, route.address))
    call_back(gateways.sms, gateways.sms.receipt(gateways.sms.taken[0], "failed", ""))
    actions.note_accepted(message=message, route=route, remote_id="x")
    run_jobs()
    assert ways(message) == [("sms", "failed", "sms.undelivered"), ("whatsapp", "accepted", "")]


def test_stopped_ways_get_no_notice_but_codes_still_come(gateways, siti, run_jobs) -> None:
    choose("sms", "whatsapp", stopped=("sms", "whatsapp", "email"))
    notice = tell()
    code = actions.send(to=PHONE, subject="Kode", text="123456", key="c", about=Subject("a.b", "1"))
    run_jobs()
    assert (fresh(notice).state, fresh(notice).fault) == ("failed", "notify.stopped")
    assert (fresh(code).state, gateways.sms.taken[0].text) == ("sent", "123456")


def test_code_goes_to_the_typed_address_alone(gateways, siti, run_jobs) -> None:
    gateways.sms.fault = Fault("wrong_number")
    code = actions.send(to=PHONE, subject="Kode", text="123456", key="c", about=Subject("a.b", "1"))
    run_jobs()
    assert fresh(code).fault == "sms.invalid_number"
    assert gateways.whatsapp.taken == []  # no template


def test_somebody_without_an_address_gets_no_message(siti) -> None:
    nobody = Subject("notify.test_person", "nobody")
    assert actions.tell(owner=nobody, words=WORDS, key="k", about=ABOUT) is None
    assert actions.tell(owner=Subject("x.y", "1"), words=WORDS, key="k", about=ABOUT) is None


def test_sending_again_tries_every_way_anew_under_a_new_reference(gateways, siti, run_jobs) -> None:
    gateways.sms.fault, gateways.whatsapp.fault = Fault("wrong_number"), Fault("wrong_number")
    message = tell()
    run_jobs()
    gateways.sms.fault = Fault()
    actions.resend(by=SYSTEM, message=message)
    run_jobs()
    assert (fresh(message).state, fresh(message).round) == ("sent", 2)
    assert gateways.sms.taken[0].reference.startswith(f"{message.pk}-2-")


def two_phones() -> tuple[Address, Address]:
    other = Address("phone", "+6281234567809")
    addressees.register(SITI.label, lambda key: Addressee((PHONE, other), "Siti"))
    return PHONE, other


def test_second_number_of_a_person_is_no_repetition_for_the_gateway(gateways, siti, run_jobs) -> None:
    first, second = two_phones()
    message = tell()
    run_jobs()
    payload = gateways.sms.receipt(gateways.sms.taken[0], "failed", "unknown_subscriber")
    call_back(gateways.sms, payload)
    run_jobs()
    assert [taken.to for taken in gateways.sms.taken] == [first.value, second.value]
    call_back(gateways.sms, payload)
    run_jobs()
    assert ways(message) == [("sms", "failed", "sms.unknown_subscriber"), ("sms", "accepted", "")]


def test_early_receipt_is_noted_at_the_number_of_which_it_speaks(gateways, siti, run_jobs) -> None:
    _first, second = two_phones()
    message = tell()
    route = next(
        each
        for each in tasks.routing.plan(message, queries.outgoing(message)).routes
        if each.address == second
    )
    route.carrier.deliver(queries.outgoing(message, route.address))
    call_back(gateways.sms, gateways.sms.receipt(gateways.sms.taken[0], "delivered", ""))
    assert message.attempts.get().address_hash == second.hash


def test_code_that_has_run_out_is_not_sent_again(run_jobs, frozen_clock) -> None:
    moving = frozen_clock(clock.now())
    code = actions.send(
        to=PHONE, subject="x", text="y", key="c", about=Subject("a.b", "1"), expires_at=clock.now()
    )
    run_jobs()
    moving.move(minutes=1)
    with pytest.raises(actions.MessageTooOld):
        actions.resend(by=SYSTEM, message=fresh(code))


def test_no_more_are_handed_over_in_a_minute_than_the_gateway_takes(
    gateways, siti, settings, frozen_clock, tmp_path
) -> None:
    from balai.notify.channels.sms import contract  # noqa: PLC0415 - only this test changes one

    slow = tmp_path / "slow.toml"
    text = (contract.CONTRACTS / "plain.toml").read_text()
    slow.write_text(text.replace("per_minute = 300", "per_minute = 2"))
    settings.BALAI = settings.BALAI.model_copy(update={"sms_contract": str(slow)})
    moving = frozen_clock(clock.now())
    for key in "abc":
        tell(key)
    run_due()
    assert len(gateways.sms.taken) == 2
    moving.move(seconds=61)
    run_due()
    assert len(gateways.sms.taken) == 3
