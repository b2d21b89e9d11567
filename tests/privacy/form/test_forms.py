"""People's data on screen: the rule, the paper, the tick that erases."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from perpudesk.attendance.framing import house_of
from perpudesk.core.errors import RuleError
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk
from perpudesk.patrons.model import Patron, PatronDraft
from perpudesk.privacy.form import person as person_module
from perpudesk.privacy.form import section as section_module
from perpudesk.privacy.form.cards import CardsDialog
from perpudesk.privacy.form.person import EraseDialog, held_dialog
from perpudesk.privacy.form.section import PrivacySection, privacy_told
from perpudesk.privacy.model import ALREADY_ERASED
from perpudesk.ui import theme
from perpudesk.ui.paper_dialog import PaperDialog
from perpudesk.ui.text import Text
from perpudesk.visits.model import VisitDraft
from tests.privacy.conftest import NAME, at
from tests.ui.accessibility import assert_accessible, texts_fit

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support ", extend=True)


@pytest.fixture(autouse=True)
def _look(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp)
    yield
    theme.apply(qapp)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(1000, 700)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def section(desk: Desk, window: QWidget) -> PrivacySection:
    made = PrivacySection(desk.privacy, desk.branch, partial(house_of, desk.branch))
    made.setParent(window)
    made.resize(900, 680)
    made.show()
    made.refresh()
    return made


def said(widget: QWidget) -> str:
    return " ".join(each.text() for each in widget.findChildren(Text))


class TestSection:
    def test_it_says_what_is_kept_and_why(self, section: PrivacySection, desk: Desk) -> None:
        assert "Never an identity number" in said(section)
        assert section.outlook.text() == "No name is due today."
        assert section.now.isHidden()
        assert privacy_told(desk.branch) == "names for 12 months"
        assert_accessible(section)
        assert texts_fit(section) == []

    def test_the_months_are_kept_as_they_are_typed(
        self, section: PrivacySection, desk: Desk
    ) -> None:
        section.form.field("retention_months").set_value(6)
        section.form.keep_all()
        assert desk.branch.current().retention_months == 6

    def test_names_that_wait_need_not(
        self,
        section: PrivacySection,
        desk: Desk,
        someone: Patron,
        fixed_clock: FixedClock,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        assert someone.name == NAME
        at(fixed_clock, 2028, 1, 1)
        with desk.store.writing() as db:
            db.execute("INSERT INTO meta (key, value) VALUES ('retention_from', '2028-01-31')")
        section.refresh()
        assert "They wait until 31 January 2028" in section.outlook.text()
        answers = iter([False, True])
        monkeypatch.setattr(section_module, "confirm", lambda *_, **__: next(answers))
        section.now.click()
        assert desk.privacy.outlook().waits_until is not None
        section.now.click()
        assert desk.privacy.outlook().waits_until is None
        assert section.now.isHidden()

    def test_what_is_refused_is_told(
        self, section: PrivacySection, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shown: list[str] = []
        monkeypatch.setattr(section_module, "confirm", lambda *_, **__: True)
        monkeypatch.setattr(section_module, "show_error", lambda _w, e: shown.append(e.code))

        def refuse(_right: object) -> None:
            raise RuleError(ALREADY_ERASED)

        monkeypatch.setattr(desk.store, "require", refuse)
        section._on_now()
        assert shown == ["already_erased"]

    def test_the_incident_sheet_is_looked_at(
        self, section: PrivacySection, window: QWidget, qtbot: QtBot
    ) -> None:
        section.incident.click()
        (dialog,) = window.findChildren(PaperDialog)
        qtbot.waitUntil(lambda: dialog._data is not None)
        dialog.reject()


class TestPerson:
    def test_a_tick_and_a_button_erase(
        self, desk: Desk, someone: Patron, window: QWidget, qtbot: QtBot
    ) -> None:
        desk.visits.record(VisitDraft(note=f"bersama {NAME}"))
        dialog = EraseDialog(desk.privacy, someone, parent=window)
        dialog.open()
        text = said(dialog)
        assert "What stays, without a name: 1 visit." in text
        assert "The name also stands in 1 free note. Mend it yourself:" in text
        assert f"bersama {NAME}" in text
        assert not dialog.save.isEnabled()
        dialog.submitted.emit()  # Enter, without the tick
        assert desk.patrons.count() == 1
        dialog.form.fill(sure=True)
        assert dialog.save.isEnabled()
        with qtbot.waitSignal(dialog.erased):
            dialog.save.click()
        assert desk.patrons.count() == 0

    def test_what_is_refused_is_told(
        self, desk: Desk, someone: Patron, window: QWidget, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shown: list[str] = []
        monkeypatch.setattr(person_module, "show_error", lambda _w, e: shown.append(e.code))
        dialog = EraseDialog(desk.privacy, someone, parent=window)
        dialog.open()
        desk.privacy.erase(someone.id)
        dialog.form.fill(sure=True)
        dialog.save.click()
        assert shown == ["already_erased"]
        dialog.reject()

    def test_what_is_held_is_looked_at(
        self, desk: Desk, someone: Patron, window: QWidget, qtbot: QtBot
    ) -> None:
        house = house_of(desk.branch)
        dialog = held_dialog(desk.privacy, house, someone, {"Number": "Q-77123"}, over=window)
        dialog.open()
        qtbot.waitUntil(lambda: dialog._data is not None)
        assert dialog.preview.page_count() == 1
        dialog.reject()

    def test_cards_of_one_or_of_all(
        self, desk: Desk, someone: Patron, window: QWidget, qtbot: QtBot
    ) -> None:
        house, on = house_of(desk.branch), desk.patrons.today()
        dialog = CardsDialog(house, someone, desk.patrons.numbered, on=on, parent=window)
        dialog.open()
        qtbot.waitUntil(lambda: dialog._data is not None)
        assert dialog.whose.value() == "one"
        dialog.prefix.setText("KTW")
        dialog.whose.set_value("all")
        dialog.whose.changed.emit()
        qtbot.waitUntil(lambda: dialog._data is not None)
        dialog.reject()

    def test_where_nobody_has_a_number_it_says_so(
        self, desk: Desk, window: QWidget, qtbot: QtBot
    ) -> None:
        patron = desk.patrons.add(PatronDraft(name="Siti"))
        house, on = house_of(desk.branch), desk.patrons.today()
        dialog = CardsDialog(house, patron, desk.patrons.numbered, on=on, parent=window)
        dialog.open()
        assert dialog.whose.value() == "all"
        assert not dialog.print_.isEnabled()
        dialog.reject()
