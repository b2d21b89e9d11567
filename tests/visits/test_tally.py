"""Sheets of paper as they are typed: what they add up to, become, and are asked about."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpudesk.branch.model import DayInfo, Hours, Week
from perpudesk.core.codes import DESK_AGE_SET, UNKNOWN, DayState, Method, Sex, VisitorType
from perpudesk.core.errors import InputError
from perpudesk.visits.tally import (
    Cell,
    Doubt,
    Line,
    Sheet,
    bands_of,
    cell_field,
    doubts_of,
    line_of,
    next_day,
    parse_count,
    sheet_from,
    sheet_json,
    state_after,
    typed_by_purpose,
    typed_total,
    visits_of,
    wants_numbers,
)

MONDAY = date(2026, 11, 16)
WEEK: Week = (*(Hours(opens=480, closes=960),) * 5, None, None)
READING = Cell("reading", "female", "17-25")
COUNTED, ESTIMATED = Method.COUNTED, Method.ESTIMATED


def day(state: DayState = DayState.NOT_SET, *, visits: int = 0, was_set: bool = False) -> DayInfo:
    return DayInfo(date=MONDAY, state=state, was_set=was_set, visits=visits)


@pytest.mark.parametrize(
    "text,count",
    [("", None), ("  ", None), ("0", 0), ("7", 7), (" 12 ", 12), ("1.234", 1234), ("1 234", 1234)],
)
def test_a_count_is_read(text: str, count: int | None) -> None:
    assert parse_count(text, field="x") == count


@pytest.mark.parametrize("text", ["x", "-1", "1,5", "12.3", "10000", "9" * 40, "²", "٣"])
def test_what_is_no_count_is_refused_at_its_box(text: str) -> None:
    with pytest.raises(InputError) as caught:
        visits_of(Sheet(day=MONDAY, cells={READING: text}))
    assert (caught.value.code, caught.value.field) == ("bad_count", cell_field(READING))


@pytest.mark.parametrize(
    "text,years,band",
    [
        ("", None, None),
        ("?", None, None),
        ("23", 23, None),
        ("130", 130, None),
        ("17-25", None, "17-25"),
        ("17 – 25", None, "17-25"),
        ("46+", None, "46+"),
    ],
)
def test_an_age_is_years_or_a_group(text: str, years: int | None, band: str | None) -> None:
    line = line_of(DESK_AGE_SET, sex="male", age=text, purpose="loan", count="", at="")
    assert (line.age_years, line.age_band) == (years, band)
    assert (line.sex, line.purpose, line.count, line.at) == (Sex.MALE, "loan", 1, None)


@pytest.mark.parametrize(
    "field,given",
    [
        ("age", {"age": "131"}),
        ("age", {"age": "tua"}),
        ("age", {"age": "20-30"}),
        ("count", {"count": "0"}),
        ("count", {"count": "x"}),
        ("at", {"at": "25.00"}),
    ],
)
def test_a_line_is_refused_at_its_field(field: str, given: dict[str, str]) -> None:
    typed = {"sex": "female", "age": "", "purpose": UNKNOWN, "count": "", "at": "", **given}
    with pytest.raises(InputError) as caught:
        line_of(DESK_AGE_SET, **typed)
    assert caught.value.field == field


def test_a_sheet_becomes_a_visit_for_each_box_and_line() -> None:
    sheet = Sheet(
        day=MONDAY,
        method=ESTIMATED,
        cells={
            READING: "3",
            Cell("loan", "unknown", UNKNOWN): "2",
            Cell("loan", "male", "46+"): "",
        },
        lines=(Line(sex=Sex.MALE, age_years=9, count=4, at=time(9, 15)),),
        stated="9",
    )
    drafts = visits_of(sheet)
    assert [(d.count, d.purpose, d.profile.sex, d.profile.age_band) for d in drafts] == [
        (3, "reading", Sex.FEMALE, "17-25"),
        (2, "loan", Sex.UNKNOWN, None),
        (4, UNKNOWN, Sex.MALE, None),
    ]
    assert [(d.at, d.profile.age_years) for d in drafts] == [(None, None)] * 2 + [(time(9, 15), 9)]
    assert {(d.on, d.method, d.type) for d in drafts} == {(MONDAY, ESTIMATED, VisitorType.UNKNOWN)}
    assert (typed_total(sheet), typed_by_purpose(sheet)) == (9, {"reading": 3, "loan": 2})


def test_an_empty_sheet_needs_a_stated_nought() -> None:
    assert visits_of(Sheet(day=MONDAY, stated="0")) == []
    assert visits_of(Sheet(day=MONDAY, cells={READING: "0"}, stated="0")) == []
    for stated in ("", "4"):
        with pytest.raises(InputError) as caught:
            visits_of(Sheet(day=MONDAY, stated=stated))
        assert (caught.value.code, caught.value.field) == ("sheet_empty", "stated")
    with pytest.raises(InputError) as caught:
        visits_of(Sheet(cells={READING: "1"}))
    assert caught.value.field == "day"


def test_a_sum_counts_what_can_be_read() -> None:
    sheet = Sheet(cells={READING: "3", Cell("loan", "male", "46+"): "x"})
    assert typed_total(sheet) == 3


@pytest.mark.parametrize(
    "sheet,blank",
    [
        (Sheet(day=MONDAY, method=ESTIMATED), True),
        (Sheet(cells={READING: ""}), True),
        (Sheet(cells={READING: "1"}), False),
        (Sheet(lines=(Line(),)), False),
        (Sheet(stated="0"), False),
    ],
)
def test_a_sheet_is_blank_until_something_of_it_is_typed(sheet: Sheet, blank: bool) -> None:
    assert sheet.blank is blank


@pytest.mark.parametrize(
    "stated,info,sheets,closed,doubts",
    [
        ("", day(), 0, False, ()),
        ("3", day(), 0, False, ()),
        ("4", day(), 0, False, (Doubt.OTHER_TOTAL,)),
        ("", day(DayState.OPEN_COUNTED, visits=5), 0, False, (Doubt.HAS_VISITS,)),
        ("", day(DayState.OPEN_COUNTED, visits=5), 1, False, (Doubt.SECOND_SHEET,)),
        ("", day(DayState.CLOSED), 0, True, (Doubt.DAY_CLOSED, Doubt.MONTH_CLOSED)),
    ],
)
def test_doubts(
    stated: str, info: DayInfo, sheets: int, closed: bool, doubts: tuple[Doubt, ...]
) -> None:
    sheet = Sheet(day=MONDAY, cells={READING: "3"}, stated=stated)
    assert doubts_of(sheet, info, sheets=sheets, month_closed=closed) == doubts


@pytest.mark.parametrize(
    "method,info,typed,state",
    [
        (ESTIMATED, day(), 3, DayState.ESTIMATED),
        (ESTIMATED, day(DayState.OPEN_COUNTED, visits=4), 3, DayState.ESTIMATED),
        (ESTIMATED, day(DayState.ESTIMATED, was_set=True), 3, None),
        (COUNTED, day(), 3, None),
        (COUNTED, day(), 0, DayState.OPEN_COUNTED),
        (COUNTED, day(DayState.OPEN_COUNTED, visits=2), 0, None),
        (COUNTED, day(DayState.OPEN_COUNTED, was_set=True), 3, None),
        (COUNTED, day(DayState.OPEN_NOT_COUNTED, was_set=True), 3, DayState.OPEN_COUNTED),
        (COUNTED, day(DayState.CLOSED, was_set=True), 3, DayState.OPEN_COUNTED),
        (COUNTED, day(DayState.ESTIMATED, was_set=True), 3, DayState.OPEN_COUNTED),
        (COUNTED, day(DayState.ESTIMATED, visits=9, was_set=True), 3, None),
    ],
)
def test_what_a_day_becomes(
    method: Method, info: DayInfo, typed: int, state: DayState | None
) -> None:
    assert state_after(Sheet(day=MONDAY, method=method), info, typed) is state


def infos(*states: tuple[int, DayState, int]) -> list[DayInfo]:
    return [
        DayInfo(date=date(2026, 11, at), state=state, was_set=False, visits=visits)
        for at, state, visits in states
    ]


OPEN, NOT_SET = DayState.OPEN_NOT_COUNTED, DayState.NOT_SET
DAYS = infos(
    (2, NOT_SET, 0),
    (3, DayState.OPEN_COUNTED, 5),
    (4, NOT_SET, 0),
    (5, DayState.CLOSED, 0),
    (7, NOT_SET, 0),  # a Saturday
    (8, OPEN, 0),
    (9, NOT_SET, 3),
)


@pytest.mark.parametrize(
    "after,first,wanted",
    [
        (None, None, 2),
        (None, 3, 4),
        (4, 3, 8),
        (8, 3, 4),
        (8, 9, 2),
        (2, None, 4),
    ],
)
def test_the_next_day(after: int | None, first: int | None, wanted: int) -> None:
    found = next_day(
        DAYS,
        WEEK,
        after=None if after is None else date(2026, 11, after),
        first_record=None if first is None else date(2026, 11, first),
    )
    assert found == date(2026, 11, wanted)


def test_no_day_is_left() -> None:
    assert next_day(DAYS[1:2], WEEK, after=None, first_record=None) is None


def test_a_holiday_wants_no_numbers_and_unknown_hours_exclude_no_day() -> None:
    assert not wants_numbers(DayInfo(date=MONDAY, state=NOT_SET, was_set=False, holiday="X"), WEEK)
    assert wants_numbers(DAYS[4], None)


def test_age_groups_of_another_set_keep_their_column() -> None:
    sheet = Sheet(cells={Cell("loan", "male", "6-11"): "2", Cell("loan", "male", "0-5"): ""})
    assert bands_of(sheet, DESK_AGE_SET) == ["0-11", "12-16", "17-25", "26-45", "46+", "6-11"]


CELLS = st.dictionaries(
    st.builds(
        Cell,
        st.sampled_from(["reading", "loan", UNKNOWN]),
        st.sampled_from(list(map(str, Sex))),
        st.sampled_from([*(band.slug for band in DESK_AGE_SET), UNKNOWN]),
    ),
    st.text(min_size=1, max_size=5),
)
LINES = st.lists(
    st.builds(
        Line,
        sex=st.sampled_from(Sex),
        age_years=st.none() | st.integers(0, 130),
        purpose=st.sampled_from(["reading", UNKNOWN]),
        count=st.integers(1, 9999),
        at=st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    ),
    max_size=5,
).map(tuple)


@given(
    day=st.none() | st.dates(),
    method=st.sampled_from(Method),
    cells=CELLS,
    lines=LINES,
    stated=st.text(max_size=6),
)
def test_a_sheet_comes_back_as_it_was_kept(**given_: object) -> None:
    sheet = Sheet(**given_)  # type: ignore[arg-type]
    assert sheet_from(sheet_json(sheet)) == sheet
