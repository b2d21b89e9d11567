from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from perpudesk.paper.charts import plot
from perpudesk.paper.marks import AMBER, Box, Drawing, Line, Mark, Words
from perpudesk.paper.picture import picture
from perpudesk.paper.stacked import UNKNOWN_PART, Part, Stack, StackChart
from perpudesk.paper.stacks import PATTERNS, Field, pattern_of, stacks
from perpudesk.paper.svg import svg
from perpudesk.paper.text import Metrics

PARTS = (
    Part(name="Women", place=0),
    Part(name="Men", place=1),
    Part(name="Not recorded", place=UNKNOWN_PART),
)


def chart(*values: tuple[float, ...] | None, **more: object) -> StackChart:
    made = tuple(Stack(label=str(at), values=each) for at, each in enumerate(values, 1))
    return StackChart(**{"title": "Visits", "parts": PARTS, "stacks": made, **more})


def marks(drawings: tuple[Drawing, ...]) -> list[Mark]:
    return [mark for drawing in drawings for mark in drawing.marks]


def words(drawings: tuple[Drawing, ...]) -> list[str]:
    return [mark.text for mark in marks(drawings) if isinstance(mark, Words)]


def test_parts_stand_on_one_another_and_add_up(even: Metrics) -> None:
    field = Field(chart((10, 20, 10), (40, 0, 0)), 300, even)
    grounds = [each for each in field.marks() if isinstance(each, Box) and each.fill]
    first = grounds[:3]
    assert sum(box.height for box in first) == pytest.approx(grounds[3].height)
    assert first[1].y + first[1].height == pytest.approx(first[0].y)
    assert len({pattern_of(part.place) for part in PARTS}) == 3


def test_every_pattern_is_unlike_its_neighbour() -> None:
    assert len(set(PATTERNS)) == len(PATTERNS)
    assert pattern_of(len(PATTERNS)) == PATTERNS[0]
    assert pattern_of(UNKNOWN_PART) not in PATTERNS


def test_numbers_stand_above_or_beside_an_axis(even: Metrics) -> None:
    few = plot(chart((10, 20, 10), None), 300, even)
    assert words(few)[:5] == ["Visits", "40", "?", "1", "2"]
    many = plot(chart(*((1000.0, 1.0, 0.0),) * 40), 200, even)
    assert words(many)[1:4] == ["0", "250", "500"]
    assert any(isinstance(each, Line) for each in marks(many))


def test_estimates_and_what_was_not_counted_are_marked_and_explained(even: Metrics) -> None:
    made = StackChart(
        title="Visits",
        parts=PARTS[:1],
        stacks=(
            Stack(label="1", values=(3.0,), estimated=True),
            Stack(label="2", values=None),
            Stack(label="3", values=(0.0,), estimated=True),
        ),
        estimate="estimated",
        uncounted="not counted",
        category_axis="Month",
        value_axis="visits",
    )
    drawn = plot(made, 300, even)
    said = words(drawn)
    assert {"3*", "0*", "estimated", "not counted", "Month", "visits"} <= set(said)
    assert "Women" not in said  # one pattern needs no words
    assert sum(isinstance(each, Box) and each.edge == AMBER for each in marks(drawn)) == 2
    plain = plot(chart((1, 2, 3)), 300, even)
    assert {"Women", "Men", "Not recorded"} <= set(words(plain))


def test_without_bars_or_words_there_is_still_a_chart(even: Metrics) -> None:
    empty = StackChart(title="Visits", parts=PARTS[:1], stacks=())
    assert words(stacks(empty, 200, even)) == ["Visits"]


def test_its_outline_can_be_read() -> None:
    made = chart((1, 2, 0), None, category_axis="Month", value_axis="visits")
    assert list(made.outline()) == [
        "stacks: Visits",
        "  Month / visits",
        "  Women | Men | Not recorded",
        "  1=1+2+0 2=–",
    ]
    marked = Stack(label="3", values=(1.0,), estimated=True)
    assert marked.outline() == "3=1 estimated"


def test_a_picture_is_xml_and_text_is_only_text(even: Metrics) -> None:
    made = chart((1, 2, 3), title="<script>alert(1)</script> & “ß” عربي")
    drawn = svg(stacks(made, 300, even), 300, even)
    root = ET.fromstring(drawn)
    texts = [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert any("<script>alert(1)</script>" in (text or "") for text in texts)
    assert svg(stacks(made, 300, even), 300, even) == drawn
    assert not [each for each in root.iter() if each.tag.endswith("script")]


def test_on_the_screen_every_bar_has_its_room_from_left_to_right() -> None:
    shown = picture(chart((1, 2, 3), (4, 5, 6), None))
    assert len(shown.bars) == 3
    edges = [edge for bar in shown.bars for edge in bar]
    assert edges == sorted(edges)
    assert 0 < edges[0] < edges[-1] < 1
    ET.fromstring(shown.svg)


def test_a_picture_fills_the_room_that_there_is() -> None:
    shown = picture(chart((1, 2, 3), (4, 5, 6)), width=480, height=200)
    assert ET.fromstring(shown.svg).get("viewBox") == "0 0 480 200"
    flat = picture(chart((1, 2, 3), (4, 5, 6)), width=480, height=20)
    assert float((ET.fromstring(flat.svg).get("viewBox") or "").split()[3]) > 60
