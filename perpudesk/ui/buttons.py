"""What is pressed: buttons that show their key, and chips of which one is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from perpudesk.ui import theme
from perpudesk.ui.icons import pixmap
from perpudesk.ui.layout import FlowLayout, in_order
from perpudesk.ui.stylesheet import control_height
from perpudesk.ui.text import literal, tip
from perpudesk.ui.theme import Size

_COLOURS = {
    "primary": "on_primary",
    "link": "primary",
    "danger": "red_ink",
    "inverse": "background",
}
_PADDING = {"link": 7, "ghost": 7, "inverse": 9}
_GAP = 7


class Button(QPushButton):
    """A button with an optional drawing and the key that does the same.

    `kind` is plain, primary, danger, link (words in the primary colour), ghost (no edge) or
    inverse (no edge, on the ground of a toast).
    A button of a drawing alone needs `name`, which is then said and shown as its tip.
    """

    def __init__(
        self,
        text: str = "",
        slot: Callable[[], object] | None = None,
        *,
        kind: str = "plain",
        icon: str = "",
        key: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(literal(text), parent)
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name or text)
        if name:
            self.setToolTip(tip(f"{name} ({key})" if key else name))
        self._kind, self._icon, self._key, self._slot = kind, icon, key, slot
        self.clicked.connect(self._on_clicked)

    def label(self) -> str:
        """The words on it."""
        return self.text().replace("&&", "&")

    def set_label(self, text: str) -> None:
        """Write other words on it."""
        self.setText(literal(text))
        self.setAccessibleName(text)
        self.updateGeometry()

    def set_key(self, key: str) -> None:
        """Show another key on it, or none."""
        self._key = key
        self.updateGeometry()
        self.update()

    def _on_clicked(self) -> None:
        if self._slot is not None:
            self._slot()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the focused button, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        look = theme.current()
        padding = 2 * _PADDING.get(self._kind, 13)
        width = max(self._content_width() + padding, control_height(look))
        return QSize(width, control_height(look))

    def minimumSizeHint(self) -> QSize:
        """Where there is no room the key is left out, the words never."""
        key = self._parts()[2]
        return self.sizeHint() - QSize(key + _GAP if key else 0, 0)

    def _parts(self) -> tuple[int, int, int]:
        """The widths of drawing, words and key; 0 where there is none."""
        look = theme.current()
        drawing = look.px(18) if self._icon else 0
        words = self.fontMetrics().horizontalAdvance(self.label())
        key = look.metrics(Size.SMALL).horizontalAdvance(self._key) if self._key else 0
        return drawing, words, key

    def _content_width(self) -> int:
        shown = [width for width in self._parts() if width]
        return sum(shown) + _GAP * max(0, len(shown) - 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)  # ground and edge; the stylesheet makes its words transparent
        painter = QPainter(self)
        self._paint_content(painter)
        if self.hasFocus() and self._kind == "primary":
            # The edge has the colour of the ground here: the ring goes inside.
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.current().colour("on_primary"), 2))
            painter.drawRoundedRect(self.rect().adjusted(4, 4, -4, -4), 5, 5)
        painter.end()

    def _paint_content(self, painter: QPainter) -> None:
        look = theme.current()
        role = _COLOURS.get(self._kind, "ink") if self.isEnabled() else "disabled"
        drawing, words, key = self._parts()
        content = self._content_width()
        if key and content > self.width() - 8:
            content, key = content - key - _GAP, 0
        room = self.width() - 8
        x = max(4, (self.width() - content) // 2)
        if drawing:
            top = (self.height() - drawing) // 2
            ratio = self.devicePixelRatioF()
            painter.drawPixmap(x, top, pixmap(self._icon, role, drawing, ratio))
            x += drawing + _GAP
        middle = Qt.AlignmentFlag.AlignVCenter
        if words:
            space = min(words, room - x + 4)
            painter.setFont(self.font())
            painter.setPen(look.colour(role))
            elide = Qt.TextElideMode.ElideRight
            text = self.fontMetrics().elidedText(self.label(), elide, space + 1)
            painter.drawText(QRect(x, 0, space + 2, self.height()), middle, text)
            x += words + _GAP
        if key:
            painter.setFont(look.font(Size.SMALL))
            quiet = "quiet" if role in ("ink", "red_ink", "primary") else role
            painter.setPen(look.colour(quiet))
            painter.drawText(QRect(x, 0, key + 2, self.height()), middle, self._key)


class Chip(QPushButton):
    """One of several answers; the chosen one is coloured and said as checked."""

    def __init__(self, text: str, *, parent: QWidget | None = None) -> None:
        super().__init__(literal(text), parent)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ring is the stylesheet's; Fusion would draw a rectangle of its own within it."""
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonLabel, option)
        painter.end()


