"""Finished pages before they are printed or saved."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMainWindow, QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from perpudesk.core.codes import Paper
from perpudesk.core.errors import InputError, Problem, RuleError, StorageError
from perpudesk.core.settings import read_settings
from perpudesk.ui import paper_dialog
from perpudesk.ui.paper_dialog import Make, PaperDialog
from tests.ui.windows import shown

WRONG = Problem("wrong", "That does not go.")


def pdf(pages: int, paper: Paper = Paper.A4) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842 if paper is Paper.A4 else 935))
    for _ in range(pages):
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


class Wishes:
    """What is wished next; each wish is of one page more."""

    def __init__(self) -> None:
        self.pages = 0
        self.refused: Exception | None = None
        self.papers: list[Paper] = []

    def __call__(self) -> Make | None:
        if self.refused is not None:
            raise self.refused
        self.pages += 1
        count = self.pages

        def make(paper: Paper) -> bytes:
            self.papers.append(paper)
            return pdf(count, paper)

        return make


@pytest.fixture
def wishes() -> Wishes:
    return Wishes()


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    window.setCentralWidget(QWidget())
    return shown(qtbot, window, (1366, 720))


@pytest.fixture
def dialog(qtbot: QtBot, wishes: Wishes, window: QMainWindow) -> PaperDialog:
    dialog = PaperDialog("Email", wishes, lambda: "Daftar: 1/2", parent=window)
    dialog.set_out()
    dialog.open()
    dialog.refresh()
    qtbot.waitUntil(dialog.save.isEnabled, timeout=5_000)
    return dialog


def test_the_last_wish_counts_and_half_a_number_changes_nothing(
    dialog: PaperDialog, wishes: Wishes, qtbot: QtBot
) -> None:
    dialog.refresh()
    dialog.refresh()
    qtbot.waitUntil(lambda: dialog.preview.page_count() == 3, timeout=5_000)
    wishes.refused = InputError(WRONG, field="pages")
    dialog.refresh()
    assert dialog.preview.page_count() == 3
    assert dialog.save.isEnabled()


def test_a_refusal_stands_in_place_of_the_pages(
    dialog: PaperDialog, wishes: Wishes, qtbot: QtBot
) -> None:
    wishes.refused = RuleError(WRONG)
    dialog.refresh()
    assert dialog.preview.page_count() == 0
    assert dialog.preview._message.text() == "That does not go."
    assert not dialog.print_.isEnabled()
    dialog._on_print()
    dialog._on_save()
    wishes.refused = None
    dialog.refresh()
    assert "being made" in dialog.preview._message.text()
    qtbot.waitUntil(dialog.save.isEnabled, timeout=5_000)


def test_what_is_only_to_be_looked_at_goes_on_no_paper(dialog: PaperDialog) -> None:
    dialog.allow(on_paper=False)
    assert not dialog.save.isEnabled()
    assert not dialog.print_.isEnabled()
    dialog.allow(on_paper=True)
    assert dialog.print_.isEnabled()


def test_the_paper_is_remembered(
    dialog: PaperDialog, wishes: Wishes, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    qtbot.mouseClick(dialog.paper.chip("f4"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: wishes.papers == [Paper.A4, Paper.F4], timeout=5_000)
    assert read_settings().paper is Paper.F4
    said: list[str] = []
    monkeypatch.setattr(
        paper_dialog, "show_error", lambda _of, error: said.append(error.sentence())
    )
    monkeypatch.setattr(paper_dialog, "change_settings", _full)
    qtbot.mouseClick(dialog.paper.chip("a4"), Qt.MouseButton.LeftButton)
    assert said == ["That does not go."]


def _full(**_given: object) -> None:
    raise StorageError(WRONG)


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path | None], None]:
    """Whoever is asked for a file chooses this one, or none."""

    def choose(path: Path | None) -> None:
        answer = QFileDialog.DialogCode.Accepted if path else QFileDialog.DialogCode.Rejected
        monkeypatch.setattr(QFileDialog, "exec", lambda _self: answer)
        monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _self: [str(path)])

    return choose


def test_what_is_seen_is_saved_under_a_name_that_every_system_takes(
    dialog: PaperDialog,
    chosen: Callable[[Path | None], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    offered: list[str] = []
    monkeypatch.setattr(QFileDialog, "selectFile", lambda _self, name: offered.append(name))
    chosen(None)
    dialog.save.click()
    assert list(tmp_path.glob("*.pdf")) == []
    chosen(tmp_path / "daftar.pdf")
    dialog.save.click()
    assert (tmp_path / "daftar.pdf").read_bytes() == dialog._data
    assert offered == ["Daftar- 1-2.pdf"] * 2


def test_a_file_that_cannot_be_written_is_said(
    dialog: PaperDialog,
    chosen: Callable[[Path | None], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: list[str] = []
    monkeypatch.setattr(
        paper_dialog, "show_error", lambda _of, error: said.append(error.sentence())
    )
    chosen(tmp_path / "nowhere" / "daftar.pdf")
    dialog.save.click()
    assert len(said) == 1
