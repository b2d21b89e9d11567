"""Checks that every page's tests can use: names for readers, and words that are not cut off."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QLabel,
    QScrollBar,
    QWidget,
)


def focusable(widget: QWidget) -> list[QWidget]:
    """The visible widgets below `widget`, and itself, that can take the focus."""
    return [
        child
        for child in (widget, *widget.findChildren(QWidget))
        if child.focusPolicy() != Qt.FocusPolicy.NoFocus
        and child.isVisibleTo(widget)
        and child.focusProxy() is None
        and not child.objectName().startswith("qt_")
        and not isinstance(child, QScrollBar)
    ]


def spoken_name(widget: QWidget) -> str:
    """The name that a screen reader says."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() if interface else ""


def assert_accessible(widget: QWidget) -> None:
    """Every widget that can take the focus, and every table, has a name to be said."""
    nameless = [
        f"{type(child).__name__} {child.objectName()!r} in {_path(child)}"
        for child in focusable(widget)
        if not spoken_name(child)
    ]
    nameless += [
        f"{type(child).__name__} in {_path(child)}"
        for child in widget.findChildren(QAbstractScrollArea)
        if child.inherits("QAbstractItemView")
        and child.isVisibleTo(widget)
        and not child.accessibleName()
        and not child.window().windowFlags() & Qt.WindowType.Popup
    ]
    assert not nameless, "without a name: " + "; ".join(nameless)


def texts_fit(widget: QWidget) -> list[str]:
    """The labels and buttons below `widget` whose words are cut off, each with the room it lacks.

    Show the widget first: only a laid out widget has a size.
    """
    cut = []
    for child in widget.findChildren(QWidget):
        if not child.isVisible() or not isinstance(child, QLabel | QAbstractButton):
            continue
        if not child.text():
            continue
        needed = _needed(child)
        if needed.width() > child.width() or needed.height() > child.height():
            lack = f"{child.width()}×{child.height()} of {needed.width()}×{needed.height()}"
            cut.append(f"{type(child).__name__} {child.text()!r}: {lack}")
    return cut


def _needed(widget: QLabel | QAbstractButton) -> QSize:
    if isinstance(widget, QLabel) and widget.wordWrap():
        return QSize(_widest_word(widget), widget.heightForWidth(widget.width()))
    if isinstance(widget, QLabel):
        return widget.sizeHint()
    return widget.minimumSizeHint()


def _widest_word(label: QLabel) -> int:
    words = label.text().split()
    return max((label.fontMetrics().horizontalAdvance(word) for word in words), default=0)


def _path(widget: QWidget) -> str:
    names = []
    parent = widget.parentWidget()
    while parent is not None:
        names.append(type(parent).__name__)
        parent = parent.parentWidget()
    return " < ".join(names) or "no parent"
