"""The parts of the page and where they stand: tiles, what is beside them, what lies over them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from perpudesk.computers.form.panel import Panel
from perpudesk.computers.page.banners import Banners
from perpudesk.computers.page.board import BoardView
from perpudesk.computers.page.empty import EmptyBoard
from perpudesk.computers.page.today import TodayCard
from perpudesk.ui import theme
from perpudesk.ui.layout import CARD_GAP, Scroll, boxed, column, row
from perpudesk.ui.text import Text, tip
from perpudesk.ui.theme import Size

ASIDE, LEAST_ASIDE, SHARE, MOST = 264, 230, 0.235, 0.33
"""The right column: px at 100 % at most and at least, and its part of the width between."""
PANEL = 560
"""The width of a panel over the tiles, in px at 100 %, as far as there is room."""


class ComputersView(QWidget):
    """Tiles at the left; at the right the queue and the day; a panel lies over what it is not of.

    `aside` takes the cards of the right column.
    """

    panel_changed = Signal()
    """A panel came or went: keys mean something else."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.banners, self.board = Banners(), BoardView()
        self.empty, self.today = EmptyBoard(), TodayCard()
        self.hint = _Hint()
        self._scroll = _BoardScroll(self.board)
        self._stack = QStackedWidget()
        for part in (self._scroll, self.empty):
            self._stack.addWidget(part)
        left = column(self.banners, self._stack, gap=10)
        left.setStretchFactor(self._stack, 1)
        self.aside = QVBoxLayout()
        self.aside.setContentsMargins(0, 0, 0, 0)
        self.aside.setSpacing(CARD_GAP)
        self.aside.addWidget(self.today)
        self.aside.addStretch(1)
        self._aside = Scroll(boxed(self.aside))
        line = row(boxed(left), self._aside, gap=CARD_GAP)
        line.setStretch(0, 1)
        self.setLayout(column(line, self.hint, gap=8))
        self._panel: Panel | None = None
        self._beside: QWidget | None = None

    def show_empty(self, empty: bool) -> None:
        """Show the board, or what stands in its place while there is no computer."""
        self._stack.setCurrentWidget(self.empty if empty else self._scroll)
        self.hint.setVisible(not empty)
        self.setFocusProxy(self.empty if empty else self.board)

    def say(self, text: str, *, strong: bool = False) -> None:
        """Say below the tiles what keys do now."""
        self.hint.set_role("strong" if strong else "small")
        self.hint.say(text)

    def aside_has_focus(self) -> bool:
        """Whether keys are for a card of the right column, and not for a tile."""
        focus = QApplication.focusWidget()
        return focus is not None and self._aside.isAncestorOf(focus)

    # ---------------------------------------------------------------- panels

    @property
    def panel(self) -> Panel | None:
        """The panel that lies over the tiles, if one does."""
        return self._panel

    def add_panel(self, panel: Panel) -> None:
        """Have a panel ready."""
        panel.setParent(self)
        panel.hide()
        panel.installEventFilter(self)
        panel.left.connect(self.leave_panel)

    def open_panel(self, panel: Panel, beside: QWidget | None) -> None:
        """Lay a panel over the tiles, where it does not cover `beside`."""
        if self._panel is not None:
            self._panel.hide()
        self._panel, self._beside = panel, beside
        self._place_panel()
        panel.show()
        panel.raise_()
        self._place_panel()
        self.panel_changed.emit()

    def leave_panel(self) -> bool:
        """Close the panel and give the keys back to the board; whether one was open."""
        if self._panel is None:
            return False
        self._panel.hide()
        self._panel = None
        self.rest()
        self.panel_changed.emit()
        return True

    def rest(self) -> None:
        """Give the keys back to the board."""
        if (view := self.board.current()) is not None:
            view.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        look = theme.current()
        share = round(self.width() * SHARE)
        wide = min(max(share, look.px(LEAST_ASIDE)), look.px(ASIDE))
        self._aside.setFixedWidth(min(wide, round(self.width() * MOST)))
        self._place_panel()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is in the panel needs other room now."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self._panel:
            self._place_panel()
        return False

    def _place_panel(self) -> None:
        """At the right, or at the left where it would lie over what it is about."""
        panel = self._panel
        if panel is None:
            return
        wide = min(theme.current().px(PANEL), self.width())
        panel.setFixedWidth(wide)
        tall = min(max(panel.sizeHint().height(), panel.heightForWidth(wide)), self.height())
        right = self.width() - wide
        left = right if self._covered(right, wide) <= self._covered(0, wide) else 0
        panel.setGeometry(left, 0, wide, tall)

    def _covered(self, left: int, wide: int) -> int:
        """How much of what the panel is about it would lie over, in px."""
        if self._beside is None or not self._beside.isVisible():
            return 0
        about = self._beside.mapTo(self, QPoint()).x()
        return max(0, min(left + wide, about + self._beside.width()) - max(left, about))


class _Hint(Text):
    """One line, cut at the end where there is no room: the tiles above it never move."""

    def __init__(self) -> None:
        super().__init__("", "small")
        self._said = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def say(self, text: str) -> None:
        """Say this from now on."""
        self._said = text
        self.setAccessibleName(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(1, theme.current().metrics(Size.BODY, bold=True).height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _fit(self) -> None:
        self.ensurePolished()
        elide = Qt.TextElideMode.ElideRight
        text = self.fontMetrics().elidedText(self._said, elide, self.width())
        self.setToolTip(tip("" if text == self._said else self._said))
        if text != self.text():
            self.setText(text)


class _BoardScroll(Scroll):
    """Tells the board how much of it is seen."""

    def __init__(self, board: BoardView) -> None:
        super().__init__(board)
        self._board = board
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._board.fit(self.viewport().size())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(240), 80)

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(400), 200)
