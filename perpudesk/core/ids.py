"""Identifiers made at the station, so that records of many stations can be merged."""

from __future__ import annotations

import secrets
import time
import uuid
from collections.abc import Callable

NewId = Callable[[], str]
_STAMP, _VARIANT = 0xFFFF_FFFF_FFFF, 0b10 << 62
_VERSION_7, _VERSION_8 = 0x7 << 76, 0x8


def new_id() -> str:
    """A fresh UUIDv7: new rows stand beside each other in the index (RFC 9562, 5.7)."""
    stamp = (time.time_ns() // 1_000_000 & _STAMP) << 80
    chance = secrets.randbits(74)
    high, low = chance >> 62, chance & ((1 << 62) - 1)
    return str(uuid.UUID(int=stamp | _VERSION_7 | high << 64 | _VARIANT | low))


def natural_id(branch_id: str, kind: str, key: str) -> str:
    """UUIDv5 of what has a natural key: two stations of a branch make the same one."""
    return str(uuid.uuid5(uuid.UUID(branch_id), f"{kind}:{key}"))


def digest_id(digest: bytes) -> str:
    """The UUIDv8 that carries the first 122 bits of `digest` (RFC 9562, 5.8)."""
    raw = bytearray(digest[:16])
    raw[6] = raw[6] & 0x0F | _VERSION_8 << 4
    raw[8] = raw[8] & 0x3F | 0x80
    text = raw.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
