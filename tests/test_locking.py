"""The lock while the window lives: nothing typed is lost, and pages are for whom they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from perpudesk import locking as module
from perpudesk.access.form.lock import LockScreen
from perpudesk.app import App
from perpudesk.desk import Desk
from perpudesk.ui.toasts import Toast
from tests.access.conftest import ADMIN_PIN, OFFICER_PIN, _cheap_tries, give_pins, keeper
from tests.test_app import Start, boxes, qt, start

__all__ = ["_cheap_tries", "boxes", "qt", "start"]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support ", extend=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A branch with three people whose lock is in use."""
    made = tmp_path / "records"
    with Desk(made) as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
        for name in ("Adi", "Budi", "Citra"):
            desk.branch.add_staff(name)
        give_pins(desk.access)
    return made


@pytest.fixture
def open_lock(start: Start, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> App:
    """The program, started and standing locked."""
    monkeypatch.setattr("tests.test_app.takes_keys", lambda app: app._locking is not None)
    app = start(folder)
    qtbot.waitUntil(lambda: locked(app) is not None)
    return app


def locked(app: App) -> LockScreen | None:
    return app._locking.screen if app._locking is not None else None


def unlock(app: App, name: str, pin: str, qtbot: QtBot) -> None:
    screen = locked(app)
    assert screen is not None
    who = keeper(app.desk.access, name)
    screen.who.set_value(who.id)
    screen.who.chosen.emit(who.id)
    qtbot.keyClicks(screen.form.field("pin").widget, pin)
    qtbot.keyClick(screen.form.field("pin").widget, Qt.Key.Key_Return)
    assert locked(app) is None


def said(app: App) -> list[str]:
    return [each.accessibleName() for each in app.window.findChildren(Toast)]


def test_it_stands_locked_at_the_start(open_lock: App, qtbot: QtBot) -> None:
    assert QApplication.activeModalWidget() is locked(open_lock)
    unlock(open_lock, "Adi", ADMIN_PIN, qtbot)
    who = open_lock.desk.access.who()
    assert who is not None
    assert who.name == "Adi"


def test_an_officer_sees_no_settings_and_no_report(open_lock: App, qtbot: QtBot) -> None:
    unlock(open_lock, "Citra", OFFICER_PIN, qtbot)
    for key in ("settings", "reports", "import", "papers"):
        open_lock.window.go(key)
        page = open_lock.window.current()
        assert page is not None
        assert page.key == "desk"
    assert any("This needs admin" in text for text in said(open_lock))
    open_lock.window.go("trainings")
    page = open_lock.window.current()
    assert page is not None
    assert page.key == "trainings"


def test_a_page_is_left_when_somebody_else_comes(open_lock: App, qtbot: QtBot) -> None:
    unlock(open_lock, "Adi", ADMIN_PIN, qtbot)
    open_lock.window.go("settings")
    open_lock._places.choose_staff()
    unlock(open_lock, "Citra", OFFICER_PIN, qtbot)
    page = open_lock.window.current()
    assert page is not None
    assert page.key == "desk"


def test_what_is_typed_is_there_after_it(open_lock: App, qtbot: QtBot) -> None:
    unlock(open_lock, "Adi", ADMIN_PIN, qtbot)
    field = open_lock.window.page("desk").findChildren(QLineEdit)[0]
    QTest.keyClicks(field, "Siti")
    open_lock._lock_now()
    unlock(open_lock, "Citra", OFFICER_PIN, qtbot)
    assert field.text() == "Siti"


def test_idle_minutes_lock_it(
    open_lock: App, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlock(open_lock, "Adi", ADMIN_PIN, qtbot)
    lock = open_lock._locking
    assert lock is not None
    now = [1_000.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: now[0])
    QTest.keyClick(open_lock.window, Qt.Key.Key_Shift)
    now[0] += 9 * 60
    lock.look()
    assert lock.screen is None
    QTest.keyClick(open_lock.window, Qt.Key.Key_Shift)
    now[0] += 9 * 60
    lock.look()
    assert lock.screen is None
    now[0] += 61
    lock.look()
    assert lock.screen is not None
    lock.look()
    unlock(open_lock, "Adi", ADMIN_PIN, qtbot)
    open_lock.desk.access.set_minutes(0)
    now[0] += 10_000
    lock.look()
    assert lock.screen is None


def test_without_pins_there_is_no_lock(start: Start, tmp_path: Path, qtbot: QtBot) -> None:
    with Desk(tmp_path / "open") as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
    app = start(tmp_path / "open")
    assert app._locking is None
    app._lock_now()
    app._begin_to_lock()
    app._lock_now()
    assert locked(app) is None
    adi = app.desk.branch.add_staff("Adi")
    from perpudesk.core.codes import Role

    app.desk.access.set_role(adi.id, Role.ADMIN)
    app.desk.access.set_pin(adi.id, ADMIN_PIN)
    app._lock_now()
    unlock(app, "Adi", ADMIN_PIN, qtbot)


def test_restoring_is_an_admin_s(
    open_lock: App, qtbot: QtBot, boxes: list[str], tmp_path: Path
) -> None:
    from perpudesk.backups.form.restore import Wanted

    unlock(open_lock, "Citra", OFFICER_PIN, qtbot)
    open_lock.restore(Wanted(path=tmp_path / "copy.db", key=None, other_branch=False))
    assert "This needs admin" in boxes[0]
    assert open_lock.desk.is_set_up()
