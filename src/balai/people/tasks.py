"""Forgetting what has run out, run by the worker."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.utils.translation import gettext_lazy as _

from balai.people import actions
from balai.runtime import clock
from balai.runtime.jobs import periodic


@periodic("people.forget_challenges", seconds=3600, label=_("Membuang kode masuk yang kedaluwarsa"))
def forget_challenges() -> None:
    """A code that ran out an hour ago helps nobody; what was claimed with it is deleted."""
    actions.forget_challenges(before=clock.now() - timedelta(hours=1))


@periodic("people.forget_sessions", seconds=3600, label=_("Membuang sesi yang kedaluwarsa"))
def forget_sessions() -> None:
    """Who was signed in once, and every stranger who asked for a code, would else be kept for ever."""
    SessionStore.clear_expired()
