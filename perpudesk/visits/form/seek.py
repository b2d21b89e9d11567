"""Find someone by part of a name or number while it is typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from perpudesk.core.errors import InputError, Problem
from perpudesk.core.i18n import tr
from perpudesk.patrons.model import Patron
from perpudesk.patrons.service import PatronService
from perpudesk.ui import theme
from perpudesk.ui.cards import Card
from perpudesk.ui.fields import TextField
from perpudesk.ui.tables import REST, Column, TableView
from perpudesk.visits.form.words import about

NOBODY_CHOSEN = Problem(
    "nobody_chosen",
    "Choose someone from the list, or “New patron”. Leave it empty if nobody is to be named.",
)
MOST = 6


@dataclass(frozen=True, slots=True)
class Match:
    """A line of the list: someone known, or (nobody) someone new who is called so."""

    patron: Patron | None
    typed: str


class PatronSeek(QWidget):
    """A field whose list of best matches follows every letter.

    Up and Down move in the list, Enter takes the line, Escape closes the list and leaves what
    was typed. Where the best match is a guess no line is chosen, and Enter takes nobody.
    """

    picked = Signal(object)
    """A `Patron` was taken."""
    new_asked = Signal(str)
    """Someone who is not known was taken, called so."""
    left = Signal()
    """Escape, or Enter in the empty field."""
    changed = Signal()
    """Something was typed, as every input of a form tells it."""

    def __init__(
        self,
        name: str,
        patrons: PatronService,
        *,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._patrons = patrons
        self.box = _SeekBox(placeholder=placeholder)
        self.box.setAccessibleName(name)
        self.setAccessibleName(name)
        self.setFocusProxy(self.box)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.box)
        self._list: MatchList | None = None
        self.box.textEdited.connect(self._on_edited)
        self.box.changed.connect(self._on_changed)
        self.box.key_wanted.connect(self._on_key)
        self.box.focus_left.connect(self.close_list)

    def matches(self) -> list[Match]:
        """The lines of the list, none while it is closed."""
        return [] if self._list is None or self._list.isHidden() else self._list.matches

    def typed(self) -> str:
        """What stands in the field."""
        return self.box.value()

    def clear(self) -> None:
        """Empty the field."""
        self.box.clear()
        self.close_list()

    def begin(self) -> None:
        """Go to the field; what it held is selected, so that typing replaces it."""
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()
        if self.typed():
            self._search()

    def close_list(self) -> None:
        """Put the list away."""
        if self._list is not None:
            self._list.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.close_list()

    def _on_edited(self) -> None:
        self._search()

    def _on_changed(self) -> None:
        self.changed.emit()

    def _search(self) -> None:
        typed = self.typed()
        if not typed:
            self.close_list()
            return
        people = self._patrons.find(typed, MOST)
        found = [Match(patron, typed) for patron in people]
        if self._list is None:
            self._list = MatchList(self.window(), self._patrons.today)
            self._list.taken.connect(self._on_taken)
        sure = not people or self._patrons.means(typed, people[0])
        self._list.show_below(self.box, [*found, Match(None, typed)], sure=sure)

    def _on_key(self, key: int) -> None:
        open_ = self._list is not None and not self._list.isHidden()
        match key:
            case Qt.Key.Key_Escape:
                self.close_list()
                self.left.emit()
            case Qt.Key.Key_Up | Qt.Key.Key_Down if self._list is not None and open_:
                self._list.step(1 if key == Qt.Key.Key_Down else -1)
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                self._search()
            case _ if not self.typed():
                self.left.emit()
            case _:
                if not open_:
                    self._search()
                if self._list is not None and (match_ := self._list.current()) is not None:
                    self._on_taken(match_)

    def _on_taken(self, match_: Match) -> None:
        self.close_list()
        if match_.patron is None:
            self.new_asked.emit(match_.typed)
        else:
            self.picked.emit(match_.patron)


class LeaderField(PatronSeek):
    """A patron as an input of a form: the value is an id, None when the field is empty."""

    def __init__(self, name: str, patrons: PatronService, *, parent: QWidget | None = None) -> None:
        placeholder = tr("Part of a name or number")
        super().__init__(name, patrons, placeholder=placeholder, parent=parent)
        self._chosen: Patron | None = None
        self.picked.connect(self.choose)

    def choose(self, patron: Patron | None) -> None:
        """Show this patron as chosen, or nobody."""
        self._chosen = patron
        self.box.set_value(patron.name if patron else "")

    def take_card(self, text: str) -> None:
        """Choose the holder of a card that was read; show the number where nobody has it."""
        patron = self._patrons.by_number(text)
        if patron is None:
            self.box.set_value(text)
            self._search()
        else:
            self.close_list()
            self.choose(patron)

    def value(self) -> str | None:
        """The id of who was chosen; raises `InputError` when only something was typed."""
        typed = self.typed()
        if not typed:
            return None
        if self._chosen is None or self._chosen.name != typed:
            raise InputError(NOBODY_CHOSEN, field=self.objectName())
        return self._chosen.id

    def set_value(self, patron_id: str | None) -> None:
        """Show the patron with that id."""
        self.choose(self._patrons.get(patron_id) if patron_id else None)


class MatchList(Card):
    """The lines below the field; they take no focus, so that typing goes on."""

    taken = Signal(object)
    """A `Match` was clicked."""

    def __init__(self, window: QWidget, today: Callable[[], date]) -> None:
        super().__init__(parent=window)
        self._window = window
        self.matches: list[Match] = []
        self._table = TableView(
            tr("People found"),
            [
                Column(
                    title="",
                    text=_title,
                    kind="strong",
                    width=REST,
                    detail=lambda match_: _detail(match_, today()),
                )
            ],
        )
        self._table.horizontalHeader().hide()
        self._table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._table.clicked.connect(self._on_clicked)
        self.body.setContentsMargins(5, 5, 5, 5)
        self.add(self._table)
        self.hide()
        window.installEventFilter(self)

    def show_below(self, box: QWidget, matches: list[Match], *, sure: bool = True) -> None:
        """Show these lines below `box`, the first one chosen if it is `sure` that it is meant."""
        self.matches = matches
        self._table.rows.show_rows(matches)
        self._table.setCurrentIndex(self._table.rows.index(0 if sure else -1, 0))
        tall = self._table.verticalHeader().defaultSectionSize() * len(matches) + 12
        wide = max(box.width(), theme.current().px(320))
        place = box.mapTo(self._window, QPoint(0, box.height() + 3))
        room = self._window.rect()
        left = max(0, min(place.x(), room.width() - wide))
        top = place.y()
        if top + tall > room.height():
            above = box.mapTo(self._window, QPoint(0, -3)).y()
            top = above - tall if above - tall >= 0 else max(0, room.height() - tall)
        self.setGeometry(left, top, wide, tall)
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        """Go up or down, round the ends."""
        here = self._table.currentIndex().row()
        at = here + by if here >= 0 else min(by, 0)  # from nowhere, to the first or the last
        at %= len(self.matches)
        self._table.setCurrentIndex(self._table.rows.index(at, 0))

    def current(self) -> Match | None:
        """The line that Enter takes."""
        at = self._table.currentIndex().row()
        return self.matches[at] if 0 <= at < len(self.matches) else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.hide()
        return False

    def _on_clicked(self) -> None:
        if (match_ := self.current()) is not None:
            self.taken.emit(match_)


class _SeekBox(TextField):
    """The line; the keys that belong to the list are told."""

    key_wanted = Signal(int)
    focus_left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        wanted = {keys.Key_Up, keys.Key_Down, keys.Key_Escape, keys.Key_Return, keys.Key_Enter}
        if event.key() not in wanted or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat() or event.key() in (keys.Key_Up, keys.Key_Down):
            self.key_wanted.emit(event.key())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.focus_left.emit()


def _title(match_: Match) -> str:
    if match_.patron is None:
        return tr("New patron: “{name}”…", name=match_.typed)
    return match_.patron.name


def _detail(match_: Match, today: date) -> str:
    if match_.patron is None:
        return tr("Not in the list yet")
    return about(match_.patron, today) or tr("Only the name is known")
