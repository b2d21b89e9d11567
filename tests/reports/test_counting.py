from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpudesk.core.codes import (
    DESK_AGE_SET,
    FULL_AGE_SET,
    Basis,
    ClosedReason,
    DayState,
    Method,
    Precision,
)
from perpudesk.reports.counting import (
    WhenRow,
    WhoRow,
    age_by_sex,
    days_that_came,
    figures_of,
)
from perpudesk.reports.model import (
    COMPLETENESS_AGE,
    COMPLETENESS_DAYS,
    COMPLETENESS_SEX,
    INDICATORS,
    OPEN_DAYS,
    UNIQUE_PATRONS,
    VISITS,
    VISITS_PER_OPEN_DAY,
    Figures,
    mismatches,
)
from perpudesk.reports.tallies import WEEKDAYS
from tests.reports.makes import BRANCH, OCTOBER, days, figures, records, when, who

OPEN, ESTIMATED = DayState.OPEN_COUNTED, DayState.ESTIMATED
UNCOUNTED, CLOSED = DayState.OPEN_NOT_COUNTED, DayState.CLOSED
GUESS = Method.ESTIMATED


def test_no_record_and_no_counted_day_is_null() -> None:
    found = figures(on=days({5: UNCOUNTED, 6: ESTIMATED, 7: CLOSED}))
    assert found.value(VISITS) is None
    assert found.get(VISITS).basis is Basis.NOT_COUNTED
    assert found.get(VISITS).by == {}
    for indicator in (VISITS_PER_OPEN_DAY, UNIQUE_PATRONS, COMPLETENESS_SEX, COMPLETENESS_AGE):
        figure = found.get(indicator)
        assert (figure.value, figure.num, figure.den) == (None, None, None)


def test_a_counted_day_without_visits_is_zero() -> None:
    found = figures(on=days({5: OPEN}))
    visits = found.get(VISITS)
    assert (visits.value, visits.basis) == (0, Basis.COUNTED)
    assert visits.by["day"] == {"2026-10-05": 0, "unknown": 0}
    assert visits.by["weekday"] == {"monday": 0, "unknown": 0}
    assert visits.by["sex"] == {"female": 0, "male": 0, "unknown": 0}
    assert visits.by["purpose"] == {"unknown": 0}
    assert (found.value(VISITS_PER_OPEN_DAY), found.value(COMPLETENESS_SEX)) == (0, None)


@pytest.mark.parametrize(
    "methods,basis",
    [
        ([Method.COUNTED], Basis.COUNTED),
        ([GUESS], Basis.ESTIMATED),
        ([Method.COUNTED, GUESS], Basis.MIXED),
    ],
)
def test_the_basis_is_how_the_records_came_about(methods: list[Method], basis: Basis) -> None:
    rows = [when("2026-10-05", method=method) for method in methods]
    # The state of the day says nothing of it: here it is one of estimates, of counted records.
    found = figures(rows, on=days({5: ESTIMATED}, visits={5: 2}), patrons=1, methods=methods)
    for indicator in (VISITS, VISITS_PER_OPEN_DAY, UNIQUE_PATRONS, COMPLETENESS_SEX):
        assert found.get(indicator).basis is basis
        assert found.get(indicator).is_estimate is (basis is not Basis.COUNTED)


def test_days_are_told_by_state_and_open_ones_counted() -> None:
    states = {1: OPEN, 2: ESTIMATED, 3: UNCOUNTED, 4: CLOSED, 5: CLOSED}
    found = figures(on=days(states))
    assert list(found.days.items()) == [
        (OPEN, 1),
        (ESTIMATED, 1),
        (UNCOUNTED, 1),
        (CLOSED, 2),
        (DayState.NOT_SET, 26),
    ]
    assert found.value(OPEN_DAYS) == 3
    complete = found.get(COMPLETENESS_DAYS)
    assert (complete.num, complete.den, complete.value) == (1, 3, 1 / 3)


