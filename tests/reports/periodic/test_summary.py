from __future__ import annotations

from datetime import date

import pytest

from perpudesk.core.codes import DayState, Method, Precision
from perpudesk.core.times import Period
from perpudesk.paper.document import Paragraph, Table
from perpudesk.reports.model import Figures
from perpudesk.reports.periodic import Reported
from perpudesk.reports.periodic.summary import summary
from perpudesk.totals.model import Target
from tests.reports.makes import days, figures, month, when

OPEN, ESTIMATED = DayState.OPEN_COUNTED, DayState.ESTIMATED
UNCOUNTED, CLOSED = DayState.OPEN_NOT_COUNTED, DayState.CLOSED
SEPTEMBER, LAST_YEAR = Period.parse("2026-09"), Period.parse("2025-10")
WHOLE = dict.fromkeys(range(1, 32), CLOSED)
"""Every day has a state, so nothing is said of days without one."""
FULL = [when("2026-10-05", 30), when("2026-10-06", 20)]


def closed_but(**other: DayState) -> dict[int, DayState]:
    """All days closed but some: `d5=OPEN`."""
    return {**WHOLE, **{int(name[1:]): state for name, state in other.items()}}


def words(of: Reported) -> str:
    paragraph = summary(of)[0]
    assert isinstance(paragraph, Paragraph)
    return "".join(paragraph.outline())


def table(of: Reported) -> list[str]:
    found = summary(of)[1]
    assert isinstance(found, Table)
    return list(found.outline())


def base(value: int, period: Period = SEPTEMBER) -> Figures:
    first = period.first.replace(day=5).isoformat()
    return figures([when(first, value)], period=period)


def two_days(**other: object) -> Reported:
    on = days(closed_but(d5=OPEN, d6=OPEN), visits={5: 30, 6: 20})
    return month(FULL, on=on, **other)


def test_a_month_is_told_with_its_days_and_its_average() -> None:
    assert words(two_days()) == (
        "In October 2026 the library was open on 2 days and received **50 visits** (25.0 per "
        "service day). The busiest day was Monday, 5 October 2026 with 30 visits."
    )


def test_one_day_and_one_visit_are_not_days_and_visits() -> None:
    on = days(closed_but(d5=OPEN), visits={5: 1})
    assert words(month([when("2026-10-05")], on=on)) == (
        "In October 2026 the library was open on 1 day and received **1 visit** (1.0 per service "
        "day)."
    )


def test_nothing_known_is_not_zero() -> None:
    assert words(month()) == (
        "In October 2026 no visit was recorded and no day was counted. The figures are not known; "
        "they are not zero."
    )


def test_a_counted_day_without_visits_is_zero() -> None:
    on = days(closed_but(d5=OPEN))
    assert words(month(on=on)) == (
        "In October 2026 the library was open on 1 day and received no visits."
    )


def test_without_a_day_that_has_a_number_no_average_is_told() -> None:
    on = days(closed_but(d5=UNCOUNTED), visits={5: 3})
    assert words(month([when("2026-10-05", 3)], on=on)) == (
        "In October 2026 the library was open on 1 day and received **3 visits**. On 1 open day "
        "nobody counted; its visits are missing here."
    )


def test_a_total_of_the_month_says_nothing_of_days() -> None:
    whole = [when("2026-10-01", 400, None, precision=Precision.MONTH)]
    assert words(month(whole, on=days(WHOLE, was_set=False))) == (
        "In October 2026 the library received **400 visits**."
    )


@pytest.mark.parametrize(
    "before,year_before,said",
    [
        (40, 80, "That is **up 25.0%** from September 2026 and down 37.5% from October 2025."),
        (40, None, "That is **up 25.0%** from September 2026."),
        (None, 80, "That is **down 37.5%** from October 2025."),
        (50, None, "That is **unchanged** from September 2026."),
    ],
)
def test_it_is_compared_where_there_is_a_base(
    before: int | None, year_before: int | None, said: str
) -> None:
    told = two_days(
        before=None if before is None else base(before),
        year_before=None if year_before is None else base(year_before, LAST_YEAR),
    )
    assert f" (25.0 per service day). {said} The busiest" in words(told)


def test_a_base_of_zero_compares_with_nothing() -> None:
    nobody = figures(on=days({5: OPEN}, month=SEPTEMBER), period=SEPTEMBER)
    assert "September" not in words(two_days(before=nobody))


def test_estimates_are_named() -> None:
    on = days(closed_but(d5=OPEN, d6=ESTIMATED), visits={5: 30, 6: 20})
    rows = [when("2026-10-05", 30), when("2026-10-06", 20, None, method=Method.ESTIMATED)]
    assert "20 of the visits are estimated." in words(month(rows, on=on))
    one = [when("2026-10-05", 30), when("2026-10-06", 1, None, method=Method.ESTIMATED)]
    assert "1 of the visits is estimated." in words(month(one, on=on))
    only = month(rows[1:], on=days(closed_but(d6=ESTIMATED), visits={6: 20}))
    assert words(only).endswith("All of the visits are estimated.")


