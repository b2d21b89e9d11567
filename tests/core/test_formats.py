"""Numbers and dates, held against Babel's names and patterns (CLDR)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from babel import dates, numbers
from hypothesis import given
from hypothesis import strategies as st

from perpudesk.core import formats
from perpudesk.core.i18n import speaking
from perpudesk.core.times import Period

DAY = date(2026, 11, 23)
CLDR = {"id": "id", "en": "en_GB"}
"""English is written the way day-month-year countries do."""
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.fixture(params=["id", "en"])
def lang(request: pytest.FixtureRequest) -> Iterator[str]:
    with speaking(request.param):
        yield request.param


def test_month_names_are_babels(lang: str) -> None:
    assert formats.month_names() == list(dates.get_month_names("wide", locale=lang).values())
    short = list(dates.get_month_names("abbreviated", locale=lang).values())
    assert formats.month_names(short=True) == short


def test_day_names_are_babels_monday_first(lang: str) -> None:
    for width, short in (("wide", False), ("abbreviated", True)):
        babel = dates.get_day_names(width, locale=lang)
        assert formats.weekday_names(short=short) == [babel[day] for day in range(7)]


@pytest.mark.parametrize("lang", CLDR)
@given(day=DAYS)
def test_dates_are_babels(lang: str, day: date) -> None:
    locale = CLDR[lang]
    with speaking(lang):
        assert formats.date_long(day) == dates.format_date(day, "long", locale=locale)
        assert formats.month_name(day) == dates.format_date(day, "MMMM y", locale=locale)
        short = dates.format_date(day, "d MMM", locale=lang)
        assert formats.date_short(day) == short
        assert formats.month_short(day) == dates.format_date(day, "MMM y", locale=lang)
        full = dates.format_date(day, "EEEE, d MMMM y", locale=locale)
        assert formats.date_full(day) == full
        assert formats.date_digits(day) == f"{day:%d-%m-%Y}"


@pytest.mark.parametrize("lang", CLDR)
@given(moment=st.datetimes())
def test_times_are_babels(lang: str, moment: datetime) -> None:
    babel = dates.format_time(moment, "short", locale=CLDR[lang])
    with speaking(lang):
        assert formats.clock_text(moment) == babel
        assert formats.clock_text(moment.time()) == babel
        assert formats.clock_text(f"{moment:%H:%M}") == babel


@pytest.mark.parametrize("lang", CLDR)
@given(value=st.decimals(-(10**15), 10**15, places=3), decimals=st.integers(0, 3))
def test_numbers_are_babels(lang: str, value: Decimal, decimals: int) -> None:
    rounded = formats.half_up(value, decimals)
    babel = numbers.format_decimal(rounded, f"#,##0.{'0' * decimals}".rstrip("."), locale=lang)
    with speaking(lang):
        ours = formats.number(value, decimals)
    assert ours.replace("−", "-") == babel
    assert ("−" in ours) == (lang == "id" and rounded < 0)


@given(amount=st.integers(-(10**15), 10**15))
def test_rupiah_is_babels_without_cents(amount: int) -> None:
    babel = numbers.format_currency(amount, "IDR", "¤#,##0", locale="id", currency_digits=False)
    assert formats.rupiah(amount).replace("−", "-") == babel


@given(share=st.floats(-100, 100))
def test_percent_is_a_hundred_times_the_share(share: float) -> None:
    assert formats.percent(share) == formats.number(Decimal(repr(share)) * 100, 1)
    assert formats.percent(Decimal(repr(share))) == formats.percent(share)


@given(day=DAYS)
def test_a_month_is_read_from_its_code_and_from_any_of_its_days(day: date) -> None:
    assert formats.month_name(f"{day:%Y-%m}") == formats.month_name(day)
    assert formats.month_name(f"{day:%Y-%m-%d}", short=True) == formats.month_short(day)


@pytest.mark.parametrize(
    "value,decimals,printed",
    [
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (-2.5, 0, "−3"),
        (0.285, 2, "0,29"),
        (1.005, 2, "1,01"),
        (92.318, 1, "92,3"),
        (-0.04, 1, "0,0"),
        (Decimal("-0.4"), 0, "0"),
        (1234, 0, "1.234"),
        (0, 0, "0"),
        (None, 0, "–"),
        (None, 2, "–"),
        (float("nan"), 0, "–"),
        (float("inf"), 1, "–"),
        (Decimal("nan"), 1, "–"),
    ],
)
def test_halves_go_up_and_nothing_is_a_dash(
    value: float | Decimal | None, decimals: int, printed: str
) -> None:
    assert formats.number(value, decimals) == printed


@pytest.mark.parametrize(
    "change,printed",
    [
        (0.087, "+8,7%"),
        (-0.032, "−3,2%"),
        (0, "0,0%"),
        (0.0004, "0,0%"),
        (-0.0004, "0,0%"),
        (0.0005, "+0,1%"),
        (12.5, "+1.250,0%"),
        (Decimal("0.5"), "+50,0%"),
        (None, "–"),
        (float("nan"), "–"),
    ],
)
def test_a_change_has_its_sign(change: float | None, printed: str) -> None:
    assert formats.signed_percent(change) == printed


def test_nothing_prints_as_a_dash() -> None:
    assert formats.percent(None) == formats.rupiah(None) == formats.NOTHING == "–"


def test_as_the_brief_writes_them() -> None:
    assert formats.date_full(DAY) == "Senin, 23 November 2026"
    assert formats.date_digits(DAY + timedelta(days=-22)) == "01-11-2026"
    assert formats.rupiah(1234567) == "Rp1.234.567"
    assert formats.percent(0.554) == "55,4"
    assert formats.clock_text(time(9, 41)) == "09.41"
    with speaking("en"):
        assert formats.number(1234.5, 1) == "1,234.5"
        assert formats.clock_text("09:41") == "09:41"


@pytest.mark.parametrize(
    "code, indonesian, short, english",
    [
        ("2026-10", "Oktober 2026", "Okt 2026", "October 2026"),
        ("2026-Q1", "Triwulan I 2026", "TW I 2026", "Quarter I 2026"),
        ("2026-Q4", "Triwulan IV 2026", "TW IV 2026", "Quarter IV 2026"),
        ("2026-S2", "Semester II 2026", "Sem II 2026", "Semester II 2026"),
        ("2026", "Tahun 2026", "2026", "2026"),
    ],
)
def test_periods_are_named_as_offices_write_them(
    code: str, indonesian: str, short: str, english: str
) -> None:
    period = Period.parse(code)
    assert (formats.period_name(period), formats.period_short(period)) == (indonesian, short)
    with speaking("en"):
        assert formats.period_name(period) == english


def test_what_is_not_reached_is_never_rounded_up_to_it() -> None:
    shares = (0.7996, 0.8, 0.996, 1.0, 1.125)
    assert [formats.percent_reached(each) for each in shares] == ["79", "80", "99", "100", "112"]


@pytest.mark.parametrize(
    "code, said",
    [
        ("2026-10", "Oktober 2026"),
        ("2026-Q3", "triwulan III 2026"),
        ("2026-S1", "semester I 2026"),
        ("2026", "tahun 2026"),
    ],
)
def test_a_period_within_a_sentence_is_not_a_name(code: str, said: str) -> None:
    assert formats.period_in_text(Period.parse(code)) == said
