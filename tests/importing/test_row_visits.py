"""A library's own table of visits, a row a visit or a row a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from perpudesk.core import i18n
from perpudesk.core.codes import Method, Precision, Sex, VisitorType
from perpudesk.core.errors import InputError, RuleError
from perpudesk.core.times import Period
from perpudesk.desk import Desk
from perpudesk.importing.fields import What
from perpudesk.patrons.model import PatronDraft
from perpudesk.reports.model import VISITS
from perpudesk.visits.model import Visit, VisitDraft
from tests.importing.own import bring, checked, reasons, remarks, written

DAILY = (
    "LAPORAN KUNJUNGAN",
    "Tahun 2025",
    "",
    "Tanggal;L;P;Jumlah;Ket",
    "06-10-2025;10;12;22;",
    "07-10-2025;1.004;;1.010;ramai",
    "08-10-2025;;;;libur",
    "09-10-2025;0;0;0;",
    "Jumlah minggu ini;;;1.032;",
    "13 Oktober 2025;;;5;",
    "14/10/25;x;4;7;",
    "15-10-2025;5;4;7;",
    "1-1-1900;1;1;2;",
    "01-01-2099;1;1;2;",
    "16-10-2025;;;100.001;",
    "17-10-2025;;;=B5+C5;",
    "Total;;;1.030;",
    "Pangkalan Bun, 31 Oktober 2025;;;;",
)


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.use("en")


def test_a_row_a_day_adds_up_in_every_breakdown(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, *DAILY)
    preview = checked(desk, path)
    assert reasons(preview) == {
        7: "blank_count",
        8: "zero_count",
        9: "note_row",
        11: "no_whole_number",
        12: "parts_exceed_count",
        13: "too_early",
        14: "in_future",
        15: "too_many_visits",
        16: "formula",
        17: "note_row",
        18: "note_row",
    }
    said = remarks(preview)
    assert (
        "The total in row 17 says 1,030; the rows above it that can be added come to 1,037." in said
    )
    assert "Numbers like 1.010 were read as 1010." in said
    assert preview.reading is not None
    assert preview.reading.months() == {"2025-10": 1_037}
    assert (preview.stored, preview.counts["added"]) == (1_037, 3)
    bring(desk, path)
    visits = desk.reports.figures(Period.parse("2025-10")).get(VISITS)
    assert visits.value == 1_037
    assert visits.by["sex"] == {"female": 12, "male": 1_014, "unknown": 11}
    for counts in visits.by.values():
        assert sum(counts.values()) == 1_037
    assert visits.by["day"]["2025-10-07"] == 1_010
    assert {each.moment.precision for each in desk.visits.page(0, 9)} == {Precision.DAY}
    assert {each.note for each in desk.visits.page(0, 9)} == {None, "ramai"}


def test_the_same_rows_under_another_total_are_the_same_rows(desk: Desk, tmp_path: Path) -> None:
    rows = ("Tanggal,Jumlah", "2025-10-06,22", "2025-10-07,31")
    one = written(tmp_path, *rows, "Total,53", name="one.csv")
    other = written(tmp_path, rows[0], "Jumlah,99", *rows[1:], ",53", name="two.csv")
    assert remarks(checked(desk, one)) == []
    assert bring(desk, one)["added"] == 2
    result = bring(desk, other)
    assert (result["added"], result["unchanged"], result["left_out"]) == (0, 2, 2)
    assert desk.visits.count() == 2


def test_a_row_a_visit_keeps_what_it_says_and_names_what_was_not_understood(
    desk: Desk, tmp_path: Path
) -> None:
    patron = desk.patrons.add(
        PatronDraft(name="Siti", member_number="A1", sex=Sex.FEMALE, birth_year=2000)
    )
    path = written(
        tmp_path,
        "Waktu,JK,Usia,Pekerjaan,Pendidikan,Keperluan,Status,No. Anggota,Nama,Asal,NIK",
        "2025-10-06 09:41,P,17,Pelajar,SMA/SMK,Membaca,Anggota,A1,Siti,SMAN 1,6201",
        "2025-10-06 10:05,Laki-laki,46+ tahun,Nelayan,,memancing,Umum,,Budi,,6202",
        "2025-10-07,,17-25,TRUE,S1,komputer,Siswa,B2,TRUE,TRUE,",
        "2025-10-07,,belasan,,,,,,,,",
    )
    preview = checked(desk, path)
    said = remarks(preview)
    assert (
        "Not understood in the column Keperluan, and counted as not recorded: memancing (1)."
        in said
    )
    assert "Not understood in the column Usia, and counted as not recorded: belasan (1)." in said
    assert "Rows with a day but no time: 2. They count, but under no hour." in said
    assert "Not needed and not read: the columns NIK." in said
    assert preview.reading is not None
    assert preview.reading.titles[:3] == ("When", "Count", "Sex")
    assert preview.reading.shown[0][:4] == ("06-10-2025 09:41", "1", "Female", "17")
    bring(desk, path)
    anonymous, true, budi, siti = _by_day(desk)
    assert (siti.profile.sex, siti.profile.age_years, siti.patron_id) == (Sex.FEMALE, 17, patron.id)
    assert (siti.profile.occupation, siti.profile.education) == ("pupil", "sma")
    assert (siti.type, siti.purpose, siti.institution) == (VisitorType.MEMBER, "reading", "SMAN 1")
    assert (budi.profile.sex, budi.profile.age_band) == (Sex.MALE, "46+")
    assert (budi.type, budi.purpose) == (VisitorType.NON_MEMBER, "unknown")
    assert (true.institution, true.type, true.purpose) == ("TRUE", VisitorType.MEMBER, "computer")
    assert (true.profile.age_band, true.profile.occupation) == ("17-25", "unknown")
    assert (anonymous.type, anonymous.profile.age_years) == (VisitorType.NON_MEMBER, None)


def _by_day(desk: Desk) -> list[Visit]:
    found = {each.purpose + str(each.profile.sex): each for each in desk.visits.page(0, 9)}
    keys = ("unknownunknown", "computerunknown", "unknownmale", "readingfemale")
    return [found[key] for key in keys]


def test_the_table_in_every_dress_is_one_table(desk: Desk, tmp_path: Path) -> None:
    lines = ["Tanggal;Jenis Kelamin;Keterangan", '06-10-2025;P;"dua\nbaris"', "07-10-2025;L;café"]
    assert bring(desk, written(tmp_path, *lines))["added"] == 2
    for at, encoding in enumerate(("utf-8-sig", "utf-16", "cp1252", "utf-16-le")):
        for separator in ",;\t":
            made = [line.replace(";", separator) for line in lines]
            path = written(tmp_path, *made, name=f"{at}.csv", encoding=encoding)
            assert bring(desk, path)["unchanged"] == 2, (encoding, separator)
    named = [lines[0], '6 Oktober 2025;P;"dua\nbaris"', "Selasa, 7 Okt 2025;L;café"]
    assert bring(desk, written(tmp_path, *named, name="n.csv"))["unchanged"] == 2
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet("Catatan")
        sheet.write(0, 0, "bukan daftar")
        sheet = book.add_worksheet("Okt")
        sheet.merge_range("A1:C1", "Kunjungan Oktober")
        sheet.write_row(2, 0, ["Tanggal", "Jenis Kelamin", "Keterangan"])
        for at, (day, sex, note) in enumerate(((6, "P", "dua\nbaris"), (7, "L", "café")), 3):
            sheet.write_datetime(at, 0, date(2025, 10, day))
            sheet.write_row(at, 1, [sex, note])
        sheet.write_formula(5, 1, "=COUNTA(B4:B5)", None, 2)
        sheet.write(5, 0, "Jumlah")
    result = bring(desk, path)
    assert (result["unchanged"], result["left_out"], result["refused"]) == (2, 1, 0)
    assert desk.visits.count() == 2


def test_a_table_without_a_header_is_read_by_its_letters(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, "2025-10-06,P,14", "2025-10-07,L,15")
    result = bring(desk, path, None, ("count", "C"))
    assert (result["read"], result["visits"]) == (2, 29)
    assert result["columns"] == "date = A, count = C, sex = B"


def test_days_with_records_ask(desk: Desk, tmp_path: Path) -> None:
    desk.visits.record(VisitDraft(on=date(2025, 10, 7)))
    path = written(tmp_path, "Tanggal,Jumlah", "2025-10-06,22", "2025-10-07,31")
    preview = checked(desk, path)
    assert preview.over == (date(2025, 10, 7),)
    assert "On these days visits are recorded here already: 07-10-2025." in remarks(preview)
    with pytest.raises(RuleError) as caught:
        desk.importing.commit(preview)
    assert caught.value.code == "days_recorded"
    assert desk.visits.count() == 1
    assert bring(desk, path, add=True)["added"] == 2


def test_a_day_that_is_counted_anew_asks_and_one_more_visit_does_not(
    desk: Desk, tmp_path: Path
) -> None:
    first = written(tmp_path, "Tanggal,Jumlah", "2025-10-06,22", name="1.csv")
    anew = written(tmp_path, "Tanggal,Jumlah", "2025-10-06,30", "2025-10-07,4", name="2.csv")
    bring(desk, first)
    assert checked(desk, anew).over == (date(2025, 10, 6),)
    part = written(tmp_path, "Tanggal,JK", "2025-09-01 09:00,L", name="3.csv")
    whole = written(
        tmp_path, "Tanggal,JK", "2025-09-01 09:00,L", "2025-09-01 10:00,P", name="4.csv"
    )
    bring(desk, part)
    assert checked(desk, whole).over == ()
    assert bring(desk, whole)["added"] == 1
    other_columns = checked(desk, whole, None, ("sex", ""))
    assert other_columns.over == (date(2025, 9, 1),)


def test_the_same_bytes_are_read_again_only_where_they_are_read_otherwise(
    desk: Desk, tmp_path: Path
) -> None:
    path = written(tmp_path, "Tanggal,Jumlah,Orang", "2025-10-06,22,5")
    bring(desk, path)
    assert checked(desk, path).same_as is not None
    assert checked(desk, path, None, ("count", "Orang")).same_as is None
    assert checked(desk, path, estimated=True).same_as is None


def test_columns_are_remembered_by_their_header(desk: Desk, tmp_path: Path) -> None:
    lines = ("Kapan,Orang,Berapa", "2025-10-06,a,22")
    bring(desk, written(tmp_path, *lines, name="a.csv"), None, ("count", "Berapa"))
    preview = checked(desk, written(tmp_path, lines[0], "2025-10-08,b,4", name="b.csv"))
    assert preview.stored == 4
    assert "Columns as they were given for a.csv." in remarks(preview)


def test_estimates_are_marked_and_time_may_stand_apart(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, "Tanggal,Jam,Pria,Wanita", "06/10/2025,09.41,3,4", "25/10/2025,,1,")
    bring(desk, path, estimated=True)
    visits = desk.reports.figures(Period.parse("2025-10")).get(VISITS)
    assert (visits.value, visits.is_estimate) == (8, True)
    assert visits.by["hour"] == {"09": 7, "unknown": 1}
    assert {each.method for each in desk.visits.page(0, 9)} == {Method.ESTIMATED}


def test_totals_of_months_give_way_and_that_is_said(desk: Desk, tmp_path: Path) -> None:
    desk.totals.type_total("visits", Period.parse("2025-10"), 900)
    preview = checked(desk, written(tmp_path, "Tanggal,Jumlah", "2025-10-06,22"))
    assert (
        "The monthly totals of Oct 2025 no longer count: their visits come in day by day."
        in remarks(preview)
    )


def test_five_hundred_columns_are_not_all_named(desk: Desk, tmp_path: Path) -> None:
    titles = ",".join(f"Kolom {at}" for at in range(498))
    path = written(tmp_path, f"Tanggal,Jumlah,{titles}", "2025-10-06,22" + ",1" * 498)
    preview = checked(desk, path)
    assert preview.stored == 22
    assert remarks(preview)[-1].endswith("Kolom 11 and 486 more.")
    with pytest.raises(InputError) as caught:
        checked(desk, path, What.VISITS, ("date", "Kapan"))
    assert "and 480 more" in str(caught.value)


@pytest.mark.parametrize(
    "maps, code",
    [
        ([("date", "Tanggal"), ("count", "Tanggal")], "column_again"),
        ([("date", "Tanggal"), ("date", "Jumlah")], "field_again"),
        ([("dates", "Tanggal")], "unknown_field"),
        ([("date", "")], "field_missing"),
        ([("date", "Hari")], "no_column"),
        ([("member", "No KTP")], "private_column"),
        ([("note", "Ket")], "same_title"),
        ([("sex", "C"), ("female", "D")], "sex_twice"),
    ],
)
def test_columns_that_cannot_be_given_so(
    desk: Desk, tmp_path: Path, maps: list[tuple[str, str]], code: str
) -> None:
    path = written(tmp_path, "Tanggal,Jumlah,Ket,Ket,No KTP", "2025-10-06,22,,,1")
    with pytest.raises(InputError) as caught:
        checked(desk, path, What.VISITS, *maps)
    assert caught.value.code == code
    assert str(caught.value)


def test_what_is_never_read_is_not_written_among_the_refused(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, "Tanggal,Nama,NIK", "kemarin,Siti,620101", "2099-01-01,Budi,620102")
    target = tmp_path / "refused.csv"
    assert desk.importing.write_rejects(checked(desk, path), target) == 2
    text = target.read_text("utf-8-sig")
    assert "Siti" in text
    assert "6201" not in text


@pytest.mark.parametrize(
    "lines",
    [
        ("Tanggal;Banyak tamu", "2025-02-03;7", "2025-02-04;2"),
        ("2025-02-03;7", "2025-02-04;2"),
        ("Tanggal;Anggota L;Anggota P;Umum L", "2025-02-03;7;0;1", "2025-02-04;2;1;1"),
    ],
)
def test_numbers_that_may_be_counts_are_asked_for(
    desk: Desk, tmp_path: Path, lines: tuple[str, ...]
) -> None:
    path = written(tmp_path, *lines)
    with pytest.raises(InputError) as caught:
        checked(desk, path)
    assert (caught.value.code, caught.value.field) == ("count_unknown", "count")
    preview = checked(desk, path, None, ("count", ""))
    assert preview.stored == 2
    assert "Each row is counted as one visit." in remarks(preview)
    assert checked(desk, path, None, ("count", "B")).stored == 9


def test_rows_that_are_numbered_or_of_one_day_are_visits(desk: Desk, tmp_path: Path) -> None:
    for lines in (
        ("No;Tanggal;Tahun", "1;2025-02-03;2025", "2;2025-02-04;2025"),
        ("Tanggal;Loker", "2025-02-03;7", "2025-02-03;2"),
        ("Waktu;Loker", "2025-02-03 09:00;7", "2025-02-04 10:00;2"),
        ("Tanggal;Nama;Loker", "2025-02-03;Siti;7", "2025-02-04;Budi;2"),
    ):
        assert checked(desk, written(tmp_path, *lines)).stored == 2


def test_words_among_the_counts_are_refused_by_row(desk: Desk, tmp_path: Path) -> None:
    rows = ("2025-02-03;7 orang", "2025-02-04;2 org", "2025-02-05;nihil", "2025-02-06;LIBUR")
    preview = checked(desk, written(tmp_path, "Tanggal;Jumlah", *rows))
    assert preview.stored == 9
    assert reasons(preview) == {4: "no_whole_number", 5: "no_whole_number"}


def test_two_rows_of_titles_count_what_the_total_says(desk: Desk, tmp_path: Path) -> None:
    top = ("Tanggal;Pengunjung;;Jumlah", ";L;P;")
    path = written(tmp_path, *top, "03/02/2025;1;2;3", *top, "13/02/2025;2;2;5")
    result = bring(desk, path)
    assert (result["visits"], result["left_out"], result["refused"]) == (8, 2, 0)
    visits = desk.reports.figures(Period.parse("2025-02")).get(VISITS)
    assert visits.by["sex"] == {"female": 4, "male": 3, "unknown": 1}


def test_a_tick_is_one_visit_of_that_sex(desk: Desk, tmp_path: Path) -> None:
    rows = ("A;v;", "B;;✓", "C;1;", "D;FALSE;TRUE", "E;;")
    path = written(tmp_path, "Tanggal;Nama;L;P", *(f"2025-02-03;{row}" for row in rows))
    result = bring(desk, path)
    assert (result["visits"], result["left_out"]) == (4, 1)
    visits = desk.reports.figures(Period.parse("2025-02")).get(VISITS)
    assert (visits.by["sex"]["female"], visits.by["sex"]["male"]) == (2, 2)


def test_a_total_with_a_date_is_left_out(desk: Desk, tmp_path: Path) -> None:
    rows = ("1;2025-02-03;A;;7", "2;2025-02-04;Total Football;;2")
    totals = ("Total;2025-02-28;;;9", ";2025-02-28;;Jumlah Februari;9")
    preview = checked(desk, written(tmp_path, "No;Tanggal;Nama;Ket;Jumlah", *rows, *totals))
    assert preview.stored == 9
    assert reasons(preview) == {4: "note_row", 5: "note_row"}


def test_a_row_that_may_be_a_total_is_told(desk: Desk, tmp_path: Path) -> None:
    rows = ("2025-02-03;7", "2025-02-04;2", "2025-02-28;9")
    preview = checked(desk, written(tmp_path, "Tanggal;Jumlah", *rows))
    assert preview.stored == 18
    assert any(each.startswith("Row 4 says 9, as much as all rows") for each in remarks(preview))


def test_a_total_of_one_sex_that_differs_is_told(desk: Desk, tmp_path: Path) -> None:
    rows = ("2025-02-03;3;4;7", "2025-02-04;1;1;2", "Total;4;9;9")
    said = remarks(checked(desk, written(tmp_path, "Tanggal;L;P;Jumlah", *rows)))
    assert "The total in row 4 says 9 in the column P; the rows above it come to 5." in said


@pytest.mark.parametrize(
    "cells, stored, refused",
    [
        (("1.234", "1,234", "1.234,00"), 2_468, {3}),
        (("1,234", "1.5", "2.125"), 1_234, {3, 4}),
        (("1.234", "1.234.567"), 1_234, {3}),
        (("1,234", "2,000"), 3_234, set()),
    ],
)
def test_one_mark_parts_the_thousands_of_a_file(
    desk: Desk, tmp_path: Path, cells: tuple[str, ...], stored: int, refused: set[int]
) -> None:
    rows = (f"2025-02-0{at};{cell}" for at, cell in enumerate(cells, 1))
    preview = checked(desk, written(tmp_path, "Tanggal;Jumlah", *rows))
    assert (preview.stored, set(reasons(preview))) == (stored, refused)


def test_a_merged_date_is_that_of_each_row_and_a_fraction_is_no_thousand(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "gabung.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Tanggal", "Jumlah"])
        shown = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.merge_range(1, 0, 3, 0, date(2025, 2, 3), shown)
        sheet.write_column(1, 1, [4, 3, 2])
        sheet.write_datetime(4, 0, date(2025, 2, 4), shown)
        sheet.write(4, 1, 1.234)
    preview = checked(desk, path)
    assert (preview.stored, reasons(preview)) == (9, {5: "no_whole_number"})
