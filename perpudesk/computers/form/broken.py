"""The panel that notes what is wrong with a workstation."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QWidget

from perpudesk.computers.form.panel import Panel
from perpudesk.computers.model import Workstation
from perpudesk.core.codes import Condition, label
from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.i18n import tr
from perpudesk.ui.buttons import Button, ChipGroup
from perpudesk.ui.fields import TextField
from perpudesk.ui.layout import boxed, column, row
from perpudesk.ui.text import Text

_OFFERED = (Condition.MINOR_DAMAGE, Condition.MAJOR_DAMAGE)


class BrokenPanel(Panel):
    """How badly, and what it is: a word or two; Enter notes it, Escape leaves."""

    wanted = Signal(object, object, str)
    """A `Workstation`, its `Condition`, and what was typed."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._place: Workstation | None = None
        self.how = ChipGroup(
            tr("How badly"), [(str(each), label(each)) for each in _OFFERED], value=_OFFERED[0]
        )
        self.what = TextField(placeholder=tr("Keyboard, screen, does not start…"))
        self.what.setAccessibleName(tr("What is wrong"))
        self._error = Text("", "error", wrap=True)
        self._error.hide()
        self.note = Button(tr("Note it"), self._on_note, kind="primary", key=tr("Enter"))
        self.add(self.how)
        self.add(boxed(column(Text(tr("What is wrong"), "caption"), self.what, gap=4)))
        self.add(self._error)
        self.add(row(self.note, None))

    def begin(self, place: Workstation) -> None:
        """Ask about this one."""
        self._place = place
        self.set_title(tr("{label} is broken", label=place.label))
        self.setAccessibleName(self._title.text())
        self.how.choose(_OFFERED[0])
        self.what.clear()
        self._error.hide()

    def rest(self) -> None:
        """Go to the field."""
        self.what.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, error: PerpuDeskError) -> None:
        """Say why it was not noted; what was typed stays."""
        self._error.setText(error.sentence())
        self._error.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter notes it, Escape leaves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self._on_note()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _on_note(self) -> None:
        if self._place is not None:
            self.wanted.emit(self._place, Condition(self.how.value() or ""), self.what.value())
