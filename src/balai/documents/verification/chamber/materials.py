"""What a signature is judged by: anchors, intermediates and revocation lists, as plain DER."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass
from hashlib import sha256


@dataclass(frozen=True)
class Materials:
    """DER of what this town believes; made by the web process, read by the checking one."""

    anchors: tuple[bytes, ...] = ()
    intermediates: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()

    def packed(self) -> bytes:
        """As the checking process reads it."""
        plain = {name: [b64encode(each).decode() for each in many] for name, many in asdict(self).items()}
        return json.dumps(plain).encode()

    @classmethod
    def unpacked(cls, raw: bytes) -> Materials:
        """The reverse of `packed`."""
        plain = json.loads(raw)
        return cls(**{name: tuple(b64decode(each) for each in many) for name, many in plain.items()})

    def fingerprint(self) -> str:
        """Changes when any of it changes."""
        digest = sha256()
        for many in (self.anchors, self.intermediates, self.crls):
            digest.update(len(many).to_bytes(4, "big"))
            for each in many:
                digest.update(sha256(each).digest())
        return digest.hexdigest()
