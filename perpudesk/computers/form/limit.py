"""How long a session may last, in minutes; nothing typed means: as the branch has set it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from perpudesk.branch.checks import LONGEST_LIMIT, SHORTEST_LIMIT, check_limit
from perpudesk.core.errors import InputError
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.fields import BAD_NUMBER, NumberField
from perpudesk.ui.layout import row
from perpudesk.ui.stylesheet import control_height

STEP = 5
"""What − and + change, in minutes."""


class LimitBox(QWidget):
    """The minutes with − and + beside them; Enter and Escape close it, as the count at the desk."""

    changed = Signal()
    closed = Signal()

    def __init__(self, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.box = _Minutes()
        self.box.setAccessibleName(name)
        self.minus = Button("", lambda: self.box.step(-1), icon="minus", name=tr("Shorter"))
        self.plus = Button("", lambda: self.box.step(1), icon="plus", name=tr("Longer"))
        for button in (self.minus, self.plus):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Up and Down do the same in the box
        self.setLayout(row(self.minus, self.box, self.plus, gap=4))
        self.box.setMinimumWidth(theme.current().px(64))
        self.setFocusProxy(self.box)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.box.changed.connect(self.changed)
        self.show_usual((30,))

    def sizeHint(self) -> QSize:
        height = control_height(theme.current())
        return QSize(2 * height + theme.current().px(72) + 8, height)

    def show_usual(self, usual: tuple[int, ...]) -> None:
        """Show what the branch has set: one limit, or the least and the most by who it is."""
        self.box.usual = usual[0]
        low, high = number(min(usual)), number(max(usual))
        self.box.setPlaceholderText(low if low == high else f"{low}–{high}")

    def begin(self) -> None:
        """Go to the box; typing replaces what it holds."""
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()

    def value(self) -> int | None:
        """The minutes, None where the branch's own apply; raises `InputError` for any other."""
        try:
            typed = self.box.value()
        except InputError as error:
            raise InputError(
                BAD_NUMBER, field="limit", low=number(SHORTEST_LIMIT), high=number(LONGEST_LIMIT)
            ) from error
        return None if typed is None else check_limit(typed)

    def clear(self) -> None:
        """Let the branch's own apply again."""
        self.box.set_value(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys that the line let pass."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.closed.emit()
        else:
            super().keyPressEvent(event)


class _Minutes(NumberField):
    """Counts in steps, from what is usual."""

    def __init__(self) -> None:
        super().__init__(low=SHORTEST_LIMIT, high=LONGEST_LIMIT)
        self.usual = 30
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def step(self, by: int) -> None:
        """Five minutes up or down, to whole fives."""
        try:
            value = self.value()
        except InputError:
            value = None
        from_ = self.usual if value is None else value
        stepped = (from_ // STEP + by) * STEP if by > 0 else -(-from_ // STEP) * STEP + by * STEP
        self.set_value(min(max(stepped, self.low), self.high))
