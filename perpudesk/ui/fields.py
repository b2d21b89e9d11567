"""What is typed, chosen and ticked. A field gives its value or says what is wrong with it.

Every input has `value()`, `set_value()` and the signal `changed`. Its object name is the name
that an `InputError` carries; `Form.add` sets it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from perpudesk.core.errors import InputError, Problem
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.icons import pixmap
from perpudesk.ui.stylesheet import control_height

BAD_NUMBER = Problem("bad_number", "Type a whole number from {low} to {high}.")
NO_CHOICE = Problem("no_choice", "Choose one from the list.")


class _Line(QLineEdit):
    """Takes Ctrl+Z while there is typing to take back; after that it is the page's key."""

    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.matches(QKeySequence.StandardKey.Undo)
            and not self.isUndoAvailable()
        ):
            event.ignore()
            return False
        return super().event(event)


class TextField(_Line):
    """One line of text; nothing is cut or changed while it is typed."""

    changed = Signal()

    def __init__(
        self, value: str = "", *, placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(value, parent)
        self.setPlaceholderText(placeholder)
        self.textChanged.connect(self._on_text_changed)

    def value(self) -> str:
        """What was typed, without spaces around it."""
        return self.text().strip()

    def set_value(self, value: str | None) -> None:
        """Show `value`."""
        self.setText(value or "")
        self.setCursorPosition(0)

    def _on_text_changed(self) -> None:
        self.changed.emit()


class CardField(TextField):
    """A line for the number of a card: typed, or read by the scanner at the desk."""

    def take_card(self, text: str) -> None:
        """Show the number of a card that was read; what was typed before goes."""
        self.set_value(text)


class ParagraphField(QPlainTextEdit):
    """Several lines of text; Tab leaves it, as in every other field."""

    changed = Signal()

    def __init__(self, value: str = "", *, lines: int = 4, parent: QWidget | None = None) -> None:
        super().__init__(value, parent)
        self._lines = lines
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._on_text_changed)

    def sizeHint(self) -> QSize:
        height = self.fontMetrics().lineSpacing() * self._lines + 24
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def value(self) -> str:
        """What was typed, without space around it."""
        return self.toPlainText().strip()

    def set_value(self, value: str | None) -> None:
        """Show `value`."""
        self.setPlainText(value or "")

    def _on_text_changed(self) -> None:
        self.changed.emit()


_BY_KEY = {
    Qt.FocusReason.OtherFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
}


