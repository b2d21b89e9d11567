"""What is started: the window, or a command."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from perpudesk import __main__, app, cli
from perpudesk.__main__ import main, wants_window

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--data", "records"],
        ["--data=records"],
        ["--lang", "en"],
        ["--lang=id", "--data", "records"],
        ["--data", "check"],
        ["--data", "--lang"],
    ],
)
def test_folder_and_language_alone_ask_for_the_window(words: list[str]) -> None:
    assert wants_window(words)


@pytest.mark.parametrize(
    "words",
    [
        ["check"],
        ["--data", "records", "check"],
        ["--help"],
        ["--version"],
        ["--data"],
        ["--data", ""],
        ["--data="],
        ["--lang", "fr"],
        ["--lang"],
        ["records"],
    ],
)
def test_anything_else_is_for_the_commands(words: list[str]) -> None:
    assert not wants_window(words)


def test_starts_what_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "run", lambda words: ["window", *words])
    monkeypatch.setattr(cli, "run", lambda words: ["command", *words])
    monkeypatch.setattr(sys, "argv", ["perpudesk", "check"])
    assert main(["--lang", "id"]) == ["window", "--lang", "id"]
    assert main() == ["command", "check"]


def test_stopped_before_anything_began(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(_words: list[str]) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(__main__, "wants_window", stopped)
    assert main(["check", "--lang", "en"]) == 1
    assert capsys.readouterr().err == "Stopped. What was not finished was not stored.\n"


def test_the_process_ends_with_the_code() -> None:
    words = [sys.executable, "-m", "perpudesk", "--lang", "en", "no-such-command"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("usage: perpudesk")
