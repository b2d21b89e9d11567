"""A list of records and all that is done with it: new ones, changes, removals, the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.i18n import tr
from perpudesk.ui.buttons import Button
from perpudesk.ui.cards import EmptyState
from perpudesk.ui.forms import Form, FormDialog
from perpudesk.ui.layout import CARD_GAP, FlowLayout, column, row
from perpudesk.ui.tables import Column, TableView
from perpudesk.ui.text import Text
from perpudesk.ui.told import PageToasts

NEW_KEY = "Ctrl+N"


class RecordDialog(FormDialog):
    """The form of one kind of record; Enter stores it, Escape keeps what was typed.

    A subclass adds fields, and says how a record is shown in them and how they are stored.
    """

    stored = Signal(object)
    """What `store` returned."""

    def __init__(self, new: str, change: str, *, parent: QWidget | None = None) -> None:
        """`new` and `change` are what it is called for a new record and for one that is there."""
        super().__init__(new, Form(enter_submits=True), parent=parent)
        self._titles = (new, change)
        self._record: Any = None
        self._left: object = self  # nothing was left yet
        self.submitted.connect(self._on_submitted)
        self.accepted.connect(self._on_accepted)

    def begin(self, record: Any = None) -> None:
        """Open it for a new record, or for one; what Escape left of the same one is there."""
        self._record = record
        key = self.key_of(record)
        self.set_title(self._titles[record is not None])
        if self._left != key:
            self.form.clear_errors()
            self.show_record(record)
        self._left = key
        self.open()

    def key_of(self, record: Any) -> object:
        """What tells a record from others; a new one has none."""
        return None if record is None else record.id

    def show_record(self, record: Any) -> None:
        """Fill the form with a record, or empty it."""
        raise NotImplementedError

    def store(self, record: Any) -> object:
        """Store what was typed, as a new record or over one; raises `PerpuDeskError`."""
        raise NotImplementedError

    def _on_submitted(self) -> None:
        kept: list[object] = []
        if self.form.attempt(lambda: kept.append(self.store(self._record))):
            self.accept()
            self.stored.emit(kept[0])

    def _on_accepted(self) -> None:
        self._left = self


class Register(QWidget):
    """The records of one kind: a table, its buttons, and what an empty one teaches.

    Enter changes, Delete removes and says so with the way back; the page begins a new one by its
    key. `told` gives the sentence under the title where it changes with the records.
    """

    chosen = Signal(object)
    """The cursor came to this record, or (None) there is none."""
    refreshed = Signal()
    """The records were read again."""

    def __init__(
        self,
        title: str,
        columns: Sequence[Column],
        *,
        rows: Callable[[], Sequence[Any]],
        dialog: RecordDialog,
        remove: Callable[[Any], object],
        undo: Callable[[], object],
        name: Callable[[Any], str],
        new: str,
        empty: str,
        sentence: str = "",
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`name` is what a record is called in a message; `sentence` stands under the title.

        Where `new` is empty no record is begun here.
        """
        super().__init__(parent)
        self._rows, self._remove, self._undo, self._name = rows, remove, undo, name
        self.dialog = dialog
        if dialog.parent() is None:  # over our window, and gone with it
            dialog.setParent(self, dialog.windowFlags())
        self.toasts = PageToasts(self, self.take_back)
        self.table = TableView(title, columns, identity=dialog.key_of)
        self._may_begin = bool(new)
        self.empty = EmptyState(empty, new, self.begin, icon=icon, key=NEW_KEY)
        self.new = Button(new, self.begin, kind="primary", icon="plus", key=NEW_KEY)
        self.change = Button(tr("Change"), self._on_change, key=tr("Enter"))
        self.removal = Button(tr("Remove"), self._on_remove, key=tr("Del"))
        tools = QWidget()
        self._tools = FlowLayout(tools)
        for button in (self.change, self.removal):
            self._tools.addWidget(button)
        self._above = column(gap=10)
        self._below = column(gap=10)
        self._deeds: list[Button] = [self.change, self.removal]
        self.tab_order: list[QWidget] = [self.new, self.table, self.change, self.removal]
        self.told: Callable[[], str] | None = None
        self._stack = QStackedWidget()
        for part in (self.table, self.empty):
            self._stack.addWidget(part)
        self._says = Text(sentence, "quiet", wrap=True)
        self._says.setVisible(bool(sentence))
        head = row(Text(title, "heading"), None, self.new)
        box = column(
            head, self._says, self._above, self._stack, tools, self._below, gap=CARD_GAP - 4
        )
        box.setStretch(3, 1)
        self.setLayout(box)
        self.setFocusProxy(self.table)
        self.table.row_activated.connect(self.begin)
        self.table.delete_pressed.connect(self._on_removed)
        self.table.row_selected.connect(self.chosen)
        dialog.stored.connect(self._on_stored)

    def add_above(self, part: QWidget) -> None:
        """Put a part between the title and the table."""
        self._above.addWidget(part)

    def add_below(self, part: QWidget) -> None:
        """Put a part below the table."""
        self._below.addWidget(part)

    def add_deed(
        self, key: str, text: str, do: Callable[[Any], object], *, always: bool = False
    ) -> Button:
        """Offer something more to do with the chosen record, by its `key` in the table.

        What is `always` there needs no record.
        """

        def deed() -> None:
            record = self.current()
            if record is not None or always:
                do(record)

        button = Button(text, deed, key=key)
        self.add_tool(button)
        shortcut = QShortcut(QKeySequence(key), self.table)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(deed)
        if not always:
            self._deeds.append(button)
        return button

    def add_tool(self, button: Button) -> None:
        """Put one more button below the table."""
        self._tools.addWidget(button)
        self.tab_order.append(button)

    def say(self, sentence: str) -> None:
        """Say something else under the title."""
        self._says.setText(sentence)
        self._says.setVisible(bool(sentence))

    def take_back(self) -> None:
        """Undo the last step, and say so."""
        self.attempt(self._undo, tr("Taken back."), back=False)

    def refresh(self) -> None:
        """Read the records again; the cursor stays on its own."""
        found = list(self._rows())
        self.table.show_rows(found)
        if found and self.table.current_row() is None:
            self.table.setCurrentIndex(self.table.rows.index(0, 0))
        self._stack.setCurrentWidget(self.table if found else self.empty)
        self.new.setVisible(bool(found) and self._may_begin)
        self.setFocusProxy(self.table if found else self.empty.button or self.empty)
        for button in self._deeds:
            button.setVisible(bool(found))
        if self.told is not None:
            self.say(self.told())
        self.chosen.emit(self.current())
        self.refreshed.emit()

    def current(self) -> Any:
        """The record that the cursor is on, or None."""
        return self.table.current_row() if self._stack.currentWidget() is self.table else None

    def begin(self, record: Any = None) -> None:
        """Open the form for a new record, or for one."""
        if record is not None or self._may_begin:
            self.dialog.begin(record)

    def attempt(self, work: Callable[[], object], said: str = "", *, back: bool = True) -> bool:
        """Do something with the records and say so, or say why not; whether it was done."""
        try:
            work()
        except PerpuDeskError as error:
            self.toasts.say(error.sentence())
            return False
        self.refresh()
        if said and back:
            self.toasts.say(said, tr("Undo"), self.take_back, "Ctrl+Z")
        elif said:
            self.toasts.say(said)
        return True

    def _on_change(self) -> None:
        if (record := self.current()) is not None:
            self.begin(record)

    def _on_remove(self) -> None:
        if (record := self.current()) is not None:
            self._on_removed(record)

    def _on_removed(self, record: Any) -> None:
        said = tr("Removed: {what}.", what=self._name(record))
        self.attempt(lambda: self._remove(record), said)
        self.setFocus()

    def _on_stored(self, record: Any) -> None:
        self.refresh()
        self.table.select(self.dialog.key_of(record))
        self.setFocus()
        said = tr("Saved: {what}.", what=self._name(record))
        self.toasts.say(said, tr("Undo"), self.take_back, "Ctrl+Z")
