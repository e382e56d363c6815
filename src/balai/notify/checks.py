"""Refuses to start a town whose messages would go astray or be shown to everybody."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from balai.notify import channels


@register()
def check_channels(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """E001 unknown, E002 demo in production, E003 cannot work, E004 none, E005 bounces, E006 letters."""
    codes = channels.active_codes()
    unknown = [code for code in codes if code not in channels.known_codes()]
    if unknown:
        return [Error(f"NOTIFY_CHANNELS names unknown channels: {', '.join(unknown)}.", id="notify.E001")]
    is_production = settings.BALAI.mode == "production"
    errors: list[CheckMessage] = []
    for channel in channels.active():
        if channel.is_demo and is_production:
            errors.append(Error("Production refuses the demo channel.", id="notify.E002"))
        elif problems := channel.problems():
            errors.append(Error(f"Channel {channel.code}: {'; '.join(problems)}.", id="notify.E003"))
    errors += _bounces() + _letters()
    if is_production and not codes:
        errors.append(Error("Production needs a channel: set BALAI_SMTP_URL.", id="notify.E004"))
    return errors


def _bounces() -> list[CheckMessage]:
    """An address without a mailbox would collect reports that nobody reads, and the other way round."""
    chosen = settings.BALAI
    if bool(chosen.bounce_address) == bool(chosen.bounce_mailbox.get_secret_value()):
        return []
    sentence = "BALAI_BOUNCE_ADDRESS and BALAI_BOUNCE_MAILBOX belong together: set both or none."
    return [Error(sentence, id="notify.E005")]


def _letters() -> list[CheckMessage]:
    """People must learn where to write, and somebody must read it."""
    chosen = settings.BALAI
    if bool(chosen.incoming_address) == bool(chosen.incoming_mailbox.get_secret_value()):
        return []
    sentence = "BALAI_INCOMING_ADDRESS and BALAI_INCOMING_MAILBOX belong together: set both or none."
    return [Error(sentence, id="notify.E006")]
