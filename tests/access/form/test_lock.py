"""The lock screen and its part of the settings, by keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from perpudesk.access.form import section as section_module
from perpudesk.access.form.lock import LockScreen, PinDialog, ResetDialog
from perpudesk.access.form.section import LockSection, lock_told
from perpudesk.backups.words import words_of
from perpudesk.core.codes import Role
from perpudesk.desk import Desk
from tests.access.conftest import ADMIN_PIN, HEAD_PIN, KEY, keeper
from tests.ui.accessibility import assert_accessible, texts_fit

Open = Callable[[], LockScreen]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support ", extend=True)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(1000, 600)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def screen(locked: Desk, window: QWidget) -> Iterator[LockScreen]:
    made = LockScreen(locked.access, parent=window)
    made.open()
    yield made
    if isValid(made):
        made.leave()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def typed(screen: LockScreen, pin: str, qtbot: QtBot) -> None:
    field = screen.form.field("pin").widget
    qtbot.keyClicks(field, pin)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_a_pin_and_enter_unlock(screen: LockScreen, locked: Desk, qtbot: QtBot) -> None:
    assert_accessible(screen)
    assert texts_fit(screen) == []
    field = screen.form.field("pin").widget
    assert isinstance(field, QLineEdit)
    assert field.echoMode() is QLineEdit.EchoMode.Password
    with qtbot.waitSignal(screen.unlocked):
        typed(screen, ADMIN_PIN, qtbot)
    assert locked.access.who() == keeper(locked.access, "Adi")


def test_a_wrong_one_is_told_and_gone(screen: LockScreen, qtbot: QtBot) -> None:
    typed(screen, "5555", qtbot)
    field = screen.form.field("pin")
    assert field.error() == "That is not the PIN of Adi."
    assert field.value() == ""
    assert screen.isVisible()


def test_somebody_else_comes(screen: LockScreen, locked: Desk, qtbot: QtBot) -> None:
    budi = keeper(locked.access, "Budi")
    screen.who.set_value(budi.id)
    screen.who.chosen.emit(budi.id)
    assert screen.forgotten.isHidden()
    with qtbot.waitSignal(screen.unlocked):
        typed(screen, HEAD_PIN, qtbot)
    assert locked.access.who() == budi


def test_nothing_but_a_pin_opens_it(screen: LockScreen, qtbot: QtBot) -> None:
    qtbot.keyClick(screen, Qt.Key.Key_Escape)
    screen.reject()
    assert not screen.close()
    assert screen.isVisible()
    qtbot.keyClick(screen, Qt.Key.Key_F5)
    assert screen.isModal()


def test_who_has_no_pin_needs_none(locked: Desk, window: QWidget, qtbot: QtBot) -> None:
    dewi = locked.branch.add_staff("Dewi")
    screen = LockScreen(locked.access, parent=window)
    screen.open()
    screen.who.set_value(dewi.id)
    screen.who.chosen.emit(dewi.id)
    assert screen.form.field("pin").isHidden()
    with qtbot.waitSignal(screen.unlocked):
        screen.go.click()
    who = locked.access.who()
    assert who is not None
    assert who.name == "Dewi"


def test_a_forgotten_one_is_set_by_the_sheet(
    screen: LockScreen, locked: Desk, qtbot: QtBot
) -> None:
    screen.forgotten.click()
    reset = screen.reset
    assert isinstance(reset, ResetDialog)
    reset.save.click()
    assert "These are 0 words" in reset.form.field("words").error()
    reset.form.fill(words=" ".join(words_of(KEY)), pin="1357")
    reset.save.click()
    with qtbot.waitSignal(screen.unlocked):
        typed(screen, "1357", qtbot)
    assert locked.access.in_use()


class TestSection:
    @pytest.fixture
    def section(self, desk: Desk, window: QWidget, qtbot: QtBot) -> LockSection:
        made = LockSection(desk.access, has_sheet=lambda: False)
        made.setParent(window)
        made.resize(800, 500)
        made.show()
        made.refresh()
        qtbot.addWidget(made)
        return made

    @pytest.fixture
    def errors(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        shown: list[str] = []
        monkeypatch.setattr(
            section_module, "show_error", lambda _w, error: shown.append(error.code)
        )
        return shown

    def role(self, section: LockSection, name: str, role: Role) -> None:
        line = next(each for each in section.lines.values() if each.name.text() == name)
        line.role.set_value(str(role))
        line.role.activated.emit(0)

    def test_at_first_nothing_is_locked(self, section: LockSection, desk: Desk) -> None:
        assert len(section.lines) == 3
        assert section.form.isHidden()
        assert section.lock.isHidden()
        assert section.nobody.isHidden()
        assert lock_told(desk.access) == "not used"
        assert_accessible(section)

    def test_an_admin_gets_a_pin(self, section: LockSection, desk: Desk, qtbot: QtBot) -> None:
        self.role(section, "Adi", Role.ADMIN)
        line = section.lines[keeper(desk.access, "Adi").id]
        line.pin.click()
        (dialog,) = section.findChildren(PinDialog)
        dialog.form.fill(pin="2580", again="2581")
        dialog.save.click()
        assert "not the same" in dialog.form.field("again").error()
        dialog.form.fill(pin="2580", again="2580")
        dialog.save.click()
        assert desk.access.in_use()
        assert line.pin.text() == "Another PIN…"
        assert section.warning.isVisible()
        assert section.form.isVisible()
        assert lock_told(desk.access) == "after 10 min"
        with qtbot.waitSignal(section.lock_asked):
            section.lock.click()

    def test_minutes_are_kept(self, section: LockSection, locked: Desk) -> None:
        section.refresh()
        section.form.field("minutes").set_value(0)
        section.form.keep_all()
        assert locked.access.minutes() == 0
        assert lock_told(locked.access) == "by key"

    def test_what_is_refused_is_told(
        self, section: LockSection, locked: Desk, errors: list[str]
    ) -> None:
        section.refresh()
        self.role(section, "Adi", Role.HEAD)
        assert errors == ["last_admin"]
        line = section.lines[keeper(locked.access, "Adi").id]
        assert line.role.value() == "admin"
        line.drop.click()
        assert errors == ["last_admin"] * 2
        citra = section.lines[keeper(locked.access, "Citra").id]
        citra.drop.click()
        assert not keeper(locked.access, "Citra").has_pin
        assert citra.drop.isHidden()
        self.role(section, "Citra", Role.OFFICER)  # what they are already

    def test_somebody_new_gets_a_line(self, section: LockSection, desk: Desk) -> None:
        desk.branch.add_staff("Eka")
        section.refresh()
        assert len(section.lines) == 4
        for each in desk.access.keepers():
            desk.branch.remove_staff(each.id)
        section.refresh()
        assert section.nobody.isVisible()
