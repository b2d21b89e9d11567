"""What is painted: every word of a widget with its colour and its ground, as pixels have them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QFont, QImage, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from perpudesk.ui import theme
from perpudesk.ui.tokens import contrast

FRAME = 3
"""Px at the edges of a widget that are its frame, and no word."""
AROUND = 40
RING = 20
"""So many pixels of one change make a sign."""
LEAST = 6
"""Fewer pixels of a colour are no word."""


@dataclass(frozen=True, slots=True)
class Word:
    """Words in a widget; `rect` in px of the picture, colours as `#rrggbb`; no `ink`: unseen."""

    widget: QWidget
    text: str
    ink: str
    ground: str


@dataclass(slots=True)
class Painted:
    """Pictures of widgets, and the words in them. Made by `painted`, which lets Python tell."""

    told: list[tuple[QWidget, QRectF, str, str]]

    def words(self, page: QWidget) -> list[Word]:
        """Every word of `page` that is seen now, and the colours that it and its ground have."""
        self.told.clear()
        picture = page.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        told = {widget for widget, *_ in self.told}
        others = (each for each in page.findChildren(QWidget) if each not in told)
        return [*self._own(page, picture), *_qts(page, others, picture)]

    def _own(self, page: QWidget, picture: QImage) -> Iterator[Word]:
        """What our own widgets paint: they say with which colour."""
        for widget, rect, text, ink in self.told:
            place = _seen(page, widget, rect.toAlignedRect())
            if not text.strip() or place.isEmpty():
                continue
            colours = _colours(picture, place)
            colours.pop(ink, None)
            if colours:
                yield Word(widget, text, ink, colours.most_common(1)[0][0])


def _qts(page: QWidget, widgets: Iterable[QWidget], picture: QImage) -> Iterator[Word]:
    """What Qt paints: the ground is what most of the widget has, the word what most of the rest."""
    for widget in widgets:
        text = _text(widget)
        inside = widget.rect().adjusted(FRAME, FRAME, -FRAME, -FRAME)
        place = _seen(page, widget, inside)
        if not text.strip() or place.width() < 2 * LEAST or place.height() < 2 * LEAST:
            continue
        (ground, _), *others = _colours(picture, place).most_common()
        seen = [colour for colour, many in others if many >= LEAST]
        yield Word(widget, text, seen[0] if seen else ground, ground)


def _text(widget: QWidget) -> str:
    """What Qt writes into the widget."""
    if not widget.isEnabled():
        return ""
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text()
    if isinstance(widget, QLineEdit):
        return widget.text() or widget.placeholderText()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return widget.toPlainText() or widget.placeholderText()
    return ""


def _seen(page: QWidget, widget: QWidget, rect: QRect) -> QRect:
    """The part of `rect` that is seen, in px of the page."""
    if not widget.isVisibleTo(page):
        return QRect()
    seen = widget.visibleRegion().boundingRect().intersected(rect)
    return seen.translated(widget.mapTo(page, QPoint()))


def _colours(picture: QImage, place: QRect) -> Counter[str]:
    part = picture.copy(place.intersected(picture.rect()))
    pixels = Counter(bytes(part.constBits()[at : at + 4]) for at in range(0, part.sizeInBytes(), 4))
    return Counter({_name(pixel): many for pixel, many in pixels.items()})


def ring(widget: QWidget) -> float:
    """How strong the sign is that `widget` has the keys: the contrast of what it changes."""
    if (other := QApplication.focusWidget()) is not None:
        other.clearFocus()
    before = _picture(widget)
    widget.setFocus()
    after = _picture(widget)
    changed = Counter(
        (old, new)
        for at in range(0, min(len(before), len(after)), 4)
        if (old := before[at : at + 4]) != (new := after[at : at + 4])
    )
    strong = (contrast(_name(a), _name(b)) for (a, b), many in changed.items() if many >= RING)
    return max(strong, default=1.0)


def _picture(widget: QWidget) -> bytes:
    """The widget and a little around it, where the edge of its card may say it."""
    QApplication.processEvents()
    window = widget.window()
    place = QRect(widget.mapTo(window, QPoint()), widget.size()).adjusted(
        -AROUND, -AROUND, AROUND, AROUND
    )
    picture = window.grab(place).toImage().convertToFormat(QImage.Format.Format_RGB32)
    return bytes(picture.constBits())


def _name(pixel: bytes) -> str:
    return f"#{pixel[2]:02x}{pixel[1]:02x}{pixel[0]:02x}"


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> Painted:
    """Asks what is painted, with letters of one colour, without soft edges."""
    told: list[tuple[QWidget, QRectF, str, str]] = []
    paint = QPainter.drawText

    def draw_text(painter: QPainter, *args: Any) -> Any:
        device = painter.device()
        if isinstance(device, QWidget):
            rect = painter.worldTransform().mapRect(QRectF(args[0]))
            told.append((device, rect, str(args[-1]), painter.pen().color().name()))
        return paint(painter, *args)

    make = theme._font

    def hard(points: float, bold: bool) -> QFont:
        font = QFont(make(points, bold))
        font.setStyleStrategy(QFont.StyleStrategy.NoAntialias)
        return font

    monkeypatch.setattr(QPainter, "drawText", draw_text)
    monkeypatch.setattr(theme, "_font", hard)
    return Painted(told)
