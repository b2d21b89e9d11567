from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from perpudesk.branch.model import Outage
from perpudesk.core.codes import Condition, DayState, Method, Precision
from perpudesk.core.times import Period
from perpudesk.paper.heat import HeatMap
from perpudesk.reports.counting import figures_of
from perpudesk.reports.lent import ClassRow, Lent, TicketRow
from perpudesk.reports.model import Figures
from perpudesk.reports.periodic import Reported
from perpudesk.reports.periodic.computers import computers
from perpudesk.reports.periodic.summary import summary
from perpudesk.totals.model import PeriodTotal, Target
from tests.reports.makes import OCTOBER, OPENS, days, lent, month, pc, records, rows_of, session

OPEN, CLOSED = DayState.OPEN_COUNTED, DayState.CLOSED
BROKEN = Condition.MAJOR_DAMAGE
FIFTH = date(2026, 10, 5)
WEEK = dict.fromkeys((5, 6, 7, 8, 9), OPEN)
"""Five days of 420 minutes: two computers have 4,200."""


def of(use: Lent, states: dict[int, DayState] | None = None, **other: object) -> Reported:
    on = days(WEEK if states is None else states, rest=CLOSED)
    return month(on=on, lent=use, branch=OPENS, **other)  # type: ignore[arg-type]


def lines(of_: Reported) -> list[str]:
    return [line for block in computers(of_) for line in block.outline()]


def before(use: Lent, period: Period) -> Figures:
    on = days({7: OPEN}, month=period, rest=CLOSED)
    return figures_of(OPENS, period, on, records(lent=use))


def test_a_library_without_computers_has_no_section() -> None:
    assert computers(of(Lent())) == ()


def test_where_nobody_used_them_that_is_one_line_and_the_figures() -> None:
    text = lines(of(lent()))
    assert text[0] == "In October 2026 there was no use of computers."
    assert "  Computer sessions | 0 | – | – | – | –" in text
    assert "  Available computer minutes | 4,200 | – | – | – | –" in text
    assert not [line for line in text if line.startswith(("heat:", "[Sex"))]


def test_where_nobody_counted_it_is_not_known_and_not_0() -> None:
    (said, *_) = lines(of(lent(), {5: CLOSED}))
    assert said == (
        "Nobody recorded how the computers were used in October 2026: it is not known, and not 0."
    )


def test_use_is_said_in_sentences() -> None:
    rows = [session("2026-10-05", 60), session("2026-10-06", 150)]
    (said, *_) = lines(of(lent(*rows)))
    assert said == (
        "In October 2026 computers were used in **2 sessions** for **210 minutes**, 105.0 minutes "
        "a session. They were in use **5.0%** of the time in which the public could have them."
    )


def test_what_is_counted_apart_is_said_apart() -> None:
    held = ClassRow(day=FIFTH, place="pc-1", minutes=90)
    own = session("2026-10-05", 30, device=True, count=3)
    (said, *_) = lines(of(lent(session("2026-10-05", 1), own, classes=(held,))))
    assert "Classes had computers for 90 minutes; these are no sessions." in said
    assert "Visitors used their own devices (Wi-Fi) in 3 sessions, counted apart." in said
    assert "In October 2026 computers were used in **1 session** for **1 minute**" in said


def test_interrupted_estimated_and_unknown_are_said_and_the_sums_marked() -> None:
    rows = [
        session("2026-10-05", 20, end="interrupted", duration="estimated"),
        session("2026-10-05", 25, end="forgotten", duration="estimated"),
        session("2026-10-05", None, end="forgotten"),
        session("2026-10-06", None, None, count=5),
    ]
    text = lines(of(lent(*rows)))
    assert "1 session was interrupted, as by a power cut." in text[0]
    assert "The minutes of 2 sessions are estimates and are in the sums (*)." in text[0]
    assert "Of 6 sessions the minutes are not known; they are in no sum of minutes." in text[0]
    assert "  Computer minutes | 45* | – | – | – | –" in text
    assert "  Computer sessions | 8 | – | – | – | –" in text
    assert "    Not recorded" not in text
    assert text[-1] == (
        "(Not recorded in this period: sex, age, purpose, occupation. A session is one use: "
        "whoever comes twice is counted twice, whoever moves once.)"
    )