class ChipGroup(QWidget):
    """Chips of which exactly one, or before the first choice none, is chosen.

    Tab enters the group once, at the chosen chip; the arrows go to the next and choose it.
    """

    chosen = Signal(str)
    """The slug that a person chose; not sent when the program sets it."""
    changed = Signal()
    """The same without the slug, as every input of a form tells it."""

    def __init__(
        self,
        name: str,
        options: Sequence[tuple[str, str]] = (),
        *,
        value: str | None = None,
        wrap: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._layout = FlowLayout(self, gap=6, wrap=wrap)
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_clicked)
        self._chips: dict[str, Chip] = {}
        self._place = QWidget(self)  # in the order of Tab, whatever chips there are; never seen
        self._place.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._place.hide()
        self.set_options(options, value=value)

    def set_options(self, options: Sequence[tuple[str, str]], *, value: str | None = None) -> None:
        """Offer these (slug, label) pairs in this order, `value` chosen."""
        for chip in self._chips.values():
            self._group.removeButton(chip)
            self._layout.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = {slug: Chip(label, parent=self) for slug, label in options}
        for chip in self._chips.values():
            self._group.addButton(chip)
            self._layout.addWidget(chip)
        in_order(self._place, *self._chips.values())  # new ones would come last in the window
        self.choose(value)
        self.updateGeometry()

    def set_label(self, slug: str, label: str) -> None:
        """Write other words on a chip."""
        chip = self._chips[slug]
        if chip.text() != literal(label):
            chip.setText(literal(label))
            chip.setAccessibleName(label)
            self._layout.invalidate()
            self.updateGeometry()

    def value(self) -> str | None:
        """The chosen slug."""
        return next((slug for slug, chip in self._chips.items() if chip.isChecked()), None)

    def set_value(self, slug: str | None) -> None:
        """Choose without telling, as a form does."""
        self.choose(slug)

    def choose(self, slug: str | None) -> None:
        """Choose without telling; None or an unknown slug chooses nothing."""
        self._group.setExclusive(False)
        for own, chip in self._chips.items():
            chip.setChecked(own == slug)
        self._group.setExclusive(True)
        self._keep_one_stop()

    def chip(self, slug: str) -> Chip:
        """The chip of `slug`."""
        return self._chips[slug]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End choose; anything else is not ours."""
        chips = list(self._chips.values())
        at = next((place for place, chip in enumerate(chips) if chip.hasFocus()), None)
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Down: 1,
        }
        if at is None or not chips:
            super().keyPressEvent(event)
        elif event.key() in steps:
            self._take(chips[(at + steps[Qt.Key(event.key())]) % len(chips)])
        elif event.key() == Qt.Key.Key_Home:
            self._take(chips[0])
        elif event.key() == Qt.Key.Key_End:
            self._take(chips[-1])
        else:
            super().keyPressEvent(event)

    def _take(self, chip: Chip) -> None:
        chip.setFocus(Qt.FocusReason.TabFocusReason)
        chip.click()

    def _on_clicked(self) -> None:
        self._keep_one_stop()
        if (slug := self.value()) is not None:
            self.chosen.emit(slug)
            self.changed.emit()

    def _keep_one_stop(self) -> None:
        """Let Tab stop only at the chosen chip, or at the first while none is chosen."""
        chips = list(self._chips.values())
        stop = next((chip for chip in chips if chip.isChecked()), chips[0] if chips else None)
        for chip in chips:
            policy = Qt.FocusPolicy.StrongFocus if chip is stop else Qt.FocusPolicy.ClickFocus
            chip.setFocusPolicy(policy)
        if stop is not None:
            self.setFocusProxy(stop)
