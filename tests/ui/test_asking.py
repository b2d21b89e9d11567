from __future__ import annotations

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from perpudesk.ui import asking, background
from perpudesk.ui.asking import Asker
from tests.ui.windows import shown


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, bool]]:
    """What was asked, with the words of the button, and whether on the window's thread."""
    seen: list[tuple[str, str, bool]] = []

    def confirm(parent: QWidget, question: str, *, action: str) -> bool:
        seen.append((question, action, QThread.currentThread() is parent.thread()))
        return question == "yes?"

    monkeypatch.setattr(asking, "confirm", confirm)
    return seen


def test_it_asks_at_once_on_the_window_s_thread(
    qtbot: QtBot, asked: list[tuple[str, str, bool]]
) -> None:
    asker = Asker(shown(qtbot, QWidget()), "Do it")
    assert asker.ask("yes?")
    assert not asker.ask("no?")
    assert asked == [("yes?", "Do it", True), ("no?", "Do it", True)]


def test_a_worker_waits_for_the_answer(qtbot: QtBot, asked: list[tuple[str, str, bool]]) -> None:
    window = shown(qtbot, QWidget())
    asker = Asker(window, "Do it")
    answers: list[bool] = []
    for question in ("yes?", "no?"):
        background.run(window, lambda _r, q=question: asker.ask(q), succeeded=answers.append)
    qtbot.waitUntil(lambda: len(answers) == 2)
    assert sorted(answers) == [False, True]
    assert all(on_thread for _, _, on_thread in asked)


def test_without_a_window_a_worker_is_told_no(
    qtbot: QtBot, asked: list[tuple[str, str, bool]]
) -> None:
    window = shown(qtbot, QWidget())
    asker = Asker(window, "Do it")
    window.hide()
    answers: list[bool] = []
    background.run(window, lambda _report: asker.ask("yes?"), succeeded=answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert (answers, asked) == ([False], [])
