from __future__ import annotations

import csv
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from perpudesk.branch.model import ServiceDay
from perpudesk.computers.model import SessionDraft
from perpudesk.core.codes import Basis, DayState, Method, Precision, Sex, VisitorType
from perpudesk.core.errors import FileError
from perpudesk.core.i18n import speaking
from perpudesk.core.times import FixedClock, Period
from perpudesk.desk import Desk
from perpudesk.patrons.model import Patron, PatronDraft, Profile
from perpudesk.reports.model import (
    COMPUTER_MINUTES,
    COMPUTER_SESSIONS,
    INDICATORS,
    MINUTES_PER_SESSION,
    ONLINE_USERS,
    OPEN_DAYS,
    UNIQUE_PATRONS,
    VISITS,
    VISITS_PER_OPEN_DAY,
    mismatches,
)
from perpudesk.totals.model import Thresholds
from perpudesk.visits.model import Moment, Part, VisitDraft

OCTOBER, NOVEMBER = Period.parse("2026-10"), Period.parse("2026-11")
FIFTH = date(2026, 10, 5)


def add(desk: Desk, **draft: object) -> None:
    """A visit on Monday 5 October 2026 at 09.10, unless said otherwise."""
    values = {"on": FIFTH, "at": time(9, 10), **draft}
    desk.visits.record(VisitDraft(**values))


def patron(desk: Desk, name: str) -> Patron:
    return desk.patrons.add(PatronDraft(name=name, sex=Sex.FEMALE, birth_year=1990))


def merge(desk: Desk, old: Patron, into: Patron) -> None:
    with desk.store.writing() as db:
        db.execute("UPDATE patrons SET merged_into = ? WHERE id = ?", [into.id, old.id])


def test_a_group_counts_by_its_parts_and_keeps_its_own_type_and_purpose(desk: Desk) -> None:
    parts = (
        Part(sex=Sex.FEMALE, age_band="0-11", count=16),
        Part(sex=Sex.MALE, age_band=None, count=12),
    )
    add(desk, count=31, type=VisitorType.GROUP, purpose="reading", parts=parts)
    by = desk.reports.figures(OCTOBER).get(VISITS).by
    assert by["sex"] == {"female": 16, "male": 12, "unknown": 3}
    assert by["age"]["0-11"] == 16
    assert by["age"]["unknown"] == 15
    assert by["type"] == {"member": 0, "non_member": 0, "group": 31, "unknown": 0}
    assert by["purpose"] == {"reading": 31, "unknown": 0}
    assert by["hour"] == {"09": 31, "unknown": 0}


def test_a_group_without_parts_left_over_has_no_remainder(desk: Desk) -> None:
    parts = (Part(sex=Sex.MALE, age_band="12-16", count=5),)
    add(desk, count=5, type=VisitorType.GROUP, parts=parts)
    assert desk.reports.figures(OCTOBER).get(VISITS).by["sex"]["unknown"] == 0


def test_what_was_removed_is_in_no_figure(desk: Desk) -> None:
    add(desk)
    gone = desk.visits.record(VisitDraft(count=7, on=FIFTH))
    desk.visits.remove(gone.id)
    found = desk.reports.figures(OCTOBER)
    assert (found.value(VISITS), found.value(OPEN_DAYS)) == (1, 1)


def test_only_what_was_known_of_the_moment_is_told(desk: Desk) -> None:
    day = Moment(local_date=FIFTH, local_hour=None, occurred_at=None, precision=Precision.DAY)
    whole = Moment(
        local_date=OCTOBER.first, local_hour=None, occurred_at=None, precision=Precision.MONTH
    )
    desk.visits.record_many([(VisitDraft(), day), (VisitDraft(count=40), whole)])
    by = desk.reports.figures(OCTOBER).get(VISITS).by
    assert by["day"] == {"2026-10-05": 1, "unknown": 40}
    assert by["hour"] == {"unknown": 41}


def test_patrons_are_counted_once_also_when_they_were_merged(desk: Desk) -> None:
    siti, sity, aminah, budi = (patron(desk, name) for name in ("Siti", "Sity", "Aminah", "Budi"))
    for who in (siti, siti, sity, budi):
        add(desk, patron_id=who.id)
    assert desk.reports.figures(OCTOBER).value(UNIQUE_PATRONS) == 3
    merge(desk, siti, sity)
    merge(desk, sity, aminah)  # a chain: one person under three rows
    assert desk.reports.figures(OCTOBER).value(UNIQUE_PATRONS) == 2


