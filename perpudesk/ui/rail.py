"""The rail at the left: the pages with their keys, then who is here and what is saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from perpudesk.core.i18n import tr
from perpudesk.ui import theme
from perpudesk.ui.cards import Drawing
from perpudesk.ui.icons import pixmap
from perpudesk.ui.layout import GAP, Scroll, boxed, column, row
from perpudesk.ui.marks import Pill
from perpudesk.ui.stylesheet import rail_button_height
from perpudesk.ui.text import Text, literal, tip
from perpudesk.ui.theme import Size

WIDE, NARROW = 200, 80
ROOM_FOR_WIDE = 1180
"""A window narrower than this, at 100 %, gets the narrow rail: drawings and keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RailLine:
    """A line at the foot: a drawing and words, bold if `alarm`; narrow, only what is `short`.

    A `tone` (warn, error) puts it on its colour, so that it is seen from afar.
    With `action` a click tells it, and the tip says its `key`.
    """

    icon: str
    text: str
    alarm: bool = False
    tone: str = ""
    short: str = ""
    action: str = ""
    key: str = ""


class Rail(QFrame):
    """Navigation between pages; narrows itself when its window is small or the text large."""

    chosen = Signal(str)
    """The key of the page that a person chose."""
    pressed = Signal(str)
    """The `action` of a line that was clicked."""

    def __init__(self, program: str, branch: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._narrow = False
        self._buttons: dict[str, RailButton] = {}
        self._group = QButtonGroup(self)
        self._program = Text(program, "rail-title", wrap=True)
        self._branch = Text(branch, "rail-quiet", wrap=True)
        self._practising = False
        self._practice = Pill(tr("PRACTICE"), "warn")
        self._practice_narrow = Text(tr("PRACTICE"), "mark")
        self._practice_narrow.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._head = boxed(column(self._program, self._branch, gap=1))
        self._head.layout().setContentsMargins(8, 0, 8, 0)  # type: ignore[union-attr]
        self._pages = QVBoxLayout()
        self._pages.setSpacing(2)
        pages = boxed(column(self._pages, None))
        self._foot = column(gap=4)
        self._foot.setContentsMargins(8, 8, 4, 0)
        mark = row(self._practice, None)
        mark.setContentsMargins(8, 2, 0, 0)
        self._box = column(self._head, mark, self._practice_narrow, 6, gap=4)
        self._scroll = Scroll(pages)
        for part in (pages, self._scroll):
            part.installEventFilter(self)
        self._box.addWidget(self._scroll, 1)
        self._box.addLayout(self._foot)
        self.setLayout(self._box)
        self.setAccessibleName(tr("Pages"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._fit()

    def add_page(self, key: str, label: str, icon: str, hint: str = "") -> None:
        """Add the page `key` below the others; `hint` is its key on the keyboard."""
        button = RailButton(label, icon, hint)
        self._group.addButton(button)
        self._buttons[key] = button
        self._pages.addWidget(button)
        button.clicked.connect(lambda: self.chosen.emit(key))
        button.set_narrow(self._narrow)

    def set_current(self, key: str) -> None:
        """Mark the page that is shown; none, where it has no place in the rail."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)
            self._show_current()
        elif (marked := self._group.checkedButton()) is not None:
            self._group.setExclusive(False)  # an exclusive group lets nobody uncheck its last
            marked.setChecked(False)
            self._group.setExclusive(True)

    def _show_current(self) -> None:
        if (marked := self._group.checkedButton()) is not None:
            self._scroll.ensureWidgetVisible(marked, 0, GAP)

    def set_branch(self, name: str) -> None:
        """Show whose desk this is."""
        self._branch.setText(name)
        self._branch.setToolTip(tip(name))

    def set_practice(self, practising: bool) -> None:
        """Show on every screen that these records are for practice."""
        self._practising = practising
        self._fit()

    def set_lines(self, lines: Sequence[RailLine]) -> None:
        """Show these lines at the foot instead of the ones before."""
        while (item := self._foot.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for line in lines:
            shown = FootLine(line, narrow=self._narrow)
            shown.pressed.connect(self.pressed)
            self._foot.addWidget(shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The pages have other places now."""
        if event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._show_current)
        return super().eventFilter(watched, event)

    def fit_window(self, width: int) -> None:
        """Be wide or narrow, as a window of `width` px leaves room."""
        self._narrow = width < theme.current().px(ROOM_FOR_WIDE)
        self._fit()

    def _fit(self) -> None:
        look = theme.current()
        self.setFixedWidth(look.px(NARROW if self._narrow else WIDE))
        side = 2 if self._narrow else 10
        self._box.setContentsMargins(side, 14, side, 14)
        self._head.setVisible(not self._narrow)
        self._practice.setVisible(self._practising and not self._narrow)
        self._practice_narrow.setVisible(self._practising and self._narrow)
        for button in self._buttons.values():
            button.set_narrow(self._narrow)
        for line in self.findChildren(FootLine):
            line.set_narrow(self._narrow)


class RailButton(QPushButton):
    """A page in the rail: drawing, name and key; white while it is the one shown."""

    def __init__(self, label: str, icon: str, hint: str, *, parent: QWidget | None = None) -> None:
        super().__init__(literal(label), parent)
        self._label, self._icon, self._hint, self._narrow = label, icon, hint, False
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAccessibleName(label)
        self.setAccessibleDescription(hint)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def set_narrow(self, narrow: bool) -> None:
        """Show the drawing above name and key, or both beside the name."""
        self._narrow = narrow
        self.setToolTip(tip(f"{self._label} ({self._hint})") if narrow else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(40), look.px(60 if self._narrow else 44))

    def minimumSizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(40), rail_button_height(look))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = "rail_hover" if self.underMouse() else "rail"
        ground = "rail_current" if self.isChecked() else ground
        role = "on_rail_current" if self.isChecked() else "on_rail"
        painter.setPen(Qt.PenStyle.NoPen)
        if ground != "rail":
            painter.setBrush(look.colour(ground))
            painter.drawRoundedRect(self.rect(), 8, 8)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour(role), 2))
            painter.drawRoundedRect(self.rect().adjusted(2, 2, -2, -2), 6, 6)
        if self._narrow:
            self._paint_narrow(painter, role)
        else:
            self._paint_wide(painter, role)
        painter.end()

    def _paint_narrow(self, painter: QPainter, role: str) -> None:
        look = theme.current()
        side = look.px(21)
        tall = look.metrics(Size.SMALL).height()
        least = min(each.height() for each in self.group().buttons())  # all show it, or none does
        key = self._hint if side + 2 * tall <= least else ""  # else its tip says it
        below = 2 * tall if key else tall
        top = (self.height() - side - below) // 2
        drawn = pixmap(self._icon, role, side, self.devicePixelRatioF())
        painter.drawPixmap((self.width() - side) // 2, top, drawn)
        line = QRect(2, top + side, self.width() - 4, tall)
        painter.setPen(look.colour(role))
        painter.setFont(_fitted(look.font(Size.SMALL), self._label, line.width()))
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, _whole_words(painter, self._label))
        painter.setFont(look.font(Size.SMALL))
        painter.setPen(look.colour(role if self.isChecked() else "rail_quiet"))
        painter.drawText(line.translated(0, tall), Qt.AlignmentFlag.AlignCenter, key)

    def _paint_wide(self, painter: QPainter, role: str) -> None:
        look = theme.current()
        side = look.px(20)
        drawn = pixmap(self._icon, role, side, self.devicePixelRatioF())
        painter.drawPixmap(10, (self.height() - side) // 2, drawn)
        metrics = look.metrics(Size.SMALL)
        wide = metrics.horizontalAdvance(self._hint) + 10 if self._hint else 0
        tall = metrics.height() + 4
        hint = QRect(self.width() - wide - 8, (self.height() - tall) // 2, wide, tall)
        painter.setFont(look.font(Size.BODY, bold=self.isChecked()))
        painter.setPen(look.colour(role))
        gap = 4 if self._hint else 0
        words = QRect(side + 20, 0, hint.left() - gap - side - 20, self.height())
        shown = painter.fontMetrics().elidedText(
            self._label, Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)
        if self._hint:
            painter.setFont(look.font(Size.SMALL))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(look.colour(role if self.isChecked() else "rail_quiet"))
            painter.drawRoundedRect(hint, 4, 4)
            painter.drawText(hint, Qt.AlignmentFlag.AlignCenter, self._hint)


_SMALLEST = 0.8


def _fitted(font: QFont, text: str, room: int) -> QFont:
    """The font, smaller where `text` needs it to stand in `room` px."""
    part = min(1.0, room / max(1, QFontMetrics(font).horizontalAdvance(text)))
    font.setPointSizeF(font.pointSizeF() * max(part, _SMALLEST))
    return font


def _whole_words(painter: QPainter, text: str) -> str:
    """As many words as the narrow rail has room for: half a word is none."""
    room, words = theme.current().px(NARROW) - 4, text.split()
    while len(words) > 1 and painter.fontMetrics().horizontalAdvance(" ".join(words)) > room:
        words.pop()
    return " ".join(words)


_INKS = {"warn": "amber_ink", "error": "red_ink"}


class FootLine(QWidget):
    """One line at the foot of the rail."""

    pressed = Signal(str)
    """Its action, when it is clicked."""

    def __init__(self, line: RailLine, *, narrow: bool) -> None:
        super().__init__()
        self._line = line
        role = f"rail-{line.tone}" if line.tone else "rail-alarm" if line.alarm else "rail-line"
        self._words = Text(line.text, role, wrap=True)
        self._drawing = Drawing(line.icon, _INKS.get(line.tone, "on_rail"), 16)
        box = row(self._drawing, self._words)
        box.setStretchFactor(self._words, 1)
        box.setAlignment(self._drawing, Qt.AlignmentFlag.AlignTop)
        if line.tone:
            box.setContentsMargins(6, 4, 6, 4)
            self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            self.setProperty("tone", line.tone)
        self.setLayout(box)
        self.setToolTip(tip(f"{line.text} ({line.key})" if line.key else line.text))
        self.setAccessibleName(line.text)
        if line.action:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_narrow(narrow)

    def set_narrow(self, narrow: bool) -> None:
        """Show all the words, or the few that are short."""
        self._words.setText(self._line.short if narrow else self._line.text)
        self._words.setVisible(bool(self._words.text()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._line.action and event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit(self._line.action)
