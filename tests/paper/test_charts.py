from __future__ import annotations

from dataclasses import replace

import pytest

from perpudesk.core.i18n import speaking
from perpudesk.paper.axes import axis_top
from perpudesk.paper.charts import plot
from perpudesk.paper.document import Bar, BarChart, BarStyle, HBarChart, LegendEntry
from perpudesk.paper.marks import (
    AMBER,
    LINE,
    PRIMARY,
    QUIET,
    WHITE,
    Box,
    Drawing,
    Line,
    Mark,
    Words,
    hatching,
)
from perpudesk.paper.text import Metrics


def chart(*bars: tuple[str, float | None, BarStyle], **more: object) -> BarChart:
    made = tuple(Bar(label=label, value=value, style=style) for label, value, style in bars)
    return replace(BarChart(title="Visits per day", bars=made), **more)


def normal(*values: float | None) -> BarChart:
    return chart(*((str(n), value, BarStyle.NORMAL) for n, value in enumerate(values, 1)))


def marks(drawings: tuple[Drawing, ...]) -> list[Mark]:
    return [mark for drawing in drawings for mark in drawing.marks]


def words(drawings: tuple[Drawing, ...]) -> list[str]:
    return [mark.text for mark in marks(drawings) if isinstance(mark, Words)]


def boxes(drawings: tuple[Drawing, ...]) -> list[Box]:
    return [mark for mark in marks(drawings) if isinstance(mark, Box)]


@pytest.mark.parametrize(
    "highest,top,step",
    [
        (0, 1, 1),
        (1, 1, 1),
        (4, 4, 1),
        (6, 6, 2),
        (12, 15, 5),
        (30, 30, 10),
        (96, 100, 20),
        (101, 125, 25),
        (110, 125, 25),
        (250, 250, 50),
        (2031, 2500, 500),
        (12.5, 15, 5),
    ],
)
def test_an_axis_ends_on_a_round_step_of_whole_numbers(
    highest: float, top: float, step: float
) -> None:
    assert axis_top(highest) == (top, step)
    assert top / step <= 6


def test_few_bars_carry_their_values(even: Metrics) -> None:
    drawn = plot(normal(10, 20, 0, None), 200, even)
    assert words(drawn) == ["Visits per day", "10", "20", "0", "–", "1", "2", "3", "4"]
    first, second = boxes(drawn)
    assert second.height == pytest.approx(2 * first.height)
    assert first.fill == second.fill == PRIMARY


def test_crowded_bars_stand_before_an_axis(even: Metrics) -> None:
    drawn = plot(replace(normal(*range(90, 121)), value_axis="visits"), 200, even)
    said = words(drawn)
    assert said[:8] == ["Visits per day", "visits", "0", "25", "50", "75", "100", "125"]
    assert said[8:] == [str(day) for day in range(1, 32, 2)]
    assert sum(isinstance(m, Line) and m.ink == LINE for m in marks(drawn)) == 5


def test_labels_that_do_not_fit_are_said_every_week(even: Metrics) -> None:
    days = normal(*range(90, 121))
    long = replace(days, bars=tuple(replace(bar, label=f"d{bar.label:>02}") for bar in days.bars))
    assert words(plot(long, 130, even))[-5:] == ["d01", "d08", "d15", "d22", "d29"]
    huge = replace(days, bars=tuple(replace(bar, label="x" * 99) for bar in days.bars))
    assert words(plot(huge, 130, even))[-1] == "x" * 99


@pytest.mark.parametrize(
    "style,value,fills,hatched,said",
    [
        (BarStyle.NORMAL, 5, [PRIMARY], False, "5"),
        (BarStyle.ESTIMATED, 5, [AMBER, None], True, "5"),
        (BarStyle.ESTIMATED, 0, [], False, ""),
        (BarStyle.CLOSED, 5, [LINE], True, "5"),
        (BarStyle.CLOSED, None, [LINE], True, ""),
        (BarStyle.NOT_COUNTED, 5, [WHITE], False, "5"),
        (BarStyle.NOT_COUNTED, None, [WHITE], False, "?"),
        (BarStyle.NOT_SET, 5, [WHITE], False, "5"),
        (BarStyle.NOT_SET, None, [QUIET], False, ""),
    ],
)
def test_every_style_is_told_apart_without_colour(  # noqa: PLR0917 - a table of cases
    even: Metrics, style: BarStyle, value: float | None, fills: list[str], hatched: bool, said: str
) -> None:
    drawn = plot(chart(("1", value, style), ("2", 10, BarStyle.NORMAL)), 200, even)
    assert [box.fill for box in boxes(drawn)] == [*fills, PRIMARY]
    lines = [mark for mark in marks(drawn) if isinstance(mark, Line)]
    assert (len(lines) > 1) is hatched
    assert [text for text in words(drawn)[1:-3] if text] == ([said] if said else [])


