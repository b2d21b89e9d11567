"""Blank sheets for a power cut: what is filled in with a pen and copied when the power is back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from perpudesk.branch.model import Entry
from perpudesk.core.codes import UNKNOWN, AgeBand, Sex
from perpudesk.core.errors import InputError, Problem
from perpudesk.core.formats import number
from perpudesk.core.i18n import N_, language, tr, trc
from perpudesk.paper.document import Document, Letterhead, Note, OnSheet, Title
from perpudesk.paper.forms import NewPage, Ruled

BAD_PAGES = Problem("bad_pages", "Ask for {low} to {high} pages.")

MOST_PAGES = 60
"""Two months of sheets in one go (ours)."""
_ROW_MM = 8.0
"""What a line of handwriting needs."""
_REGISTER_MM = 9.0


class BlankKind(StrEnum):
    """What is printed empty."""

    TALLY = "tally"
    REGISTER = "register"
    COMPUTERS = "computers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """What blank sheets are made from."""

    library: str
    letterhead: Letterhead
    bands: tuple[AgeBand, ...]
    purposes: Sequence[Entry]
    """Those on offer, in the order of their keys."""
    computer_purposes: Sequence[Entry]
    practice: bool = False


def blank_sheet(kind: BlankKind, blank: Blank, *, pages: int = 1) -> Document:
    """So many pages to fill in; raises `InputError` bad_pages."""
    if not 1 <= pages <= MOST_PAGES:
        raise InputError(BAD_PAGES, field="pages", low=1, high=number(MOST_PAGES))
    name = blank_name(kind)
    return Document(
        title=f"{name} · {blank.library}",
        language=language(),
        letterhead=blank.letterhead,
        blocks=tuple(_MAKERS[kind](blank, pages)),
        footer=f"{name} · PerpuDesk",
        watermark=tr("PRACTICE") if blank.practice else None,
    )


def blank_name(kind: BlankKind) -> str:
    """What a librarian calls it."""
    return tr(_NAMES[kind])


def _tally(blank: Blank, pages: int) -> Iterator[OnSheet | NewPage]:
    """One sheet a day, each a page of its own."""
    for page in range(pages):
        if page:
            yield NewPage()
        yield Title(text=tr("DAILY TALLY SHEET"))
        yield Ruled(
            titles=(
                tr("Day, date"),
                tr("Open from – to"),
                tr("Counted by"),
                tr("Counted or estimated?"),
            ),
            shares=(4, 3, 4, 4),
            rows=(("",) * 4,),
            row_mm=9,
            grows=False,
        )
        yield Note(
            text=tr(
                "One stroke for each person who comes in, every fifth one across the four before. "
                "Write the number in the last column when the day is over."
            )
        )
        yield _tally_table(blank)
        yield Note(text=_after_the_cut())


def _tally_table(blank: Blank) -> Ruled:
    bands = [*(band.label for band in blank.bands), tr("Age?")]
    rows = [
        (_numbered(place, entry) if sex is Sex.MALE else "", _letter(sex), *[""] * len(bands), "")
        for place, entry in enumerate(_offered(blank), start=1)
        for sex in (Sex.MALE, Sex.FEMALE)
    ]
    rows.append((f"0 {_unknown(blank)}", "", *[""] * len(bands), ""))
    rows.append((tr("Total"), "", *[""] * len(bands), ""))
    return Ruled(
        titles=(tr("Purpose"), tr("M/F"), *bands, tr("Total")),
        shares=(3.2, 0.9, *[_band_share(len(bands))] * len(bands), 1.5),
        rows=tuple(rows),
        row_mm=_ROW_MM,
        total=True,
    )


def _band_share(bands: int) -> float:
    """All age groups together take the same room, however many they are."""
    return 10.2 / bands


def _register(blank: Blank, pages: int) -> Iterator[OnSheet]:
    yield Title(text=tr("VISITORS' REGISTER"))
    yield _day_and_desk()
    purposes = " · ".join(_numbered(*each) for each in enumerate(_offered(blank), start=1))
    yield Note(
        text=tr(
            "M or F; the age in years as far as it is known; the purpose by its number: "
            "{purposes}. A name is not needed: whoever prefers stays unnamed.",
            purposes=purposes,
        )
    )
    yield Ruled(
        titles=(
            trc("register", "No."),
            tr("Name"),
            tr("M/F"),
            tr("Age"),
            tr("Occupation"),
            tr("Purpose"),
            tr("From / institution"),
            tr("Time"),
        ),
        shares=(8.5, 37, 9.5, 11.5, 24, 22, 29, 13.5),
        row_mm=_REGISTER_MM,
        pages=pages,
    )
    yield Note(text=_after_the_cut())


def _computers(blank: Blank, pages: int) -> Iterator[OnSheet]:
    """A line for each use, as the page takes it on which the sheet is typed in."""
    yield Title(text=tr("COMPUTER USE"))
    yield _day_and_desk()
    offered = [each for each in blank.computer_purposes if each.slug != UNKNOWN]
    purposes = " · ".join(_numbered(*each) for each in enumerate(offered, start=1))
    yield Note(
        text=tr(
            "A line for each use: the number of the computer, or W for an own device on the "
            "Wi-Fi; M or F; the age as far as it is known; the purpose by its number: {purposes}. "
            "Nobody needs to give a name.",
            purposes=purposes,
        )
    )
    yield Ruled(
        titles=(
            trc("register", "No."),
            tr("Computer"),
            tr("Start"),
            tr("End"),
            tr("M/F"),
            tr("Age"),
            tr("Purpose"),
            tr("Note"),
        ),
        shares=(8.5, 19, 18, 18, 9.5, 13, 18, 46),
        row_mm=_REGISTER_MM,
        pages=pages,
    )
    yield Note(
        text=tr("No power? Go on here. When it is back, type the lines in under Computers (F3).")
    )


def _day_and_desk() -> Ruled:
    return Ruled(
        titles=(tr("Day, date"), tr("At the desk")),
        shares=(1, 1),
        rows=(("", ""),),
        row_mm=9,
        grows=False,
    )


def _after_the_cut() -> str:
    return tr(
        "No power? Go on here. When it is back, type the sheet in under Copy from paper (Ctrl+L)."
    )


def _offered(blank: Blank) -> list[Entry]:
    return [entry for entry in blank.purposes if entry.slug != UNKNOWN]


def _unknown(blank: Blank) -> str:
    """What nobody noted, as the page calls it on which the sheet is typed in."""
    entries = (entry.label for entry in blank.purposes if entry.slug == UNKNOWN)
    return next(entries, tr("Not recorded"))


def _numbered(place: int, entry: Entry) -> str:
    """`1 Membaca`: the number is its key on the page where the sheet is typed in."""
    return f"{place} {entry.label}"


def _letter(sex: Sex) -> str:
    return trc("sex", "F") if sex is Sex.FEMALE else trc("sex", "M")


_NAMES = {
    BlankKind.TALLY: N_("Daily tally sheet"),
    BlankKind.REGISTER: N_("Visitors' register"),
    BlankKind.COMPUTERS: N_("Computer use"),
}
_MAKERS: dict[BlankKind, Callable[[Blank, int], Iterator[OnSheet | NewPage]]] = {
    BlankKind.TALLY: _tally,
    BlankKind.REGISTER: _register,
    BlankKind.COMPUTERS: _computers,
}
