"""What a row can be that brings nothing, and what is said of a list as a whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from perpudesk.core.errors import Problem
from perpudesk.core.formats import number
from perpudesk.importing.dates import DayOrder
from perpudesk.importing.model import Remark

TWICE = Problem(
    "column_twice",
    "{path} has the column “{column}” twice, so it cannot be told which one counts. Delete one "
    "and save again.",
)
RUN_TOGETHER = Problem(
    "run_together",
    "{n} visits may stand in this one row, and none of them was counted: a quotation mark or a "
    "lost line break has drawn rows together at “{value}”. Mend that in the list and import it "
    "again.",
)
TOO_LONG = Problem("cell_too_long", "The cell begins “{value}” and is longer than any cell can be.")
BLANK = Problem("blank_row", "The row is empty.")
NOTE = Problem("note_row", "A note or a total: “{value}”.")
HEADER = Problem("header_row", "The header once more.")
ZERO = Problem(
    "zero_count", "0 visits: there is nothing to add. Set that day in the calendar of service days."
)
NO_SESSIONS = Problem("no_sessions", "0 sessions: there is nothing to add.")
NOT_COUNTED = Problem("blank_count", "“{column}” is empty: not counted, which is not 0.")
BAD_NUMBER = Problem("no_whole_number", "“{value}” is not a whole number of 0 or more.")
OTHER_MARK = Problem(
    "other_mark",
    "“{value}” parts its number otherwise than the other numbers of the file, so it cannot be told "
    "what it is. Write it without marks.",
)
FORMULA = Problem(
    "formula",
    "“{value}” is a formula, not what it comes to. Copy the column in the spreadsheet, paste it as "
    "values, and save.",
)
TOO_MANY = Problem("too_many_visits", "“{value}” visits in one row are more than {most}.")
PARTS_EXCEED = Problem(
    "parts_exceed_count", "Women and men add up to more than “{value}”, the count of the row."
)

DAY_FIRST_SURE = Problem(
    "day_first_sure", "Dates like {example} are day/month/year, as {proof} can only be."
)
MONTH_FIRST_SURE = Problem(
    "month_first_sure", "Dates like {example} are month/day/year, as {proof} can only be."
)
DAY_FIRST = Problem(
    "day_first",
    "Dates like {example} were taken for day/month/year; nothing in the file proves it. If that is "
    "wrong, write them like 2026-11-23 09:41 first.",
)
MONTH_FIRST = Problem(
    "month_first",
    "Dates like {example} were taken for month/day/year: the other way more of them would lie in "
    "the future, or they say AM and PM. If that is wrong, write them like 2026-11-23 09:41 first.",
)
NO_TIMES = Problem("no_times", "Rows with a day but no time: {n}. They count, but under no hour.")
MANGLED = Problem(
    "mangled_numbers",
    "Rows whose member number a spreadsheet program has shortened, like {example}: {n}. The rows "
    "count; who it was cannot be told.",
)
INSTITUTION_CUT = Problem(
    "institution_cut",
    "Rows whose institution is longer than {most} characters: {n}. The rest of it is not kept.",
)
NOTE_CUT = Problem(
    "note_cut", "Rows whose note is longer than {most} characters: {n}. The rest of it is not kept."
)
THOUSANDS = Problem("thousands", "Numbers like {example} were read as {value}.")
UNCLEAR = Problem(
    "words_unclear",
    "Not understood in the column {column}, and counted as not recorded: {values}.",
)
TOTAL_DIFFERS = Problem(
    "total_differs",
    "The total in row {row} says {said}; the rows above it that can be added come to {sum}.",
)
ONE_EACH = Problem("one_each", "Each row is counted as one visit.")
SUM_DIFFERS = Problem(
    "sum_differs",
    "In row {row} the column {column} says {said}; the months that can be added come to {sum}.",
)
SUM_COLUMN = Problem("sum_column", "Not a month but a sum of them, left out: the column {column}.")
OTHER_ROWS = Problem("other_rows", "Only the row “{row}” was read, not the {n} others.")
YEAR_TAKEN = Problem("year_taken", "Months without a year were taken as those of {year}.")
LOOKS_LIKE_TOTAL = Problem(
    "looks_like_total",
    "Row {row} says {said}, as much as all rows above it together. If it is a total, delete it "
    "and bring the list in again.",
)
PART_DIFFERS = Problem(
    "part_differs",
    "The total in row {row} says {said} in the column {column}; the rows above it come to {sum}.",
)
NOT_USED = Problem("columns_not_used", "Not needed and not read: the columns {columns}.")
MORE_NOT_USED = Problem(
    "more_columns_not_used", "Not needed and not read: the columns {columns} and {n} more."
)

OTHER_ACTION = Problem("other_action", "Neither the start nor the end of a session: “{value}”.")
NO_START = Problem(
    "end_without_start", "“{value}” of a session whose start is not in this list: it began before."
)
SAID_AGAIN = Problem("said_again", "The same line once more.")

LEFT_OUT = (
    *(BLANK, NOTE, HEADER, ZERO, NO_SESSIONS, NOT_COUNTED),
    *(OTHER_ACTION, NO_START, SAID_AGAIN),
)
"""Why a row is not even a refused one."""
_NOTE_WORDS = (
    *("catatan", "dicetak", "grand", "halaman", "jml", "jumlah", "keterangan", "kepala"),
    *("mengetahui", "nip", "note", "notes", "page", "petugas", "printed", "source", "sub"),
    *("subtotal", "sum", "sumber", "total"),
)
"""What a row below the table begins with: totals, notes, page feet, signatures."""
_SUM_WORD = re.compile(
    r"\s*(?:(?:grand|sub) *-?)?(?:totals?|jumlah|jml|jlh|subtotal)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^a-z]")
_MOST = 32_767
"""Excel lets a cell hold no more characters."""
_WORDS = 8
_LISTED = 12
"""So many columns are named; of more it is said how many."""


def begins_a_note(cell: str) -> bool:
    """Whether a row that begins so is a total, a note, a page foot or a signature."""
    return _WORD.split(cell.strip().casefold(), maxsplit=1)[0] in _NOTE_WORDS


def says_a_total(cell: str) -> bool:
    """Whether a cell begins with the word of a total: `Jumlah Februari`."""
    return _SUM_WORD.match(cell) is not None


def fault_of(row: Sequence[str], places: Iterable[int]) -> tuple[Problem, int] | None:
    """What makes a row unreadable although its date can be read, and in which column."""
    for place in places:
        if len(row[place]) > _MOST:
            return TOO_LONG, place
    return None


def number_problem(text: str) -> Problem:
    """Why a cell is no count."""
    return FORMULA if text.startswith("=") else BAD_NUMBER


def unclear_remarks(unclear: Mapping[str, Counter[str]]) -> Iterator[Remark]:
    """Which words were not understood, by the title of their column."""
    for column, counted in unclear.items():
        values = ", ".join(f"{value} ({number(n)})" for value, n in counted.most_common(_WORDS))
        if len(counted) > _WORDS:
            values += ", …"
        yield Remark(problem=UNCLEAR, params={"column": column, "values": values})


def mangled_remarks(numbers: Iterable[str], sure: Collection[str]) -> Iterator[Remark]:
    """Of how many rows the member number is lost; `sure` are those that can be relied on."""
    if lost := [number for number in numbers if number and number not in sure]:
        yield Remark(problem=MANGLED, params={"n": len(lost), "example": lost[0]})


def order_remarks(order: DayOrder) -> Iterator[Remark]:
    """How dates that could be read two ways were read, if there are any."""
    if not order.example or order.month_first is None:
        return
    sure, guessed = (
        (MONTH_FIRST_SURE, MONTH_FIRST) if order.month_first else (DAY_FIRST_SURE, DAY_FIRST)
    )
    params = {"example": order.example, "proof": order.proof}
    yield Remark(problem=sure if order.proof else guessed, params=params)


def unused_remarks(titles: Sequence[str]) -> Iterator[Remark]:
    """Which columns are not read, if there are any."""
    if not titles:
        return
    shown = ", ".join(titles[:_LISTED])
    more = len(titles) - _LISTED
    if more > 0:
        yield Remark(problem=MORE_NOT_USED, params={"columns": shown, "n": more})
    else:
        yield Remark(problem=NOT_USED, params={"columns": shown})
