"""A file that somebody gives us, as rows of text: looked at before it is believed."""

from __future__ import annotations

import errno
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from perpudesk.core.errors import FileError, Problem
from perpudesk.core.formats import number
from perpudesk.core.reasons import reason_of
from perpudesk.importing import delimited, workbook
from perpudesk.importing.delimited import IsHeader
from perpudesk.importing.identity import tidy
from perpudesk.importing.workbook import LOCKED, MOST_COLUMNS, Report

MOST_BYTES = 128_000_000
MOST_ROWS = 500_000
"""Ten years of a busy branch are 360,000 visits."""

EMPTY = Problem("file_empty", "{path} is empty. Export the list again, or choose another file.")
NO_SUCH_FILE = Problem("no_such_file", "There is no file {path}. Check the name and the folder.")
A_FOLDER = Problem("file_is_folder", "{path} is a folder. Choose the file in it.")
NOT_A_FILE = Problem("not_a_file", "{path} is not a file that can be read. Choose another.")
MAY_NOT_READ = Problem(
    "may_not_read", "You may not read {path}. Copy it to your Documents folder and choose the copy."
)
NOT_READ = Problem(
    "file_not_read",
    "{path} could not be read ({reason}). Check the disk or the stick, copy the file to this "
    "computer and try again.",
)
TOO_LARGE = Problem(
    "file_too_large",
    "{path} is larger than {most} MB. Export the list in parts, a few years in each.",
)
TOO_MANY_ROWS = Problem(
    "too_many_rows",
    "{path} has more than {most} rows. Export it in parts, a few years in each; if most rows are "
    "empty, delete them.",
)
A_PICTURE = Problem(
    "file_is_picture",
    "{path} is a picture, whatever its name says. Choose the list itself, saved as .xlsx or .csv.",
)
A_PDF = Problem(
    "file_is_pdf", "{path} is a PDF. Choose the list itself, exported as .xlsx or .csv."
)
A_DATABASE = Problem(
    "file_is_database",
    "{path} is a database, and databases from outside are not opened. Export the list from its own "
    "program as .xlsx or .csv.",
)
PACKED = Problem("file_is_packed", "{path} is a packed file. Unpack it and choose the list in it.")

_ZIP = b"PK"
_KINDS = (
    (rb"\xff\xd8\xff|\x89PNG|GIF8", A_PICTURE),
    (rb"BM.{4}\0{4}|RIFF.{4}WEBP|II\*\0|MM\0\*|.{4}ftyp(hei|avif|mif1)", A_PICTURE),
    (rb"%PDF", A_PDF),
    (rb"SQLite format 3", A_DATABASE),
    (rb"\xd0\xcf\x11\xe0", LOCKED),
    (rb"\x1f\x8b|Rar!|7z\xbc\xaf", PACKED),
)
"""What a file is by its first bytes, where that is no list."""
_ERRORS = {
    errno.ENOENT: NO_SUCH_FILE,
    errno.ENOTDIR: NO_SUCH_FILE,
    errno.EACCES: MAY_NOT_READ,
    errno.EPERM: MAY_NOT_READ,
}
_MEGA = 1_000_000
_BEGINNING = 1 << 18
"""So many bytes of a text tell what it is."""
_SHOWN = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A file as it was at one moment: its name, its bytes and their SHA-256."""

    path: Path
    data: bytes
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows of a file, and the titles of further sheets with the same header."""

    rows: Sequence[Sequence[str]]
    other_sheets: Sequence[str] = ()


def take(path: Path) -> Given:
    """The bytes of a file; raises `FileError` for what is none, is too large or cannot be read."""
    data = _bytes(path, MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise FileError(TOO_LARGE, path=str(path), most=MOST_BYTES // _MEGA)
    return Given(path=path, data=data, digest=sha256(data).hexdigest())


def _bytes(path: Path, most: int) -> bytes:
    """The first `most` bytes of a file that holds some."""
    try:
        if path.is_dir():
            raise FileError(A_FOLDER, path=str(path))
        if path.exists() and not path.is_file():
            raise FileError(NOT_A_FILE, path=str(path))
        with path.open("rb") as stream:
            data = stream.read(most)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        problem = _ERRORS.get(getattr(error, "errno", 0) or 0, NOT_READ)
        raise FileError(problem, path=str(path), reason=reason_of(error)) from error
    if not data.strip(b"\0\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise FileError(EMPTY, path=str(path))
    return data


def top_tables(path: Path) -> list[list[list[str]]]:
    """The first rows of a file as it may be read: of each sheet, or by each separator.

    Of text no more is read than the first rows need. Raises `FileError` as `take` does, and for
    what is no list.
    """
    data = _bytes(path, _BEGINNING)
    _refuse_other_kinds(data, str(path))
    if data.startswith(_ZIP):
        return workbook.top_tables(take(path).data, str(path))
    return delimited.top_tables(data, whole=len(data) < _BEGINNING)


def _refuse_other_kinds(data: bytes, path: str) -> None:
    problem = next((found for mark, found in _KINDS if re.match(mark, data, re.DOTALL)), None)
    if problem is not None:
        raise FileError(problem, path=path)


def read_table(
    given: Given, is_header: IsHeader, report: Report, *, columns: int = MOST_COLUMNS
) -> Table | None:
    """The rows of a file with the header among the first 40; None if there is none.

    Of a sheet no more than `columns` are read.

    The kind of file is told by its bytes, never by its name. Raises `FileError` for what is no
    list, is damaged or holds too much.
    """
    data, path = given.data, str(given.path)
    _refuse_other_kinds(data, path)
    rows: Sequence[Sequence[str]] | None
    others: Sequence[str] = ()
    if data.startswith(_ZIP):
        rows, others = workbook.read_rows(data, path, is_header, MOST_ROWS, report, columns=columns)
    else:
        rows = delimited.read_rows(data, path, is_header, MOST_ROWS)
    if rows is None:
        return None
    if len(rows) > MOST_ROWS:
        raise FileError(TOO_MANY_ROWS, path=path, most=number(MOST_ROWS))
    return Table(rows=rows, other_sheets=others)


def first_words(given: Given) -> str:
    """How a file begins, for the sentence that says it was not recognised."""
    data = given.data
    packed = data.startswith(_ZIP)
    row = workbook.first_words(data, str(given.path)) if packed else delimited.first_words(data)
    words = ", ".join(cell for cell in map(tidy, row) if cell)
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
