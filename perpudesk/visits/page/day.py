"""The state of today at the top of the desk, and the menu that sets it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from perpudesk.branch.model import DayInfo
from perpudesk.core.codes import ClosedReason, DayState, label
from perpudesk.core.i18n import tr
from perpudesk.ui.pressing import PressPill
from perpudesk.ui.text import literal, tip
from perpudesk.visits.form.days_words import state_words, tone_of

Choose = Callable[[DayState, ClosedReason | None], object]
_OPEN = (DayState.OPEN_COUNTED, DayState.OPEN_NOT_COUNTED, DayState.ESTIMATED)


class DayPill(PressPill):
    """The state of today as a word on its colour; a click or Enter opens the menu."""

    def __init__(self, key: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._key = key

    def show_day(self, info: DayInfo) -> None:
        """Say what today is."""
        words = state_words(info)
        self.show_state(f"● {words}  ▾", tone_of(info))
        self.setAccessibleName(tr("State of today: {state}", state=words))
        why = info.holiday or info.note or ""
        hint = tr("Set what today is ({key})", key=self._key)
        self.setToolTip(tip(f"{why}. {hint}" if why else hint))


def open_day_menu(
    pill: DayPill, info: DayInfo, choose: Choose, calendar: Callable[[], object]
) -> QMenu:
    """Show below `pill` what today can be, and the way to the calendar."""
    menu = QMenu(pill)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for state in _OPEN:
        _add(menu, label(state), partial(choose, state, None), chosen=info.state is state)
    menu.addSeparator()
    for reason in ClosedReason:
        text = f"{label(DayState.CLOSED)}: {label(reason)}"
        closed = info.state is DayState.CLOSED and info.reason is reason
        _add(menu, text, partial(choose, DayState.CLOSED, reason), chosen=closed)
    menu.addSeparator()
    if info.was_set:
        by_rule = partial(choose, DayState.NOT_SET, None)
        _add(menu, tr("As visits and opening hours say"), by_rule)
    _add(menu, tr("Calendar of the month…") + "\tCtrl+K", calendar)
    menu.popup(pill.mapToGlobal(QPoint(0, pill.height() + 4)))
    return menu


def _add(menu: QMenu, text: str, slot: Callable[[], object], *, chosen: bool | None = None) -> None:
    action = menu.addAction(literal(text))
    action.setCheckable(chosen is not None)
    action.setChecked(bool(chosen))
    action.triggered.connect(lambda _checked: slot())
