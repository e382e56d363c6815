"""Logs without personal data, each line with the id of the request or job it belongs to.

Two nets: every record's message is redacted when it is made into text, whoever handles it; and our own
handler redacts the whole line once more, traceback included.
"""

from __future__ import annotations

import logging
import time
from contextvars import ContextVar
from typing import Any

from balai.runtime.redaction import redact

current_id: ContextVar[str] = ContextVar("balai_request_id", default="-")

LINE = "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"


class RedactedRecord(logging.LogRecord):
    """A log record whose message never holds a NIK or a phone number."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request_id = current_id.get()

    def getMessage(self) -> str:  # noqa: N802 (the name is logging's)
        return redact(super().getMessage())


class RedactingFormatter(logging.Formatter):
    """Formats one line, in UTC, and takes personal identifiers out of all of it."""

    converter = staticmethod(time.gmtime)

    def format(self, record: logging.LogRecord) -> str:
        if not hasattr(record, "request_id"):
            record.request_id = current_id.get()
        return redact(super().format(record))


def install() -> None:
    """Make every record from now on a redacted one."""
    logging.setLogRecordFactory(RedactedRecord)


def logging_settings(*, level: str = "INFO") -> dict[str, Any]:
    """Django's LOGGING: one redacted line for each record, to standard error."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "balai.runtime.logging.RedactingFormatter", "format": LINE}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "balai": {"level": level},
            "config": {"level": level},
            # Refused and missing pages are answered; only faults of ours (5xx) belong in the log.
            "django.request": {"level": "ERROR"},
            "django.security.csrf": {"level": "ERROR"},
            # Every scanner of the internet tries other names; each would cost a traceback.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
        },
    }
