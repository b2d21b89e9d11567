"""A backup put in the place of the records while the window is open, and on a new computer."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from perpudesk.app import App
from perpudesk.backups.form.restore import RestoreDialog, Wanted
from perpudesk.backups.form.section import BackupsSection
from perpudesk.branch.form import FirstRun
from perpudesk.branch.page import SettingsPage
from perpudesk.core.formats import date_long
from perpudesk.db.guard import Guard
from perpudesk.desk import Desk
from perpudesk.ui.text import Text
from perpudesk.ui.toasts import Toast
from perpudesk.visits.model import VisitDraft
from perpudesk.visits.page import VisitsPage
from tests.test_app import Start, boxes, qt, start

__all__ = ["boxes", "qt", "start"]
KEY = bytes(range(32))
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support ", extend=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A branch with two visits, and a third after its copy on the stick."""
    made = tmp_path / "records"
    with Desk(made) as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
        desk.backups.take_key(KEY)
        for _ in range(2):
            desk.visits.record(VisitDraft())
        desk.backups.make(tmp_path / "stick", sealed=True)
        desk.visits.record(VisitDraft())
    return made


@pytest.fixture
def copy(folder: Path) -> Path:
    """The copy on the stick."""
    (found,) = (folder.parent / "stick").glob("*.pdbak")
    return found


def settled(app: App, qtbot: QtBot) -> None:
    """The records are open again and the desk is in front."""
    qtbot.waitUntil(
        lambda: (
            app._desk is not None
            and app._desk._store is not None
            and isinstance(app.window.current(), VisitsPage)
        ),
        timeout=20_000,
    )


def test_the_window_goes_on_with_what_was_put_back(
    start: Start, folder: Path, copy: Path, qtbot: QtBot
) -> None:
    app = start(folder)
    app.window.go("trainings")
    first = app.window
    assert app.desk.visits.count() == 3
    app.restore(Wanted(path=copy, key=KEY, other_branch=False))
    first._on_minute()  # the system wakes it while there are no records
    settled(app, qtbot)
    assert app.window is not first
    assert app.desk.visits.count() == 2
    app.desk.visits.record(VisitDraft())
    said = [each.accessibleName() for each in app.window.findChildren(Toast)]
    assert any(text.startswith("Put back: Perpustakaan Uji, until ") for text in said)
    (safety,) = (folder / "backups").glob("*-restore.db")
    assert any(str(safety.name) in text for text in said)
    with pytest.raises(Exception, match="already open"):
        Guard(folder)  # the folder was never anybody else's
    app.restore(Wanted(path=safety, key=None, other_branch=False))
    settled(app, qtbot)
    assert app.desk.visits.count() == 3


@pytest.mark.skipif(sys.platform == "win32", reason="the system tells it otherwise there")
def test_the_system_is_heeded_once(start: Start, folder: Path, copy: Path, qtbot: QtBot) -> None:
    app = start(folder)
    qtbot.waitUntil(lambda: bool(app._outside._ends))
    ends = app._outside._ends
    app.restore(Wanted(path=copy, key=KEY, other_branch=False))
    settled(app, qtbot)
    qtbot.waitUntil(lambda: not app._settle.isActive())
    assert app._outside._ends is ends
    assert all(end.fileno() >= 0 for end in ends)


def test_what_cannot_be_put_back_leaves_everything(
    start: Start, folder: Path, copy: Path, boxes: list[str], qtbot: QtBot
) -> None:
    app = start(folder)
    app.restore(Wanted(path=copy, key=bytes(32), other_branch=False))
    settled(app, qtbot)
    assert "another recovery sheet" in boxes[0]
    assert app.desk.visits.count() == 3


def test_a_new_computer_begins_with_the_stick(
    start: Start, tmp_path: Path, copy: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("perpudesk.backups.form.restore.plugged_in", list)
    app = start(tmp_path / "new")
    guide = app.window.findChild(FirstRun)
    guide.restore.click()
    dialog = guide.window().findChild(RestoreDialog)
    said = " ".join(each.text() for each in dialog.findChildren(Text))
    assert "The desk goes on here" in said
    assert "kept as a backup" not in said  # nothing stands here
    dialog.look(copy)
    qtbot.waitUntil(dialog.restore.isEnabled)
    from perpudesk.backups.words import words_of

    dialog.form.fill(words=" ".join(words_of(KEY)))
    dialog.restore.click()
    settled(app, qtbot)
    assert app.desk.visits.count() == 2
    labels = [each.text() for each in app.window.rail.findChildren(QLabel)]
    assert "Perpustakaan Uji" in labels
    (said,) = (each.accessibleName() for each in app.window.findChildren(Toast))
    assert said == f"Put back: Perpustakaan Uji, until {date_long(app.desk.backups.today())}."
    assert list((tmp_path / "new" / "backups").glob("*-restore.db")) == []


def test_the_section_asks_and_the_foot_leads_there(
    start: Start, folder: Path, copy: Path, qtbot: QtBot
) -> None:
    app = start(folder)
    app._on_line_pressed("backups")
    page = app.window.current()
    assert page is not None
    assert page.key == "settings"
    section = page.section()  # type: ignore[attr-defined]
    assert isinstance(section, BackupsSection)
    section.restore_asked.emit(Wanted(path=copy, key=KEY, other_branch=False))
    settled(app, qtbot)
    assert app.desk.visits.count() == 2
    assert copy.exists()


def test_when_it_is_closed_it_is_copied(
    start: Start, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("perpudesk.copying.plugged_in", list)
    monkeypatch.setattr("perpudesk.app._WARM_UP_MS", 50)
    app = start(folder)
    qtbot.waitUntil(lambda: app._copying is not None and bool(app.desk.backups.copies()))
    qtbot.waitUntil(lambda: not app._copying._working)  # type: ignore[union-attr]
    before = {each.path for each in app.desk.backups.copies()}
    app.desk.visits.record(VisitDraft())
    app.window.close()
    app.stop()
    copies = set((folder / "backups").glob("*.db"))
    assert copies
    assert copies != before


def test_the_list_of_the_settings_says_at_once_how_safe_it_is(
    start: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    with Desk(tmp_path / "records") as desk:
        desk.branch.set_up(name="Perpustakaan Uji", zone="WIB")
        desk.backups.take_key(KEY)
    app = start(tmp_path / "records")
    app._on_line_pressed("backups")
    page = app.window.current()
    assert isinstance(page, SettingsPage)
    assert page._summaries["backups"] == "only on this computer"
    section = page.section()
    assert isinstance(section, BackupsSection)
    section.name(tmp_path)
    qtbot.waitUntil(lambda: page._summaries["backups"] == "safe")
    app.desk.backups.make(tmp_path / "other")
    app._places.copied.emit()  # as when it was made by itself
    assert str(tmp_path / "other") in section.away.text()
