"""Numbers and dates as they are printed, on screen and on paper alike.

Written out rather than taken from Babel: the desk paints before a locale library has loaded
(Babel's import alone costs more than our first paint allows), and a test holds every name and
pattern here against Babel's. Nothing prints as "–"; halves are rounded up.
"""

from __future__ import annotations

import math
from datetime import date, datetime, time
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from perpudesk.core.i18n import language, tr, trc
from perpudesk.core.times import Period, PeriodKind

NOTHING = "–"
Number = int | float | Decimal


ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
"""The months as offices number their letters."""


def half_up(value: Number, decimals: int = 0) -> Decimal:
    """`value` rounded half up, as print does everywhere (domain.md); never a zero with a minus."""
    rounded = _exact(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return rounded or abs(rounded)


def _exact(value: Number) -> Decimal:
    """The number as it is written, not as binary holds it: 0.285 is 0.285."""
    return value if isinstance(value, Decimal) else Decimal(repr(value))


def number(value: Number | None, decimals: int = 0) -> str:
    """`1.234,5` in Indonesian; nothing for None or a number that is none."""
    if value is None or not math.isfinite(value):
        return NOTHING
    text = f"{half_up(value, decimals):,f}"
    return text if language() == "en" else text.translate(_INDONESIAN)


_INDONESIAN = str.maketrans({",": ".", ".": ",", "-": "−"})


def percent(share: Number | None, decimals: int = 1) -> str:
    """A share 0–1 as percent without the sign: `55,4`."""
    return NOTHING if share is None else number(_exact(share) * 100, decimals)


def percent_reached(share: Number) -> str:
    """A share of a target in whole percent, rounded down: `99` is not reached yet."""
    return number((_exact(share) * 100).to_integral_value(ROUND_FLOOR))


def signed_percent(change: Number | None) -> str:
    """A change as `+8,7%` or `−3,2%`."""
    if change is None or not math.isfinite(change):
        return NOTHING
    rounded = half_up(_exact(change) * 100, 1)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return f"{sign}{number(abs(rounded), 1)}%"


def rupiah(amount: int | None) -> str:
    """Whole rupiah: `Rp1.234.567`."""
    if amount is None:
        return NOTHING
    return f"{'−' if amount < 0 else ''}Rp{number(abs(amount))}"


_MONTHS = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "en": "January February March April May June July August September October November December",
}
_MONTHS_SHORT = {
    "id": "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des",
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
}
_DAYS = {
    "id": "Senin Selasa Rabu Kamis Jumat Sabtu Minggu",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
}
_DAYS_SHORT = {"id": "Sen Sel Rab Kam Jum Sab Min", "en": "Mon Tue Wed Thu Fri Sat Sun"}


def weekday_names(*, short: bool = False) -> list[str]:
    """The seven days, Monday first."""
    return (_DAYS_SHORT if short else _DAYS)[language()].split()


def month_names(*, short: bool = False) -> list[str]:
    """The twelve months."""
    return (_MONTHS_SHORT if short else _MONTHS)[language()].split()


def date_long(day: date) -> str:
    """`23 November 2026`."""
    return f"{day.day} {month_names()[day.month - 1]} {day.year}"


def date_full(day: date) -> str:
    """`Senin, 23 November 2026`."""
    return f"{weekday_names()[day.weekday()]}, {date_long(day)}"


def date_short(day: date) -> str:
    """`23 Nov`."""
    return f"{day.day} {month_names(short=True)[day.month - 1]}"


def date_digits(day: date) -> str:
    """`23-11-2026`, as it is typed."""
    return f"{day.day:02}-{day.month:02}-{day.year}"


def month_name(month: str | date, *, short: bool = False) -> str:
    """`Oktober 2026` of `2026-10` or of any day in it."""
    year, number_ = (month.year, month.month) if isinstance(month, date) else _split(month)
    return f"{month_names(short=short)[number_ - 1]} {year}"


def month_short(month: str | date) -> str:
    """`Okt 2026`."""
    return month_name(month, short=True)


_ROMAN = ("I", "II", "III", "IV")


def period_name(period: Period) -> str:
    """`Oktober 2026`, `Triwulan III 2026`, `Semester I 2026`, `Tahun 2026`."""
    year = period.first.year
    match period.kind:
        case PeriodKind.MONTH:
            return month_name(period.first)
        case PeriodKind.QUARTER:
            return tr("Quarter {number} {year}", number=_part(period), year=year)
        case PeriodKind.SEMESTER:
            return tr("Semester {number} {year}", number=_part(period), year=year)
        case PeriodKind.YEAR:
            return trc("period", "{year}", year=year)


def period_in_text(period: Period) -> str:
    """The period's name within a sentence: `Oktober 2026`, `triwulan III 2026`, `tahun 2026`."""
    year = period.first.year
    match period.kind:
        case PeriodKind.MONTH:
            return month_name(period.first)
        case PeriodKind.QUARTER:
            return trc("in a sentence", "quarter {number} {year}", number=_part(period), year=year)
        case PeriodKind.SEMESTER:
            return trc("in a sentence", "semester {number} {year}", number=_part(period), year=year)
        case PeriodKind.YEAR:
            return trc("in a sentence", "{year}", year=year)


def period_short(period: Period) -> str:
    """`Okt 2026`, `TW III 2026`, `Sem I 2026`, `2026`: the head of a column."""
    year = period.first.year
    match period.kind:
        case PeriodKind.MONTH:
            return month_short(period.first)
        case PeriodKind.QUARTER:
            return trc("column", "Qtr {number} {year}", number=_part(period), year=year)
        case PeriodKind.SEMESTER:
            return trc("column", "Sem {number} {year}", number=_part(period), year=year)
        case PeriodKind.YEAR:
            return str(year)


def _part(period: Period) -> str:
    """Which quarter or semester of its year, as offices write it."""
    return _ROMAN[period.first.month // period.length]


def _split(month: str) -> tuple[int, int]:
    year, number_ = month.split("-")[:2]
    return int(year), int(number_)


def clock_text(moment: datetime | time | str) -> str:
    """`09.41` in Indonesian, `09:41` in English."""
    text = moment[:5] if isinstance(moment, str) else f"{moment:%H:%M}"
    return text if language() == "en" else text.replace(":", ".")
