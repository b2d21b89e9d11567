"""The reservations of today and of the days to come, and those of the last weeks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, tzinfo
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from perpudesk.branch.service import BranchService
from perpudesk.computers.booking import Reservation, ReservationKind
from perpudesk.computers.form.reserve import ReserveDialog
from perpudesk.computers.form.words import span
from perpudesk.computers.model import Workstation
from perpudesk.computers.reserving import ReservationService
from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.formats import date_short, number, weekday_names
from perpudesk.core.i18n import tr, trc, trn
from perpudesk.core.times import zone
from perpudesk.patrons.service import PatronService
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button, ChipGroup
from perpudesk.ui.cards import EmptyState
from perpudesk.ui.fitting import fit
from perpudesk.ui.layout import CARD_GAP, GAP, Beside, FlowLayout, boxed, column, fill, row
from perpudesk.ui.tables import REST, Column, TableView
from perpudesk.ui.text import Text
from perpudesk.ui.told import PageToasts

WEEKS = 5
"""So far back reach those that are over: a class that was not held is cancelled afterwards."""
_COMING, _OVER = "coming", "over"
NEW_KEY, CANCEL_KEY, END_KEY = "Ctrl+N", "Del", "Ctrl+E"


class ReservationsDialog(QDialog):
    """The list, to be changed line by line; what is cancelled can be undone."""

    def __init__(
        self,
        reservations: ReservationService,
        patrons: PatronService,
        branch: BranchService,
        workstations: Callable[[], list[Workstation]],
        *,
        undo: Callable[[], object],
        now: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Reservations"))
        self._reservations, self._branch = reservations, branch
        self._workstations, self._undo, self._now = workstations, undo, now
        self._labels: dict[str, str] = {}
        self.toasts = PageToasts(self, self._on_undo)
        self.reserve = ReserveDialog(
            reservations, patrons, branch, workstations, now=now, parent=self
        )
        self.reserve.stored.connect(self._on_stored)
        self.which = ChipGroup(
            tr("Which reservations"),
            [(_COMING, tr("Today and later")), (_OVER, tr("Earlier"))],
            value=_COMING,
            wrap=False,
        )
        self.which.chosen.connect(self.refresh)
        self.table = TableView(tr("Reservations"), self._columns(), identity=lambda each: each.id)
        self.table.row_activated.connect(self.reserve.change)
        self.table.delete_pressed.connect(self.cancel)
        self.table.row_selected.connect(self._show_buttons)
        self.empty = EmptyState(
            "",
            tr("Reserve computers"),
            self.begin,
            icon="calendar",
            key=NEW_KEY,
        )
        self.new = Button(tr("Reserve computers"), self.begin, icon="plus", key=NEW_KEY)
        self.change = Button(tr("Change"), self._on_change, key=tr("Enter"))
        self.end = Button(tr("End now"), self._on_end, key=END_KEY)
        self.cancel_ = Button(trc("reservation", "Cancel it"), self._on_cancel, key=CANCEL_KEY)
        self._build()
        for keys, slot in (
            (NEW_KEY, self.begin),
            (END_KEY, self._on_end),
            ("Ctrl+Z", self._on_undo),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    @property
    def _where(self) -> tzinfo:
        return zone(self._branch.current().zone)

    def _build(self) -> None:
        self._stack = QStackedWidget()
        for part in (self.table, self.empty):
            self._stack.addWidget(part)
        close = Button(tr("Close"), self.reject, kind="primary", key=tr("Esc"))
        what = boxed(row(Text(tr("Reservations"), "heading"), 12, self.which, None))
        head = Beside(what, self.new, gap=GAP, shares=(1, 0))
        deeds = QWidget()
        flow = FlowLayout(deeds)
        for button in (self.change, self.end, self.cancel_):
            flow.addWidget(button)
        buttons = row(deeds, close)
        buttons.setStretch(0, 1)
        buttons.setAlignment(close, Qt.AlignmentFlag.AlignBottom)
        box = column(head, self._stack, buttons, gap=CARD_GAP)
        box.setStretch(1, 1)
        box.setContentsMargins(20, 18, 20, 18)
        fill(self, box)

    def _columns(self) -> Sequence[Column]:
        return (
            Column(title=tr("Day"), text=self._day, kind="strong"),
            Column(title=tr("Time"), text=lambda each: span(each, self._where)),
            Column(
                title=tr("For"),
                text=lambda kept: kept.whom,
                width=REST,
                detail=self._detail,
            ),
            Column(title=tr("Computers"), text=self._places, width=REST, wrap=True),
            Column(title="", text=self._state, kind="pill", tone=self._tone),
        )

    # ---------------------------------------------------------------- shown

    def open(self) -> None:
        """Show it over its window."""
        look = theme.current()
        fit(self, look.px(820), look.px(520))
        self.refresh()
        super().open()
        self._rest()

    def begin(self, place: Workstation | None = None) -> None:
        """Reserve, perhaps this workstation."""
        self.reserve.begin(place)

    def look_at(self, kept: Reservation) -> None:
        """Show the list with the cursor on a reservation."""
        self.which.choose(_COMING)
        self.open()
        self.table.select(kept.id)

    def refresh(self) -> None:
        """Read the list again."""
        self._labels = {each.id: each.label for each in self._workstations()}
        found = self._found()
        self.table.show_rows(found)
        if found and self.table.current_row() is None:
            self.table.select(found[0].id)
        over = self.which.value() == _OVER
        self.empty.set_sentence(
            trn(
                "No computer was reserved in the last {n} week.",
                "No computer was reserved in the last {n} weeks.",
                WEEKS,
            )
            if over
            else tr("No computer is reserved. For a class or a person, reserve some here.")
        )
        self._stack.setCurrentWidget(self.table if found else self.empty)
        self._show_buttons()

    def _found(self) -> list[Reservation]:
        if self.which.value() == _COMING:
            return self._reservations.coming()
        today = self._branch.today()
        first, last = today - timedelta(weeks=WEEKS), today - timedelta(days=1)
        return self._reservations.between(first, last)[::-1]

    def _show_buttons(self) -> None:
        kept, now = self._current(), self._now()
        self.change.setEnabled(kept is not None)
        self.cancel_.setEnabled(kept is not None)
        self.end.setEnabled(kept is not None and kept.goes_on(now))

    def _rest(self) -> None:
        to = self.table if self._stack.currentWidget() is self.table else self.empty.button
        if to is not None:
            to.setFocus(Qt.FocusReason.OtherFocusReason)

    def _current(self) -> Reservation | None:
        found: Reservation | None = self.table.current_row()
        return found if self._stack.currentWidget() is self.table else None

    # ---------------------------------------------------------------- words

    def _day(self, kept: Reservation) -> str:
        day = kept.local_date
        if day == self._branch.today():
            return tr("Today")
        return f"{weekday_names(short=True)[day.weekday()]}, {date_short(day)}"

    def _detail(self, kept: Reservation) -> str:
        is_class = kept.kind is ReservationKind.CLASS
        kind = trc("reservation", "Class") if is_class else trc("reservation", "One person")
        return " · ".join(part for part in (kind, kept.note) if part)

    def _places(self, kept: Reservation) -> str:
        labels = [self._labels.get(each, "?") for each in kept.workstation_ids]
        if len(labels) <= 6:
            return ", ".join(labels)
        return trn(
            "{shown} computer: {names} …",
            "{shown} computers: {names} …",
            len(labels),
            shown=number(len(labels)),
            names=", ".join(labels[:3]),
        )

    def _state(self, kept: Reservation) -> str:
        now = self._now()
        if kept.goes_on(now):
            return trc("reservation", "Going on")
        return trc("reservation", "Over") if kept.end <= now else trc("reservation", "Coming")

    def _tone(self, kept: Reservation) -> str:
        now = self._now()
        return "info" if kept.goes_on(now) else "neutral" if kept.end <= now else "ok"

    # ---------------------------------------------------------------- done

    def cancel(self, kept: Reservation) -> None:
        """It is not kept any more, or was not held."""
        said = tr("Cancelled: {what}, {time}.", what=kept.whom, time=span(kept, self._where))
        self._try(partial(self._reservations.cancel, kept.id), said)

    def _on_change(self) -> None:
        if (kept := self._current()) is not None:
            self.reserve.change(kept)

    def _on_cancel(self) -> None:
        if (kept := self._current()) is not None:
            self.cancel(kept)

    def _on_end(self) -> None:
        if (kept := self._current()) is not None and self.end.isEnabled():
            said = tr("Ended: {what}. Its computers are free.", what=kept.whom)
            self._try(partial(self._reservations.end_early, kept.id), said)

    def _on_stored(self, kept: Reservation) -> None:
        self.refresh()
        self.table.select(kept.id)
        self._rest()
        said = reserved_words(kept, self._where)
        self.toasts.say(said, tr("Undo"), self._on_undo, "Ctrl+Z")

    def _on_undo(self) -> None:
        self._try(self._undo, tr("Taken back."), way_back=False)

    def _try(self, work: Callable[[], object], said: str, *, way_back: bool = True) -> None:
        try:
            work()
        except PerpuDeskError as error:
            self.toasts.say(error.sentence())
            return
        self.refresh()
        self._rest()
        if way_back:
            self.toasts.say(said, tr("Undo"), self._on_undo, "Ctrl+Z")
        else:
            self.toasts.say(said)


def reserved_words(kept: Reservation, where: tzinfo) -> str:
    """That it is on the disk: for whom, and when."""
    return tr(
        "Reserved: {what}, {day}, {time}.",
        what=kept.whom,
        day=date_short(kept.local_date),
        time=span(kept, where),
    )
