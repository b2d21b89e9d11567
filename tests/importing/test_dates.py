"""Dates of every form, decided over the whole list, on the branch's own clock."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from perpudesk.core.errors import Problem
from perpudesk.core.times import utc_text
from perpudesk.importing.dates import (
    BAD_DATE,
    DAY_OR_MONTH,
    IN_FUTURE,
    NO_DATE,
    TOO_EARLY,
    DayOrder,
    Moments,
    When,
    begins_with_day,
    order_of,
)

NOW = datetime(2026, 11, 23, 2, 41, 7, tzinfo=UTC)
JAKARTA = ZoneInfo("Asia/Jakarta")
TODAY = date(2026, 11, 23)


def moment(text: str, *others: str, zone: str = "Asia/Jakarta") -> When | Problem:
    return Moments([text, *others], where=ZoneInfo(zone), now=NOW).at(text)


@pytest.mark.parametrize(
    "text,day,clock",
    [
        ("2026-10-05 09:41:07", "2026-10-05", "094107"),
        ("2026-10-05T09:41:07", "2026-10-05", "094107"),
        ("2026-10-05 09:41:07.123", "2026-10-05", "094107"),
        ("2026-10-05 09:41", "2026-10-05", "0941ff"),
        ("2026/1/5 9:41", "2026-01-05", "0941ff"),
        ("2026-10-05", "2026-10-05", "ffffff"),
        ("23/10/2026 09:41", "2026-10-23", "0941ff"),
        ("23-10-2026 09.41", "2026-10-23", "0941ff"),
        ("23.10.26", "2026-10-23", "ffffff"),
        ("5/6/26 9:41", "2026-06-05", "0941ff"),
        ("10/23/2026 9:41:07 PM", "2026-10-23", "214107"),
        ("10/23/2026 12:05 AM", "2026-10-23", "0005ff"),
        ("10/23/2026 12:05 p.m.", "2026-10-23", "1205ff"),
        ("23 Oktober 2026 09:41", "2026-10-23", "0941ff"),
        ("Jumat, 23 Oktober 2026", "2026-10-23", "ffffff"),
        ("23 October 2026, 09:41", "2026-10-23", "0941ff"),
        ("23-Okt-26", "2026-10-23", "ffffff"),
        ("3 Agt 2026 10.00", "2026-08-03", "1000ff"),
        ("3 nopember 2025", "2025-11-03", "ffffff"),
        ("03 Peb 2025", "2025-02-03", "ffffff"),
        ("3 Agst 2025", "2025-08-03", "ffffff"),
        ("Senin, 03/02/2025", "2025-02-03", "ffffff"),
        ("Kamis 13/02/2025", "2025-02-13", "ffffff"),
        ("Jumat, 07-02-2025 09.41 WIB", "2025-02-07", "0941ff"),
        ("Jum'at,07-02-2025", "2025-02-07", "ffffff"),
        ("3 / 2 / 2025", "2025-02-03", "ffffff"),
        ("20250203", "2025-02-03", "ffffff"),
        ("45691", "2025-02-03", "ffffff"),
    ],
)
def test_forms_of_dates(text: str, day: str, clock: str) -> None:
    found = moment(text)
    assert isinstance(found, When)
    assert (found.day, found.clock) == (day, clock)
    assert found.hour == (None if clock == "ffffff" else int(clock[:2]))
    assert (found.occurred_at is None) == (clock == "ffffff")


@pytest.mark.parametrize(
    "text,day,clock,at",
    [
        ("2026-10-05T09:41:07Z", "2026-10-05", "164107", "2026-10-05T09:41:07.000Z"),
        ("2026-10-05T09:41:07.123Z", "2026-10-05", "164107", "2026-10-05T09:41:07.000Z"),
        ("2026-10-05 09:41:07+07:00", "2026-10-05", "094107", "2026-10-05T02:41:07.000Z"),
        ("2026-10-05T20:30-0500", "2026-10-06", "0830ff", "2026-10-06T01:30:00.000Z"),
        ("2026-10-05 09:41 UTC+9", "2026-10-05", "0741ff", "2026-10-05T00:41:00.000Z"),
        ("2026-10-05 09:41 gmt", "2026-10-05", "1641ff", "2026-10-05T09:41:00.000Z"),
        ("05/10/2026 00.30 WIT", "2026-10-04", "2230ff", "2026-10-04T15:30:00.000Z"),
        ("2026-11-24T00:30+14:00", "2026-11-23", "1730ff", None),
        ("2026-11-24T00:30+09:00", "2026-11-23", "2230ff", None),
        ("2026-11-23T11:30+09:00", "2026-11-23", "0930ff", "2026-11-23T02:30:00.000Z"),
    ],
)
def test_a_date_with_a_zone_is_a_moment(text: str, day: str, clock: str, at: str | None) -> None:
    found = moment(text)
    if at is None:
        assert found is IN_FUTURE
        return
    assert isinstance(found, When)
    assert (found.day, found.clock, found.occurred_at) == (day, clock, at)
    assert found.hour == int(clock[:2])


def test_an_hour_that_passed_twice_and_one_that_was_left_out() -> None:
    def at(text: str) -> When:
        found = moment(text, zone="America/Chicago")
        assert isinstance(found, When)
        return found

    for text in ("2025-11-02 01:30:00", "2025-11-02 01:30"):
        twice = at(text)
        assert (twice.occurred_at, twice.again) == (
            "2025-11-02T06:30:00.000Z",
            "2025-11-02T07:30:00.000Z",
        )
    left_out = at("2025-03-09 02:30:00")
    assert (left_out.hour, left_out.clock, left_out.skipped) == (2, "023000", True)
    assert left_out.occurred_at == "2025-03-09T08:30:00.000Z"
    usual = at("2025-11-02 02:30:00")
    assert (usual.again, usual.skipped, usual.occurred_at) == (
        None,
        False,
        "2025-11-02T08:30:00.000Z",
    )
    assert at("2025-11-02 03:30:00")[:4] == at("2025-11-02T03:30:00-06:00")[:4]


@pytest.mark.parametrize(
    "text,problem",
    [
        ("2026-10-05 09:41+15:00", BAD_DATE),
        ("9999-12-31 23:59:59-12:00", IN_FUTURE),
        ("0001-01-01 00:00+14:00", TOO_EARLY),
        ("2026-02-30 09:00Z", BAD_DATE),
        ("", NO_DATE),
        ("kemarin", BAD_DATE),
        ("0000-00-00 00:00:00", BAD_DATE),
        ("2026-02-30 09:00:00", BAD_DATE),
        ("2026-10-05 24:00:00", BAD_DATE),
        ("2026-10-05 09:60", BAD_DATE),
        ("2026-10-05 09:41:61", BAD_DATE),
        ("10/23/2026 13:05 PM", BAD_DATE),
        ("32/13/2026", BAD_DATE),
        ("23 Foo 2026", BAD_DATE),
        ("46349.4035", BAD_DATE),
        ("########", BAD_DATE),
        ("\u0662026-10-05 09:41:07", BAD_DATE),
        ("1944-12-31 09:00:00", TOO_EARLY),
        ("0026-10-05 09:00:00", TOO_EARLY),
        ("2026-11-24 09:00:00", IN_FUTURE),
        ("2026-11-24", IN_FUTURE),
        ("2026-11-23 10:41:08", IN_FUTURE),
        ("9999-12-31 23:59:59", IN_FUTURE),
        ("23/10/99", IN_FUTURE),
    ],
)
def test_what_is_no_moment_that_can_have_been(text: str, problem: Problem) -> None:
    assert moment(text) is problem


def test_the_end_of_what_can_have_been() -> None:
    for text in ("2026-11-23 10:41:07", "2026-11-23", "1945-01-01 00:00:00"):
        assert isinstance(moment(text), When), text


@pytest.mark.parametrize(
    "texts,order",
    [
        ([], DayOrder()),
        (["2026-03-04 09:00:00"], DayOrder()),
        (["04/03/2026", "x"], DayOrder(example="04/03/2026")),
        (["04/04/2026"], DayOrder()),
        (["04/03/2026", "25/03/2026"], DayOrder(proof="25/03/2026", example="04/03/2026")),
        (
            ["04/03/2026", "03/25/2026"],
            DayOrder(month_first=True, proof="03/25/2026", example="04/03/2026"),
        ),
        (
            ["04/03/2026", "03/25/2026", "25/03/2026"],
            DayOrder(month_first=None, example="04/03/2026"),
        ),
        (["40/50/2026"], DayOrder()),
        # as day/month the second would lie in the future
        (["04/03/2026", "11/12/2026"], DayOrder(month_first=True, example="04/03/2026")),
        (["04/03/2026 9:00 AM"], DayOrder(month_first=True, example="04/03/2026 9:00 AM")),
        (["11/12/2027"], DayOrder(example="11/12/2027")),
        (["03/02/25 2:15 PM", "03/02/25 14:20"], DayOrder(example="03/02/25 2:15 PM")),
        (["02/31/2024", "04/03/2024"], DayOrder(example="04/03/2024")),
        (["31-02-2024", "03/25/2024"], DayOrder(month_first=True, proof="03/25/2024")),
    ],
)
def test_day_or_month_first_is_decided_over_the_list(texts: list[str], order: DayOrder) -> None:
    assert order_of(texts, TODAY) == order


def test_one_sure_date_decides_the_others() -> None:
    first = moment("04/03/2026", "03/25/2026")
    other = moment("04/03/2026", "25/03/2026")
    assert isinstance(first, When)
    assert isinstance(other, When)
    assert (first.day, other.day) == ("2026-04-03", "2026-03-04")


def test_where_a_list_does_both_only_sure_dates_are_read() -> None:
    both = ("03/25/2026", "25/03/2026")
    assert moment("04/03/2026", *both) is DAY_OR_MONTH
    for sure, day in (("25/03/2026", "2026-03-25"), ("03/25/2026", "2026-03-25")):
        found = moment(sure, *both)
        assert isinstance(found, When)
        assert found.day == day
    same = moment("04/04/2026", *both)
    assert isinstance(same, When)


@pytest.mark.parametrize(
    "zone",
    [
        "Asia/Jakarta",
        "Asia/Jayapura",
        "Asia/Kolkata",
        "Asia/Kathmandu",
        "America/New_York",
        "Europe/Lisbon",
        "Australia/Lord_Howe",
        "UTC",
    ],
)
def test_any_zone_agrees_with_zoneinfo(zone: str) -> None:
    where = ZoneInfo(zone)
    days = ("2026-03-08", "2026-03-29", "2026-04-05", "2026-10-04", "2026-10-25", "2026-11-01")
    texts = [
        f"{day} {hour:02}:{minute}:09"
        for day in days
        for hour in range(6)
        for minute in (0, 15, 45)
    ]
    texts = [text.replace(":0:", ":00:") for text in texts]
    moments = Moments(texts, where=where, now=NOW)
    for text in texts:
        found = moments.at(text)
        assert isinstance(found, When)
        expected = utc_text(datetime.fromisoformat(text).replace(tzinfo=where))
        assert found.occurred_at == expected, text
        assert found.hour == int(text[11:13])


def test_a_known_hour_is_no_licence_for_what_follows_it() -> None:
    moments = Moments([], where=JAKARTA, now=NOW)
    assert isinstance(moments.at("2026-11-23 09:00:00"), When)
    for text in ("2026-11-23 09:", "2026-11-23 09:0", "2026-11-23 09:00:0x", "2026-11-23 09:00-00"):
        assert moments.at(text) is BAD_DATE, text
    assert isinstance(moments.at("2026-11-23 09:00"), When)
    assert isinstance(moments.at("2026-11-23 10:41:07"), When)
    assert moments.at("2026-11-23 10:41:08") is IN_FUTURE


@pytest.mark.parametrize(
    "text,expected",
    [
        ("2026-10-05T09:41:07Z", True),
        ("5/10/26 9.41 malam", True),
        ("Rabu, 5 Oktober 2026", True),
        ("5 Okt", False),
        ("RT 01 blok 12", False),
        ("M5", False),
        ("", False),
    ],
)
def test_what_begins_with_a_day(text: str, expected: bool) -> None:
    assert begins_with_day(text) is expected
