"""The whole report: its outline as it must read, its pages, and that they never differ."""

from __future__ import annotations

import io
import os
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdf
import pytest

from perpudesk.branch.model import Signatory, SignatoryPlace
from perpudesk.core.codes import ClosedReason, Condition, DayState, Method, Paper
from perpudesk.core.i18n import speaking
from perpudesk.core.times import Period
from perpudesk.paper.document import Document
from perpudesk.paper.pdf import render
from perpudesk.reports.counting import figures_of
from perpudesk.reports.lent import ClassRow, TicketRow
from perpudesk.reports.model import INDICATORS, LENT
from perpudesk.reports.periodic import SECTIONS, Reported, build
from tests.reports.makes import (
    OCTOBER,
    OPENS,
    days,
    figures,
    lent,
    month,
    pc,
    records,
    session,
    when,
    who,
)

GOOD, BROKEN = Condition.GOOD, Condition.MAJOR_DAMAGE
HERE = Path(__file__).parent
SIGNED = (
    Signatory(
        place=SignatoryPlace.LEFT,
        name="Dra. Contoh",
        post="Kepala Dinas",
        rank="Pembina",
        nip="19700101 199503 2 001",
    ),
    Signatory(place=SignatoryPlace.RIGHT, name="Rina", post="Petugas Pelaporan"),
)


def october() -> Reported:
    """A month with everything in it."""
    weekdays = [at for at in range(1, 32) if date(2026, 10, at).weekday() < 5]
    states = dict.fromkeys(weekdays, DayState.OPEN_COUNTED)
    states |= {at: DayState.CLOSED for at in range(1, 32) if date(2026, 10, at).weekday() >= 5}
    states |= {
        6: DayState.CLOSED,
        14: DayState.NOT_SET,
        23: DayState.ESTIMATED,
        27: DayState.OPEN_NOT_COUNTED,
    }
    counted = [at for at in weekdays if states[at] is DayState.OPEN_COUNTED]
    rows = [when(f"2026-10-{at:02}", 3 * at + 20, 8 + at % 6) for at in counted]
    rows += [
        when("2026-10-23", 90, None, method=Method.ESTIMATED),
        when("2026-10-20", 7, None),
    ]
    total = sum(row.count for row in rows)
    people = [
        who(
            260,
            sex="female",
            age_years=30,
            occupation="homemaker",
            education="sma",
            type="member",
            purpose="loan",
        ),
        who(
            410,
            sex="female",
            age_band="17-25",
            occupation="student",
            type="non_member",
            purpose="study",
        ),
        who(330, sex="male", age_band="0-11", occupation="pupil", type="group", purpose="reading"),
        who(12, age_band="46+", type="non_member", purpose="other"),
    ]
    rest = total - sum(each.count for each in people)
    sums = {at: sum(row.count for row in rows if row.day.day == at) for at in range(1, 32)}
    on = days(states, visits=sums, reasons={6: ClosedReason.POWER})
    september, last_year = Period.parse("2026-09"), Period.parse("2025-10")
    return month(
        rows,
        [*people, who(rest)],
        on=on,
        before=figures([when("2026-09-07", 1_040)], period=september, patrons=35),
        year_before=figures([when("2025-10-06", 903)], period=last_year),
        patrons=41,
        signatories=SIGNED,
    )


def lending() -> Reported:
    """The same month with three computers: a class, a power cut, a queue, and what nobody knows."""
    shown = october()
    weekdays = [day.date for day in shown.days if day.state is DayState.OPEN_COUNTED]
    rows = [
        session(
            day.isoformat(),
            15 + 3 * at,
            8 + (at + number) % 6,
            place=f"pc-{number}",
            sex=("female", "male", "female", "unknown")[(at + number) % 4],
            age_band=("0-11", "12-16", "17-25", "26-45", None)[(at + 2 * number) % 5],
            purpose=("study", "government", "business", "unknown")[at % 4],
            occupation=("pupil", "student", "unknown")[at % 3],
        )
        for at, day in enumerate(weekdays)
        for number in (1, 2, 3)
        if (at + number) % 3
    ]
    rows += [
        session("2026-10-12", 22, 10, place="pc-1", end="interrupted", duration="estimated"),
        session("2026-10-13", None, 11, place="pc-2", end="forgotten"),
        session("2026-10-20", None, None, count=6),
        session("2026-10-21", 40, 9, device=True, count=4),
    ]
    pcs = [pc(1), pc(2), pc(3, ("2026-01-01", GOOD, True), ("2026-10-16", BROKEN, True))]
    held = [ClassRow(day=date(2026, 10, 22), place=f"pc-{at}", minutes=120) for at in (1, 2)]
    tickets = [
        TicketRow(day=date(2026, 10, 13), outcome="served", count=4, no_shows=1, minutes=31),
        TicketRow(day=date(2026, 10, 13), outcome="left", count=1, no_shows=0, minutes=0),
    ]
    use = lent(*rows, pcs=pcs, classes=tuple(held), tickets=tuple(tickets))
    found = records(lent=use)
    figures = figures_of(OPENS, OCTOBER, shown.days, found).figures
    mine = {each.indicator: each for each in figures if INDICATORS[each.indicator] in LENT}
    merged = tuple(mine.get(each.indicator, each) for each in shown.figures.figures)
    return replace(
        shown,
        figures=replace(shown.figures, figures=merged),
        labels={**shown.labels, "workstation": {f"pc_{at}": f"PC {at}" for at in (1, 2, 3)}},
    )


