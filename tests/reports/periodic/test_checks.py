from __future__ import annotations

from dataclasses import replace
from datetime import date

from perpudesk.branch.model import Signatory, SignatoryPlace
from perpudesk.core.codes import DayState
from perpudesk.reports.periodic import Reported
from perpudesk.reports.periodic.checks import Check, Verdict, checks, looks
from tests.reports.makes import days, month, when, who

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
