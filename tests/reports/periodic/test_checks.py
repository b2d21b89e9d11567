from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from perpudesk.branch.model import Outage, Signatory, SignatoryPlace
from perpudesk.computers.finding import Lack, SessionFilter
from perpudesk.core.codes import DayState
from perpudesk.reports.acted import Acted
from perpudesk.reports.lent import Lent
from perpudesk.reports.periodic import Reported
from perpudesk.reports.periodic.checks import Check, Verdict, checks, looks, wrongs
from tests.reports.makes import OCTOBER, OPENS, days, lent, meeting, month, session, when, who

GOOD, LOOK, MEND = Verdict.GOOD, Verdict.LOOK, Verdict.MEND
BOTH = tuple(Signatory(place=place, name="Rina", post="Petugas") for place in SignatoryPlace)
CLOSED = dict.fromkeys(range(1, 32), DayState.CLOSED)


def told(of: Reported) -> list[tuple[Verdict, str, date | None, bool]]:
    return [(each.verdict, each.text, each.day, each.signatories) for each in checks(of)]


def test_a_month_in_order_has_nothing_to_mend() -> None:
    people = [who(3, sex="female", age_band="0-11")]
    on = days({**CLOSED, 5: DayState.OPEN_COUNTED}, visits={5: 3})
    assert told(month([when("2026-10-05", 3)], people, on=on, signatories=BOTH)) == [
        (GOOD, "1 open day has its state", None, False),
        (GOOD, "Both signatories are filled in", None, False),
        (GOOD, "Parts and totals agree", None, False),
    ]


def test_days_are_offered_where_they_can_be_mended() -> None:
    states = {
        **CLOSED,
        5: DayState.NOT_SET,
        6: DayState.NOT_SET,
        7: DayState.OPEN_NOT_COUNTED,
        8: DayState.ESTIMATED,
    }
    assert told(month(on=days(states), signatories=BOTH)) == [
        (MEND, "2 days have no state: 5–6 Oct", date(2026, 10, 5), False),
        (LOOK, "7 Oct: open, not counted", date(2026, 10, 7), False),
        (LOOK, "8 Oct: estimated", date(2026, 10, 8), False),
        (GOOD, "Both signatories are filled in", None, False),
    ]


def test_a_day_without_numbers_leads_to_its_sheet() -> None:
    found = checks(month(on=days({**CLOSED, 7: DayState.OPEN_NOT_COUNTED, 8: DayState.ESTIMATED})))
    assert [each.day for each in found if each.on_paper] == [date(2026, 10, 7)]


def test_who_signs_can_be_filled_in() -> None:
    nameless = Signatory(place=SignatoryPlace.LEFT, name="", post="Kepala")
    wanted = Check(verdict=MEND, text="Who signs is not filled in yet", signatories=True)
    for known in ((), BOTH[:1], (nameless, BOTH[1])):
        assert wanted in checks(month(on=days(CLOSED), signatories=known))


def test_what_was_not_recorded_is_told_with_its_share() -> None:
    people = [who(30, sex="male", age_band="0-11"), who(1, age_band="0-11"), who(1, sex="male")]
    texts = [text for _, text, _, _ in told(month([when("2026-10-05", 32)], people))]
    assert "1 visit without sex (3.1%)" in texts
    assert "1 visit without age (3.1%)" in texts


def test_parts_that_do_not_add_up_are_found() -> None:
    right = month([when("2026-10-05", 3)])
    visits = right.visits
    wrong = replace(visits, by={**visits.by, "sex": {"female": 4, "unknown": 0}})
    others = tuple(each for each in right.figures.figures if each is not visits)
    spoilt = replace(right, figures=replace(right.figures, figures=(wrong, *others)))
    assert (MEND, "The parts add up to 4, not to 3", None, False) in told(spoilt)


def test_a_slip_of_the_finger_among_many_days_is_worth_a_look() -> None:
    whens = [when(f"2026-10-{day:02}", 20 + day % 5) for day in range(1, 31)]
    found = looks(month([*whens, when("2026-10-31", 2_300)], signatories=BOTH))
    assert found[0] == "31 Oct: 2,300 visits, 22 are usual"


def test_a_day_far_above_the_usual_is_worth_a_look() -> None:
    whens = [when(f"2026-10-{day:02}", count) for day, count in ((5, 9), (6, 11), (7, 10), (8, 8))]
    looked = told(month([*whens, when("2026-10-09", 95)], signatories=BOTH))
    assert (LOOK, "9 Oct: 95 visits, 9.5 are usual", date(2026, 10, 9), False) in looked
    for count in (94, 0):
        texts = [text for _, text, _, _ in told(month([*whens, when("2026-10-09", count)]))]
        assert not [text for text in texts if "usual" in text]
    assert not [text for _, text, _, _ in told(month(whens[:1])) if "usual" in text]