def golden(name: str, document: Document) -> None:
    """Hold the outline against the file; PERPUDESK_GOLDEN=1 writes it anew, to be read."""
    path = HERE / f"{name}.outline.txt"
    if os.environ.get("PERPUDESK_GOLDEN"):
        path.write_text(document.outline(), "utf-8")
    assert document.outline() == path.read_text("utf-8")


def pdf_of(document: Document, paper: Paper) -> bytes:
    stream = io.BytesIO()
    render(document, stream, paper=paper)
    return stream.getvalue()


def text_of(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def test_a_full_month_reads_as_it_should() -> None:
    golden("october.en", build(october()))


def test_a_full_month_reads_as_it_should_in_indonesian() -> None:
    with speaking("id"):
        golden("october.id", build(october()))


def test_the_use_of_computers_reads_as_it_should() -> None:
    golden("computers.en", build(lending()))


def test_the_use_of_computers_reads_as_it_should_in_indonesian() -> None:
    with speaking("id"):
        golden("computers.id", build(lending()))


@pytest.mark.parametrize("paper", list(Paper))
def test_the_use_of_computers_can_be_read_on_paper(paper: Paper) -> None:
    pdf = pdf_of(build(lending()), paper)
    assert pdf == pdf_of(build(lending()), paper)
    text = text_of(pdf)
    for words in (
        "3. Computers",
        "4. Data quality",
        "Sessions by weekday and hour of their start",
        "Use rate: minutes and class minutes of the available ones",
        "PC 3",
        "Government services",
        "1 session was interrupted, as by a power cut.",
        "5 queue tickets were taken: 4 served, 1 left.",
    ):
        assert words in text, words


def test_an_empty_month_reads_well() -> None:
    golden("empty.en", build(month()))


@pytest.mark.parametrize("paper", list(Paper))
def test_what_was_counted_can_be_read_on_two_pages(paper: Paper) -> None:
    pdf = pdf_of(build(october()), paper)
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 2
    text = text_of(pdf)
    for words in (
        "DINAS PERPUSTAKAAN DAN KEARSIPAN",
        "Provisional · month not closed",
        "received 1,306 visits (",
        "1. Visits",
        "2. Visitors",
        "3. Data quality",
        "Dra. Contoh",
        "NIP. 19700101 199503 2 001",
        "Page 2 of 2",
    ):
        assert words in text, words


def test_the_same_figures_give_the_same_bytes() -> None:
    assert build(october()) == build(october())
    first, again = (pdf_of(build(october()), Paper.A4) for _ in range(2))
    assert first == again


def test_sections_are_numbered_as_they_appear() -> None:
    def headings(of: Reported) -> list[str]:
        return re.findall(r"^## (.*)$", build(of).outline(), re.MULTILINE)

    assert headings(october()) == ["Summary", "1. Visits", "2. Visitors", "3. Data quality"]
    assert headings(month()) == ["Summary", "1. Data quality"]
    assert [each.numbered for each in SECTIONS] == [False, *[True] * (len(SECTIONS) - 1)]


def test_who_is_not_known_yet_signs_on_dots_and_no_date_is_printed() -> None:
    text = build(month()).outline()
    dots = "………………………"
    assert f"sign: Acknowledged by | {dots} | **{dots}**" in text
    assert f"sign: Pangkalan Bun, {dots} | {dots} | **{dots}**" in text
    nowhere = replace(month().figures.branch, place=None)
    placeless = replace(month(), figures=replace(month().figures, branch=nowhere))
    assert f"sign: {dots}, {dots} | " in build(placeless).outline()
    nameless = (Signatory(place=SignatoryPlace.LEFT, name="", post=""),)
    assert f"Acknowledged by | {dots} | **{dots}**" in build(month(signatories=nameless)).outline()


def test_practice_is_marked_and_the_crest_stands_on_the_letterhead() -> None:
    document = build(month(practice=True, crest=b"png"))
    assert document.watermark == "PRACTICE"
    assert document.letterhead is not None
    assert document.letterhead.crest == b"png"
    assert build(month()).watermark is None
