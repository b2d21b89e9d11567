"""Put a copy in the place of the records: what stood there is kept first.

Nothing has the folder open meanwhile but whoever restores, who holds its `Guard`.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from perpudesk.attachments.service import FOLDER
from perpudesk.backups import sealing
from perpudesk.backups import store as rows
from perpudesk.backups.model import (
    COPY_BROKEN,
    COPY_FAILED,
    COPY_UNREADABLE,
    KEY_NEEDED,
    NOT_A_COPY,
    OTHER_BRANCH,
    PLAIN,
    RECORDS_THEMSELVES,
    SEALED,
    Facts,
    Why,
    moment_in,
)
from perpudesk.backups.service import place_for, stored_digest
from perpudesk.core.errors import FileError, RuleError, StorageError
from perpudesk.core.files import plain_files, sync_folder
from perpudesk.core.reasons import reason_of
from perpudesk.core.times import Clock, utc_text
from perpudesk.db.backup import COPY_FAILED as NOT_COPIED
from perpudesk.db.backup import copy_store, file_digest
from perpudesk.db.connection import Store
from perpudesk.db.erased import erased_ids, note_erased
from perpudesk.db.guard import FILE_NAME
from perpudesk.db.health import CLEAN_NAME, quick_check

_NEW = f"{FILE_NAME}.new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was put back, and where that is what stood there before (None: nothing stood there)."""

    facts: Facts
    safety: Path | None


def look(path: Path, *, key: bytes | None = None) -> Facts:
    """What is in a copy; of a sealed one without its key only what it says of itself.

    Raises `FileError` for what is no copy, is damaged, was written by a newer program, or was
    sealed for another key.
    """
    if path.suffix == SEALED and key is None:
        with _read(path):
            _check_digest(path)
            header = sealing.header_of(path)
        return Facts(
            branch_id=str(header.get("branch_id", "")),
            branch=str(header.get("branch", "")),
            until=header.get("until"),
            made_at=str(header.get("made_at", "")),
            steps=(),
            counts=header.get("counts", {}),
            seq=header.get("seq"),
        )
    with _opened(path, key) as plain:
        return rows.facts_of(plain, made_at=_made_at(path))


def _made_at(path: Path) -> str:
    moment = moment_in(path.name)
    return "" if moment is None else utc_text(moment)


def _check_digest(path: Path) -> None:
    """Raise `FileError` where a copy is not what was written there, by the digest beside it."""
    if not path.is_file():
        raise FileError(NOT_A_COPY, path=str(path))
    told = stored_digest(path)
    if told is not None and told != file_digest(path):
        raise FileError(COPY_BROKEN, path=str(path))


@contextmanager
def _opened(path: Path, key: bytes | None) -> Iterator[Path]:
    """The copy in the clear, for as long as the block lasts."""
    with _read(path):
        _check_digest(path)
    if path.suffix != SEALED:
        yield path
        return
    if key is None:
        raise FileError(KEY_NEEDED, path=str(path))
    with tempfile.TemporaryDirectory(prefix="perpudesk-") as folder:
        plain = Path(folder, f"copy{PLAIN}")
        with _read(path), plain.open("wb") as stream:
            sealing.unseal(path, stream, key)
        yield plain


@contextmanager
def _read(path: Path) -> Iterator[None]:
    """What cannot be read is told as such: a stick that was pulled, a right that is missing."""
    try:
        yield
    except OSError as error:
        raise FileError(COPY_UNREADABLE, path=str(path), reason=reason_of(error)) from error


def restore(
    folder: Path,
    path: Path,
    *,
    clock: Clock,
    key: bytes | None = None,
    other_branch: bool = False,
) -> Restored:
    """Put the copy in the place of the records of a folder that this process keeps.

    What stood there becomes a safety copy, from which the same way leads back, unless no branch
    was set up there yet. Raises `FileError` as `look` does, `RuleError` for the copy of another
    branch unless that is meant, and `StorageError` where the disk refuses; then the records are as
    they were.
    """
    refuse_records(path, folder)
    with _opened(path, key) as plain:
        facts = rows.facts_of(plain, made_at=_made_at(path))
        ours = here(folder)
        if ours is not None and ours.branch_id not in ("", facts.branch_id) and not other_branch:
            raise RuleError(OTHER_BRANCH, path=str(path), theirs=facts.branch, ours=ours.branch)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            safety = None if ours is not None and _is_new(ours) else _keep(folder, clock)
            _replace(folder, plain)
            _put_files(folder, path.parent / FOLDER, key)
            note_erased(folder, erased_ids(path.parent) - erased_ids(folder / "backups"))
        except OSError as error:
            raise StorageError(COPY_FAILED, folder=str(folder), reason=reason_of(error)) from error
    return Restored(facts=facts, safety=safety)