def test_what_opening_hours_suppose_is_no_knowledge() -> None:
    supposed = days({4: CLOSED, 11: CLOSED}, was_set=False)
    assert figures(on=supposed).value(OPEN_DAYS) is None
    assert figures(on=supposed).value(COMPLETENESS_DAYS) is None


def test_a_month_that_was_closed_by_somebody_had_no_open_day() -> None:
    found = figures(on=days({1: CLOSED}, reasons={1: ClosedReason.HOLIDAY}))
    assert found.value(OPEN_DAYS) == 0
    assert found.get(COMPLETENESS_DAYS).value is None
    assert found.get(COMPLETENESS_DAYS).basis is Basis.NOT_COUNTED


def test_averages_divide_by_days_with_a_number() -> None:
    rows = [when("2026-10-05", 30), when("2026-10-06", 10, method=GUESS), when("2026-10-07", 5)]
    states = {5: OPEN, 6: ESTIMATED, 7: UNCOUNTED, 8: CLOSED}
    figure = figures(rows, on=days(states, visits={5: 30, 6: 10, 7: 5})).get(VISITS_PER_OPEN_DAY)
    assert (figure.num, figure.den, figure.value) == (40, 2, 20.0)
    assert figure.basis is Basis.MIXED


def test_the_average_of_the_issue() -> None:
    rows = [when("2026-10-05", 2_031)]
    states = {**dict.fromkeys(range(1, 22), OPEN), 22: ESTIMATED}
    figure = figures(rows, on=days(states, visits={5: 2_031})).get(VISITS_PER_OPEN_DAY)
    assert (figure.num, figure.den, figure.value) == (2_031, 22, 2_031 / 22)


def test_precision_decides_what_is_known_of_the_moment() -> None:
    rows = [
        when("2026-10-05", 3, 9),
        when("2026-10-06", 4, None),
        when("2026-10-01", 50, None, precision=Precision.MONTH),
    ]
    visits = figures(rows).get(VISITS)
    assert visits.value == 57
    assert visits.by["day"] == {"2026-10-05": 3, "2026-10-06": 4, "unknown": 50}
    assert visits.by["weekday"] == {"monday": 3, "tuesday": 4, "unknown": 50}
    assert visits.by["hour"] == {"09": 3, "unknown": 54}


def test_a_total_of_the_month_alone_has_no_days_to_divide_by() -> None:
    found = figures([when("2026-10-01", 50, None, precision=Precision.MONTH)])
    assert (found.value(VISITS), found.value(OPEN_DAYS)) == (50, None)
    average = found.get(VISITS_PER_OPEN_DAY)
    assert (average.num, average.den, average.value) == (0, 0, None)


def test_years_go_into_the_set_and_a_band_only_where_it_nests() -> None:
    people = [
        who(2, age_years=17, sex="female"),
        who(3, age_band="0-11", sex="male"),
        who(5, age_band="6-11"),
        who(7, age_band="26-35"),
        who(11),
    ]
    found = figures([when("2026-10-05", 28)], people)
    ages = {"0-11": 8, "12-16": 0, "17-25": 2, "26-45": 7, "46+": 0, "unknown": 11}
    assert found.get(VISITS).by["age"] == ages
    assert found.get(COMPLETENESS_AGE).num == 17
    crossed = age_by_sex(DESK_AGE_SET, people)
    assert crossed["0-11"] == {"female": 0, "male": 3, "unknown": 5}
    assert {band: sum(counts.values()) for band, counts in crossed.items()} == ages


def test_a_band_of_another_set_is_its_own_row_in_order_of_age() -> None:
    people = [who(3, age_band="0-11"), who(4, age_band="46+"), who(5, age_band="26-45")]
    crossed = age_by_sex(FULL_AGE_SET, people)
    assert list(crossed) == [
        *("0-5", "0-11", "6-11", "12-16", "17-25", "26-35", "26-45", "36-45"),
        *("46-55", "46+", "56-65", "66+", "unknown"),
    ]


