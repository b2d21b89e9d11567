"""A file is looked at before it is believed; each that is no list gets its sentence."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from perpudesk.core import i18n
from perpudesk.core.errors import FileError
from perpudesk.importing import reading
from perpudesk.importing.delimited import Row
from perpudesk.importing.reading import Table, first_words, read_table, take
from tests.importing.test_workbook import book


def is_header(row: Row) -> bool:
    return list(row[:2]) == ["a", "b"]


def table(path: Path) -> Table | None:
    return read_table(take(path), is_header, lambda _done, _total: None)


def refused(path: Path) -> str:
    with pytest.raises(FileError) as caught:
        table(path)
    sentence = caught.value.sentence()
    assert path.name in sentence
    assert "{" not in sentence
    return caught.value.code


@pytest.mark.parametrize("name", ["list.csv", "list.xlsx", "list.jpg", "list"])
def test_the_kind_is_told_by_the_bytes_and_not_by_the_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"a,b\n1,2\n")
    assert table(path) == Table(rows=[["a", "b"], ["1", "2"]])
    path.write_bytes(book([["a", "b"], [1, 2]], [["a", "b"]]))
    assert table(path) == Table(rows=[["a", "b"], ["1", "2"]], other_sheets=["Sheet2"])


@pytest.mark.parametrize(
    "data,code",
    [
        (b"", "file_empty"),
        (b"\xef\xbb\xbf\r\n \0", "file_empty"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "file_is_picture"),
        (b"\x89PNG\r\n\x1a\n", "file_is_picture"),
        (b"GIF89a", "file_is_picture"),
        (b"BM\x36\x10\x0e\0\0\0\0\0\x36", "file_is_picture"),
        (b"RIFF\x24\n\0\0WEBPVP8 ", "file_is_picture"),
        (b"\0\0\0\x18ftypheic", "file_is_picture"),
        (b"II*\0\x08\0\0\0", "file_is_picture"),
        (b"%PDF-1.7", "file_is_pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "locked_workbook"),
        (b"\x1f\x8b\x08", "file_is_packed"),
        (b"Rar!\x1a\x07", "file_is_packed"),
        (b"7z\xbc\xaf'\x1c", "file_is_packed"),
        (b"PK\x03\x04", "broken_workbook"),
    ],
)
def test_what_is_no_list(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "pengunjung.csv"
    path.write_bytes(data)
    assert refused(path) == code


def test_a_database_from_outside_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "pengunjung.csv"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE x (y)")
    connection.close()
    assert refused(path) == "file_is_database"


def test_what_is_no_file(tmp_path: Path) -> None:
    assert refused(tmp_path) == "file_is_folder"
    assert refused(tmp_path / "nothing.csv") == "no_such_file"
    (tmp_path / "file").touch()
    assert refused(tmp_path / "file" / "below.csv") == "no_such_file"
    with pytest.raises(FileError) as caught:
        take(Path("a\0b"))
    assert caught.value.code == "file_not_read"
    assert refused(tmp_path / ("x" * 300)) == "file_not_read"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refused(tmp_path / "pipe") == "not_a_file"


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"a,b\n")

    def refuse(*_words: object, **_more: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refuse)  # root, who runs tests in places, may read anything
    assert refused(path) == "may_not_read"


def test_limits_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"a,b\n" + b"1,2\n" * 10)
    with monkeypatch.context() as patch:
        patch.setattr(reading, "MOST_BYTES", 20)
        assert refused(path) == "file_too_large"
    monkeypatch.setattr(reading, "MOST_ROWS", 10)
    assert refused(path) == "too_many_rows"
    monkeypatch.setattr(reading, "MOST_ROWS", 11)
    assert table(path) is not None


def test_without_a_header_it_says_how_the_file_begins(tmp_path: Path) -> None:
    i18n.use("en")
    for data in (b"\n\x07Nama,  Umur\n", book([[], ["Nama", "Umur"]])):
        path = tmp_path / "list"
        path.write_bytes(data)
        assert table(path) is None
        assert first_words(take(path)) == "Nama, Umur"
    path.write_bytes(b"x" * 500)
    assert first_words(take(path)) == "x" * 120 + "…"
