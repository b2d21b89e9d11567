"""Lists of people to sign: numbered, in zigzag, with the empty rows that a page takes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perpudesk.core.codes import Paper
from perpudesk.paper.document import Document, OnSheet, Signature, Signatures, Title
from perpudesk.paper.flow import Page
from perpudesk.paper.forms import Format, Roll
from perpudesk.paper.layout import lay_out
from perpudesk.paper.marks import Line, Words, flat
from perpudesk.paper.sizes import MM, SLIP, sheet
from perpudesk.paper.text import Metrics

NAMES = Roll(
    titles=("No.", "Name", "Sex"), shares=(1, 6, 2), rows=(("Siti", "F"), ("Adi", "M")), spare=3
)
SIGNED = Roll(
    titles=("No.", "Name", "Signature"), shares=(1, 6, 4), rows=(("Siti",),), signed=True, spare=2
)
BELOW = Signatures(right=Signature(lead="Here", post="Head", name="Rina"))


def laid(metrics: Metrics, *blocks: OnSheet, paper: Paper = Paper.A4) -> list[Page]:
    return lay_out(Document(title="T", language="en", blocks=blocks), sheet(paper), metrics)


def words(page: Page) -> list[tuple[str, float]]:
    marks = (each for placed in page.placed for each in flat(placed))
    return [(mark.text, left + mark.x) for mark, left, _ in marks if isinstance(mark, Words)]


def texts(page: Page) -> list[str]:
    return [text for text, _ in words(page)]


def numbers(pages: list[Page]) -> list[int]:
    """The numbers of the rows, in order, without those in the signing column."""
    return [int(text) for page in pages for text in texts(page) if text.isdecimal()]


@pytest.mark.parametrize("paper", Paper)
def test_spare_rows_follow_the_names_and_the_signature_the_rows(
    even: Metrics, paper: Paper
) -> None:
    (page,) = laid(even, Title(text="T"), NAMES, BELOW, paper=paper)
    assert numbers([page]) == list(range(1, 2 + 12 + 1)), "four times the spare ones at most"
    assert texts(page)[-1] == "Rina"


def test_a_list_that_fills_its_page_takes_what_room_there_is(even: Metrics) -> None:
    many = replace(NAMES, rows=(("Siti", "F"),) * 18)
    (page,) = laid(even, many, BELOW)
    used = page.height
    assert 21 <= len(numbers([page])) < 30
    assert sheet("a4").inner_height - used < 8 * MM, "no further row would fit"


def test_the_header_repeats_and_the_last_row_stays_with_the_signature(even: Metrics) -> None:
    many = replace(NAMES, rows=(("Siti", "F"),) * 28, spare=0)
    first, second = laid(even, many, BELOW)
    assert texts(second)[:3] == ["No.", "Name", "Sex"]
    assert texts(second)[3] == "28"
    assert texts(second)[-1] == "Rina"
    assert numbers([first, second]) == list(range(1, 29))


def test_nothing_follows_a_list_that_is_as_taken(even: Metrics) -> None:
    taken = replace(NAMES, spare=0, total=("", "Present", "1"))
    (page,) = laid(even, taken)
    assert texts(page)[-2:] == ["Present", "1"]
    many = replace(taken, rows=(("Siti", "F"),) * 30)
    _, last = laid(even, many)
    assert texts(last)[:3] == ["No.", "Name", "Sex"]
    assert texts(last)[-5:-2] == ["30", "Siti", "F"], "the total is never alone"


def test_signatures_stand_in_zigzag_two_rows_high(even: Metrics) -> None:
    (page,) = laid(even, SIGNED, BELOW)
    places = {text: x for text, x in words(page) if text.endswith(".") and text != "No."}
    rows = len(numbers([page]))
    assert rows % 2 == 0
    assert len(places) == rows
    assert places["1."] == places["3."] < places["2."] == places["4."]
    marks = [each for placed in page.placed[1:-1] for each in flat(placed)]
    rights = [mark.x2 for mark, _, _ in marks if isinstance(mark, Line) and mark.y1 == mark.y2]
    width = sheet("a4").inner_width
    assert all(x == pytest.approx(width) for x in rights[1::2])
    assert all(x == pytest.approx(width * 7 / 11) for x in rights[::2]), "no line in between"


def test_two_who_sign_beside_each_other_stand_on_one_page(even: Metrics) -> None:
    pages = laid(even, Title(text="T"), replace(SIGNED, rows=(("Siti",),) * 61))
    assert len(pages) > 1
    for page in pages:
        assert len(numbers([page])) % 2 == 0


def test_an_odd_last_row_is_closed(even: Metrics) -> None:
    (page,) = laid(even, replace(SIGNED, spare=0))
    lines = [mark for mark, _, _ in flat(page.placed[-1]) if isinstance(mark, Line)]
    assert max(line.x2 for line in lines) == pytest.approx(sheet("a4").inner_width)
    assert numbers([page]) == [1]


@pytest.mark.parametrize("pages", [1, 2, 3])
def test_an_empty_list_has_its_pages(even: Metrics, pages: int) -> None:
    empty = replace(SIGNED, rows=(), spare=0, pages=pages)
    laid_out = laid(even, Title(text="T"), empty, BELOW)
    assert len(laid_out) == pages
    assert all(len(numbers([page])) > 10 for page in laid_out)
    assert texts(laid_out[-1])[-1] == "Rina"


def test_where_there_is_no_room_at_all_one_row_stands(even: Metrics) -> None:
    empty = replace(SIGNED, rows=(), spare=0, pages=1, row_mm=300.0)
    assert numbers(laid(even, empty)) == [1]


def test_a_row_grows_with_its_name_and_cuts_nothing(even: Metrics) -> None:
    name = "Raden Ajeng " * 20 + "X" * 140
    (page,) = laid(even, replace(NAMES, rows=((name, "F"),), spare=0))
    assert page.placed[-1].drawing.height > 8 * MM
    assert "".join(texts(page)[4:-1]).replace(" ", "") == name.replace(" ", "")


def test_paper_lies_as_the_document_asks() -> None:
    upright, wide = sheet("f4"), sheet(Paper.F4, Format.WIDE)
    assert (wide.width, wide.height) == (upright.height, upright.width)
    assert sheet(SLIP) is SLIP
    outline = Document(title="T", language="en", blocks=(NAMES,), format=Format.WIDE).outline()
    assert outline.splitlines()[0] == "T [en] wide"
    assert "  2 | Adi | M" in outline
    assert "  at least 3 more" in outline


def test_outlines_of_empty_lists_and_of_totals() -> None:
    assert list(replace(SIGNED, rows=(), pages=2).outline())[1:] == ["  1, 2, 3 … on 2 pages"]
    assert list(replace(NAMES, spare=0, total=("", "Present", "1")).outline())[-1] == (
        "=  | Present | 1"
    )