def test_growing_lists_hold_what_occurs_in_their_order() -> None:
    people = [
        who(1, purpose="baca_koran"),
        who(2, purpose="loan"),
        who(3, purpose="reading"),
        who(4, purpose="other"),
    ]
    visits = figures([when("2026-10-05", 10)], people).get(VISITS)
    wanted = {"reading": 3, "loan": 2, "other": 4, "baca_koran": 1, "unknown": 0}
    assert list(visits.by["purpose"].items()) == list(wanted.items())
    assert visits.by["occupation"] == {"unknown": 10}


def test_own_entries_count_under_their_standard_when_asked() -> None:
    people = [who(1, purpose="baca_koran"), who(3, purpose="reading")]
    rows = records([when("2026-10-05", 4)], people)
    on = days(visits={5: 4})
    standards = {"purpose": {"baca_koran": "reading", "reading": "reading"}}
    asked = figures_of(BRANCH, OCTOBER, on, rows, standards).get(VISITS)
    assert asked.by["purpose"] == {"reading": 4, "unknown": 0}


def test_named_patrons_are_null_when_nobody_was_named() -> None:
    assert figures([when("2026-10-05")]).value(UNIQUE_PATRONS) is None
    assert figures([when("2026-10-05")], patrons=1).value(UNIQUE_PATRONS) == 1


def test_days_to_come_have_no_state_but_records_are_not_hidden() -> None:
    came = days_that_came(days({5: OPEN}, visits={30: 2}), date(2026, 10, 7))
    assert [day.date.day for day in came] == [1, 2, 3, 4, 5, 6, 7, 30]


def test_keys_of_weekdays_begin_on_monday() -> None:
    monday = date(2026, 10, 5)
    rows = [when((monday + timedelta(days=back)).isoformat()) for back in (6, 5, 4, 3, 2, 1, 0)]
    assert tuple(figures(rows).get(VISITS).by["weekday"]) == (*WEEKDAYS, "unknown")


HOURS = st.one_of(st.none(), st.integers(0, 23))


@st.composite
def _when(draw: st.DrawFn) -> WhenRow:
    hour = draw(HOURS)
    unknown = draw(st.sampled_from([Precision.DAY, Precision.MONTH]))
    return WhenRow(
        day=draw(st.dates(OCTOBER.first, OCTOBER.last)),
        hour=hour,
        precision=unknown if hour is None else Precision.TIME,
        method=draw(st.sampled_from(Method)),
        count=draw(st.integers(1, 500)),
    )


@st.composite
def _who(draw: st.DrawFn, count: int) -> WhoRow:
    years = draw(st.one_of(st.none(), st.integers(0, 130)))
    band = draw(st.sampled_from([None, "0-5", "0-11", "26-35", "46+", "66+"]))
    return who(
        count,
        sex=draw(st.sampled_from(["female", "male", "unknown"])),
        age_years=years,
        age_band=band if years is None else None,
        type=draw(st.sampled_from(["member", "non_member", "group", "unknown"])),
        occupation=draw(st.sampled_from(["pupil", "own", "unknown"])),
        education=draw(st.sampled_from(["sd", "unknown"])),
        purpose=draw(st.sampled_from(["reading", "other", "mewarnai", "unknown"])),
    )


@st.composite
def _months(draw: st.DrawFn) -> Figures:
    whens = draw(st.lists(_when(), max_size=8))
    whos = [draw(_who(row.count)) for row in whens]
    states = draw(st.dictionaries(st.integers(1, 31), st.sampled_from(DayState), max_size=31))
    return figures(whens, whos, on=days(states))


@given(_months())
def test_every_breakdown_has_its_unknown_and_adds_up(found: Figures) -> None:
    visits = found.get(VISITS)
    assert mismatches(visits) == ()
    assert all("unknown" in counts for counts in visits.by.values())
    assert all(list(counts)[-1] == "unknown" for counts in visits.by.values())


@given(_months())
def test_null_and_basis_go_together_and_ratios_are_what_they_are_made_of(found: Figures) -> None:
    for code in INDICATORS.values():
        figure = found.get(code)
        assert (figure.value is None) == (figure.basis is Basis.NOT_COUNTED)
        if figure.den:
            assert figure.value == (figure.num or 0) / figure.den
