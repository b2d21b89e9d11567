"""Text with separators, however it was saved."""

from __future__ import annotations

import codecs
import json
from pathlib import Path

import pytest

from perpudesk.core.errors import FileError
from perpudesk.importing.delimited import (
    MOST_LINE,
    Row,
    decoded,
    first_words,
    read_rows,
    unescaped,
)
from tests.importing.conftest import as_csv

SPECTRUM = Path(__file__).parents[3] / "shared" / "data" / "csv-spectrum"
HEADER = ["a", "b", "c"]


def is_header(row: Row) -> bool:
    return [cell for cell in row if cell] == HEADER


def rows_of(data: str | bytes, most: int = 100) -> list[list[str]] | None:
    return read_rows(data if isinstance(data, bytes) else data.encode(), "x.csv", is_header, most)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends(separator: str, end: str) -> None:
    text = as_csv([["Laporan"], [], HEADER, ["1", "x, y; z", "3"]], separator)
    assert rows_of(text.replace("\r\n", end)) == [["Laporan"], [], HEADER, ["1", "x, y; z", "3"]]


@pytest.mark.parametrize(
    "data",
    [
        "Renée,\u201cb\u201d,c".encode(),
        codecs.BOM_UTF8 + "Renée,\u201cb\u201d,c".encode(),
        "Renée,\u201cb\u201d,c".encode("cp1252"),
        "Renée,\u201cb\u201d,c".encode("utf-16"),
        codecs.BOM_UTF16_BE + "Renée,\u201cb\u201d,c".encode("utf-16-be"),
        "Renée,\u201cb\u201d,c".encode("utf-16-le"),
        "Renée,\u201cb\u201d,c".encode("utf-16-be"),
        "\ufeffRenée,\ufeff\u201cb\u201d,c\ufeff".encode(),
        "Renée,\0\u201cb\u201d,c\0".encode(),
    ],
)
def test_encodings_and_marks_anywhere(data: bytes) -> None:
    assert decoded(data) == "Renée,\u201cb\u201d,c"


def test_lines_of_two_encodings_in_one_file() -> None:
    data = "Renée\n".encode() + "André\r\n".encode("cp1252") + b"\x81\n"
    assert decoded(data) == "Renée\nAndré\r\n\ufffd\n"


def test_quotes_hold_separators_and_lines() -> None:
    text = 'a,b,c\n"O\'Brien, ""Bob""","two\nlines",\n Budi "S" ,x\n'
    assert rows_of(text) == [HEADER, ['O\'Brien, "Bob"', "two\nlines", ""], [' Budi "S" ', "x"]]


def test_a_header_that_ends_in_a_separator() -> None:
    assert rows_of("a,b,c,\n1,2,3\n") == [[*HEADER, ""], ["1", "2", "3"]]


@pytest.mark.parametrize(
    "text,expected",
    [
        (r"O\'Brien", "O'Brien"),
        (r"a \"b\" c", 'a ""b"" c'),
        (r"O\'B \\ x\ny\r\nz", "O'B \\ x y z"),
        (r'"C:\dir\"', r'"C:\dir\"'),
        (r"C:\new\table", r"C:\new\table"),
        ("plain", "plain"),
    ],
)
def test_backslashes_only_where_they_escape(text: str, expected: str) -> None:
    assert unescaped(text) == expected


def test_an_escaped_quote_does_not_end_a_cell() -> None:
    assert rows_of('a,b,c\n"a \\"b, c\\" d",2,3\n') == [HEADER, ['a "b, c" d', "2", "3"]]


def test_an_escaped_quote_may_end_a_cell() -> None:
    assert rows_of('a,b,c\n"Layar 14\\"","x","3"\n"1","2","\\""\n"1","2","\\""') == [
        HEADER,
        ['Layar 14"', "x", "3"],
        *[["1", "2", '"']] * 2,
    ]
    plain = [HEADER, ["C:\\", 'a\\"', '"\\"'], ["1", "2", "D:\\"]]
    assert rows_of(as_csv(plain)) == plain


@pytest.mark.parametrize("text", ["", "x,y\n1,2\n", "a,b\n", "\n" * 50 + "a,b,c\n"])
def test_without_a_header_it_is_not_the_list(text: str) -> None:
    assert rows_of(text) is None


def test_no_more_rows_than_asked_for() -> None:
    assert rows_of("a,b,c\n" + "1,2,3\n" * 9, most=3) == [HEADER, *[["1", "2", "3"]] * 3]
    assert rows_of("a,b,c\n1,2,3", most=3) == [HEADER, ["1", "2", "3"]]


@pytest.mark.parametrize("text", ['a,b,c\n1,2,3\n4,"5,6\n7,8,9\n', 'a,b,c\n1,2,3\n"'])
def test_a_quote_that_is_never_closed_is_named(text: str) -> None:
    with pytest.raises(FileError) as caught:
        rows_of(text)
    assert (caught.value.code, caught.value.params["row"]) == ("unclosed_quote", 3)


def test_a_cell_longer_than_any_is_named() -> None:
    with pytest.raises(FileError) as caught:
        rows_of("a,b,c\n1,2,3\n" + "x" * 200_000 + ",2,3\n")
    assert (caught.value.code, caught.value.params["row"]) == ("cell_too_wide", 3)
    assert rows_of("x" * 200_000 + "\na,b,c\n") is None


@pytest.mark.parametrize("line", ["," * 60_000, "," * 600_000, "x" * 100_000 + "," * 200_000])
def test_a_row_longer_than_any_is_named(line: str) -> None:
    with pytest.raises(FileError) as caught:
        rows_of(f"a,b,c\n1,2,3\n{line}\n")
    assert (caught.value.code, caught.value.params["row"]) == ("row_too_long", 3)
    assert rows_of(line) is None


def test_only_the_beginning_is_looked_through_for_a_header() -> None:
    seen: list[int] = []

    def count(row: Row) -> bool:
        seen.append(len(row))
        return False

    assert read_rows(b"," * 2_000_000, "x.csv", count, 100) is None
    assert max(seen) <= MOST_LINE + 1


def test_first_words() -> None:
    assert first_words(b"\n\n , \nNama;Umur,x\n") == ["Nama;Umur", "x"]
    assert first_words(b"\n\n") == []
    assert first_words(b'"' * 9 + b"x" * 200_000 + b"\ny") == ['"' * 9 + "x" * 200_000]


@pytest.mark.skipif(not SPECTRUM.exists(), reason="the collection is not beside the checkout")
def test_the_csv_spectrum_reads_as_python_reads_it() -> None:
    import csv

    for path in sorted(SPECTRUM.glob("*.csv")):
        with path.open(encoding="utf-8", errors="replace", newline="") as file:
            expected = list(csv.reader(file))
        read = read_rows(path.read_bytes(), path.name, lambda row: True, 100)  # noqa: ARG005
        assert read is not None
        assert len(read) == len(expected), path.name
        if path.name != "location_coordinates.csv":  # which is in no encoding at all
            assert read == expected, path.name


def test_a_naughty_string_is_a_cell_like_any_other() -> None:
    source = SPECTRUM.parent / "naughty-strings.json"
    strings = json.loads(source.read_text("utf-8")) if source.exists() else ["=1+1", "<b>", "\\"]
    cells = [each.replace("\ufeff", "").replace("\0", "") for each in strings]
    cells = [each for each in cells if "\\'" not in each and '\\"' not in each]
    read = rows_of(as_csv([HEADER, *([each, "2", "3"] for each in cells)]), most=1_000)
    assert read is not None
    assert [row[0] for row in read[1:]] == cells
