"""Copies that only the recovery key opens: what lies on a stick tells nothing of anybody.

A file is a line that says what it is, a header in the clear (whose copy, until when, how many
records), a key sealed to the branch's recovery key, and the copy in chunks (libsodium's
secretstream). The header takes part in the first chunk, so no byte of the file can be another
without being noticed, and no end can be missing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from nacl import bindings
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from perpudesk.backups.model import COPY_BROKEN, NOT_A_COPY, WRONG_KEY
from perpudesk.core.errors import FileError

MAGIC = b"PERPUDESK SEALED COPY 1\n"
_CHUNK = 1 << 20
_MOST_HEADER = 1 << 16
_KEY = bindings.crypto_secretstream_xchacha20poly1305_KEYBYTES
_START = bindings.crypto_secretstream_xchacha20poly1305_HEADERBYTES
_MORE = bindings.crypto_secretstream_xchacha20poly1305_ABYTES
_MESSAGE = bindings.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_FINAL = bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL
_SEALED_KEY = _KEY + 48
"""libsodium adds an ephemeral public key and a tag."""


class Sink(Protocol):
    """What bytes are written into."""

    def write(self, data: bytes, /) -> object:
        """Take them."""


def public_of(key: bytes) -> bytes:
    """What is kept on the computer: with it copies are sealed, and none is opened."""
    return bytes(PrivateKey(key).public_key)


def seal(source: Path, stream: Sink, header: Mapping[str, Any], public: bytes) -> None:
    """Write the finished file `source` sealed into `stream`."""
    told = json.dumps(dict(header), ensure_ascii=False, sort_keys=True).encode()
    key = bindings.crypto_secretstream_xchacha20poly1305_keygen()
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    start = bindings.crypto_secretstream_xchacha20poly1305_init_push(state, key)
    head = MAGIC + len(told).to_bytes(4, "big") + told
    stream.write(head + SealedBox(PublicKey(public)).encrypt(key) + start)
    also = head
    with source.open("rb") as file:
        chunk = file.read(_CHUNK)
        while True:
            following = file.read(_CHUNK)
            tag = _MESSAGE if following else _FINAL
            stream.write(
                bindings.crypto_secretstream_xchacha20poly1305_push(state, chunk, also, tag)
            )
            if not following:
                return
            chunk, also = following, b""


def header_of(path: Path) -> dict[str, Any]:
    """What a sealed copy says of itself; raises `FileError` for what is none."""
    with path.open("rb") as stream:
        return _header(stream, path)[0]


def unseal(path: Path, target: BinaryIO, key: bytes) -> None:
    """Write into `target` what a sealed copy holds.

    Raises `FileError`: WRONG_KEY where it was sealed for another key, COPY_BROKEN where any byte is
    not as it was written. What is in `target` then is of no use.
    """
    with path.open("rb") as stream:
        header, head = _header(stream, path)
        sealed, start = stream.read(_SEALED_KEY), stream.read(_START)
        try:
            secret = SealedBox(PrivateKey(key)).decrypt(sealed)
        except (CryptoError, ValueError) as error:
            if header.get("public") == public_of(key).hex() or len(sealed) < _SEALED_KEY:
                raise FileError(COPY_BROKEN, path=str(path)) from error
            branch = str(header.get("branch", ""))
            raise FileError(WRONG_KEY, path=str(path), branch=branch) from error
        try:
            target.writelines(_opened(stream, secret, start, head))
        except (CryptoError, ValueError, RuntimeError) as error:
            raise FileError(COPY_BROKEN, path=str(path)) from error


def _opened(stream: BinaryIO, secret: bytes, start: bytes, head: bytes) -> Iterator[bytes]:
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, start, secret)
    also = head
    tag = _MESSAGE
    while chunk := stream.read(_CHUNK + _MORE):
        if tag == _FINAL:
            raise ValueError("more than was written")
        opened, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(state, chunk, also)
        also = b""
        yield opened
    if tag != _FINAL:
        raise ValueError("cut short")


def _header(stream: BinaryIO, path: Path) -> tuple[dict[str, Any], bytes]:
    """The header, and all bytes up to its end."""
    magic = stream.read(len(MAGIC))
    if magic != MAGIC:
        raise FileError(NOT_A_COPY, path=str(path))
    length = stream.read(4)
    size = int.from_bytes(length, "big")
    told = stream.read(min(size, _MOST_HEADER))
    header = _told(told) if len(told) == size else None
    if header is None:
        raise FileError(COPY_BROKEN, path=str(path))
    return header, magic + length + told


def _told(text: bytes) -> dict[str, Any] | None:
    try:
        header = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return header if isinstance(header, dict) else None
