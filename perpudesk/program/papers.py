"""What the program's records print: equipment, its check and handover, and a story on one page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from perpudesk.attendance.framing import House, framed, signed_by_both
from perpudesk.core.codes import Condition, label
from perpudesk.core.formats import NOTHING, date_full, date_long, number, rupiah
from perpudesk.core.i18n import tr, trn
from perpudesk.paper.document import (
    DOTTED,
    Block,
    Column,
    Document,
    Heading,
    Note,
    Paragraph,
    Photo,
    Row,
    Signature,
    Signatures,
    Spacer,
    Table,
    Title,
    bold,
    compose,
    spans,
)
from perpudesk.program.inventory import Check, Item, by_kind
from perpudesk.program.model import Story

_MANY = 14
"""More items than this stand in lower rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """Who hands over what to whom; what is not known is dotted."""

    on: date | None = None
    giver: str = ""
    giver_post: str = ""
    taker: str = ""
    taker_post: str = ""
    items: tuple[Item, ...] = ()
    note: str = ""


def equipment_list(house: House, items: Sequence[Item], on: date) -> Document:
    """Everything by kind with its condition: for an audit, without pictures."""
    name = tr("Equipment list")
    blocks: list[Block] = [Title(text=name.upper(), subtitle=spans(_as_of(on)))]
    for kind, of in by_kind(items).items():
        blocks += [Heading(text=f"{label(kind)} ({number(len(of))})", level=2), _items(of)]
    blocks += [Heading(text=tr("Together"), level=2), _totals(items), signed_by_both(house, on)]
    return framed(house, name, date_long(on), blocks)


def _as_of(on: date) -> str:
    return tr("As of {date}", date=date_long(on))


def _items(items: Sequence[Item]) -> Table:
    return Table(
        columns=(
            Column(title=tr("Code"), share=1.1),
            Column(title=tr("Name"), share=1.7),
            Column(title=tr("Brand"), share=1.2),
            Column(title=tr("From"), share=1.4),
            Column(title=tr("Received"), share=0.9),
            Column(title=tr("Place"), share=1.0),
            Column(title=tr("Condition"), share=1.2),
        ),
        rows=tuple(Row(cells=_cells(each)) for each in items),
        dense=len(items) > _MANY,
    )


def _cells(item: Item) -> tuple[str, ...]:
    return (
        item.code or NOTHING,
        item.name,
        item.brand or NOTHING,
        " · ".join(filter(None, (item.source, item.program))) or NOTHING,
        known_text(item.received),
        item.place or NOTHING,
        label(item.condition),
    )


def known_text(kept: str | None) -> str:
    """A day, month or year as exactly as it is known: `17-03-2019`, `03-2019`, `2019`."""
    return NOTHING if kept is None else "-".join(reversed(kept.split("-")))


def _totals(items: Sequence[Item]) -> Table:
    conditions = [each for each in Condition if any(one.condition is each for one in items)]
    rows = [
        Row(
            cells=(
                label(kind),
                *(number(sum(one.condition is each for one in of)) for each in conditions),
                number(len(of)),
                _worth(of),
            )
        )
        for kind, of in by_kind(items).items()
    ]
    sums = (number(sum(one.condition is each for one in items)) for each in conditions)
    rows.append(Row(cells=(tr("Total"), *sums, number(len(items)), _worth(items)), total=True))
    columns = (
        Column(title=tr("Kind"), share=1.6),
        *(Column(title=label(each)) for each in conditions),
        Column(title=tr("Total")),
        Column(title=tr("Price"), share=1.4),
    )
    return Table(columns=columns, rows=tuple(rows))


def _worth(items: Sequence[Item]) -> str:
    prices = [each.price for each in items if each.price is not None]
    return rupiah(sum(prices)) if prices else NOTHING


