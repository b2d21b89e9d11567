"""The frames of a page: header, cards, banners, and what an empty place says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from perpudesk.core.formats import clock_text, date_full
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.icons import pixmap
from perpudesk.ui.layout import GAP, FreeRoom, column, row
from perpudesk.ui.marks import Pill
from perpudesk.ui.stylesheet import TONES
from perpudesk.ui.text import Elided, Text, set_state


class Drawing(QLabel):
    """An icon that is only looked at; follows a change of palette."""

    def __init__(
        self, name: str, role: str = "ink", size: int = 20, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._role, self._size = name, role, size
        side = theme.current().px(size)
        self.setFixedSize(side, side)

    def set_drawing(self, name: str, role: str) -> None:
        """Show another one."""
        self._name, self._role = name, role
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        drawn = pixmap(self._name, self._role, self.width(), self.devicePixelRatioF())
        painter.drawPixmap(0, 0, drawn)
        painter.end()


class Card(QFrame):
    """A white field with round corners; its parts stand below one another.

    A title comes with room at its right (`add_header`). `marked` draws the edge of the place
    where the work is; `set_edge` colours the left edge by state.
    """

    def __init__(
        self,
        title: str = "",
        *,
        role: str = "label",
        marked: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("marked", marked)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 14, 16, 14)
        self.body.setSpacing(GAP)
        self._title = Text(title, role, wrap=True, parent=self)
        self._title.setVisible(bool(title))
        self._edge: str | None = None
        self._header: QHBoxLayout | None = None
        if title:
            self._show_header()

    def _show_header(self) -> QHBoxLayout:
        if self._header is None:
            self._header = row(self._title, None)
            self._title.show()
            self.body.insertLayout(0, self._header)
        return self._header

    def set_title(self, title: str) -> None:
        """Write another title."""
        self._title.setText(title)
        self._show_header()

    def add_header(self, widget: QWidget) -> None:
        """Put `widget` at the right of the title."""
        self._show_header().addWidget(widget)

    def add(self, part: QWidget | QLayout, stretch: int = 0) -> None:
        """Put `part` below the others."""
        if isinstance(part, QWidget):
            self.body.addWidget(part, stretch)
        else:
            self.body.addLayout(part, stretch)

    def add_stretch(self) -> None:
        """Leave the rest of the height empty from here."""
        self.body.addStretch(1)

    def set_edge(self, tone: str | None) -> None:
        """Colour the left edge: ok, warn, error, info, primary, neutral, or None."""
        self._edge = None if tone is None else {**TONES, "neutral": "track"}.get(tone, tone)
        left = 16 if tone is None else 20
        self.body.setContentsMargins(left, 14, 16, 14)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._edge is None:
            return
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), 10, 10)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(0, 0, 6, self.height())
        painter.fillPath(shape, theme.current().colour(self._edge))
        painter.end()

    def set_marked(self, marked: bool) -> None:
        """Draw or leave out the edge that says: here is the work."""
        set_state(self, "marked", marked)


class PageHeader(QFrame):
    """The bar at the top of a page: title, what state it is in, and day and time at the right."""

    HEIGHT = 52

    def __init__(self, title: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Text(title, "title")
        self._subtitle = Elided("", "lead")
        self._subtitle.hide()
        self._pills: list[Pill] = []
        self._beside = row(gap=10)
        self._day = Text("", "lead")
        self._clock = Text("", "label")
        room = FreeRoom()
        self._box = row(self._title, 6, self._beside, self._subtitle, room, self._day, self._clock)
        self._box.setStretchFactor(room, 1)
        self._box.setContentsMargins(20, 0, 20, 0)
        self.setLayout(self._box)
        self.setMinimumHeight(max(self.HEIGHT, theme.current().px(44)))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def title(self) -> str:
        """The title as shown."""
        return self._title.text()

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Show a title and, quietly after it, where in the page we are."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))
        self._box.setStretchFactor(self._subtitle, 100 if subtitle else 0)

    def set_status(self, *states: tuple[str, str]) -> None:
        """Show these (word, tone) states as pills after the title."""
        while len(self._pills) < len(states):
            pill = Pill()
            self._pills.append(pill)
            self._beside.insertWidget(len(self._pills) - 1, pill)
        for place, pill in enumerate(self._pills):
            shown = place < len(states)
            if shown:
                pill.show_state(*states[place])
            pill.setVisible(shown)
        self._fit()

    def add(self, widget: QWidget) -> None:
        """Put `widget` after the states."""
        self._beside.addWidget(widget)

    def set_now(self, day: date, moment: datetime, zone: str) -> None:
        """Show the branch's day and clock: `Senin, 23 November 2026 · 09.41 WIB`."""
        self._day.setText(f"{date_full(day)} ·")
        self._clock.setText(f"{clock_text(moment)} {zone}".strip())
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # what `add` put there is wider now
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        """Leave the day out before anything is cut, and the clock before a button is."""
        title, clock = (each.sizeHint().width() for each in (self._title, self._clock))
        others = self._beside.sizeHint().width() + title + clock + 90
        if self._subtitle.text():
            others += self._subtitle.sizeHint().width()
        self._day.setVisible(others + self._day.sizeHint().width() <= self.width())
        needed = self._beside.minimumSize().width() + title + clock + 90
        self._clock.setVisible(needed <= self.width())


class Banner(QFrame):
    """A message across the page in a tone (warn, error, info, ok), with up to two buttons."""

    def __init__(
        self,
        title: str = "",
        text: str = "",
        *,
        tone: str = "warn",
        icon: str = "warning",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("tone", tone)
        self._drawing = Drawing(icon, f"{TONES[tone]}_ink", 22)
        self._title = Text("", "strong", wrap=True)
        self._text = Text("", wrap=True)
        self._buttons = row()
        words = column(self._title, self._text, gap=2)
        box = row(self._drawing, 4, words, 8, self._buttons)
        box.setStretchFactor(words, 1)
        box.setContentsMargins(16, 11, 16, 11)
        self.setLayout(box)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.show_message(title, text)

    def show_message(self, title: str, text: str = "") -> None:
        """Say something else: `title` in bold, `text` below it."""
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(f"{title} {text}".strip())

    def add_action(
        self, text: str, slot: Callable[[], object], *, primary: bool = False, key: str = ""
    ) -> Button:
        """Offer a button, with the `key` that does the same; the last one stands rightmost."""
        button = Button(text, slot, kind="primary" if primary else "plain", key=key)
        self._buttons.addWidget(button)
        return button


class EmptyState(QWidget):
    """What an empty place says: one sentence and, where something can be begun, one button."""

    def __init__(
        self,
        sentence: str,
        action: str = "",
        slot: Callable[[], object] | None = None,
        *,
        icon: str = "",
        key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._sentence = Text(sentence, "quiet", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box = column(None, gap=14)
        if icon:
            box.addWidget(Drawing(icon, "quiet", 40), 0, Qt.AlignmentFlag.AlignHCenter)
        box.addWidget(self._sentence)
        self.button: Button | None = None
        if action:
            self.button = Button(action, slot, kind="primary", key=key)
            box.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(1)
        box.setContentsMargins(24, 24, 24, 24)
        self.setLayout(box)

    def set_sentence(self, sentence: str) -> None:
        """Say something else."""
        self._sentence.setText(sentence)
