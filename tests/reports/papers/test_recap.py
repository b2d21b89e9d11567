from __future__ import annotations

from datetime import date

from perpudesk.core.codes import (
    DESK_AGE_SET,
    ClosedReason,
    DayState,
    Method,
    Sex,
    VisitorType,
)
from perpudesk.core.times import Period
from perpudesk.reports.listing import DayCount, VisitLine
from perpudesk.reports.papers.frame import Head
from perpudesk.reports.papers.recap import (
    DayRecap,
    VisitRecap,
    day_recap_document,
    visit_recap_document,
)
from perpudesk.totals.model import PeriodTotal
from tests.reports.makes import BRANCH, OCTOBER, days

FIFTH = date(2026, 10, 5)


def count(many: int, day: date | None = FIFTH, **other: object) -> DayCount:
    values = {
        "type": VisitorType.NON_MEMBER,
        "sex": Sex.FEMALE,
        "method": Method.COUNTED,
        **other,
    }
    return DayCount(day=day, count=many, **values)  # type: ignore[arg-type]


def day_lines(*counts: DayCount, today: date = date(2026, 11, 23), **other: object) -> list[str]:
    on = days(
        {5: DayState.OPEN_COUNTED, 6: DayState.CLOSED, 7: DayState.ESTIMATED},
        visits={5: 3},
        reasons={6: ClosedReason.POWER},
        rest=DayState.NOT_SET,
    )
    values = {"period": OCTOBER, "days": tuple(on), **other}
    recap = DayRecap(head=Head(branch=BRANCH), counts=counts, today=today, **values)  # type: ignore[arg-type]
    return day_recap_document(recap).outline().splitlines()


def test_each_day_has_its_state_and_its_sums() -> None:
    text = day_lines(
        count(2), count(1, sex=Sex.MALE, type=VisitorType.MEMBER), count(4, date(2026, 10, 7))
    )
    head = "[Date | Weekday | State | Total> | F> | M> | n/r> | Members> | Not a member> | Groups>]"
    assert head in text
    assert "  5 Oct | Mon | open | 3 | 2 | 1 | 0 | 1 | 2 | 0" in text
    assert "  6 Oct | Tue | closed · power cut | – | – | – | – | – | – | –" in text
    assert "  7 Oct | Wed | estimated | 4 | 4 | 0 | 0 | 0 | 4 | 0" in text
    assert "= Total |  |  | 7 | 6 | 1 | 0 | 1 | 6 | 0" in text
    assert "(F = female, M = male, n/r = not recorded.)" in text
    assert text[-3].startswith("sign: ")  # a month is signed


def test_a_counted_day_without_visits_is_0_and_one_to_come_is_not_there() -> None:
    text = day_lines(today=date(2026, 10, 6))
    assert "  5 Oct | Mon | open | 0 | 0 | 0 | 0 | 0 | 0 | 0" in text
    assert not [line for line in text if line.startswith("  7 Oct")]
    assert "25 days are still to come." in "\n".join(text)


def test_what_no_line_shows_is_said() -> None:
    total = PeriodTotal(
        month=OCTOBER, indicator="visits", value=9, method=Method.COUNTED, source="typed"
    )
    text = "\n".join(
        day_lines(
            count(2, None, type=VisitorType.UNKNOWN),
            count(1, method=Method.ESTIMATED),
            totals=(total,),
        )
    )
    assert "2 visits are not shown: their days were not recorded." in text
    assert "October 2026: 9 visits, a monthly total typed here." in text
    assert "| 1* | 1 | 0 | 0 | 0 | 1 | 0 | 0" in text  # the type is not recorded: it has a column
    assert "* partly or wholly estimated." in text


def test_a_longer_period_has_a_table_a_month_and_no_signature() -> None:
    quarter = Period.parse("2026-Q4")
    on = (*days(visits={5: 3}), *days(month=Period.parse("2026-11"), visits={2: 1}))
    text = day_lines(count(3), count(1, date(2026, 11, 2)), period=quarter, days=on)
    assert [line for line in text if line.startswith("###")] == [
        "### October 2026",
        "### November 2026",
    ]
    assert sum(line.startswith("= Total") for line in text) == 2
    assert not any(line.startswith("sign: ") for line in text)


def line(**other: object) -> VisitLine:
    values = {
        "day": FIFTH,
        "time": "09:10",
        "type": VisitorType.NON_MEMBER,
        "sex": Sex.FEMALE,
        "age_years": 20,
        "age_band": None,
        "purpose": "reading",
        "method": Method.COUNTED,
        "count": 1,
        **other,
    }
    return VisitLine(**values)  # type: ignore[arg-type]


def visit_lines(*lines: VisitLine) -> list[str]:
    recap = VisitRecap(
        head=Head(branch=BRANCH),
        period=OCTOBER,
        lines=lines,
        bands=DESK_AGE_SET,
        purposes={"reading": "Reading", "unknown": "Not recorded"},
    )
    return visit_recap_document(recap).outline().splitlines()


def test_each_visit_is_a_line_and_a_group_is_one_with_its_parts() -> None:
    parts = {"female": 12, "male": 18}
    text = visit_lines(
        line(),
        line(time="", count=31, type=VisitorType.GROUP, sex=Sex.UNKNOWN, parts=parts),
        line(day=None, time="", method=Method.ESTIMATED, purpose="gone", age_years=None, count=4),
    )
    assert "[No.> | Date | Time | Visitor | F/M | Age | Purpose | Count>]" in text
    assert "  1 | 5 Oct | 09:10 | Not a member | F | 17–25 | Reading | 1" in text
    assert "  2 | 5 Oct | – | Group | F 12 · M 18 | 17–25 | Reading | 31" in text
    assert "  3 | – | – | Not a member | F | Not recorded | gone | 4*" in text
    assert "=  | Total |  |  |  |  |  | 36" in text
    assert "partly or wholly estimated" in text[-2]


def test_what_was_counted_has_no_mark() -> None:
    text = visit_lines(line())
    assert "=  | Total |  |  |  |  |  | 1" in text
    assert "estimated" not in text[-2]


def test_nothing_is_said_to_be_nothing() -> None:
    assert "(Nothing was recorded in this period.)" in visit_lines()


def test_computer_sessions_have_a_column_where_there_were_any() -> None:
    text = day_lines(count(3), sessions={FIFTH: 7, date(2026, 10, 8): 2})
    (head,) = [line for line in text if line.startswith("[Date")]
    assert head.endswith("| Groups> | PC sessions>]")
    assert "  5 Oct | Mon | open | 3 | 3 | 0 | 0 | 0 | 3 | 0 | 7" in text
    assert "  6 Oct | Tue | closed · power cut | – | – | – | – | – | – | – | –" in text
    assert "  8 Oct | Thu | not set | – | – | – | – | – | – | – | 2" in text
    assert "= Total |  |  | 3 | 3 | 0 | 0 | 0 | 3 | 0 | 9" in text
    none = day_lines(count(3), sessions={date(2026, 10, 8): 2})
    assert "  5 Oct | Mon | open | 3 | 3 | 0 | 0 | 0 | 3 | 0 | 0" in none
