"""Arranging parts: rows, columns, chips that wrap, and what scrolls when there is no room."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from perpudesk.ui import theme

GAP = 8
CARD_GAP = 16
LEAST_TALL = 220
"""How high in px at 100 % a list is at least where it stands above what it opens."""
ANY_WIDTH = 16_777_215
"""Qt's own figure for no limit, which it does not give to Python."""
Part = QWidget | QLayout | int | None
"""A widget, a layout, a space in px, or None for a stretch."""


def row(*parts: Part, gap: int = GAP) -> QHBoxLayout:
    """The parts from left to right, without outer margins."""
    box = QHBoxLayout()
    _fill(box, parts, gap)
    return box


def column(*parts: Part, gap: int = GAP) -> QVBoxLayout:
    """The parts from top to bottom, without outer margins."""
    box = QVBoxLayout()
    _fill(box, parts, gap)
    return box


def _fill(box: QBoxLayout, parts: tuple[Part, ...], gap: int) -> None:
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(gap)
    for part in parts:
        if part is None:
            box.addStretch(1)
        elif isinstance(part, int):
            box.addSpacing(part)
        elif isinstance(part, QWidget):
            box.addWidget(part)
        else:
            box.addLayout(part)


def boxed(layout: QLayout) -> QWidget:
    """A plain widget around `layout`, for places that take only widgets."""
    widget = QWidget()
    layout.setContentsMargins(0, 0, 0, 0)
    widget.setLayout(layout)
    return widget


def in_order(*widgets: QWidget) -> None:
    """Let Tab go through them in this order: what is put into another part comes last else."""
    for before, after in pairwise(widgets):
        QWidget.setTabOrder(before, after)


class Scroll(QScrollArea):
    """Shows `content` whole when there is room and scrolls up and down when there is none.

    Unless it may go `sideways` too, the content is as wide as what is seen of it. What takes the
    focus is brought into view.
    """

    def __init__(
        self, content: QWidget, *, sideways: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._sideways = sideways
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        if not sideways:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Qt alone brings into view what Tab comes to, not what Enter or an error does."""
        content = self.widget()
        if new is not None and content and self.isVisible() and content.isAncestorOf(new):
            middle = new.mapTo(content, new.rect().center())
            margin = new.size().boundedTo(self.size()) / 2 + QSize(GAP, GAP)
            aside = (middle.x(), margin.width()) if self._sideways else (0, 0)
            self.ensureVisible(aside[0], middle.y(), aside[1], margin.height())

    def minimumSizeHint(self) -> QSize:
        content = self.widget()
        wide = content.minimumSizeHint().width() if content and not self._sideways else 0
        return QSize(wide + self.verticalScrollBar().sizeHint().width(), 80)

    def sizeHint(self) -> QSize:
        content = self.widget()
        return content.sizeHint() if content else super().sizeHint()


class Squeezed(QWidget):
    """Holds `layout` in a `Scroll` that begins to scroll only when it can be squeezed no more."""

    def __init__(self, layout: QLayout, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLayout(layout)
        self._layout = layout

    def heightForWidth(self, width: int) -> int:
        """The least: Qt asks for what it would like, and scrolls although all would fit."""
        return self._layout.totalMinimumHeightForWidth(width)


def fill(window: QWidget, box: QLayout) -> None:
    """Put `box` into `window`, to be scrolled where a screen is too small for it."""
    window.setLayout(column(Scroll(Squeezed(box), sideways=True)))


class FreeRoom(QWidget):
    """Room in a row where nothing stands, so that a toast may; it takes what the others leave."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)


class Beside(QWidget):
    """Parts beside each other where there is room for all, else below each other.

    While they stand beside each other a part with a figure in `wide` has that width in px at
    100 %, at most 3/10 of the whole but no less than it needs; `shares` divides the rest among the
    others. Below each other each is as wide as the whole, and at least `tall` px at 100 % high.
    """

    def __init__(
        self,
        *parts: QWidget,
        wide: tuple[int, ...] = (),
        shares: tuple[int, ...] = (),
        tall: int = 0,
        gap: int = CARD_GAP,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts, self._tall = parts, tall
        self._wide = wide or (0,) * len(parts)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        _fill(self._box, parts, gap)
        self._box.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setLayout(self._box)
        shares = shares or (1,) * len(parts)
        for part, own, share in zip(parts, self._wide, shares, strict=True):
            self._box.setStretchFactor(part, 0 if own else share)

    @property
    def stacked(self) -> bool:
        """Whether they stand below each other."""
        return self._box.direction() == QBoxLayout.Direction.TopToBottom

    def event(self, event: QEvent) -> bool:
        """Other words in a part need other room."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._turn()
        return super().event(event)

    def minimumSizeHint(self) -> QSize:
        """As wide as the widest of them."""
        wide = max((self._least(at) for at in self._seen()), default=0)
        return QSize(wide, self._box.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._turn()
        super().resizeEvent(event)

    def _turn(self) -> None:
        seen = self._seen()
        widths = [max(self._wanted(at), self._least(at)) for at in range(len(self._parts))]
        needs = sum(widths[at] for at in seen) + self._box.spacing() * (len(seen) - 1)
        stacked = needs > self.width()
        directions = QBoxLayout.Direction
        self._box.setDirection(directions.TopToBottom if stacked else directions.LeftToRight)
        for at, part in enumerate(self._parts):
            if self._wide[at]:
                part.setMinimumWidth(0 if stacked else widths[at])
                part.setMaximumWidth(ANY_WIDTH if stacked else widths[at])
            if self._tall:
                least = max(theme.current().px(self._tall), part.minimumSizeHint().height())
                part.setMinimumHeight(least if stacked else 0)

    def _seen(self) -> list[int]:
        return [at for at, part in enumerate(self._parts) if not part.isHidden()]

    def _wanted(self, at: int) -> int:
        return min(theme.current().px(self._wide[at]), self.width() * 3 // 10)

    def _least(self, at: int) -> int:
        """What the part needs, whatever it was given so far."""
        part = self._parts[at]
        given = 0 if self._wide[at] else part.minimumWidth()
        return max(given, part.minimumSizeHint().width())


class FlowLayout(QLayout):
    """Places widgets in reading order and, if it may `wrap`, begins a new line at the end."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = GAP, wrap: bool = True) -> None:
        super().__init__(parent)
        self._gap, self._wrap = gap, wrap
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        if parent is not None:
            policy = parent.sizePolicy()
            policy.setHeightForWidth(True)
            policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
            parent.setSizePolicy(policy)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._flow(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._flow(rect, place=True)

    def sizeHint(self) -> QSize:
        """All on one line, so that a neighbour does not squeeze them for nothing."""
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in shown) + self._gap * max(0, len(shown) - 1)
        return QSize(width, max((size.height() for size in shown), default=0))

    def minimumSize(self) -> QSize:
        if not self._wrap:
            return self.sizeHint()
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _flow(self, rect: QRect, *, place: bool) -> int:
        """Run through the lines; return the height they need."""
        x, y, tallest = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, tallest = rect.x(), y + tallest + self._gap, 0
            if place:
                width = min(size.width(), rect.width())
                item.setGeometry(QRect(QPoint(x, y), QSize(width, size.height())))
            x += size.width() + self._gap
            tallest = max(tallest, size.height())
        return y + tallest - rect.y()
