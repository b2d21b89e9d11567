"""What is printed of people's data: what is held on one person, and the sheet of an incident."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from perpudesk.attendance.framing import House, framed
from perpudesk.core.formats import NOTHING, date_long
from perpudesk.core.i18n import tr
from perpudesk.paper.document import (
    DOTTED,
    Block,
    CardRow,
    Column,
    Document,
    Heading,
    MemberCard,
    Note,
    Paragraph,
    Row,
    Table,
    Title,
    spans,
)
from perpudesk.paper.members import ACROSS
from perpudesk.patrons.model import Patron
from perpudesk.privacy.model import Held
from perpudesk.privacy.telling import counted, mention_told

_PAIR = (Column(share=1.0), Column(share=2.2))


def held_sheet(
    house: House, name: str, facts: Mapping[str, str], held: Held, *, on: date
) -> Document:
    """All that is held on a person, for that person to take home: `facts` as on the card."""
    title = tr("What we hold on you")
    period = NOTHING
    if held.first is not None and held.last is not None:
        period = f"{date_long(held.first)} – {date_long(held.last)}"
    records = {tr("Records"): counted(held), tr("Between"): period}
    blocks: list[Block] = [
        Title(text=title.upper(), subtitle=spans(f"{name} · {date_long(on)}")),
        Paragraph(
            spans=spans(
                tr(
                    "This library keeps these data to count its service. They stay on its "
                    "computer. You may have them mended or erased at any time; every count stays "
                    "as it is."
                )
            )
        ),
        _pairs({tr("Name"): name, **facts, **records}),
    ]
    if held.courses:
        columns = (
            Column(title=tr("Date"), share=1.0),
            Column(title=tr("Training or activity"), share=2.4),
            Column(title=tr("Certificate"), share=1.2),
        )
        rows = tuple(
            Row(cells=(NOTHING if day is None else date_long(day), what, paper or NOTHING))
            for day, what, paper in held.courses
        )
        blocks += [Heading(text=tr("Trainings and activities")), Table(columns=columns, rows=rows)]
    if held.mentions:
        rows = tuple(Row(cells=(mention_told(each, name),)) for each in held.mentions)
        blocks += [
            Heading(text=tr("Notes that hold your name")),
            Table(columns=(Column(),), rows=rows),
        ]
    return framed(house, title, f"{name}, {date_long(on)}", blocks)


def _pairs(facts: Mapping[str, str]) -> Table:
    told = [pair for pair in facts.items() if pair[1] != NOTHING]
    return Table(columns=_PAIR, rows=tuple(Row(cells=pair) for pair in told))


def incident_sheet(house: House, on: date) -> Document:
    """What to write down and whom to tell when people's data were lost or seen by others."""
    title = tr("Data incident sheet")
    lines = (
        tr("Noticed on (day and hour), by"),
        tr("What happened (lost computer or stick, somebody looked, sent to the wrong person)"),
        tr("Which data: names, contacts, children, how many people"),
        tr("Was it sealed or locked? Who may have it now?"),
        tr("What was done at once (PIN changed, stick found, computer reported)"),
        tr("The people concerned were told on, how"),
        tr("The head and the authority were told on, by letter number"),
        tr("What keeps it from happening again"),
    )
    rows = tuple(Row(cells=(line, f"{DOTTED}{DOTTED}\n{DOTTED}{DOTTED}")) for line in lines)
    blocks: list[Block] = [
        Title(text=title.upper(), subtitle=spans(f"{house.library} · {date_long(on)}")),
        Paragraph(
            spans=spans(
                tr(
                    "Law 27/2022 asks that the people concerned and the authority are told in "
                    "writing within 3 × 24 hours. Fill this in as soon as it is noticed, also "
                    "while not everything is known yet."
                )
            )
        ),
        Table(columns=_PAIR, rows=rows),
        Note(text=tr("Names of the people concerned are on a list of their own, not here.")),
    ]
    return framed(house, title, date_long(on), blocks)


def card_sheets(house: House, people: Sequence[Patron], prefix: str, on: date) -> Document:
    """Members' cards to cut out, of those who have a number.

    The QR code says the number alone, as the desk scans it; the branch's `prefix` is for people.
    """
    title = tr("Member cards")
    cards = [
        MemberCard(
            library=house.library,
            name=each.name,
            number=f"{prefix} {each.member_number}".strip(),
            code=each.member_number,
        )
        for each in people
        if each.member_number
    ]
    rows = [CardRow(cards=tuple(cards[at : at + ACROSS])) for at in range(0, len(cards), ACROSS)]
    return framed(house, title, date_long(on), rows, letterhead=False)
