"""Excel files: read as text, and looked at before they unpack."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
import xlsxwriter

from perpudesk.core.errors import FileError
from perpudesk.importing import workbook
from perpudesk.importing.delimited import Row
from perpudesk.importing.workbook import first_words, read_rows

HEADER = ["a", "b", "c"]
SHEET = "xl/worksheets/sheet1.xml"


def is_header(row: Row) -> bool:
    return list(row) == HEADER


def no_report(done: int, total: int) -> None:
    """Nobody is waiting."""


def book(*sheets: list[list[object]]) -> bytes:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"default_date_format": "dd/mm/yyyy hh:mm"}) as made:
        for rows in sheets:
            sheet = made.add_worksheet()
            for at, row in enumerate(rows):
                for place, value in enumerate(row):
                    sheet.write(at, place, value)
    return data.getvalue()


def changed(data: bytes, change: Callable[[str, bytes], bytes], **added: bytes) -> bytes:
    """The package with each part changed, and parts added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in added.items():
            new.writestr(name, content)
    return out.getvalue()


def read(data: bytes, most: int = 100) -> list[list[str]] | None:
    return read_rows(data, "x.xlsx", is_header, most, no_report)[0]


def refused(data: bytes) -> str:
    with pytest.raises(FileError) as caught:
        read(data)
    assert "x.xlsx" in caught.value.sentence()
    return caught.value.code


def test_cells_are_text() -> None:
    values: list[object] = [
        datetime.fromisoformat("2026-10-05T09:41:07.999700"),
        date(2026, 10, 5),
        123,
        123.0,
        2.5,
        198503152010011003.0,
        True,
        "=1+1",
        "two\nlines",
        None,
        "x",
        None,
    ]
    rows = read(book([["Laporan"], [], list(HEADER), values]))
    assert rows is not None
    assert rows[:3] == [["Laporan"], [], HEADER]
    assert rows[3] == [
        "2026-10-05 09:41:08",
        "2026-10-05 00:00:00",
        "123",
        "123",
        "2.5",
        "1.98503E+17",
        "TRUE",
        "=1+1",
        "two\nlines",
        "",
        "x",
    ]


@pytest.mark.parametrize(
    "shown,midnight",
    [
        ("dd/mm/yyyy", ""),
        ('[$-421]dd mmmm yyyy "hari ini";@', ""),
        ("d\\h mmm_s yy", ""),
        ("dd/mm/yyyy hh.mm", " 00:00:00"),
        ("yyyy-mm-dd HH:MM:SS", " 00:00:00"),
    ],
)
def test_a_day_is_at_midnight_only_where_the_cell_shows_a_time(shown: str, midnight: str) -> None:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as made:
        sheet, cell = made.add_worksheet(), made.add_format({"num_format": shown})
        sheet.write_row(0, 0, HEADER)
        sheet.write_datetime(1, 0, datetime.fromisoformat("2026-10-05"), cell)
        sheet.write_datetime(1, 1, datetime.fromisoformat("2026-10-05T08:10:00"), cell)
    rows = read(data.getvalue())
    assert rows is not None
    assert rows[1] == [f"2026-10-05{midnight}", "2026-10-05 08:10:00"]


def test_whole_numbers_and_control_characters_as_php_writes_them() -> None:
    def change(name: str, content: bytes) -> bytes:
        if name != SHEET:
            return content
        content = content.replace(b"<v>77</v>", b"<v>198503152010011003</v>")
        return content.replace(b"<v>78</v>", b'<f t="array" ref="A1:A2">1+1</f><v>2</v>')

    data = changed(book([list(HEADER), [77, 78, "a_x000D_b"]]), change)
    assert read(data) == [HEADER, ["198503152010011003", "=1+1", "a b"]]


def test_the_first_sheet_with_a_header_and_the_names_of_others() -> None:
    data = book([["x"]], [list(HEADER), ["1"]], [["y"]], [list(HEADER)])
    rows, others = read_rows(data, "x.xlsx", is_header, 100, no_report)
    assert rows == [HEADER, ["1"]]
    assert others == ["Sheet4"]
    assert read(book([["x"]])) is None


def test_no_more_rows_and_columns_than_asked_for() -> None:
    long = book([list(HEADER), *[["1"]] * 9, ["1"] * 90])
    assert read(long, most=3) == [HEADER, ["1"], ["1"], ["1"]]
    rows = read(long)
    assert rows is not None
    assert len(rows[-1]) == workbook.MOST_COLUMNS


def test_a_cell_far_down_does_not_make_a_million_rows() -> None:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write(1_048_575, 0, "note")
    rows = read(data.getvalue(), most=50)
    assert rows is not None
    assert len(rows) == 51