def test_a_quarter_is_computed_and_not_summed_from_its_months(desk: Desk) -> None:
    known = patron(desk, "Siti")
    for day in (FIFTH, date(2026, 11, 2)):
        add(desk, on=day, patron_id=known.id)
    months = [desk.reports.figures(each) for each in (OCTOBER, NOVEMBER)]
    quarter = desk.reports.figures(Period.parse("2026-Q4"))
    assert [each.value(UNIQUE_PATRONS) for each in months] == [1, 1]
    assert (quarter.value(UNIQUE_PATRONS), quarter.value(VISITS)) == (1, 2)
    assert quarter.get(VISITS_PER_OPEN_DAY).den == 2


def test_own_entries_keep_their_slug_until_the_standard_is_asked_for(desk: Desk) -> None:
    own = desk.branch.add_entry("purposes", "Baca koran", standard="reading")
    add(desk, purpose=own.slug)
    add(desk, purpose="reading")
    kept = desk.reports.figures(OCTOBER).get(VISITS).by["purpose"]
    asked = desk.reports.figures(OCTOBER, standard=True).get(VISITS).by["purpose"]
    assert kept == {"reading": 1, own.slug: 1, "unknown": 0}
    assert asked == {"reading": 2, "unknown": 0}
    document = desk.reports.report(OCTOBER).outline()
    assert "Baca koran | 1 | 50,0" in document


def test_profiles_are_those_of_the_visit_and_years_follow_the_current_set(desk: Desk) -> None:
    add(desk, profile=Profile(age_years=40))
    add(desk, profile=Profile(age_band="26-35"))
    assert desk.reports.figures(OCTOBER).get(VISITS).by["age"]["26-45"] == 2
    desk.branch.set_up(age_set="full")
    ages = desk.reports.figures(OCTOBER).get(VISITS).by["age"]
    assert (ages["26-35"], ages["36-45"]) == (1, 1)


def test_the_days_of_the_running_month_end_today(desk: Desk) -> None:
    add(desk, on=date(2026, 11, 20))
    found = desk.reports.figures(NOVEMBER)
    assert sum(found.days.values()) == 23
    assert found.days[DayState.CLOSED] == 2  # 21 and 22 November, after the first record
    assert found.days[DayState.NOT_SET] == 20
    assert desk.reports.report(NOVEMBER).outline().count("23 November 2026") == 1


def test_a_month_that_has_not_come_knows_nothing(desk: Desk) -> None:
    found = desk.reports.figures(Period.parse("2027-01"))
    assert found.value(VISITS) is None
    assert sum(found.days.values()) == 0
    assert "bukan nol" in desk.reports.report(Period.parse("2027-01")).outline()


def test_estimates_and_states_reach_the_report(desk: Desk) -> None:
    add(desk, count=3)
    desk.branch.set_day(ServiceDay(date=date(2026, 10, 6), state=DayState.ESTIMATED))
    add(desk, on=date(2026, 10, 6), at=None, count=80, method=Method.ESTIMATED)
    month = desk.reports.reported(OCTOBER, practice=True)
    assert (month.estimated, month.visits.value) == (80, 83)
    assert mismatches(month.visits) == ()
    document = desk.reports.report(OCTOBER, practice=True)
    assert document.watermark == "PRAKTIK"
    assert document.language == "id"
    with speaking("en"):
        assert desk.reports.report(OCTOBER).language == "en"


def test_months_run_from_the_first_record_to_today(desk: Desk) -> None:
    assert [each.code for each in desk.reports.months()] == ["2026-11"]
    add(desk, on=date(2025, 12, 31), at=None)
    codes = [each.code for each in desk.reports.months()]
    assert codes[0] == "2026-11"
    assert codes[-1] == "2025-12"
    assert len(codes) == 12


def test_months_are_there_under_a_clock_that_was_set_back(
    desk: Desk, fixed_clock: FixedClock
) -> None:
    add(desk)
    fixed_clock.moment = datetime(2026, 9, 1, 3, tzinfo=UTC)
    assert [each.code for each in desk.reports.months()] == ["2026-09"]


