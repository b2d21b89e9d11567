from __future__ import annotations

import csv
import io
import json

import pytest

from perpudesk.core.codes import DayState, Method
from perpudesk.core.i18n import speaking
from perpudesk.reports.export import figures_csv, figures_json, figures_lines, harmless
from perpudesk.reports.model import Figures
from tests.reports.makes import OPENS, days, figures, lent, session, when, who

JSON = {
    "schema": 1,
    "branch": {
        "id": "0190b1e0-0000-7000-8000-000000000001",
        "name": "Perpusda Contoh",
        "kind": "district",
        "npp": None,
        "region_code": None,
        "place": "Pangkalan Bun",
        "zone": "Asia/Jakarta",
        "population_served": None,
    },
    "period": "2026-10",
    "final": False,
    "days": {
        "open_counted": 1,
        "estimated": 1,
        "open_not_counted": 0,
        "closed": 0,
        "not_set": 29,
    },
    "figures": [
        {
            "indicator": "visits",
            "unit": "visits",
            "value": 7,
            "basis": "mixed",
            "by": {
                "sex": {"female": 3, "male": 0, "unknown": 4},
                "age": {
                    "0-11": 0,
                    "12-16": 0,
                    "17-25": 3,
                    "26-45": 0,
                    "46+": 0,
                    "unknown": 4,
                },
                "occupation": {"pupil": 3, "unknown": 4},
                "education": {"unknown": 7},
                "type": {"member": 0, "non_member": 3, "group": 0, "unknown": 4},
                "purpose": {"reading": 3, "unknown": 4},
                "day": {"2026-10-05": 3, "2026-10-06": 4, "unknown": 0},
                "weekday": {"monday": 3, "tuesday": 4, "unknown": 0},
                "hour": {"09": 3, "unknown": 4},
            },
        },
        {"indicator": "open_days", "unit": "days", "value": 2, "basis": "counted"},
        {
            "indicator": "visits_per_open_day",
            "unit": "visits_per_day",
            "value": 3.5,
            "basis": "mixed",
            "num": 7,
            "den": 2,
        },
        {
            "indicator": "unique_patrons",
            "unit": "patrons",
            "value": None,
            "basis": "not_counted",
        },
        {
            "indicator": "online_users",
            "unit": "users",
            "value": None,
            "basis": "not_counted",
        },
        *(
            {"indicator": code, "unit": unit, "value": None, "basis": "not_counted"}
            for code, unit in (
                ("workstations", "workstations"),
                ("computer_sessions", "sessions"),
                ("device_sessions", "sessions"),
                ("computer_minutes", "minutes"),
                ("class_minutes", "minutes"),
                ("minutes_per_session", "minutes_per_session"),
                ("available_minutes", "minutes"),
                ("computer_use_rate", "share"),
                ("queue_tickets", "tickets"),
                ("queue_no_shows", "calls"),
                ("waiting_minutes_per_ticket", "minutes_per_ticket"),
                ("visits_via_activities", "visits"),
                ("trainings", "courses"),
                ("training_meetings", "meetings"),
                ("training_attendances", "attendances"),
                ("people_trained", "people"),
                ("person_hours", "person_hours"),
                ("staff_trained", "people"),
                ("community_meetings", "meetings"),
                ("meeting_attendances", "attendances"),
                ("active_communities", "communities"),
                ("decisions_done", "share"),
                ("advocacy_actions", "actions"),
                ("budget_amount", "rupiah"),
                ("budget_growth", "share"),
                ("partnerships", "partners"),
                ("media_items", "items"),
                ("stories", "stories"),
            )
        ),
        {
            "indicator": "completeness_sex",
            "unit": "share",
            "value": 3 / 7,
            "basis": "mixed",
            "num": 3,
            "den": 7,
        },
        {
            "indicator": "completeness_age",
            "unit": "share",
            "value": 3 / 7,
            "basis": "mixed",
            "num": 3,
            "den": 7,
        },
        {
            "indicator": "completeness_days",
            "unit": "share",
            "value": 0.5,
            "basis": "counted",
            "num": 1,
            "den": 2,
        },
    ],
}

