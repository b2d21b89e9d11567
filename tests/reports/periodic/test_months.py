"""Periods longer than a month: their months side by side, and the period computed as a whole."""

from __future__ import annotations

import re
from datetime import date

from perpudesk.branch.model import DayInfo
from perpudesk.core.codes import DayState, Method
from perpudesk.core.times import Period
from perpudesk.reports.closing import standing_of
from perpudesk.reports.counting import figures_of, headline_of
from perpudesk.reports.model import Figures
from perpudesk.reports.periodic import Reported, build
from perpudesk.reports.periodic.months import months, months_chart
from tests.reports.makes import BRANCH, days, records, when, who

QUARTER, YEAR = Period.parse("2026-Q3"), Period.parse("2026")


def period(of: Period, *counts: int | None, today: date, guessed: int | None = None) -> Reported:
    """A period with one busy day in each month; None is a month nobody counted."""
    each = list(zip(of.months(), counts, strict=True))
    rows = {
        month: [
            when(
                f"{month.first:%Y-%m}-06",
                count,
                method=Method.ESTIMATED if count == guessed else Method.COUNTED,
            )
        ]
        for month, count in each
        if count
    }
    all_rows = [row for of_month in rows.values() for row in of_month]
    on = {month: _days(month, count) for month, count in each}
    whole = records(all_rows, [who(sum(row.count for row in all_rows))], patrons=7)

    def headline(month: Period) -> Figures:
        came = [day for day in on[month] if day.date <= today]
        return headline_of(BRANCH, month, came, records(rows.get(month, []), patrons=4))

    all_days = [day for of_month in on.values() for day in of_month]
    came = [day for day in all_days if day.date <= today]
    empty = figures_of(BRANCH, of.before(), (), records())
    year = figures_of(BRANCH, of.year_before(), (), records())
    return Reported(
        figures=figures_of(BRANCH, of, came, whole),
        before=empty,
        year_before=year,
        months=tuple(headline(month) for month, _ in each),
        days=tuple(all_days),
        today=today,
        state=standing_of(of, today, None, ()),
        age_by_sex={"unknown": {"female": 0, "male": 0, "unknown": whole.visits}},
        labels={"purpose": {}, "occupation": {}, "education": {}},
    )


def _days(month: Period, count: int | None) -> list[DayInfo]:
    if not count:
        return days({}, month=month, rest=DayState.CLOSED)
    return days({6: DayState.OPEN_COUNTED}, month=month, visits={6: count}, rest=DayState.CLOSED)


def lines(of: Reported) -> list[str]:
    return [line for block in months(of) for line in block.outline()]


def test_months_stand_beside_one_another_and_distinct_people_are_not_summed() -> None:
    found = period(QUARTER, 40, 60, 20, today=date(2026, 11, 23))
    assert lines(found) == [
        "[Month | Visits> | Service days> | Per service day> | Patrons known by name>]",
        "  July | 40 | 1 | 40.0 | 4",
        "  August | 60 | 1 | 60.0 | 4",
        "  September | 20 | 1 | 20.0 | 4",
        "= Total | 120 | 3 | 40.0 | 7",
        "  * Averages and distinct people of the last row are computed over the whole period.",
    ]


def test_what_was_not_counted_and_what_is_to_come_are_told_apart() -> None:
    found = period(YEAR, 40, None, 30, *[10] * 6, None, None, None, today=date(2026, 10, 2))
    note = lines(found)[-1]
    assert "Not counted: Feb, Oct. Still to come: Nov, Dec." in note
    bars = "\n".join(months_chart(found).outline())
    assert "Jan=40 Feb=– not_counted Mar=30" in bars
    assert re.search(r"Oct=– not_counted Nov=\s+Dec=\s", bars + "\n")


def test_a_guessed_month_is_a_guess_in_the_chart_and_in_the_table() -> None:
    found = period(QUARTER, 40, 60, 20, today=date(2026, 11, 23), guessed=60)
    assert "Aug=60 estimated" in "\n".join(months_chart(found).outline())
    assert "  August | 60* | 1 | 60.0* | 4" in lines(found)
    assert "= Total | 120* | 3 | 40.0* | 7" in lines(found)


def test_the_report_of_a_year_shows_months_where_a_month_shows_days() -> None:
    text = build(period(YEAR, *[10] * 12, today=date(2027, 1, 4))).outline()
    assert "# LIBRARY YEARLY REPORT\n  Period: **2026** · Number: ………" in text
    assert "Yearly report · 2026 · provisional · PerpuDesk" in text
    assert "bars: Visits per month, 2026" in text
    assert "provisional: Provisional · not all months closed" in text
    assert "[Indicator | 2026> | 2025> | ± 2025>]" in text  # a year has one neighbour


def test_a_quarter_stands_beside_the_one_before_and_that_of_last_year() -> None:
    text = build(period(QUARTER, 1, 2, 3, today=date(2026, 11, 23))).outline()
    assert "[Indicator | Qtr III 2026> | Qtr II 2026> | ± Qtr II 2026> | Qtr III 2025> |" in text


def test_a_month_has_no_months() -> None:
    month = period(Period.parse("2026-07"), 4, today=date(2026, 11, 23))
    assert months(month) != ()  # what is listed is shown
    alone = Reported(
        figures=month.figures,
        before=month.before,
        year_before=month.year_before,
        days=month.days,
        today=month.today,
        state=month.state,
        age_by_sex=month.age_by_sex,
        labels=month.labels,
    )
    assert months(alone) == ()
