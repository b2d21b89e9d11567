"""A file comes in as one step, adds only what exceeds, and goes as one step."""

from __future__ import annotations

import csv
import io
import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perpudesk.branch.model import USUAL_WEEK
from perpudesk.core.codes import Sex
from perpudesk.core.errors import FileError, RuleError
from perpudesk.core.times import FixedClock
from perpudesk.core.topics import Topic
from perpudesk.desk import Desk
from perpudesk.importing.model import Preview
from perpudesk.patrons.model import PatronDraft
from perpudesk.visits.model import VisitDraft
from tests.importing.conftest import ENGLISH, TITLES, Write, as_csv, guest, member

SHARED = Path(__file__).parents[3] / "shared" / "data"
WEEK = [f"2026-10-{day:02} 09:{day:02}:07" for day in range(5, 10)]


def bring(desk: Desk, path: Path, *, names: bool = False) -> dict[str, object]:
    """Import a file as the command does; the result for programs."""
    preview = desk.importing.preview(path, names=names)
    return desk.importing.result(preview, desk.importing.commit(preview))


def added(desk: Desk, path: Path) -> tuple[object, object]:
    result = bring(desk, path)
    return result["added"], result["unchanged"]


def test_a_file_comes_in_and_goes_as_one_step(desk: Desk, write: Write) -> None:
    path = write(*(member(f"M{at}", when) for at, when in enumerate(WEEK)), guest("kemarin"), [])
    told: list[Topic] = []
    desk.subscribe(told.append)
    preview = desk.importing.preview(path)
    assert (desk.visits.count(), told) == (0, [])
    batch = desk.importing.commit(preview)
    assert batch is not None
    assert json.loads(json.dumps(desk.importing.result(preview, batch))) == {
        "batch": batch.id,
        "read": 7,
        "added": 5,
        "unchanged": 0,
        "refused": 1,
        "left_out": 1,
        "people": 5,
        "reasons": {"bad_date": 1, "blank_row": 1},
        "names": False,
        "patrons": 0,
        "named": 0,
        "first": "2026-10-05",
        "last": "2026-10-09",
    }
    assert desk.visits.day_totals(date(2026, 10, 1), date(2026, 10, 31)) == {
        date(2026, 10, day): 1 for day in range(5, 10)
    }
    assert set(told) == {Topic.VISITS, Topic.PATRONS}
    assert desk.batches.standing() == [batch]
    assert (batch.file_name, batch.result["added"]) == ("pengunjung.csv", 5)
    visit = desk.visits.page(0, 1)[0]
    assert (visit.type, visit.institution, visit.profile.sex) == ("member", "SDN 1", Sex.UNKNOWN)
    assert (visit.patron_id, visit.batch_id, visit.count) == (None, batch.id, 1)

    desk.batches.undo(batch.id)
    assert (desk.visits.count(), desk.batches.standing()) == (0, [])
    with pytest.raises(RuleError):
        desk.batches.undo(batch.id)
    assert added(desk, path) == (5, 0)
    desk.check()