CSV_HEAD = """\
period,indicator,unit,dimension,key,value,basis
2026-10,visits,visits,,,7,mixed
2026-10,visits,visits,sex,female,3,mixed
2026-10,visits,visits,sex,male,0,mixed
2026-10,visits,visits,sex,unknown,4,mixed
2026-10,visits,visits,age,0-11,0,mixed
"""
CSV_FOOT = """\
2026-10,visits,visits,hour,unknown,4,mixed
2026-10,open_days,days,,,2,counted
2026-10,visits_per_open_day,visits_per_day,,,3.5,mixed
2026-10,visits_per_open_day,visits_per_day,ratio,num,7,mixed
2026-10,visits_per_open_day,visits_per_day,ratio,den,2,mixed
2026-10,unique_patrons,patrons,,,,not_counted
2026-10,online_users,users,,,,not_counted
2026-10,workstations,workstations,,,,not_counted
2026-10,computer_sessions,sessions,,,,not_counted
2026-10,device_sessions,sessions,,,,not_counted
2026-10,computer_minutes,minutes,,,,not_counted
2026-10,class_minutes,minutes,,,,not_counted
2026-10,minutes_per_session,minutes_per_session,,,,not_counted
2026-10,available_minutes,minutes,,,,not_counted
2026-10,computer_use_rate,share,,,,not_counted
2026-10,queue_tickets,tickets,,,,not_counted
2026-10,queue_no_shows,calls,,,,not_counted
2026-10,waiting_minutes_per_ticket,minutes_per_ticket,,,,not_counted
2026-10,visits_via_activities,visits,,,,not_counted
2026-10,trainings,courses,,,,not_counted
2026-10,training_meetings,meetings,,,,not_counted
2026-10,training_attendances,attendances,,,,not_counted
2026-10,people_trained,people,,,,not_counted
2026-10,person_hours,person_hours,,,,not_counted
2026-10,staff_trained,people,,,,not_counted
2026-10,community_meetings,meetings,,,,not_counted
2026-10,meeting_attendances,attendances,,,,not_counted
2026-10,active_communities,communities,,,,not_counted
2026-10,decisions_done,share,,,,not_counted
2026-10,advocacy_actions,actions,,,,not_counted
2026-10,budget_amount,rupiah,,,,not_counted
2026-10,budget_growth,share,,,,not_counted
2026-10,partnerships,partners,,,,not_counted
2026-10,media_items,items,,,,not_counted
2026-10,stories,stories,,,,not_counted
2026-10,completeness_sex,share,,,0.42857142857142855,mixed
2026-10,completeness_sex,share,ratio,num,3,mixed
2026-10,completeness_sex,share,ratio,den,7,mixed
"""


@pytest.fixture
def october() -> Figures:
    people = [
        who(
            3,
            sex="female",
            age_band="17-25",
            occupation="pupil",
            type="non_member",
            purpose="reading",
        ),
        who(4),
    ]
    rows = [when("2026-10-05", 3), when("2026-10-06", 4, None, method=Method.ESTIMATED)]
    states = {5: DayState.OPEN_COUNTED, 6: DayState.ESTIMATED}
    return figures(rows, people, on=days(states, visits={5: 3, 6: 4}))


def with_purpose(slug: str) -> Figures:
    return figures([when("2026-10-05", 2)], [who(2, purpose=slug)])


def csv_of(*many: Figures) -> str:
    stream = io.StringIO(newline="")
    figures_csv(many, stream)
    return stream.getvalue()


def test_json_has_the_shape_that_other_programs_read(october: Figures) -> None:
    assert figures_json(october) == JSON
    assert json.loads(json.dumps(figures_json(october))) == JSON


def test_what_was_not_counted_is_null_and_has_no_parts() -> None:
    visits = figures_json(figures())["figures"][0]
    assert visits == {
        "indicator": "visits",
        "unit": "visits",
        "value": None,
        "basis": "not_counted",
    }


def test_csv_has_a_row_for_each_value_and_each_part(october: Figures) -> None:
    text = csv_of(october)
    assert text.startswith(CSV_HEAD)
    assert CSV_FOOT in text
    assert text.isascii()
    assert "\r" not in text


def test_csv_of_many_has_one_header_and_the_same_bytes_again(october: Figures) -> None:
    text = csv_of(october, october)
    assert text.count("period,indicator") == 1
    assert text == csv_of(october, october)
    assert text.count("\n") == 2 * (csv_of(october).count("\n") - 1) + 1


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_key_is_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"


def test_no_key_of_an_exported_list_is_a_formula() -> None:
    text = "=cmd|' /C calc'!A0"
    rows = csv.DictReader(io.StringIO(csv_of(with_purpose(text)), newline=""))
    assert f"'{text}" in [row["key"] for row in rows]


@pytest.mark.parametrize("text", ["", "reading", "17-25", "46+", "2026-10-05"])
def test_slugs_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


def test_lines_say_the_same_to_a_person(october: Figures) -> None:
    with speaking("en"):
        lines = figures_lines(october)
    assert lines[0] == "Perpusda Contoh · 2026-10"
    assert lines[1].startswith("State of the days: Open · counted 1, ")
    assert lines[2:] == [
        "Visits: 7 (partly estimated)",
        "Service days: 2",
        "Average per service day: 3.5 (partly estimated)",
        "Patrons known by name: –",
        "Online users: –",
        "Sex recorded: 42.9% (partly estimated)",
        "Age recorded: 42.9% (partly estimated)",
        "Open days counted: 50.0%",
    ]


def test_computers_are_told_where_there_are_any() -> None:
    used = session("2026-10-05", 42, place="pc-1", purpose="health", duration="estimated")
    found = figures(on=days({5: DayState.OPEN_COUNTED}), lent=lent(used), branch=OPENS)
    text = csv_of(found)
    for row in (
        "2026-10,computer_sessions,sessions,purpose,health,1,counted",
        "2026-10,computer_minutes,minutes,workstation,pc_1,42,estimated",
        "2026-10,computer_minutes,minutes,weekday_hour,monday_09,42,estimated",
        "2026-10,computer_use_rate,share,,,0.05,estimated",
        "2026-10,computer_use_rate,share,ratio,num,42,estimated",
        "2026-10,computer_use_rate,share,ratio,den,840,estimated",
    ):
        assert f"\n{row}\n" in text
    assert text.isascii()
    with speaking("en"):
        lines = figures_lines(found)
    assert "Computer sessions: 1" in lines
    assert "Computer use rate: 5.0% (estimated)" in lines
    assert "Queue tickets: –" in lines
