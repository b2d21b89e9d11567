"""What an update says of itself, and whether this program takes it."""

from __future__ import annotations

import re
from typing import Annotated

import msgspec

from perpudesk.core.errors import FileError, Problem, RuleError

UPDATE_CHANGED = Problem(
    "update_changed",
    "{name} of the update is not what was signed: nothing was changed here. Copy the update to "
    "the stick again.",
)
UPDATE_MISSING = Problem(
    "update_missing",
    "The update is not whole, {name} is missing: nothing was changed here. Copy it to the stick "
    "again.",
)
UPDATE_ADDED = Problem(
    "update_added",
    "The update holds {name}, which was not signed: nothing was changed here. Copy the update to "
    "the stick again.",
)
NOT_AN_UPDATE = Problem(
    "not_an_update",
    "{path} is not an update of PerpuDesk. Give the folder that holds {name}.",
)
DOWNGRADE = Problem(
    "update_older",
    "The update is version {theirs}, and this is the newer {ours}. An older program could not "
    "read the records, so nothing was changed.",
)
ALREADY_HERE = Problem("update_same", "This is version {ours} already. There is nothing to do.")
OTHER_SYSTEM = Problem(
    "update_other_system",
    "The update is for {theirs}, and this computer is {ours}. Take the one for this computer.",
)

MANIFEST, SIGNATURE, PROGRAM = "update.json", "update.sig", "program"
"""The list of the files, who vouches for it, and the folder that holds them."""
PURPOSE = b"PerpuDesk update 1\n"
"""Stands before what is signed: a signature for anything else is none for an update."""
VERSION = r"^(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})$"
_DIGEST = r"^[0-9a-f]{64}$"
_MOST_FILES = 20_000


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file: its bytes, its SHA-256, and whether it is a program."""

    size: Annotated[int, msgspec.Meta(ge=0, le=1 << 32)]
    sha256: Annotated[str, msgspec.Meta(pattern=_DIGEST)]
    executable: bool = False


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is in an update; a stick's file system has no links, so they stand here."""

    version: Annotated[str, msgspec.Meta(pattern=VERSION)]
    system: str
    files: Annotated[dict[str, File], msgspec.Meta(min_length=1, max_length=_MOST_FILES)]
    links: Annotated[dict[str, str], msgspec.Meta(max_length=_MOST_FILES)] = {}

    @property
    def installer(self) -> str:
        """The one file that is started where an update cannot replace a folder; else ""."""
        (first, *others) = self.files
        return first if not others and first.endswith(".exe") and "/" not in first else ""

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files.values())


def signed_bytes(manifest: bytes) -> bytes:
    """What the signature is over."""
    return PURPOSE + manifest


def read_manifest(text: bytes) -> Manifest:
    """The list in the bytes of `update.json`; raises `FileError` where it names a place outside."""
    try:
        found = msgspec.json.decode(text, type=Manifest)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise FileError(UPDATE_CHANGED, name=MANIFEST) from error
    whole = all(map(is_inside, (*found.files, *found.links)))
    if not whole or not all(leads_inside(*link) for link in found.links.items()):
        raise FileError(UPDATE_CHANGED, name=MANIFEST)
    return found


def is_inside(name: str) -> bool:
    """Whether a name is a plain path below the folder, in one way of writing."""
    parts = name.split("/")
    return not re.search(r'[\\:*?"<>|\x00-\x1f]', name) and all(
        part not in ("", ".", "..") for part in parts
    )


def leads_inside(name: str, target: str) -> bool:
    """Whether the link `name` leads to a place below the folder."""
    if target.startswith("/") or "\\" in target:
        return False
    depth = name.count("/")
    for part in target.split("/"):
        depth += -1 if part == ".." else 1
        if depth < 0 or part in ("", "."):
            return False
    return True


def admit(manifest: Manifest, *, version: str, system: str) -> None:
    """Refuse an update that is not newer than `version`, or is for another system."""
    if manifest.system != system:
        raise RuleError(OTHER_SYSTEM, theirs=manifest.system, ours=system)
    theirs, ours = _numbers(manifest.version), _numbers(version)
    if theirs == ours:
        raise RuleError(ALREADY_HERE, ours=version)
    if theirs < ours:
        raise RuleError(DOWNGRADE, theirs=manifest.version, ours=version)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
