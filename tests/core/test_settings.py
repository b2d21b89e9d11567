"""The machine's own choices, which must never keep the program from starting."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpudesk.core.codes import Paper, Theme
from perpudesk.core.errors import FileError
from perpudesk.core.paths import settings_dir
from perpudesk.core.settings import Settings, change_settings, read_settings, write_settings

CHOSEN = Settings(
    language="en",
    theme=Theme.CONTRAST,
    scale=150,
    paper=Paper.F4,
    scan_gap_ms=50,
    sound=False,
    count_with_session=True,
    window="AdnQywADAAA=",
    last_folder="/srv/laporan",
    stations={"/srv/perpustakaan": "0199"},
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


def test_what_is_stored_is_read_back(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "new") == Settings()
    write_settings(CHOSEN, tmp_path / "new")
    assert read_settings(tmp_path / "new") == CHOSEN


def test_a_change_leaves_the_rest_alone(tmp_path: Path) -> None:
    write_settings(CHOSEN, tmp_path)
    assert change_settings(tmp_path, theme=Theme.DARK).theme is Theme.DARK
    assert read_settings(tmp_path).scale == 150


def test_the_machines_folder_is_the_default() -> None:
    write_settings(CHOSEN)
    assert (settings_dir() / "settings.json").exists()
    assert read_settings() == CHOSEN


def test_another_folder_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERPUDESK_SETTINGS", str(tmp_path / "shared"))
    write_settings(CHOSEN)
    assert (tmp_path / "shared" / "settings.json").exists()


@pytest.mark.parametrize(
    "content", [b"", b"{", b"null", b"[]", b'"id"', b"\xff\xfe", b"\0" * 4096, b"[" * 100_000]
)
def test_a_damaged_file_gives_the_defaults(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "settings.json").write_bytes(content)
    assert read_settings(tmp_path) == Settings()


def test_a_folder_in_the_place_of_the_file_gives_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "settings.json").mkdir()
    assert read_settings(tmp_path) == Settings()
    with pytest.raises(FileError):
        write_settings(CHOSEN, tmp_path)


@pytest.mark.parametrize(
    "name,value",
    [
        ("language", "xx"),
        ("language", 1),
        ("theme", "neon"),
        ("theme", ["dark"]),
        ("scale", 110),
        ("scale", "125"),
        ("paper", "letter"),
        ("scan_gap_ms", 4),
        ("scan_gap_ms", 501),
        ("scan_gap_ms", 35.5),
        ("scan_gap_ms", True),
        ("stations", {"/srv": 7}),
        ("stations", []),
        ("unheard_of", 1),
    ],
)
def test_a_value_that_makes_no_sense_has_its_default(
    tmp_path: Path, name: str, value: object
) -> None:
    stored = {"language": "en", name: value}
    (tmp_path / "settings.json").write_text(json.dumps(stored), "utf-8")
    expected = Settings() if name == "language" else Settings(language="en")
    assert read_settings(tmp_path) == expected


@given(stored=st.dictionaries(st.sampled_from([*Settings.__slots__, "more"]), ANYTHING))
def test_no_content_stops_the_program(
    tmp_path_factory: pytest.TempPathFactory, stored: dict[str, Any]
) -> None:
    folder = tmp_path_factory.getbasetemp()
    (folder / "settings.json").write_text(json.dumps(stored), "utf-8")
    read = read_settings(folder)
    assert isinstance(read.theme, Theme)
    assert isinstance(read.paper, Paper)
    write_settings(read, folder)
    assert read_settings(folder) == read


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FileError) as refused:
        write_settings(CHOSEN, tmp_path / "file" / "below")
    assert refused.value.sentence()
