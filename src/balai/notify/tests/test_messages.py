"""Messages, the demo channel, and what production refuses."""

from __future__ import annotations

import importlib
from datetime import UTC, datetime

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.test import RequestFactory

from balai.kernel.references import SYSTEM, Subject
from balai.notify import actions, channels, queries, tasks, urls
from balai.notify.channels import Outgoing, PermanentFailure
from balai.notify.checks import check_channels
from balai.notify.models import Address, Message
from balai.notify.tests.gateways import with_settings
from balai.notify.views import demo
from balai.runtime.errors import NotFound
from balai.runtime.models import Job
from balai.runtime.transaction import write_transaction

PHONE = Address("phone", "+6281234567801")
NOON = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)


def send(key: str = "k", text: str = "123456 adalah kode Anda.", to: Address = PHONE) -> Message:
    return actions.send(
        to=to,
        subject="Kode masuk",
        text=text,
        key=key,
        about=Subject("people.challenge", "1"),
        recipient_name="Siti Aminah",
    )


def in_mode(settings, mode: str, **others: str) -> None:
    settings.BALAI = settings.BALAI.model_copy(update={"mode": mode, **others})


@pytest.mark.django_db
def test_same_key_is_one_message_and_one_job():
    first = send(text="satu")
    again = send(text="dua")
    assert again.pk == first.pk
    assert Message.objects.get().text.clear == "satu"
    assert Job.objects.count() == 1


@pytest.mark.django_db
def test_message_is_undone_with_the_fact_it_follows_from():
    @write_transaction
    def fail() -> None:
        send()
        raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert (Message.objects.count(), Job.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_nothing_personal_stands_in_the_clear(run_jobs):
    send()
    rows = repr([*Message.objects.values(), *Job.objects.values()])
    run_jobs()
    rows += repr([*Message.objects.values(), *Job.objects.values()])
    assert [text for text in ("81234567801", "123456 adalah", "Siti", "Kode masuk") if text in rows] == []


@pytest.mark.django_db
def test_demo_channel_takes_phones_and_addresses(run_jobs):
    send("one")
    send("two", to=Address("email", "siti@contoh.id"))
    run_jobs()
    assert [(m.key, m.state) for m in queries.demo_messages()] == [("two", "sent"), ("one", "sent")]


@pytest.mark.django_db
def test_delivering_twice_counts_once(run_jobs):
    message = send()
    run_jobs()
    closed_at = Message.objects.get().closed_at
    tasks.deliver(str(message.pk))
    assert Message.objects.get().closed_at == closed_at


@pytest.mark.django_db
def test_failed_message_goes_by_sending_it_again_and_not_by_running_its_job_again(run_jobs):
    message = send()
    tasks.give_up(str(message.pk))
    tasks.deliver(str(message.pk))
    found = Message.objects.get()
    assert (found.state, found.fault, found.attempts.count()) == ("failed", "notify.gave_up", 0)
    actions.resend(by=SYSTEM, message=message)
    run_jobs()
    assert (Message.objects.get().state, Message.objects.get().round) == ("sent", 2)


@pytest.mark.django_db
def test_deleted_message_is_no_error():
    tasks.deliver("01990000-0000-7000-8000-000000000001")
    tasks.give_up("01990000-0000-7000-8000-000000000001")


@pytest.mark.django_db
def test_messages_are_forgotten_after_thirty_days(frozen_clock):
    clock = frozen_clock(NOON)
    send()
    clock.move(days=30)
    tasks.forget_old()
    assert Message.objects.count() == 1
    clock.move(seconds=1)
    tasks.forget_old()
    assert Message.objects.count() == 0


def test_address_of_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="pigeon"):
        Address("pigeon", "x")


@pytest.mark.parametrize(
    ("mode", "smtp_url", "reachable"),
    [
        ("demo", "", ("phone", "email")),
        ("test", "", ("phone", "email")),
        ("production", "smtp://127.0.0.1:25", ("email",)),
        ("production", "", ()),
    ],
)
def test_reachable_kinds_follow_the_mode(settings, mode, smtp_url, reachable):
    in_mode(settings, mode, smtp_url=smtp_url)
    assert queries.reachable_kinds() == reachable


def test_mail_server_is_preferred_to_the_demo_channel(settings):
    in_mode(settings, "demo", smtp_url="smtp://127.0.0.1:25")
    assert [channels.for_kind(kind).code for kind in ("email", "phone")] == ["email", "demo"]


