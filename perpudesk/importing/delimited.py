"""Text with separators (CSV) as rows, however a program or a person has saved it."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import islice

from perpudesk.core.errors import FileError, Problem

Row = Sequence[str]
IsHeader = Callable[[Row], bool]

SEPARATORS = (",", ";", "\t")
LOOKED_THROUGH = 40
"""The header stands within so many rows."""
TOP = 240
"""What the columns hold shows itself within so many."""

UNCLOSED = Problem(
    "unclosed_quote",
    "In {path} a quotation mark in row {row} is never closed, so the rows below it cannot be told "
    "apart. Delete the mark in that row and save again.",
)
TOO_WIDE = Problem(
    "cell_too_wide",
    "In {path} a cell in row {row} is longer than any cell can be. Look for a quotation mark that "
    "is never closed in that row, delete it and save again.",
)

ROW_TOO_LONG = Problem(
    "row_too_long",
    "In {path} row {row} is longer than any row of a list. Its line breaks may be lost: export the "
    "list again.",
)
MOST_CELLS = 2_000
"""In a row; more could only be meant to fill the memory."""
MOST_LINE = 1 << 18
"""Six cells as full as Excel lets them be; the header stands within as many characters."""

_UTF_16 = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_ESCAPED_QUOTE = re.compile(r"""\\'|\\"[^,;\t\r\n"]|\\""(?=[,;\t\r\n]|\Z)""")
"""A backslash and a quote after which neither the cell ends nor, being doubled, goes on."""
_ESCAPES = re.compile(r"""\\(r\\n|[nr'"\\])""")
_ESCAPED = {"'": "'", '"': '""', "\\": "\\"}
_END = ["\0", "\0"]


def read_rows(data: bytes, path: str, is_header: IsHeader, most: int) -> list[list[str]] | None:
    """The rows of a text file, at most `most` + 1; None if no separator makes a header of a row.

    Raises `FileError` where a quotation mark has swallowed the rest.
    """
    text = decoded(data)
    beginning = unescaped(text[:MOST_LINE])
    for separator in SEPARATORS:
        if any(map(is_header, _top(beginning, separator))):
            return _whole(text, separator, path, most + 1)
    return None


def top_tables(data: bytes, *, whole: bool) -> list[list[list[str]]]:
    """The first rows by each separator; where the text was cut off, without its last line."""
    text = unescaped(decoded(data if whole else data[: data.rfind(b"\n") + 1] or data))
    return [_top(text, separator, TOP) for separator in SEPARATORS]


def first_words(data: bytes) -> list[str]:
    """The first row that holds something, for a sentence about a file that was not recognised."""
    text = decoded(data)[:MOST_LINE]
    rows = _top(text, SEPARATORS[0]) or [text.split("\n", maxsplit=1)[:1]]
    return next((row for row in rows if any(map(str.strip, row))), [])


def _top(text: str, separator: str, most: int = LOOKED_THROUGH) -> list[list[str]]:
    """The rows among which a header is looked for, up to the first that cannot be read."""
    rows: list[list[str]] = []
    with suppress(csv.Error):
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        rows.extend(islice(lines, most))
    return rows


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or Windows-1252, also of one that was pasted together.

    Byte order marks go wherever they stand, and so do NUL characters.
    """
    for mark, encoding in _UTF_16:
        if data.startswith(mark):
            return _clean(data.decode(encoding, "replace"))
    if guessed := _utf_16_without_mark(data):
        return _clean(data.decode(guessed, "replace"))
    try:
        return _clean(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _clean("".join(map(_line, data.splitlines(keepends=True))))


def _utf_16_without_mark(data: bytes) -> str | None:
    """UTF-16 shows itself by every other byte of plain letters being 0."""
    sample = data[:2_000]
    half = len(sample) // 2
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if half and sample[offset::2].count(0) > half * 0.7 > sample[1 - offset :: 2].count(0):
            return encoding
    return None


def _line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def _clean(text: str) -> str:
    return text.replace("\ufeff", "").replace("\0", "")


def unescaped(text: str) -> str:
    r"""`text` without the backslashes that SLiMS puts before quotes, if this file has them.

    A backslash and n or r, which stood for a new line, becomes a blank.
    """
    return _plain(text) if _ESCAPED_QUOTE.search(text) else text


def _plain(text: str) -> str:
    return _ESCAPES.sub(lambda found: _ESCAPED.get(found[1], " "), text)


def _whole(text: str, separator: str, path: str, most: int) -> list[list[str]]:
    """The first `most` rows, once it is sure that the last ends: our own line must stand alone."""
    rows: list[list[str]] = []
    escaped = _ESCAPED_QUOTE.search(text) is not None

    def lines() -> Iterator[str]:
        for found in _LINE.finditer(text):  # StringIO would hold the text once more, at four bytes
            line = found[0]
            if len(line) > MOST_LINE:
                raise FileError(ROW_TOO_LONG, path=path, row=len(rows) + 1)
            yield _plain(line) if escaped else line
        yield separator.join(_END)

    try:
        for row in islice(csv.reader(lines(), delimiter=separator), most + 1):
            rows.append(row)
            if len(row) > MOST_CELLS:
                raise FileError(ROW_TOO_LONG, path=path, row=len(rows))
    except csv.Error as error:
        raise FileError(TOO_WIDE, path=path, row=len(rows) + 1) from error
    if rows[-1] == _END:
        rows.pop()
    elif rows[-1] and rows[-1][-1].endswith(_END[-1]):
        raise FileError(UNCLOSED, path=path, row=len(rows))
    return rows[:most]
