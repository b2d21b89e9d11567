"""Sheets of an Excel file (.xlsx) as rows of text, after a look at what it would unpack to.

A file of 100 kB may unpack to gigabytes, and one that is refused only while it unpacks has cost
the time already (measured.md 11). So the declared sizes come first, then one quick pass over the
parts as bytes: rows and cells are counted, and a document type, through which XML can blow itself
up, is refused. Only then openpyxl reads it. Formulas stay the text that somebody typed.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from typing import Any

from perpudesk.core.errors import FileError, Problem
from perpudesk.importing.delimited import LOOKED_THROUGH, TOP, IsHeader

Report = Callable[[int, int], None]

BROKEN = Problem(
    "broken_workbook",
    "{path} cannot be read as an Excel file; it is damaged or incomplete. Open it in a spreadsheet "
    "program, save it again as .xlsx or .csv, and use that file.",
)
NOT_A_WORKBOOK = Problem(
    "not_a_workbook",
    "{path} is a packed file but not an Excel list (.xlsx). Unpack it, or save the list as .xlsx "
    "or .csv.",
)
OPEN_DOCUMENT = Problem(
    "open_document",
    "{path} is a file of LibreOffice (.ods). Open it there, save the list as .xlsx or .csv, and "
    "use that file.",
)
LOCKED = Problem(
    "locked_workbook",
    "{path} is protected by a password or is an old Excel file (.xls). Save it as .xlsx without a "
    "password, or as .csv.",
)
BOMB = Problem(
    "workbook_too_large",
    "{path} would unpack to far more than a list can hold, so it was not opened. Export the list "
    "again, in parts if it is very long.",
)

MOST_PARTS = 2_000
MOST_UNPACKED = 600_000_000
MOST_SHEET = 400_000_000
MOST_STRINGS = 64_000_000
MOST_OTHER = 16_000_000
MOST_RATIO = 300
"""What a list of 100,000 equal rows packs to is about 60 to 1; the most that can be is 1,030."""
RATIO_FROM = 1_000_000
MOST_COLUMNS = 64
MOST_ANYWHERE = 500_000
"""Rows that a sheet may have if it is only looked at."""
MOST_CELLS = 2_000
"""In a row; more could only be meant to fill the memory."""

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_STRINGS = "xl/sharedstrings.xml"
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_CHUNK = 1 << 20
_LONGEST_TAG_NAME = 64
_EXACT_DIGITS = 15
_HALF_SECOND = timedelta(milliseconds=500)
_LAST = datetime.max - _HALF_SECOND  # noqa: DTZ901 - cells have no zone
_SECOND = time(second=1)
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]{1,3})([0-9]{1,7}):\1([0-9]{1,7})"')
_DATE = re.compile(r"(?:[A-Za-z']+, *)?[0-9]{1,4}[-/. ]\w+[-/. ]+[0-9]{2,4}")
Merge = tuple[str, int, int]
"""A column and the rows, first and last, over which one cell of it goes."""
_TIME_SHOWN = re.compile("[hs]", re.IGNORECASE)
_AS_IT_IS = re.compile(r'"[^"]*"|[\\_].|\[[^\]]*\]')
"""What of a cell's format is text, a gap, a colour or a language."""
_CONTROL = re.compile(r"_x00[01][0-9A-F]_", re.IGNORECASE)
"""How a line break or another control character may stand in the XML."""


def read_rows(
    data: bytes,
    path: str,
    is_header: IsHeader,
    most: int,
    report: Report,
    *,
    columns: int = MOST_COLUMNS,
) -> tuple[list[list[str]] | None, list[str]]:
    """The rows of the first sheet with a header, and the titles of other sheets that have one.

    At most `most` + 1 rows and `columns` columns; None if no sheet has a header. Raises
    `FileError` for a file that is no workbook, is damaged, or would unpack to too much.
    """
    expected, merges = _inspect(data, path, most)
    with _book(data, path) as book:
        lists = [sheet for sheet in book.worksheets if _has_header(sheet, path, is_header, columns)]
        rows = _all_rows(lists[0], path, most, expected, report, columns=columns) if lists else None
        if rows is not None:
            _fill_down(rows, merges.get(_part_of(lists[0]), ()))
        return rows, [sheet.title for sheet in lists[1:]]


