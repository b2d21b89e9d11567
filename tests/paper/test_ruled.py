"""Tables to be written in: black, with room for a pen, filling their pages exactly."""

from __future__ import annotations

import pytest

from perpudesk.core.codes import Paper
from perpudesk.paper.document import Columns, Document, Note, OnSheet, Title
from perpudesk.paper.flow import Page
from perpudesk.paper.forms import NewPage, Ruled
from perpudesk.paper.layout import lay_out
from perpudesk.paper.marks import INK, Box, Line, Words, flat
from perpudesk.paper.sizes import MM, sheet
from perpudesk.paper.text import Metrics

REGISTER = Ruled(titles=("No.", "Name"), shares=(1, 9), pages=3)
TALLY = Ruled(
    titles=("Purpose", "M/F", "Age"),
    shares=(3, 1, 3),
    rows=(("Reading", "M", ""), ("", "F", ""), ("Total", "", "")),
    total=True,
)


def laid(metrics: Metrics, *blocks: OnSheet | NewPage, paper: Paper = Paper.A4) -> list[Page]:
    return lay_out(Document(title="T", language="en", blocks=blocks), sheet(paper), metrics)


def texts(page: Page) -> list[str]:
    marks = (mark for placed in page.placed for mark, _, _ in flat(placed))
    return [mark.text for mark in marks if isinstance(mark, Words)]


def heights(page: Page) -> list[float]:
    return [placed.drawing.height / MM for placed in page.placed]


@pytest.mark.parametrize("paper", Paper)
def test_a_register_fills_its_pages_with_numbered_rows(even: Metrics, paper: Paper) -> None:
    pages = laid(even, Title(text="R"), REGISTER, Note(text="below"), paper=paper)
    assert len(pages) == 3
    numbers = [text for page in pages for text in texts(page) if text.isdecimal()]
    assert numbers == [str(at) for at in range(1, len(numbers) + 1)]
    for page in pages:
        assert page.height == pytest.approx(sheet(paper).inner_height)
        assert "Name" in texts(page)
    assert all(8 <= row < 9 for page in pages for row in heights(page)[2:-1])
    assert texts(pages[-1])[-1] == "below"


def test_a_register_of_one_page_leaves_room_for_what_follows(even: Metrics) -> None:
    (page,) = laid(even, Ruled(titles=("No.",), shares=(1,)), Note(text="below"))
    assert page.height == pytest.approx(sheet("a4").inner_height)


def test_given_rows_grow_to_the_foot_of_the_page(even: Metrics) -> None:
    (page,) = laid(even, Title(text="T"), TALLY, Note(text="below"))
    assert page.height == pytest.approx(sheet("a4").inner_height)
    _, _, first, second, third, _ = heights(page)
    assert (second, third) == pytest.approx((first, first))
    assert first > 50


def test_rows_that_do_not_fit_go_on_under_the_header(even: Metrics) -> None:
    rows = tuple((f"{at}", "x") for at in range(40))
    pages = laid(even, Ruled(titles=("No.", "Name"), shares=(1, 9), rows=rows))
    assert len(pages) == 2
    assert texts(pages[1])[:2] == ["No.", "Name"]
    assert heights(pages[0])[1] == pytest.approx(8)


def test_a_table_that_does_not_grow_is_as_low_as_it_may_be(even: Metrics) -> None:
    fixed = Ruled(titles=("Date",), shares=(1,), rows=(("",),), row_mm=9, grows=False)
    (page,) = laid(even, fixed, TALLY)
    assert heights(page)[1] == pytest.approx(9)
    assert page.height == pytest.approx(sheet("a4").inner_height)


def test_only_black_lines_and_the_first_cell_goes_on(even: Metrics) -> None:
    (page,) = laid(even, TALLY)
    marks = [mark for placed in page.placed for mark, _, _ in flat(placed)]
    assert not [mark for mark in marks if isinstance(mark, Box)]
    assert {mark.ink for mark in marks} == {INK}
    reading = page.placed[1].drawing
    level = [each for each in reading.marks if isinstance(each, Line) and each.y1 == each.y2]
    assert [line.x1 > 0 for line in level] == [True]
    total = page.placed[3].drawing
    assert [mark.bold for mark in total.marks if isinstance(mark, Words)] == [True]


def test_a_new_page_begins_under_the_letterhead(even: Metrics) -> None:
    pages = laid(even, Title(text="One"), TALLY, NewPage(), Title(text="Two"), TALLY)
    assert [texts(page)[0] for page in pages] == ["One", "Two"]
    assert [len(page.placed) for page in pages] == [5, 5]
    assert len(laid(even, NewPage())) == 2
    assert len(laid(even, Columns(left=(Note(text="a"),), right=()), NewPage())) == 2


def test_the_outline_tells_of_them() -> None:
    document = Document(title="T", language="en", blocks=(REGISTER, NewPage(), TALLY))
    assert document.outline().splitlines()[1:-1] == [
        "[No. | Name]",
        "  1, 2, 3 … on 3 pages",
        "----",
        "[Purpose | M/F | Age]",
        "  Reading | M | ",
        "   | F | ",
        "= Total |  | ",
    ]
