from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from perpudesk.core.paths import resource
from perpudesk.ui import theme
from perpudesk.ui.icons import icon, pixmap

NAMES = sorted(path.stem for path in resource("icons").glob("*.svg"))


def colours(image: QImage) -> set[str]:
    """The colours of the pixels that are fully drawn."""
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


def test_there_is_a_drawing_for_everything_named_in_the_brief() -> None:
    assert len(NAMES) >= 40
    assert {"desk", "computer", "members", "report", "undo", "backup", "star"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_drawings_are_one_family(name: str) -> None:
    text = resource(f"icons/{name}.svg").read_text(encoding="utf-8")
    assert 'viewBox="0 0 24 24"' in text
    assert 'stroke="currentColor"' in text
    assert set(re.findall(r'fill="([^"]*)"', text)) == {"none"}
    assert not re.search(r"<(script|image|use|style|text|a)\b|href", text)


@pytest.mark.parametrize("name", NAMES)
def test_every_drawing_is_drawn_in_its_colour(name: str) -> None:
    image = pixmap(name, "primary", 48).toImage()
    assert colours(image) == {theme.current().colour("primary").name()}


def test_icon_is_sharp_on_a_fine_screen() -> None:
    drawn = pixmap("desk", "ink", 20, 2.0)
    assert drawn.size() == QSize(40, 40)
    assert drawn.deviceIndependentSize().toSize() == QSize(20, 20)
    assert icon("desk").pixmap(QSize(20, 20), 2.0).size() == QSize(40, 40)


def test_icon_follows_palette_and_state(qapp: QApplication) -> None:
    made = icon("desk", "ink")
    size = QSize(32, 32)
    assert theme.current().colour("ink").name() in colours(made.pixmap(size).toImage())
    grey = made.pixmap(size, QIcon.Mode.Disabled).toImage()
    assert theme.current().colour("disabled").name() in colours(grey)
    theme.apply(qapp, scheme="dark")
    assert theme.current().colour("ink").name() in colours(icon("desk").pixmap(size).toImage())


def test_icon_paints_itself_and_its_copies() -> None:
    canvas = QPixmap(32, 32)
    canvas.fill("white")
    painter = QPainter(canvas)
    QIcon(icon("check", "red")).paint(painter, canvas.rect())
    painter.end()
    assert theme.current().colour("red").name() in colours(canvas.toImage())


def test_unknown_drawing_is_our_bug() -> None:
    with pytest.raises(FileNotFoundError):
        pixmap("unicorn", "ink", 16)
