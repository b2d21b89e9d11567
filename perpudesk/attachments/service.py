"""Attach photos and documents to records."""

from __future__ import annotations

import hashlib
from pathlib import Path

from perpudesk.attachments import store as rows
from perpudesk.attachments.model import (
    FILE_UNREADABLE,
    NAME_MOST,
    NO_ATTACHMENT,
    PHOTO_TYPE,
    PHOTOS,
    Attachment,
    document_type,
    refuse_kind,
    refuse_size,
    suffix_of,
)
from perpudesk.attachments.photos import kept_photo
from perpudesk.core.errors import FileError, RuleError
from perpudesk.core.files import replacing
from perpudesk.core.reasons import reason_of
from perpudesk.core.topics import Notify, Topic
from perpudesk.db.connection import Store

FOLDER = "attachments"


class AttachmentService:
    """The use cases of attachments; each is one transaction.

    A file is on the disk before the record says so, under the digest of its bytes: the same file
    twice is kept once, and one that a power cut left without a record is found again by the next.
    What is removed leaves its file, so that it can be undone.
    """

    def __init__(self, store: Store, notify: Notify) -> None:
        """Serve the attachments of `store`, in its folder."""
        self._store = store
        self._notify = notify

    def of(self, record_id: str) -> list[Attachment]:
        """What is attached to a record, in the order it came."""
        with self._store.reading() as db:
            return rows.of(db, record_id)

    def path(self, attachment: Attachment) -> Path:
        """Where its file is."""
        return self._store.folder / FOLDER / attachment.stored_as

    def data(self, attachment: Attachment) -> bytes:
        """The bytes of its file; raises `FileError` where it is not there or cannot be read."""
        return _bytes(self.path(attachment), attachment.file_name)

    def add(self, record_kind: str, record_id: str, path: Path) -> Attachment:
        """Copy a file into the data folder and attach it; raises `FileError`, and keeps nothing.

        Its size is looked at before it is read. A photo is kept upright, scaled down, without
        what else is in its file.
        """
        name, suffix = path.name, path.suffix.casefold()
        refuse_kind(name, suffix)
        refuse_size(name, suffix, _size(path))
        data = _bytes(path, name)
        if suffix in PHOTOS:
            kind, kept = PHOTO_TYPE, kept_photo(data, name)
        else:
            kind, kept = document_type(name, suffix, data), data
        digest = hashlib.sha256(kept).hexdigest()
        self._put(digest + suffix_of(kind), kept)
        with self._store.writing() as db:
            added = rows.add(
                self._store,
                db,
                {
                    "record_kind": record_kind,
                    "record_id": record_id,
                    "file_name": name[-NAME_MOST:],
                    "media_type": kind,
                    "digest": digest,
                    "size": len(kept),
                },
            )
        self._notify(Topic.ACTIVITIES)
        return self.get(added)

    def get(self, attachment_id: str) -> Attachment:
        """The attachment with that id; raises `RuleError` where there is none any more."""
        with self._store.reading() as db:
            found = rows.get(db, attachment_id)
        if found is None:
            raise RuleError(NO_ATTACHMENT)
        return found

    def remove(self, attachment_id: str) -> None:
        """It is attached no more; it can be undone."""
        self.get(attachment_id)
        with self._store.writing() as db:
            rows.remove(self._store, db, attachment_id)
        self._notify(Topic.ACTIVITIES)

    def _put(self, name: str, data: bytes) -> None:
        folder = self._store.folder / FOLDER
        folder.mkdir(exist_ok=True)
        place = folder / name
        if not place.exists():
            with replacing(place) as stream:
                stream.write(data)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise FileError(FILE_UNREADABLE, name=path.name, reason=reason_of(error)) from error


def _bytes(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileError(FILE_UNREADABLE, name=name, reason=reason_of(error)) from error
