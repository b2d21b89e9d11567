"""The dialog for files: where it begins, what it remembers, how it looks."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QToolButton, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from perpudesk.core.settings import change_settings, read_settings
from perpudesk.ui.files import FileDialog
from tests.ui.windows import shown

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support ", extend=True)
CSV = ["CSV (*.csv)"]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    return shown(qtbot, QWidget(), (600, 400))


def test_a_file_is_put_under_the_name_that_is_offered(window: QWidget, tmp_path: Path) -> None:
    dialog = FileDialog(window, "Simpan", CSV, save_as="Angka 2026.csv", folder=tmp_path)
    assert dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    assert dialog.defaultSuffix() == "csv"
    assert dialog.selectedFiles() == [str(tmp_path / "Angka 2026.csv")]
    assert dialog.nameFilters() == CSV
    dialog.reject()


def test_it_begins_where_the_last_file_was(
    window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "laporan.csv"
    file.touch()

    def chosen(dialog: QFileDialog) -> int:
        dialog.fileSelected.emit(str(file))
        return QFileDialog.DialogCode.Accepted

    monkeypatch.setattr(QFileDialog, "exec", chosen)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _: [str(file)])
    assert FileDialog(window, "Buka", CSV).ask() == file
    assert read_settings().last_folder == str(tmp_path)
    assert FileDialog(window, "Buka", CSV).directory().path() == str(tmp_path)


def test_nothing_is_remembered_of_what_was_cancelled(
    window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_settings(last_folder=str(tmp_path))
    monkeypatch.setattr(QFileDialog, "exec", lambda _: QFileDialog.DialogCode.Rejected)
    assert FileDialog(window, "Buka", CSV, folder=Path("/")).ask() is None
    assert read_settings().last_folder == str(tmp_path)


def test_qts_own_dialog_is_dressed(window: QWidget) -> None:
    dialog = FileDialog(window, "Buka", CSV)
    assert dialog.findChild(QToolButton, "toParentButton").icon().actualSize(dialog.size())
    header = dialog.findChild(QTreeView, "treeView").header()
    assert header.sectionResizeMode(0) == header.ResizeMode.Stretch
    assert dialog.width() <= dialog.screen().availableGeometry().width()
    dialog.reject()
