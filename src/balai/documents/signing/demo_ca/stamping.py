"""Time stamps of the demo authority (RFC 3161): the same answer in this process and over HTTP."""

from __future__ import annotations

import asyncio
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Final

from asn1crypto import cms, core, tsp, x509
from pyhanko.sign.timestamps import TimeStamper

from balai.documents.signing.cms import HeldKeySigner
from balai.documents.signing.demo_ca.authority import authority
from balai.runtime import clock

# An identifier under 2.25 (ITU-T X.667) is anybody's to make from a UUID.
POLICY: Final = "2.25.306170414923401935420736520182346211237"
DIGEST_BYTES = {"sha256": 32, "sha384": 48, "sha512": 64}


class Refusal(core.Sequence):
    """A TimeStampResp without a token, which asn1crypto's own takes for a must (RFC 3161, 2.4.2)."""

    _fields = [("status", tsp.PKIStatusInfo)]


class DemoStamper(TimeStamper):
    """Stamps the time of `runtime.clock` with the demo town's own certificate."""

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """The answer, made here: no network."""
        return await _answer(req)


def answer(request: bytes) -> bytes:
    """What the authority answers to a TimeStampReq in DER: a stamp, or a refusal that says why."""
    try:
        asked = tsp.TimeStampReq.load(request, strict=True)
        _ = asked.native
    except (ValueError, TypeError):
        return bytes(_refusal("bad_data_format").dump())
    return bytes(asyncio.run(_answer(asked)).dump())


async def _answer(asked: tsp.TimeStampReq) -> tsp.TimeStampResp | Refusal:
    imprint = asked["message_imprint"]
    algorithm = imprint["hash_algorithm"]["algorithm"].native
    if DIGEST_BYTES.get(algorithm) != len(imprint["hashed_message"].native):
        return _refusal("bad_alg")
    if asked["req_policy"].native not in (None, POLICY):
        return _refusal("unaccepted_policy")
    signer = _signer(authority().folder)
    content = cms.EncapsulatedContentInfo(
        {"content_type": "tst_info", "content": cms.ParsableOctetString(_token_info(asked, signer).dump())}
    )
    token = await signer.async_sign_general_data(content, "sha256", detached=False, use_cades=True)
    return tsp.TimeStampResp({"status": tsp.PKIStatusInfo({"status": "granted"}), "time_stamp_token": token})


def _token_info(asked: tsp.TimeStampReq, signer: HeldKeySigner) -> tsp.TSTInfo:
    assert signer.signing_cert is not None  # noqa: S101 - given in _signer
    values = {
        "version": "v1",
        "policy": POLICY,
        "message_imprint": asked["message_imprint"],
        "serial_number": secrets.randbits(63),
        "gen_time": clock.now().replace(microsecond=0),
        "accuracy": tsp.Accuracy({"seconds": 1}),
        "tsa": x509.GeneralName(name="directory_name", value=signer.signing_cert.subject),
    }
    if asked["nonce"].native is not None:
        values["nonce"] = asked["nonce"]
    return tsp.TSTInfo(values)


def _refusal(why: str) -> Refusal:
    return Refusal({"status": tsp.PKIStatusInfo({"status": "rejection", "fail_info": {why}})})


@lru_cache(maxsize=2)
def _signer(_folder: Path) -> HeldKeySigner:
    town = authority()
    return HeldKeySigner(town.stamper.key, town.stamper.certificate, [town.intermediate.certificate])
