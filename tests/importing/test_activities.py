"""Lists of what a library did: read, brought in, known again, taken back."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest
from openpyxl import Workbook

from perpudesk.attendance.model import MeetingDraft, Schedule
from perpudesk.communities.model import CommunityDraft, DecisionDraft, GatheringDraft
from perpudesk.core import i18n
from perpudesk.core.codes import Audience, MeetingKind, MeetingRole, Method
from perpudesk.core.errors import RuleError
from perpudesk.core.times import Period
from perpudesk.desk import Desk
from perpudesk.importing.activitywords import kind_of, role_of
from perpudesk.importing.columns import find_head
from perpudesk.importing.fields import What
from perpudesk.importing.guessing import guess_columns, guess_what
from perpudesk.importing.summary import summary
from perpudesk.patrons.model import PatronDraft
from perpudesk.reports.letter import Letter
from perpudesk.reports.model import (
    COMMUNITY_MEETINGS,
    MEETING_ATTENDANCES,
    PERSON_HOURS,
    STAFF_TRAINED,
    TRAINING_ATTENDANCES,
    TRAININGS,
)
from perpudesk.visits.model import VisitDraft
from tests.importing.own import bring, checked, reasons, remarks, written

FIELDS = "date,title,kind,topic,participants,female,male,role,community,note"
MESSY = (
    "REKAP KEGIATAN 2024",
    "",
    "No;Tanggal;Nama Kegiatan;Jenis;Jumlah Peserta;L;P;Ket",
    "1;05/02/2024;Pelatihan Email;Pelatihan;20;8;12;",
    "2;12/02/2024;Rembuk Literasi;Rapat koordinasi;15;;;di balai",
    "3;19/02/2024;Lomba Mewarnai;Lomba;;;;tidak dicatat",
    "4;26/02/2024;Bedah Buku;Kegiatan;0;0;0;hujan",
    "5;26/02/2024;Bedah Buku;Kegiatan;0;0;0;hujan",
    "6;04/03/2204;Seminar Kesehatan;Seminar;30;10;20;",
    "7;11/03/1204;Seminar Gizi;Seminar;30;10;20;",
    "8;18/03/2024;Bimtek Pustakawan;Bimtek;5;2;3;",
    "9;25/03/2024;Kelas Jahit;Kelas;10;8;7;",
    "10;;Tanpa tanggal;Kelas;10;5;5;",
    "11;31/03/2024;;Kelas;10;5;5;",
    "12;01/04/2024;Pameran;Aneh;=SUM(A1);;;",
    "13;02/04/2024;Nobar;Acara;20000;;;",
    "14;03/04/2024;Dongeng;Acara;banyak;;;",
    "15;04/04/2024;Pameran foto;Acara;;6000;6000;",
    "No;Tanggal;Nama Kegiatan;Jenis;Jumlah Peserta;L;P;Ket",
    ";;Jumlah;;110;;;",
    ";;;;;;;",
    "Mengetahui, Kepala Desa",
)


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.use("en")


def of(month: str, desk: Desk, *indicators: object) -> list[float | None]:
    figures = desk.reports.figures(Period.parse(month))
    return [figures.value(each) for each in indicators]  # type: ignore[arg-type]


def listed(folder: Path, *rows: str, name: str = "kegiatan.csv") -> Path:
    return written(folder, FIELDS, *rows, name=name)


def test_a_list_as_libraries_keep_it(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, *MESSY)
    assert desk.importing.look(path).what is What.ACTIVITIES
    preview = checked(desk, path)
    assert reasons(preview) == {
        8: "activity_twice",
        9: "in_future",
        10: "too_early",
        12: "parts_exceed_count",
        13: "no_date",
        14: "no_title",
        15: "formula",
        16: "too_many_came",
        17: "no_whole_number",
        18: "too_many_came",
        19: "header_row",
        20: "note_row",
        21: "blank_row",
        22: "note_row",
    }
    assert preview.reading is not None
    assert [row[1:3] for row in preview.reading.shown] == [
        ("Pelatihan Email", "training"),
        ("Rembuk Literasi", "Stakeholder meeting"),
        ("Lomba Mewarnai", "Community activity"),
        ("Bedah Buku", "Community activity"),
        ("Bimtek Pustakawan", "training of the staff"),
    ]
    told = remarks(preview)
    assert "Rows without a number of participants: 1. Not counted is not 0." in told
    assert any("do not say the role of the library: 4" in each for each in told)
    said = summary(preview, None)
    assert said[0] == "5 activities would be added."
    assert any("“Bedah Buku” stands in the list before" in each for each in said)


def test_what_came_in_is_counted_and_a_blank_is_not_0(desk: Desk, tmp_path: Path) -> None:
    bring(desk, written(tmp_path, *MESSY))
    trained = (TRAININGS, TRAINING_ATTENDANCES, PERSON_HOURS)
    assert of("2024-02", desk, *trained) == [1, 20, None]  # nobody said how long it was
    assert of("2024-02", desk, COMMUNITY_MEETINGS, MEETING_ATTENDANCES) == [3, 15]
    assert of("2024-03", desk, TRAININGS, STAFF_TRAINED) == [0, None]  # staff, and by no name
    figures = desk.reports.figures(Period.parse("2024-02"))
    assert figures.get(TRAINING_ATTENDANCES).by["sex"] == {"female": 12, "male": 8, "unknown": 0}
    (lomba,) = desk.meetings.between(date(2024, 2, 19), date(2024, 2, 19))
    assert lomba.headcount is None
    (buku,) = desk.meetings.between(date(2024, 2, 26), date(2024, 2, 26))
    assert buku.headcount is not None
    assert buku.headcount.count == 0


def test_the_hours_count_once_somebody_says_them(desk: Desk, tmp_path: Path) -> None:
    bring(desk, written(tmp_path, *MESSY))
    (line,) = [each for each in desk.trainings.all() if each.course.title == "Pelatihan Email"]
    draft = line.course.draft()
    desk.trainings.change(
        line.course.id, type(draft)(**{**_fields(draft), "minutes_per_meeting": 90})
    )
    assert of("2024-02", desk, PERSON_HOURS) == [30]


def _fields(draft: object) -> dict[str, object]:
    return {name: getattr(draft, name) for name in draft.__dataclass_fields__}  # type: ignore[attr-defined]


def test_every_field_of_the_issue_is_read(desk: Desk, tmp_path: Path) -> None:
    desk.communities.add(CommunityDraft(name="Kriya Mandiri", field="craft"))
    path = listed(
        tmp_path,
        "2024-02-05 09:30,Email,training,business,20,12,8,,UMKM Sukamaju,proyektor pinjam",
        "2024-02-06,Anyaman,peer learning,craft,15,,,co-organised,kriya  MANDIRI,",
        "2024-02-07,Arisan RT,community activity,,40,,,room only,PKK,",
        "2024-02-08,Kursus privat,training,,7,,,room only,,",
    )
    preview = checked(desk, path)
    assert preview.communities == ("PKK",)
    assert "1 new community: PKK." in summary(preview, None)
    batch = desk.importing.commit(preview)
    assert batch is not None
    (email,) = desk.meetings.between(date(2024, 2, 5), date(2024, 2, 5))
    assert (email.schedule.start, email.note) == (time(9, 30), "proyektor pinjam")
    course = desk.trainings.get(email.course_id or "")
    assert (course.topic, course.target_group) == ("business", "UMKM Sukamaju")
    names = {each.name: each.id for each in desk.communities.all()}
    assert set(names) == {"Kriya Mandiri", "PKK"}
    (anyaman,) = desk.gatherings.all(names["Kriya Mandiri"])
    assert (anyaman.kind, anyaman.role) == (MeetingKind.PEER_LEARNING, MeetingRole.CO_ORGANISED)
    assert anyaman.meeting.note == "craft"  # the topic of what is no training
    (arisan,) = desk.gatherings.all(names["PKK"])
    assert arisan.role is MeetingRole.ROOM_ONLY
    # Only organised and co-organised ones count, and a training in a lent room is nobody's.
    assert of("2024-02", desk, TRAININGS, COMMUNITY_MEETINGS, MEETING_ATTENDANCES) == [1, 1, 15]


def test_the_same_file_adds_nothing_and_a_longer_one_only_what_is_new(
    desk: Desk, tmp_path: Path
) -> None:
    rows = ["2024-02-05,Email,training,,20,,,,,", "2024-02-06,Rapat,rapat,,9,,,,,"]
    assert bring(desk, listed(tmp_path, *rows))["added"] == 2
    again = bring(desk, listed(tmp_path, *rows))
    assert (again["added"], again["unchanged"], again["batch"]) == (0, 2, None)
    more = bring(desk, listed(tmp_path, *rows, "2024-02-07,Pameran,kegiatan,,5,,,,,"))
    assert (more["added"], more["unchanged"]) == (1, 2)


def test_doubles_are_asked_about_once_and_left_out_by_default(desk: Desk, tmp_path: Path) -> None:
    desk.gatherings.plan(
        GatheringDraft(
            meeting=MeetingDraft(schedule=Schedule(day=date(2024, 2, 6)), title="Rapat  Warga")
        )
    )
    path = listed(
        tmp_path,
        "2024-02-05,Email,training,,20,,,,,",
        "2024-02-05,Email,training,,20,,,,,",
        "2024-02-05,Email,training,,21,,,,,",
        "2024-02-06,rapat warga,rapat,,9,,,,,",
    )
    preview = checked(desk, path)
    assert reasons(preview) == {3: "activity_twice", 5: "activity_here"}
    assert preview.has_doubles
    wanted = desk.importing.with_doubles(preview)
    assert (wanted.counts["added"], wanted.counts["left_out"], wanted.has_doubles) == (4, 0, False)
    without = desk.importing.without_doubles(wanted)
    assert (without.counts, without.stored) == (preview.counts, 2)
    batch = desk.importing.commit(wanted)
    assert batch is not None
    assert len(desk.meetings.between(date(2024, 2, 5), date(2024, 2, 6))) == 5
    known = checked(desk, path)
    assert (known.counts["added"], known.counts["unchanged"]) == (0, 4)


def test_the_same_at_another_place_is_no_double(desk: Desk, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "No;Tanggal;Nama Kegiatan;Tempat;Jumlah Peserta",
        "1;2024-02-05;Senam Lansia;Balai RW 1;20",
        "2;2024-02-05;Senam Lansia;Balai RW 2;20",
        "3;2024-02-05;Senam Lansia;Balai RW 2 ;20",
        "4;2024-02-05;Senam Lansia",
    )
    assert reasons(checked(desk, path)) == {4: "activity_twice"}
    assert bring(desk, path)["added"] == 3
    again = bring(desk, path)
    assert (again["added"], again["unchanged"], again["left_out"]) == (0, 3, 1)


def test_a_corrected_number_is_asked_about_too(desk: Desk, tmp_path: Path) -> None:
    bring(desk, listed(tmp_path, "2024-02-05,Email,training,,20,,,,,"))
    preview = checked(desk, listed(tmp_path, "2024-02-05,Email,training,,25,,,,,"))
    assert reasons(preview) == {2: "activity_here"}


def test_one_step_takes_it_back_but_for_what_was_used_since(desk: Desk, tmp_path: Path) -> None:
    path = listed(
        tmp_path,
        "2024-02-05,Email,training,,20,,,,,",
        "2024-02-06,Rapat,rapat,,9,,,,PKK,",
        "2024-02-07,Pameran,kegiatan,,5,,,,Seni,",
    )
    batch = bring(desk, path)["batch"]
    (rapat,) = desk.meetings.between(date(2024, 2, 6), date(2024, 2, 6))
    desk.decisions.add(rapat.id, DecisionDraft(text="Beli kursi"))
    desk.batches.undo(batch)
    assert [each.id for each in desk.meetings.between(date(2024, 2, 1), date(2024, 2, 29))] == [
        rapat.id
    ]
    assert [each.name for each in desk.communities.all()] == ["PKK"]
    assert desk.trainings.all() == []
    assert bring(desk, path)["added"] == 2


def test_a_course_with_people_since_stays(desk: Desk, tmp_path: Path) -> None:
    batch = bring(desk, listed(tmp_path, "2024-02-05,Email,training,,20,,,,,"))["batch"]
    (line,) = desk.trainings.all()
    patron = desk.patrons.add(PatronDraft(name="Sari"))
    desk.trainings.enrol(line.course.id, patron_id=patron.id)
    desk.batches.undo(batch)
    assert len(desk.trainings.all()) == 1
    assert of("2024-02", desk, TRAININGS, TRAINING_ATTENDANCES) == [1, 20]


def test_several_days_are_one_activity_on_the_first(desk: Desk, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "Hari/Tanggal;Nama Kegiatan;Jumlah Peserta",
        "Selasa-Kamis, 5-7 Maret 2024;Pelatihan Menjahit;10",
        "28 Februari s.d. 2 Maret 2024;Pameran Buku;40",
        "8 Maret 2024 09.00 WIB s.d. selesai;Bazar;30",
        "7-5 Maret 2024;Terbalik;1",
        "30 Februari - 2 Maret 2024;Tidak ada;1",
        "20-25 November 2026;Belum selesai;1",
        "Jumlah;;80",
    )
    preview = checked(desk, path)
    said = {5: "bad_date", 6: "bad_date", 7: "in_future", 8: "note_row"}
    assert reasons(preview) == said
    assert [(each.local_date, each.minute) for each in preview.activities] == [
        ("2024-03-05", None),
        ("2024-02-28", None),
        ("2024-03-08", 540),
    ]
    told = "Rows that name several days: 2. Each counts as one activity, on its first day."
    assert told in remarks(preview)


def test_a_column_below_peserta_is_read_by_what_it_counts(desk: Desk, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "No;Tanggal;Nama Kegiatan;Peserta;;;Ket",
        ";;;L;P;Jml;",
        "1;2024-02-05;Kerja Bakti;8;12;21;",
        "2;2024-02-06;Posyandu;;;25 orang;",
        "3;2024-02-07;Bazar;8;12;19;",
    )
    preview = checked(desk, path)
    assert [(each.female, each.male, each.people) for each in preview.activities] == [
        (12, 8, 21),
        (0, 0, 25),
    ]
    (aside,) = preview.reading.refused if preview.reading else ()
    assert (aside.row, aside.column) == (5, "Peserta Jml")
    assert aside.sentence() == "Women and men add up to more than “19”, the count of the row."


def test_a_year_before_the_library_began_is_refused_with_its_row(
    desk: Desk, tmp_path: Path
) -> None:
    desk.branch.set_up(founded_year=2009)
    preview = checked(
        desk,
        listed(tmp_path, "2008-02-05,Email,training,,,,,,,", "2009-01-05,Email,training,,,,,,,"),
    )
    (aside,) = preview.reading.refused if preview.reading else ()
    assert (aside.row, aside.column) == (2, "date")
    assert aside.sentence() == (
        "“2008-02-05” is before 2009, when this library began. Check the year."
    )


def test_words_that_say_nothing_are_named(desk: Desk, tmp_path: Path) -> None:
    preview = checked(
        desk,
        listed(
            tmp_path,
            "2024-02-05,Temu Penulis,xyz,,3,,,,,",
            "2024-02-06,Pelatihan Kopi,-,zzz,4,,,,,",
            "2024-02-07,Kumpul,,,,,,entah,,",
        ),
    )
    assert reasons(preview) == {4: "unknown_role"}
    told = " ".join(remarks(preview))
    assert "Not understood in the column kind, and counted as not recorded: xyz (1)." in told
    assert "Not understood in the column topic, and counted as not recorded: zzz (1)." in told
    assert "Rows that do not say their kind: 1." in told
    assert [each.audience for each in preview.activities] == ["", "community"]


def test_long_texts_are_cut_and_a_cell_no_sheet_can_hold_is_refused(
    desk: Desk, tmp_path: Path
) -> None:
    preview = checked(
        desk,
        listed(
            tmp_path,
            f"2024-02-05,{'T' * 300},training,,1.250,,,,,{'n' * 600}",
            f"2024-02-06,{'T' * 40_000},training,,5,,,,,",
        ),
    )
    assert reasons(preview) == {3: "cell_too_long"}
    told = " ".join(remarks(preview))
    assert "Rows whose title is longer than 200 characters: 1." in told
    assert "Rows whose note is longer than 500 characters: 1." in told
    assert "Numbers like 1.250 were read as 1,250." in told
    desk.importing.commit(preview)


def test_a_number_that_parts_otherwise_is_refused(desk: Desk, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "date;title;participants",
        "2024-02-05;A kegiatan;1.250",
        "2024-02-06;B kegiatan;1,250",
    )
    assert reasons(checked(desk, path, What.ACTIVITIES)) == {3: "other_mark"}


def test_estimates_say_so(desk: Desk, tmp_path: Path) -> None:
    bring(desk, listed(tmp_path, "2024-02-05,Email,training,,20,,,,,"), estimated=True)
    (meeting,) = desk.meetings.between(date(2024, 2, 5), date(2024, 2, 5))
    assert meeting.headcount is not None
    assert meeting.headcount.method is Method.ESTIMATED


def test_a_closed_month_asks_and_is_altered(desk: Desk, tmp_path: Path) -> None:
    desk.visits.record(VisitDraft(on=date(2026, 10, 5)))
    month = Period.parse("2026-10")
    desk.closings.close(month, Letter())
    asked: list[str] = []

    def no(question: str) -> bool:
        asked.append(question)
        return False

    desk.ask_before(no)
    preview = checked(desk, listed(tmp_path, "2026-10-05,Email,training,,20,,,,,"))
    with pytest.raises(RuleError):
        desk.importing.commit(preview)
    assert asked
    assert of("2026-10", desk, TRAININGS) == [None]
    desk.ask_before(lambda _question: True)
    assert desk.importing.commit(preview) is not None
    assert not desk.closings.state(month).is_final


def test_a_workbook_is_read_as_well(desk: Desk, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Tanggal", "Judul Kegiatan", "Peserta"])
    sheet.append([date(2024, 2, 5), "Pelatihan Email", 20])
    sheet.append([date(2024, 2, 6), "Rembuk", 0])
    sheet.append([date(2024, 2, 7), "Pameran", None])
    path = tmp_path / "kegiatan.xlsx"
    book.save(path)
    preview = checked(desk, path)
    assert preview.source == What.ACTIVITIES
    assert [each.people for each in preview.activities] == [20, 0, None]


@pytest.mark.parametrize(
    "line, what, columns",
    [
        (FIELDS.replace(",", ";"), What.ACTIVITIES, 10),
        ("Tanggal;Kegiatan;Jumlah Peserta", What.ACTIVITIES, 3),
        ("Tanggal;Kegiatan;Peserta Perempuan;Peserta Laki-laki", What.ACTIVITIES, 4),
        ("Tanggal;Nama Pelatihan;Jumlah", What.ACTIVITIES, 3),
        ("Tanggal;Kegiatan;Jumlah peserta yang hadir", What.ACTIVITIES, 3),
        ("Event date;Event;Attendance", What.ACTIVITIES, 3),
        ("Tanggal;Nama;Kegiatan", What.VISITS, 3),
        ("Tanggal;Jumlah Pengunjung;Kegiatan", What.VISITS, 3),
        ("Tanggal;Tema;Jumlah", What.VISITS, 2),
    ],
)
def test_lists_of_activities_are_told_from_visits(line: str, what: What, columns: int) -> None:
    rows = [line.split(";"), ["2024-02-05", *["5"] * (line.count(";"))]]
    head = find_head(rows)
    assert head is not None
    assert guess_what(head) is what
    assert len(guess_columns(head, what)) == columns


@pytest.mark.parametrize(
    "text, kind",
    [
        ("peer_learning", MeetingKind.PEER_LEARNING),
        ("Pelatihan Komputer", Audience.COMMUNITY),
        ("Bimtek pengelola perpustakaan", Audience.STAFF),
        ("Staf", Audience.STAFF),
        ("Staff training", Audience.STAFF),
        ("Pelatihan oleh petugas BPS", Audience.COMMUNITY),
        ("Rapat Koordinasi", MeetingKind.STAKEHOLDER_MEETING),
        ("Belajar bersama", MeetingKind.PEER_LEARNING),
        ("Lomba mewarnai", MeetingKind.COMMUNITY_ACTIVITY),
        ("Lomba mewarnai kelas 1-3", MeetingKind.COMMUNITY_ACTIVITY),
        ("Kelas Menjahit", Audience.COMMUNITY),
        ("Computer class", Audience.COMMUNITY),
        ("Kunjungan siswa kelas IV", None),
        ("Kunjungan kelas", None),
        ("Class visits primary", None),
        ("xyz", None),
    ],
)
def test_kinds_are_understood_in_both_languages(text: str, kind: object) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    "text, role",
    [
        ("Penyelenggara", MeetingRole.ORGANISED),
        ("Diselenggarakan oleh perpustakaan", MeetingRole.ORGANISED),
        ("Kerja sama", MeetingRole.CO_ORGANISED),
        ("Bekerjasama dengan Dinas Kesehatan", MeetingRole.CO_ORGANISED),
        ("Co-organised with the PKK", MeetingRole.CO_ORGANISED),
        ("Fasilitator", None),
        ("Diselenggarakan oleh PKK", None),
        ("room only", MeetingRole.ROOM_ONLY),
        ("entah", None),
    ],
)
def test_roles_are_understood_in_both_languages(text: str, role: object) -> None:
    assert role_of(text) == role
