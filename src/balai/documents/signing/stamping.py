"""Time stamps from an authority elsewhere (RFC 3161 over HTTP, section 3.4)."""

from __future__ import annotations

from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper

from balai.documents.signing.errors import SignerBusy
from balai.runtime import outgoing

SECONDS = 10.0
HEADERS = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}


class RemoteStamper(TimeStamper):
    """Asks the authority at `url`; whatever goes wrong is temporary, since it says nothing of the letter."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """The authority's answer; raises SignerBusy."""
        try:
            answer = outgoing.call("POST", self._url, content=req.dump(), headers=HEADERS, seconds=SECONDS)
        except outgoing.CallFailed as failed:
            raise SignerBusy(f"timestamper_{failed.code}") from None
        if not answer.is_success:
            raise SignerBusy("timestamper_refused")
        try:
            response = tsp.TimeStampResp.load(answer.body, strict=True)
            _ = response["status"].native
        except (ValueError, TypeError):
            raise SignerBusy("timestamper_refused") from None  # a refusal has no stamp, and does not parse
        return response
