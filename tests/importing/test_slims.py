"""What the rows of a SLiMS visitor list say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpudesk.importing.model import Reading
from perpudesk.importing.slims import Columns, columns_of, is_header, read, twice
from tests.importing.conftest import ENGLISH, TITLES, guest, member

NOW = datetime(2026, 11, 23, 2, 41, 7, tzinfo=UTC)
WHEN = "2026-10-05 09:41:07"


def reading(*rows: Sequence[str], titles: Sequence[str] = TITLES, key: bytes = b"k") -> Reading:
    found = read(
        [titles, *rows],
        key=key,
        where=ZoneInfo("Asia/Jakarta"),
        now=NOW,
        report=lambda _done, _total: None,
    )
    assert found.read == len(rows)
    return found


def asides(found: Reading) -> list[tuple[int, str]]:
    return [(each.row, each.problem.code) for each in (*found.refused, *found.left_out)]


@pytest.mark.parametrize(
    "titles",
    [
        TITLES,
        ENGLISH,
        TITLES[:4] + TITLES[5:],
        ENGLISH[:4] + ENGLISH[5:],
        (*TITLES, "", " "),
        ("", *reversed(ENGLISH)),
        [title.upper() for title in TITLES],
        [f"  {title.replace(' ', '   ')} :" for title in TITLES],
        [title.upper().replace(" ", "_") for title in ENGLISH],
        (*TITLES[:3], *ENGLISH[3:]),
        ("No", *TITLES, "Keterangan"),
    ],
)
def test_a_header_is_known_in_any_order_and_dress(titles: Sequence[str]) -> None:
    assert is_header(titles)
    values = dict(zip(TITLES, member("M1", WHEN), strict=True))
    values |= dict(zip(ENGLISH, member("M1", WHEN), strict=True))
    plain = {title.casefold(): value for title, value in values.items()}
    row = [
        plain.get(" ".join(title.strip(" :").replace("_", " ").split()).casefold(), "")
        for title in titles
    ]
    (visit,) = reading(row, titles=titles).visits
    assert (visit.number, visit.institution, visit.occurred_at) == (
        "M1",
        "SDN 1",
        "2026-10-05T02:41:07.000Z",
    )


@pytest.mark.parametrize(
    "titles",
    [
        (),
        TITLES[:5],
        TITLES[1:],
        ("NoAnggota", "Nama", "Status_id", "CreateDate"),
        (" ".join(TITLES),),
    ],
)
def test_other_headers_are_not(titles: Sequence[str]) -> None:
    assert not is_header(titles)


def test_where_the_parts_stand() -> None:
    assert columns_of(TITLES) == Columns(0, 1, 2, 3, 4, 5)
    assert columns_of((*ENGLISH[:4], "", ENGLISH[5])) == Columns(0, 1, 2, 3, -1, 5)
    assert twice([[], TITLES]) is None
    assert twice([(*TITLES, "Visit Date ")]) == "Tanggal Kunjungan"


@pytest.mark.parametrize(
    "number,kind,expected",
    [
        ("M1", "Siswa", "member"),
        ("M1", "NON-MEMBER", "member"),  # a member then, deleted since
        ("1,23457E+17", "Guru", "member"),
        ("x" * 61, "Guru", "member"),
        ("", "Siswa", "member"),
        ("NON-MEMBER", "NON-MEMBER", "non_member"),
        ("non-member", "", "non_member"),
        ("", "", "unknown"),
    ],
)
def test_who_was_a_member(number: str, kind: str, expected: str) -> None:
    (visit,) = reading((number, "Siti", kind, "", "", WHEN)).visits
    assert visit.type == expected


def test_a_visit_of_somebody_unknown_counts_and_a_double_scan_twice() -> None:
    found = reading(guest(WHEN), guest(WHEN), member("M1", WHEN), member("M1", WHEN))
    assert len({visit.id for visit in found.visits}) == 4
    assert (found.people, found.reasons()) == (1, {})


def test_people_are_numbers_that_can_be_relied_on() -> None:
    found = reading(
        member("1,23457E+17", WHEN, "Siti"),
        member("1,23457E+17", WHEN, "Budi"),
        member("M1", "2026-10-05 08:00:00", "Agus Old"),
        member("M1", "2026-10-06 08:00:00", "Agus New"),
        member("M1", "2026-10-05 09:00:00", "Agus Older"),
        member("x" * 61, WHEN),
        guest(WHEN, "6201010101010001"),
    )
    assert found.names == {"M1": "Agus New"}
    assert len(found.visits) == 7
    (remark,) = found.remarks
    assert remark.problem.code == "mangled_numbers"
    assert remark.params == {"n": 2, "example": "1,23457E+17"}


def test_the_type_is_of_today_and_not_of_the_visit() -> None:
    before = reading(member("M1", WHEN, kind="Siswa")).visits
    after = reading(member("M1", WHEN, kind="NON-MEMBER")).visits
    assert before == after


@pytest.mark.parametrize(
    "one,other",
    [
        (("M1", "Rene\u0301", "A", "SD  1", "", WHEN), ("M1", "René", "A", "SD 1\n", " ", WHEN)),
        (("", "Siti", "", "", "", WHEN), ("NON-MEMBER", " Siti ", "NON-MEMBER", "", "", WHEN)),
        (
            ("198503152010011003", "S", "A", "", "", "2026-10-05 09:41"),
            ("1,98503E+17", "S", "A", "", "", "05/10/2026 09.41"),
        ),
    ],
)
def test_rows_that_say_the_same(one: Sequence[str], other: Sequence[str]) -> None:
    assert reading(one).visits[0].id == reading(other).visits[0].id


def test_a_list_without_rooms_says_the_same_as_one_with_blank_rooms() -> None:
    with_room = reading(guest(WHEN)).visits
    row = guest(WHEN)
    without = reading(row[:4] + row[5:], titles=TITLES[:4] + TITLES[5:]).visits
    assert with_room == without


def test_another_room_institution_name_or_number_is_another_visit() -> None:
    row = list(member("M1", WHEN))
    ids = {reading(row).visits[0].id}
    for place in (0, 1, 3, 4, 5):
        other = row.copy()
        other[place] = "2026-10-05 09:41:08" if place == 5 else "x"
        ids.add(reading(other).visits[0].id)
    assert len(ids) == 6


def test_refused_rows_are_named() -> None:
    found = reading(
        member("M1", ""),
        member("M1", "kemarin"),
        member("M1", "2027-01-01 09:00:00"),
        member("M1", "1899-01-01 09:00:00"),
        ("M1", "x" * 32_768, "A", "", "", WHEN),
        ("M1", "Siti,A,SD,\nM2,Budi,A,SD,2026-10-05 09:00:00", "A", "", "", WHEN),
        ("M1", "Siti", "A"),
    )
    assert asides(found) == [
        (2, "no_date"),
        (3, "bad_date"),
        (4, "in_future"),
        (5, "too_early"),
        (6, "cell_too_long"),
        (7, "run_together"),
        (8, "no_date"),
    ]
    assert [each.column for each in found.refused] == [
        *["Tanggal Kunjungan"] * 4,
        *["Nama Pengunjung"] * 2,
        "Tanggal Kunjungan",
    ]
    assert found.refused[1].cells == member("M1", "kemarin")
    assert found.reasons()["no_date"] == 2


@pytest.mark.parametrize(
    "written",
    [
        "2026-10-{day:02} 09:41:07",
        "{day:02}-10-2026 09:41",
        "{day}/10/2026 9.41",
        "{day} Oktober 2026 09:41",
        "Senin, {day} Okt 2026",
        "2026-10-{day:02}T09:41:07Z",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_two_stray_quotation_marks_swallow_no_visit(written: str, end: str, separator: str) -> None:
    rows = [
        [f"M{at}", f"Nama {at}", "Siswa", "SD", "Ruang", written.format(day=at)] for at in (5, 6, 7)
    ]
    for opened, closed in product(range(6), repeat=2):
        inside = [rows[0][opened:], rows[1], rows[2][: closed + 1]]
        drawn = end.join(map(separator.join, inside))
        (aside,) = reading([*rows[0][:opened], drawn, *rows[2][closed + 1 :]]).refused
        assert (aside.problem.code, aside.visits) == ("run_together", 3)
        assert " 3 " in aside.sentence()


@pytest.mark.parametrize(
    "row",
    [
        (*member("M1", WHEN), "rusak\nM2,Ani,Siswa,SD,R,2026-10-06 09:00:00,"),
        (*member("M1", WHEN), "rusak\nM2", *member("M2", WHEN)[1:]),
        (*member("M1", WHEN), "", "rusak\r\nM2,Ani,Siswa,SD,R,2026-10-06 09:00:00"),
        (*member("M1", WHEN), *member("M2", WHEN)),
        (*member("M1", WHEN), "", *member("M2", WHEN)),
    ],
)
def test_other_rows_beside_the_columns_or_beyond_them_are_seen(row: Sequence[str]) -> None:
    for titles in (TITLES, (*TITLES, "Keterangan"), (*TITLES, "")):
        (aside,) = reading(row, titles=titles).refused
        assert (aside.problem.code, aside.visits, aside.cells) == ("run_together", 2, tuple(row))


@pytest.mark.parametrize(
    "institution",
    [
        "Dinas Pendidikan\nKabupaten Sukamara",
        "SMA 1,\nJl. Melati No. 3, RT 1, RW 2, Kel. Mawar, Kec. A; Kab. B\rIndonesia, 74172",
        "Kunjungan SDN 1\n5 Oktober 2026",
        "RT 01 blok 12\nkamar",
    ],
)
def test_what_somebody_typed_over_several_lines_is_one_visit(institution: str) -> None:
    (visit,) = reading(guest(WHEN, institution=institution)).visits
    assert visit.institution == " ".join(institution.split())


def test_further_columns_may_hold_dates() -> None:
    further = ("No", "Alamat", "Tanggal Daftar", "Tanggal Lahir", "Catatan", "Petugas")
    row = (*member("M1", WHEN), "1", "Jl. A,\nB", WHEN, "2001-02-03", "", "")
    assert len(reading(row, titles=(*TITLES, *further)).visits) == 1


def test_notes_totals_blanks_and_headers_are_left_out() -> None:
    found = reading(
        (),
        ("", " ", ""),
        ("Total", "", "", "", "", "2"),
        ("Jumlah: 2 kunjungan",),
        ("", "", "", "", "", "Dicetak 2026"),
        ("Mengetahui,", "Kepala"),
        ("", "", "", "", "", WHEN[:10]),
        ENGLISH,
        member("M1", WHEN),
    )
    codes = [code for _, code in asides(found)]
    assert codes == [*["blank_row"] * 2, *["note_row"] * 5, "header_row"]
    assert (len(found.visits), found.refused) == (1, [])
    assert [each.value for each in found.left_out[2:4]] == ["Total", "Jumlah: 2 kunjungan"]


def test_a_row_with_a_name_and_no_type_is_still_a_row() -> None:
    found = reading(("M1", "Siti", "", "", "", WHEN), ("M1", "Siti", "", "", "", ""))
    assert (len(found.visits), asides(found)) == (1, [(3, "no_date")])


def test_a_date_and_time_alone_are_a_visit_of_nobody_known() -> None:
    (visit,) = reading(("", "", "", "", "", WHEN)).visits
    assert (visit.local_date, visit.local_hour, visit.type) == ("2026-10-05", 9, "unknown")


@pytest.mark.parametrize("name", ["Kepala Sekolah", "Nip", "Sum"])
def test_a_date_and_time_are_a_visit_whatever_the_name_begins_with(name: str) -> None:
    rows = [("", name, "", "SMA 1", "R", when) for when in (WHEN, WHEN[:10])]
    found = reading(*rows)
    assert (len(found.visits), asides(found)) == (1, [(3, "note_row")])


def test_a_second_header_may_order_its_columns_otherwise() -> None:
    row = member("M1", WHEN)
    found = reading(row, list(reversed(ENGLISH)), list(reversed(row)))
    first, second = found.visits
    assert first.id[:-1] == second.id[:-1]
    assert (first.id[-1], second.id[-1]) == ("0", "1")


def test_markup_scripts_and_formulas_are_only_text() -> None:
    texts = ["<b>SD</b>", "<script>alert(1)</script>", "=cmd|'/c calc'!A0", "@SUM(A1)", "{name}"]
    found = reading(*(guest(WHEN, text, text) for text in texts))
    assert [visit.institution for visit in found.visits] == texts
    refused = reading(*(guest(text) for text in texts)).refused
    assert all(each.value in each.sentence() for each in refused)


def test_a_long_institution_is_cut_and_said() -> None:
    found = reading(guest(WHEN, institution="x" * 201), guest(WHEN, institution="y" * 200))
    assert [len(visit.institution or "") for visit in found.visits] == [200, 200]
    (remark,) = found.remarks
    assert (remark.problem.code, remark.params["n"]) == ("institution_cut", 1)
    assert "1" in remark.sentence()


def test_a_day_without_a_time_counts_under_no_hour() -> None:
    found = reading(guest("2026-10-05"), guest(WHEN))
    day, exact = found.visits
    assert (day.precision, day.local_hour, day.occurred_at) == ("day", None, None)
    assert (exact.precision, exact.local_hour) == ("time", 9)
    assert [remark.problem.code for remark in found.remarks] == ["no_times"]


@pytest.mark.parametrize(
    "whens,code",
    [
        (["04/03/2026 09:00", "25/03/2026 09:00"], "day_first_sure"),
        (["04/03/2026 09:00", "03/25/2026 09:00"], "month_first_sure"),
        (["04/03/2026 09:00"], "day_first"),
        (["04/03/2026 9:00 AM"], "month_first"),
    ],
)
def test_how_days_were_read_is_said(whens: list[str], code: str) -> None:
    found = reading(*map(guest, whens))
    (remark,) = found.remarks
    assert remark.problem.code == code
    assert whens[0] in remark.sentence()


def test_a_list_that_writes_days_both_ways_says_which_rows_it_cannot_tell() -> None:
    found = reading(*map(guest, ["04/03/2026", "25/03/2026", "03/25/2026"]))
    assert asides(found) == [(2, "day_or_month")]
    assert len(found.visits) == 2


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_days_is_decided_under_every_header(order: int) -> None:
    without = tuple(title for title in ENGLISH if title != "Room Name")
    titles, further = [without, TITLES][::order]
    found = reading(
        ("M1", "Siti", "A", "SD", WHEN, "")[: len(titles)],
        further,
        guest("10/11/2026 08:00:00")[-len(further) :],
        guest("10/13/2026 08:00:00")[-len(further) :],
        titles=titles,
    )
    days = [visit.local_date for visit in found.visits]
    assert days[-2:] == ["2026-10-11", "2026-10-13"]


def test_columns_that_are_not_needed_are_named() -> None:
    found = reading(("1", *member("M1", WHEN), ""), titles=("No", *TITLES, "Catatan "))
    assert found.remarks[0].params == {"columns": "No, Catatan"}
    assert found.header == ("No", *TITLES, "Catatan ")


def test_totals_of_a_reading() -> None:
    found = reading(guest("2026-10-05 09:00:00"), guest("2026-09-30"), guest("2026-09-01"))
    assert found.months() == {"2026-09": 2, "2026-10": 1}
    days = found.days()
    assert days is not None
    assert [day.isoformat() for day in days] == ["2026-09-01", "2026-10-05"]
    assert reading().days() is None
    assert found.samples[0] == ("2026-10-05", "090000", "Tamu", "", "non_member", "")
    assert len(reading(*[guest(WHEN)] * 25).samples) == 20


def test_progress_may_end_it() -> None:
    def stop(*_told: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        read(
            [TITLES, *[guest(WHEN)] * 2_100],
            key=b"k",
            where=ZoneInfo("UTC"),
            now=NOW,
            report=stop,
        )


@given(st.lists(st.lists(st.text(max_size=12), max_size=8), max_size=12))
def test_whatever_stands_in_the_rows_every_row_is_accounted_for(rows: list[list[str]]) -> None:
    found = reading(*rows)
    assert len(found.visits) + len(found.refused) + len(found.left_out) == len(rows)
    for each in (*found.refused, *found.left_out):
        assert each.sentence()
