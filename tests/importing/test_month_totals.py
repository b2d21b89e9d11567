"""Totals of whole months, one under another or a column a month."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter

from perpudesk.core import i18n
from perpudesk.core.codes import Basis, Method
from perpudesk.core.errors import InputError, PerpuDeskError, RuleError
from perpudesk.core.times import Period
from perpudesk.desk import Desk
from perpudesk.importing.fields import What
from perpudesk.reports.model import VISITS
from perpudesk.visits.model import VisitDraft
from tests.importing.own import bring, checked, reasons, remarks, written

SHARED = Path(__file__).parents[3] / "shared" / "data"
TOTALS = What.TOTALS


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.use("en")


def months(desk: Desk) -> dict[str, int]:
    return {each.month.code: each.value for each in desk.totals.every()}


def test_a_row_a_month(desk: Desk, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "Rekap kunjungan;;",
        "Bulan;Tahun;Jumlah",
        "Januari;2025;1.204",
        "Pebruari;2025;0",
        "Mar;2025;",
        "April;2025;banyak",
        "Mei;2027;3",
        "Juni;1900;3",
        "Rapat;2025;3",
        "Jumlah;;1.204",
        ";;",
        "Catatan: Maret tutup;;",
    )
    looked = desk.importing.look(path)
    assert looked.what is TOTALS
    preview = checked(desk, path)
    assert reasons(preview) == {
        5: "blank_count",
        6: "no_whole_number",
        7: "total_in_future",
        8: "total_too_early",
        9: "no_month",
        10: "note_row",
        11: "blank_row",
        12: "note_row",
    }
    assert preview.reading is not None
    assert preview.reading.shown == (
        ("January 2025", "Visits", "1,204"),
        ("February 2025", "Visits", "0"),
    )
    assert preview.reading.months() == {"2025-01": 1_204, "2025-02": 0}
    first = bring(desk, path, estimated=True)
    assert months(desk) == {"2025-01": 1_204, "2025-02": 0}
    visits = desk.reports.figures(Period.parse("2025-Q1")).get(VISITS)
    assert (visits.value, visits.basis) == (1_204, Basis.ESTIMATED)
    again = bring(desk, path)
    assert (again["added"], again["unchanged"], again["batch"]) == (0, 2, None)
    desk.batches.undo(first["batch"])
    assert months(desk) == {}
    assert bring(desk, path)["added"] == 2


WIDE = "Perpustakaan;2022-12;2023-1;Feb 2023;Maret 2023;Apr-23;Total"


def test_a_column_a_month_and_the_row_of_this_library(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, WIDE, "Lain;1;2;3;4;5;15", "Perpustakaan Uji;7;8;;0;1.000;1.015")
    result = bring(desk, path)
    assert (result["read"], result["added"], result["left_out"]) == (5, 4, 1)
    assert months(desk) == {"2022-12": 7, "2023-01": 8, "2023-03": 0, "2023-04": 1_000}
    said = remarks(checked(desk, path))
    assert "Not a month but a sum of them, left out: the column Total." in said
    assert "Only the row “Perpustakaan Uji” was read, not the 1 others." in said
    with pytest.raises(InputError) as caught:
        checked(desk, path, row="Tengah")
    assert str(caught.value).endswith("Its rows are: Lain, Perpustakaan Uji.")
    assert reasons(checked(desk, path, row="Lain")) == {2: "other_total"}


def test_rows_may_be_indicators(desk: Desk, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "Uraian,Januari 2025,Februari 2025",
        "Kunjungan,10,20",
        "Sesi komputer,3,",
        "computer_use_rate,0.4,0.5",
        "Kucing,1,2",
        "Jumlah,14,22",
    )
    preview = checked(desk, path)
    assert reasons(preview) == {
        3: "blank_count",
        4: "not_additive",
        5: "unknown_indicator",
        6: "note_row",
    }
    assert {(each.indicator, each.value) for each in preview.totals} == {
        ("visits", 10),
        ("visits", 20),
        ("computer_sessions", 3),
    }
    long = written(
        tmp_path, "month,indicator,count", "2025-03,online_users,7", "2025-03,,9", name="l.csv"
    )
    assert bring(desk, long)["added"] == 2


def test_a_month_with_finer_records_is_refused(desk: Desk, tmp_path: Path) -> None:
    desk.visits.record(VisitDraft(on=Period.parse("2025-02").first))
    path = written(tmp_path, "Bulan,Jumlah", "2025-01,5", "2025-02,6")
    preview = checked(desk, path)
    assert reasons(preview) == {3: "overlap"}
    assert preview.reading is not None
    assert "February 2025 has visits day by day" in preview.reading.refused[0].sentence()
    desk.visits.record(VisitDraft(on=Period.parse("2025-01").first))
    with pytest.raises(RuleError):
        desk.importing.commit(preview)
    assert months(desk) == {}


def test_a_total_taken_out_here_does_not_come_again(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, "Bulan,Jumlah", "2025-01,5", "2025-02,6")
    bring(desk, path)
    desk.totals.type_total("visits", Period.parse("2025-01"), None)
    result = bring(desk, path)
    assert (result["added"], result["unchanged"], result["left_out"]) == (0, 1, 1)


@pytest.mark.parametrize(
    "lines, code",
    [
        (["Cabang,2022-12,2023-1,Jan 2023", "Perpustakaan Uji,1,2,3"], "month_twice"),
        (["Bulan,Jumlah", "2025-01,3", "Januari 2025,3"], "month_twice"),
        (["Cabang,2025-01,2025-02", "A,1,2", "B,1,2"], "choose_row"),
        (["Cabang,2025-01,2025-02", "Perpustakaan Uji,1,2", "perpustakaan uji,1,2"], "row_twice"),
        (["2025-01,2025-02", "1,2", "1,2"], "choose_row"),
        (["Cabang,Januari,Februari", "A,1,2"], "year_missing"),
    ],
)
def test_where_it_cannot_be_told_which_number_counts(
    desk: Desk, tmp_path: Path, lines: Sequence[str], code: str
) -> None:
    with pytest.raises(PerpuDeskError) as caught:
        checked(desk, written(tmp_path, *lines), TOTALS)
    assert caught.value.code == code
    assert str(caught.value)
    assert months(desk) == {}


def test_fields_of_a_long_table_are_needed(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        checked(desk, written(tmp_path, "Periode,Orang", "2025-01,5"), TOTALS, ("count", ""))
    assert caught.value.field in ("count", "month")


def test_months_of_a_year_said_above_or_in_the_name(desk: Desk, tmp_path: Path) -> None:
    lines = ("Uraian,Januari,Februari", "Kunjungan,5,6")
    bring(desk, written(tmp_path, "Tahun 2024,,", *lines))
    bring(desk, written(tmp_path, *lines, name="rekap_2023.csv"))
    bring(desk, written(tmp_path, *lines), year=2022)
    assert list(months(desk)) == [
        f"{year}-{m}" for year in (2022, 2023, 2024) for m in ("01", "02")
    ]


def test_a_workbook_with_dates_for_titles(desk: Desk, tmp_path: Path) -> None:
    from datetime import date

    path = tmp_path / "wide.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "mmm-yy"}) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "Cabang")
        sheet.write(1, 0, "Perpustakaan Uji")
        for at in range(96):
            sheet.write_datetime(0, at + 1, date(2018 + at // 12, at % 12 + 1, 1))
            sheet.write(1, at + 1, at)
    result = bring(desk, path)
    assert (result["read"], result["added"]) == (96, 96)
    assert months(desk)["2025-12"] == 95
    assert {each.method for each in desk.totals.every()} == {Method.COUNTED}


@pytest.mark.skipif(not SHARED.exists(), reason="the collection is not beside the checkout")
def test_monthly_visits_of_other_libraries(desk: Desk) -> None:
    newcastle = SHARED / "newcastle-visits-2008-2014.csv"
    result = bring(desk, newcastle, row="Cruddas Park")
    assert result["read"] == 81
    assert result["left_out"] > 0
    with pytest.raises(InputError):
        checked(desk, newcastle)
    chicago = SHARED / "chicago-visits-2014.csv"
    preview = checked(desk, chicago, row="Woodson Regional")
    assert preview.counts["read"] == 12
    assert "Not a month but a sum of them, left out: the column YTD." in remarks(preview)
    assert "Months without a year were taken as those of 2014." in remarks(preview)


def test_a_month_written_as_a_day(desk: Desk, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "Bulan;Jumlah",
        "2025-01-31 00:00:00;1",
        "2025-02-28;2",
        "15/03/2025;3",
        "04/25;4",
        "03/02/2025;5",
        "1 Mei 2025;6",
    )
    assert reasons(checked(desk, path, TOTALS)) == {6: "no_month"}
    bring(desk, path, TOTALS)
    assert months(desk) == {"2025-01": 1, "2025-02": 2, "2025-03": 3, "2025-04": 4, "2025-05": 6}


def test_last_days_above_the_columns(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, "Uraian;2025-01-31;2025-02-28", "Kunjungan;1;2")
    bring(desk, path)
    assert months(desk) == {"2025-01": 1, "2025-02": 2}


@pytest.mark.parametrize(
    "lines,said",
    [
        (
            ("Bulan;Jumlah", "2025-01;5", "2025-02;6", "Jumlah;99"),
            "The total in row 4 says 99; the rows above it that can be added come to 11.",
        ),
        (
            ("x;2025-01;2025-02;Total", "visits;5;6;99"),
            "In row 2 the column Total says 99; the months that can be added come to 11.",
        ),
    ],
)
def test_a_total_that_disagrees(
    desk: Desk, tmp_path: Path, lines: Sequence[str], said: str
) -> None:
    assert said in remarks(checked(desk, written(tmp_path, *lines), TOTALS))


@pytest.mark.parametrize(
    "lines",
    [
        ("Bulan;Jumlah", "2025-01;5", "Jumlah;5", "2025-02;6", "Jumlah;6", "Jumlah;11"),
        ("x;2025-01;2025-02;Total", "visits;5;6;11"),
        ("Bulan;Indikator;Jumlah", "2025-01;visits;5", "2025-01;trainings;6", "Jumlah;;99"),
    ],
)
def test_a_total_that_agrees_or_adds_unlike_things(
    desk: Desk, tmp_path: Path, lines: Sequence[str]
) -> None:
    said = remarks(checked(desk, written(tmp_path, *lines), TOTALS))
    assert not any("can be added" in each for each in said)


def test_a_row_a_year(desk: Desk, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "Tahun;Jan;Feb;Mar;Total",
        "2023;1;2;;3",
        "2024;4;5;6;16",
        "Rapat;1;1;1;3",
        "Jumlah;5;7;6;18",
    )
    preview = checked(desk, path)
    assert reasons(preview) == {2: "blank_count", 4: "no_year", 5: "note_row"}
    assert any("column Total says 16" in each for each in remarks(preview))
    assert bring(desk, path)["added"] == 5
    expected = {"2023-01": 1, "2023-02": 2, "2024-01": 4, "2024-02": 5, "2024-03": 6}
    assert months(desk) == expected


def test_one_year_of_several(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, "Tahun;Jan;Feb;Mar", "2023;1;2;3", "2024;4;5;6")
    with pytest.raises(InputError, match="2023, 2024"):
        checked(desk, path, row="2022")
    bring(desk, path, row="2024")
    assert months(desk) == {"2024-01": 4, "2024-02": 5, "2024-03": 6}


def test_what_a_row_is_not(desk: Desk, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "Bulan;Jumlah;Indikator",
        "Januari 2025;5;",
        "Februari 2025;;",
        "Maret 2025;9;open_days",
    )
    assert reasons(checked(desk, path)) == {3: "blank_count", 4: "from_calendar"}


def test_a_totals_row_of_a_wide_table_is_told_once(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, "Uraian;Jan 2025;Feb 2025", "Kunjungan;5;6", "Jumlah;5;6")
    preview = checked(desk, path)
    assert preview.reading is not None
    assert [each.row for each in preview.reading.left_out] == [3]


def test_women_and_men_beside_a_total_are_not_read(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, "Bulan;L;P;Jumlah", "Januari 2025;10;12;22")
    assert any("P, L" in each or "L, P" in each for each in remarks(checked(desk, path, TOTALS)))
    bring(desk, path, TOTALS)
    assert months(desk) == {"2025-01": 22}


def test_women_and_men_without_a_total(desk: Desk, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "Bulan;L;P",
        "Januari 2025;10;12",
        "Februari 2025;1.001;2",
        "Maret 2025;;3",
        "April 2025;3;x",
        "Jumlah;1.011;14",
    )
    preview = checked(desk, path, TOTALS)
    assert reasons(preview) == {4: "blank_count", 5: "no_whole_number", 6: "note_row"}
    bring(desk, path, TOTALS)
    assert months(desk) == {"2025-01": 22, "2025-02": 1003}