def test_figures_go_into_a_csv_file_as_they_are(desk: Desk, tmp_path: Path) -> None:
    add(desk, count=3)
    path = tmp_path / "angka.csv"
    desk.reports.write_csv([desk.reports.figures(OCTOBER)], path)
    first = path.read_bytes()
    desk.reports.write_csv([desk.reports.figures(OCTOBER)], path)
    assert path.read_bytes() == first
    rows = list(csv.DictReader(path.read_text("ascii").splitlines()))
    assert (rows[0]["indicator"], rows[0]["value"]) == ("visits", "3")
    with pytest.raises(FileError):
        desk.reports.write_csv([], tmp_path / "nowhere" / "angka.csv")


def test_figures_are_told_as_values_and_as_lines(desk: Desk) -> None:
    found = desk.reports.figures(OCTOBER)
    assert desk.reports.as_json(found)["period"] == "2026-10"
    assert desk.reports.as_lines(found)[0] == "Perpusda Contoh · 2026-10"


def test_figures_hold_no_name_of_a_person(desk: Desk) -> None:
    known = patron(desk, "Siti Aminah")
    add(desk, patron_id=known.id, institution="SDN 2 Raja", note="Bu Siti")
    told = str(desk.reports.as_json(desk.reports.figures(OCTOBER)))
    assert not any(text in told for text in ("Siti", known.id, "SDN", "Contoh, "))
    outline = desk.reports.report(OCTOBER).outline()
    assert not any(text in outline for text in ("Siti", "SDN"))


@pytest.mark.parametrize("name", ["visits_when", "visits_who", "patrons_named"])
def test_every_query_goes_by_the_index_of_the_day(desk: Desk, name: str) -> None:
    from perpudesk.reports.store import _statement

    with desk.store.reading() as db:
        days = {"first": "2026-10-01", "last": "2026-10-31"}
        plan = [row[3] for row in db.conn.execute(f"EXPLAIN QUERY PLAN {_statement(name)}", days)]
    assert not [step for step in plan if step.startswith("SCAN visits")], plan
    assert any("visits_by_day (local_date>? AND local_date<?)" in step for step in plan), plan


def test_a_months_total_counts_until_a_finer_record_is_there(desk: Desk) -> None:
    quarter, august = Period.parse("2026-Q3"), Period.parse("2026-08")
    desk.visits.record(VisitDraft(count=40, on=date(2026, 7, 6)))
    desk.visits.record(VisitDraft(count=50, on=date(2026, 9, 7), method=Method.ESTIMATED))
    desk.totals.type_total("visits", august, 1_250)
    desk.totals.type_total("visits", Period.parse("2026-09"), 999)
    desk.totals.type_total("online_users", august, 7)
    found = desk.reports.figures(quarter)
    visits = found.get(VISITS)
    assert (visits.value, visits.basis) == (1_340, Basis.MIXED)
    for counts in visits.by.values():
        assert sum(counts.values()) == 1_340
        assert counts["unknown"] >= 1_250
    assert [(each.month, each.value) for each in found.totals] == [(august, 1_250)]
    rate = found.get(VISITS_PER_OPEN_DAY)
    assert (rate.num, rate.den) == (90, 2)
    assert desk.reports.as_json(found)["totals"] == [
        {
            "month": "2026-08",
            "indicator": "visits",
            "value": 1_250,
            "basis": "counted",
            "source": "typed",
        }
    ]
    visit = desk.visits.record(VisitDraft(on=date(2026, 8, 3)))
    assert desk.reports.figures(quarter).value(VISITS) == 91
    assert "totals" not in desk.reports.as_json(desk.reports.figures(quarter))
    desk.visits.remove(visit.id)
    assert desk.reports.figures(quarter).value(VISITS) == 1_340


def test_a_total_of_nothing_is_nothing_and_no_gap(desk: Desk) -> None:
    march = Period.parse("2025-03")
    desk.totals.type_total("visits", march, 0, method=Method.ESTIMATED)
    visits = desk.reports.figures(march).get(VISITS)
    assert (visits.value, visits.basis) == (0, Basis.ESTIMATED)
    assert desk.reports.months()[-1] == march


def test_the_report_says_that_a_month_is_one_number_and_whence(desk: Desk) -> None:
    march = Period.parse("2025-03")
    desk.totals.type_total("visits", march, 1_250)
    with speaking("en"):
        month = desk.reports.reported(march)
        said = str(desk.reports.report(march).blocks[2])
        lines = desk.reports.as_lines(month.figures)
    assert "March 2025: 1,250 visits, a monthly total typed here." in said
    assert "no state yet" not in said
    assert lines[-1] == "March 2025: 1,250 visits, a monthly total typed here."


