from __future__ import annotations

from datetime import date

from perpudesk.core.codes import DayState, Method, Precision
from perpudesk.reports.periodic import Reported
from perpudesk.reports.periodic.visits import visits
from tests.reports.makes import days, month, when, who

OPEN, ESTIMATED = DayState.OPEN_COUNTED, DayState.ESTIMATED
UNCOUNTED, CLOSED = DayState.OPEN_NOT_COUNTED, DayState.CLOSED


def lines(of: Reported) -> list[str]:
    return [line for block in visits(of) for line in block.outline()]


def bars(of: Reported, title: str) -> str:
    found = lines(of)
    return found[found.index(f"  bars: {title}") + 2].strip()


def test_a_month_of_which_nothing_is_known_has_no_section() -> None:
    assert visits(month()) == ()


def test_each_day_is_drawn_as_what_it_was() -> None:
    states = {
        5: OPEN,
        6: OPEN,
        7: ESTIMATED,
        8: ESTIMATED,
        9: UNCOUNTED,
        10: CLOSED,
        11: CLOSED,
        12: UNCOUNTED,
    }
    rows = [when("2026-10-05", 3), when("2026-10-07", 40, method=Method.ESTIMATED)]
    on = days(states, visits={5: 3, 7: 40, 11: 2, 12: 6})
    shown = bars(month(rows, on=on), "Visits per day, October 2026").split()
    assert shown[0] == "1=–"
    assert shown[1] == "not_set"
    text = " ".join(shown)
    assert " 5=3 6=0 7=40 estimated 8=– not_counted 9=– not_counted " in text
    assert " 10=– closed 11=2 closed 12=6 not_counted " in text


def test_the_legend_names_the_styles_that_occur() -> None:
    rows = [when("2026-10-05", 3)]
    assert "    not_set: not set" in lines(month(rows))
    closed = days(dict.fromkeys(range(1, 32), CLOSED) | {5: OPEN}, visits={5: 3})
    text = lines(month(rows, on=closed))
    assert "    closed: closed" in text
    assert not any("not_set" in line for line in text)


def test_days_to_come_are_empty() -> None:
    told = month([when("2026-10-05", 3)], today=date(2026, 10, 6))
    shown = bars(told, "Visits per day, October 2026")
    assert "5=3 6=– not_set 7=  8= " in shown


def test_hours_run_without_a_gap_and_weekdays_from_monday() -> None:
    told = month([when("2026-10-06", 4, 8), when("2026-10-05", 3, 11)])
    assert bars(told, "Visits by hour of arrival") == "08=4 09=0 10=0 11=3"
    assert bars(told, "Visits by weekday") == "Mon=3 Tue=4"


def test_what_no_chart_can_show_is_said() -> None:
    rows = [
        when("2026-10-05", 3),
        when("2026-10-05", 2, None),
        when("2026-10-01", 1, None, precision=Precision.MONTH),
    ]
    text = "\n".join(lines(month(rows)))
    assert text.count("(1 visit is not shown: its day was not recorded.)") == 2
    assert "(3 visits are not shown: their hours were not recorded.)" in text


def test_without_days_or_hours_there_is_a_sentence_in_place_of_a_chart() -> None:
    told = month([when("2026-10-01", 400, None, precision=Precision.MONTH)])
    text = "\n".join(lines(told))
    assert "(The days of these visits were not recorded.)" in text
    assert "(The hours of these visits were not recorded.)" in text


def test_sex_and_type_are_shares_of_what_is_known() -> None:
    people = [
        who(4, sex="female", type="member"),
        who(4, sex="male", type="non_member"),
        who(2, type="group"),
    ]
    text = lines(month([when("2026-10-05", 10)], people))
    assert "  [Sex | Count> | %>]" in text
    assert "    Female | 4 | 50.0" in text
    assert "  ~ Not recorded | 2 | –" in text
    assert "  = Total | 10 | 100.0" in text
    assert "    * Percentages are of what was recorded (8)." in text
    assert "    Group | 2 | 20.0" in text


def test_estimates_are_marked_in_totals_and_what_nobody_recorded_is_said() -> None:
    people = [who(10, type="non_member")]
    told = month([when("2026-10-05", 10, method=Method.ESTIMATED)], people)
    text = lines(told)
    assert "  = Total | 10* | 100.0" in text
    assert text[-1] == (
        "(* partly or wholly estimated. Not recorded in this period: sex. A visit is one entry: "
        "whoever comes twice is counted twice.)"
    )


def test_a_month_of_zeros_shows_its_days() -> None:
    text = lines(month(on=days({5: OPEN})))
    assert text[0] == "left:"
    assert "right:" in text
    assert not any("weekday" in line for line in text)
    assert text[-1] == "(A visit is one entry: whoever comes twice is counted twice.)"


def test_a_month_without_any_day_has_no_chart_of_days() -> None:
    text = lines(month([when("2026-10-01", 9, None, precision=Precision.MONTH)]))
    assert "  (No chart by day: only the total of the month is known.)" in text
    assert not any("Visits per day" in line for line in text)
