"""The guide of the first start."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from perpudesk.branch.form import FirstRun, steps
from perpudesk.branch.form.steps import (
    IdentityStep,
    KopStep,
    PlaceStep,
    SignatoriesStep,
    StaffStep,
)
from perpudesk.branch.model import USUAL_WEEK
from perpudesk.core import i18n
from perpudesk.core.settings import read_settings
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk
from perpudesk.ui import theme
from perpudesk.ui.help import HelpDialog, help_text
from perpudesk.ui.text import Text
from tests.branch.typing import fill, shown
from tests.ui.accessibility import assert_accessible, texts_fit

pytestmark = pytest.mark.usefixtures("look")
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def fresh(tmp_path: Path, fixed_clock: FixedClock) -> Iterator[Desk]:
    """A folder where nothing is set up."""
    with Desk(tmp_path / "new", clock=fixed_clock) as desk:
        yield desk


@pytest.fixture
def guide(fresh: Desk, qtbot: QtBot) -> FirstRun:
    guide = FirstRun(fresh.branch)
    shown(qtbot, guide, (1366, 700))
    return guide


def box(guide: FirstRun, name: str) -> Any:
    form: Any = guide.step
    return form.form.field(name).widget


def press(
    qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    qtbot.keyClick(widget, key, modifier)


def test_one_page_is_enough(fresh: Desk, guide: FirstRun, qtbot: QtBot) -> None:
    assert box(guide, "name").hasFocus()
    qtbot.keyClicks(box(guide, "name"), "TBM Petik")
    box(guide, "kind").set_value("community")
    qtbot.mouseClick(box(guide, "zone").chip("Asia/Jayapura"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(guide.finished):
        qtbot.mouseClick(guide.start, Qt.MouseButton.LeftButton)
    branch = fresh.branch.current()
    assert (branch.name, branch.kind, branch.zone) == ("TBM Petik", "community", "Asia/Jayapura")
    assert branch.opening_hours is None


def test_without_a_name_it_stays_and_says_so(fresh: Desk, guide: FirstRun, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(guide.finished):
        for key, modifier in (
            (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
            (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier),
            (Qt.Key.Key_Return, CTRL),
        ):
            press(qtbot, key, modifier)
    assert box(guide, "name").hasFocus()
    assert guide.step.form.field("name").error()  # type: ignore[attr-defined]
    guide._rail.chosen.emit("3")
    assert isinstance(guide.step, IdentityStep)
    assert guide._rail._buttons["0"].isChecked()
    assert fresh.branch.find() is None


def test_the_language_changes_every_text_at_once(guide: FirstRun, qtbot: QtBot) -> None:
    qtbot.keyClicks(box(guide, "name"), "Perpusda")
    box(guide, "kind").set_value("village")
    qtbot.mouseClick(box(guide, "language").chip("id"), Qt.MouseButton.LeftButton)
    assert read_settings().language == i18n.language() == "id"
    assert (box(guide, "name").text(), box(guide, "kind").value()) == ("Perpusda", "village")
    assert box(guide, "kind").currentText() == "Perpustakaan desa/kelurahan"
    qtbot.mouseClick(box(guide, "language").chip("en"), Qt.MouseButton.LeftButton)
    assert read_settings().language == i18n.language() == "en"
    assert box(guide, "kind").currentText() == "Village library"
    assert box(guide, "name").hasFocus()


def test_practice_can_come_first(fresh: Desk, guide: FirstRun, qtbot: QtBot) -> None:
    with qtbot.waitSignal(guide.practice_asked):
        qtbot.mouseClick(guide.practice, Qt.MouseButton.LeftButton)
    assert fresh.branch.find() is None


def to_step(guide: FirstRun, qtbot: QtBot, step: int) -> None:
    """Go on to the page with that number, the first is 1."""
    qtbot.keyClicks(box(guide, "name"), "Perpusda")
    press(qtbot, Qt.Key.Key_Return)
    for _ in range(step - 2):
        press(qtbot, Qt.Key.Key_Return, CTRL)


def test_place_and_the_usual_hours_are_taken(fresh: Desk, guide: FirstRun, qtbot: QtBot) -> None:
    to_step(guide, qtbot, 2)
    assert isinstance(guide.step, PlaceStep)
    assert box(guide, "place").hasFocus()
    qtbot.keyClicks(box(guide, "place"), "Pangkalan Bun")
    fill(qtbot, box(guide, "address"), "Jalan Contoh 1")
    press(qtbot, Qt.Key.Key_Return, CTRL)
    assert isinstance(guide.step, KopStep)
    branch = fresh.branch.current()
    assert (branch.place, branch.address) == ("Pangkalan Bun", "Jalan Contoh 1")
    assert branch.opening_hours == USUAL_WEEK
    qtbot.mouseClick(guide.back, Qt.MouseButton.LeftButton)
    assert box(guide, "place").text() == "Pangkalan Bun"


def test_hours_that_are_wrong_hold_the_page_but_not_the_way_past(
    fresh: Desk, guide: FirstRun, qtbot: QtBot
) -> None:
    to_step(guide, qtbot, 2)
    step = guide.step
    assert isinstance(step, PlaceStep)
    fill(qtbot, step.hours._days[0].opens, "pagi")
    press(qtbot, Qt.Key.Key_Return, CTRL)
    assert guide.step is step
    assert step.hours._days[0].error.text()
    qtbot.mouseClick(guide.skip, Qt.MouseButton.LeftButton)
    assert isinstance(guide.step, KopStep)
    assert fresh.branch.current().opening_hours is None


def test_the_kop_is_typed_and_kept(fresh: Desk, guide: FirstRun, qtbot: QtBot) -> None:
    to_step(guide, qtbot, 3)
    assert isinstance(guide.step, KopStep)
    guide.step.editor.lines.setPlainText("PEMERINTAH X\nDINAS Y")
    press(qtbot, Qt.Key.Key_Return, CTRL)
    assert isinstance(guide.step, SignatoriesStep)
    assert fresh.branch.current().letterhead == ("PEMERINTAH X", "DINAS Y")


def test_to_the_end_by_keys(fresh: Desk, guide: FirstRun, qtbot: QtBot) -> None:
    to_step(guide, qtbot, 4)
    assert isinstance(guide.step, SignatoriesStep)
    qtbot.keyClicks(QApplication.focusWidget(), "Kepala")
    last = guide.step.editor.right.field("nip").widget
    fill(qtbot, last, "1", leave=Qt.Key.Key_Return)
    assert isinstance(guide.step, StaffStep)
    assert [(who.place, who.post) for who in fresh.branch.signatories()] == [
        ("left", "Kepala"),
        ("right", ""),
    ]
    assert not guide.next.isVisible()
    qtbot.keyClicks(QApplication.focusWidget(), "Rina")  # typed, and not added yet
    with qtbot.waitSignal(guide.finished):
        press(qtbot, Qt.Key.Key_Return, CTRL)
    here = fresh.branch.who_is_at_desk()
    assert here is not None
    assert here.name == "Rina"


def test_the_rail_goes_to_any_page(fresh: Desk, guide: FirstRun, qtbot: QtBot) -> None:
    to_step(guide, qtbot, 2)
    guide._rail.chosen.emit("4")
    assert isinstance(guide.step, StaffStep)
    guide._rail.chosen.emit("4")
    assert isinstance(guide.step, StaffStep)
    guide._rail.chosen.emit("0")
    assert box(guide, "name").text() == "Perpusda"
    box(guide, "name").setText("Perpusda Kobar")
    press(qtbot, Qt.Key.Key_F2)
    assert fresh.branch.current().name == "Perpusda Kobar"


def test_a_zone_set_by_command_is_offered(fresh: Desk, qtbot: QtBot) -> None:
    fresh.branch.set_up(name="Perpusda", zone="Asia/Singapore")
    guide = FirstRun(fresh.branch)
    qtbot.addWidget(guide)
    assert box(guide, "zone").value() == "Asia/Singapore"


@pytest.mark.parametrize(
    "hours, zone", [(7, "Jakarta"), (8, "Makassar"), (9, "Jayapura"), (2, "Jakarta")]
)
def test_the_machines_own_zone_is_proposed(
    monkeypatch: pytest.MonkeyPatch, hours: int, zone: str
) -> None:
    class Here:
        """A machine that is `hours` ahead of UTC."""

        @staticmethod
        def now(_tz: object) -> datetime:
            return Moment(2026, 11, 23, tzinfo=UTC)

    class Moment(datetime):
        def astimezone(self, tz: Any = None) -> datetime:
            return datetime(2026, 11, 23, tzinfo=timezone(timedelta(hours=hours)))

    monkeypatch.setattr(steps, "datetime", Here)
    assert steps._zone_of_machine() == f"Asia/{zone}"


@pytest.mark.parametrize("size, scale", [((1024, 600), 1.0), ((1366, 768), 1.5)])
def test_every_page_has_names_and_room(
    fresh: Desk, qtbot: QtBot, qapp: QApplication, size: tuple[int, int], scale: float
) -> None:
    theme.apply(qapp, scale=scale)
    guide = FirstRun(fresh.branch)
    shown(qtbot, guide, size)
    qtbot.keyClicks(box(guide, "name"), "Perpusda")
    for place in range(5):
        guide._rail.chosen.emit(str(place))
        qtbot.waitUntil(guide.step.isVisible)
        assert_accessible(guide)
        assert texts_fit(guide) == []
        assert any(text.text() for text in guide.findChildren(Text))
        assert guide.minimumSizeHint().width() <= size[0]


def test_help_is_there_from_the_first_page(guide: FirstRun, qtbot: QtBot) -> None:
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F1)
    dialog = guide.window().findChild(HelpDialog)
    assert dialog is not None
    assert dialog.text.toPlainText().startswith("First set-up")
    dialog.close()
    for lang in i18n.LANGUAGES:
        i18n.use(lang)
        assert help_text("first-run").startswith("# ")
