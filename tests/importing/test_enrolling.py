"""A file with people becomes lines that are put on a list; nothing else of it is read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from perpudesk.attendance.pasting import people_of
from perpudesk.core.codes import Sex
from perpudesk.core.errors import FileError
from perpudesk.desk import Desk
from perpudesk.importing.enrolling import lines_of
from tests.importing.own import written

TODAY = date(2026, 11, 23)


def lines(folder: Path, *rows: str, name: str = "peserta.csv") -> list[list[str]]:
    told = lines_of(written(folder, *rows, name=name), today=TODAY)
    return [line.split("\t") for line in told.splitlines()]


def test_columns_are_found_by_their_titles_in_any_order(tmp_path: Path) -> None:
    found = lines(
        tmp_path,
        "DAFTAR PESERTA PELATIHAN",
        "No;NIK;L/P;Nama Lengkap;Umur;Pekerjaan;Alamat",
        "1;6201010101900001;P;Sari Dewi;36;Petani;Jl. Mawar",
        "2;;L;Budi;;;",
        "No;NIK;L/P;Nama Lengkap;Umur;Pekerjaan;Alamat",
        "3;;Perempuan;Ani;17 thn;Pelajar;",
        "",
    )
    assert found == [
        ["Sari Dewi", "P", "36", "Petani"],
        ["Budi", "L", "", ""],
        ["Ani", "P", "17", "Pelajar"],
    ]


def test_an_age_is_told_by_a_year_or_a_day_of_birth(tmp_path: Path) -> None:
    found = lines(
        tmp_path,
        "Nama;Tanggal Lahir;Jenis Kelamin",
        "Sari;1990;P",
        "Budi;17-08-1985;L",
        "Ani;entah;x",
    )
    assert found == [["Sari", "P", "36", ""], ["Budi", "L", "41", ""], ["Ani", "x", "", ""]]


def test_what_cannot_be_read_is_left_to_whoever_puts_it_on_the_list(tmp_path: Path) -> None:
    assert lines(tmp_path, "Nama;Usia", "Sari;tua", "Ani;12-16") == [
        ["Sari", "", "tua", ""],
        ["Ani", "", "", ""],
    ]


def test_a_file_without_titles_is_read_as_it_would_be_pasted(tmp_path: Path) -> None:
    assert lines(tmp_path, "Sari;P;36;Petani", "Budi;L;40;Guru")[1] == ["Budi", "L", "40", "Guru"]


def test_a_workbook_is_put_on_a_list(desk: Desk, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Nama", "JK", "Usia"), ("Sari", "P", 36), ("Budi", "L", None)):
        sheet.append(row)
    path = tmp_path / "peserta.xlsx"
    book.save(path)
    people = people_of(desk.importing.people_of(path), {})
    assert [(each.name, each.sex, each.age) for each in people] == [
        ("Sari", Sex.FEMALE, 36),
        ("Budi", Sex.MALE, None),
    ]


def test_what_is_no_list_says_so(tmp_path: Path) -> None:
    picture = tmp_path / "foto.csv"
    picture.write_bytes(b"\xff\xd8\xff\xe0 a photo")
    with pytest.raises(FileError):
        lines_of(picture, today=TODAY)
    slims = written(
        tmp_path,
        "ID Anggota,Nama Pengunjung,Tipe Keanggotaan,Institusi,Nama Ruangan,Tanggal Kunjungan",
        "A-1,Sari,Umum,,,2026-11-01 09:00:00",
    )
    with pytest.raises(FileError):
        lines_of(slims, today=TODAY)