def test_hatching_stays_in_its_box() -> None:
    box = Box(10, 20, 5, 30)
    lines = list(hatching(box, 3, WHITE, 0.5))
    assert len(lines) == 11
    for line in lines:
        assert {10 <= x <= 15 for x in (line.x1, line.x2)} == {True}
        assert {20 <= y <= 50 for y in (line.y1, line.y2)} == {True}
        assert line.x2 - line.x1 == pytest.approx(line.y1 - line.y2)


def test_axes_and_legend_are_written(even: Metrics) -> None:
    legend = tuple(LegendEntry(style=style, text=f"is {style}") for style in BarStyle)
    drawn = plot(replace(normal(1), category_axis="day", legend=legend), 120, even)
    assert words(drawn)[3:] == [
        "day",
        "is normal",
        "is estimated",
        "is closed",
        "?",
        "is not_counted",
        "is not_set",
    ]
    assert drawn[-1].height > 25


def test_a_long_legend_wraps_below_itself(even: Metrics) -> None:
    legend = (
        LegendEntry(style=BarStyle.CLOSED, text="closed " * 20),
        LegendEntry(style=BarStyle.NORMAL, text="open"),
    )
    *_, drawn = plot(replace(normal(1), legend=legend), 120, even)
    assert len([mark for mark in drawn.marks if isinstance(mark, Words)]) > 5
    last = [mark for mark in drawn.marks if isinstance(mark, Words)][-1]
    assert last.text == "open"
    assert last.y < drawn.height


def test_a_chart_of_nothing_is_an_empty_field(even: Metrics) -> None:
    assert words(plot(BarChart(title="Empty", bars=()), 100, even)) == ["Empty"]
    assert words(plot(HBarChart(title="Empty", bars=()), 100, even)) == ["Empty"]


def test_lying_bars_are_named_and_valued(even: Metrics) -> None:
    bars = (
        Bar(label="Pupil", value=20, shown="20 (67%)"),
        Bar(label="Farmer", value=10),
        Bar(label="Unknown", value=None, style=BarStyle.NOT_COUNTED),
    )
    lying = HBarChart(title="By occupation", bars=bars, category_axis="occupation")
    drawn = plot(lying, 200, even)
    assert len(drawn) == 5
    assert words(drawn) == [
        "By occupation",
        "Pupil",
        "20 (67%)",
        "Farmer",
        "10",
        "Unknown",
        "–",
        "occupation",
    ]
    first, second = boxes(drawn)
    assert first.width == pytest.approx(2 * second.width)


def test_a_long_name_wraps_beside_its_bar(even: Metrics) -> None:
    bars = (Bar(label="a very long name of an occupation " * 2, value=3),)
    _, row = plot(HBarChart(title="T", bars=bars), 100, even)
    said = [mark for mark in row.marks if isinstance(mark, Words)]
    assert len(said) > 5
    assert max(mark.x + len(mark.text) * 3.6 for mark in said[:-1]) <= 100 * 0.42 + 0.1
    assert row.height > 40


@pytest.mark.parametrize("width", [60, 205, 440])
@pytest.mark.parametrize("values", [(1,), (0, 3), tuple(range(31)), (None,) * 12])
def test_nothing_is_drawn_outside(
    real: Metrics, width: float, values: tuple[float | None, ...]
) -> None:
    for drawing in plot(replace(normal(*values), category_axis="day"), width, real):
        for mark in drawing.marks:
            if isinstance(mark, Words):
                assert mark.x >= -0.5
                assert mark.x + real.width(mark.text, mark.size, bold=mark.bold) <= width + 0.5
                assert 0 < mark.y <= drawing.height
            elif isinstance(mark, Box):
                assert mark.x >= 0
                assert mark.x + mark.width <= width
                assert mark.y >= 0


def test_values_are_written_in_the_language_of_the_document(even: Metrics) -> None:
    with speaking("en"):
        assert "1,234" in words(plot(normal(1234), 200, even))
    with speaking("id"):
        assert "1.234" in words(plot(normal(1234), 200, even))