def _is_new(ours: Facts) -> bool:
    """Whether nothing was ever set up or recorded there: a new computer's first start."""
    return not ours.branch_id and not any(ours.counts.values())


def here(folder: Path) -> Facts | None:
    """What stands in a folder that nobody has open, if it can be read at all."""
    if not (folder / FILE_NAME).is_file():
        return None
    with suppress(FileError), rows.reading_closed(folder) as db:
        return rows.facts_closed(db)
    return None


def lost(folder: Path, copy: Facts) -> Mapping[str, int]:
    """How many records of a folder that nobody has open were made or changed after the copy was."""
    if copy.seq is None or not (folder / FILE_NAME).is_file():
        return {}
    with suppress(FileError), rows.reading_closed(folder) as db:
        if rows.facts_closed(db).branch_id == copy.branch_id:
            return rows.changed_after(db, copy.seq)
    return {}


def refuse_records(path: Path, folder: Path) -> None:
    """Raise `FileError` where `path` is the records of the folder: they are never opened twice."""
    if os.path.realpath(path) == os.path.realpath(folder / FILE_NAME):
        raise FileError(RECORDS_THEMSELVES, path=str(path))


def _keep(folder: Path, clock: Clock) -> Path | None:
    """What stands in the folder as a copy; of a damaged one its files as they are."""
    file = folder / FILE_NAME
    if not file.is_file():
        return None
    target = place_for(folder / "backups", clock.now(), Why.RESTORE, sealed=False)
    target.parent.mkdir(exist_ok=True)
    damaged = target.with_name(f"{target.name}.damaged")
    log, kept = folder / f"{FILE_NAME}-wal", damaged.with_name(f"{damaged.name}-wal")
    try:
        if log.exists():  # SQLite may throw away the log of a file that it cannot read
            shutil.copyfile(log, kept)
        try:
            store = Store(folder, clock=clock)
            try:
                quick_check(store)
                copy_store(store, target)
            finally:
                store.close()
        except StorageError as error:
            if error.problem is NOT_COPIED:
                raise
            # It is kept byte by byte, with the log that may hold its last hours.
            shutil.copyfile(file, damaged)
            return damaged
    except (OSError, StorageError):
        damaged.unlink(missing_ok=True)
        kept.unlink(missing_ok=True)
        raise
    kept.unlink(missing_ok=True)
    return target


def _replace(folder: Path, plain: Path) -> None:
    """Let the copy be the records: whole and on the disk before anything of the old goes."""
    new = folder / _NEW
    try:
        with plain.open("rb") as source, new.open("wb") as stream:
            shutil.copyfileobj(source, stream)
            stream.flush()
            os.fsync(stream.fileno())
        (folder / CLEAN_NAME).unlink(missing_ok=True)  # the next start checks it
        for ending in ("-wal", "-shm"):
            (folder / f"{FILE_NAME}{ending}").unlink(missing_ok=True)
        sync_folder(folder)
        new.replace(folder / FILE_NAME)
        sync_folder(folder)
    finally:
        new.unlink(missing_ok=True)


def _put_files(folder: Path, source: Path, key: bytes | None) -> None:
    """What was attached to records and is not here."""
    target = folder / FOLDER
    for each in plain_files(source):
        target.mkdir(exist_ok=True)
        name = each.name.removesuffix(".sealed")
        if each.suffix in (".part", ".sha256") or (target / name).exists():
            continue
        if each.suffix != ".sealed":
            shutil.copyfile(each, target / name)
        elif key is not None:
            with (target / name).open("wb") as stream:
                sealing.unseal(each, stream, key)
