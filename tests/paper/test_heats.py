from __future__ import annotations

import io
from itertools import pairwise

import pypdf
import pytest

from perpudesk.core.codes import Paper
from perpudesk.core.i18n import speaking
from perpudesk.paper.charts import plot
from perpudesk.paper.document import Document
from perpudesk.paper.heat import HeatMap, HeatRow
from perpudesk.paper.heats import _SHADES
from perpudesk.paper.marks import WHITE, Box, Drawing, Mark, Words
from perpudesk.paper.pdf import render
from perpudesk.paper.text import Metrics
from perpudesk.ui.tokens import contrast


def chart(*rows: tuple[int | None, ...], **more: object) -> HeatMap:
    made = tuple(HeatRow(label=f"Day {at}", values=row) for at, row in enumerate(rows, 1))
    columns = tuple(f"{at:02}" for at in range(8, 8 + len(rows[0]) if rows else 8))
    return HeatMap(**{"title": "Sessions", "columns": columns, "rows": made, **more})


def marks(drawings: tuple[Drawing, ...]) -> list[Mark]:
    return [mark for drawing in drawings for mark in drawing.marks]


def words(drawings: tuple[Drawing, ...]) -> list[str]:
    return [mark.text for mark in marks(drawings) if isinstance(mark, Words)]


def cells(drawings: tuple[Drawing, ...]) -> list[Box]:
    return [mark for mark in marks(drawings) if isinstance(mark, Box)]


def test_every_count_stands_in_its_cell_below_its_column_and_beside_its_row(even: Metrics) -> None:
    with speaking("id"):
        drawn = plot(chart((1, 0, None), (1250, 3, 4), category_axis="Hour"), 300, even)
    assert words(drawn) == [
        *("Sessions", "08", "09", "10"),
        *("Day 1", "1", "0"),
        *("Day 2", "1.250", "3", "4"),
        "Hour",
    ]
    boxes = cells(drawn)
    assert len(boxes) == 6
    assert {box.y for box in boxes[:3]} != {box.y for box in boxes[3:]}
    assert [box.x for box in boxes[:3]] == [box.x for box in boxes[3:]]


def test_more_is_darker_and_nothing_is_white(even: Metrics) -> None:
    drawn = plot(chart((None, 0, 1, 20, 40, 60, 80, 100)), 400, even)
    grounds = [box.fill for box in cells(drawn)]
    assert grounds[:2] == [WHITE, WHITE]
    assert grounds[2:] == [_SHADES[at][0] for at in (0, 0, 1, 2, 3, 4)]
    close = [box.fill for box in cells(plot(chart((107, 111, 145)), 400, even))]
    assert close == [_SHADES[at][0] for at in (0, 0, 4)]
    alike = {box.fill for box in cells(plot(chart((7, 7)), 400, even))}
    assert alike == {_SHADES[2][0]}


def test_steps_are_told_apart_without_colour_and_their_numbers_can_be_read() -> None:
    greys = [contrast(ground, "#000000") for ground in (WHITE, *(each for each, _ in _SHADES))]
    for lighter, darker in pairwise(greys):
        assert lighter / darker > 1.15
    for ground, ink in _SHADES:
        assert contrast(ground, ink) >= 4.5


def test_no_use_at_all_has_no_shade_and_no_cell_is_no_division(even: Metrics) -> None:
    assert {box.fill for box in cells(plot(chart((0, 0)), 300, even))} == {WHITE}
    assert words(plot(chart(), 300, even)) == ["Sessions"]


@pytest.mark.parametrize("count", [3, 24])
def test_it_keeps_to_its_width(even: Metrics, count: int) -> None:
    boxes = cells(plot(chart(tuple(range(count))), 480, even))
    assert max(box.x + box.width for box in boxes) <= 480.01
    assert max(box.width for box in boxes) <= 58


def test_the_outline_can_be_read() -> None:
    made = chart((1, None), value_axis="the darker, the more")
    assert list(made.outline()) == [
        "heat: Sessions",
        "   / the darker, the more",
        "  08 09",
        "  Day 1: 1 –",
    ]
    assert list(chart((1, 2)).outline())[1] == "  08 09"


def test_it_is_printed_and_reads_back() -> None:
    stream = io.BytesIO()
    made = chart((17, 23), title="Sessions by weekday and hour")
    render(Document(title="x", language="en", blocks=(made,)), stream, paper=Paper.A4)
    text = pypdf.PdfReader(stream).pages[0].extract_text()
    for each in ("Sessions by weekday and hour", "Day 1", "17", "23"):
        assert each in text
