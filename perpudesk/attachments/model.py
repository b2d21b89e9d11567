"""Photos and documents of a record, and what may be attached."""

from __future__ import annotations

from dataclasses import dataclass

from perpudesk.core.errors import FileError, Problem
from perpudesk.core.formats import number

FILE_TOO_LARGE = Problem(
    "attachment_too_large",
    "{name} has {size} MB; a photo may have {photo} MB, a document {document} MB. Save a smaller "
    "copy and attach that.",
)
NOT_A_PHOTO = Problem(
    "attachment_no_photo",
    "{name} is not a photo that can be read, although it is called one. Open it elsewhere, save it "
    "anew as JPG and attach that.",
)
NOT_ATTACHABLE = Problem(
    "attachment_kind",
    "{name} is neither a photo (JPG, PNG, WEBP) nor a document (PDF, DOCX, XLSX, ODT). Save it as "
    "one of these.",
)
NOT_A_DOCUMENT = Problem(
    "attachment_no_document",
    "{name} does not hold what its name says. Open it elsewhere, save it anew and attach that.",
)
FILE_EMPTY = Problem("attachment_empty", "{name} is empty. Choose another file.")
FILE_UNREADABLE = Problem(
    "attachment_unreadable",
    "{name} could not be read ({reason}). Check the stick or the folder, then try again.",
)
TOO_WIDE = Problem(
    "attachment_too_wide",
    "{name} has more points than can be read here. Save a smaller copy and attach that.",
)
NO_ATTACHMENT = Problem(
    "no_attachment", "That file is not attached any more. Look at the list again."
)

MEGABYTE = 1024 * 1024
MOST_PHOTO = 30 * MEGABYTE
MOST_DOCUMENT = 10 * MEGABYTE
MOST_PIXELS = 100_000_000
PHOTO_SIDE = 2_000
"""Pixels of the longer side as it is kept: enough for half a printed page (ours)."""
PHOTOS = {".jpg", ".jpeg", ".jpe", ".png", ".webp"}
DOCUMENTS = {
    ".pdf": ("application/pdf", b"%PDF-"),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK"),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
    ".odt": ("application/vnd.oasis.opendocument.text", b"PK"),
}
"""By the end of the name: what it is, and how its bytes begin."""
PHOTO_TYPE = "image/jpeg"
NAME_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A photo or document of a record; `digest` is the SHA-256 of what is kept."""

    id: str
    record_kind: str
    record_id: str
    file_name: str
    media_type: str
    digest: str
    size: int

    @property
    def is_photo(self) -> bool:
        """Whether it can be shown."""
        return self.media_type == PHOTO_TYPE

    @property
    def stored_as(self) -> str:
        """The name of its file in the data folder."""
        return self.digest + suffix_of(self.media_type)


def suffix_of(media_type: str) -> str:
    """How the name of a stored file ends."""
    kinds = {kind: suffix for suffix, (kind, _) in DOCUMENTS.items()}
    return ".jpg" if media_type == PHOTO_TYPE else kinds[media_type]


def refuse_kind(name: str, suffix: str) -> None:
    """Raise `FileError` for a file that is neither a photo nor a document."""
    if suffix not in PHOTOS and suffix not in DOCUMENTS:
        raise FileError(NOT_ATTACHABLE, name=name)


def refuse_size(name: str, suffix: str, size: int) -> None:
    """Raise `FileError` for a file that is empty or too large; asked before it is read."""
    if size == 0:
        raise FileError(FILE_EMPTY, name=name)
    if size > (MOST_PHOTO if suffix in PHOTOS else MOST_DOCUMENT):
        raise FileError(
            FILE_TOO_LARGE,
            name=name,
            size=number(size / MEGABYTE, 1),
            photo=MOST_PHOTO // MEGABYTE,
            document=MOST_DOCUMENT // MEGABYTE,
        )


def document_type(name: str, suffix: str, data: bytes) -> str:
    """What a document is; raises `FileError` where its bytes do not begin like one."""
    kind, begins = DOCUMENTS[suffix]
    if not data.startswith(begins):
        raise FileError(NOT_A_DOCUMENT, name=name)
    return kind
