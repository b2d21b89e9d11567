"""Cells: written so that no spreadsheet runs them, read back exactly."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpudesk.core.errors import FileError
from perpudesk.leaving.model import Field, checked, read, written
from tests.backups.conftest import refused

TEXT = Field(name="note", kind="TEXT", required=False)
WHOLE = Field(name="count", kind="INTEGER", required=False)
SHARE = Field(name="value", kind="REAL", required=False)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_every_text_comes_back(text: str) -> None:
    cell = written(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerow([cell, "end"])
    stream.seek(0)
    [[again, _end]] = list(csv.reader(stream, strict=True))
    assert read(again, TEXT) == text


@given(st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_comes_back(whole: int, share: float) -> None:
    assert read(written(whole), WHOLE) == whole
    assert read(written(share), SHARE) == share


def test_nothing_is_not_an_empty_text() -> None:
    assert written(None) == ""
    assert written("") == "'"
    assert read("", TEXT) is None
    assert read("'", TEXT) == ""


@pytest.mark.parametrize("cell, field", [("two", WHOLE), ("1.5", WHOLE), ("x", SHARE)])
def test_what_is_no_number_is_refused(cell: str, field: Field) -> None:
    with pytest.raises(ValueError, match=r"invalid literal|could not convert"):
        read(cell, field)


@pytest.mark.parametrize(
    "package",
    [
        None,
        [],
        {},
        {"perpudesk": 1, "resources": []},
        {"perpudesk": {"steps": "house"}, "resources": []},
        {"perpudesk": {"steps": []}, "resources": 3},
    ],
)
def test_what_is_no_package_of_ours(package: Any) -> None:
    with refused(FileError, "no_package"):
        checked(package, "here", ("house",))


def test_a_newer_one_is_refused() -> None:
    package = {"perpudesk": {"steps": ["house", "later"]}, "resources": []}
    with refused(FileError, "package_newer"):
        checked(package, "here", ("house",))
    assert checked(package, "here", ("house", "later")) == package
