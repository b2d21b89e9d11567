"""The quick guide: the day at the desk on one page, the month and safety on the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perpudesk import __version__
from perpudesk.attendance.framing import House, framed
from perpudesk.core.i18n import tr
from perpudesk.paper.document import (
    Block,
    Column,
    Document,
    Heading,
    Paragraph,
    Row,
    Table,
    Title,
    bold,
    compose,
    spans,
)
from perpudesk.paper.forms import NewPage, Ruled

_COLUMNS = (Column(share=1.0, bold=True), Column(share=3.6))
Lines = Sequence[tuple[str, str]]
"""What is pressed or looked at, and what comes of it."""


def quick_guide(house: House) -> Document:
    """Two pages to hang beside the desk, for whoever has never used the program."""
    name = tr("Quick guide")
    below = spans(f"{house.library} · PerpuDesk {__version__}")
    blocks = [
        Title(text=tr("The day at the desk").upper(), subtitle=below),
        *_day(),
        NewPage(),
        Title(text=tr("The month, and keeping it safe").upper(), subtitle=below),
        *_month(),
    ]
    return framed(house, name, __version__, blocks, letterhead=False)


def _day() -> Iterator[Block]:
    yield Paragraph(
        spans=compose(
            tr("{tap} What has been counted is on the disk at once, also when the power goes."),
            tap=bold(tr("One tap is one visit.")),
        )
    )
    yield from _part(tr("In the morning"), _morning())
    yield from _part(tr("Somebody comes (F2)"), _visitors())
    yield from _part(tr("That was wrong"), _mistakes())
    yield from _part(tr("Computers (F3)"), _computers())
    yield from _part(tr("Trainings, activities, power cuts"), _activities())
    yield from _part(tr("Keys that work everywhere"), _everywhere())


def _month() -> Iterator[Block | Ruled]:
    yield from _part(tr("Closing a month (F7)"), _closing())
    yield from _part(tr("Printing and sending"), _printing())
    yield from _part(tr("Backups (F9)"), _backups())
    yield from _part(tr("Lock and names"), _lock())
    yield from _part(tr("Something does not work"), _trouble())
    yield Heading(text=tr("Whom to ask"))
    yield Ruled(
        titles=("", tr("Name"), tr("Telephone")),
        shares=(1.8, 1.6, 1.2),
        rows=(
            (tr("Head of the library"), "", ""),
            (tr("Whoever looks after the computer"), "", ""),
            (tr("District library"), "", ""),
        ),
        row_mm=7.0,
        grows=False,
    )


def _part(title: str, lines: Lines) -> Iterator[Block]:
    yield Heading(text=title)
    yield Table(columns=_COLUMNS, rows=tuple(Row(cells=line) for line in lines))


def _morning() -> Lines:
    return (
        (
            "Ctrl+Shift+P",
            tr("Say who is at the desk. With a PIN: choose the name, type it, Enter."),
        ),
        ("Ctrl+B", tr("What today brings: activities, decisions that are late.")),
        (
            tr("Top of the page"),
            tr("The state of today. Closed, or only estimated? Open the calendar and say so."),
        ),
        (
            tr("A question"),
            tr("Is the date asked? The computer's clock is wrong: give the day of today."),
        ),
    )


def _visitors() -> Lines:
    return (
        (
            "1 2 3 4 5 · 6",
            tr("Male, by age group as written in the box. The last one: age not recorded."),
        ),
        ("Q W E R T · Y", tr("Female, in the same way. A S D F G H: sex not recorded.")),
        (tr("Purpose"), tr("Stays as it is until you choose another one.")),
        ("*", tr("Several alike: type how many, Enter, then one tap.")),
        ("Ctrl+G", tr("A group: how many, then what is known. The rest is “not recorded”.")),
        (tr("Card"), tr("Scan it at any moment; nothing needs to be clicked.")),
        ("/", tr("Part of a name or number, arrows, Enter. Names are never required.")),
    )


def _mistakes() -> Lines:
    return (
        ("Ctrl+Z", tr("Takes back the last record of today. Ctrl+Shift+Z does it again.")),
        ("Ctrl+F", tr("All visits of every day: find one, Enter mends it, Del removes it.")),
        (tr("Calendar"), tr("At the top of the page: yesterday's visit that was forgotten.")),
    )


def _computers() -> Lines:
    return (
        (
            tr("Its number"),
            tr("Free: press the key of an age group, and the session begins. In use: it ends."),
        ),
        ("A · N", tr("Somebody waits: A gives a number. A computer is free: N calls the next.")),
        ("R", tr("Keep computers for a class or a person.")),
        ("V", tr("Look at sessions that a power cut ended, and type when each really ended.")),
    )


def _activities() -> Lines:
    return (
        ("F4 · F5", tr("Trainings; communities with their activities and decisions.")),
        ("Ctrl+J", tr("Agenda: the month over all of them.")),
        (
            "Ctrl+L",
            tr("No power: count on paper. Here it is typed in; Ctrl+P here prints blank sheets."),
        ),
    )


def _everywhere() -> Lines:
    return (
        ("F1", tr("Help on this page; / in it searches all of it.")),
        ("Ctrl+/", tr("All keys of this page.")),
        ("F2 – F9", tr("The pages, as written in the menu. Esc never loses what was typed.")),
    )


def _closing() -> Lines:
    return (
        ("1", tr("Choose the month. Go through “Check before closing”; “Open” leads to each.")),
        ("2", tr("Write obstacles and follow-up, if there are any.")),
        ("3", tr("Ctrl+T: letter number, place, date, Enter. The figures stay as they are now.")),
        (
            tr("Changed later?"),
            tr("The month says “changed”. Close it again: it becomes the next revision."),
        ),
    )


def _printing() -> Lines:
    return (
        ("Ctrl+P", tr("Print on A4 or F4; then it is signed and stamped.")),
        (tr("Save PDF"), tr("To send it. “Excel / CSV” for a spreadsheet: no names are in it.")),
        ("Shift+F7", tr("Recaps, comparisons, SIM TPBIS and Pasal 15.")),
    )


def _backups() -> Lines:
    return (
        (
            tr("The stick"),
            tr("Plug it in and wait for the message. Keep it away from the computer."),
        ),
        (tr("Foot of the menu"), tr("Amber: no backup left the PC for 7 days. Red: for 14 days.")),
        (
            tr("Recovery sheet"),
            tr("17 words that open sealed backups. Two sheets, two places, never with the stick."),
        ),
        (
            tr("On this PC"),
            tr("F9, Backups, “Restore”: read what would be lost. What stands here is kept first."),
        ),
        (
            tr("On a new PC"),
            tr("Install PerpuDesk, put the stick in, “From a backup…”, type the 17 words."),
        ),
    )


def _lock() -> Lines:
    return (
        ("Ctrl+Shift+L", tr("Locks when you leave the desk; what is being typed stays.")),
        (
            "PIN",
            tr("Tell it nobody. Forgotten? An admin gives another; an admin needs the sheet."),
        ),
        (
            tr("Names"),
            tr("Nobody must give one. Who asks sees it, has it mended or erased: Ctrl+M, Ctrl+K."),
        ),
        (
            tr("Lost?"),
            tr("A stick or PC is lost: F9, People's data, print the data incident sheet."),
        ),
    )


def _trouble() -> Lines:
    return (
        (tr("Power cut"), tr("Start it again. Everything that was counted is there.")),
        (
            tr("A message"),
            tr("It says what to do. Write down its words for whoever is asked."),
        ),
        (
            tr("PerpuDesk fails"),
            tr("It says so, and nothing is lost. Save the report on a stick: it holds no names."),
        ),
    )