def check_result(house: House, check: Check, items: Sequence[Item], on: date) -> Document:
    """What a yearly check found: what is there, what is missing, what nobody looked at."""
    name = tr("Check of the equipment")
    looked = [each for each in items if each.key in check.lines]
    missing, left = check.missing(items), check.left(items)
    days = {day: None for day in (check.began_on, check.finished_on) if day is not None}
    span = " – ".join(map(date_long, days))
    found = len(looked) - len(missing)
    told = tr(
        "{found} of {all} are there, {missing} are missing, {left} were not looked at.",
        found=number(found),
        all=number(len(items)),
        missing=number(len(missing)),
        left=number(len(left)),
    )
    blocks: list[Block] = [
        Title(text=name.upper(), subtitle=spans(span)),
        Paragraph(spans=spans(told)),
    ]
    if looked:
        blocks.append(_checked(looked, check))
    if left:
        names = ", ".join(each.name for each in left)
        blocks.append(Note(text=tr("Not looked at: {names}.", names=names)))
    return framed(house, name, span, [*blocks, signed_by_both(house, on)])


def _checked(items: Sequence[Item], check: Check) -> Table:
    return Table(
        columns=(
            Column(title=tr("Name"), share=1.8),
            Column(title=tr("Code"), share=1.1),
            Column(title=tr("Place"), share=1.1),
            Column(title=tr("Found"), share=1.0),
            Column(title=tr("Condition"), share=1.2),
            Column(title=tr("Note"), share=1.8),
        ),
        rows=tuple(
            Row(
                cells=(
                    each.name,
                    each.code or NOTHING,
                    each.place or NOTHING,
                    tr("there") if check.lines[each.key].found else tr("missing"),
                    label(check.lines[each.key].condition or each.condition),
                    check.lines[each.key].note or "",
                ),
                italic=not check.lines[each.key].found,
            )
            for each in items
        ),
        dense=len(items) > _MANY,
    )


def handover_sheet(house: House, handover: Handover) -> Document:
    """*Berita acara serah terima*: two parties, what goes from one to the other, two signatures."""
    name = tr("Record of handover")
    day = DOTTED if handover.on is None else date_full(handover.on)
    parties = (
        (tr("First party"), handover.giver, handover.giver_post),
        (tr("Second party"), handover.taker, handover.taker_post),
    )
    said = tr(
        "On this day, {day}, the first party hands over and the second party receives the goods "
        "listed here, in the condition stated.",
        day=day,
    )
    count = trn("{n} piece.", "{n} pieces.", len(handover.items))
    blocks: list[Block] = [
        Title(text=name.upper()),
        Paragraph(spans=spans(said)),
        *(
            Paragraph(
                spans=compose(
                    "{who}: {name}, {post}", who=bold(who), name=n or DOTTED, post=p or DOTTED
                )
            )
            for who, n, p in parties
        ),
        _items(handover.items),
        Paragraph(spans=spans(" ".join(filter(None, (count, handover.note))))),
        Paragraph(spans=spans(tr("Made truthfully in two copies, to be used as it is needed."))),
        Signatures(
            left=_party(*parties[0], lead=tr("Handed over by")),
            right=_party(*parties[1], lead=house.place_and_date(handover.on)),
        ),
    ]
    return framed(house, name, day, blocks)


def _party(who: str, name: str, post: str, *, lead: str) -> Signature:
    return Signature(lead=lead, post=post or who, name=name)


def story_page(house: House, story: Story, called: str | None, photo: bytes | None) -> Document:
    """A story on one page, to be hung up or handed in; only of one that may leave the screen."""
    name = tr("Impact story")
    domain = "" if story.domain is None else label(story.domain)
    about = " · ".join(filter(None, (called, domain, date_long(story.day))))
    blocks: list[Block] = [Title(text=story.title, subtitle=spans(about)), Spacer(millimetres=2)]
    if photo is not None:
        blocks.append(Photo(data=photo))
    blocks += [*_told(story), Note(text=_consent(story))]
    return framed(house, name, story.title, blocks)


def _told(story: Story) -> Iterator[Block]:
    parts: Mapping[str, str | None] = {
        tr("Before"): story.before,
        tr("What the library did"): story.helped,
        tr("After"): story.after,
        tr("Evidence"): story.evidence,
    }
    for title, text in parts.items():
        if text:
            yield Heading(text=title, level=2)
            yield from (Paragraph(spans=spans(line)) for line in text.splitlines() if line)


def _consent(story: Story) -> str:
    assert story.consent_on is not None  # noqa: S101 - else it is not printed
    agreed = tr("Told with consent of {date}.", date=date_long(story.consent_on))
    if story.verified_on is None:
        return agreed
    return " ".join((agreed, tr("Verified on {date}.", date=date_long(story.verified_on))))
