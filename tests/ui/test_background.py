from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from perpudesk.core import i18n
from perpudesk.core.errors import PerpuDeskError, Problem, StorageError
from perpudesk.ui import background, messages
from perpudesk.ui.background import Job, Report

FULL = Problem("disk_full", "The disk is full. Make room and try again.")


class Owner(QWidget):
    """A page that begins work and writes down what it is told, and where."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[tuple[str, Any]] = []
        self.threads: set[QThread] = set()

    def _note(self, what: str, value: Any = None) -> None:
        self.told.append((what, value))
        self.threads.add(QThread.currentThread())

    def _on_done(self, value: Any) -> None:
        self._note("done", value)

    def _on_failed(self, error: PerpuDeskError) -> None:
        self._note("failed", error.code)

    def _on_progress(self, done: int, total: int) -> None:
        self._note("progress", (done, total))

    def _on_cancelled(self) -> None:
        self._note("cancelled")

    def _on_ended(self) -> None:
        self._note("ended")

    def begin(self, work: Callable[[Report], Any]) -> Job:
        return background.run(
            self,
            work,
            succeeded=self._on_done,
            failed=self._on_failed,
            progressed=self._on_progress,
            cancelled=self._on_cancelled,
            ended=self._on_ended,
        )


@pytest.fixture
def owner(qtbot: QtBot) -> Owner:
    made = Owner()
    qtbot.addWidget(made)
    return made


def test_result_comes_back_on_the_window_s_thread(qtbot: QtBot, owner: Owner) -> None:
    main = threading.get_ident()
    job = owner.begin(lambda _: threading.get_ident())
    qtbot.waitSignal(job.ended).wait()
    (what, thread), ended = owner.told
    assert (what, ended) == ("done", ("ended", None))
    assert thread != main
    assert owner.threads == {QApplication.instance().thread()}


def test_expected_error_comes_back_as_itself(qtbot: QtBot, owner: Owner) -> None:
    def work(_: Report) -> None:
        raise StorageError(FULL)

    qtbot.waitSignal(owner.begin(work).ended).wait()
    assert owner.told == [("failed", "disk_full"), ("ended", None)]


def test_error_that_nobody_takes_is_shown(
    qtbot: QtBot, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[tuple[object, str]] = []
    note = lambda parent, error: shown.append((parent, error.code))  # noqa: E731
    monkeypatch.setattr(messages, "show_error", note)

    def work(_: Report) -> None:
        raise StorageError(FULL)

    for each in (owner, QObject(owner)):
        qtbot.waitSignal(background.run(each, work).ended).wait()
    assert shown == [(owner, "disk_full"), (None, "disk_full")]


def test_our_bug_reaches_the_crash_handler_here(
    qtbot: QtBot, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[tuple[type[BaseException], QThread]] = []

    def handle(kind: type[BaseException], error: BaseException, trace: object) -> None:
        assert trace is error.__traceback__
        caught.append((kind, QThread.currentThread()))

    monkeypatch.setattr(sys, "excepthook", handle)
    qtbot.waitSignal(owner.begin(lambda _: 1 // 0).ended).wait()
    assert caught == [(ZeroDivisionError, QApplication.instance().thread())]
    assert owner.told == [("ended", None)]


def test_worker_speaks_the_language_of_the_caller(qtbot: QtBot, owner: Owner) -> None:
    i18n.use("en")
    with i18n.speaking("id"):
        job = owner.begin(lambda _: i18n.language())
    qtbot.waitSignal(job.ended).wait()
    assert owner.told[0] == ("done", "id")


def test_progress_is_told_but_not_a_thousand_times(qtbot: QtBot, owner: Owner) -> None:
    def work(report: Report) -> None:
        for n in range(1, 10_001):
            report(n, 10_000)

    qtbot.waitSignal(owner.begin(work).ended).wait()
    progress = [value for what, value in owner.told if what == "progress"]
    assert progress[-1] == (10_000, 10_000)
    assert len(progress) < 1000


def test_work_stops_when_it_is_no_longer_wanted(qtbot: QtBot, owner: Owner) -> None:
    begun = threading.Event()

    def work(report: Report) -> None:
        begun.set()
        while True:
            report(0, 0)

    job = owner.begin(work)
    begun.wait()
    job.cancel()
    qtbot.waitSignal(job.ended).wait()
    assert [what for what, _ in owner.told if what != "progress"] == ["cancelled", "ended"]


def test_owner_that_has_gone_is_told_nothing(qtbot: QtBot) -> None:
    owner = Owner()
    told = owner.told
    go_on = threading.Event()

    def work(report: Report) -> str:
        report(1, 1)
        go_on.wait()
        return "late"

    owner.begin(work)
    owner.deleteLater()
    qtbot.waitSignal(owner.destroyed).wait()
    del owner
    go_on.set()
    qtbot.waitUntil(lambda: not background._running)
    assert [what for what, _ in told if what != "progress"] == []


def test_many_jobs_all_come_back(qtbot: QtBot, owner: Owner) -> None:
    for n in range(300):
        owner.begin(lambda _, n=n: n)
    qtbot.waitUntil(lambda: sum(what == "ended" for what, _ in owner.told) == 300)
    assert {value for what, value in owner.told if what == "done"} == set(range(300))
    assert not background._running


def test_end_of_the_program_cancels_and_waits(owner: Owner) -> None:
    begun = threading.Event()

    def work(report: Report) -> None:
        begun.set()
        while True:
            report(0, 0)

    owner.begin(work)
    begun.wait()
    assert background.finish()


@pytest.fixture
def no_other_thread_collects() -> Iterator[None]:
    """As in the program, whose window thread alone looks for garbage."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_other_thread_collects")
def test_garbage_is_freed_once_enough_has_gathered() -> None:
    freed: list[str] = []

    class Ring:
        def __init__(self) -> None:
            self.me = self

        def __del__(self) -> None:
            freed.append(threading.current_thread().name)

    background.collect_garbage()
    Ring()
    assert freed == []
    kept = [[] for _ in range(gc.get_threshold()[0] + 1)]  # type: ignore[var-annotated]
    background.collect_garbage()
    assert freed == [threading.current_thread().name]
    del kept