def test_progress_is_told_and_may_end_it() -> None:
    data = book([list(HEADER), *[["1"]] * 2_500])
    told: list[tuple[int, int]] = []
    read_rows(data, "x.xlsx", is_header, 5_000, lambda *each: told.append(each))
    assert told == [(1_000, 2_501), (2_000, 2_501)]

    def stop(*_told: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        read_rows(data, "x.xlsx", is_header, 5_000, stop)


def test_first_words() -> None:
    assert first_words(book([[None], [None, "Nama", "Umur"], ["x"]]), "x.xlsx") == [
        "",
        "Nama",
        "Umur",
    ]


def test_a_package_that_is_no_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("pengunjung.csv", "a,b,c")
    assert refused(out.getvalue()) == "not_a_workbook"
    with zipfile.ZipFile(out, "a") as made:
        made.writestr("content.xml", "<x/>")
    assert refused(out.getvalue()) == "open_document"
    assert refused(b"PK\3\4 and nothing more") == "broken_workbook"
    assert refused(book([list(HEADER)])[:-400]) == "broken_workbook"


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("content", [b"", b"<x", b"\xff\xfe<\0x\0>\0"])
def test_a_damaged_part_is_a_sentence(part: str, content: bytes) -> None:
    data = changed(book([list(HEADER)]), lambda name, old: content if name == part else old)
    assert refused(data) == "broken_workbook"


def test_a_damaged_byte_is_a_sentence() -> None:
    data = bytearray(book([list(HEADER), *[["1", "2", str(at)] for at in range(500)]]))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        start = package.getinfo(SHEET).header_offset + 60
    data[start : start + 4] = b"\xff\xff\xff\xff"
    assert refused(bytes(data)) == "broken_workbook"


def test_an_index_that_points_nowhere_is_a_sentence() -> None:
    data = book([list(HEADER)])
    assert refused(data[:40] + data[80:]) == "broken_workbook"


def test_a_document_type_is_refused_before_it_is_read() -> None:
    laughs = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
        b"<worksheet>&b;</worksheet>"
    )
    data = changed(book([list(HEADER)]), lambda name, old: laughs if name == SHEET else old)
    assert refused(data) == "broken_workbook"


def test_a_password_is_said_to_be_one() -> None:
    data = bytearray(book([list(HEADER)]))
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.find(mark)
        data[at + offset] |= 1
    assert refused(bytes(data)) == "locked_workbook"


def rows_xml(inside: bytes) -> bytes:
    return (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b"<sheetData>" + inside + b"</sheetData></worksheet>"
    )


@pytest.mark.parametrize(
    "inside",
    [
        b"<row></row>" * 500,
        b"<x:row></x:row>" * 500,
        b"<row>" + b"<c/>" * 3_000 + b"</row>",
        b" " * 5_000_000,
    ],
)
def test_what_would_unpack_to_too_much_is_refused_first(inside: bytes) -> None:
    data = changed(
        book([list(HEADER)]), lambda name, old: rows_xml(inside) if name == SHEET else old
    )
    assert refused(data) == "workbook_too_large"


def test_many_parts_and_large_side_parts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = book([list(HEADER)])
    limits = ("MOST_PARTS", "MOST_UNPACKED", "MOST_OTHER", "MOST_SHEET", "MOST_STRINGS")
    for name, most in ((name, 3) for name in limits):
        with monkeypatch.context() as patch:
            patch.setattr(workbook, name, most)
            assert refused(data) == "workbook_too_large"
    assert read(data) == [HEADER]


def test_a_tag_across_two_pieces_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    laughs = b"<!DOCTYPE x><worksheet/>"
    for size in range(1, 20):
        monkeypatch.setattr(workbook, "_CHUNK", size)
        data = changed(book([list(HEADER)]), lambda name, old: laughs if name == SHEET else old)
        assert refused(data) == "broken_workbook"


def test_dates_outside_the_calendar_of_excel_do_no_harm() -> None:
    def change(name: str, content: bytes) -> bytes:
        return content.replace(b"<v>46300", b"<v>99999999999") if name == SHEET else content

    day = datetime.fromisoformat("1899-12-30") + timedelta(days=46300)
    rows = read(changed(book([list(HEADER), [day]]), change))
    assert rows is not None
    assert rows[1] == ["#VALUE!"]


def test_the_last_moment_of_the_calendar_is_a_date_like_any_other() -> None:
    last = datetime.fromisoformat("9999-12-31T23:59:59.900")
    rows = read(book([list(HEADER), [last]]))
    assert rows is not None
    assert rows[1] == ["9999-12-31 23:59:59"]
