"""The papers beside the report, from real records."""

from __future__ import annotations

import csv
from datetime import date, time
from pathlib import Path

import pytest

from perpudesk.core.codes import Method, Precision, Sex, VisitorType
from perpudesk.core.errors import InputError
from perpudesk.core.times import Period
from perpudesk.desk import Desk
from perpudesk.patrons.model import PatronDraft, Profile
from perpudesk.reports.papers.kinds import OF_A_YEAR, PaperKind
from perpudesk.reports.store import _statement
from perpudesk.visits.model import Moment, Part, VisitDraft

OCTOBER, YEAR = Period.parse("2026-10"), Period.parse("2026")
FIFTH = date(2026, 10, 5)


@pytest.fixture
def library(desk: Desk) -> Desk:
    """A named woman, a class, a day's guess, and visits of which only the month is known."""
    siti = desk.patrons.add(PatronDraft(name="Siti", sex=Sex.FEMALE, birth_year=1990))
    desk.visits.record(
        VisitDraft(on=FIFTH, at=time(9, 10), patron_id=siti.id, profile=Profile(sex=Sex.FEMALE))
    )
    parts = (
        Part(sex=Sex.FEMALE, age_band="0-11", count=16),
        Part(sex=Sex.MALE, age_band=None, count=12),
    )
    desk.visits.record(
        VisitDraft(on=FIFTH, at=time(8, 0), type=VisitorType.GROUP, count=31, parts=parts)
    )
    desk.visits.record(
        VisitDraft(on=date(2026, 10, 6), count=40, method=Method.ESTIMATED, purpose="computer")
    )
    month = Moment(
        local_date=OCTOBER.first, local_hour=None, occurred_at=None, precision=Precision.MONTH
    )
    desk.visits.record_many([(VisitDraft(count=5), month)])
    return desk


@pytest.mark.parametrize("kind", PaperKind)
def test_every_paper_is_made_and_none_holds_a_name(library: Desk, kind: PaperKind) -> None:
    period = YEAR if kind is PaperKind.PASAL15 else OCTOBER
    document = library.papers.document(kind, period, practice=True)
    assert document == library.papers.document(kind, period, practice=True)
    assert document.watermark == "PRAKTIK"
    assert "Siti" not in document.outline()


def test_the_day_recap_counts_a_group_by_its_parts(library: Desk) -> None:
    text = library.papers.document(PaperKind.DAYS, OCTOBER).outline()
    assert "  5 Okt | Sen | buka | 32 | 17 | 12 | 3 | 0 | 1 | 31" in text
    assert "  6 Okt | Sel | buka | 40* | 0 | 0 | 40 | 0 |" in text
    assert "5 kunjungan tidak tampak" in text


def test_the_visit_recap_is_in_order_of_time(library: Desk) -> None:
    lines = library.papers.visit_recap(OCTOBER).lines
    told = [(each.day, each.time, each.count) for each in lines]
    assert told == [
        (None, "", 5),
        (FIFTH, "08:00", 31),
        (FIFTH, "09:10", 1),
        (date(2026, 10, 6), "", 40),
    ]
    assert dict(lines[1].parts or {}) == {"female": 16, "male": 12}


def test_recaps_add_up_to_the_figures(library: Desk) -> None:
    visits = library.reports.figures(OCTOBER).figures[0].value
    assert sum(each.count for each in library.papers.day_recap(OCTOBER).counts) == visits
    assert sum(each.count for each in library.papers.visit_recap(OCTOBER).lines) == visits


def test_the_day_recap_has_computer_sessions_and_no_own_devices(library: Desk) -> None:
    assert library.papers.day_recap(OCTOBER).sessions == {}
    library.session_mending.enter_total(FIFTH, {Sex.FEMALE: 4, Sex.MALE: 3})
    library.session_mending.enter_total(FIFTH, {Sex.UNKNOWN: 9}, device=True)
    library.session_mending.enter_total(date(2026, 10, 6), {Sex.UNKNOWN: 9}, device=True)
    assert library.papers.day_recap(OCTOBER).sessions == {FIFTH: 7}
    assert "| 31 | 7" in library.papers.document(PaperKind.DAYS, OCTOBER).outline()


def test_a_comparison_is_with_any_other_period(library: Desk) -> None:
    before = library.papers.document(PaperKind.COMPARISON, OCTOBER).outline()
    assert "Oktober 2026 dan September 2026" in before
    other = library.papers.document(PaperKind.COMPARISON, OCTOBER, against=YEAR).outline()
    assert "Oktober 2026 dan Tahun 2026" in other


def test_pasal_15_is_of_a_year(library: Desk) -> None:
    with pytest.raises(InputError) as refused:
        library.papers.document(PaperKind.PASAL15, OCTOBER)
    assert refused.value.problem is OF_A_YEAR


def test_own_entries_count_under_their_standard_in_the_sheets(library: Desk) -> None:
    own = library.branch.add_entry("purposes", "Cetak", standard="computer")
    library.visits.record(VisitDraft(on=FIFTH, purpose=own.slug))
    rows = {row.name: row.value for row in library.papers.tpbis(OCTOBER).rows}
    assert rows["Kunjungan untuk komputer dan internet"] == 41


def test_a_sheet_is_written_as_a_table(library: Desk, tmp_path: Path) -> None:
    library.totals.type_total("online_users", OCTOBER, 250)
    path = tmp_path / "pasal15.csv"
    library.papers.write_sheet(library.papers.pasal15(YEAR), path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["item"]: row for row in csv.DictReader(file)}
    assert rows["Daring"]["value"] == "250"
    assert rows["Daring"]["note"] == "diisi untuk 1 dari 12 bulan"
    assert rows["Sesi komputer"]["value"] == ""


@pytest.mark.parametrize("name", ["recap_days", "recap_visits"])
def test_every_query_goes_by_the_index_of_the_day(desk: Desk, name: str) -> None:
    days = {"first": "2026-10-01", "last": "2026-10-31"}
    with desk.store.reading() as db:
        plan = [row[3] for row in db.conn.execute(f"EXPLAIN QUERY PLAN {_statement(name)}", days)]
    assert any("visits_by_day (local_date>? AND local_date<?)" in step for step in plan), plan