def top_tables(data: bytes, path: str) -> list[list[list[str]]]:
    """The first rows of each sheet, as wide as they are. Raises `FileError` as `read_rows` does."""
    _inspect(data, path, MOST_ANYWHERE)
    with _book(data, path) as book:
        return [list(_rows(sheet, path, TOP, MOST_CELLS)) for sheet in book.worksheets]


@contextmanager
def _book(data: bytes, path: str) -> Iterator[Any]:
    """An inspected workbook, opened for one pass."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions, of which nothing is used
        with _explained(path):
            from openpyxl import load_workbook

            book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        try:
            yield book
        finally:
            book.close()


def _all_rows(
    sheet: Any, path: str, most: int, expected: int, report: Report, *, columns: int
) -> list[list[str]]:
    rows: list[list[str]] = []
    for row in _rows(sheet, path, most + 1, columns):
        rows.append(row)
        if len(rows) % 1_000 == 0:
            report(len(rows), max(expected, len(rows)))
    return rows


def _part_of(sheet: Any) -> str:
    """The part of the package that a sheet is."""
    return str(getattr(sheet, "_worksheet_path", "")).casefold().lstrip("/")


def _fill_down(rows: list[list[str]], merges: Iterable[Merge]) -> None:
    """A date that was merged over several rows stands for each of them; nothing else is copied.

    A count over several rows would be counted in each.
    """
    for column, first, last in merges:
        at, top = _place(column), rows[first - 1] if first <= len(rows) else []
        said = top[at] if at < len(top) else ""
        if _DATE.match(said) is None:
            continue
        for row in rows[first : min(last, len(rows))]:
            if any(row) and not (row[at] if at < len(row) else ""):
                row.extend([""] * (at + 1 - len(row)))
                row[at] = said


def _place(letters: str) -> int:
    at = 0
    for each in letters:
        at = at * 26 + ord(each) - ord("A") + 1
    return at - 1


def first_words(data: bytes, path: str) -> list[str]:
    """The first row that holds something, for a sentence about a file that was not recognised."""
    found: list[str] = []

    def keep(row: Sequence[str]) -> bool:
        if not found and any(map(str.strip, row)):
            found.extend(row)
        return False

    read_rows(data, path, keep, LOOKED_THROUGH, lambda _done, _of: None)
    return found


@contextmanager
def _explained(path: str) -> Iterator[None]:
    """Whatever zipfile or openpyxl stumbles over in a damaged file, as one sentence."""
    try:
        yield
    except FileError:
        raise
    except Exception as error:
        raise FileError(BROKEN, path=path) from error


def _has_header(sheet: Any, path: str, is_header: IsHeader, columns: int) -> bool:
    return any(map(is_header, _rows(sheet, path, LOOKED_THROUGH, columns)))


def _rows(sheet: Any, path: str, most: int, columns: int) -> Iterator[list[str]]:
    """The rows of a sheet from the first; a sheet that says it is wider is cut off."""
    rows = sheet.iter_rows(max_row=most, max_col=columns)
    while True:
        with _explained(path):
            row = next(rows, None)
        if row is None:
            return
        texts = [_text(cell) for cell in row]
        while texts and not texts[-1]:
            texts.pop()
        yield texts


def _text(cell: Any) -> str:
    """A cell as a person sees it; a number too long for Excel as Excel would show it."""
    match value := cell.value:
        case None:
            return ""
        case str():
            return _CONTROL.sub(" ", value) if "_x00" in value else value
        case bool():
            return str(value).upper()
        case datetime():
            return _moment(value, cell.number_format)
        case float():
            return _number(value)
    return str(getattr(value, "text", value))  # a formula over several cells has a text


def _moment(value: datetime, shown: str | None) -> str:
    """A date and time; a day alone where the cell shows no time and holds none."""
    rounded = min(value, _LAST) + _HALF_SECOND
    if rounded.time() < _SECOND and not _TIME_SHOWN.search(_AS_IT_IS.sub("", shown or "")):
        return f"{rounded:%Y-%m-%d}"
    return f"{rounded:%Y-%m-%d %H:%M:%S}"


def _number(value: float) -> str:
    if not value.is_integer():
        said = f"{value:.{_EXACT_DIGITS}g}"
        return f"{said}0" if said[-4:-3] == "." else said  # three decimals are no thousands
    return f"{value:.5E}" if abs(value) >= 10**_EXACT_DIGITS else str(int(value))


def _inspect(data: bytes, path: str, most: int) -> tuple[int, dict[str, list[Merge]]]:
    """Refuse what must not be unpacked; the rows of the largest sheet, and merges by part."""
    merges: dict[str, list[Merge]] = {}
    with _explained(path), zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = package.infolist()
        _check_sizes(parts, path)
        names = {part.filename.casefold() for part in parts}
        if "xl/workbook.xml" not in names:
            raise FileError(OPEN_DOCUMENT if "content.xml" in names else NOT_A_WORKBOOK, path=path)
        rows = 0
        for part in filter(_is_xml, parts):
            found = merges.setdefault(part.filename.casefold(), [])
            rows = max(rows, _count_rows(package, part, path, most, found))
        return rows, merges


def _is_xml(part: zipfile.ZipInfo) -> bool:
    return part.filename.casefold().endswith((".xml", ".rels", ".vml"))


def _check_sizes(parts: Sequence[zipfile.ZipInfo], path: str) -> None:
    """By what the file declares of itself; Python unpacks no more of a part than was declared."""
    if any(part.flag_bits & 1 for part in parts):
        raise FileError(LOCKED, path=path)
    small = all(
        part.file_size <= min(_most(part), max(RATIO_FROM, part.compress_size * MOST_RATIO))
        for part in parts
    )
    if not small or len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > MOST_UNPACKED:
        raise FileError(BOMB, path=path)


def _most(part: zipfile.ZipInfo) -> int:
    """What a part may declare; sheets are read row by row, the others stay in memory."""
    if _SHEET.fullmatch(part.filename):
        return MOST_SHEET
    return MOST_STRINGS if part.filename.casefold() == _STRINGS else MOST_OTHER


def _count_rows(
    package: zipfile.ZipFile, part: zipfile.ZipInfo, path: str, most: int, merges: list[Merge]
) -> int:
    """The rows of a part, which may be no sheet; one pass over its bytes.

    Kept of it are only the `merges` of a column over rows.
    """
    rows = cells = 0
    rest = b""
    with package.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            seen = rest + chunk
            cut = seen.rfind(b"<", max(0, len(seen) - _LONGEST_TAG_NAME))
            whole, rest = (seen, b"") if cut < 0 else (seen[:cut], seen[cut:])
            if b"\0" in whole or b"<!DOCTYPE" in whole or b"<!ENTITY" in whole:
                raise FileError(BROKEN, path=path)
            if b"mergeCell " in whole and len(merges) < MOST_CELLS:
                found = _MERGE.findall(whole)
                merges += [(col.decode(), int(a), int(b)) for col, a, b in found]
            for at, piece in enumerate(_ROW.split(whole)):
                rows += at > 0
                cells = (cells if at == 0 else 0) + piece.count(b"<c") + piece.count(b":c ")
                if cells > MOST_CELLS or rows > most + LOOKED_THROUGH:
                    raise FileError(BOMB, path=path)
    return rows
