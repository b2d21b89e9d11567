"""The tiles beside and below each other, and the way among them by keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from perpudesk.computers.board import Tile
from perpudesk.computers.form.words import face
from perpudesk.computers.page.arrange import Arrangement, Room, arrange
from perpudesk.computers.page.deeds import Deed
from perpudesk.computers.page.tile import TileView
from perpudesk.core.i18n import tr
from perpudesk.ui import theme

_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class BoardView(QWidget):
    """Every tile in view if there is any way; Tab comes here once, the arrows go among the tiles.

    `room` is the height that is seen of it: what has no room within stands below, to be scrolled.
    """

    asked = Signal(object, object)
    """A `Deed`, and the `TileView` it is asked of."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Computers"))
        self._views: list[TileView] = []
        self._seen = QSize(0, 0)
        self._arrangement: Arrangement | None = None

    def tiles(self) -> list[TileView]:
        """The tiles, in order."""
        return list(self._views)

    def show_tiles(
        self,
        tiles: Sequence[Tile],
        now: datetime,
        where: tzinfo,
        purposes: dict[str, str],
        *,
        fresh: bool = False,
    ) -> int:
        """Show these; how many say something else than before, and are painted.

        A tick asks only after tiles that the clock may have changed; `fresh` records may differ in
        anything.
        """
        if len(tiles) != len(self._views):
            self._have(len(tiles))
        changed = 0
        for view, tile in zip(self._views, tiles, strict=True):
            if fresh or view.tile is None or not _same(view.tile, tile):
                changed += view.show_tile(tile, face(tile, now, where, purposes))
            else:
                view.tile = tile
        return changed

    def current(self) -> TileView | None:
        """The tile that has the focus, or had it last, or else the first."""
        had = self.focusProxy()
        if isinstance(had, TileView) and had in self._views:
            return had
        return self._views[0] if self._views else None

    def tile_that(self, fits: Callable[[Tile], bool]) -> TileView | None:
        """The first tile that fits."""
        return next((view for view in self._views if view.tile and fits(view.tile)), None)

    def by_number(self, number: int) -> TileView | None:
        """The tile whose number that is."""
        return self.tile_that(
            lambda tile: bool(tile.workstation and tile.workstation.number == number)
        )

    def numbers(self) -> list[int]:
        """The numbers that can be typed."""
        places = [view.tile.workstation for view in self._views if view.tile]
        return [place.number for place in places if place is not None]

    def offer(self, fits: Callable[[Tile], bool] | None) -> None:
        """Mark the tiles that can be chosen; None marks no tile."""
        for view in self._views:
            view.set_offered(fits is not None and view.tile is not None and fits(view.tile))

    def fit(self, seen: QSize) -> None:
        """Arrange the tiles in so much room."""
        if seen != self._seen:
            self._seen = seen
            self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End go among the tiles, Enter does what is done first."""
        key, view = Qt.Key(event.key()), self.current()
        if view is None:
            event.ignore()
        elif key in _STEPS:
            self._step(view, *_STEPS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._views[0 if key == Qt.Key.Key_Home else -1].setFocus()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            view.ask(Deed.MAIN)
        elif key == Qt.Key.Key_Space and not event.isAutoRepeat():
            view.ask(Deed.MENU)
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def sizeHint(self) -> QSize:
        return QSize(self._seen.width(), self._arrangement.height if self._arrangement else 0)

    # ---------------------------------------------------------------- parts

    def _have(self, count: int) -> None:
        """Have so many tiles; the focus stays, or goes to the last one."""
        while len(self._views) > count:
            view = self._views.pop()
            if view is self.focusProxy():
                self._rest_at(self._views[-1] if self._views else None)
            if view.hasFocus() and self._views:
                self._views[-1].setFocus()
            view.hide()
            view.deleteLater()
        while len(self._views) < count:
            view = TileView(parent=self)
            view.asked.connect(self.asked)
            view.gone_to.connect(self._rest_at)
            self._views.append(view)
            view.show()
        if self.focusProxy() is None and self._views:
            self._rest_at(self._views[0])
        self._arrange()

    def _rest_at(self, view: TileView | None) -> None:
        """Let Tab come to this tile, and to no other."""
        for each in self._views:
            stop = Qt.FocusPolicy.StrongFocus if each is view else Qt.FocusPolicy.ClickFocus
            each.setFocusPolicy(stop)
        self.setFocusProxy(view)  # type: ignore[arg-type]  # Qt takes none as well

    def _step(self, view: TileView, across: int, down: int) -> None:
        """Go to the tile beside it; at the end of a row to the next one, and round."""
        columns = self._arrangement.columns if self._arrangement else 1
        at, count = self._views.index(view), len(self._views)
        to = at + across + down * columns
        if down and not 0 <= to < count:
            return
        self._views[to % count].setFocus()

    def _arrange(self) -> None:
        self._arrangement = arrange(
            len(self._views), self._seen.width(), self._seen.height(), theme.current().scale
        )
        self.setMinimumHeight(self._arrangement.height)
        self._place()

    def _place(self) -> None:
        found = self._arrangement
        if found is None:
            return
        for at, view in enumerate(self._views):
            view.set_room(found.room)
            view.setGeometry(*found.place(at), found.wide, found.tall)

    @property
    def room(self) -> Room:
        """How much each tile can say."""
        return self._arrangement.room if self._arrangement else Room.PLAIN


def _same(one: Tile, other: Tile) -> bool:
    """Whether two tiles are told in the same words: a tick then need not find them."""
    return (
        one.kind is other.kind
        and one.session == other.session
        and one.workstation == other.workstation
        and one.reservation == other.reservation
        and one.minutes_left == other.minutes_left
        and round(one.share * 100) == round(other.share * 100)
        and (one.session is None or one.left_ms is not None)
    )
