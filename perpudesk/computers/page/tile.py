"""A tile of the board: a workstation, who is at it, and the time that is left."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from perpudesk.computers.board import Tile, TileKind
from perpudesk.computers.form.words import Face
from perpudesk.computers.page.arrange import Room
from perpudesk.computers.page.brush import BUTTON, EDGE, MEASURES, Brush, Moving
from perpudesk.computers.page.deeds import Deed, deeds_of
from perpudesk.computers.page.tile_button import TileButton
from perpudesk.ui import theme
from perpudesk.ui.text import tip

_URGENT = (TileKind.FREE, TileKind.CALLED, TileKind.OVER_TIME)
"""Here the first button is the one that a librarian looks for."""
_BEGIN = (Deed.START, Deed.SERVE)
"""These say the number that does the same."""
_GAP = 5
"""Between its buttons, and between the last one and the edge."""


class TileView(QWidget):
    """Painted whole, ground and all, so that a tick repaints nothing but the tiles it changed."""

    asked = Signal(object, object)
    """A `Deed`, and the tile it is asked of."""
    gone_to = Signal(object)
    """It got the focus; itself."""

    def __init__(self, *, parent: QWidget) -> None:
        super().__init__(parent)
        self.tile: Tile | None = None
        self.face: Face | None = None
        self.offered = False
        self._room = Room.PLAIN
        self._buttons: dict[Deed, TileButton] = {}
        self._still: QPixmap | None = None
        self._moving: Moving | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def show_tile(self, tile: Tile, face: Face) -> bool:
        """Show this; False where it says the same already and nothing is painted."""
        self.tile = tile
        if face == self.face:
            return False
        before, self.face = self.face, face
        self.setAccessibleName(face.spoken)
        if before is None or _still(before) != _still(face):
            self._still = None
        if before is None or before.kind is not face.kind or before.title != face.title:
            self._fit_buttons()
        self.update()
        return True

    def set_room(self, room: Room) -> None:
        """Say as much as there is room for."""
        if room is not self._room:
            self._room = room
            self._fit_buttons()
            self._repaint()

    def set_offered(self, offered: bool) -> None:
        """Draw or leave out the edge that says: this one can be chosen."""
        if offered != self.offered:
            self.offered = offered
            self._repaint()

    def ask(self, deed: Deed) -> None:
        """Ask for something to be done with it."""
        self.asked.emit(deed, self)

    def corner(self) -> QPoint:
        """Where its menu stands, on the screen."""
        return self.mapToGlobal(QPoint(EDGE + 4, min(self.height(), theme.current().px(40))))

    # ---------------------------------------------------------------- events

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click chooses; a tile without buttons opens what can be done with it."""
        inside = self.rect().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and inside:
            self.ask(Deed.CHOOSE if self._room is Room.WIDE else Deed.MENU)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.ask(Deed.MENU)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Where words may be cut, all of them stand in the tip."""
        words = self.face.spoken if self.face and self._room is not Room.WIDE else ""
        self.setToolTip(tip(words))

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.gone_to.emit(self)
        self._repaint()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._repaint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._still = None
        self._place_buttons()

    def _repaint(self) -> None:
        """Paint all of it anew."""
        self._still = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """What stands still is painted once, and kept: a tick only writes the time and the bar."""
        if self.face is None:
            return
        if self._still is None or self._moving is None:
            self._still, self._moving = self._painted(self.face)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._still)
        Brush(painter, self.face, self._room).moving(self._moving)
        painter.end()

    def _painted(self, face: Face) -> tuple[QPixmap, Moving]:
        ratio = self.devicePixelRatioF()
        still = QPixmap(self.size() * ratio)
        still.setDevicePixelRatio(ratio)
        painter = QPainter(still)
        moving = Brush(painter, face, self._room).still(
            self.rect(), offered=self.offered, focused=self.hasFocus()
        )
        painter.end()
        return still, moving

    # ---------------------------------------------------------------- buttons

    def _deeds(self) -> tuple[Deed, ...]:
        """What its buttons do, where it is large enough for any."""
        if self._room is not Room.WIDE or self.tile is None:
            return ()
        return deeds_of(self.tile)

    def _fit_buttons(self) -> None:
        wanted = self._deeds()
        for deed in wanted:
            if deed not in self._buttons:
                self._buttons[deed] = self._new_button(deed)
        for deed, button in self._buttons.items():
            button.setVisible(deed in wanted)
        self._place_buttons()

    def _new_button(self, deed: Deed) -> TileButton:
        button = TileButton(deed.words, deed.brief, parent=self)
        button.clicked.connect(lambda: self.ask(deed))
        return button

    def _place_buttons(self) -> None:
        """In a line at the foot, in short where there is no room for all the words."""
        if self.tile is None or self.face is None:
            return
        measure, tall = MEASURES[self._room], theme.current().px(BUTTON)
        left, top = EDGE + measure.side, self.height() - measure.above - tall
        buttons = self._dressed(self.face, self.tile)
        for short in (False, True):
            for button in buttons:
                button.set_short(short)
            wide = sum(button.sizeHint().width() for button in buttons) + _GAP * (len(buttons) - 1)
            if left + wide <= self.width() - _GAP:
                break
        for button in buttons:
            button.setGeometry(left, top, button.sizeHint().width(), tall)
            left += button.width() + _GAP

    def _dressed(self, face: Face, tile: Tile) -> list[TileButton]:
        """Its buttons, the first of them the one that matters where somebody looks for it."""
        found, place = [], tile.workstation
        for at, deed in enumerate(self._deeds()):
            button = self._buttons[deed]
            button.show_as(
                primary=at == 0 and face.kind in _URGENT,
                number=str(place.number) if deed in _BEGIN and place else "",
                spoken=f"{face.title}: {deed.words}",
                key=deed.key,
            )
            found.append(button)
        return found


def _still(face: Face) -> tuple[object, ...]:
    """What of a face does not move with the clock; a longer time takes room from the title."""
    return face.kind, face.title, face.key, face.state, face.who, face.note, len(face.brief)