def test_the_same_bytes_are_not_read_again(
    desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(*map(guest, WEEK), guest(""))
    first = bring(desk, path)
    with monkeypatch.context() as patch:
        patch.setattr("perpudesk.importing.guide.read_table", None)
        again = desk.importing.preview(path)
    assert again.same_as == first["batch"]
    assert desk.importing.commit(again) is None
    assert desk.importing.result(again, None) == {
        **first,
        "batch": None,
        "added": 0,
        "unchanged": 5,
    }
    assert len(desk.batches.standing()) == 1


def test_the_same_bytes_are_read_again_where_they_may_say_more(
    desk: Desk, write: Write, fixed_clock: FixedClock
) -> None:
    path = write(guest(WEEK[0]), guest("2026-11-24 09:00:00"))
    assert added(desk, path) == (1, 0)
    fixed_clock.advance(days=2)
    assert added(desk, path) == (1, 1)
    named = write(member("M1", WEEK[0], "Siti"), name="named.csv")
    assert added(desk, named) == (1, 0)
    assert bring(desk, named, names=True)["patrons"] == 1
    assert desk.importing.preview(named, names=True).same_as is not None


def test_an_undone_import_is_no_longer_the_same(desk: Desk, write: Write) -> None:
    one = write(*map(guest, WEEK[:3]), name="one.csv")
    both = write(*map(guest, WEEK), name="both.csv")
    first = desk.importing.commit(desk.importing.preview(one))
    assert first is not None
    assert added(desk, both) == (2, 3)
    desk.batches.undo(first.id)
    assert added(desk, both) == (3, 2)


def test_overlapping_lists_and_real_doubles_come_out_right(desk: Desk, write: Write) -> None:
    assert added(desk, write(*map(guest, WEEK[:3]))) == (3, 0)
    assert added(desk, write(*map(guest, WEEK[1:]))) == (2, 2)
    doubled = write(*map(guest, [*WEEK, WEEK[0]]))
    assert added(desk, doubled) == (1, 5)
    shuffled = [*WEEK, WEEK[0]]
    random.Random(1).shuffle(shuffled)
    assert added(desk, write(*map(guest, shuffled))) == (0, 6)


def test_what_was_edited_or_removed_here_does_not_come_back(desk: Desk, write: Write) -> None:
    bring(desk, write(*map(guest, WEEK)))
    one, other = desk.visits.page(0, 2)
    desk.visits.remove(one.id)
    desk.visits.change(other.id, VisitDraft(on=date(2026, 9, 1)))
    assert added(desk, write(*map(guest, reversed(WEEK)))) == (0, 5)
    assert desk.visits.count() == 4


def as_xlsx(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy hh:mm"}) as made:
        sheet = made.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return path


def test_one_list_in_every_dress_is_one_list(desk: Desk, tmp_path: Path) -> None:
    rows = [
        ("198503152010011003", "Siti  Aminah", "Guru", "SMPN 2", "", "2026-10-05 09:41:07"),
        ("000123", "René O'Brien", "Siswa", "", "Ruang Baca", "2026-10-06 10:00:00"),
        ("NON-MEMBER", "Tamu\nDua", "NON-MEMBER", "Umum", "", "2026-10-06 10:00:00"),
        ("NON-MEMBER", "Tamu\nDua", "NON-MEMBER", "Umum", "", "2026-10-06 10:00:00"),
    ]
    files = []

    def write(name: str, data: bytes) -> None:
        files.append(tmp_path / name)
        files[-1].write_bytes(data)

    write("plain.csv", as_csv([TITLES, *rows]).encode())
    write("semicolon.csv", as_csv([TITLES, *rows], ";").encode("utf-8-sig"))
    write("tab.txt", as_csv([ENGLISH, *rows], "\t").encode("utf-16"))
    write("windows.csv", as_csv([["Daftar"], [], TITLES, *rows, []]).encode("cp1252"))
    write("escaped.csv", as_csv([TITLES, *rows]).replace("O'", "O\\'").encode())
    turned = [tuple(reversed(row)) for row in (ENGLISH, *rows)]
    write("turned.csv", as_csv(turned).encode())
    files.append(as_xlsx(tmp_path / "text.xlsx", [TITLES, *rows]))
    cells = [
        (int(row[0]) if row[0].isdecimal() else row[0], *row[1:5], datetime.fromisoformat(row[5]))
        for row in rows
    ]
    files.append(as_xlsx(tmp_path / "cells.xlsx", [TITLES, *cells]))
    resaved = [
        ("1,98503E+17" if row[0][0] == "1" else row[0].lstrip("0"), *row[1:5],
         f"{row[5][8:10]}/{row[5][5:7]}/2026 {row[5][11:16]}")
        for row in rows
    ]  # fmt: skip
    write("resaved.csv", as_csv([TITLES, *resaved], ";").encode("cp1252"))
    for path in files:
        for other in files:
            first = bring(desk, path)
            assert (first["added"], first["read"]) == (
                4,
                first["unchanged"] + first["left_out"] + 4,
            ), path.name  # type: ignore[operator]
            assert bring(desk, other)["added"] == 0, (path.name, other.name)
            desk.batches.undo(str(first["batch"]))


def test_dates_of_excel_without_a_time_are_the_days_of_a_timed_list(
    desk: Desk, write: Write, tmp_path: Path
) -> None:
    path = tmp_path / "days.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, TITLES)
        for at, when in enumerate(WEEK, 1):
            sheet.write_row(at, 0, guest("")[:5])
            sheet.write_datetime(at, 5, datetime.fromisoformat(when[:10]))
    assert added(desk, path) == (5, 0)
    assert {visit.moment.local_hour for visit in desk.visits.page(0, 9)} == {None}
    assert added(desk, write(*map(guest, WEEK))) == (0, 5)


def test_quotation_marks_that_swallow_hundreds_of_rows_say_of_how_many(
    desk: Desk, tmp_path: Path
) -> None:
    rows = [
        f"M{at},Nama {at},Siswa,SD,R,{at % 20 + 1:02}-10-2026 08:{at % 60:02}"
        for at in range(1_000)
    ]
    rows[10] = rows[10].replace("Nama", '"Nama')
    rows[700] = rows[700].replace("Nama", '"Nama')
    path = tmp_path / "list.csv"
    path.write_text("\n".join([",".join(TITLES), *rows]), "utf-8")
    reading = desk.importing.preview(path).reading
    assert reading is not None
    (aside,) = reading.refused
    assert len(reading.visits) + aside.visits == 1_000


def test_another_import_meanwhile_makes_a_preview_stale(desk: Desk, write: Write) -> None:
    stale = desk.importing.preview(write(*map(guest, WEEK)))
    bring(desk, write(guest(WEEK[0]), name="other.csv"))
    with pytest.raises(RuleError) as caught:
        desk.importing.commit(stale)
    assert caught.value.code == "imports_changed"
    assert desk.visits.count() == 1


def test_a_member_known_here_is_linked_with_what_cannot_have_changed(
    desk: Desk, write: Write
) -> None:
    siti = desk.patrons.add(
        PatronDraft(
            name="Siti", member_number="M1", sex=Sex.FEMALE, birth_year=1990, occupation="teacher"
        )
    )
    desk.patrons.add(PatronDraft(name="Budi", member_number="M2", age_band="17-25"))
    bring(desk, write(member("M1", "2019-10-05 09:00:00"), member("M2", WEEK[0])))
    budi, visit = desk.visits.page(0, 9)
    assert (visit.patron_id, visit.patron_name) == (siti.id, "Siti")
    assert (visit.profile.sex, visit.profile.age_years) == (Sex.FEMALE, 29)
    assert visit.profile.occupation == "unknown"
    assert (budi.patron_name, budi.profile.age_band) == ("Budi", None)
    assert desk.patrons.count() == 2


def test_names_become_patrons_only_when_asked(desk: Desk, write: Write) -> None:
    rows = [
        member("M1", WEEK[0], "Siti Aminah"),
        member("M1", WEEK[1], "Siti Aminah S.Pd"),
        member("M2", WEEK[0], "6201010101010001"),
        member("1,2E+17", WEEK[0], "Budi"),
        member("M3", WEEK[0], "M3"),
        member("M4", WEEK[0], "x" * 201),
        guest(WEEK[0], "Tamu"),
    ]
    path = write(*rows)
    result = bring(desk, path)
    assert (result["people"], result["patrons"], desk.patrons.count()) == (4, 0, 0)
    desk.batches.undo(str(result["batch"]))

    preview = desk.importing.preview(path, names=True)
    assert preview.newcomers == {"M1": "Siti Aminah S.Pd"}
    batch = desk.importing.commit(preview)
    assert batch is not None
    (patron,) = desk.patrons.page(0, 9)
    assert (patron.name, patron.member_number) == ("Siti Aminah S.Pd", "M1")
    assert patron.registered_on == date(2026, 11, 23)
    assert [each.id for each in desk.patrons.find("siti")] == [patron.id]
    linked = [visit for visit in desk.visits.page(0, 9) if visit.patron_id == patron.id]
    assert len(linked) == 2
    assert desk.importing.preview(path, names=True).nothing_new

    desk.batches.undo(batch.id)
    assert (desk.patrons.count(), desk.patrons.find("siti")) == (0, [])
    again = desk.importing.preview(path, names=True)
    desk.importing.commit(again)
    assert [each.id for each in desk.patrons.page(0, 9)] == [patron.id]
    desk.check()


def named(desk: Desk, day: date) -> dict[str, int]:
    """Visits of a day by the patron's name."""
    found = Counter(visit.patron_name or "" for visit in desk.visits.of_day(day))
    return dict(sorted(found.items()))


def test_names_that_are_wanted_later_are_given_to_the_visits_that_are_here(
    desk: Desk, write: Write
) -> None:
    monday, tuesday = date(2026, 10, 5), date(2026, 10, 6)
    rows = [member("M1", WEEK[0], "Siti"), member("M2", WEEK[0], "Budi"), guest(WEEK[0])]
    path = write(*rows, member("M1", WEEK[1], "Siti"))
    bring(desk, path)
    edited = next(each for each in desk.visits.of_day(tuesday))
    desk.visits.change(edited.id, replace(edited.draft(desk.store.author.zone), note="diubah"))
    assert named(desk, monday) == {"": 3}
    preview = desk.importing.preview(path, names=True)
    assert (preview.counts["patrons"], preview.counts["named"]) == (2, 2)
    batch = desk.importing.commit(preview)
    assert batch is not None
    assert named(desk, monday) == {"": 1, "Budi": 1, "Siti": 1}
    assert (named(desk, tuesday), desk.visits.count()) == ({"": 1}, 4)
    assert desk.importing.preview(path, names=True).nothing_new

    desk.batches.undo(batch.id)
    assert (named(desk, monday), desk.patrons.count()) == ({"": 3}, 0)
    assert bring(desk, path, names=True)["named"] == 2
    assert named(desk, monday) == {"": 1, "Budi": 1, "Siti": 1}
    desk.check()


def test_visits_known_to_the_day_and_members_known_since_are_named_too(
    desk: Desk, write: Write
) -> None:
    bring(desk, write(member("M1", WEEK[0][:10], "Siti"), name="days.csv"))
    siti = desk.patrons.add(PatronDraft(name="Siti A", member_number="M1", sex=Sex.FEMALE))
    path = write(member("M1", WEEK[0], "Siti"))
    preview = desk.importing.preview(path, names=True)
    assert (preview.counts["added"], preview.counts["named"]) == (0, 1)
    batch = desk.importing.commit(preview)
    assert batch is not None
    (visit,) = desk.visits.of_day(date(2026, 10, 5))
    assert (visit.patron_id, visit.profile.sex) == (siti.id, Sex.UNKNOWN)
    desk.visits.change(visit.id, replace(visit.draft(desk.store.author.zone), note="diubah"))
    desk.batches.undo(batch.id)
    (visit,) = desk.visits.of_day(date(2026, 10, 5))
    assert (visit.patron_id, visit.note) == (siti.id, "diubah")


def test_names_may_be_wanted_and_not_any_more(desk: Desk, write: Write) -> None:
    plain = desk.importing.preview(write(member("M1", WEEK[0], "Siti")))
    named = desk.importing.named(plain)
    assert (named.newcomers, named.counts["patrons"]) == ({"M1": "Siti"}, 1)
    assert desk.importing.unnamed(named) == plain


def test_somebody_removed_here_is_not_brought_back(desk: Desk, write: Write) -> None:
    path = write(member("M1", WEEK[0], "Siti"), member("M2", WEEK[0], "Budi"))
    bring(desk, path, names=True)
    typed = desk.patrons.add(PatronDraft(name="Rina", member_number="M3"))
    for patron in [*desk.patrons.find("siti"), typed]:
        desk.patrons.remove(patron.id)
    later = write(*(member(f"M{at}", WEEK[1], "Siti") for at in (1, 2, 3)), name="later.csv")
    assert bring(desk, later, names=True)["patrons"] == 0
    assert [each.name for each in desk.patrons.page(0, 9)] == ["Budi"]
    names = {visit.patron_name for visit in desk.visits.of_day(date(2026, 10, 6))}
    assert names == {None, "Budi"}


def test_refused_rows_are_written_so_that_they_can_be_mended(
    desk: Desk, write: Write, tmp_path: Path
) -> None:
    path = write(
        guest(WEEK[0]),
        guest("kemarin", "=cmd|'/c calc'!A0", "@SUM(A1)"),
        guest("", "+62", "-x"),
        guest("besok", "\tx", "a\r\nb"),
        ["Total", "3"],
    )
    rejects = tmp_path / "ditolak.csv"
    preview = desk.importing.preview(path)
    assert desk.importing.write_rejects(preview, rejects) == 3
    data = rejects.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [row[0] for row in rows[1:]] == ["3", "4", "5"]
    assert rows[0][3:] == list(TITLES)
    assert not any(
        cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row
    )
    assert rows[1][4:7] == ["'=cmd|'/c calc'!A0", "NON-MEMBER", "'@SUM(A1)"]
    assert rows[3][6] == "a\r\nb"

    desk.importing.commit(preview)
    again = desk.importing.preview(path)
    assert again.reading is None
    assert desk.importing.write_rejects(again, rejects) == 3
    assert rejects.read_bytes() == data
    mended = data.decode("utf-8-sig").replace("kemarin", WEEK[1]).replace("besok", WEEK[2])
    rejects.write_text(mended.replace(",-x,,", f",-x,,{WEEK[3]}"), "utf-8")
    assert added(desk, rejects)[0] == 2
    assert {visit.institution for visit in desk.visits.page(0, 9)} == {None, "@SUM(A1)", "a b"}


def test_refused_rows_of_a_joined_list_stand_under_their_own_header(
    desk: Desk, write: Write, tmp_path: Path
) -> None:
    old = ("1", "Ani", "Siswa", "SD 1", "x")
    new = member("2", "y")
    without = (*ENGLISH[:4], ENGLISH[5])
    rejects = tmp_path / "ditolak.csv"
    preview = desk.importing.preview(write(old, TITLES, new, member("3", ""), titles=without))
    assert desk.importing.write_rejects(preview, rejects) == 3
    text = rejects.read_text("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert [tuple(row[3:]) for row in rows] == [without, old, TITLES, new, member("3", "")]
    rejects.write_text(
        text.replace(",x\n", f",{WEEK[0]}\n").replace(",y\n", f",{WEEK[1]}\n"), "utf-8"
    )
    reading = desk.importing.preview(rejects).reading
    assert reading is not None
    assert [visit.institution for visit in reading.visits] == ["SD 1", "SDN 1"]


def test_the_list_itself_is_not_written_over(desk: Desk, write: Write, tmp_path: Path) -> None:
    path = write(guest("kemarin"))
    before = path.read_bytes()
    preview = desk.importing.preview(path)
    with pytest.raises(FileError) as caught:
        desk.importing.write_rejects(preview, tmp_path / "data" / ".." / path.name)
    assert caught.value.code == "rejects_over_list"
    with pytest.raises(FileError):
        desk.importing.write_rejects(preview, tmp_path / "nowhere" / "x.csv")
    assert path.read_bytes() == before


def refusal(desk: Desk, path: Path) -> str:
    with pytest.raises(FileError) as caught:
        desk.importing.preview(path)
    sentence = caught.value.sentence()
    assert path.name in sentence
    assert "{" not in sentence
    assert (desk.visits.count(), desk.batches.standing()) == (0, [])
    return caught.value.code


def test_other_lists_are_refused_with_what_was_looked_for(desk: Desk, write: Write) -> None:
    path = write(["1", "2"], titles=["NoAnggota", "Nama"])
    assert refusal(desk, path) == "not_visitor_list"
    with pytest.raises(FileError) as caught:
        desk.importing.preview(path)
    for words in ("Tanggal Kunjungan", "Visit Date", "NoAnggota, Nama"):
        assert words in caught.value.sentence()
    twice = write(guest(WEEK[0]), titles=[*TITLES, "Institusi"])
    assert refusal(desk, twice) == "column_twice"


def test_further_sheets_with_a_list_are_named(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(path) as made:
        for name in ("September", "Oktober", "Lain"):
            sheet = made.add_worksheet(name)
            sheet.write_row(0, 0, TITLES if name != "Lain" else ["x"])
    reading = desk.importing.preview(path).reading
    assert reading is not None
    assert reading.remarks[0].params == {"sheets": "Oktober"}


def test_a_header_alone_adds_nothing(desk: Desk, write: Write) -> None:
    preview = desk.importing.preview(write())
    assert desk.importing.commit(preview) is None
    assert desk.importing.result(preview, None)["read"] == 0


def test_progress_may_end_it_and_nothing_was_stored(desk: Desk, write: Write) -> None:
    def stop(*_told: int) -> None:
        raise InterruptedError

    path = write(*(guest(WEEK[0]) for _ in range(2_100)))
    with pytest.raises(InterruptedError):
        desk.importing.preview(path, report=stop)
    assert desk.visits.count() == 0


def test_a_failure_in_the_middle_leaves_nothing(
    desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    whose = desk.importing._whose
    preview = desk.importing.preview(write(*map(guest, WEEK)), names=True)

    def fail(_preview: Preview) -> object:
        yield from whose.__class__.linked(whose, preview)
        raise RuntimeError

    monkeypatch.setattr(whose, "linked", fail)
    with pytest.raises(RuntimeError):
        desk.importing.commit(preview)
    assert (desk.visits.count(), desk.batches.standing()) == (0, [])
    monkeypatch.undo()
    assert desk.importing.commit(preview) is not None


CHUNKS = st.lists(
    st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from(WEEK[:3])), max_size=6),
    max_size=4,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chunks=CHUNKS, order=st.randoms())
def test_files_in_any_order_and_as_often_as_you_like_give_the_same(
    tmp_path_factory: pytest.TempPathFactory,
    fixed_clock: FixedClock,
    chunks: list[list[tuple[str, str]]],
    order: random.Random,
) -> None:
    totals = []
    for turn in range(2):
        folder = tmp_path_factory.mktemp("any")
        with Desk(folder / "data", clock=fixed_clock) as desk:
            desk.branch.set_up(name="Uji", zone="WIT", opening_hours=USUAL_WEEK)
            places = [*range(len(chunks)), *range(len(chunks))]
            if turn:
                order.shuffle(places)
            for place in places:
                path = folder / f"{place}.csv"
                rows = [TITLES, *(member(number, when) for number, when in chunks[place])]
                path.write_text(as_csv(rows), "utf-8", newline="")
                result = bring(desk, path)
                assert result["read"] == result["added"] + result["unchanged"]  # type: ignore[operator]
            totals.append(desk.visits.day_totals(date(2026, 10, 1), date(2026, 10, 31)))
    assert totals[0] == totals[1]
    most: dict[tuple[str, str], int] = {}
    for chunk in chunks:
        for row in chunk:
            most[row] = max(most.get(row, 0), chunk.count(row))
    assert sum(totals[0].values()) == sum(most.values())


def test_naughty_strings_come_in_as_text_or_are_refused(desk: Desk, write: Write) -> None:
    source = SHARED / "naughty-strings.json"
    strings = json.loads(source.read_text("utf-8")) if source.exists() else ["<b>", "=1", "'; --"]
    rows = [guest(WEEK[at % 5], text, text) for at, text in enumerate(strings)]
    rows += [(text, text, text, text, text, WEEK[0]) for text in strings]
    rows += [guest(text, text) for text in strings]
    result = bring(desk, write(*rows), names=True)
    assert result["added"] + result["refused"] + result["left_out"] == result["read"]  # type: ignore[operator]
    assert result["read"] == len(rows)
    assert desk.visits.count() == result["added"]
    desk.check()
