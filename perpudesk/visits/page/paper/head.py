"""Which day a sheet is of, and how it was counted."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from perpudesk.branch.model import DayInfo
from perpudesk.core.codes import Method, label
from perpudesk.core.errors import InputError
from perpudesk.core.formats import date_full, number
from perpudesk.core.i18n import tr, trn
from perpudesk.ui.buttons import ChipGroup
from perpudesk.ui.calendar import DateField
from perpudesk.ui.cards import Card
from perpudesk.ui.forms import Field
from perpudesk.ui.layout import CARD_GAP, FlowLayout, boxed, column, row
from perpudesk.ui.marks import Pill
from perpudesk.ui.text import Text
from perpudesk.visits.form.caption import Caption
from perpudesk.visits.form.days_words import state_words, tone_of


class HeadCard(Card):
    """The day in words and its state, so that nobody types a sheet for another day."""

    day_typed = Signal(object)
    """Another `date` stands in the field, or None."""
    method_chosen = Signal()
    """Counted or estimated was chosen."""
    left = Signal()
    """Enter: on to the sheet."""

    def __init__(self, today: date, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.day = _DayField(tr("Day of the sheet"), today=today, latest=today)
        self._day = Field("", self.day)
        self.method = ChipGroup(
            tr("How it was counted"),
            [(str(each), label(each)) for each in Method],
            value=str(Method.COUNTED),
        )
        self._words = Text("", "heading")
        self._words.setMinimumWidth(1)
        self.pill = Pill()
        day = boxed(column(Caption(tr("Day of the sheet"), "Ctrl+H"), self._day, gap=4))
        method = boxed(column(Caption(tr("How it was counted"), "Ctrl+R"), self.method, gap=4))
        choices = QWidget()
        self._line = FlowLayout(choices, gap=CARD_GAP)
        self.add(row(self._words, self.pill, None))
        self.add(choices)
        for part in (day, method):
            self._line.addWidget(part)
        self.day.changed.connect(self._on_typed)
        self.day.entered.connect(self.left)
        self.method.chosen.connect(lambda _slug: self.method_chosen.emit())

    def add_beside(self, name: str, key: str, widget: QWidget) -> None:
        """Put one more choice at the right of the others."""
        part = boxed(column(Caption(name, key), widget, gap=4))
        self._line.addWidget(part)

    def show_day(self, info: DayInfo | None) -> None:
        """Say in words which day that is and what is known of it."""
        self.pill.setVisible(info is not None)
        if info is None:
            self._words.setText(tr("Which day is the sheet of?"))
            return
        self._words.setText(date_full(info.date))
        words = state_words(info)
        if info.visits:
            there = trn("{count} visit", "{count} visits", info.visits, count=number(info.visits))
            words = f"{words} · {there}"
        self.pill.show_state(words, tone_of(info))

    def show_error(self, sentence: str) -> None:
        """Say at the field what is wrong with the day."""
        self._day.set_error(sentence)
        self.go_to_day()

    def clear_error(self) -> None:
        """Take away what was wrong with the day."""
        self._day.set_error(None)

    def go_to_day(self) -> None:
        """Go to the field; typing replaces the day."""
        self.day.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.day.box.selectAll()

    def turn_method(self) -> None:
        """Counted becomes estimated, and the other way round."""
        other = {Method.COUNTED: Method.ESTIMATED, Method.ESTIMATED: Method.COUNTED}
        self.method.choose(str(other[Method(self.method.value() or Method.COUNTED)]))
        self.method_chosen.emit()

    def _on_typed(self) -> None:
        try:
            self.day_typed.emit(self.day.value())
        except InputError:  # told when the sheet is stored
            self.day_typed.emit(None)


class _DayField(DateField):
    """Enter goes on."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.entered.emit()
        else:
            super().keyPressEvent(event)
