from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpudesk.core.codes import Method
from perpudesk.core.i18n import speaking
from perpudesk.core.times import Period
from perpudesk.paper.stacked import UNKNOWN_PART, Part, Stack, StackChart
from perpudesk.reports.model import COMPLETENESS_SEX, VISITS, VISITS_PER_OPEN_DAY, Figures
from perpudesk.reports.trend import MOST_PARTS, span_periods, told, trend
from tests.reports.makes import figures, when, who

MONTHS = [Period.parse(f"2026-{month:02}") for month in (8, 9, 10)]


def month(at: int, **counts: int) -> Figures:
    """A month in which so many visitors of each purpose came on its fifth day."""
    people = [who(count, purpose=purpose) for purpose, count in counts.items()]
    day = f"2026-{at:02}-05"
    return figures([when(day, sum(counts.values()))], people, period=Period.parse(f"2026-{at:02}"))


def chart(many: list[Figures], dimension: str = "purpose") -> StackChart:
    return trend(many, VISITS, dimension, lambda slug: slug.upper())


def names(made: StackChart) -> list[str]:
    return [part.name for part in made.parts]


def test_each_period_is_a_bar_of_its_parts_the_largest_first() -> None:
    made = chart([month(8, reading=2, loan=3), month(9, loan=4, unknown=1)])
    assert names(made) == ["LOAN", "READING", "UNKNOWN"]
    assert [part.place for part in made.parts] == [0, 1, UNKNOWN_PART]
    assert [stack.values for stack in made.stacks] == [(3, 2, 0), (4, 0, 1)]
    assert [stack.shown for stack in made.stacks] == ["5", "5"]


def test_what_has_an_order_of_its_own_keeps_it() -> None:
    many = [
        figures(
            [when("2026-08-05", 9)],
            [who(2, age_band="0-11"), who(7, age_band="46+")],
            period=MONTHS[0],
        )
    ]
    assert names(chart(many, "age")) == ["0-11", "46+"]


def test_the_smallest_stand_together_where_there_are_too_many() -> None:
    counts = {f"own_{at}": 20 - at for at in range(12)}
    made = chart([month(8, **counts, unknown=3)])
    assert len(made.parts) == MOST_PARTS + 1
    with speaking("en"):
        made = chart([month(8, **counts, unknown=3)])
    assert names(made)[-2:] == ["the others together", "UNKNOWN"]
    (stack,) = made.stacks
    assert stack.values is not None
    assert stack.values[-2] == sum(range(9, 15))
    assert stack.total == sum(counts.values()) + 3


def test_nobody_counted_is_no_bar_and_nobody_came_is_one_of_nothing() -> None:
    empty = figures([], period=MONTHS[1])
    made = chart([month(8, loan=3), empty])
    assert [stack.values for stack in made.stacks] == [(3,), None]
    assert [stack.shown for stack in made.stacks] == ["3", ""]
    nothing = chart([empty])
    assert [stack.values for stack in nothing.stacks] == [None]


def test_estimates_are_marked() -> None:
    guess = figures([when("2026-08-05", 3, method=Method.ESTIMATED)], period=MONTHS[0])
    assert chart([guess]).stacks[0].estimated


def test_as_a_whole_it_is_one_part_with_the_printed_number() -> None:
    many = [month(8, loan=3), month(9, loan=4)]
    made = trend(many, VISITS_PER_OPEN_DAY, "", str)
    assert [stack.shown for stack in made.stacks] == ["3,0", "4,0"]
    assert len(made.parts) == 1
    shares = trend(many, COMPLETENESS_SEX, "", str)
    assert [stack.shown for stack in shares.stacks] == ["0,0%", "0,0%"]


def test_the_title_says_what_by_what_and_when() -> None:
    with speaking("en"):
        assert chart([month(8, loan=3), month(9)]).title == "Visits by purpose, Aug 2026 – Sep 2026"
        assert trend([month(8, loan=3)], VISITS, "", str).title == "Visits, Aug 2026"


def test_a_bar_is_told_in_words() -> None:
    parts = (Part(name="P", place=0), Part(name="L", place=1))
    stacks = (
        Stack(label="Okt 2026", values=(1300.0, 0.0), shown="1.300"),
        Stack(label="Nov 2026", values=None),
        Stack(label="Des 2026", values=(1.0, 2.0), estimated=True),
    )
    made = StackChart(
        title="x", parts=parts, stacks=stacks, estimate="perkiraan", uncounted="tidak dihitung"
    )
    assert told(made, 0) == "Okt 2026: 1.300 — P 1.300"
    assert told(made, 1) == "Nov 2026: tidak dihitung"
    assert told(made, 2) == "Des 2026: 3 (perkiraan) — P 1 · L 2"
    numbered = (Part(name="PC 1", place=0), Part(name="46+", place=1))
    pcs = StackChart(title="x", parts=numbered, stacks=(Stack(label="2026", values=(5.0, 1.0)),))
    assert told(pcs, 0) == "2026: 6 — PC 1: 5 · 46+: 1"
    one = StackChart(title="x", parts=parts[:1], stacks=(Stack(label="2026", values=(5.0,)),))
    assert told(one, 0) == "2026: 5"


@pytest.mark.parametrize(
    "span, first, last, count",
    [
        ("months", "2025-12", "2026-11", 12),
        ("quarters", "2024-Q1", "2026-Q4", 12),
        ("years", "2019", "2026", 8),
    ],
)
def test_spans_end_with_the_period_of_today(span: str, first: str, last: str, count: int) -> None:
    found = span_periods(span, [Period.parse("2026-11"), Period.parse("2019-03")])
    assert (found[0].code, found[-1].code, len(found)) == (first, last, count)


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from([*(f"own_{at}" for at in range(10)), "loan", "unknown"]),
            st.integers(0, 50),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_the_parts_of_every_bar_add_up_to_its_figure(counts: list[dict[str, int]]) -> None:
    many = [month(at, **each) for at, each in enumerate(counts, start=8)]
    made = chart(many)
    for stack, found in zip(made.stacks, many, strict=True):
        value = found.get(VISITS).value
        assert stack.values is None if value is None else stack.total == value
        assert stack.values is None or len(stack.values) == len(made.parts)
