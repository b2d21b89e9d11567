"""Identifiers made at the station, so that records of many stations can be merged."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

NewId = Callable[[], str]
_VERSION_7, _VERSION_8 = 0x7, 0x8


def new_id() -> str:
    """A fresh UUIDv7: new rows stand beside each other in the index (RFC 9562, 5.7)."""
    stamp = (time.time_ns() // 1_000_000).to_bytes(6, "big")
    return _written(stamp + os.urandom(10), _VERSION_7)


def natural_id(branch_id: str, kind: str, key: str) -> str:
    """UUIDv5 of what has a natural key: two stations of a branch make the same one."""
    import uuid  # loads hashlib and platform, which a start need not wait for

    return str(uuid.uuid5(uuid.UUID(branch_id), f"{kind}:{key}"))


def digest_id(digest: bytes) -> str:
    """The UUIDv8 that carries the first 122 bits of `digest` (RFC 9562, 5.8)."""
    return _written(digest[:16], _VERSION_8)


def _written(octets: bytes, version: int) -> str:
    """Sixteen octets as the text of a UUID of that version."""
    raw = bytearray(octets)
    raw[6] = raw[6] & 0x0F | version << 4
    raw[8] = raw[8] & 0x3F | 0x80
    text = raw.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
