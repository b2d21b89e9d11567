"""What a table is about and what its columns hold, guessed from its titles and first cells.

All of it is a proposal: whoever looks at it can say otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from perpudesk.importing.columns import LEAST_MONTHS, Head
from perpudesk.importing.fields import What, codes, field_of, is_never, plain, says_how_many
from perpudesk.importing.words import (
    DATED,
    lacks_year,
    names_month,
    sex_of,
    ticked,
    whole_number,
    year_in,
)

_SEXES = ("female", "male")
_TOTALS = ("count", "participants")
_TIMED = re.compile(r"[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?")
_TOOK = ("start", "end", "duration")


def guess_what(head: Head) -> What:
    """What a table is about, by its titles and what stands below them."""
    if len(head.months()) >= LEAST_MONTHS:
        return What.TOTALS
    people = {field_of(What.PATRONS, title) for title in head.said}
    if "name" in people and {"birth_date", "registered"} & people:
        return What.PATRONS
    totals = guess_columns(head, What.TOTALS)
    if "month" in totals and "count" in totals:
        cells = head.values(totals["month"])
        if cells and all(map(names_month, cells[:3])):
            return What.TOTALS
    if _is_log(head):
        return What.SESSIONS
    return _of_days(head, people)


def _of_days(head: Head, people: Collection[str | None]) -> What:
    """Activities or visits; or people, where no row has a day."""
    if _is_of_activities(head):
        return What.ACTIVITIES
    visits = guess_columns(head, What.VISITS)
    if "date" not in visits and {"name", "member"} <= set(people):
        return What.PATRONS
    return What.VISITS


def _is_log(head: Head) -> bool:
    """Whether titles speak of workstations and times, or of nothing else than start and end."""
    found = {field_of(What.SESSIONS, title) for title in head.said}
    if "workstation" in found:
        return not found.isdisjoint(_TOOK)
    dated = any(field_of(What.VISITS, title) == "date" for title in head.said)
    return {"start", "end"} <= found and not dated


_NAMES_ACTIVITIES = re.compile(
    r"activit|event|judul|acara|pelatihan|training|(?:nama|uraian) kegiatan"
)
_OF_VISITS = re.compile(r"unjung|visit")
_SAYS_MORE = {"participants", "female", "male", "kind", "role"}


def _is_of_activities(head: Head) -> bool:
    """Whether each row is something that the library did: it has a day and a title of its own.

    `Kegiatan` alone is also what visitors came for: then it must say how many took part.
    """
    found: dict[str, str] = {}
    for title in head.said:
        if code := field_of(What.ACTIVITIES, title):
            found.setdefault(code, plain(title))
    if not {"date", "title"} <= found.keys() or found["title"] in ("name", "nama", "tema"):
        return False
    if any(
        field_of(What.VISITS, title) in ("member", "name", "sex", "time") for title in head.said
    ):
        return False
    sure = _NAMES_ACTIVITIES.search(found["title"]) is not None
    if _OF_VISITS.search(found.get("participants", "")) and not sure:
        return False
    return sure or not _SAYS_MORE.isdisjoint(found)


def guess_columns(head: Head, what: What) -> dict[str, int]:
    """By field the column that probably holds it: by its title, else by what its cells hold."""
    if what is What.TOTALS and len(head.months()) >= LEAST_MONTHS:
        return _wide(head)
    found: dict[str, int] = {}
    for at, title in enumerate(head.said):
        code = field_of(what, title)
        if code is None or (code in _TOTALS and not _may_count(head, at)):
            continue
        if code not in found or (code in _TOTALS and _is_surer(head, at, found[code])):
            found[code] = at
    if what in (What.VISITS, What.SESSIONS, What.ACTIVITIES):
        _by_what_they_hold(head, what, found)
    return _sane(head, {code: found[code] for code in codes(what) if code in found})


def _may_count(head: Head, at: int) -> bool:
    """Whether a column called like a count may be one: its title says so, or it has numbers."""
    cells = head.values(at)
    numbers = any(whole_number(cell) is not None for cell in cells)
    return numbers or not cells or says_how_many(head.titles[at])


def _is_surer(head: Head, at: int, other: int) -> bool:
    """Whether a column is the count rather than another: `Jumlah` rather than `Pengunjung`."""
    return says_how_many(head.titles[at]) and not says_how_many(head.titles[other])


def _wide(head: Head) -> dict[str, int]:
    """A wide table: its first column of words, or one of years, says what each row is."""
    months = head.months()
    for at, title in enumerate(head.said):
        if field_of(What.TOTALS, title) == "year":
            return {"year": at}
    for at, title in enumerate(head.titles):
        values = head.values(at)
        words = any(whole_number(each) is None for each in values)
        if at not in months and not is_never(title) and words:
            return {"indicator": at}
    return {}


def _by_what_they_hold(head: Head, what: What, found: dict[str, int]) -> None:
    """Find dates, and the sex, in columns whose titles say nothing."""
    free = [at for at, title in enumerate(head.titles) if at not in found.values()]
    log = what is What.SESSIONS and found.keys().isdisjoint(("date", "start", "end"))
    dated = ["start", "end"] if log else ["date"] if what is not What.SESSIONS else []
    for code in (*dated, *(() if what is What.ACTIVITIES else ("sex",))):
        holds = _is_sex if code == "sex" else DATED.fullmatch
        if code in found or (code == "sex" and {"female", "male"} & found.keys()):
            continue
        for at in free:
            cells = head.values(at)
            fitting = sum(bool(holds(cell)) for cell in cells)
            if cells and not is_never(head.titles[at]) and fitting * 2 > len(cells):
                found[code] = at
                free.remove(at)
                break


def _is_sex(cell: str) -> bool:
    return not cell.isdecimal() and bool(sex_of(cell)) and sex_of(cell) != "unknown"


def _sane(head: Head, found: dict[str, int]) -> dict[str, int]:
    """Without what the cells contradict: `P` that is no count, counts that are words."""
    for code in _SEXES:
        if code in found:
            cells = head.values(found[code])
            if cells and not any(map(_counts_one_sex, cells)):
                del found[code]
    if "time" in found and not any(map(_TIMED.fullmatch, head.values(found["time"]))):
        del found["time"]
    if "sex" in found and {"female", "male"} & found.keys():
        del found["sex"]
    if "start" in found and {"end", "duration"} & found.keys():
        found.pop("count", None)  # each row is one session; its number would be of something else
    return found


def _counts_one_sex(cell: str) -> bool:
    """Whether a cell says how many women or men, if only by a tick."""
    return whole_number(cell) is not None or ticked(cell) is True


def year_of(head: Head, file_name: str) -> int | None:
    """The year of months that do not say theirs: as it stands above the table, else in the name."""
    if not any(map(lacks_year, head.titles)) and not head.below:
        return None
    return year_in(head.above) or year_in([file_name])