def test_sessions_that_were_guessed_are_marked() -> None:
    text = lines(of(lent(session("2026-10-05", 20, method=Method.ESTIMATED, sex="female"))))
    assert "  = Total | 1* | 100.0 | 20" in text
    assert "* partly or wholly estimated." in text[-1]


def test_outages_are_told_with_their_days() -> None:
    at = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)
    out = Outage(id="x", local_date=FIFTH, start=at, until=None, checked=True)
    on = [replace(day, outages=(out,)) if day.date == FIFTH else day for day in days(WEEK)]
    (said, *_) = lines(month(on=on, lent=lent(session("2026-10-05")), branch=OPENS))
    assert "The power was out, or the program stood still: 5 Oct." in said


def test_minutes_that_nobody_knows_are_no_0() -> None:
    text = lines(of(lent(session("2026-10-05", None, None, count=5, sex="female"))))
    assert text[0].startswith(
        "In October 2026 computers were used in **5 sessions**; the minutes are not known. Of 5"
    )
    assert "  [Sex | Sessions> | %>]" in text
    assert "  Not recorded | 5 | 0 | 0 | –" not in text
    assert "  PC 1 | 0 | 0 | 2,100 | –" in text
    assert "(The hours of these sessions were not recorded.)" in text


def test_minutes_known_as_one_number_have_no_average() -> None:
    total = PeriodTotal(
        month=OCTOBER,
        indicator="computer_minutes",
        value=900,
        method=Method.COUNTED,
        source="typed",
    )
    sessions = replace(total, indicator="computer_sessions", value=40)
    text = lines(of(lent().with_totals([total, sessions])))
    assert "for **900 minutes**, 22.5 minutes a session." in text[0]
    assert "October 2026: computer sessions 40, a monthly total typed here." in text[0]
    only = of(lent(session("2026-10-05", None, None)).with_totals([]))
    assert "the minutes are not known" in lines(only)[0]
    other = replace(session("2026-10-05", 900), count=0, precision=Precision.MONTH)
    (said, *_) = lines(of(lent(other, session("2026-10-05", None, None, count=3))))
    assert said.startswith(
        "In October 2026 computers were used in **3 sessions** for **900 minutes**. "
    )


def test_without_opening_hours_the_rate_is_not_known_and_says_why() -> None:
    closed = replace(OPENS, opening_hours=None)
    (said, *_) = lines(month(on=days(WEEK), lent=lent(session("2026-10-05")), branch=closed))
    assert "is not known: no opening hours are set then." in said


def test_more_than_all_is_marked_and_explained() -> None:
    text = lines(of(lent(session("2026-10-05", 900, place="pc-1")), {5: OPEN}))
    assert "  Computer use rate | 107.1%‡ | – | – | – | –" in text
    assert (
        "‡ more than 100%: computers were used when they were not known to be available."
        in "".join(text)
    )


def test_broken_computers_are_said() -> None:
    broken = [pc(1, ("2026-01-01", BROKEN, True))]
    (said, *_) = lines(of(lent(session("2026-10-05"), pcs=broken)))
    assert "On the last day no computer was in good order for the public." in said


def test_figures_stand_beside_other_periods_and_the_target() -> None:
    use = lent(session("2026-10-05", 420), session("2026-10-06", 420))
    shown = of(
        use,
        before=before(lent(session("2026-09-07", 84)), Period.parse("2026-09")),
        targets={"computer_sessions": Target(year=2026, indicator="computer_sessions", value=24)},
    )
    text = lines(shown)
    assert "  Computer sessions | 2 | 1 | +100.0% | – | – | 2 | ● green 100%" in [
        line.replace("\N{NO-BREAK SPACE}", " ") for line in text
    ]
    (rate,) = [line for line in text if line.startswith("  Computer use rate")]
    assert rate.split(" | ")[:4] == ["  Computer use rate", "20.0%", "10.0%", "+10.0 points"]


