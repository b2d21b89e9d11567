from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from perpudesk.computers.model import Session
from perpudesk.computers.times import Times, moments_of
from perpudesk.core.codes import EndReason, Method, Precision, VisitorType
from perpudesk.core.errors import InputError
from perpudesk.patrons.model import Profile

WIB = ZoneInfo("Asia/Jakarta")
MONDAY = date(2026, 11, 23)


def at(hour: int, minute: int, second: int = 0, *, day: int = 23) -> datetime:
    return datetime(2026, 11, day, hour, minute, second, tzinfo=WIB).astimezone(UTC)


def known(start: datetime, end: datetime | None, reason: EndReason = EndReason.DONE) -> Session:
    return Session(
        id="s",
        local_date=MONDAY,
        local_hour=9,
        precision=Precision.TIME,
        count=1,
        device=False,
        workstation_id=None,
        start=start,
        limit=30,
        end=end,
        end_reason=None if end is None else reason,
        end_estimated=False,
        paused_ms=0,
        paused_at=None,
        moves=(),
        type=VisitorType.UNKNOWN,
        profile=Profile(),
        purpose="unknown",
        assisted=False,
        method=Method.COUNTED,
        patron_id=None,
        patron_name=None,
        visit_id=None,
        note=None,
        batch_id=None,
    )


@pytest.mark.parametrize(
    "start, end, minutes",
    [
        ("9.15", "10.00", 45),
        ("09:15", "1000", 45),
        ("0915", "45", 45),
        ("9", "9.30", 30),
        ("8.00", "480", 480),
        ("8.00", "830", 30),
        ("8.00", "0", 0),
        ("10.00", "9.00", -60),
    ],
)
def test_an_end_is_a_clock_or_minutes(start: str, end: str, minutes: int) -> None:
    begun, ended = moments_of(Times(on=MONDAY, start=start, end=end), WIB)
    assert begun is not None
    assert ended is not None
    assert ended - begun == timedelta(minutes=minutes)


def test_what_is_empty_is_unknown() -> None:
    assert moments_of(Times(on=MONDAY, start="", end="9.00"), WIB) == (None, None)
    assert moments_of(Times(on=MONDAY, start="9.00", end=" "), WIB) == (at(9, 0), None)


def test_an_end_may_be_of_the_next_day() -> None:
    typed = Times(on=MONDAY, start="21.00", end="0.30", next_day=True)
    assert moments_of(typed, WIB) == (at(21, 0), at(0, 30, day=24))


def test_the_minute_that_is_known_keeps_its_seconds() -> None:
    session = known(at(9, 15, 33), at(9, 45, 12))
    typed = Times(on=MONDAY, start="9.15", end="9.45")
    assert moments_of(typed, WIB, session) == (session.start, session.end)
    other = Times(on=MONDAY, start="9.16", end="9.44")
    assert moments_of(other, WIB, session) == (at(9, 16), at(9, 44))


def test_an_end_in_the_minute_of_the_start_is_no_earlier_than_it() -> None:
    session = known(at(9, 15, 33), None)
    typed = Times(on=MONDAY, start="9.15", end="9.15")
    assert moments_of(typed, WIB, session) == (session.start, session.start)


def test_an_end_that_nobody_knows_is_no_help() -> None:
    session = known(at(9, 15, 33), at(23, 59, 59), EndReason.FORGOTTEN)
    typed = Times(on=MONDAY, start="9.15", end="23.59")
    assert moments_of(typed, WIB, session) == (session.start, at(23, 59))


@pytest.mark.parametrize(
    "typed, field",
    [
        (Times(on=None, start="9.00", end=""), "on"),
        (Times(on=MONDAY, start="25.00", end=""), "start"),
        (Times(on=MONDAY, start="9.00", end="9.61"), "end"),
        (Times(on=MONDAY, start="9.00", end="123456"), "end"),
        (Times(on=MONDAY, start="9.00", end="-5"), "end"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(typed: Times, field: str) -> None:
    with pytest.raises(InputError) as refused:
        moments_of(typed, WIB)
    assert refused.value.field == field
