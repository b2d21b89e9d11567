from __future__ import annotations

from perpudesk.core.codes import Method
from perpudesk.reports.periodic import Reported
from perpudesk.reports.periodic.visitors import visitors
from tests.reports.makes import days, month, when, who


def lines(of: Reported) -> list[str]:
    return [line for block in visitors(of) for line in block.outline()]


def of(*people: object, **other: object) -> Reported:
    total = sum(each.count for each in people)
    return month([when("2026-10-05", total)], people, **other)


def test_nobody_came_and_nothing_is_said_of_nobody() -> None:
    assert visitors(month()) == ()
    assert visitors(month(on=days({5: "open_counted"}))) == ()


def test_ages_stand_by_sex() -> None:
    text = lines(
        of(
            who(3, sex="female", age_band="0-11"),
            who(2, sex="male", age_band="46+"),
        )
    )
    assert text[:9] == [
        "left:",
        "  [Age | F> | M> | Count> | %>]",
        "    0–11 | 3 | 0 | 3 | 60.0",
        "    12–16 | 0 | 0 | 0 | 0.0",
        "    17–25 | 0 | 0 | 0 | 0.0",
        "    26–45 | 0 | 0 | 0 | 0.0",
        "    46+ | 0 | 2 | 2 | 40.0",
        "  = Total | 3 | 2 | 5 | 100.0",
        "    * F = female, M = male.",
    ]


def test_sex_and_age_that_were_not_recorded_have_their_own_column_and_row() -> None:
    text = lines(of(who(3, sex="female", age_band="0-11"), who(1, age_band="0-11"), who(2)))
    assert text[1] == "  [Age | F> | M> | n/r> | Count> | %>]"
    assert "    0–11 | 3 | 0 | 1 | 4 | 100.0" in text
    assert "  ~ n/r | 0 | 0 | 2 | 2 | –" in text
    assert "  = Total | 3 | 0 | 3 | 6 | 100.0" in text
    assert (
        "    * F = female, M = male, n/r = not recorded. Percentages are of what was recorded (4)."
        in text
    )


def test_lists_print_what_occurs_the_most_frequent_first() -> None:
    text = lines(
        of(
            who(1, purpose="study"),
            who(9, purpose="other"),
            who(3, purpose="loan"),
            who(3, purpose="reading"),
            who(4),
        )
    )
    at = text.index("  [Purpose | Count> | %>]")
    assert text[at + 1 : at + 8] == [
        "    Borrow/return | 3 | 18.8",
        "    Reading | 3 | 18.8",
        "    Study/homework | 1 | 6.3",
        "    Other | 9 | 56.3",
        "  ~ Not recorded | 4 | –",
        "  = Total | 20 | 100.0",
        "    * Percentages are of what was recorded (16).",
    ]


def test_schooling_keeps_its_own_order_and_stands_at_the_right() -> None:
    text = lines(
        of(who(1, purpose="study", education="sd"), who(5, purpose="study", education="s1"))
    )
    assert text.index("right:") < text.index("  [Education | Count> | %>]")
    assert text.index("    Primary school (SD) | 1 | 16.7") < text.index(
        "    Bachelor (S1) | 5 | 83.3"
    )


def test_a_single_column_of_tables_stands_at_the_left() -> None:
    text = lines(of(who(2, occupation="pupil")))
    assert text[:2] == ["left:", "  [Occupation | Count> | %>]"]
    assert text[text.index("right:") + 1 :] == ["(Not recorded in this period: age, purpose.)"]


def test_what_nobody_recorded_is_one_sentence() -> None:
    assert lines(of(who(2))) == ["(Not recorded in this period: age, purpose, occupation.)"]


def test_people_known_by_name_are_counted_in_words() -> None:
    assert "1 person known by name came" in lines(of(who(2), patrons=1))[-1]
    assert "2 different people known by name came" in lines(of(who(2), patrons=2))[-1]


def test_estimates_are_marked() -> None:
    people = [who(2, age_band="0-11", occupation="pupil", purpose="study")]
    text = lines(month([when("2026-10-05", 2, method=Method.ESTIMATED)], people))
    assert len([line for line in text if "Total" in line and "2* | 100.0" in line]) == 3
    assert text[-1] == "(* partly or wholly estimated.)"
