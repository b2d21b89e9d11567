"""People from SLiMS, from INLISLite and from lists of a library's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from perpudesk.computers.model import SessionDraft
from perpudesk.computers.queueing import TicketDraft
from perpudesk.core import i18n
from perpudesk.core.codes import Sex
from perpudesk.desk import Desk
from perpudesk.importing.fields import What
from perpudesk.patrons.model import PatronDraft
from tests.importing.own import bring, checked, reasons, remarks, written

SLIMS = tuple(
    r"""
"member_id","member_name","gender","birth_date","member_type","mpasswd","register_date",
"M1","Siti O\'Brien","0","1990-02-01","Guru","$2y$10$abc","2019-03-04"
"M2","Budi","1","0000-00-00","Standard","","2019-03-05"
"M3","Ani","","2015-06-07","Siswa","",""
"M2","Budi Lain","1","","","",""
"1,23457E+17","Rudi","1","","","",""
"M5","","1","","","",""
"M6","12345","1","","","",""
"M7","Wati","0","31-02-1990","","",""
"M8","Tua","0","1800-01-01","","",""
""".strip().splitlines()
)
INLIS = tuple(
    """
Daftar Anggota
Nomor Anggota;Jenis Identitas;Nomor Identitas;Nama;Tempat Lahir;Tanggal Lahir;Jenis Kelamin;Agama;\
Pekerjaan;Pendidikan Terakhir;Nama Ibu Kandung;Kelurahan;Tanggal Pendaftaran;Foto
A-1;KTP;6201010101900001;Rina;Kobar;23-11-1985;Perempuan;Islam;PNS;S1;Aminah;Madurejo;01-02-2020;x.jpg
A-2;KTP;6201010101900002;Joko;Kobar;05-12-85;Laki-laki;Islam;Petani;SMA;Sri;Sidorejo;;
""".strip().splitlines()
)


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.use("en")


def everything(desk: Desk) -> str:
    """All that is stored, as text."""
    with desk.store.reading() as db:
        return "\n".join(db.conn.iterdump())


def test_members_of_slims(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, *SLIMS, name="member.csv")
    assert desk.importing.look(path).what is What.PATRONS
    preview = checked(desk, path)
    assert reasons(preview) == {
        5: "number_again",
        6: "number_mangled",
        7: "no_name",
        8: "not_a_name",
        9: "bad_date",
        10: "birth_unlikely",
    }
    said = remarks(preview)
    assert "Never read, whatever they hold: mpasswd." in said
    assert any(each.startswith("0 was read as female") for each in said)
    assert (
        "Not understood in the column member_type, and counted as not recorded: Standard (1)."
        in said
    )
    result = bring(desk, path)
    assert (result["added"], result["patrons"], result["left_out"]) == (3, 3, 0)
    assert any("kept by the member number, without name and contact: 1." in each for each in said)
    ani = desk.patrons.by_number("M3")
    assert ani is not None
    assert (ani.name, ani.contact, ani.guardian_consent) == ("M3", None, False)
    assert "Ani" not in everything(desk)
    siti, budi = desk.patrons.by_number("M1"), desk.patrons.by_number("M2")
    assert siti is not None
    assert budi is not None
    assert (siti.name, siti.sex, siti.birth_year) == ("Siti O'Brien", Sex.FEMALE, 1990)
    assert (siti.occupation, siti.registered_on.isoformat()) == ("teacher", "2019-03-04")
    assert (budi.sex, budi.birth_year, budi.occupation) == (Sex.MALE, None, "unknown")
    assert "$2y$10" not in everything(desk)
    desk.check()


def test_children_come_in_where_their_guardians_consented(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, *SLIMS[:4], name="member.csv")
    first = bring(desk, path)
    assert first["added"] == 3
    desk.batches.undo(first["batch"])
    assert bring(desk, path, consented=True)["added"] == 3
    ani = desk.patrons.by_number("M3")
    assert ani is not None
    assert (ani.guardian_consent, ani.occupation, ani.sex) == (True, "pupil", Sex.UNKNOWN)


def test_members_of_inlislite_without_what_is_nobodys_business(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, *INLIS, name="anggota.csv")
    assert desk.importing.look(path).what is What.PATRONS
    assert bring(desk, path)["added"] == 2
    rina, joko = desk.patrons.by_number("A-1"), desk.patrons.by_number("A-2")
    assert rina is not None
    assert joko is not None
    assert (rina.birth_year, rina.village, rina.occupation) == (1985, "Madurejo", "civil_servant")
    assert (joko.birth_year, joko.education, joko.registered_on) == (
        1985,
        "sma",
        desk.store.today(),
    )
    kept = everything(desk)
    for private in ("62010101", "Aminah", "Islam", "x.jpg"):
        assert private not in kept


def test_who_is_here_stays_as_they_are(desk: Desk, tmp_path: Path) -> None:
    desk.patrons.add(PatronDraft(name="Rina Dewi", member_number="A-1"))
    gone = desk.patrons.add(PatronDraft(name="Joko", member_number="A-2"))
    desk.patrons.remove(gone.id)
    path = written(tmp_path, *INLIS, name="anggota.csv")
    preview = checked(desk, path)
    assert (preview.counts["added"], preview.counts["unchanged"]) == (0, 1)
    assert reasons(preview) == {4: "removed_here"}
    assert (
        "Members who have another name here than in the file: 1. The name here stays."
        in remarks(preview)
    )


def test_a_list_comes_once_and_goes_but_not_whom_somebody_edited(
    desk: Desk, tmp_path: Path
) -> None:
    path = written(tmp_path, "Nama,Tanggal Lahir", "Rina,1985", "Rina,1985", "Joko,1990", "Total,3")
    first = bring(desk, path)
    assert (first["added"], first["left_out"]) == (3, 1)
    again = bring(desk, path)
    assert (again["added"], again["unchanged"]) == (0, 3)
    one = desk.patrons.page(0, 1)[0]
    desk.patrons.change(one.id, PatronDraft(name="Joko Widodo", birth_year=1990))
    desk.batches.undo(first["batch"])
    assert [each.name for each in desk.patrons.page(0, 9)] == ["Joko Widodo"]
    assert bring(desk, path)["added"] == 2
    assert {each.name for each in desk.patrons.page(0, 9)} == {"Joko Widodo", "Rina"}


def test_no_name_is_told_to_programs_or_in_sentences(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, *SLIMS, name="member.csv")
    preview = checked(desk, path)
    said = json.dumps(desk.importing.result(preview, None))
    said += "\n".join(desk.importing.sentences(preview, None))
    for name in ("Siti", "Budi", "Ani", "Rudi", "Wati", "Tua"):
        assert name not in said


def test_who_sat_at_a_computer_since_is_not_only_the_files(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, "No Anggota,Nama", "A1,Siti", "A2,Budi", "A3,Wati", name="m.csv")
    result = bring(desk, path, What.PATRONS)
    siti, budi, _wati = sorted(desk.patrons.page(0, 10), key=lambda each: each.member_number or "")
    desk.computers.start(SessionDraft(device=True, patron_id=siti.id))
    desk.queue.take(TicketDraft(patron_id=budi.id))
    desk.batches.undo(result["batch"])
    assert {each.name for each in desk.patrons.page(0, 10)} == {"Siti", "Budi"}
