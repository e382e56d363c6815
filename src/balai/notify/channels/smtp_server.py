"""The mail server as one address: smtp://user:password@host:587?tls=starttls."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from balai.notify.channels.urls_allowed import is_loopback

TIMEOUT_SECONDS = 20
_PORTS = {"starttls": 587, "ssl": 465, "none": 25}


class SmtpUrlRefused(ValueError):
    """The address of the mail server makes no sense; the message is a sentence without its password."""


@dataclass(frozen=True)
class SmtpServer:
    """Where mail is handed over, and how the connection is protected: starttls, ssl or none."""

    host: str
    port: int
    user: str
    password: str
    tls: str

    @classmethod
    def parse(cls, url: str) -> SmtpServer:
        """Read BALAI_SMTP_URL; raise SmtpUrlRefused.

        Without `tls=`, smtps:// and port 465 mean TLS from the first byte, a loopback host means none,
        and everything else STARTTLS, which then must succeed.
        """
        parts = urlsplit(url)
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
            raise SmtpUrlRefused("The mail server is written smtp://host:port or smtps://host:port.")
        try:
            port = parts.port
        except ValueError:
            raise SmtpUrlRefused("The port of the mail server is not a number.") from None
        tls = parse_qs(parts.query).get("tls", [_usual_tls(parts.scheme, parts.hostname, port)])[0]
        if tls not in _PORTS:
            raise SmtpUrlRefused("tls= of the mail server is starttls, ssl or none.")
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(parts.hostname, port or _PORTS[tls], user, password, tls)

    @property
    def is_safe(self) -> bool:
        """Whether nobody on the way can read along: TLS, or a server on this very machine."""
        return self.tls != "none" or is_loopback(self.host)

    def connect(self) -> smtplib.SMTP:
        """Open a session, protected and signed in; raise what smtplib raises, within TIMEOUT_SECONDS."""
        context = ssl.create_default_context()
        if self.tls == "ssl":
            session: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=TIMEOUT_SECONDS, context=context
            )
        else:
            session = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_SECONDS)
        try:
            if self.tls == "starttls":
                session.starttls(context=context)
            if self.user:
                session.login(self.user, self.password)
        except BaseException:
            session.close()
            raise
        return session


def _usual_tls(scheme: str, host: str, port: int | None) -> str:
    if scheme == "smtps" or port == _PORTS["ssl"]:
        return "ssl"
    return "none" if is_loopback(host) else "starttls"
