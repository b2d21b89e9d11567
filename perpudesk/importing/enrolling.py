"""A file with a list of people, as lines that can be put on the list of a course."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from perpudesk.core.codes import Sex
from perpudesk.core.errors import FileError
from perpudesk.importing import guide
from perpudesk.importing.columns import Head
from perpudesk.importing.dates import DayOrder, day_of
from perpudesk.importing.fields import What, field_of
from perpudesk.importing.identity import tidy
from perpudesk.importing.reading import read_table, take
from perpudesk.importing.words import age_of, sex_of

_LETTERS = {Sex.FEMALE: "P", Sex.MALE: "L", Sex.UNKNOWN: ""}


def lines_of(path: Path, *, today: date) -> str:
    """Name, sex, age and occupation of each row, parted by tabs, as they would be pasted.

    Nothing else of the file is read. Raises `FileError` for what is no list.
    """
    looked = guide.look(path)
    if looked.head is None:
        raise FileError(guide.NO_TABLE, path=str(path))
    head = looked.head
    table = read_table(take(path), head.is_mine, lambda _done, _total: None)
    if table is None:
        raise FileError(guide.MOVED, path=str(path))
    below, _ = head.parted(table.rows)
    at = _places(head)
    meant = (row for row in below if head.bare or not head.is_again(row))
    rows = (list(_cells(row, at, today)) for row in meant)
    return "\n".join("\t".join(cells) for cells in rows if any(cells))


def _places(head: Head) -> dict[str, int]:
    """Where a name, a sex, an age and an occupation stand; without titles, in that order."""
    if head.bare:
        return dict(zip(("name", "sex", "age", "occupation"), range(4), strict=True))
    found: dict[str, int] = {}
    for at, title in enumerate(head.said):
        for what in (What.PATRONS, What.VISITS):
            code = field_of(what, title)
            if code is not None:
                found.setdefault(code, at)
    if "name" not in found:
        found["name"] = 0
    return found


def _cells(row: Sequence[str], at: dict[str, int], today: date) -> Iterator[str]:
    values = {
        code: tidy(row[place]).replace("\t", " ") if place < len(row) else ""
        for code, place in at.items()
    }
    yield values["name"]
    sex = sex_of(values.get("sex", ""))
    yield values["sex"] if sex is None else _LETTERS[sex]
    yield _age(values, today)
    yield values.get("occupation", "")


def _age(values: dict[str, str], today: date) -> str:
    """Years as they are told, else since the year of birth."""
    if text := values.get("age", ""):
        found = age_of(text)
        if found is None:
            return text  # what cannot be read is said where it is put on the list
        return "" if found[0] is None else str(found[0])
    born = values.get("birth_date", "")
    if born.isdecimal() and len(born) == 4:
        return str(today.year - int(born))
    day = day_of(born, DayOrder(), today) if born else None
    return str(today.year - day.year) if isinstance(day, date) else ""
