from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from perpudesk.core.codes import DayState, Method
from perpudesk.core.times import Period
from perpudesk.reports.acted import Acted, DatedRow, MeetingRow, PartnerRow
from perpudesk.reports.counting import WhoRow, figures_of
from perpudesk.reports.model import Figures
from perpudesk.reports.papers.frame import Head
from perpudesk.reports.papers.sheets import Sheet, pasal15_sheet, sheet_document, tpbis_sheet
from perpudesk.totals.model import PeriodTotal
from tests.reports.makes import (
    BRANCH,
    OCTOBER,
    OPENS,
    Used,
    days,
    figures,
    lent,
    meeting,
    present_at,
    records,
    session,
    when,
    who,
)

YEAR = Period.parse("2024")
HEAD = Head(branch=BRANCH)


def of(visits: int, online: Sequence[int] = (), period: Period = YEAR) -> Figures:
    typed = tuple(
        PeriodTotal(
            month=Period.of(2024, month),
            indicator="online_users",
            value=value,
            method=Method.COUNTED,
            source="typed",
        )
        for month, value in enumerate(online, start=1)
    )
    rows = [when("2024-01-02", visits)] if visits else []
    people = [who(visits, sex="female", type="member", purpose="computer")] if visits else []
    found = records(rows, people)
    on = days(visits={2: visits} if visits else {}, month=Period.parse("2024-01"))
    return figures_of(BRANCH, period, on, replace(found, online=typed))


def rows(sheet: Sheet) -> dict[str, tuple[str, str, str]]:
    return {row.name: (row.copied, row.shown, row.told) for row in sheet.rows}


def test_sim_tpbis_says_what_was_not_counted() -> None:
    sheet = tpbis_sheet(HEAD, of(2_031))
    told = rows(sheet)
    assert told["Visits"] == ("2031", "2,031", "")
    assert told["Visits of women and girls"][0] == "2031"
    assert told["Visits of men and boys"] == ("0", "0", "")  # counted, and there were none
    assert told["Visits for computer and internet"][0] == "2031"
    assert told["Online users"] == ("", "–", "not counted")
    assert told["Computer sessions"] == ("", "–", "not counted")
    assert told["Trainings"] == ("", "–", "not counted")
    groups = list(dict.fromkeys(row.group for row in sheet.rows))
    assert groups == [
        "Information service and ICT",
        "Community engagement",
        "Advocacy",
        "Publicity",
    ]


def test_what_is_not_known_of_any_visit_is_not_0() -> None:
    told = rows(tpbis_sheet(HEAD, _of_people([who(118, sex="female")])))
    for name in ("Visits of members", "Visits in groups"):
        assert told[name] == ("", "–", "118 without type")
    assert told["Visits for computer and internet"] == ("", "–", "118 without purpose")
    assert told["Visits of women and girls"] == ("118", "118", "")


def test_what_is_known_of_some_visits_says_of_how_many_it_is_not() -> None:
    people = [who(35, purpose="computer", type="member"), who(25)]
    told = rows(tpbis_sheet(HEAD, _of_people(people)))
    assert told["Visits for computer and internet"] == ("35", "35", "25 without purpose")
    assert told["Visits in groups"] == ("0", "0", "25 without type")
    assert told["Visits without sex"] == ("60", "60", "")


def _of_people(people: list[WhoRow]) -> Figures:
    return figures([when("2026-10-05", sum(each.count for each in people))], people)


def test_what_was_not_counted_is_not_0() -> None:
    told = rows(tpbis_sheet(HEAD, of(0)))
    assert told["Visits"] == told["Visits in groups"] == ("", "–", "not counted")


def test_the_published_sum_of_kalimantan_timur_is_reproduced() -> None:
    """2024: 20,870 on site and 22,616 + 19,895 + 5,752 + 347 online are 69,480."""
    online = (22_616, 19_895, 5_752, 347)
    year = of(20_870, online)
    months = [of(0, online[:1]), of(0, online[:1]), of(0, online[:1]), of(0, online[:1])]
    told = rows(pasal15_sheet(HEAD, year, months))
    assert told["On site (visits)"] == ("20870", "20,870", "")
    assert told["Online"] == ("48610", "48,610", "typed for 4 of 12 months")
    assert told["On site and online"] == ("69480", "69,480", "")
    assert round(69_480 / 12) == 5_790


def test_pasal_15_needs_both_numbers_for_their_sum() -> None:
    told = rows(pasal15_sheet(HEAD, of(20_870), []))
    assert told["Online"] == ("", "–", "not counted")
    assert told["On site and online"] == ("", "–", "needs both numbers")


def test_the_sheets_are_papers_and_the_one_that_is_sent_is_signed() -> None:
    yearly = sheet_document(pasal15_sheet(HEAD, of(5), [])).outline()
    assert "# PASAL 15 SHEET\n  Period: **2024**" in yearly
    assert "### 2. Users of the library" in yearly
    assert "  Partnerships in force | – | not counted" in yearly
    assert "sign: " in yearly
    copied = sheet_document(tpbis_sheet(HEAD, of(5))).outline()
    assert "sign: " not in copied
    assert "(“–” is not known, which is not 0.)" in copied


