"""How a tile is painted, as much of it as there is room for."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPen

from perpudesk.computers.board import TileKind
from perpudesk.computers.form.words import Face
from perpudesk.computers.page.arrange import Room
from perpudesk.ui import theme
from perpudesk.ui.stylesheet import TONES, pill_height
from perpudesk.ui.theme import Size

EDGES = {
    TileKind.FREE: "control_line",
    TileKind.IN_USE: "primary",
    TileKind.NEARLY_OVER: "amber",
    TileKind.OVER_TIME: "red",
    TileKind.PAUSED: "quiet",
    TileKind.CLASS: "blue",
    TileKind.RESERVED: "blue",
    TileKind.CALLED: "blue",
    TileKind.BROKEN: "track",
}
"""The colour of the left edge and of the bar, by state; the word beside it says the same."""
EDGE = 6
"""How wide the coloured edge is, in px."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Type sizes of title, who and time, spaces at the sides and above, the bar, the corners."""

    title: Size
    who: Size
    time: Size
    side: int
    above: int
    bar: int
    round: int


MEASURES = {
    Room.WIDE: Measure(Size.HEADING, Size.LABEL, Size.FIGURE, 16, 12, 8, 10),
    Room.PLAIN: Measure(Size.LABEL, Size.BODY, Size.HEADING, 11, 8, 6, 10),
    Room.CLOSE: Measure(Size.BODY, Size.SMALL, Size.BODY, 9, 6, 5, 7),
    Room.TIGHT: Measure(Size.SMALL, Size.SMALL, Size.SMALL, 8, 4, 4, 7),
}
BUTTON = 30
"""The height of a tile's buttons, at 100 %."""
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_MIDDLE, _CENTRE = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """What a tick changes of a tile: where the time stands, how it is written, and the bar."""

    time: QRect
    font: QFont
    side: Qt.AlignmentFlag
    bar: QRect