def test_the_queue_is_told_where_anybody_waited() -> None:
    tickets = (
        TicketRow(day=FIFTH, outcome="served", count=3, no_shows=1, minutes=25),
        TicketRow(day=FIFTH, outcome="left", count=2, no_shows=1, minutes=0),
    )
    text = lines(of(lent(session("2026-10-05"), tickets=tickets)))
    assert text[0].endswith(
        "5 queue tickets were taken: 3 served, 2 left. Who was served had waited 8.3 minutes on "
        "average. 2 calls were in vain: nobody came."
    )
    assert "  Waiting minutes per ticket | 8.3 | – | – | – | –" in text
    left = replace(tickets[1], no_shows=0, count=1)
    (said, *_) = lines(of(lent(session("2026-10-05"), tickets=(left,))))
    assert said.endswith("1 queue ticket was taken: 0 served, 1 left.")


def test_who_used_them_and_what_for() -> None:
    rows = [
        session("2026-10-05", 30, sex="female", age_band="0-11", purpose="other"),
        session("2026-10-05", 20, sex="male", age_band="0-11", purpose="health"),
        session("2026-10-05", 10, purpose="skripsi", occupation="pupil"),
    ]
    text = lines(of(lent(*rows)))
    at = text.index("  [Sex | Sessions> | %> | Minutes>]")
    assert text[at + 1 : at + 5] == [
        "    Female | 1 | 50.0 | 30",
        "    Male | 1 | 50.0 | 20",
        "  ~ Not recorded | 1 | – | 10",
        "  = Total | 3 | 100.0 | 60",
    ]
    at = text.index("  [Purpose | Sessions> | %> | Minutes>]")
    assert text[at + 1 : at + 5] == [
        "    Health | 1 | 33.3 | 20",
        "    skripsi | 1 | 33.3 | 10",
        "    Other | 1 | 33.3 | 30",
        "  = Total | 3 | 100.0 | 60",
    ]
    assert "    0–11 | 2 | 100.0 | 50" in text
    assert "    Pupil | 1 | 100.0 | 10" in text


def test_one_column_of_tables_stands_at_the_left() -> None:
    text = lines(of(lent(session("2026-10-05", purpose="health"))))
    assert text[text.index("left:") + 1].startswith("  [Purpose")
    assert text[text.index("right:") + 1].startswith("(Not recorded")


def test_the_hours_of_the_week_are_a_map_without_gaps() -> None:
    rows = [
        session("2026-10-05", 30, 9, count=1),
        session("2026-10-05", 30, 9, sex="male"),
        session("2026-10-09", 30, 12),
        session("2026-10-06", None, None, count=2),
    ]
    found = [block for block in computers(of(lent(*rows))) if isinstance(block, HeatMap)]
    (heat,) = found
    assert heat.columns == ("09", "10", "11", "12")
    assert [(row.label, row.values) for row in heat.rows] == [
        ("Monday", (2, 0, 0, 0)),
        ("Tuesday", (0, 0, 0, 0)),
        ("Wednesday", (0, 0, 0, 0)),
        ("Thursday", (0, 0, 0, 0)),
        ("Friday", (0, 0, 0, 1)),
    ]
    text = lines(of(lent(*rows)))
    assert "(2 sessions are not shown: their hours were not recorded.)" in text


