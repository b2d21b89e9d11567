"""Labelled fields, one below or beside the other, whose errors stand at the field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QDialog, QLineEdit, QWidget

from perpudesk.core.errors import InputError, PerpuDeskError
from perpudesk.core.i18n import tr
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.cards import Banner
from perpudesk.ui.fields import TextField
from perpudesk.ui.fitting import fit
from perpudesk.ui.layout import CARD_GAP, Scroll, column, row
from perpudesk.ui.text import Text, literal, set_state


class Field(QWidget):
    """A label, the input it names, a hint, and room for what is wrong with it."""

    def __init__(
        self, label: str, widget: QWidget, hint: str = "", *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.widget = widget
        self._text = hint
        self._label = Text(literal(label), "caption", wrap=True)
        self._hint = Text(hint, "small", wrap=True)
        self._sentence = ""
        self._error = Text("", "error", wrap=True)
        self._error.hide()
        self.setLayout(column(self._label, widget, self._hint, self._error, gap=4))
        # Only now: what is made visible without a parent is a window, which takes the focus.
        self._label.setVisible(bool(label))
        self._hint.setVisible(bool(hint))
        if not widget.accessibleName():
            widget.setAccessibleName(label)
        widget.setAccessibleDescription(hint)
        if not isinstance(widget, QCheckBox):  # its words are its name already
            self._label.setBuddy(widget)
        self._input().changed.connect(self._on_changed)

    def _input(self) -> Any:
        return self.widget

    def value(self) -> Any:
        """What the input holds; raises `InputError` as the input does."""
        return self._input().value()

    def set_value(self, value: object) -> None:
        """Show `value` in the input."""
        self._input().set_value(value)

    def error(self) -> str:
        """The sentence that is shown, or nothing."""
        return self._sentence

    def say_in(self, place: Text) -> None:
        """Say there what is wrong, where the field is too narrow for a sentence."""
        self._error = place

    def set_error(self, sentence: str | None) -> None:
        """Show what is wrong and what to do, or take it away; the value stays as typed."""
        self._sentence = sentence or ""
        self._error.setText(self._sentence)
        self._error.setVisible(bool(sentence))
        self._hint.setVisible(bool(self._text) and not sentence)
        self.widget.setAccessibleDescription(sentence or self._text)
        marked = getattr(self.widget, "box", self.widget)
        set_state(marked, "wrong", bool(sentence))

    def set_hint(self, hint: str) -> None:
        """Say something else below the input; nothing takes it away."""
        self._text = hint
        self._hint.setText(hint)
        self.set_error(self.error() or None)

    def _on_changed(self) -> None:
        if self.error():
            self.set_error(None)


class Form(QWidget):
    """Fields in reading order. Enter goes to the next, after the last it submits.

    Ctrl+Enter and Shift+Enter submit from anywhere; with `enter_submits` plain Enter does too.
    Escape is not touched: nothing typed is lost by it.
    """

    submitted = Signal()
    """Enter was pressed in the last field, or Ctrl+Enter or Shift+Enter in any."""
    changed = Signal()
    """Something was typed or chosen, by a person or by the program."""

    def __init__(self, *, enter_submits: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._enter_submits = enter_submits
        self._fields: dict[str, Field] = {}
        self._banner = Banner(tone="error", icon="error")
        self._banner.hide()
        self._box = column(self._banner, gap=14)
        self._line: QBoxLayout | None = None
        self.setLayout(self._box)

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
        """Add an input under `name`, below the last one or `beside` it."""
        widget.setObjectName(name)
        field = Field(label, widget, hint)
        field._input().changed.connect(self._on_changed)  # noqa: SLF001 - same file, same thing
        self._fields[name] = field
        if not beside or self._line is None:
            self._line = row(gap=CARD_GAP)
            self._box.addLayout(self._line)
        edges = Qt.AlignmentFlag  # a box to tick has no label above, and stands beside the input
        level = edges.AlignBottom if beside and not label else edges.AlignTop
        self._line.addWidget(field, stretch, level)
        return field

    def add_part(self, widget: QWidget) -> None:
        """Add a heading, a note or any other widget below."""
        self._line = None
        self._box.addWidget(widget)

    def add_section(self, title: str) -> None:
        """Begin a group of fields under `title`."""
        self.add_part(Text(title, "label"))

    def add_stretch(self) -> None:
        """Leave the rest of the height empty."""
        self._box.addStretch(1)

    def field(self, name: str) -> Field:
        """The field `name`."""
        return self._fields[name]

    def value(self, name: str) -> Any:
        """What the field `name` holds; raises `InputError` as the input does."""
        return self._fields[name].value()

    def typed(self) -> dict[str, Any]:
        """What stands in every field, also where it cannot be read."""
        return {name: _standing(field.widget) for name, field in self._fields.items()}

    def fill(self, **values: object) -> None:
        """Show these values; other fields stay as they are."""
        for name, value in values.items():
            self._fields[name].set_value(value)

    def clear(self) -> None:
        """Empty every field and go to the first."""
        for field in self._fields.values():
            field.set_value(None)
        self.clear_errors()
        self.focus_first()

    def focus_first(self) -> None:
        """Go to the first field that can be filled in."""
        first = next((field for field in self._fields.values() if self._open(field)), None)
        if first is not None:
            first.widget.setFocus(Qt.FocusReason.TabFocusReason)
            _ready_to_type(first.widget)

    def clear_errors(self) -> None:
        """Take away what was wrong last time."""
        self._banner.hide()
        for field in self._fields.values():
            field.set_error(None)

    def show_error(self, error: PerpuDeskError) -> None:
        """Show the sentence at its field and go there; without a field, above them all."""
        field = self._fields.get(error.field) if isinstance(error, InputError) else None
        if field is None:
            self._banner.show_message(error.sentence())
            self._banner.show()
        else:
            field.set_error(error.sentence())
            field.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def attempt(self, work: Callable[[], object]) -> bool:
        """Do `work`; if it is refused show why, keep everything typed and return False."""
        self.clear_errors()
        try:
            work()
        except PerpuDeskError as error:
            self.show_error(error)
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the Enter that an input let pass."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        if event.isAutoRepeat():
            return
        held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        following = self._following()
        if event.modifiers() & held or self._enter_submits or following is None:
            self.submitted.emit()
        else:
            following.widget.setFocus(Qt.FocusReason.TabFocusReason)

    def _following(self) -> Field | None:
        """The next field that can be filled in, after the one with the focus."""
        fields = list(self._fields.values())
        here = (at for at, own in enumerate(fields) if own.isAncestorOf(self.focusWidget()))
        at = next(here, len(fields))
        return next((field for field in fields[at + 1 :] if self._open(field)), None)

    def _open(self, field: Field) -> bool:
        return field.isVisibleTo(self) and field.widget.isEnabled()

    def _on_changed(self) -> None:
        self.changed.emit()


def _standing(widget: QWidget) -> Any:
    box: Any = getattr(widget, "box", widget)
    if isinstance(box, QLineEdit):
        return box.text()
    return box.texts() if hasattr(box, "texts") else box.value()


def _ready_to_type(widget: QWidget) -> None:
    """Words that stand there are gone on with; a number or a day is typed anew."""
    line = getattr(widget, "box", widget)
    if isinstance(widget, TextField):
        widget.end(False)
    elif isinstance(line, QLineEdit):
        line.selectAll()


class FormDialog(QDialog):
    """A form in a window of its own. Escape hides it with all that was typed.

    Keep the dialog and `open()` it again: the draft is still there. `finish()` after the work is
    done closes it and empties the form. It is as high as its form and grows with it; where the
    screen is not, the form scrolls and the buttons stay in view.
    """

    WIDE = 500
    """Px at 100 %."""
    submitted = Signal()
    """Save, or Enter in the last field."""

    def __init__(
        self, title: str, form: Form, *, action: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.form = form
        self.heading = Text(title, "heading")
        self.save = Button(action or tr("Save"), self._on_save, kind="primary")
        self.cancel = Button(tr("Cancel"), self.reject, key=tr("Esc"))
        self._buttons = row(None, self.cancel, self.save)
        self._scroll = Scroll(form)
        box = column(self.heading, self._scroll, self._buttons, gap=CARD_GAP)
        self.setContentsMargins(20, 18, 20, 18)
        self.setLayout(box)
        self.setMinimumWidth(420)
        form.submitted.connect(self._on_save)
        for part in (form, self):
            part.installEventFilter(self)

    def set_title(self, title: str) -> None:
        """Write another title."""
        self.setWindowTitle(title)
        self.heading.setText(title)

    def add_above_buttons(self, part: QWidget) -> None:
        """Put a part between the form and the buttons, where it does not scroll."""
        box = self.layout()
        assert isinstance(box, QBoxLayout)  # noqa: S101 - a column, as it was laid out
        box.insertWidget(box.count() - 1, part)

    def add_button(self, button: Button) -> None:
        """Put one more button at the left."""
        self._buttons.insertWidget(0, button)

    def open(self) -> None:
        """Show it over its window, the focus in the first field."""
        self.fit()
        super().open()
        self.form.focus_first()

    def fit(self) -> None:
        """Be as wide as is meant and as high as the form needs, as far as the screen is."""
        wide = theme.current().px(self.WIDE)
        fit(self, wide, self._needed(wide))

    def _needed(self, wide: int) -> int:
        """The height in px at which nothing of the form is hidden."""
        margins, form = self.contentsMargins(), self.form
        inner = wide - margins.left() - margins.right()
        self._scroll.updateGeometry()  # nobody else tells the layout what the form needs now
        around = self.sizeHint().height() - self._scroll.sizeHint().height()
        return around + max(form.heightForWidth(inner), form.sizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow with the form: a field came into view, or a sentence that says what is wrong."""
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            needed = self._needed(self.width())
            if needed > self.height():
                fit(self, self.width(), needed)
        return False

    def finish(self) -> None:
        """The work is done: close, and empty the form for the next time."""
        self.accept()
        self.form.clear()

    def _on_save(self) -> None:
        self.submitted.emit()
