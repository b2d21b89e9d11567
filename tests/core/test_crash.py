"""What is kept of our own faults tells where, and of nobody."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from perpudesk.core import crash
from perpudesk.core.crash import describe, log_crash, report
from perpudesk.core.settings import change_settings

NAME = "Siti Aminah"


def fault() -> Exception:
    """An error that came from another, with a name in both messages and in a value."""
    try:
        try:
            int(NAME)
        except ValueError as error:
            raise KeyError(NAME) from error
    except KeyError as error:
        return error


def test_tells_the_kind_the_lines_and_what_led_to_it() -> None:
    text = describe(fault())
    assert "KeyError\n" in text
    assert "ValueError\n" in text
    assert "test_crash.py:" in text
    assert "fault: int(NAME)" in text


def handled(*, aside: bool) -> Exception:
    """An error that came up while another was handled, which may be put aside."""
    try:
        try:
            int("x")
        except ValueError:
            if aside:
                raise KeyError from None
            {}["x"]
    except KeyError as error:
        return error
    raise AssertionError


def test_tells_what_was_being_handled_unless_it_was_put_aside() -> None:
    assert "ValueError" in describe(handled(aside=False))
    assert "ValueError" not in describe(handled(aside=True))


def test_holds_no_message_and_no_folder() -> None:
    text = describe(fault())
    assert NAME not in text
    assert os.sep + "home" not in text
    assert str(Path(__file__).parent) not in text


@pytest.mark.parametrize(
    "file,short",
    [
        ("/home/siti/perpudesk/perpudesk/core/i18n.py", "perpudesk/core/i18n.py"),
        ("/home/siti/v/lib/site-packages/reportlab/rl.py", "site-packages/reportlab/rl.py"),
        ("/home/siti/lib/python3.11/json/decoder.py", "decoder.py"),
        ("<string>", "<string>"),
    ],
)
def test_a_file_is_named_from_its_package(file: str, short: str) -> None:
    assert crash._short(file) == short


def test_is_kept_beside_the_records_and_said(tmp_path: Path) -> None:
    first, second = log_crash(fault(), tmp_path), log_crash(fault(), tmp_path)
    assert first == second
    assert str(tmp_path / "perpudesk.log") in first
    assert (tmp_path / "perpudesk.log").read_text("utf-8").count("\nKeyError\n") == 2


def test_a_long_log_begins_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crash, "_MOST_BYTES", 10)
    for _ in range(3):
        log_crash(fault(), tmp_path)
    assert {each.name for each in tmp_path.iterdir()} == {"perpudesk.log", "perpudesk.log.old"}
    assert (tmp_path / "perpudesk.log").read_text("utf-8").count("\nKeyError\n") == 1


@pytest.mark.parametrize("folder", [None, Path("no/such/folder")])
def test_without_a_folder_it_is_kept_among_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: Path | None
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    sentence = log_crash(fault(), folder)
    (log,) = tmp_path.iterdir()
    assert str(log) in sentence
    assert "KeyError" in log.read_text("utf-8")


def test_kept_nowhere_it_is_said_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    assert "KeyError" in log_crash(fault(), None)


def test_a_report_holds_versions_settings_and_faults_and_no_names(tmp_path: Path) -> None:
    change_settings(
        language="en", last_folder="/home/Zubaidah", backup_folder="/media/Zubaidah/stick"
    )
    log_crash(KeyError("Zubaidah"), tmp_path)
    (tmp_path / "perpudesk.log.old").write_bytes(b"\xffolder faults\n")
    text = report(tmp_path, describe(ValueError("Zubaidah")), {"Qt": "6.11.3"})
    assert text.startswith(describe(ValueError("Zubaidah")).splitlines()[0][:10])
    for words in ("ValueError", "Qt 6.11.3", "language: en", "older faults", "KeyError"):
        assert words in text
    assert "Zubaidah" not in text


def test_a_report_of_a_long_log_stays_small(tmp_path: Path) -> None:
    (tmp_path / "perpudesk.log").write_text("x" * 900_000)
    assert len(report(tmp_path, "fault", {})) < 210_000