# ---------------------------------------------------------------- computers


def _lending(*sessions: Used, visits: int = 0) -> Figures:
    rows = [when("2026-10-05", visits)] if visits else []
    people = [who(visits, purpose="computer")] if visits else []
    on = days({5: DayState.OPEN_COUNTED}, visits={5: visits} if visits else {})
    return figures(rows, people, on=on, lent=lent(*sessions), branch=OPENS)


def test_computers_are_in_both_sheets() -> None:
    used = [
        session("2026-10-05", 30, sex="female", count=2, duration="estimated"),
        session("2026-10-05", 10, sex="male"),
        session("2026-10-05", None),
        session("2026-10-05", 50, device=True, count=9),
    ]
    told = rows(tpbis_sheet(HEAD, _lending(*used)))
    assert told["Public computers"] == ("2", "2", "")
    assert told["Computer sessions"] == ("4", "4", "")
    assert told["Computer sessions of women and girls"] == ("2", "2", "1 without sex")
    assert told["Computer sessions of men and boys"] == ("1", "1", "1 without sex")
    assert told["Computer minutes"] == ("40", "40", "partly or wholly estimated")
    assert told["Class minutes"] == ("0", "0", "")
    assert told["Sessions on own devices"] == ("9", "9", "")


def test_users_of_ict_are_sessions_and_it_says_in_how_many_months() -> None:
    year = _lending(session("2026-10-05", count=12), visits=40)
    told = rows(pasal15_sheet(HEAD, year, [year, year, _lending(), figures()]))
    said = "computer sessions, recorded in 2 of 12 months"
    assert told["Users of ICT facilities"] == ("12", "12", said)
    assert told["Visits for computer and internet"][0] == "40"


def test_users_of_ict_are_visits_where_no_session_was_recorded_and_it_says_so() -> None:
    said = "visits with this purpose, since no session was recorded"
    told = rows(pasal15_sheet(HEAD, _lending(visits=40), []))
    assert told["Users of ICT facilities"] == ("40", "40", said)
    some = figures([when("2026-10-05", 5)], [who(3, purpose="computer"), who(2)])
    told = rows(pasal15_sheet(HEAD, some, []))
    assert told["Users of ICT facilities"] == ("3", "3", f"{said}, 2 without purpose")
    told = rows(pasal15_sheet(HEAD, figures(), []))
    assert told["Users of ICT facilities"] == ("", "–", "not counted")


# ---------------------------------------------------------------- activities


def _acting(*rows: MeetingRow, **other: Any) -> Figures:
    return figures_of(BRANCH, OCTOBER, days(), records(acted=Acted(meetings=rows, **other)))


def test_activities_and_records_are_in_the_sheet_of_sim_tpbis() -> None:
    course = meeting("2026-10-06", 3, of="a")
    year = _acting(
        course,
        meeting("2026-10-12", headcount=12, parts=(("female", None, 7),)),
        people=present_at(course, "female", "female", "male"),
        actions=(DatedRow(day=course.day, slug="proposal"),),
        partners=(PartnerRow(name="Desa", kind="village", until=None),),
        budgets={2026: {"apbd": 45_000_000}},
        media=(DatedRow(day=course.day, slug="radio"),) * 2,
        stories=(DatedRow(day=course.day, slug="education"),),
    )
    told = rows(tpbis_sheet(HEAD, year))
    assert told["Trainings"] == told["Training meetings"] == ("1", "1", "")
    assert told["Training attendances"] == told["People trained"] == ("3", "3", "")
    assert told["Attendances of women and girls"] == ("2", "2", "")
    assert told["Participants of community meetings"] == ("12", "12", "")
    assert told["Women and girls among them"] == ("7", "7", "5 without sex")
    assert told["Men and boys among them"] == ("0", "0", "5 without sex")
    assert told["Budget of the year"] == ("45000000", "45,000,000", "")
    assert told["Advocacy actions"] == told["Partnerships in force"] == ("1", "1", "")
    assert told["Media items"] == ("2", "2", "")
    assert told["Impact stories"] == ("1", "1", "")


def test_pasal_15_adds_up_what_was_counted_and_says_what_was_not() -> None:
    course = meeting("2026-10-06", headcount=15, of="a", method=Method.ESTIMATED)
    told = rows(pasal15_sheet(HEAD, _acting(course), []))
    said = "without Participants of community meetings: not counted, partly or wholly estimated"
    assert told["Participants of activities"] == ("15", "15", said)
    said = "without Community meetings: not counted"
    assert told["Trainings and community meetings"] == ("1", "1", said)
    both = _acting(course, meeting("2026-10-12", headcount=12))
    told = rows(pasal15_sheet(HEAD, both, []))
    assert told["Participants of activities"] == ("27", "27", "partly or wholly estimated")
    assert told["Trainings and community meetings"] == ("2", "2", "")
    told = rows(pasal15_sheet(HEAD, _acting(), []))
    assert told["Participants of activities"] == ("", "–", "not counted")