def test_days_without_a_count_or_a_state_are_named() -> None:
    states = closed_but(d5=OPEN, d6=UNCOUNTED, d7=UNCOUNTED, d8=DayState.NOT_SET)
    told = words(month(FULL[:1], on=days(states, visits={5: 30})))
    assert "On 2 open days nobody counted; their visits are missing here." in told
    assert "1 day has no state yet, so the figures may be incomplete." in told


def test_no_day_stands_out_when_two_were_as_busy() -> None:
    on = days(closed_but(d5=OPEN, d6=OPEN), visits={5: 20, 6: 20})
    assert "busiest" not in words(month([when("2026-10-05", 40)], on=on))


def test_a_guess_is_never_the_busiest_day() -> None:
    states = closed_but(d5=OPEN, d6=ESTIMATED, d7=OPEN)
    on = days(states, visits={5: 30, 6: 99, 7: 20})
    rows = [*FULL[:1], when("2026-10-06", 99, method=Method.ESTIMATED), when("2026-10-07", 20)]
    assert "The busiest day was Monday, 5 October 2026" in words(month(rows, on=on))


@pytest.mark.parametrize(
    "before,year_before,said",
    [
        (40, 20, "The daily average is **down 37.5%** from September 2026 and up 25.0% from"),
        (40, None, "The daily average is **down 37.5%** from September 2026."),
    ],
)
def test_a_month_that_is_not_over_compares_its_average_alone(
    before: int, year_before: int | None, said: str
) -> None:
    told = two_days(
        before=base(before),
        year_before=None if year_before is None else base(year_before, LAST_YEAR),
        today=date(2026, 10, 9),
    )
    assert "The period is not over: these are the figures up to 9 October 2026." in words(told)
    assert said in words(told)
    rows = table(told)
    assert rows[1].split(" | ")[3] == "–"  # visits
    assert rows[3].split(" | ")[3] == "−37.5%"  # average
    assert rows[-1].endswith(" Sums are not compared while the period is running.")


def test_a_total_typed_for_a_month_to_come_is_told_up_to_today() -> None:
    whole = [when("2026-10-01", 400, None, precision=Precision.MONTH)]
    told = words(month(whole, on=days(), today=date(2026, 9, 30)))
    assert "up to 30 September 2026" in told


def test_the_table_stands_beside_other_months() -> None:
    told = two_days(before=base(40), year_before=base(80, LAST_YEAR), patrons=3)
    assert table(told) == [
        "[Indicator | Oct 2026> | Sep 2026> | ± Sep 2026> | Oct 2025> | ± Oct 2025>]",
        "  Visits | 50 | 40† | +25.0% | 80† | −37.5%",
        "  Service days | 2 | 1† | +100.0% | 1† | +100.0%",
        "  Average per service day | 25.0 | 40.0 | −37.5% | 80.0 | −68.8%",
        "  Patrons known by name | 3 | – | – | – | –",
        "  * † some days were not counted or not set.",
    ]


def test_estimates_are_marked_in_the_table() -> None:
    on = days(closed_but(d6=ESTIMATED), visits={6: 20})
    rows = table(month([when("2026-10-06", 20, None, method=Method.ESTIMATED)], on=on))
    assert rows[1].startswith("  Visits | 20* | –")
    assert rows[3].startswith("  Average per service day | 20.0* | –")
    assert rows[-1] == "  * * partly or wholly estimated."


def test_whole_counted_months_need_no_small_print() -> None:
    assert not table(two_days())[-1].startswith("  *")


def test_targets_stand_beside_the_figures_with_a_mark_and_a_word() -> None:
    goals = {
        code: Target(year=2026, indicator=code, value=value)
        for code, value in {"visits": 600, "open_days": 28, "online_users": 120}.items()
    }
    rows = table(two_days(targets=goals))
    assert rows[0].endswith("| Target> | Reached]")
    assert rows[1].endswith("| 50 | ●\N{NO-BREAK SPACE}green\N{NO-BREAK SPACE}100%")
    assert rows[2].endswith("| 2 | ◐\N{NO-BREAK SPACE}yellow\N{NO-BREAK SPACE}85%")
    assert rows[-1] == "  Online users | – | – | – | – | – | 10 | –"
    low = {"visits": Target(year=2026, indicator="visits", value=1_200)}
    assert table(two_days(targets=low))[1].endswith(
        "| 100 | ○\N{NO-BREAK SPACE}red\N{NO-BREAK SPACE}50%"
    )


def test_a_running_month_shows_how_far_it_is_and_no_colour() -> None:
    goals = {"visits": Target(year=2026, indicator="visits", value=1_200)}
    rows = table(two_days(targets=goals, today=date(2026, 10, 20)))
    assert rows[1].endswith("| 100 | 50%")
