"""Callers of the API for tests: each with a token of their own."""

from __future__ import annotations

from typing import Any

from django.test import Client

from balai.kernel.references import SYSTEM
from balai.people import actions
from balai.runtime.api import scopes_for


class Caller:
    """A citizen or an officer behind a machine; `get` and `post` give the JSON of an answer."""

    def __init__(self, holder: Any = None) -> None:
        self.headers: dict[str, str] = {}
        if holder is not None:
            scopes = scopes_for(holder.account.kind)
            secret = actions.issue_token(by=SYSTEM, account=holder.account, scopes=scopes, days=1)
            self.headers = {"Authorization": f"Bearer {secret}"}

    def get(self, path: str, *, status: int = 200, **query: Any) -> Any:
        """GET, which must answer with `status`."""
        return self._read(Client().get(f"/api/v1{path}", query, headers=self.headers), status)

    def post(self, path: str, *, status: int = 200, sent: Any = None, key: str = "", **body: Any) -> Any:
        """POST of `body` (or `sent`) as JSON, which must answer with `status`."""
        headers = {**self.headers, **({"Idempotency-Key": key} if key else {})}
        answer = Client().post(
            f"/api/v1{path}", body if sent is None else sent, content_type="application/json", headers=headers
        )
        return self._read(answer, status)

    def _read(self, answer: Any, status: int) -> Any:
        assert answer.status_code == status, answer.content.decode()
        return answer.json()


def fields(refusal: Any) -> list[str]:
    """Which fields a refusal names, in order."""
    return [fault["field"] for fault in refusal["faults"]]
