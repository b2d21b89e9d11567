"""Moments, zones and the periods that are reported."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpudesk.core.errors import InputError
from perpudesk.core.times import (
    ZONES,
    FixedClock,
    Period,
    PeriodKind,
    SystemClock,
    local,
    parse_periods,
    parse_utc,
    utc_text,
    zone,
    zone_key,
    zone_label,
)

OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1900, 1, 2), datetime(2200, 1, 1), timezones=OFFSETS)  # noqa: DTZ001
STARTS = st.tuples(st.integers(1000, 9000), st.integers(1, 12))
LENGTHS = st.sampled_from([1, 3, 6, 12])


@given(first=MOMENTS, second=MOMENTS)
def test_utc_text_sorts_as_time_does(first: datetime, second: datetime) -> None:
    early, late = utc_text(first), utc_text(second)
    assert len(early) == len(late) == len("2026-11-23T02:41:07.123Z")
    if first <= second:
        assert early <= late


@given(moment=MOMENTS)
def test_utc_text_is_read_back_to_the_millisecond(moment: datetime) -> None:
    again = parse_utc(utc_text(moment))
    assert again.utcoffset() == timedelta(0)
    assert timedelta(0) <= moment - again < timedelta(milliseconds=1)


def test_the_system_clock_is_aware_and_in_utc() -> None:
    assert SystemClock().now().tzinfo is UTC


def test_a_fixed_clock_stands_until_it_is_moved(fixed_clock: FixedClock) -> None:
    before = fixed_clock.now()
    assert fixed_clock.now() == before
    fixed_clock.advance(hours=15)
    assert fixed_clock.now() - before == timedelta(hours=15)


@pytest.mark.parametrize(
    "name,key,label",
    [
        ("WIB", "Asia/Jakarta", "WIB"),
        ("wita", "Asia/Makassar", "WITA"),
        ("WIT", "Asia/Jayapura", "WIT"),
        ("Asia/Pontianak", "Asia/Pontianak", "Asia/Pontianak"),
        ("UTC", "UTC", "UTC"),
    ],
)
def test_zones_by_either_name(name: str, key: str, label: str) -> None:
    assert zone(name).key == key
    assert zone_label(key) == label


@pytest.mark.parametrize(
    "name", ["", "Mars/Olympus", "../../etc/passwd", "/etc/localtime", "Asia", "a\0b", "x" * 10_000]
)
def test_any_other_zone_is_refused(name: str) -> None:
    with pytest.raises(InputError) as refused:
        zone(name)
    assert (refused.value.code, refused.value.field) == ("bad_zone", "zone")
    assert refused.value.sentence()


def test_midnight_differs_by_zone() -> None:
    moment = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)
    days = [local(moment, zone(key)).date().day for key in ZONES]
    assert days == [22, 23, 23]


@pytest.mark.parametrize(
    "code,first,last,kind",
    [
        ("2026-10", date(2026, 10, 1), date(2026, 10, 31), PeriodKind.MONTH),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), PeriodKind.MONTH),
        ("2026-Q3", date(2026, 7, 1), date(2026, 9, 30), PeriodKind.QUARTER),
        ("2026-S1", date(2026, 1, 1), date(2026, 6, 30), PeriodKind.SEMESTER),
        ("2026-S2", date(2026, 7, 1), date(2026, 12, 31), PeriodKind.SEMESTER),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), PeriodKind.YEAR),
    ],
)
def test_a_period_by_its_code(code: str, first: date, last: date, kind: PeriodKind) -> None:
    period = Period.parse(code)
    assert (period.first, period.last, period.kind) == (first, last, kind)
    assert period.code == code


@given(start=STARTS, months=LENGTHS)
def test_a_period_holds_whole_months_without_gap(start: tuple[int, int], months: int) -> None:
    period = Period.of(*start, months)
    days = list(period.days())
    assert (days[0], days[-1]) == (period.first, period.last)
    assert period.first.day == (period.last + timedelta(days=1)).day == 1
    assert period.length == months == len(list(period.months()))
    assert [day for month in period.months() for day in month.days()] == days


@given(start=STARTS, months=LENGTHS)
def test_the_period_before_ends_the_day_before(start: tuple[int, int], months: int) -> None:
    period = Period.of(*start, months)
    before = period.before()
    assert before.last + timedelta(days=1) == period.first
    assert before.length == period.length
    assert period.year_before().first == period.first.replace(year=period.first.year - 1)


@given(year=st.integers(1000, 9998), part=st.sampled_from(["", "-Q1", "-Q4", "-S2", "-02", "-12"]))
def test_a_code_is_read_back(year: int, part: str) -> None:
    assert Period.parse(f"{year}{part}").code == f"{year}{part}"


@given(day=st.dates(date(1000, 1, 1), date(9998, 12, 31)))
def test_the_month_of_a_day_holds_it(day: date) -> None:
    assert day in Period.month_of(day).days()


BAD = [
    "",
    "2026-13",
    "2026-00",
    "2026-1",
    "2026-Q0",
    "2026-Q5",
    "2026-S3",
    "2026-q1",
    "26-10",
    "0999",
    "9999",
    "2026-10-01",
    "Oktober 2026",
    " 2026-10",
    "2026-10\n",
    "２０２６",  # noqa: RUF001 - digits, but not those a file or a person writes
    "2026-10..",
    "..2026-10",
    "2026..2027",
    "2026-10..2026-Q4",
    "2026-01..2026-02..2026-03",
]


@pytest.mark.parametrize("text", BAD)
def test_any_other_period_is_refused(text: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_periods(text)
    assert (refused.value.code, refused.value.field) == ("bad_period", "period")
    assert f"“{text}”" in refused.value.sentence()


def test_a_range_that_runs_backward_is_told_so() -> None:
    with pytest.raises(InputError) as refused:
        parse_periods("2026-10..2026-09")
    assert (refused.value.code, refused.value.field) == ("backward", "period")
    assert "2026-10..2026-09" in refused.value.sentence()


def test_a_range_is_its_months() -> None:
    months = parse_periods("2018-01..2025-07")
    assert len(months) == 7 * 12 + 7
    assert (months[0].code, months[11].code, months[-1].code) == ("2018-01", "2018-12", "2025-07")
    assert [month.code for month in parse_periods("2026-12..2027-01")] == ["2026-12", "2027-01"]
    assert parse_periods("2026-Q1") == (Period.parse("2026-Q1"),)


@pytest.mark.parametrize(
    "name", ["localtime", "Factory", "posixrules", "right/Asia/Jakarta", "posix/Asia/Jakarta", "x"]
)
def test_a_zone_that_another_machine_takes_otherwise_is_not_kept(name: str) -> None:
    with pytest.raises(InputError) as caught:
        zone_key(name)
    assert (caught.value.code, caught.value.field) == ("bad_zone", "zone")
    assert zone_key("WIB") == "Asia/Jakarta"


@pytest.mark.parametrize(
    "kind, code",
    [("month", "2026-08"), ("quarter", "2026-Q3"), ("semester", "2026-S2"), ("year", "2026")],
)
def test_a_month_lies_in_a_longer_period(kind: str, code: str) -> None:
    assert Period.around(Period.parse("2026-08"), PeriodKind(kind)).code == code
