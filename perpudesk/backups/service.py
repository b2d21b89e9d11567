"""Make copies of the records, keep as many as are wanted, and know how old the newest is."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import BinaryIO

from perpudesk.attachments.service import FOLDER
from perpudesk.backups import sealing
from perpudesk.backups import store as rows
from perpudesk.backups.model import (
    COPY_FAILED,
    EVERY,
    NO_KEY_YET,
    NO_ROOM,
    PLAIN,
    Age,
    Copy,
    Facts,
    Standing,
    Why,
    age_of,
    moment_in,
    name_of,
    to_drop,
)
from perpudesk.core.errors import RuleError, StorageError
from perpudesk.core.files import plain_files, replacing, sync_folder
from perpudesk.core.formats import number
from perpudesk.core.reasons import reason_of
from perpudesk.core.times import parse_utc
from perpudesk.db.backup import COPY_FAILED as NOT_COPIED
from perpudesk.db.backup import copy_store, file_digest
from perpudesk.db.connection import Store
from perpudesk.db.erased import NAME as ERASED

_MEGA = 1_000_000
_SPARE = 1.2
"""A copy asks for so much of the store's own size."""


class BackupService:
    """The use cases of copies; they are made while the desk goes on."""

    def __init__(self, store: Store) -> None:
        """Copy `store`."""
        self._store = store

    @property
    def folder(self) -> Path:
        """Where the records are."""
        return self._store.folder

    @property
    def zone(self) -> tzinfo:
        """The branch's own time."""
        return self._store.author.zone

    def today(self) -> date:
        """The day on the branch's own calendar."""
        return self._store.today()

    @property
    def own_folder(self) -> Path:
        """Where copies go that nobody put elsewhere: beside the records."""
        return self._store.folder / "backups"

    def standing(self) -> Standing:
        """When the last copies were made; what counts is the one away from this computer.

        A computer that dies takes the copies on it along. Where none is away yet, it counts since
        the branch was set up.
        """
        with self._store.reading() as db:
            place = rows.away(db) or ""
            here, away = rows.noted(db, str(self.own_folder)), rows.noted(db, place)
            began = rows.began(db)
        since = away[0] if away else began
        now = self._store.clock.now()
        return Standing(
            here=parse_utc(here[0]) if here else None,
            away=parse_utc(away[0]) if away else None,
            place=place,
            age=Age.GOOD if since is None else age_of(parse_utc(since), now),
        )

    def changed_since(self, folder: Path | None = None) -> bool:
        """Whether anything was recorded since the last copy in that folder."""
        place = folder or self.own_folder
        with self._store.reading() as db:
            noted, newest = rows.noted(db, str(place)), rows.newest_seq(db)
        return noted is None or noted[1] != newest or not self.copies(place)

    def due(self, folder: Path | None = None) -> bool:
        """Whether a copy there is to be made: something changed, and half an hour passed."""
        if not self.changed_since(folder):
            return False
        with self._store.reading() as db:
            noted = rows.noted(db, str(folder or self.own_folder))
        return noted is None or abs(self._store.clock.now() - parse_utc(noted[0])) >= EVERY

    def copies(self, folder: Path | None = None) -> list[Copy]:
        """The copies in a folder, the newest first; none where the folder is not there."""
        found = []
        with suppress(OSError):  # a stick that was pulled has none
            for path in (folder or self.own_folder).iterdir():
                moment = moment_in(path.name)
                if moment is not None and path.is_file():
                    found.append(Copy(path=path, made_at=moment, size=path.stat().st_size))
        return sorted(found, key=lambda each: each.made_at, reverse=True)

    def facts_here(self) -> Facts:
        """What is in the records now."""
        return rows.facts_here(self._store)

    def changed_after(self, copy: Facts) -> Mapping[str, int]:
        """How many records of each kind were made or changed after the copy was."""
        if copy.seq is None or copy.branch_id != self.facts_here().branch_id:
            return {}
        with self._store.reading() as db:
            return rows.changed_after(db, copy.seq)

    # ---------------------------------------------------------------- the recovery key

    def public_key(self) -> bytes | None:
        """What copies are sealed with; None before there is a recovery sheet."""
        with self._store.reading() as db:
            kept = rows.public(db)
        return None if kept is None else bytes.fromhex(kept)

    def take_key(self, key: bytes) -> None:
        """Seal copies for this recovery key from now on; only its public half is kept."""
        with self._store.writing() as db:
            rows.set_public(db, sealing.public_of(key).hex())

    @staticmethod
    def new_key() -> bytes:
        """A recovery key, kept nowhere: whoever asks prints it."""
        return os.urandom(32)

    def is_key(self, key: bytes) -> bool:
        """Whether copies are sealed for this key."""
        return self.public_key() == sealing.public_of(key)

    # ---------------------------------------------------------------- copies

    def make(
        self, folder: Path | None = None, *, why: Why = Why.AUTO, sealed: bool = False
    ) -> Copy:
        """A copy of everything in a folder, read back and tested; old automatic ones then go.

        With `sealed` only the recovery key opens it. Raises `RuleError` where there is none, and
        `StorageError` where the copy was not finished: then what was there before is whole.
        """
        target = folder or self.own_folder
        public = self.public_key()
        if sealed and public is None:
            raise RuleError(NO_KEY_YET)
        moment = self._store.clock.now()
        path = place_for(target, moment, why, sealed=sealed)
        with self._store.reading() as db:
            seq = rows.newest_seq(db)
        try:
            target.mkdir(parents=True, exist_ok=True)
            volume = target.stat().st_dev
            self._refuse_full(target)
            if sealed and public is not None:
                self._seal(path, public)
            else:
                copy_store(self._store, path)
                rows.test_opening(path)
            self._copy_files(target, public if sealed else None)
            self._copy_erased(target)
            self._refuse_gone(target, volume)
        except OSError as error:
            raise StorageError(COPY_FAILED, folder=str(target), reason=reason_of(error)) from error
        except StorageError as error:
            if error.problem is not NOT_COPIED:
                raise
            reason = error.params["reason"]
            raise StorageError(COPY_FAILED, folder=str(target), reason=reason) from error
        with self._store.writing(told=False) as db:
            away = target != self.own_folder
            rows.note(db, str(target), at=self._store.now(), seq=seq, away=away)
        self._drop_old(target, path)
        return Copy(path=path, made_at=moment, size=path.stat().st_size)

    def _refuse_full(self, folder: Path) -> None:
        need = self._store.path.stat().st_size * _SPARE
        free = shutil.disk_usage(folder).free
        if free < need:
            raise StorageError(
                NO_ROOM,
                folder=str(folder),
                free=number(free // _MEGA),
                need=number(int(need) // _MEGA + 1),
            )

    @staticmethod
    def _refuse_gone(folder: Path, volume: int) -> None:
        """Where a stick was pulled, its folder may be one of the system's disk (measured.md 8)."""
        if folder.stat().st_dev != volume:
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV), str(folder))

    def _seal(self, path: Path, public: bytes) -> None:
        """Copy, test and seal; then the sealed file is compared with what was to be written."""
        facts = self.facts_here()
        with _working(self._store.folder) as folder:
            plain = folder / f"copy{PLAIN}"
            digest = copy_store(self._store, plain)
            rows.test_opening(plain)
            header = {
                "branch": facts.branch,
                "branch_id": facts.branch_id,
                "until": facts.until,
                "made_at": facts.made_at,
                "counts": dict(facts.counts),
                "seq": facts.seq,
                "public": public.hex(),
                "sha256": digest,
            }
            self._write_sealed(plain, path, header, public)

    @staticmethod
    def _write_sealed(plain: Path, path: Path, header: Mapping[str, object], public: bytes) -> None:
        part = path.with_name(f"{path.name}.part")
        try:
            with part.open("wb") as stream:
                hashed = _Hashed(stream)
                sealing.seal(plain, hashed, header, public)
                stream.flush()
                os.fsync(stream.fileno())
            if file_digest(part) != hashed.digest.hexdigest():
                raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
            part.replace(path)
            digest = path.with_name(f"{path.name}.sha256")
            digest.write_text(f"{hashed.digest.hexdigest()}  {path.name}\n", "utf-8")
            sync_folder(path.parent)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)

    def _copy_files(self, folder: Path, public: bytes | None) -> None:
        """What is attached to records, each once under its digest: files never change."""
        source, target = self._store.folder / FOLDER, folder / FOLDER
        for each in plain_files(source):
            target.mkdir(exist_ok=True)
            ending = "" if public is None else ".sealed"
            kept = target / f"{each.name}{ending}"
            if kept.exists():
                continue
            if public is None:
                part = kept.with_name(f"{kept.name}.part")
                shutil.copyfile(each, part)
                part.replace(kept)
            else:
                self._write_sealed(each, kept, {"name": each.name, "public": public.hex()}, public)

    def _copy_erased(self, folder: Path) -> None:
        """Whose names were erased goes along, as ids: no older copy brings them back."""
        known = self.own_folder / ERASED
        if folder != self.own_folder and known.is_file():
            with replacing(folder / ERASED) as stream:
                stream.write(known.read_bytes())

    def _drop_old(self, folder: Path, made: Path) -> None:
        """By the clock of now `made` may be older than others: it stays all the same."""
        for each in to_drop(self.copies(folder)):
            if each.path == made:
                continue
            for path in (each.path, each.path.with_name(f"{each.path.name}.sha256")):
                with suppress(OSError):  # one that cannot go now goes next time
                    path.unlink(missing_ok=True)


class _Hashed:
    """Writes into a stream and knows the SHA-256 of what it wrote."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.digest = hashlib.sha256()

    def write(self, data: bytes) -> None:
        self.digest.update(data)
        self._stream.write(data)


@contextmanager
def _working(folder: Path) -> Iterator[Path]:
    """A folder beside the records for what is in the clear only for a moment."""
    with tempfile.TemporaryDirectory(prefix=".copy-", dir=folder) as name:
        yield Path(name)


def place_for(folder: Path, moment: datetime, why: Why, *, sealed: bool) -> Path:
    """Where a copy of that moment goes: never in the place of another one."""
    while (path := folder / name_of(moment, why, sealed=sealed)).exists():
        moment += timedelta(milliseconds=1)
    return path


def stored_digest(path: Path) -> str | None:
    """The digest that stands beside a copy, if there is one."""
    try:
        told = path.with_name(f"{path.name}.sha256").read_text("utf-8").split()
    except (OSError, UnicodeDecodeError):
        return None
    return told[0] if told and len(told[0]) == len(hashlib.sha256().hexdigest()) else None
