"""The handover sheet: what is where, what is open, what to do first, and who signs for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from textwrap import shorten

from perpudesk import __version__
from perpudesk.agenda.model import Entry
from perpudesk.attendance.framing import House, framed
from perpudesk.attendance.model import when_text
from perpudesk.backups.telling import when
from perpudesk.communities.model import Decision
from perpudesk.core.codes import label
from perpudesk.core.formats import NOTHING, date_long, date_short, month_name, number
from perpudesk.core.i18n import tr, trn
from perpudesk.handover.model import WEEKS, Handover, Unfinished
from perpudesk.paper.document import (
    Block,
    Column,
    Document,
    Heading,
    Note,
    Paragraph,
    Row,
    Signature,
    Signatures,
    Span,
    Table,
    Title,
    bold,
    spans,
)
from perpudesk.paper.forms import Ruled
from perpudesk.reports.closing import Standing

MOST = 6
"""So many people, decisions and activities stand on the sheet; the program has them all (ours)."""
_MOST_CHECKS = 3
_LINE, _ASIDE = 76, 36
"""Characters of what somebody typed, or that lists many days; and of what stands beside (ours)."""
_PAIR = (Column(share=1.0, bold=True), Column(share=3.0))


def handover_sheet(house: House, facts: Handover) -> Document:
    """One or two pages for whoever sits at the desk from tomorrow; no patron is named on them."""
    name, day = tr("Handover sheet"), date_long(facts.on)
    blocks: list[Block | Ruled] = [
        Title(text=name.upper(), subtitle=spans(f"{house.library} · {day}")),
        Heading(text=tr("What is where")),
        _where(facts),
        Heading(text=tr("Who is at the desk")),
        *_people(facts),
        Heading(text=tr("Months that are not closed")),
        *_months(facts),
        Heading(text=tr("Decisions that are open")),
        *_decisions(facts),
        Heading(text=tr("The next {n} weeks", n=WEEKS)),
        *_coming(facts),
        Heading(text=tr("What to do first")),
        _first(facts),
        Note(text=tr("To be written by hand; the sheet itself holds no PIN and no recovery word.")),
        Signatures(
            left=Signature(lead="", post=tr("Handed over by")),
            right=Signature(lead=house.place_and_date(facts.on), post=tr("Taken over by")),
        ),
    ]
    return framed(house, name, day, blocks)


def _where(facts: Handover) -> Table:
    copied = facts.copied
    return _pairs(
        (tr("Program"), f"PerpuDesk {__version__}"),
        (tr("Records"), str(facts.folder)),
        (tr("Backups here"), f"{copied.own_folder} ({_moment(facts, away=False)})"),
        (tr("Backups away"), _away(facts)),
        (tr("Recovery sheet"), _sheet(facts)),
    )


def _moment(facts: Handover, *, away: bool) -> str:
    moment = facts.copied.away if away else facts.copied.here
    return tr("none yet") if moment is None else when(moment, facts.zone)


def _away(facts: Handover) -> str:
    """Where the last copy away from the computer is, when it was made, and who can read it."""
    if facts.copied.away is None:
        return tr("none yet: name a stick in the settings")
    kinds = {
        True: tr("sealed, opened by the recovery sheet"),
        False: tr("not sealed, whoever has it can read it"),
        None: tr("not plugged in now"),
    }
    kind = kinds[facts.copied.sealed]
    return f"{facts.copied.place} ({_moment(facts, away=True)}; {kind})"


def _sheet(facts: Handover) -> str:
    if facts.copied.has_sheet:
        return tr("There is one; write below where both copies of it are.")
    return tr("There is none yet: make one in the settings, and print it twice.")


def _people(facts: Handover) -> Iterator[Block]:
    if not facts.locked:
        yield Paragraph(
            spans=spans(tr("Nobody has a PIN: everybody may do everything. Names and roles:"))
        )
    rows = [
        (each.name, label(each.role), tr("has a PIN") if each.has_pin else NOTHING)
        for each in facts.keepers
    ]
    yield from _table((tr("Name"), tr("Role"), "PIN"), rows)


def _months(facts: Handover) -> Iterator[Block]:
    if not facts.months:
        yield Paragraph(spans=spans(tr("Every month is closed.")))
        return
    for each in facts.months:
        yield Paragraph(spans=_month(each))
    if facts.older:
        yield Note(text=_older(facts))


def _month(each: Unfinished) -> tuple[Span, ...]:
    """How far a month is, and what its checks ask for: what is to be mended first."""
    told = {
        Standing.RUNNING: tr("still runs"),
        Standing.READY: tr("over, not closed"),
        Standing.CHANGED: tr("closed, changed since revision {n}", n=each.state.edition),
    }
    checks = (*each.wrongs, *each.looks)
    lines = ["", *map(_short, checks[:_MOST_CHECKS])]
    if (more := len(checks) - _MOST_CHECKS) > 0:
        lines.append(trn("{n} more check", "{n} more checks", more))
    name = month_name(each.state.month.first)
    return spans(bold(f"{name}: {told[each.state.standing]}"), "\n• ".join(lines))


def _older(facts: Handover) -> str:
    """How many months before those are not closed, and since when."""
    return trn(
        "{count} month before those is not closed either, since {month}.",
        "{count} months before those are not closed either, since {month}.",
        len(facts.older),
        count=number(len(facts.older)),
        month=month_name(facts.older[-1].first),
    )


def _decisions(facts: Handover) -> Iterator[Block]:
    if not facts.decisions:
        yield Paragraph(spans=spans(tr("None.")))
        return
    rows = [(_due(each, facts.on), each.text, each.owner or NOTHING) for each in facts.decisions]
    yield from _table((tr("Due"), tr("Decision"), tr("Who")), rows)


def _due(each: Decision, today: date) -> str:
    if each.due_on is None:
        return NOTHING
    day = date_short(each.due_on)
    return tr("{day}, overdue", day=day) if each.overdue(today) else day


def _coming(facts: Handover) -> Iterator[Block]:
    if not facts.coming:
        yield Paragraph(spans=spans(tr("Nothing is planned.")))
        return
    rows = [(_at(each), each.title, each.schedule.place or NOTHING) for each in facts.coming]
    yield from _table((tr("When"), tr("What"), tr("Where")), rows)


def _at(each: Entry) -> str:
    return " ".join(filter(None, (date_short(each.schedule.day), when_text(each.schedule))))


def _first(facts: Handover) -> Ruled:
    """What is done on the first day; the empty cells are for a pen."""
    steps = [
        tr("Have an admin give you a PIN of your own, and take away that of whoever left.")
        if facts.locked
        else tr("Settings, Staff: add your name. Settings, Lock: give yourself a PIN."),
        tr("See both copies of the recovery sheet. They are kept at:")
        if facts.copied.has_sheet
        else tr("Make the recovery sheet and print it twice. The copies are kept at:"),
        tr("Plug the backup stick in and wait for the message. It is kept at:"),
        tr("Print the quick guide (F1, Ctrl+P), and try everything on the practice data."),
        tr("Go through the months above, the newest first: F7, Check before closing."),
    ]
    return Ruled(
        titles=(tr("Step"), tr("Place, note"), tr("Done on")),
        shares=(3.0, 1.7, 1.0),
        rows=tuple((f"{n}. {step}", "", "") for n, step in enumerate(steps, start=1)),
        row_mm=9.0,
        grows=False,
    )


def _pairs(*rows: tuple[str, str]) -> Table:
    return Table(columns=_PAIR, rows=tuple(Row(cells=each) for each in rows))


def _table(titles: tuple[str, str, str], rows: Sequence[tuple[str, str, str]]) -> Iterator[Block]:
    """The first rows, and how many more there are in the program."""
    more = len(rows) - MOST
    note = trn("{n} more in the program", "{n} more in the program", more) if more > 0 else ""
    shown = tuple(
        Row(cells=(_short(first, _ASIDE), _short(middle), _short(last, _ASIDE)))
        for first, middle, last in rows[:MOST]
    )
    shares = (1.4, 3.0, 1.2)
    columns = tuple(
        Column(title=title, share=share) for title, share in zip(titles, shares, strict=True)
    )
    yield Table(columns=columns, rows=shown, footnote=note, dense=True)


def _short(text: str, most: int = _LINE) -> str:
    return shorten(text, most, placeholder=" …")
