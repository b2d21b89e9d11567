"""A form without a Save button: what is typed is stored when its field is left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from perpudesk.core.errors import InputError, PerpuDeskError
from perpudesk.core.i18n import tr
from perpudesk.ui.forms import Field, Form
from perpudesk.ui.layout import row
from perpudesk.ui.text import Text
from perpudesk.ui.toasts import announce

Keep = Callable[[str, Any], object]


class LiveForm(Form):
    """Calls `keep(name, value)` for each field that was changed, on Enter or on leaving it.

    A choice is stored at once. The field says *tersimpan* when it is stored; what is refused stays
    in it with the sentence that says why, and stands there until it is mended.
    """

    def __init__(self, keep: Keep, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._keep = keep
        self._kept: dict[str, Any] = {}
        self._marks: dict[str, Text] = {}
        self._typed_in: dict[QObject, str] = {}
        self.submitted.connect(self.keep_all)

    def add(
        self,
        name: str,
        label: str,
        widget: QWidget,
        *,
        hint: str = "",
        beside: bool = False,
        stretch: int = 1,
    ) -> Field:
        field = super().add(name, label, widget, hint=hint, beside=beside, stretch=stretch)
        self._marks[name] = _place_mark(field, labelled=bool(label))
        inner = getattr(widget, "box", widget)
        if isinstance(inner, QLineEdit | QPlainTextEdit):
            self._typed_in[inner] = name
            inner.installEventFilter(self)
        else:
            chosen = inner.activated if isinstance(inner, QComboBox) else field.widget.changed  # type: ignore[attr-defined]
            chosen.connect(lambda *_: self.keep_field(name))
        self._kept[name] = field.value()
        return field

    def show_kept(self, **values: Any) -> None:
        """Show what is stored; a field that is being filled in keeps what was typed."""
        for name, value in values.items():
            field = self.field(name)
            untouched = self._current(name) == (True, self._kept[name])
            self._kept[name] = value
            if untouched and field.value() != value:
                field.set_value(value)
                self._kept[name] = field.value()

    def keep_all(self) -> bool:
        """Store every field that was changed; False when one is refused."""
        refused = [name for name in self._kept if not self.keep_field(name)]
        return not refused

    def keep_field(self, name: str) -> bool:
        """Store the field if it was changed; False when it is refused."""
        field = self.field(name)
        read, value = self._current(name)
        try:
            if not read:
                raise value
            if value != self._kept[name]:
                self._keep(name, value)
                self._say_kept(name)
        except PerpuDeskError as error:
            field.set_error(error.sentence())
            return False
        self._kept[name] = value
        field.set_error(None)
        return True

    def _current(self, name: str) -> tuple[bool, Any]:
        """Whether the field can be read, and its value or what is wrong with it."""
        try:
            return True, self.field(name).value()
        except InputError as error:
            return False, error

    def _say_kept(self, name: str) -> None:
        for own, mark in self._marks.items():
            mark.setText(tr("✓ saved") if own == name else "")
        announce(self, tr("Saved"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and watched in self._typed_in:
            self.keep_field(self._typed_in[watched])
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.keep_all()


def _place_mark(field: Field, *, labelled: bool) -> Text:
    """A place at the right of the label, else of the input, where it says that it is stored."""
    mark = Text("", "small")
    box, at = field.layout(), 0 if labelled else 1
    assert isinstance(box, QBoxLayout)  # noqa: S101 - a column, as `Field` lays it out
    taken = box.takeAt(at)
    part = taken.widget() if taken is not None else None
    assert part is not None  # noqa: S101 - the label, then the input
    line = row(part, mark)
    line.setStretchFactor(part, 1)
    box.insertLayout(at, line)
    return mark
