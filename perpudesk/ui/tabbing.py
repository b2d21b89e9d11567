"""Where Tab goes from here: to the next stop in reading order, round the window."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def go_on(window: QWidget, *, forward: bool) -> bool:
    """Move the focus to the next stop of `window`, or the one before; False where there is none.

    Qt takes a part that lends its focus to another (a page, to where its work is) for a stop: Tab
    would jump from the rail into the middle of the page, and never reach what stands above.
    """
    here = QApplication.focusWidget() or window
    stop = next((each for each in _after(here, forward) if _is_stop(each, window)), None)
    if stop is None:
        return False
    reasons = Qt.FocusReason
    stop.setFocus(reasons.TabFocusReason if forward else reasons.BacktabFocusReason)
    return True


def _after(here: QWidget, forward: bool) -> Iterator[QWidget]:
    widget: QWidget | None = here
    while widget is not None:
        widget = widget.nextInFocusChain() if forward else widget.previousInFocusChain()
        if widget is None or widget is here:
            return
        yield widget


def _is_stop(widget: QWidget, window: QWidget) -> bool:
    return (
        bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.focusProxy() is None
        and widget.isEnabled()
        and widget.window() is window
        and widget.isVisibleTo(window)
    )
