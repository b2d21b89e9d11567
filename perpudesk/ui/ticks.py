"""Boxes of which any number is ticked, gone through with the arrows."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from perpudesk.ui.fields import CheckField
from perpudesk.ui.layout import FlowLayout, in_order
from perpudesk.ui.text import tip

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class TickGroup(QWidget):
    """Boxes in lines, all equally wide.

    Tab enters once, where one was last. Arrows, Home and End go on, Space ticks, Ctrl+A ticks all
    that can be, or none if all are. A box that is `closed` cannot be ticked, only cleared.
    """

    changed = Signal()
    """Other boxes are ticked, by a person or by the program."""

    def __init__(
        self,
        name: str,
        options: Sequence[tuple[str, str]] = (),
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._layout = FlowLayout(self, gap=6)
        self._boxes: dict[str, CheckField] = {}
        self._closed: dict[str, str] = {}
        self._quiet = False
        self._place = QWidget(self)  # in the order of Tab, whatever boxes there are; never seen
        self._place.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._place.hide()
        self.set_options(options)

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer these (slug, label) pairs in this order; what was ticked stays ticked."""
        ticked = self.value()
        for box in self._boxes.values():
            self._layout.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._boxes = {slug: CheckField(text, parent=self) for slug, text in options}
        widest = max((box.sizeHint().width() for box in self._boxes.values()), default=0)
        for box in self._boxes.values():
            box.setFixedWidth(widest)
            box.installEventFilter(self)
            box.changed.connect(self._on_ticked)
            self._layout.addWidget(box)
            box.show()
        in_order(self._place, *self._boxes.values())
        self.set_value(ticked)
        self._stop_at(next(iter(self._boxes.values()), None))
        self.updateGeometry()

    def tick(self, slug: str) -> CheckField:
        """The box of `slug`."""
        return self._boxes[slug]

    def value(self) -> tuple[str, ...]:
        """What is ticked, in the order of the boxes."""
        return tuple(slug for slug, box in self._boxes.items() if box.value())

    def set_value(self, value: Collection[str] | None) -> None:
        """Tick these and no others."""
        before, self._quiet = self.value(), True
        for slug, box in self._boxes.items():
            box.set_value(slug in (value or ()))
        self._quiet = False
        self._show_closed()
        if self.value() != before:
            self.changed.emit()

    def close_boxes(self, closed: dict[str, str]) -> None:
        """Let none of these be ticked; each with the reason, as its tip."""
        self._closed = dict(closed)
        self._show_closed()

    def tick_all(self) -> None:
        """Tick all that can be ticked, or clear them if all are."""
        free = [slug for slug in self._boxes if slug not in self._closed]
        ticked = self.value()
        self.set_value(() if set(free) <= set(ticked) else (*ticked, *free))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the group; anything else is the box's own."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, CheckField):
            self._stop_at(watched)
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        to = self._reached(watched, event)
        if to is not None:
            to.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() == Qt.Key.Key_A:
            self.tick_all()
            return True
        return event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, *_STEPS)

    def _reached(self, watched: QObject, event: QKeyEvent) -> CheckField | None:
        """The box that a key goes to."""
        open_ = [box for box in self._boxes.values() if box.isEnabled()]
        if not isinstance(watched, CheckField) or watched not in open_:
            return None
        key, at = Qt.Key(event.key()), open_.index(watched)
        if key in _STEPS:
            return open_[(at + _STEPS[key]) % len(open_)]
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            return open_[0 if key == Qt.Key.Key_Home else -1]
        if key not in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            return None
        down = 1 if key == Qt.Key.Key_Down else -1
        beyond = [box for box in open_ if (box.y() - watched.y()) * down > 0]
        return min(
            beyond,
            key=lambda box: (abs(box.y() - watched.y()), abs(box.x() - watched.x())),
            default=None,
        )

    def _stop_at(self, stop: CheckField | None) -> None:
        """Let Tab stop here and at no other box."""
        for box in self._boxes.values():
            policy = Qt.FocusPolicy.StrongFocus if box is stop else Qt.FocusPolicy.ClickFocus
            box.setFocusPolicy(policy)
        if stop is not None:
            self.setFocusProxy(stop)

    def _show_closed(self) -> None:
        for slug, box in self._boxes.items():
            reason = self._closed.get(slug, "")
            box.setEnabled(not reason or box.value())
            box.setToolTip(tip(reason))
            box.setAccessibleDescription(reason)
        stop = self.focusProxy()
        if stop is None or not stop.isEnabled():
            self._stop_at(next((box for box in self._boxes.values() if box.isEnabled()), None))

    def _on_ticked(self) -> None:
        if not self._quiet:
            self._show_closed()
            self.changed.emit()
