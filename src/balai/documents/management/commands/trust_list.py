"""`trust_list`: whom this town believes."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from balai.runtime import clock


class Command(BaseCommand):
    """See docs/operators/signing.md."""

    help = "List roots, intermediates, revocation lists and who stamps the time."

    def handle(self, *args: Any, **options: Any) -> None:
        """One line each, with what has ended."""
        from balai.documents.signing import trust  # noqa: PLC0415 - pyHanko is heavy

        try:
            groups = (("root", trust.anchors()), ("intermediate", trust.intermediates()))
            lists = trust.crls()
        except trust.TrustUnreadable as error:
            raise CommandError(str(error)) from None
        now = clock.now()
        for word, certificates in groups:
            for each in certificates:
                self._line(word, each.subject.human_friendly, each.not_valid_after, now)
        for each in lists:
            self._line(
                "list of", each.issuer.human_friendly, each["tbs_cert_list"]["next_update"].native, now
            )
        stamper = trust.timestamper()
        self.stdout.write(f"time stamps: {type(stamper).__name__ if stamper else 'nobody'}")
        self.stdout.write(f"level: {trust.level()}")

    def _line(self, word: str, name: str, ends_at: Any, now: Any) -> None:
        ended = " (ENDED)" if ends_at is not None and ends_at <= now else ""
        until = f"{ends_at:%Y-%m-%d %H:%M}" if ends_at is not None else "?"
        self.stdout.write(f"{word}: {name}, until {until}{ended}")
