"""The way to LAPOR! is set wholly or not at all."""

from __future__ import annotations

import pytest

from balai.partners import receivers
from balai.partners.receivers import Receiver
from balai.runtime.settings import SettingsRefused, load_settings

MAIL = {
    "BALAI_LAPOR_WAY": "mail",
    "BALAI_LAPOR_MAIL_TO": "admin@contoh.go.id",
    "BALAI_SMTP_URL": "smtp://mail.contoh.id",
}


@pytest.mark.parametrize("missing", sorted(MAIL))
@pytest.mark.parametrize("mode", ["demo", "production"])
def test_half_a_way_is_refused(missing: str, mode: str) -> None:
    given = {name: value for name, value in MAIL.items() if name != missing}
    more = {"BALAI_MODE": mode, "BALAI_PUBLIC_URL": "https://balai.contoh.go.id"}
    with pytest.raises(SettingsRefused):
        load_settings(given | more)


@pytest.mark.parametrize("address", ["admin", "a@b", "a@b.id, c@d.id", "A <a@b.id>", "a@b.id\nBcc: x@y.id"])
def test_one_address_is_asked_for(address: str) -> None:
    with pytest.raises(SettingsRefused, match="one address"):
        load_settings(MAIL | {"BALAI_LAPOR_MAIL_TO": address})


def test_whole_way_and_no_way_are_fine() -> None:
    assert load_settings(MAIL).lapor_way == "mail"
    assert load_settings({}).lapor_way == "bundle"


def test_label_has_one_receiver() -> None:
    receivers.register("sample.thing", Receiver(lambda news: None))
    try:
        with pytest.raises(ValueError, match="registered twice"):
            receivers.register("sample.thing", Receiver(lambda news: None))
    finally:
        receivers.unregister("sample.thing")
