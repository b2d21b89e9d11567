"""Targets as a librarian sets them: typed, stored on leaving the field, year by year."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from perpudesk.branch.page import Part, SettingsPage
from perpudesk.core import i18n
from perpudesk.desk import Desk
from perpudesk.reports.form.targets import TargetsSection, targets_told
from perpudesk.totals.model import Thresholds
from perpudesk.ui import theme
from tests.ui.accessibility import assert_accessible, texts_fit
from tests.ui.windows import shown


@pytest.fixture(autouse=True)
def _look(qapp: QApplication) -> Iterator[None]:
    i18n.use("en")
    theme.apply(qapp)
    yield
    theme.apply(qapp)


@pytest.fixture
def section(qtbot: QtBot, desk: Desk) -> TargetsSection:
    section = shown(qtbot, TargetsSection(desk.totals, desk.branch.today()), (860, 700))
    section.refresh()
    return section


def type_in(qtbot: QtBot, section: TargetsSection, name: str, text: str) -> None:
    box = section.form.field(name).widget
    assert isinstance(box, QLineEdit)
    box.setFocus()
    box.selectAll()
    qtbot.keyClick(box, Qt.Key.Key_Backspace)
    qtbot.keyClicks(box, text)
    qtbot.keyClick(box, Qt.Key.Key_Tab)


def kept(desk: Desk, year: int = 2026) -> dict[str, float]:
    return {code: target.value for code, target in desk.totals.targets(year).items()}


def test_what_is_typed_is_stored_for_the_year(
    qtbot: QtBot, desk: Desk, section: TargetsSection
) -> None:
    assert targets_told(desk.totals, desk.branch.today()) == "none yet"
    type_in(qtbot, section, "visits", "24.000")
    type_in(qtbot, section, "visits_per_open_day", "92.5")
    type_in(qtbot, section, "completeness_sex", "95")
    expected = {"visits": 24_000, "visits_per_open_day": 92.5, "completeness_sex": 0.95}
    assert kept(desk) == expected
    assert targets_told(desk.totals, desk.branch.today()) == "3 targets, 2026"
    section.refresh()
    assert section.form.value("completeness_sex") == 95
    type_in(qtbot, section, "visits", "")
    assert "visits" not in kept(desk)


def test_each_year_has_its_own(qtbot: QtBot, desk: Desk, section: TargetsSection) -> None:
    type_in(qtbot, section, "visits", "100")
    section.years.chip("2027").click()
    assert section.form.value("visits") is None
    type_in(qtbot, section, "visits", "200")
    section.years.chip("2026").click()
    assert section.form.value("visits") == 100
    assert (kept(desk), kept(desk, 2027)) == ({"visits": 100}, {"visits": 200})


def test_what_is_refused_stays_and_so_does_the_year(
    qtbot: QtBot, desk: Desk, section: TargetsSection
) -> None:
    type_in(qtbot, section, "visits", "many")
    assert "whole number" in section.form.field("visits").error()
    section.years.chip("2027").click()
    assert section.years.value() == "2026"
    type_in(qtbot, section, "visits", "0")
    assert "more than 0" in section.form.field("visits").error()
    assert kept(desk) == {}


def test_thresholds_are_percents_of_the_target(
    qtbot: QtBot, desk: Desk, section: TargetsSection
) -> None:
    type_in(qtbot, section, "yellow", "75")
    type_in(qtbot, section, "green", "97.5")
    assert desk.totals.thresholds() == Thresholds(green=0.975, yellow=0.75)
    type_in(qtbot, section, "green", "60")
    assert "Yellow must begin" in section.form.field("green").error()
    type_in(qtbot, section, "green", "")
    assert desk.totals.thresholds() == Thresholds(green=0.975, yellow=0.75)


@pytest.mark.parametrize("size, scale", [((960, 600), 1.0), ((1270, 768), 1.5)])
def test_the_settings_have_room_for_it(
    qtbot: QtBot, qapp: QApplication, desk: Desk, size: tuple[int, int], scale: float
) -> None:
    theme.apply(qapp, scale=scale)
    today = desk.branch.today
    part = Part(
        key="targets",
        title="Targets",
        make=lambda: TargetsSection(desk.totals, today()),
        told=lambda: targets_told(desk.totals, today()),
    )
    page = shown(qtbot, SettingsPage(desk.branch, folder=desk.folder, more=[part]), size)
    page.open_section("targets")
    assert isinstance(page.section(), TargetsSection)
    assert_accessible(page)
    qtbot.waitUntil(lambda: texts_fit(page) == [])
    assert page.minimumSizeHint().width() <= size[0]