# ---------------------------------------------------------------- computers


def of_computers(use: Lent, **other: object) -> list[Check]:
    """What is looked at of October, of which the fifth was open and the other days closed."""
    on = days({**CLOSED, 5: DayState.OPEN_COUNTED, **other.pop("states", {})})  # type: ignore[dict-item]
    found = checks(month(on=on, lent=use, branch=OPENS, signatories=BOTH, **other))  # type: ignore[arg-type]
    return [each for each in found if each.sessions or each.board or "omputer" in each.text]


def test_sessions_that_go_on_lead_to_the_board_once_the_month_is_over() -> None:
    use = lent(session("2026-10-05", None, end="open", count=2))
    (check,) = of_computers(use)
    assert check == Check(verdict=MEND, text="2 computer sessions still go on", board=True)
    assert check.leads
    assert of_computers(use, today=date(2026, 10, 20)) == []


def test_forgotten_sessions_without_minutes_lead_to_their_list() -> None:
    rows = [
        session("2026-10-05", None, end="forgotten"),
        session("2026-10-05", 20, end="forgotten", duration="estimated"),
        session("2026-10-05", None, None, count=5),
    ]
    (check,) = of_computers(lent(*rows))
    assert (check.verdict, check.text) == (LOOK, "1 forgotten session has no minutes")
    assert check.sessions == SessionFilter(
        first=OCTOBER.first, last=OCTOBER.last, lack=Lack.FORGOTTEN
    )


def test_what_a_power_cut_ended_is_checked_on_the_board() -> None:
    at = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)
    out = Outage(id="x", local_date=at.date(), start=at, until=None, checked=False)
    for checked in (False, True):
        on = [
            replace(day, outages=(replace(out, checked=checked),)) if day.date.day == 5 else day
            for day in days({**CLOSED, 5: DayState.OPEN_COUNTED})
        ]
        found = [each for each in checks(month(on=on, branch=OPENS)) if each.board]
        if checked:
            assert found == []
        else:
            (check,) = found
            assert check.text == "5 Oct: nobody checked yet what a power cut ended"


def test_days_of_use_say_what_they_were() -> None:
    rows = [session("2026-10-06", 20), session("2026-10-07", None, None)]
    found = of_computers(lent(*rows), states={6: DayState.NOT_SET, 7: DayState.NOT_SET})
    text = "6–7 Oct: computers were used, the day has no state"
    assert found == [Check(verdict=LOOK, text=text, day=date(2026, 10, 6))]


def test_use_longer_than_the_day_was_open_is_worth_a_look() -> None:
    rows = [session("2026-10-05", 840), session("2026-10-06", 20)]
    found = of_computers(lent(*rows))
    text = "6 Oct: computers were used longer than it was open"
    assert found == [Check(verdict=LOOK, text=text, day=date(2026, 10, 6))]
    (check,) = of_computers(lent(session("2026-10-05", 841)))
    assert check.day == date(2026, 10, 5)


def test_parts_of_computers_that_do_not_add_up_are_found() -> None:
    right = month([when("2026-10-05", 3)], lent=lent(session("2026-10-05")))
    figures = right.figures.figures
    wrong = tuple(
        replace(each, by={"sex": {"female": 7, "unknown": 0}})
        if each.indicator == "computer_sessions"
        else each
        for each in figures
    )
    spoilt = replace(right, figures=replace(right.figures, figures=wrong))
    assert "The parts add up to 7, not to 1" in wrongs(spoilt)


# ---------------------------------------------------------------- activities


def test_meetings_without_a_word_or_without_attendance_lead_to_the_agenda() -> None:
    day, twice = date(2026, 10, 7), date(2026, 10, 8)
    course = meeting("2026-10-06", of="a")
    acted = Acted(unsaid=(day, day, twice), meetings=(course, meeting("2026-10-09", 2)))
    found = [each for each in checks(month(acted=acted)) if each.agenda]
    assert found == [
        Check(
            verdict=LOOK,
            text="7 Oct, 8 Oct: nobody said whether the meeting was held",
            day=day,
            agenda=True,
        ),
        Check(
            verdict=LOOK,
            text="6 Oct: a meeting without attendance, not even a headcount",
            day=course.day,
            agenda=True,
        ),
    ]
    assert all(each.leads for each in found)