class NumberField(_Line):
    """A whole number within limits; anything may be typed, `value` says what is wrong."""

    changed = Signal()

    def __init__(
        self,
        value: int | None = None,
        *,
        low: int = 0,
        high: int = 9999,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.low, self.high = low, high
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.set_value(value)
        self.textChanged.connect(self._on_text_changed)

    def value(self) -> int | None:
        """The number, or None if nothing was typed; raises `InputError` bad_number."""
        text = self.text().strip()
        if re.fullmatch(r"\d{1,3}([. ]\d{3})+", text):  # 1.234, as Indonesians write it
            text = text.replace(".", "").replace(" ", "")
        if not text:
            return None
        if text.isascii() and text.isdecimal() and self.low <= int(text[:19]) <= self.high:
            return int(text)
        raise InputError(
            BAD_NUMBER, field=self.objectName(), low=number(self.low), high=number(self.high)
        )

    def set_value(self, value: int | None) -> None:
        """Show `value`; None empties the field."""
        self.setText("" if value is None else str(value))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes by key types another number over the one that stands here."""
        super().focusInEvent(event)
        if event.reason() in _BY_KEY:
            self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down count, within the limits."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.step(step)

    def step(self, by: int) -> None:
        """Count up or down, within the limits; what is no number begins at the lowest."""
        try:
            value = self.value()
        except InputError:
            value = None
        stepped = self.low if value is None else value + by
        self.set_value(min(max(stepped, self.low), self.high))

    def _on_text_changed(self) -> None:
        self.changed.emit()


class Stepper(QWidget):
    """A number with − and + at its sides, for a count that is mostly small."""

    changed = Signal()

    def __init__(
        self,
        name: str,
        value: int = 1,
        *,
        low: int = 1,
        high: int = 999,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.box = NumberField(value, low=low, high=high)
        self.box.setAccessibleName(name)
        self.box.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.minus = Button("", self._on_minus, icon="minus", name=tr("One less"))
        self.plus = Button("", self._on_plus, icon="plus", name=tr("One more"))
        for button in (self.minus, self.plus):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Up and Down do the same in the box
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for part in (self.minus, self.box, self.plus):
            layout.addWidget(part)
        self.box.setMinimumWidth(theme.current().px(48))
        self.setFocusProxy(self.box)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.box.changed.connect(self._on_changed)

    def sizeHint(self) -> QSize:
        height = control_height(theme.current())
        return QSize(2 * height + theme.current().px(56) + 8, height)

    def value(self) -> int:
        """The number; raises `InputError` bad_number, also when the box is empty."""
        self.box.setObjectName(self.objectName())
        value = self.box.value()
        if value is None:
            raise InputError(
                BAD_NUMBER,
                field=self.objectName(),
                low=number(self.box.low),
                high=number(self.box.high),
            )
        return value

    def set_value(self, value: int | None) -> None:
        """Show `value`; None is the lowest."""
        self.box.set_value(self.box.low if value is None else value)

    def _on_minus(self) -> None:
        self.box.step(-1)

    def _on_plus(self) -> None:
        self.box.step(1)

    def _on_changed(self) -> None:
        self.changed.emit()


class ChoiceField(QComboBox):
    """One of a list; the wheel scrolls the page and never changes an answer by accident."""

    changed = Signal()

    def __init__(
        self,
        options: Sequence[tuple[str, str]] = (),
        *,
        value: str | None = None,
        placeholder: str = "",
        required: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._required = required
        self.setPlaceholderText(placeholder or tr("Choose…"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_options(options, value=value)
        self.currentIndexChanged.connect(self._on_index_changed)

    def set_options(self, options: Sequence[tuple[str, str]], *, value: str | None = None) -> None:
        """Offer these (slug, label) pairs, `value` chosen."""
        self.clear()
        for slug, label in options:
            self.addItem(label, slug)
        self.set_value(value)

    def value(self) -> str | None:
        """The chosen slug; None before a choice, or `InputError` no_choice if one is required."""
        slug: str | None = self.currentData()
        if slug is None and self._required:
            raise InputError(NO_CHOICE, field=self.objectName())
        return slug

    def set_value(self, value: str | None) -> None:
        """Choose `value`; None or an unknown slug chooses nothing."""
        self.setCurrentIndex(-1 if value is None else self.findData(value))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        size = theme.current().px(16)
        painter = QPainter(self)
        role = "quiet" if self.isEnabled() else "disabled"
        drawn = pixmap("chevron-down", role, size, self.devicePixelRatioF())
        painter.drawPixmap(self.width() - size - 10, (self.height() - size) // 2, drawn)
        painter.end()

    def _on_index_changed(self) -> None:
        self.changed.emit()


class CheckField(QCheckBox):
    """A box to tick, with its words beside it."""

    changed = Signal()

    def __init__(self, text: str, value: bool = False, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_words(text)
        self.setChecked(value)
        self.toggled.connect(self._on_toggled)

    def set_words(self, text: str) -> None:
        """Say something else beside the box."""
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.isChecked()

    def set_value(self, value: bool | None) -> None:
        """Tick it or not."""
        self.setChecked(bool(value))

    def sizeHint(self) -> QSize:
        look = theme.current()
        words = self.fontMetrics().horizontalAdvance(self.accessibleName())
        return QSize(words + look.px(20) + 26, max(control_height(look) - 4, 30))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        side = look.px(20)
        box = QRect(1, (self.height() - side) // 2, side, side)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = "primary" if self.isChecked() or self.hasFocus() else "control_line"
        painter.setPen(QPen(look.colour(edge), 1.5))
        painter.setBrush(look.colour("primary" if self.isChecked() else "card"))
        painter.drawRoundedRect(box, 5, 5)
        if self.isChecked():
            drawn = pixmap("check", "on_primary", side - 4, self.devicePixelRatioF())
            painter.drawPixmap(box.left() + 2, box.top() + 2, drawn)
        words = self.rect().adjusted(side + 10, 0, 0, 0)
        if self.hasFocus():  # around the words: the box stands in line with other fields
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = words.adjusted(-5, 3, 0, -3)
            ring.setRight(min(self.sizeHint().width(), self.width()) - 1)
            painter.drawRoundedRect(ring, 7, 7)
        painter.setPen(look.colour("ink" if self.isEnabled() else "disabled"))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.accessibleName())
        painter.end()

    def _on_toggled(self) -> None:
        self.changed.emit()
