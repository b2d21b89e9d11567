"""Read an update from a stick: who signed it, that nothing is changed, added or missing."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from perpudesk.core.errors import FileError, Problem, RuleError
from perpudesk.core.paths import resource
from perpudesk.core.reasons import reason_of
from perpudesk.updates.model import (
    MANIFEST,
    NOT_AN_UPDATE,
    PROGRAM,
    SIGNATURE,
    UPDATE_ADDED,
    UPDATE_CHANGED,
    UPDATE_MISSING,
    File,
    Manifest,
    read_manifest,
    signed_bytes,
)

UPDATE_UNREADABLE = Problem(
    "update_unreadable",
    "{path} could not be read ({reason}): nothing was changed here. Check the stick, then try "
    "again.",
)
NO_RELEASE_KEY = Problem(
    "no_release_key",
    "This program was built without a key for updates. Install the new version in its place.",
)
_MOST_MANIFEST = 4 << 20
_CHUNK = 1 << 20
_SIGNATURE_SIZE = 64


def release_key() -> bytes:
    """The public key that ships with the program; `RuleError` where it was built without one."""
    try:
        key = bytes.fromhex(resource("update-key.txt").read_text("ascii"))
    except (OSError, ValueError) as error:
        raise RuleError(NO_RELEASE_KEY) from error
    return key


def look(folder: Path) -> Manifest:
    """What the update in a folder is, once its signature and its list of files are right.

    The bytes of the files are proved while they are copied (`copy`): a stick is read once.
    """
    manifest = _signed(folder)
    there = dict(_files(folder))
    expected = {f"{PROGRAM}/{name}": file.size for name, file in manifest.files.items()}
    for name, size in expected.items():
        if name not in there:
            raise FileError(UPDATE_MISSING, name=name)
        if there[name] != size:
            raise FileError(UPDATE_CHANGED, name=name)
    for name in there:
        if name not in expected and name not in (MANIFEST, SIGNATURE):
            raise FileError(UPDATE_ADDED, name=name)
    return manifest


def _signed(folder: Path) -> Manifest:
    """The list of the files, if it was signed with the release key."""
    from nacl.exceptions import CryptoError
    from nacl.signing import VerifyKey

    key = VerifyKey(release_key())
    if not (folder / MANIFEST).is_file():
        raise FileError(NOT_AN_UPDATE, path=str(folder), name=MANIFEST)
    text = _start_of(folder / MANIFEST, _MOST_MANIFEST)
    if not (folder / SIGNATURE).is_file():
        raise FileError(UPDATE_MISSING, name=SIGNATURE)
    signature = _start_of(folder / SIGNATURE, _SIGNATURE_SIZE)
    try:
        key.verify(signed_bytes(text), signature)
    except (CryptoError, ValueError) as error:
        raise FileError(UPDATE_CHANGED, name=MANIFEST) from error
    return read_manifest(text)


def _start_of(path: Path, most: int) -> bytes:
    """The bytes of a small file; one byte more than `most` where it is larger."""
    try:
        with path.open("rb") as stream:
            return stream.read(most + 1)
    except OSError as error:
        raise FileError(UPDATE_UNREADABLE, path=str(path), reason=reason_of(error)) from error


def _files(folder: Path) -> Iterator[tuple[str, int]]:
    """Everything in the folder that is no folder, with its size; what is no plain file has -1."""

    def refuse(error: OSError) -> None:
        raise FileError(
            UPDATE_UNREADABLE, path=str(error.filename), reason=reason_of(error)
        ) from error

    for place, folders, names in os.walk(folder, onerror=refuse):
        links = [name for name in folders if Path(place, name).is_symlink()]
        for each in (Path(place, name) for name in (*names, *links)):
            plain = each.is_file() and not each.is_symlink()
            yield each.relative_to(folder).as_posix(), each.stat().st_size if plain else -1


def copy(folder: Path, manifest: Manifest, target: Path) -> None:
    """Copy the program to `target`, which is new; each file is what was signed, or it raises."""
    for name, file in manifest.files.items():
        source, place = folder / PROGRAM / name, target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("wb") as stream:
            digest = hashlib.sha256()
            for chunk in _chunks(source, file):
                digest.update(chunk)
                stream.write(chunk)
            stream.flush()
            os.fsync(stream.fileno())
        if digest.hexdigest() != file.sha256:
            raise FileError(UPDATE_CHANGED, name=f"{PROGRAM}/{name}")
        place.chmod(0o755 if file.executable else 0o644)
    for name, leads_to in manifest.links.items():
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(leads_to)


def _chunks(source: Path, file: File) -> Iterator[bytes]:
    """The bytes of a file on the stick, never more than were signed and one chunk."""
    left = file.size
    try:
        with source.open("rb") as stream:
            while left >= 0 and (chunk := stream.read(_CHUNK)):
                left -= len(chunk)
                yield chunk
    except OSError as error:
        raise FileError(UPDATE_UNREADABLE, path=str(source), reason=reason_of(error)) from error
