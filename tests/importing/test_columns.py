"""Which row is the header, what a table is about, and what its columns hold."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter

from perpudesk.core.errors import FileError, PerpuDeskError
from perpudesk.desk import Desk
from perpudesk.importing.columns import find_head, letter
from perpudesk.importing.fields import FIELDS, What, field_of, is_never
from perpudesk.importing.guessing import guess_columns, guess_what
from tests.importing.own import bring, checked, reasons, written

SHARED = Path(__file__).parents[3] / "shared" / "data"


def rows(*lines: str) -> list[list[str]]:
    return [line.split(";") for line in lines]


@pytest.mark.parametrize(
    "lines, titles, bare",
    [
        (("Tanggal;Jumlah", "1-1-2025;3"), ("Tanggal", "Jumlah"), False),
        (("LAPORAN;", ";", "Tanggal;Jumlah", "1-1-2025;3"), ("Tanggal", "Jumlah"), False),
        (("Kapan;Berapa;Siapa", "1-1-2025;3;x"), ("Kapan", "Berapa", "Siapa"), False),
        (("Judul;;", "Kapan;;Siapa", "1-1-2025;3;x"), ("Kapan", "B", "Siapa"), False),
        (("1-1-2025;3", "2-1-2025;4"), ("A", "B"), True),
        (("Tanggal;", "1-1-2025;3"), ("Tanggal", "B"), False),
    ],
)
def test_headers(lines: Sequence[str], titles: tuple[str, ...], bare: bool) -> None:
    head = find_head(rows(*lines))
    assert head is not None
    assert (head.titles, head.bare) == (titles, bare)


def test_no_header_among_nothing() -> None:
    assert find_head([]) is None
    assert find_head([[], ["", " "]]) is None


def test_a_wanted_title_makes_a_header() -> None:
    head = find_head(rows("Tanggal;Jumlah", "Waktu datang;Banyak", "1-1-2025;3"), ["banyak"])
    assert head is not None
    assert head.titles == ("Waktu datang", "Banyak")


@pytest.mark.parametrize(
    "lines, what, columns",
    [
        (("Tanggal;L;P", "1-1-2025;3;4"), What.VISITS, {"date": 0, "male": 1, "female": 2}),
        (("Tanggal;L/P", "1-1-2025;P"), What.VISITS, {"date": 0, "sex": 1}),
        (("Tanggal;P;JK", "1-1-2025;baca;L"), What.VISITS, {"date": 0, "sex": 2}),
        (("Tanggal;L;JK", "1-1-2025;3;L"), What.VISITS, {"date": 0, "male": 1}),
        (("Kapan;Siapa", "1-1-2025;P", "2-1-2025;L"), What.VISITS, {"date": 0, "sex": 1}),
        (("Tanggal;Jam", "1-1-2025;pagi"), What.VISITS, {"date": 0}),
        (("Tanggal;Jam", "1-1-2025;09.41"), What.VISITS, {"date": 0, "time": 1}),
        (("Bulan;Jumlah", "2025-01;3"), What.TOTALS, {"month": 0, "count": 1}),
        (("Cabang;2025-01;2025-02", "A;3;4"), What.TOTALS, {"indicator": 0}),
        (("2025-01;2025-02", "3;4"), What.TOTALS, {}),
        (("Bulan;Jumlah", "sibuk;3"), What.VISITS, {"count": 1}),
        (("Tanggal;Jumlah", "1-1-2025;libur"), What.VISITS, {"date": 0, "count": 1}),
        (("Tanggal;Pengunjung", "1-1-2025;Siti"), What.VISITS, {"date": 0}),
        (("Tanggal;Pengunjung;Jumlah", "1-1-2025;3;9"), What.VISITS, {"date": 0, "count": 2}),
        (("Tanggal;L;P", "1-1-2025;v;"), What.VISITS, {"date": 0, "male": 1, "female": 2}),
        (("Nama;Tanggal Lahir", "Siti;1990"), What.PATRONS, {"name": 0, "birth_date": 1}),
        (("Nama;No Anggota", "Siti;A1"), What.PATRONS, {"name": 0, "member": 1}),
    ],
)
def test_what_a_table_is_and_what_its_columns_hold(
    lines: Sequence[str], what: What, columns: dict[str, int]
) -> None:
    head = find_head(rows(*lines))
    assert head is not None
    assert guess_what(head) is what
    assert guess_columns(head, what) == columns


@pytest.mark.parametrize(
    "title",
    [
        *("Jumlah Pemustaka", "Pemustaka", "Jml. Kunjungan", "Jumlah (orang)", "Jumlah Orang"),
        *("Pengunjung (orang)", "Orang", "Jlh", "Hadir", "Jumlah/hari", "Jumlah\n(orang)"),
        *("Jumlah pengunjung harian", "Jumlah Pengunjung Perpustakaan", "Total visitors"),
        *("Total Kunjungan (L+P)", "Number of visitors"),
    ],
)
def test_what_a_count_is_called(title: str) -> None:
    assert field_of(What.VISITS, title) == "count"
    assert field_of(What.TOTALS, title) == "count"


@pytest.mark.parametrize(
    "title, field",
    [
        *[("Pengunjung L", "male"), ("Jumlah P", "female"), ("Jumlah perempuan", "female")],
        *[("Anggota L", None), ("Jumlah buku", None), ("Jumlah hari", None), ("Harian", None)],
    ],
)
def test_what_only_sounds_like_a_count(title: str, field: str | None) -> None:
    assert field_of(What.VISITS, title) == field


@pytest.mark.parametrize(
    "lines, titles",
    [
        (
            ("Tanggal;Pengunjung;;Jumlah", ";L;P;", "1-1-2025;1;2;3"),
            ("Tanggal", "Pengunjung L", "Pengunjung P", "Jumlah"),
        ),
        (
            ("REKAP;;;;;", "Tanggal;Anggota;;Umum;;Total", ";L;P;L;P", "1-1-2025;1;2;3;4;10"),
            ("Tanggal", "Anggota L", "Anggota P", "Umum L", "Umum P", "Total"),
        ),
        (
            ("Tanggal;Hadir;Hadir;Jumlah", "Tanggal;L;P;Jumlah", "1-1-2025;1;2;3"),
            ("Tanggal", "Hadir L", "Hadir P", "Jumlah"),
        ),
        (("Tanggal;Ket;Jumlah", ";libur;", "1-1-2025;;3"), ("Tanggal", "Ket", "Jumlah")),
        (("REKAP", "Tanggal;L;P", "1-1-2025;1;2"), ("Tanggal", "L", "P")),
    ],
)
def test_a_header_of_two_rows(lines: Sequence[str], titles: tuple[str, ...]) -> None:
    head = find_head(rows(*lines))
    assert head is not None
    assert head.titles == titles


@pytest.mark.parametrize(
    "title",
    [
        *("NIK", "N.I.K.", "No KTP", "no_kk", "Nomor Kartu Keluarga", "Nomor Identitas", "Agama"),
        *("Nama Ibu Kandung", "mother's name", "Religion", "mpasswd", "Password", "Kata sandi"),
        *("Foto", "member_image", "PIN", "Passport No"),
    ],
)
def test_what_is_nobodys_business(title: str) -> None:
    assert is_never(title)
    assert [field_of(what, title) for what in FIELDS] == [None] * len(FIELDS)


def test_titles_that_only_look_so() -> None:
    for title in ("Unik", "Pekerjaan", "Nama", "Kepala KKN", "Simpanan", "Photon"):
        assert not is_never(title) or title == "Photon"


def test_letters() -> None:
    assert [letter(at) for at in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_workbook_without_a_table(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet()
    with pytest.raises(FileError) as caught:
        desk.importing.look(path)
    assert caught.value.code == "no_table"


def test_a_file_that_is_changed_between_two_looks(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, "Tanggal,Jumlah", "2025-10-06,3")
    looked = desk.importing.look(path)
    plan = desk.importing.plan(looked)
    written(tmp_path, "Kapan,Berapa", "2025-10-06,3")
    with pytest.raises(FileError) as caught:
        desk.importing.preview(path, looked=looked, plan=plan)
    assert caught.value.code == "file_changed"


def test_only_the_beginning_of_a_long_text_is_looked_at(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    line = '2025-10-06,"é\nx",3\n'
    path.write_text("Tanggal,Ket,Jumlah\n" + line * 60_000, "utf-8")
    head = desk.importing.look(path).head
    assert head is not None
    assert (head.titles, len(head.below)) == (("Tanggal", "Ket", "Jumlah"), 200)
    with path.open("ab") as stream:
        stream.truncate(300_000)
    assert desk.importing.look(path).head == head


@pytest.mark.skipif(not SHARED.exists(), reason="the collection is not beside the checkout")
@pytest.mark.parametrize("what", FIELDS)
def test_files_that_break_readers_get_a_sentence(desk: Desk, what: What) -> None:
    for path in sorted((SHARED / "csv-spectrum").glob("*.csv")):
        with pytest.raises(PerpuDeskError):
            checked(desk, path, what)


def test_naughty_strings_anywhere(desk: Desk, tmp_path: Path) -> None:
    source = SHARED / "naughty-strings.json"
    strings = json.loads(source.read_text("utf-8")) if source.exists() else ["<b>", "=1", "'; --"]
    path = tmp_path / "naughty.csv"
    titles = ["Tanggal", "Jumlah", "JK", "Usia", "Pekerjaan", "Keperluan", "Nama", "Asal", "Ket"]
    with path.open("w", encoding="utf-8", newline="") as stream:
        made = csv.writer(stream)
        made.writerow(titles)
        made.writerows(["2025-10-06", "1", *[text] * 7] for text in strings)
        made.writerows([text] * 9 for text in strings)
        made.writerows(["2025-10-06", text] for text in strings)
    result = bring(desk, path)
    assert result["read"] >= 2 * len(strings)
    assert bring(desk, path)["added"] == 0
    people = tmp_path / "people.csv"
    with people.open("w", encoding="utf-8", newline="") as stream:
        made = csv.writer(stream)
        made.writerow(["Nama", "No Anggota", "Tanggal Lahir"])
        made.writerows([text, text, text] for text in strings)
        made.writerows([text, f"N{at}", ""] for at, text in enumerate(strings))
    bring(desk, people)
    desk.check()


def test_rows_drawn_together_and_headers_again(desk: Desk, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "Tanggal,Nama,Asal",
        '2025-10-06,"Siti,SD',
        '2025-10-07,Budi,SD"',
        "Tanggal,Nama,Asal",
        "2025-10-08,Ani,SD",
        "",
        f"2025-10-09,Ani,{'x' * 40_000}",
    )
    preview = checked(desk, path)
    assert (preview.counts["added"], set(reasons(preview).values())) == (
        1,
        {"run_together", "header_row", "blank_row", "cell_too_long"},
    )


def test_a_wider_row_below_makes_no_other_header(desk: Desk, tmp_path: Path) -> None:
    narrow = written(tmp_path, "Kapan,Berapa", "2025-10-06,3", name="a.csv")
    wide = written(tmp_path, "Kapan,Berapa", "2025-10-07,3,,,catatan", name="b.csv")
    bring(desk, wide, None, ("count", "Berapa"), ("note", "E"))
    looked = desk.importing.look(narrow)
    plan = desk.importing.plan(looked)
    assert (plan.remembered, plan.columns) == ("b.csv", {"date": 0, "count": 1})
    assert desk.importing.plan(desk.importing.look(wide)).columns["note"] == 4


def test_letters_stand_for_no_titles(desk: Desk, tmp_path: Path) -> None:
    row = ",".join(["2025-10-06", *["1"] * 17])
    path = written(tmp_path, "Tanggal", row)
    assert desk.importing.plan(desk.importing.look(path)).columns == {"date": 0}