def test_each_computer_has_its_own_rate() -> None:
    rows = [
        session("2026-10-05", 210, place="pc-1"),
        session("2026-10-05", 42, place="pc-2"),
        session("2026-10-05", 30),
    ]
    held = ClassRow(day=FIFTH, place="pc-2", minutes=168)
    pcs = [pc(1), pc(2), pc(3, ("2026-01-01", BROKEN, True))]
    text = lines(of(lent(*rows, pcs=pcs, classes=(held,))))
    at = text.index(
        "[Computer | Sessions> | Minutes> | Class minutes> | Available minutes> | Use rate>]"
    )
    assert text[at + 1 : at + 5] == [
        "  PC 1 | 1 | 210 | 0 | 2,100 | 10.0%",
        "  PC 2 | 1 | 42 | 168 | 2,100 | 10.0%",
        "~ Not recorded | 1 | 30 | 0 | 0 | –",
        "= Total | 3 | 282 | 168 | 4,200 | 10.7%",
    ]
    assert text[at + 5].startswith("  * Use rate: minutes and class minutes of the available ones")


def test_without_classes_there_is_no_column_of_them() -> None:
    text = lines(of(lent(session("2026-10-05", place="pc-1"))))
    assert "[Computer | Sessions> | Minutes> | Available minutes> | Use rate>]" in text


def test_sessions_of_a_branch_without_a_workstation_have_no_table_of_them() -> None:
    text = lines(of(Lent(**rows_of(session("2026-10-05", device=True)))))
    assert text[0].startswith("In October 2026 there was no use of computers. Visitors used their")
    unplaced = Lent(**rows_of(session("2026-10-05")))
    assert not [line for line in lines(of(unplaced)) if line.startswith("[Computer")]


def test_many_computers_stand_close_together() -> None:
    pcs = [pc(at) for at in range(1, 61)]
    blocks = computers(of(lent(session("2026-10-05", place="pc-7"), pcs=pcs)))
    (table,) = [each for each in blocks if getattr(each, "dense", False)]
    assert len(table.rows) == 61


def test_a_longer_period_has_its_months() -> None:
    quarter = Period.parse("2026-Q4")
    on = [day for each in quarter.months() for day in days({5: OPEN}, month=each)]
    rows = [session("2026-10-05", 60), session("2026-11-05", 30)]
    use = lent(*rows)
    shown = month(on=on, lent=use, branch=OPENS, period=quarter, today=date(2027, 1, 9))
    months = tuple(
        figures_of(
            OPENS,
            each,
            days({5: OPEN}, month=each),
            records(lent=lent(*(r for r in rows if r.day.month == each.first.month))),
        )
        for each in quarter.months()
    )
    text = lines(replace(shown, months=months))
    at = text.index("[Month | Sessions> | Minutes> | Minutes per session> | Use rate>]")
    assert [line.replace("†", "") for line in text[at + 1 : at + 5]] == [
        "  October | 1 | 60 | 60.0 | 7.1%",
        "  November | 1 | 30 | 30.0 | 3.6%",
        "  December | 0 | 0 | – | –",
        "= Total | 2 | 90 | 45.0 | 5.4%",
    ]


@pytest.mark.parametrize(
    "rows,said",
    [
        (
            [session("2026-10-05", 42)],
            "used in **1 session** for 42 minutes; their use rate was 1.0%.",
        ),
        ([session("2026-10-05", None, None)], "Computers were used in **1 session**."),
        ([], ""),
    ],
)
def test_the_summary_says_it_in_a_sentence(rows: list, said: str) -> None:
    (words, table) = summary(of(lent(*rows)))
    (text,) = words.outline()
    assert text.endswith(said) if said else "omputers" not in text
    told = [row.cells[0] for row in table.rows if "omputer" in row.cells[0]]
    known = not rows or rows[0].minutes
    assert told == [
        "Computer sessions",
        *(["Computer minutes", "Computer use rate"] if known else []),
    ]


def test_the_summary_says_no_rate_that_is_not_known() -> None:
    closed = replace(OPENS, opening_hours=None)
    shown = month(on=days(WEEK), lent=lent(session("2026-10-05", 42)), branch=closed)
    (text,) = summary(shown)[0].outline()
    assert text.endswith("Computers were used in **1 session** for 42 minutes.")
    none = summary(of(Lent()))[1]
    assert not [row for row in none.rows if "omputer" in row.cells[0]]
