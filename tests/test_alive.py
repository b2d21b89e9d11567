"""What runs while the window lives: the pulse, a new day, what comes due, and how it is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from perpudesk import app as app_module
from perpudesk.app import App
from perpudesk.branch.model import Hours
from perpudesk.computers.form.leaving import LeavingBox
from perpudesk.computers.model import Session, SessionDraft, Workstation
from perpudesk.computers.queueing import TicketDraft
from perpudesk.core import i18n
from perpudesk.core.codes import EndReason
from perpudesk.core.errors import StorageError
from perpudesk.core.settings import change_settings, read_settings
from perpudesk.core.times import FixedClock
from perpudesk.db.connection import STORE_FULL
from perpudesk.db.guard import Guard
from perpudesk.db.meta import PULSE, meta
from perpudesk.desk import Desk
from perpudesk.ui import theme
from perpudesk.ui.toasts import Toast
from tests.computers.power import cut
from tests.test_app import Program

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support ", extend=True)
WEEK = (*(Hours(opens=480, closes=960),) * 7,)
Start = Callable[[], App]


@pytest.fixture
def folder(tmp_path: Path, fixed_clock: FixedClock) -> Path:
    """Three computers in a branch that is open from 08.00 to 16.00; it is 09.41."""
    made = tmp_path / "records"
    with Desk(made, clock=fixed_clock) as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB", opening_hours=WEEK)
        desk.workstations.add_many(3)
    return made


@pytest.fixture(autouse=True)
def sounds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    played: list[str] = []
    monkeypatch.setattr("perpudesk.ui.sound.play", played.append)
    return played


@pytest.fixture
def start(
    qapp: QApplication,
    qtbot: QtBot,
    folder: Path,
    fixed_clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Start]:
    """Start the program on the folder at that moment and wait until it lives."""
    i18n.use("en")
    change_settings(language="en")
    theme.apply(qapp)
    monkeypatch.setattr("perpudesk.ui.qt_texts.install", lambda _qt: None)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    monkeypatch.setattr("perpudesk.core.times.SystemClock.now", lambda _clock: fixed_clock.now())
    monkeypatch.setattr(app_module, "_WARM_UP_MS", 150)
    started: list[App] = []

    def begin() -> App:
        app = App(Program(qapp), folder, Guard(folder), read_settings())  # type: ignore[arg-type]
        started.append(app)
        app.start()
        qtbot.waitUntil(lambda: app._alive is not None and app._alive._warner is not None)
        return app

    yield begin
    for app in started:
        if isValid(app):
            leave(app)


def leave(app: App) -> None:
    """Close without a question, and leave nothing that a later test could wake."""
    app.on_session_ends()
    app.window.close()
    app.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    app.stop()
    app.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def pulse(desk: Desk) -> str | None:
    with desk.store.reading() as db:
        return meta(db, PULSE)


def places(app: App) -> list[Workstation]:
    return app.desk.workstations.all()


def begin_session(app: App, at: int = 0, limit: int = 30) -> Session:
    draft = SessionDraft(workstation_id=places(app)[at].id, limit=limit)
    return app.desk.computers.start(draft)


def alive(app: App, qtbot: QtBot) -> None:
    """A minute has passed."""
    assert app._alive is not None
    qtbot.waitUntil(lambda: not app._alive._working)  # type: ignore[union-attr]
    app._alive._minute.timeout.emit()
    qtbot.waitUntil(lambda: not app._alive._working)  # type: ignore[union-attr]


def toasts(app: App) -> list[str]:
    return [each.accessibleName() for each in app.window.findChildren(Toast) if each.isVisible()]


def foot(app: App) -> str:
    labels = app.window.rail.findChildren(QLabel)
    return " ".join(each.text() for each in labels if each.isVisible())


class TestPulse:
    def test_it_begins_after_the_first_tap_can_be_taken_and_ends_with_the_window(
        self, start: Start, qtbot: QtBot, folder: Path, fixed_clock: FixedClock
    ) -> None:
        app = start()
        first = pulse(app.desk)
        assert first == "2026-11-23T02:41:07.123Z"
        fixed_clock.advance(minutes=1)
        alive(app, qtbot)
        assert pulse(app.desk) == "2026-11-23T02:42:07.123Z"
        leave(app)
        with Desk(folder, clock=fixed_clock) as desk:
            assert pulse(desk) is None
            assert desk.recovery.interrupted() == []

    def test_none_goes_back_with_a_clock_that_is_in_doubt(
        self, start: Start, qtbot: QtBot, fixed_clock: FixedClock
    ) -> None:
        app = start()
        before = pulse(app.desk)
        app.desk.clock.now()
        fixed_clock.advance(hours=-6)
        alive(app, qtbot)
        assert pulse(app.desk) == before
        app.desk.clock.accept()
        app._on_day_answered()
        qtbot.waitUntil(lambda: pulse(app.desk) == "2026-11-22T20:41:07.123Z")

    def test_a_disk_that_refuses_is_asked_again_and_nothing_is_shown(
        self,
        start: Start,
        qtbot: QtBot,
        fixed_clock: FixedClock,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        app = start()
        before = pulse(app.desk)

        def full(*_args: object, **_named: object) -> None:
            raise StorageError(STORE_FULL)

        with monkeypatch.context() as patch:
            patch.setattr(app.desk.store, "writing", full)
            fixed_clock.advance(minutes=1)
            alive(app, qtbot)
            assert QApplication.activeModalWidget() is None
            assert toasts(app) == []
        assert pulse(app.desk) == before
        alive(app, qtbot)
        assert pulse(app.desk) == "2026-11-23T02:42:07.123Z"

    def test_a_slow_disk_is_not_asked_twice(
        self, start: Start, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        app = start()
        asked: list[int] = []
        monkeypatch.setattr(app.desk.recovery, "beat", lambda: asked.append(1))
        assert app._alive is not None
        qtbot.waitUntil(lambda: not app._alive._working)  # type: ignore[union-attr]
        for _ in range(3):
            app._alive.live()
        qtbot.waitUntil(lambda: not app._alive._working)  # type: ignore[union-attr]
        assert asked == [1]


class TestDay:
    def test_a_night_asleep_ends_what_was_forgotten_and_says_so(
        self, start: Start, qtbot: QtBot, fixed_clock: FixedClock
    ) -> None:
        app = start()
        session = begin_session(app)
        ticket = app.desk.queue.take(TicketDraft())
        fixed_clock.advance(hours=22)
        alive(app, qtbot)
        assert app.desk.queue.get(ticket.id).left is not None
        found = app.desk.computers.get(session.id)
        assert (found.minutes, found.end_reason) == (30, EndReason.FORGOTTEN)
        assert any("1 session of another day" in each for each in toasts(app))
        qtbot.waitUntil(lambda: "going on" not in foot(app))
        fixed_clock.advance(minutes=1)
        alive(app, qtbot)

    def test_what_was_left_running_goes_on_today_and_is_ended_on_another_day(
        self, start: Start, qtbot: QtBot, folder: Path, fixed_clock: FixedClock
    ) -> None:
        app = start()
        session = begin_session(app, limit=60)
        leave(app)
        fixed_clock.advance(minutes=10)
        app = start()
        assert app.desk.computers.get(session.id).is_open
        qtbot.waitUntil(lambda: "1 session going on" in foot(app))
        leave(app)
        fixed_clock.advance(days=1)
        app = start()
        qtbot.waitUntil(lambda: not app.desk.computers.get(session.id).is_open)
        assert app.desk.computers.get(session.id).minutes == 60

    def test_what_a_power_cut_ended_is_said_on_whatever_page_the_day_begins(
        self, start: Start, qtbot: QtBot, folder: Path, fixed_clock: FixedClock
    ) -> None:
        desk = Desk(folder, clock=fixed_clock)
        desk.open()
        desk.computers.start(SessionDraft(workstation_id=desk.workstations.all()[0].id))
        cut(desk)
        fixed_clock.advance(minutes=18)
        app = start()
        (said,) = toasts(app)
        assert said == "The power was off 09:41–09:59: 1 session was ended (an estimate)."
        app.window.go("computers")
        assert toasts(app) == [], "the board itself says it"
        (shown,) = app.window.findChildren(Toast)
        shown.action.click()
        page = app.window.current()
        assert page is not None
        assert page.key == "computers"


class TestDue:
    def test_it_is_seen_and_heard_on_any_page(
        self, start: Start, qtbot: QtBot, fixed_clock: FixedClock, sounds: list[str]
    ) -> None:
        app = start()
        begin_session(app, 1)
        qtbot.waitUntil(lambda: "1 session going on" in foot(app))
        fixed_clock.advance(minutes=25)
        alive(app, qtbot)
        assert (toasts(app), sounds) == (["PC 2: 5 minutes left"], ["nearly"])
        app.window.go("settings")
        assert toasts(app) == ["PC 2: 5 minutes left"], "it is not of the page"
        fixed_clock.advance(minutes=5)
        alive(app, qtbot)
        assert toasts(app)[-1] == "PC 2: time is up"
        assert sounds == ["nearly", "over"]
        qtbot.waitUntil(lambda: "1 session going on, 1 over time" in foot(app))
        assert QApplication.activeModalWidget() is None
        app.window.rail.pressed.emit("computers")
        page = app.window.current()
        assert page is not None
        assert page.key == "computers"

    def test_the_sound_can_be_off(
        self, start: Start, qtbot: QtBot, fixed_clock: FixedClock, sounds: list[str]
    ) -> None:
        app = start()
        change_settings(sound=False)
        app.window.go("computers")
        begin_session(app, limit=10)
        QApplication.processEvents()
        fixed_clock.advance(minutes=10)
        alive(app, qtbot)
        assert (toasts(app), sounds) == (["PC 1: time is up"], [])
        (shown,) = (each for each in app.window.findChildren(Toast) if each.isVisible())
        assert not shown.action.isVisible(), "it is the page of the computers already"


class TestLeaving:
    @pytest.fixture
    def answer(self, monkeypatch: pytest.MonkeyPatch) -> list[Qt.Key]:
        """The keys that answer, each box by the next."""
        keys: list[Qt.Key] = []

        def press(box: LeavingBox) -> int:
            box.open()
            QCoreApplication.processEvents()
            key = keys.pop(0)
            {
                Qt.Key.Key_Return: box.buttons[2].click,
                Qt.Key.Key_L: box.buttons[1].click,
                Qt.Key.Key_Escape: box.reject,
            }[key]()
            return box.result()

        monkeypatch.setattr(LeavingBox, "exec", press)
        return keys

    def test_it_may_stay_end_all_or_leave_them_running(
        self, start: Start, qtbot: QtBot, fixed_clock: FixedClock, answer: list[Qt.Key]
    ) -> None:
        app = start()
        sessions = [begin_session(app, at) for at in range(2)]
        answer.append(Qt.Key.Key_Escape)
        app.window.close()
        assert app.window.isVisible()
        answer.append(Qt.Key.Key_Return)
        fixed_clock.advance(minutes=7)
        app.window.close()
        assert not app.window.isVisible()
        assert [app.desk.computers.get(each.id).minutes for each in sessions] == [7, 7]

    def test_left_running_they_are_open_when_it_is_gone(
        self,
        start: Start,
        qtbot: QtBot,
        folder: Path,
        fixed_clock: FixedClock,
        answer: list[Qt.Key],
    ) -> None:
        app = start()
        session = begin_session(app)
        answer.append(Qt.Key.Key_L)
        app.window.close()
        leave(app)
        with Desk(folder, clock=fixed_clock) as desk:
            assert desk.computers.get(session.id).is_open

    def test_a_disk_that_refuses_the_end_keeps_the_window(
        self, start: Start, answer: list[Qt.Key], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        said: list[str] = []
        monkeypatch.setattr(
            "perpudesk.ui.messages.show_error", lambda _over, error: said.append(error.sentence())
        )
        app = start()
        session = begin_session(app)

        def full() -> None:
            raise StorageError(STORE_FULL)

        with monkeypatch.context() as patch:
            patch.setattr(app.desk.computers, "end_all", full)
            answer.append(Qt.Key.Key_Return)
            app.window.close()
        assert app.window.isVisible()
        assert "disk is full" in said[0]
        assert app.desk.computers.get(session.id).is_open

    def test_nobody_is_asked_when_nothing_goes_on_or_the_system_stops_it(
        self, start: Start, answer: list[Qt.Key]
    ) -> None:
        app = start()
        app.window.close()
        assert not app.window.isVisible()
        app.window.show()
        begin_session(app)
        app._on_stop_asked()
        assert not app.window.isVisible()

    def test_a_question_that_stands_there_is_answered_by_the_system(
        self, start: Start, qtbot: QtBot
    ) -> None:
        app = start()
        begin_session(app)
        asked: list[QDialog] = []

        def stop() -> None:
            box = QApplication.activeModalWidget()
            assert isinstance(box, LeavingBox)
            asked.append(box)
            app._on_stop_asked()

        QTimer.singleShot(50, app, stop)
        app.window.close()
        assert len(asked) == 1
        assert not app.window.isVisible()

    def test_another_look_of_the_window_asks_nothing(self, start: Start, qtbot: QtBot) -> None:
        app = start()
        begin_session(app)
        app._on_appearance_changed()
        assert app.window.isVisible()
        assert QApplication.activeModalWidget() is None
