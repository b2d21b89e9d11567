"""The window asks where to, and whether with names."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from perpudesk.core.errors import FileError
from perpudesk.leaving.form import export as module
from perpudesk.leaving.form.export import ExportDialog
from perpudesk.leaving.model import NOT_EMPTY
from perpudesk.leaving.service import Exported

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support ", extend=True)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def test_everything_goes_into_a_new_folder(
    window: QWidget, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Path, bool]] = []

    def export(target: Path, names: bool) -> Exported:
        asked.append((target, names))
        if len(asked) == 1:
            raise FileError(NOT_EMPTY, path=str(target))
        return Exported(folder=target, tables=3, rows=9)

    dialog = ExportDialog(export, "perpudesk-2026-11-23", parent=window)
    dialog.open()
    dialog.form.fill(place=str(tmp_path / "none"))
    dialog.save.click()
    assert "Choose a folder" in dialog.form.field("place").error()
    answers = iter(["", str(tmp_path)])
    monkeypatch.setattr(module.QFileDialog, "getExistingDirectory", lambda *_: next(answers))
    dialog._on_choose()
    dialog._on_choose()
    assert dialog.form.value("place") == str(tmp_path)
    dialog.save.click()
    qtbot.waitUntil(dialog.save.isEnabled)
    assert dialog.isVisible()
    dialog.form.fill(names=True)
    with qtbot.waitSignal(dialog.exported) as done:
        dialog.save.click()
    assert done.args is not None
    assert done.args[0].rows == 9
    assert asked[-1] == (tmp_path / "perpudesk-2026-11-23", True)
