"""The statistics of Libki, and the sessions that their lines tell of."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from perpudesk.core import i18n
from perpudesk.core.codes import EndReason, Sex, VisitorType
from perpudesk.core.errors import FileError, RuleError
from perpudesk.desk import Desk
from perpudesk.importing.fields import What
from perpudesk.importing.model import Preview
from perpudesk.patrons.model import PatronDraft
from tests.importing.logs import minutes, places, sessions
from tests.importing.own import reasons, remarks, written

TITLES = (
    "instance,id,username,client_name,client_location,client_type,action,created_on,anonymized,"
    "session_id,info"
)
HASH = "0123456789abcdef0123456789abcdef"
OTHER = "fedcba9876543210fedcba9876543210"


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.use("en")


class Lines:
    """Lines as Libki writes them, with ids that rise."""

    def __init__(self) -> None:
        self.rows: list[str] = []

    def add(
        self,
        clock: str,
        action: str,
        user: str = "budi",
        pc: str = "PC-01",
        sid: str = "s1",
        *,
        day: str = "2026-10-05",
        place: str = "Lantai 1",
    ) -> Lines:
        number = len(self.rows) + 1
        hidden = int(len(user) == 32)
        when = f"{day} {clock}"
        self.rows.append(
            f',{number},{user},{pc},{place},NULL,{action},{when},{hidden},{sid},"{{""v"": ""2""}}"'
        )
        return self


def preview_of(desk: Desk, path: Path) -> Preview:
    looked = desk.importing.look(path)
    assert looked.what is What.LIBKI
    return desk.importing.preview(path, known=looked.what)


def previewed(desk: Desk, folder: Path, lines: Lines, name: str = "libki.csv") -> Preview:
    return preview_of(desk, written(folder, TITLES, *lines.rows, name=name))


def brought(desk: Desk, folder: Path, lines: Lines, name: str = "libki.csv") -> dict[str, object]:
    preview = previewed(desk, folder, lines, name)
    result = desk.importing.result(preview, desk.importing.commit(preview))
    parts = ("added", "unchanged", "refused", "left_out")
    assert sum(result[part] for part in parts) == result["read"]  # type: ignore[misc]
    return result


def test_pairs_become_sessions(desk: Desk, tmp_path: Path) -> None:
    budi = desk.patrons.add(
        PatronDraft(name="Budi", member_number="620001", sex=Sex.MALE, birth_year=1990)
    )
    lines = (
        Lines()
        .add("09:00:00", "LOGIN", "620001")
        .add("09:00:05", "LOGIN", "guest12", "PC-02", "s2")
        .add("09:30:59", "LOGOUT", "620001")
        .add("09:31:00", "PRINT_JOB_CREATED", "guest12", "PC-02", "s2")
        .add("10:00:00", "SESSION_DELETED", "guest12", "PC-02", "s2", place="NULL")
        .add("10:05:00", "LOGIN", HASH, "PC-02", "s3")
        .add("10:25:00", "FORCE_LOGOUT", "admin", "PC-02", "staff")
        .add("11:00:00", "UNLOCK", "admin", "PC-01", "staff")
        .add("11:10:00", "LOGOUT", "guest_PC-01", "PC-01", "staff")
    )
    preview = previewed(desk, tmp_path, lines)
    assert reasons(preview) == {5: "other_action"}
    assert preview.reading is not None
    assert preview.reading.titles[:3] == ("Workstation", "Start", "End")
    assert preview.reading.shown[0] == ("PC-01", "05-10-2026 09:00", "09:30", "30", "620001")
    (said,) = remarks(preview)
    assert said.startswith("Workstations that are new here: 2 (PC-01, PC-02).")
    result = brought(desk, tmp_path, lines)
    told = ("read", "added", "left_out", "sessions", "minutes", "workstations", "people")
    assert [result[key] for key in told] == [9, 8, 1, 4, 119, 2, 1]
    found = sessions(desk)
    assert [each.minutes for each in found] == [30, 59, 20, 10]
    assert [each.end_reason for each in found] == [
        EndReason.DONE,
        EndReason.TIME_UP,
        EndReason.DONE,
        EndReason.DONE,
    ]
    first, *rest = found
    assert (first.patron_id, first.type) == (budi.id, VisitorType.MEMBER)
    assert (first.profile.sex, first.profile.age_years) == (Sex.MALE, 36)
    assert {(each.patron_id, each.type) for each in rest} == {(None, VisitorType.UNKNOWN)}
    assert [each.number for each in places(desk).values()] == [1, 2]


def test_names_of_users_go_no_further(desk: Desk, tmp_path: Path) -> None:
    lines = Lines().add("09:00:00", "LOGIN", "siti.aminah").add("09:30:00", "LOGOUT", "siti.aminah")
    preview = previewed(desk, tmp_path, lines)
    assert "siti" not in repr(preview)
    assert preview.counts["people"] == 0
    desk.importing.commit(preview)
    with desk.store.reading() as db:
        assert "siti.aminah" not in "\n".join(db.conn.iterdump())


def test_the_same_lines_in_any_order_and_file_add_nothing(desk: Desk, tmp_path: Path) -> None:
    lines = Lines()
    for hour in range(8, 16):
        for pc in ("PC-01", "PC-02", "PC-03"):
            lines.add(f"{hour:02}:00:00", "LOGIN", f"u{hour}{pc}", pc, f"s{hour}{pc}")
    for hour in range(8, 16):
        for pc in ("PC-01", "PC-02", "PC-03"):
            lines.add(f"{hour:02}:40:00", "LOGOUT", f"u{hour}{pc}", pc, f"s{hour}{pc}")
    by_time = Lines()
    by_time.rows = [row.replace(row.split(",")[1], "7", 1) for row in lines.rows]
    first = brought(desk, tmp_path, by_time)
    assert (first["sessions"], first["minutes"]) == (24, 24 * 40)
    path = tmp_path / "libki.csv"
    assert preview_of(desk, path).same_as == first["batch"]
    random.Random(1).shuffle(by_time.rows)
    again = brought(desk, tmp_path, by_time, "shuffled.csv")
    assert (again["added"], again["unchanged"], again["sessions"]) == (0, 48, 0)
    hidden = Lines()
    hidden.rows = [
        ",".join([*row.split(",")[:2], HASH, *row.split(",")[3:]]) for row in by_time.rows
    ]
    assert brought(desk, tmp_path, hidden, "hidden.csv")["added"] == 0
    desk.batches.undo(str(first["batch"]))
    assert (sessions(desk), places(desk)) == ([], {})


def test_a_power_cut_leaves_no_end(desk: Desk, tmp_path: Path) -> None:
    lines = (
        Lines()
        .add("09:00:00", "LOGIN", "a", sid="s1")
        .add("13:00:00", "LOGOUT", "a", sid="s1")
        .add("13:00:00", "LOGIN", "b", sid="s2")
        .add("13:30:00", "LOGOUT", "b", sid="s2")
        .add("14:00:00", "LOGIN", "c", sid="s3")
        .add("14:59:59", "LOGIN", "d", sid="s4")
        .add("15:10:00", "LOGIN", "e", "PC-02", "s5")
    )
    preview = previewed(desk, tmp_path, lines)
    said = remarks(preview)
    assert said[0].startswith("Sessions that Libki closed only when the next user came")
    assert "1, like row 2." in said[0]
    assert "Sessions without an end: 3, like row 6." in said[1]
    brought(desk, tmp_path, lines)
    assert minutes(desk) == [None, 30, None, None, None]
    cut = sessions(desk)[0]
    assert cut.end_reason is EndReason.FORGOTTEN
    assert cut.end != cut.start, "when Libki wrote it is kept"


def test_the_end_of_a_cut_off_session_may_be_written_after_the_next_login(
    desk: Desk, tmp_path: Path
) -> None:
    lines = (
        Lines()
        .add("09:00:00", "LOGIN", "a", sid="s1")
        .add("13:00:00", "LOGIN", "b", sid="s1")
        .add("13:00:01", "LOGOUT", "a", sid="s1")
        .add("13:20:00", "LOGOUT", "b", sid="s1")
    )
    result = brought(desk, tmp_path, lines)
    assert (result["added"], result["left_out"]) == (4, 0)
    assert minutes(desk) == [None, 20]


def test_who_comes_back_after_a_restart_goes_on(desk: Desk, tmp_path: Path) -> None:
    lines = (
        Lines()
        .add("09:00:00", "LOGIN", "a", sid="s1")
        .add("09:20:00", "LOGIN", "a", sid="s2")
        .add("10:00:00", "LOGOUT", "a", sid="s1")
        .add("10:01:00", "LOGIN", "NULL", sid="s3")
        .add("10:02:00", "LOGIN", "NULL", sid="s3")
        .add("10:11:00", "LOGOUT", "NULL", sid="s3")
        .add("22:30:00", "LOGIN", "b", sid="s4", day="2026-10-04")
        .add("10:40:00", "LOGIN", "b", sid="s5")
    )
    result = brought(desk, tmp_path, lines)
    assert result["read"] == result["added"] == 8
    assert minutes(desk) == [None, 60, 10, None]


def test_users_hidden_on_different_days_cannot_be_told_apart(desk: Desk, tmp_path: Path) -> None:
    lines = (
        Lines()
        .add("23:50:00", "LOGIN", HASH, sid="s1", day="2026-10-04")
        .add("00:10:00", "LOGOUT", OTHER, sid="s1")
        .add("09:00:00", "LOGIN", HASH, sid="s2")
        .add("09:20:00", "LOGOUT", "budi", sid="s2")
        .add("10:00:00", "LOGIN", HASH, sid="s3")
        .add("10:20:00", "LOGOUT", OTHER, sid="s3")
    )
    preview = previewed(desk, tmp_path, lines)
    assert reasons(preview) == {7: "end_without_start"}
    assert [each.minutes for each in preview.sessions] == [20, 20, None]


def test_ends_without_a_start_and_lines_said_twice_are_left_out(desk: Desk, tmp_path: Path) -> None:
    lines = Lines().add("08:00:00", "LOGOUT", "x", sid="s0").add("09:00:00", "LOGIN")
    lines.add("09:00:00", "LOGIN").add("09:30:00", "LOGOUT").add(
        "09:40:00", "FORCE_LOGOUT", "admin"
    )
    lines.add("09:50:00", "LOGOUT", "y", sid="s9")
    preview = previewed(desk, tmp_path, lines)
    assert reasons(preview) == {
        2: "end_without_start",
        4: "said_again",
        6: "end_without_start",
        7: "end_without_start",
    }
    assert [each.minutes for each in preview.sessions] == [30]


def test_rows_that_cannot_be_read(desk: Desk, tmp_path: Path) -> None:
    good = Lines().add("09:00:00", "LOGIN").add("09:30:00", "LOGOUT")
    rows = (
        *good.rows,
        ",3,a,PC-01,,,LOGIN,0000-00-00 00:00:00,0,s2,",
        ",4,a,PC-01,,,LOGIN,2099-01-01 09:00:00,0,s2,",
        ",5,a,PC-01,,,LOGIN,2026-10-05,0,s2,",
        ",6,a,PC-01,,,LOGIN,NULL,0,s2,",
        "",
        TITLES,
        "7 rows in set",
        f",8,a,{'x' * 40_000},,,LOGIN,2026-10-05 10:00:00,0,s2,",
        ",9,a",
    )
    preview = preview_of(desk, written(tmp_path, TITLES, *rows))
    assert reasons(preview) == {
        4: "bad_date",
        5: "in_future",
        6: "bad_date",
        7: "no_date",
        8: "blank_row",
        9: "header_row",
        10: "note_row",
        11: "cell_too_long",
        12: "other_action",
    }
    assert preview.counts["sessions"] == 1
    assert preview.reading is not None
    assert {each.column for each in preview.reading.refused} == {"created_on", "client_name"}


def test_lines_without_a_client_or_a_session(desk: Desk, tmp_path: Path) -> None:
    lines = (
        Lines()
        .add("09:00:00", "LOGIN", "a", "NULL", "s1")
        .add("09:10:00", "LOGIN", "b", "NULL", "s2")
        .add("09:20:00", "LOGOUT", "a", "NULL", "s1")
        .add("09:30:00", "LOGOUT", "b", "NULL", "s2")
        .add("10:00:00", "LOGIN", "NULL", "PC-01", "NULL")
        .add("10:20:00", "LOGOUT", "NULL", "PC-01", "NULL")
        .add("11:00:00", "LOGIN", "c", "PC-01", "NULL")
        .add("11:20:00", "LOGOUT", "c", "PC-01", "s7")
        .add("12:00:00", "LOGIN", "c", "PC-01", "s8")
        .add("12:20:00", "LOGOUT", "NULL", "PC-01", "s9")
    )
    preview = previewed(desk, tmp_path, lines)
    assert [each.minutes for each in preview.sessions] == [20, 20, 20, 20, None]
    assert reasons(preview) == {11: "end_without_start"}
    desk.importing.commit(preview)
    assert list(places(desk)) == ["PC-01"]


def test_several_locations_are_told(desk: Desk, tmp_path: Path) -> None:
    lines = Lines().add("09:00:00", "LOGIN").add("09:30:00", "LOGOUT", place="Anak")
    said = remarks(previewed(desk, tmp_path, lines))
    assert said[0].startswith("The list is of several locations: Lantai 1, Anak.")


def test_long_names_of_clients_are_cut(desk: Desk, tmp_path: Path) -> None:
    lines = Lines().add("09:00:00", "LOGIN", pc="K" * 41).add("09:30:00", "LOGOUT", pc="K" * 41)
    assert remarks(previewed(desk, tmp_path, lines))[0].startswith("Workstations whose name")
    brought(desk, tmp_path, lines)
    assert list(places(desk)) == ["K" * 40]


HISTORY = (
    "Username,Client,Action,Timestamp,Info",
    'd,PC-02,LOGIN,10/25/2026 01:05 PM,"client_version2"',
    "a,PC-01,LOGOUT,10/05/2026 09:30 AM,",
    "b,PC-01,LOGIN,10/05/2026 09:30 AM,",
    "a,PC-01,LOGIN,10/05/2026 09:00 AM,",
)


def test_what_the_page_history_exports(desk: Desk, tmp_path: Path) -> None:
    preview = preview_of(desk, written(tmp_path, *HISTORY))
    assert [each.minutes for each in preview.sessions] == [None, None, 30]
    assert [each.local_date for each in preview.sessions] == [
        "2026-10-25",
        "2026-10-05",
        "2026-10-05",
    ]
    desk.importing.commit(preview)
    lines = (
        Lines()
        .add("09:00:07", "LOGIN", "a")
        .add("09:30:11", "LOGOUT", "a")
        .add("09:30:40", "LOGIN", "b", sid="s2")
    )
    assert brought(desk, tmp_path, lines)["added"] == 0, "the table has seconds too"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_exports_in_every_dress(desk: Desk, tmp_path: Path, encoding: str, separator: str) -> None:
    titles = ("username", "client_name", "action", "created_on", "session_id", "info")
    rows = (
        ("a", "PC-01", "LOGIN", "2026-10-05 09:00:00", "s1", r"{\"client_version\": \"2\"}"),
        (r"\N", "PC-01", "LOGOUT", "2026-10-05 09:30:00", "s1", r"\N"),
    )
    lines = [separator.join(f'"{cell}"' for cell in row) for row in (titles, *rows)]
    preview = preview_of(desk, written(tmp_path, *lines, encoding=encoding))
    assert [each.minutes for each in preview.sessions] == [30]


def test_days_with_sessions_ask(desk: Desk, tmp_path: Path) -> None:
    desk.session_mending.enter_total(date(2026, 10, 5), {Sex.UNKNOWN: 3})
    lines = Lines().add("09:00:00", "LOGIN").add("09:30:00", "LOGOUT")
    preview = previewed(desk, tmp_path, lines)
    with pytest.raises(RuleError) as caught:
        desk.importing.commit(preview)
    assert caught.value.code == "sessions_recorded"
    assert desk.importing.commit(preview, add_to_existing=True) is not None


def test_a_session_that_went_on_when_it_was_exported(desk: Desk, tmp_path: Path) -> None:
    lines = Lines().add("09:00:00", "LOGIN")
    brought(desk, tmp_path, lines, "morning.csv")
    result = brought(desk, tmp_path, lines.add("09:30:00", "LOGOUT"), "evening.csv")
    assert (result["sessions"], result["ended"], result["unchanged"]) == (0, 1, 2)
    assert minutes(desk) == [30]


def test_what_is_no_export_of_libki(desk: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, "username,client_name,action", "a,b,LOGIN")
    with pytest.raises(FileError) as caught:
        desk.importing.preview(path, known=What.LIBKI)
    assert caught.value.code == "not_libki"
    assert "username, client_name, action" in str(caught.value)


def test_nik_as_a_user_name_is_not_kept(desk: Desk, tmp_path: Path) -> None:
    nik = "6201015203990001"
    lines = Lines().add("09:00:00", "LOGIN", nik).add("9:90", "LOGIN", nik)
    preview = previewed(desk, tmp_path, lines)
    target = tmp_path / "refused.csv"
    assert desk.importing.write_rejects(preview, target) == 1
    assert nik not in target.read_text("utf-8-sig") + repr(preview)