class Brush:
    """Paints one tile from top to bottom: what stands still, and what moves with the clock."""

    def __init__(self, painter: QPainter, face: Face, room: Room) -> None:
        self._painter, self._face, self._room = painter, face, room
        self._look, self._measure = theme.current(), MEASURES[room]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def still(self, box: QRect, *, offered: bool, focused: bool) -> Moving:
        """Paint what stands still; its edge says that it can be chosen, or has the focus."""
        edge, width = ("primary", 2.0) if offered else ("line", 1.0)
        if focused:
            edge, width = "focus", 3.0
        self._painter.fillRect(box, self._look.colour("background"))
        self._ground(box, edge, width)
        side, above = self._measure.side, self._measure.above
        inner = box.adjusted(EDGE + side, above, -side, -above)
        return self._at_length(inner) if self._room <= Room.PLAIN else self._in_short(inner)

    def moving(self, at: Moving) -> None:
        """Paint what a tick changes, over what stands still."""
        long = self._room <= Room.PLAIN
        self._write_whole(at.time, self._face.big if long else self._face.brief, at.font, at.side)
        self._bar(at.bar)

    def _ground(self, box: QRect, edge: str, width: float) -> None:
        half, round_ = width / 2, self._measure.round
        shape = QPainterPath()
        inside = QRectF(box).adjusted(half, half, -half, -half)
        shape.addRoundedRect(inside, round_, round_)
        painter = self._painter
        painter.fillPath(shape, self._look.colour("card"))
        painter.save()
        painter.setClipRect(box.left(), box.top(), EDGE, box.height())
        painter.fillPath(shape, self._look.colour(EDGES[self._face.kind]))
        painter.restore()
        painter.setPen(QPen(self._look.colour(edge), width))
        painter.drawPath(shape)

    def _at_length(self, inner: QRect) -> Moving:
        """Title and state, who, room for a large time and the bar, and what else is to be said."""
        look, face, measure = self._look, self._face, self._measure
        wide, free = self._room is Room.WIDE, self._face.kind is TileKind.FREE
        room = inner.height() - (look.px(BUTTON) + 8 if wide else 0)
        time = Size.HEADING if wide and room < look.px(108) else measure.time
        who = look.font(measure.who, bold=wide and not free)
        head = max(look.metrics(measure.title, bold=True).height(), pill_height(look))
        one, big = look.metrics(measure.who, bold=True), look.metrics(time, bold=True).height()
        bar, note = look.px(measure.bar), look.metrics(Size.SMALL).height() if face.note else 0
        spare = room - head - one.height() - big - bar
        lines = 1
        if wide and spare > one.height() + note + 12:
            lines += one.horizontalAdvance(face.who) > inner.width()
        spare -= (lines - 1) * one.height()
        note = note if spare > note + 6 else 0
        gap = max(1, min(look.px(8), (spare - note) // (4 if note else 3)))
        at = QRect(inner.left(), inner.top(), inner.width(), head)
        self._head(at)
        at = _below(at, gap, one.height() * lines)
        self._write(at, face.who, who, "quiet" if free else "ink", lines=lines)
        at = _below(at, gap // 2, big)
        below = _below(at, gap, bar)
        self._track(below)
        if note:
            self._write(_below(below, gap, note), face.note, look.font(Size.SMALL), "quiet")
        return Moving(time=at, font=look.font(time, bold=True), side=_LEFT, bar=below)

    def _in_short(self, inner: QRect) -> Moving:
        """Two lines: title and room for a short time, who; below them the bar."""
        look, face, measure = self._look, self._face, self._measure
        head = look.metrics(measure.title, bold=True)
        second, bar = look.metrics(measure.who).height(), look.px(measure.bar)
        gap = max(0, min(look.px(4), (inner.height() - head.height() - second - bar) // 2))
        at = QRect(inner.left(), inner.top(), inner.width(), head.height())
        wide = look.metrics(measure.time, bold=True).horizontalAdvance(face.brief)
        wide = min(wide, max(at.width() - head.horizontalAdvance(face.title) - 5, at.width() // 3))
        right = QRect(at.right() + 1 - wide, at.top(), wide, at.height())
        self._title(at.adjusted(0, 0, -wide - 4, 0))
        self._write(_below(at, gap, second), face.who, look.font(measure.who), "quiet")
        below = QRect(at.left(), inner.bottom() + 1 - bar, at.width(), bar)
        self._track(below)
        font = look.font(measure.time, bold=True)
        return Moving(time=right, font=font, side=_RIGHT, bar=below)

    def _head(self, at: QRect) -> None:
        """The title at the left, at the right the state as a pill."""
        look, text = self._look, self._face.state
        metrics = look.metrics(Size.SMALL, bold=True)
        wide = metrics.horizontalAdvance(text) + 2 * look.px(9)
        title = look.metrics(self._measure.title, bold=True).horizontalAdvance(self._face.title)
        if self._room is not Room.WIDE and title + wide + 6 > at.width():
            self._title(at)
            return
        wide = min(wide, at.width() - look.px(52))
        tall = pill_height(look)
        box = QRect(at.right() + 1 - wide, at.center().y() - tall // 2 + 1, wide, tall)
        soft, ink = _pill_colours(self._face.tone)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(look.colour(soft))
        self._painter.drawRoundedRect(box, tall / 2, tall / 2)
        self._write(box.adjusted(4, 0, -4, 0), text, look.font(Size.SMALL, bold=True), ink, _CENTRE)
        self._title(at.adjusted(0, 0, -wide - 6, 0))

    def _title(self, at: QRect) -> None:
        """What it is called; beside it the number to type, where the name does not end in it."""
        look, face = self._look, self._face
        used = self._write(at, face.title, look.font(self._measure.title, bold=True), "ink")
        if not face.key:
            return
        metrics = look.metrics(Size.SMALL)
        wide, tall = metrics.horizontalAdvance(face.key) + 10, metrics.height() + 2
        box = QRect(at.left() + used + 6, at.center().y() - tall // 2, wide, tall)
        if box.right() > at.right():
            return
        self._painter.setPen(QPen(look.colour("control_line"), 1))
        self._painter.setBrush(look.colour("card"))
        self._painter.drawRoundedRect(box, 4, 4)
        self._write(box, face.key, look.font(Size.SMALL), "quiet", _CENTRE)

    def _track(self, box: QRect) -> None:
        """What the bar runs on."""
        half = box.height() / 2
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._look.colour("track"))
        self._painter.drawRoundedRect(box, half, half)

    def _bar(self, box: QRect) -> None:
        share, tall = self._face.share, box.height()
        if not share:
            return
        wide = max(tall, box.width() * share // 100)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._look.colour(EDGES[self._face.kind]))
        self._painter.drawRoundedRect(QRectF(box.left(), box.top(), wide, tall), tall / 2, tall / 2)

    def _write(
        self,
        at: QRect,
        text: str,
        font: QFont,
        colour: str,
        side: Qt.AlignmentFlag = _LEFT,
        *,
        lines: int = 1,
    ) -> int:
        """Write, cut at the end where there is no room; how wide a line became."""
        self._painter.setFont(font)
        self._painter.setPen(self._look.colour(colour))
        metrics = self._painter.fontMetrics()
        wide = metrics.horizontalAdvance(text)
        if wide > at.width():
            # A line ends with a word: what that leaves free is not for the next.
            room = at.width() * lines - (lines - 1) * at.width() // 4
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        wrap = Qt.TextFlag.TextWordWrap if lines > 1 else 0
        self._painter.drawText(at, int(side | _MIDDLE) | wrap, text)
        return min(wide, at.width())

    def _write_whole(self, at: QRect, text: str, font: QFont, side: Qt.AlignmentFlag) -> None:
        """Write a time, smaller where there is no room: it is never cut."""
        self._painter.setFont(font)
        wide = self._painter.fontMetrics().horizontalAdvance(text)
        if wide > at.width():
            font = QFont(font)
            font.setPointSizeF(font.pointSizeF() * max(0.5, at.width() / wide))
            self._painter.setFont(font)
        self._painter.setPen(self._look.colour(_INKS.get(self._face.kind, "ink")))
        self._painter.drawText(at, side | _MIDDLE, text)


_INKS = {TileKind.NEARLY_OVER: "amber_ink", TileKind.OVER_TIME: "red_ink"}
"""The colour of a time that runs out."""


def _below(at: QRect, gap: int, tall: int) -> QRect:
    """The next line down."""
    return QRect(at.left(), at.bottom() + 1 + gap, at.width(), tall)


def _pill_colours(tone: str) -> tuple[str, str]:
    if tone == "neutral":
        return "neutral_soft", "quiet"
    hue = TONES[tone]
    return f"{hue}_soft", f"{hue}_ink"
