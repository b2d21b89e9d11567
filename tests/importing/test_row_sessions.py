"""A log of computer use, a row a session or a row a day."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import xlsxwriter

from perpudesk.computers.mending import edit_of
from perpudesk.computers.model import SessionDraft, WorkstationDraft
from perpudesk.core import i18n
from perpudesk.core.codes import EndReason, Precision, Sex, VisitorType
from perpudesk.core.errors import InputError, RuleError
from perpudesk.core.times import FixedClock, Period, utc_text
from perpudesk.desk import Desk
from perpudesk.importing.fields import What
from perpudesk.patrons.model import PatronDraft
from tests.importing.logs import minutes, places, sessions
from tests.importing.own import bring, checked, reasons, remarks, written

LOG = (
    "LOG PEMAKAIAN KOMPUTER",
    "Komputer;Tanggal;Mulai;Selesai;Durasi;JK;Usia;Keperluan;No. Anggota;Nama",
    "PC 1;06-10-2025;09.00;10.05;65;P;17;Belajar;A1;Siti",
    "pc 1 ;06-10-2025;10.00;10.30;45 menit;L;26-45;Game;;Budi",
    "PC 2;06-10-2025;23.30;00.15;;L;;;;",
    "PC 2;06-10-2025;08.00;;1:05;P;;mancing;;",
    "PC 3;06-10-2025;08.00;;;P;;;;",
    "PC 3;07-10-2025;10.00;09.00;;P;;;;",
    "PC 3;07-10-2025;;;;P;;;;",
    "PC 3;07-10-2099;10.00;;;P;;;;",
    "Wi-Fi;25-10-2025;10.00;10.00;0;P;;;;",
    "",
    "Komputer;Tanggal;Mulai;Selesai;Durasi;JK;Usia;Keperluan;No. Anggota;Nama",
    "Jumlah;;;;110;;;;;",
    "Pangkalan Bun, 31 Oktober 2025",
)

SAID = (
    "Dates like 06-10-2025 09.00 are day/month/year, as 25-10-2025 10.00 can only be.",
    (
        "Durations that are not what lies between start and end: 1, like row 4, which says 45 "
        "menit where 30 minutes passed. The start and the end count."
    ),
    "Ends earlier in the day than the start, taken for those of the next day: 1, like row 5.",
    (
        "Sessions whose end was worked out from their duration: 1, like row 6, where 1:05 was "
        "read as 65 minutes."
    ),
    (
        "Sessions without an end: 1, like row 7. They count, but their minutes stay unknown until"
        " someone corrects them."
    ),
    (
        "Rows with a day but no time of start: 1, like row 9. They count under no hour, and their"
        " minutes are unknown."
    ),
    (
        "Sessions that began while another had the same workstation: 1, like row 4, during row 3."
        " All of them count as the list has them."
    ),
    "Not understood in the column Keperluan, and counted as not recorded: mancing (1).",
    "Not needed and not read: the columns Nama.",
    (
        "Workstations that are new here: 3 (PC 1, PC 2, PC 3). Each is added since its first "
        "session; retire those that are not there any more."
    ),
)


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.use("en")


@pytest.fixture
def chicago(tmp_path: Path, fixed_clock: FixedClock) -> Iterator[Desk]:
    """A desk whose clocks change."""
    with Desk(tmp_path / "chicago", clock=fixed_clock) as desk:
        desk.branch.set_up(name="Library", zone="America/Chicago")
        yield desk


def log(folder: Path, *rows: str, titles: str = "PC,Start,End", name: str = "log.csv") -> Path:
    return written(folder, titles, *rows, name=name)


def test_every_row_is_a_session_or_says_why_not(desk: Desk, tmp_path: Path) -> None:
    preview = checked(desk, written(tmp_path, *LOG))
    assert preview.source == What.SESSIONS
    assert reasons(preview) == {
        8: "ends_before_start",
        10: "in_future",
        12: "blank_row",
        13: "header_row",
        14: "note_row",
        15: "note_row",
    }
    assert preview.reading is not None
    assert [each.sentence() for each in preview.reading.refused] == [
        "“09.00” is before the start, 10:00.",
        "“07-10-2099 10.00” has not come yet. Check it, and the date of this computer.",
    ]
    assert [each.column for each in preview.reading.refused] == ["Selesai", "Mulai"]
    assert remarks(preview) == list(SAID)
    assert preview.reading.titles == (
        *("Workstation", "Start", "End", "Minutes", "Sex", "Age", "Purpose", "Member number"),
    )
    assert preview.reading.shown[:2] == (
        ("PC 1", "06-10-2025 09:00", "10:05", "65", "Female", "17", "Study/homework", "A1"),
        ("pc 1", "06-10-2025 10:00", "10:30", "30", "Male", "26–45", "Leisure", ""),
    )
    assert [row[1:4] for row in preview.reading.shown[4:6]] == [
        ("06-10-2025 08:00", "", ""),
        ("07-10-2025", "", ""),
    ]
    assert preview.reading.months() == {"2025-10": 7}


def test_what_is_stored_is_what_was_said(desk: Desk, tmp_path: Path) -> None:
    siti = desk.patrons.add(
        PatronDraft(name="Siti", member_number="A1", sex=Sex.FEMALE, birth_year=2008)
    )
    result = bring(desk, written(tmp_path, *LOG))
    told = ("sessions", "minutes", "workstations", "people", "patrons", "first", "last")
    assert [result[key] for key in told] == [7, 205, 3, 1, 0, "2025-10-06", "2025-10-25"]
    found = sessions(desk)
    assert [each.minutes for each in found] == [65, None, 65, 30, 45, None, 0]
    first, endless, study, game, night, of_day, own = found
    assert (study.patron_id, study.type) == (siti.id, VisitorType.MEMBER)
    assert (study.profile.sex, study.profile.age_years, study.purpose) == (Sex.FEMALE, 17, "study")
    assert (game.profile.age_band, game.purpose, game.type) == ("26-45", "leisure", "non_member")
    assert (night.local_date, night.local_hour) == (date(2025, 10, 6), 23)
    assert (endless.end, endless.end_reason) == (endless.start, EndReason.FORGOTTEN)
    assert (of_day.precision, of_day.start, of_day.count) == (Precision.DAY, None, 1)
    assert (own.device, own.workstation_id, own.end_reason) == (True, None, EndReason.DONE)
    made = places(desk)
    assert list(made) == ["PC 1", "PC 2", "PC 3"]
    assert [each.number for each in made.values()] == [1, 2, 3]
    assert {study.workstation_id, game.workstation_id} == {made["PC 1"].id}
    assert made["PC 1"].state.since == date(2025, 10, 6)
    assert made["PC 1"].usable
    assert first.batch_id == result["batch"]
    assert json.loads(json.dumps(result)) == result
    desk.check()


def test_the_same_rows_add_nothing_however_they_come(desk: Desk, tmp_path: Path) -> None:
    past = [row for row in LOG if "2099" not in row]
    first = bring(desk, written(tmp_path, *past))
    assert checked(desk, written(tmp_path, *past)).same_as == first["batch"]
    again = desk.importing.result(checked(desk, written(tmp_path, *past)), None)
    assert (again["sessions"], again["minutes"], again["unchanged"]) == (0, 0, 7)
    assert checked(desk, written(tmp_path, *LOG)).same_as is None, "it may have come meanwhile"
    turned = (LOG[1], *reversed(LOG[2:9]), LOG[10])
    again = bring(desk, written(tmp_path, *turned, name="turned.csv"))
    assert (again["added"], again["unchanged"], again["workstations"]) == (0, 7, 0)
    fewer = [row.split(";")[:9] for row in (LOG[1], *LOG[2:9], LOG[10])]
    path = written(tmp_path, *map(";".join, fewer), name="fewer.csv")
    assert bring(desk, path)["added"] == 0
    one_more = (LOG[1], LOG[2], LOG[2])
    assert bring(desk, written(tmp_path, *one_more, name="twice.csv"))["added"] == 1


def test_one_undo_takes_all_of_it_back_and_it_may_come_again(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, *LOG)
    before = bring(desk, path)
    ids = {each.id for each in sessions(desk)}
    machines = {each.id for each in places(desk).values()}
    desk.batches.undo(before["batch"])
    assert (sessions(desk), places(desk)) == ([], {})
    assert bring(desk, path)["sessions"] == 7
    assert {each.id for each in sessions(desk)} == ids
    assert {each.id for each in places(desk).values()} == machines
    desk.check()


def test_times_of_every_form_are_one_moment(desk: Desk, tmp_path: Path) -> None:
    forms = (
        ("2025-10-06T02:00:00Z", "2025-10-06T10:05:00+07:00"),
        ("2025-10-06 09:00:00", "2025-10-06 10:05:00"),
        ("2025-10-06 09:00", "06/10/2025 10.05"),
        ("6/10/2025 09.00", "6-10-2025 10:05:00"),
        ("2025-10-06 9:00 AM", "06-10-25 10:05"),
        ("6 Oktober 2025 09.00", "Senin, 6 Okt 2025 10.05 WIB"),
        ("2025-10-06 11:00 WIT", "2025-10-06 03:05 UTC"),
    )
    for at, (start, end) in enumerate(forms):
        path = log(tmp_path, f"PC 1;{start};{end}", titles="PC;Start;End", name=f"{at}.csv")
        result = bring(desk, path)
        assert (result["added"], result["unchanged"]) == ((0, 1) if at else (1, 0)), start
    assert minutes(desk) == [65]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252", "utf-16-le"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_log_in_every_dress(desk: Desk, tmp_path: Path, encoding: str, separator: str) -> None:
    rows = ("PC café|2025-10-06 09:00:00|2025-10-06 10:05:00", 'PC "2"|2025-10-06 09:00|')
    made = [row.replace('"', "").replace("|", separator) for row in ("PC|Start|End", *rows)]
    assert bring(desk, written(tmp_path, *made, encoding=encoding))["sessions"] == 2
    assert set(places(desk)) == {"PC café", "PC 2"}


def test_a_workbook_of_real_times(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "log.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Okt")
        when = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        clock = book.add_format({"num_format": "hh:mm"})
        long = book.add_format({"num_format": "[h]:mm:ss"})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, ["No Komputer", "Tanggal", "Jam mulai", "Jam selesai", "Durasi"])
        sheet.write_number(1, 0, 7)
        sheet.write_datetime(1, 1, date(2025, 10, 6), day)
        sheet.write_datetime(1, 2, time(9, 0), clock)
        sheet.write_datetime(1, 3, time(10, 5), clock)
        sheet.write_datetime(1, 4, timedelta(hours=1, minutes=5), long)
        sheet.write_number(2, 0, 7)
        sheet.write_datetime(2, 2, datetime.fromisoformat("2025-10-06 11:00"), when)
        sheet.write_datetime(2, 3, datetime.fromisoformat("2025-10-06 11:30:29"), when)
        sheet.write_datetime(2, 4, timedelta(hours=25), long)
    preview = checked(desk, path)
    assert reasons(preview) == {}
    assert [row[:4] for row in preview.reading.shown] == [  # type: ignore[union-attr]
        ("7", "06-10-2025 09:00", "10:05", "65"),
        ("7", "06-10-2025 11:00", "11:30", "30"),
    ]
    assert remarks(preview)[0].endswith(
        "1, like row 3, which says 1 day, 1:00:00 where 30 minutes passed. "
        "The start and the end count."
    )


def test_a_duration_is_believed_only_where_there_is_no_end(desk: Desk, tmp_path: Path) -> None:
    rows = (
        "A,2025-10-06 09:00,2025-10-06 10:00,61",
        "B,2025-10-06 09:00,2025-10-06 10:00,62",
        "C,2025-10-06 09:00,,62",
        "D,2025-10-06 09:00,,lama",
        "E,2025-10-06 09:00,2025-10-06 10:00,-62",
        "F,2025-10-06 09:00,NULL,",
        "G,2025-10-06 09:00,,2000",
        "H,2026-11-23 09:00,,600",
        "I,2025-10-06 09:00,2025-10-06,",
    )
    preview = checked(desk, log(tmp_path, *rows, titles="PC,Start,End,Minutes"))
    said = remarks(preview)
    assert any("1, like row 3, which says 62" in each for each in said)
    assert any("2, like row 4, where 62 was read as 62 minutes." in each for each in said)
    assert any(each.endswith("counted as not recorded: lama (1), -62 (1).") for each in said)
    assert any("Sessions without an end: 4, like row 5." in each for each in said)
    assert any("Sessions of more than 12 hours: 1, like row 8." in each for each in said)
    desk.importing.commit(preview)
    label = {each.id: each.label for each in places(desk).values()}
    took = {label[each.workstation_id or ""]: each.minutes for each in sessions(desk)}
    known = {"A": 60, "B": 60, "C": 62, "E": 60}
    assert took == {**dict.fromkeys("DFGHI"), **known}
    forgotten = next(each for each in sessions(desk) if label[each.workstation_id or ""] == "G")
    assert forgotten.start is not None
    assert forgotten.end == forgotten.start + timedelta(minutes=2000), "kept as the list has it"


def test_seconds_and_hours_by_their_title(desk: Desk, tmp_path: Path) -> None:
    row = "A,2025-10-06 09:00,1.5"
    assert bring(desk, log(tmp_path, row, titles="PC,Start,Durasi (jam)"))["minutes"] == 90
    row = "B,2025-10-06 09:00,90"
    path = log(tmp_path, row, titles="PC,Start,Lama (detik)", name="s.csv")
    assert bring(desk, path, add=True)["minutes"] == 1


def test_a_session_counts_where_it_began(desk: Desk, tmp_path: Path) -> None:
    rows = ("A,2025-10-31 23:30,2025-11-01 00:30", "A,2025-12-31 23:59:30,2026-01-01 00:00:10")
    bring(desk, log(tmp_path, *rows))
    assert [(each.local_date, each.minutes) for each in sessions(desk)] == [
        (date(2025, 10, 31), 60),
        (date(2025, 12, 31), 0),
    ]


def test_what_runs_too_long_is_forgotten_by_the_branchs_own_hours(
    desk: Desk, tmp_path: Path
) -> None:
    rows = ("A,2025-10-06 08:00,2025-10-06 20:00", "B,2025-10-06 08:00,2025-10-06 20:00:01")
    bring(desk, log(tmp_path, *rows))
    assert sorted(map(str, minutes(desk))) == ["720", "None"]
    late = ("C,06/10/2025 14.00,01.30", "D,06/10/2025 14.00,13.30")
    preview = checked(desk, log(tmp_path, *late, name="late.csv"))
    assert reasons(preview) == {3: "ends_before_start"}
    assert preview.counts["minutes"] == 690


def test_an_end_in_the_same_minute_as_an_exact_start(desk: Desk, tmp_path: Path) -> None:
    rows = ("A,2025-10-06 09:41:30,09.41", "B,2025-10-06 09:41:30,2025-10-06 09:41:29")
    preview = checked(desk, log(tmp_path, *rows))
    assert (preview.counts["minutes"], reasons(preview)) == (0, {3: "ends_before_start"})


def test_ends_that_have_not_come_or_are_none(desk: Desk, tmp_path: Path) -> None:
    rows = (
        "A,2026-11-23 09:00,2026-11-23 12:00",
        "A,2026-11-22 09:00,kapan-kapan",
        "A,2026-11-22 23:00,25.00",
        "A,2026-11-23 09:30,09.15",
    )
    codes = ["in_future", "bad_date", "bad_date", "ends_before_start"]
    assert list(reasons(checked(desk, log(tmp_path, *rows))).values()) == codes


def test_clock_changes_abroad(chicago: Desk, tmp_path: Path) -> None:
    rows = (
        "A,2025-03-09 01:30:00,2025-03-09 03:30:00",
        "B,2025-03-09 02:30:00,2025-03-09 03:45:00",
        "C,2025-11-02 00:50:00,2025-11-02 01:20:00",
        "D,2025-11-02 01:50:00,2025-11-02 01:10:00",
        "E,2025-11-02 01:50:00,2025-11-02 02:10:00",
        "F,2025-11-02T01:50:00-05:00,2025-11-02T01:10:00-06:00",
        "G,2025-11-02 00:30,02.30",
    )
    preview = checked(chicago, log(tmp_path, *rows))
    said = remarks(preview)
    assert any(
        each.startswith("Times that the clock was put forward over: 1, like row 3") for each in said
    )
    assert any("passed twice, as the clock was put back: 4, like row 4." in each for each in said)
    chicago.importing.commit(preview)
    assert {
        label: next(s.minutes for s in sessions(chicago) if s.workstation_id == place.id)
        for label, place in places(chicago).items()
    } == {"A": 60, "B": 15, "C": 30, "D": 20, "E": 80, "F": 20, "G": 180}
    skipped = next(s for s in sessions(chicago) if s.workstation_id == places(chicago)["B"].id)
    assert skipped.local_hour == 3
    assert skipped.start is not None
    assert utc_text(skipped.start) == "2025-03-09T08:30:00.000Z"


def test_a_day_with_its_count(desk: Desk, tmp_path: Path) -> None:
    rows = (
        "06-10-2025;PC 1;12",
        "07-10-2025;PC 1;0",
        "08-10-2025;PC 1;",
        "09-10-2025;PC 1;10.000",
        "10-10-2025;PC 1;=A1",
        "25-10-2025;PC 1;3",
        "Total;;15",
    )
    path = log(tmp_path, *rows, titles="Tanggal;Komputer;Jumlah")
    preview = checked(desk, path, What.SESSIONS)
    assert dict(sorted(reasons(preview).items())) == {
        3: "no_sessions",
        4: "blank_count",
        5: "too_many_sessions",
        6: "formula",
        8: "note_row",
    }
    result = bring(desk, path, What.SESSIONS)
    assert (result["sessions"], result["added"], result["minutes"]) == (15, 2, 0)
    assert [(each.count, each.precision) for each in sessions(desk)] == [
        (12, Precision.DAY),
        (3, Precision.DAY),
    ]
    anew = log(tmp_path, "06-10-2025;PC 1;13", titles="Tanggal;Komputer;Jumlah", name="anew.csv")
    assert checked(desk, anew).over == (date(2025, 10, 6),)
    both = log(tmp_path, "PC 1;06-10-2025;09.00;2", titles="PC;Tanggal;Mulai;Sesi", name="b.csv")
    preview = checked(desk, both, What.SESSIONS, ("count", "Sesi"))
    assert reasons(preview) == {2: "one_at_a_time"}


def test_days_with_sessions_ask(desk: Desk, tmp_path: Path) -> None:
    place = desk.workstations.add(WorkstationDraft(label="PC 1"))
    desk.session_mending.enter(
        SessionDraft(
            workstation_id=place.id, start=datetime.fromisoformat("2026-11-20T09:00+07:00")
        )
    )
    path = log(tmp_path, "PC 1,2026-11-20 10:00,2026-11-20 11:00")
    preview = checked(desk, path)
    assert preview.over == (date(2026, 11, 20),)
    assert "On these days computer sessions are recorded here already: 20-11-2026." in remarks(
        preview
    )
    with pytest.raises(RuleError) as caught:
        desk.importing.commit(preview)
    assert caught.value.code == "sessions_recorded"
    assert bring(desk, path, add=True)["added"] == 1


def test_a_later_log_gives_the_end_that_the_first_did_not_know(desk: Desk, tmp_path: Path) -> None:
    morning = log(tmp_path, "PC 1,2026-11-20 09:00,", "PC 2,2026-11-20 09:00,", name="1.csv")
    evening = log(
        tmp_path,
        *("PC 1,2026-11-20 09:00,2026-11-20 10:00", "PC 2,2026-11-20 09:00,"),
        "PC 1,2026-11-20 11:00,2026-11-20 11:30",
        name="2.csv",
    )
    bring(desk, morning)
    assert minutes(desk) == [None, None]
    result = bring(desk, evening)
    assert (result["added"], result["unchanged"], result["ended"]) == (1, 2, 1)
    assert [each for each in minutes(desk) if each is not None] == [60, 30]
    only_ends = log(tmp_path, "PC 2,2026-11-20 09:00,2026-11-20 09:05", name="3.csv")
    preview = checked(desk, only_ends)
    told = desk.importing.sentences(preview, None)
    assert "1 session that is here without an end would get it." in told
    batch = desk.importing.commit(preview)
    assert batch is not None
    assert minutes(desk).count(None) == 0
    desk.batches.undo(batch.id)
    assert minutes(desk).count(None) == 1
    desk.batches.undo(result["batch"])
    assert minutes(desk) == [None, None]
    desk.check()


def test_an_end_that_was_corrected_here_stays(desk: Desk, tmp_path: Path) -> None:
    bring(desk, log(tmp_path, "PC 1,2026-11-20 09:00,", name="1.csv"))
    (session,) = sessions(desk)
    edit = edit_of(session)
    end = datetime.fromisoformat("2026-11-20T09:20+07:00")
    desk.session_mending.correct(session.id, replace(edit, end=end))
    path = log(tmp_path, "PC 1,2026-11-20 09:00,2026-11-20 10:00", name="2.csv")
    assert bring(desk, path)["ended"] == 0
    assert minutes(desk) == [20]


def test_a_name_for_a_workstation_is_cut_and_a_column_of_names_is_refused(
    desk: Desk, tmp_path: Path
) -> None:
    path = log(tmp_path, f"{'Meja ' * 12},2025-10-06 09:00,", "Jumlah PC,2025-10-06 09:00,")
    preview = checked(desk, path)
    assert any("longer than 40 characters: 1, like row 2." in each for each in remarks(preview))
    assert preview.machines == [f"{'Meja ' * 12}"[:40].strip()]
    assert reasons(preview) == {3: "note_row"}
    crowd = log(tmp_path, *(f"Orang {n}x,2025-10-06 09:00," for n in range(201)), name="b.csv")
    with pytest.raises(InputError) as caught:
        checked(desk, crowd)
    assert (caught.value.code, caught.value.field) == ("too_many_named", "workstation")
    assert "Orang 0x" in str(caught.value)


def test_what_cannot_be_seen_of_a_label_is_not_kept(desk: Desk, tmp_path: Path) -> None:
    rows = ("\u202ePC\u200b 1,2025-10-06 09:00,", "\u200b,2025-10-06 09:00,", "PC 1,2025-10-07,")
    bring(desk, log(tmp_path, *rows))
    assert list(places(desk)) == ["PC 1"]
    assert sum(each.workstation_id is None for each in sessions(desk)) == 1


def test_rows_drawn_into_one_are_refused_and_a_long_note_is_not(desk: Desk, tmp_path: Path) -> None:
    titles = "PC,Start,End,Note"
    rows = (
        'A,2025-10-06 09:00,2025-10-06 10:00,"satu\ndua\ntiga, empat, lima, enam"',
        'B,2025-10-06 09:00,2025-10-06 10:00,"x\nC,2025-10-06 09:00,2025-10-06 10:00,y"',
        f"D,2025-10-06 09:00,2025-10-06 10:00,{'n' * 501}",
    )
    preview = checked(desk, log(tmp_path, *rows, titles=titles))
    assert list(reasons(preview).values()) == ["run_together"]
    assert preview.reading is not None
    assert preview.reading.refused[0].visits == 2
    assert preview.reading.sessions[0].note == "satu dua tiga, empat, lima, enam"
    assert any("note is longer than 500 characters: 1" in each for each in remarks(preview))


def test_a_log_without_titles_and_one_of_nothing_but_times(desk: Desk, tmp_path: Path) -> None:
    bare = written(tmp_path, "Lab-1,2025-10-06 09:00,2025-10-06 10:00", "Lab-2,2025-10-06 09:00,")
    preview = checked(desk, bare, What.SESSIONS, ("workstation", "A"))
    assert (preview.counts["sessions"], preview.counts["minutes"]) == (2, 60)
    times = written(tmp_path, "Mulai,Selesai", "2025-10-06 09:00,2025-10-06 10:00", name="t.csv")
    preview = checked(desk, times)
    assert (preview.source, preview.counts["workstations"]) == (What.SESSIONS, 0)
    nothing = written(tmp_path, "PC,Selesai", "A,2025-10-06 10:00", name="n.csv")
    with pytest.raises(InputError) as caught:
        checked(desk, nothing, What.SESSIONS)
    assert (caught.value.code, caught.value.field) == ("field_missing", "start")


def test_estimates_are_marked(desk: Desk, tmp_path: Path) -> None:
    bring(desk, log(tmp_path, "A,2025-10-06 09:00,2025-10-06 10:00"), estimated=True)
    assert [each.method for each in sessions(desk)] == ["estimated"]


def test_no_nik_and_no_name_gets_past(desk: Desk, tmp_path: Path) -> None:
    titles = "PC,Start,End,No Anggota,Nama,Keterangan"
    rows = (
        "A,2025-10-06 09:00,,6201015203990001,Siti,NIK 6201015203990001 baru",
        "A,2099-10-06 09:00,,6201015203990001,Siti,",
    )
    path = log(tmp_path, *rows, titles=titles)
    preview = checked(desk, path)
    assert preview.reading is not None
    assert preview.reading.sessions[0].note == "baru"
    assert preview.reading.sessions[0].number == ""
    target = tmp_path / "refused.csv"
    desk.importing.write_rejects(preview, target)
    assert "6201015203990001" not in target.read_text("utf-8-sig")
    desk.importing.commit(preview)
    with desk.store.reading() as db:
        stored = "\n".join(db.conn.iterdump())
    assert "Siti" not in stored
    assert "6201015203990001" not in stored


def test_refused_rows_come_back_mended(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, *LOG)
    preview = checked(desk, path)
    desk.importing.commit(preview)
    target = tmp_path / "refused.csv"
    assert desk.importing.write_rejects(preview, target) == 2
    text = (
        target.read_text("utf-8-sig").replace("10.00,09.00", "10.00,11.00").replace("2099", "2024")
    )
    target.write_text(text, "utf-8")
    assert bring(desk, target)["added"] == 2


def test_a_session_without_a_time_is_no_other_of_that_day(desk: Desk, tmp_path: Path) -> None:
    bring(desk, log(tmp_path, "A,2025-10-06,", name="day.csv"))
    assert bring(desk, log(tmp_path, "A,2025-10-06 09:00:07,", name="time.csv"))["added"] == 1
    assert bring(desk, log(tmp_path, "A,2025-10-06 09:00,", name="minute.csv"))["added"] == 0
    assert bring(desk, log(tmp_path, "A,2025-10-06,", name="day.csv"))["added"] == 0


def test_monthly_totals_give_way(desk: Desk, tmp_path: Path) -> None:
    desk.totals.type_total("computer_sessions", Period.parse("2025-10"), 900)
    path = log(tmp_path, "A,2025-10-06 09:00,2025-10-06 10:00")
    assert (
        "The monthly totals of Oct 2025 no longer count: their computer sessions come in day by "
        "day." in remarks(checked(desk, path))
    )
    bring(desk, path)
    rows = (
        "2025-11,computer_sessions,7",
        "2025-10,computer_minutes,70",
        "2025-10,device_sessions,3",
    )
    totals = written(tmp_path, "Bulan,Indikator,Jumlah", *rows, name="totals.csv")
    preview = checked(desk, totals, What.TOTALS)
    assert reasons(preview) == {3: "sessions_day_by_day"}
    assert [(each.indicator, each.value) for each in preview.totals] == [
        ("computer_sessions", 7),
        ("device_sessions", 3),
    ]