@pytest.mark.parametrize(
    ("mode", "smtp_url", "chosen", "ids"),
    [
        ("demo", "", None, []),
        ("production", "smtp://mail.go.id", None, []),
        ("production", "smtp://mail.go.id", ("email", "demo"), ["notify.E002"]),
        ("production", "smtp://mail.go.id?tls=none", None, ["notify.E003"]),
        ("production", "smtp://127.0.0.1:1025", None, []),
        ("production", "", None, ["notify.E004"]),
        ("demo", "", ("email",), ["notify.E003"]),
        ("demo", "ftp://x", None, ["notify.E003"]),
        ("demo", "", ("pigeon",), ["notify.E001"]),
    ],
)
def test_checks_refuse_channels_that_would_fail_or_tell_everybody(settings, mode, smtp_url, chosen, ids):
    in_mode(settings, mode, smtp_url=smtp_url)
    settings.NOTIFY_CHANNELS = chosen
    assert [error.id for error in check_channels(None)] == ids


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"bounce_address": "bounce@go.id"}, "belong together"),
        ({"sms_url": "https://sms.go.id"}, "BALAI_SMS_SECRET is empty"),
        ({"sms_url": "http://sms.go.id", "sms_secret": "x"}, "BALAI_SMS_URL must be https"),
        ({"sms_url": "https://sms.go.id", "sms_contract": "nowhere"}, "nowhere.toml cannot be read"),
        ({"whatsapp_url": "http://graph.go.id"}, "BALAI_WHATSAPP_TOKEN is empty; BALAI_WHATSAPP_APP_SECRET"),
        ({"whatsapp_url": "http://graph.go.id"}, "BALAI_WHATSAPP_URL must be https"),
        ({"notify_channels": "email,pigeon"}, "unknown channels: pigeon"),
    ],
)
def test_ways_out_that_are_half_set_stop_a_production_town(settings, changed, sentence):
    in_mode(settings, "production", smtp_url="smtp://127.0.0.1:25")
    settings.BALAI = with_settings(settings.BALAI, changed)
    assert sentence in " ".join(error.msg for error in check_channels(None))


def test_ways_out_that_are_set_are_used_in_the_towns_order(settings):
    in_mode(settings, "production", smtp_url="smtp://127.0.0.1:25", sms_url="https://sms.go.id")
    assert channels.active_codes() == ("sms", "email")
    in_mode(settings, "demo", notify_channels="email, sms")
    assert channels.active_codes() == ("email", "sms", "demo")


def test_simulators_do_not_start_in_production(settings):
    in_mode(settings, "production")
    with pytest.raises(CommandError, match="refuses simulators"):
        call_command("notify_simulator")


def test_check_is_registered(settings):
    in_mode(settings, "production", smtp_url="")
    assert "notify.E004" in {message.id for message in run_checks()}


def test_demo_channel_delivers_nothing_in_production(settings):
    outgoing = Outgoing(Message().pk, "phone", "+62", "", "", "", NOON)
    settings.NOTIFY_CHANNELS = ("demo",)
    in_mode(settings, "production")
    with pytest.raises(PermanentFailure):
        channels.for_kind("phone").deliver(outgoing)


def test_demo_page_has_no_address_in_production(settings):
    try:
        in_mode(settings, "production")
        assert [each.name for each in importlib.reload(urls).urlpatterns] == ["webhook"]
        with pytest.raises(NotFound):
            demo.demo_messages(RequestFactory().get("/demo/pesan/"))
        in_mode(settings, "demo")
        assert len(importlib.reload(urls).urlpatterns) == 2
    finally:
        in_mode(settings, "test")
        importlib.reload(urls)


@pytest.mark.django_db
def test_demo_page_shows_codes_newest_first_and_says_what_it_is(run_jobs, frozen_clock):
    clock = frozen_clock(NOON)
    request = RequestFactory().get("/demo/pesan/")
    assert "Belum ada pesan" in demo.demo_messages(request).content.decode()
    send("one", text="111111 <b>kode lama</b>")
    clock.move(minutes=1)
    send("two", text="222222 kode baru")
    run_jobs()
    answer = demo.demo_messages(request)
    page = answer.content.decode()
    assert "Mode peragaan" in page
    assert "0812-3456-7801" in page
    assert 0 < page.index("222222") < page.index("111111")
    assert "<b>kode lama" not in page
    assert answer["Cache-Control"] == "no-store"
