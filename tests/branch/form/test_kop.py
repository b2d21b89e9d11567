"""The kop as it will be printed, while it is typed."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from perpudesk.branch.form import kop
from perpudesk.branch.form.kop import KopEditor, printed_kop
from perpudesk.desk import Desk
from perpudesk.paper.document import Letterhead
from tests.branch.typing import shown
from tests.ui.accessibility import assert_accessible, texts_fit

pytestmark = pytest.mark.usefixtures("look")
LINES = ("PEMERINTAH KABUPATEN X", "DINAS PERPUSTAKAAN", "Jalan Contoh 1")


@pytest.fixture
def editor(desk: Desk, qtbot: QtBot) -> KopEditor:
    desk.branch.set_up(letterhead=LINES)
    editor = KopEditor(desk.branch)
    editor.refresh()
    shown(qtbot, editor, (700, 600))
    return editor


@pytest.fixture
def crest(tmp_path: Path) -> Path:
    path = tmp_path / "lambang.png"
    Image.new("RGB", (60, 80), "black").save(path)
    return path


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[Letterhead]:
    """What was printed for the preview."""
    seen: list[Letterhead] = []

    def note(letterhead: Letterhead, spoken: str) -> QImage:
        seen.append(letterhead)
        return printed_kop(letterhead, spoken)

    monkeypatch.setattr(kop, "printed_kop", note)
    return seen


def picture(editor: KopEditor) -> QImage:
    return editor.preview._picture._picture


def test_the_preview_is_what_the_paper_room_prints(editor: KopEditor, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not picture(editor).isNull())
    image = picture(editor)
    assert image.width() > 2 * image.height()
    assert image.pixelColor(0, 0) == QColor("white")
    widget = editor.preview._picture
    qtbot.waitUntil(lambda: widget.height() == widget.heightForWidth(widget.width()))
    assert widget.height() == pytest.approx(widget.width() * image.height() / image.width(), abs=2)


def test_it_follows_the_typing_before_anything_is_stored(
    desk: Desk, qtbot: QtBot, printed: list[Letterhead], editor: KopEditor
) -> None:
    editor.lines.setFocus()
    editor.lines.setPlainText("PEMERINTAH DESA Y\n\n  PERPUSTAKAAN DESA ")
    qtbot.waitUntil(lambda: bool(printed) and printed[-1].office == "PERPUSTAKAAN DESA")
    assert printed[-1].government == ("PEMERINTAH DESA Y",)
    assert desk.branch.current().letterhead == LINES
    qtbot.keyClick(editor.lines, Qt.Key.Key_Tab)
    assert desk.branch.current().letterhead == ("PEMERINTAH DESA Y", "PERPUSTAKAAN DESA")
    editor.lines.clear()
    qtbot.waitUntil(lambda: printed[-1].office == "Perpustakaan Uji")


def test_quick_typing_prints_the_last_word_only(
    qtbot: QtBot, printed: list[Letterhead], editor: KopEditor
) -> None:
    qtbot.waitUntil(lambda: len(printed) == 1)
    for text in ("A", "AB", "ABC"):
        editor.lines.setPlainText(text)
    editor.preview._on_waited()  # one under way ...
    editor.lines.setPlainText("ABCD")
    editor.preview._on_waited()  # ... the next waits until it is done
    qtbot.waitUntil(lambda: printed[-1].office == "ABCD")
    assert [each.office for each in printed[1:]] in (["ABC", "ABCD"], ["ABCD"])


def test_a_refused_line_stays(desk: Desk, qtbot: QtBot, editor: KopEditor) -> None:
    editor.lines.setFocus()
    editor.lines.setPlainText("x" * 201)
    qtbot.keyClick(editor.lines, Qt.Key.Key_Tab)
    assert "200" in editor.form.field("letterhead").error()
    assert desk.branch.current().letterhead == LINES


def test_a_crest_is_chosen_shown_and_dropped(
    desk: Desk, qtbot: QtBot, printed: list[Letterhead], editor: KopEditor, crest: Path
) -> None:
    assert not editor.drop.isVisible()
    qtbot.mouseClick(editor.choose, Qt.MouseButton.LeftButton)
    dialog = next(each for each in editor.findChildren(QFileDialog))
    dialog.reject()
    dialog.fileSelected.emit(str(crest))
    qtbot.waitUntil(lambda: desk.branch.current().has_crest)
    kept = desk.branch.crest()
    assert kept is not None
    assert Image.open(io.BytesIO(kept)).size == (60, 80)
    qtbot.waitUntil(lambda: bool(printed) and printed[-1].crest == kept)
    assert editor.choose.label() == "Choose another crest…"
    qtbot.mouseClick(editor.drop, Qt.MouseButton.LeftButton)
    assert desk.branch.crest() is None
    assert editor.choose.label() == "Choose a crest…"


def text_file(path: Path) -> None:
    path.write_text("not a picture", "utf-8")


def drawing_with_a_link(path: Path) -> None:
    path.write_text(
        '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">'
        '<image href="http://example.com/x.png"/></svg>',
        "utf-8",
    )


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n")
        file.truncate(200_000_000)


def nothing(path: Path) -> None:
    del path


@pytest.mark.parametrize(
    "make, words",
    [
        (text_file, "not a PNG or JPEG"),
        (drawing_with_a_link, "SVG"),
        (huge, "10 MB"),
        (nothing, "could not be read"),
    ],
)
def test_a_bad_crest_gets_its_sentence(
    qtbot: QtBot, editor: KopEditor, tmp_path: Path, make: Callable[[Path], None], words: str
) -> None:
    path = tmp_path / "lambang.png"
    make(path)
    editor.take_crest(str(path))
    qtbot.waitUntil(editor._error.isVisible)
    assert words in editor._error.text()
    assert not editor._branch.current().has_crest
    editor.take_crest(str(path))
    assert not editor._error.isVisible()
    qtbot.waitUntil(editor._error.isVisible)


def test_a_kop_of_nothing_is_a_strip_of_paper() -> None:
    image = printed_kop(Letterhead(), "id")
    assert not image.isNull()
    assert image.height() > 0


def test_everything_has_a_name_and_room(editor: KopEditor, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not picture(editor).isNull())
    assert_accessible(editor)
    assert texts_fit(editor) == []