def test_online_users_are_the_sum_of_the_months_that_were_typed(desk: Desk) -> None:
    quarter = Period.parse("2026-Q3")
    assert desk.reports.figures(quarter).value(ONLINE_USERS) is None
    desk.totals.type_total("online_users", Period.parse("2026-07"), 0)
    assert desk.reports.figures(quarter).value(ONLINE_USERS) == 0
    september = Period.parse("2026-09")
    desk.totals.type_total("online_users", september, 250, method=Method.ESTIMATED)
    figure = desk.reports.figures(quarter).get(ONLINE_USERS)
    assert (figure.value, figure.basis) == (250, Basis.MIXED)
    outline = desk.reports.report(quarter).outline()
    assert "Pemustaka daring | 250*" in outline
    assert "September | – | – | – | – | 250*" in outline
    assert "Pemustaka daring" not in desk.reports.report(Period.parse("2026-05")).outline()


def test_targets_of_the_year_reach_its_reports(desk: Desk) -> None:
    add(desk, count=30)
    desk.totals.set_target("visits", 2026, 400)
    assert "| 33 | ●\N{NO-BREAK SPACE}hijau\N{NO-BREAK SPACE}90%" in _with_green(desk, 0.9)
    assert "Target" not in desk.reports.report(Period.parse("2025-10")).outline()


def _with_green(desk: Desk, share: float) -> str:
    desk.totals.set_thresholds(Thresholds(green=share, yellow=0.5))
    return desk.reports.report(OCTOBER).outline()


def test_an_indicator_is_drawn_over_time(desk: Desk) -> None:
    add(desk, count=30)
    months = [Period.parse("2026-09"), OCTOBER]
    with speaking("en"):
        chart = desk.reports.trend(months, INDICATORS["visits"], "sex")
    assert "Sep 2026" in chart.title


def test_computer_sessions_reach_figures_months_and_what_to_look_after(desk: Desk) -> None:
    start = datetime(2026, 5, 4, 2, 0, tzinfo=UTC)
    desk.session_mending.enter(SessionDraft(start=start, end=start + timedelta(minutes=40)))
    desk.session_mending.enter(SessionDraft(start=start))  # nobody knows when it ended
    may = Period.parse("2026-05")
    assert desk.reports.months()[-1] == may
    reported = desk.reports.reported(may)
    assert reported.figures.value(COMPUTER_SESSIONS) == 2
    assert reported.figures.value(COMPUTER_MINUTES) == 40
    assert (reported.unsettled.going_on, reported.unsettled.forgotten) == (0, 1)
    (pc,) = desk.workstations.add_many(1, prefix="Komputer")
    assert desk.reports.labels()["workstation"] == {"komputer_1": pc.label}


def test_a_months_total_of_computers_counts_until_a_session_is_there(desk: Desk) -> None:
    may = Period.parse("2026-05")
    desk.totals.type_total("computer_sessions", may, 120)
    desk.totals.type_total("computer_minutes", may, 3_600)
    figures = desk.reports.figures(may)
    assert figures.value(COMPUTER_SESSIONS) == 120
    assert figures.value(MINUTES_PER_SESSION) == 30
    assert {each.indicator for each in figures.totals} == {"computer_sessions", "computer_minutes"}
    with speaking("en"):
        assert "May 2026: computer sessions 120, a monthly total typed here." in (
            desk.reports.as_lines(figures)
        )
    start = datetime(2026, 5, 4, 2, 0, tzinfo=UTC)
    desk.session_mending.enter(SessionDraft(start=start, end=start + timedelta(minutes=40)))
    assert desk.reports.figures(may).value(COMPUTER_MINUTES) == 40


def test_an_indicator_of_computers_is_drawn_by_computer(desk: Desk) -> None:
    (pc,) = desk.workstations.add_many(1)
    start = datetime(2026, 11, 23, 1, 50, tzinfo=UTC)
    desk.session_mending.enter(SessionDraft(workstation_id=pc.id, start=start))
    chart = desk.reports.trend([NOVEMBER], COMPUTER_SESSIONS, "workstation")
    assert [part.name for part in chart.parts] == ["PC 1"]
