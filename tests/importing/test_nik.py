"""A NIK is stored from no cell of no kind of table."""

from __future__ import annotations

from pathlib import Path

import pytest

from perpudesk.core import i18n
from perpudesk.desk import Desk
from perpudesk.importing.fields import What
from perpudesk.importing.nik import HIDDEN, cleared, without_nik
from tests.importing.own import bring, checked, reasons, remarks, written

NIK = "3201010101800001"


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.use("en")


def everything(desk: Desk) -> str:
    with desk.store.reading() as db:
        return "\n".join(db.conn.iterdump())


@pytest.mark.parametrize(
    "text,left",
    [
        (NIK, ""),
        (f"NIK: {NIK}", ""),
        (f"Joko (NIK {NIK})", "Joko"),
        (f"Joko (no. KTP {NIK}), Desa", "Joko , Desa"),
        (f"0812 / NIK {NIK}", "0812"),
        ("3201.0101.0180.0001 hadir", "hadir"),
        ("32 01 01 710180 0001", ""),
        ("3201014101800001", ""),
        ("0812345678901234", "0812345678901234"),
        ("3201013201800001", "3201013201800001"),
        ("3201010113800001", "3201010113800001"),
        ("198503152010011003", "198503152010011003"),
        ("2025-02-03 09:41:07", "2025-02-03 09:41:07"),
        (" ( seadanya ) ", " ( seadanya ) "),
    ],
)
def test_what_is_left_of_a_text(text: str, left: str) -> None:
    assert without_nik(text) == left


def test_many_are_named_and_counted() -> None:
    rows, said = cleared([[NIK, NIK]] * 10, [0], {0: "Anggota"})
    assert rows == [[HIDDEN, ""]] * 10
    (remark,) = said
    assert remark.sentence().endswith("Anggota 7, Anggota 8 and 2 more.")


def test_patrons(desk: Desk, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "No Anggota;Nama;Kontak;Desa",
        f"{NIK};Ana;0812;Madurejo",
        f"A-2;Joko (NIK {NIK});0812 / NIK {NIK};{NIK}",
        f"A-3;{NIK};;",
    )
    preview = checked(desk, path, What.PATRONS, ("contact", "Kontak"))
    assert reasons(preview) == {2: "number_is_nik", 4: "not_a_name"}
    assert any("Kontak 3" in each and "Desa 3" in each for each in remarks(preview))
    assert bring(desk, path, What.PATRONS, ("contact", "Kontak"))["added"] == 1
    joko = desk.patrons.by_number("A-2")
    assert joko is not None
    assert (joko.name, joko.contact, joko.village) == ("Joko", "0812", None)
    assert NIK not in everything(desk)


def test_visits(desk: Desk, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "Tanggal;Nama;Keterangan;Nomor Anggota",
        f"2025-02-03;Ana;NIK {NIK} hadir;{NIK}",
        f"2025-02-04;{NIK};;A-1",
    )
    preview = checked(desk, path, names=True)
    assert preview.newcomers == {}
    assert bring(desk, path, names=True)["added"] == 2
    newest, oldest = desk.visits.page(0, 9)
    assert (oldest.type, oldest.note) == ("member", "hadir")
    assert newest.note is None
    assert NIK not in everything(desk)


def test_a_visitor_list_of_slims(desk: Desk, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "Member ID,Visitor Name,Membership Type,Institution,Visit Date",
        f"{NIK},Ana,Guru,SD 1 {NIK},2025-02-03 09:41:07",
    )
    preview = desk.importing.preview(path, names=True)
    assert (preview.newcomers, preview.stored) == ({}, 1)
    assert len(remarks(preview)) == 1
    desk.importing.commit(preview)
    (visit,) = desk.visits.page(0, 9)
    assert (visit.type, visit.institution) == ("member", "SD 1")
    assert NIK not in everything(desk)


def test_a_table_without_titles(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, f"2025-02-03;1;{NIK} x", "2025-02-04;2;y")
    maps = (("date", "A"), ("count", "B"), ("note", "C"))
    assert bring(desk, path, What.VISITS, *maps)["added"] == 2
    assert NIK not in everything(desk)
