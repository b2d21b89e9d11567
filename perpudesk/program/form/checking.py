"""The yearly check: one goes through the list and says what is there, and how."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from perpudesk.core.codes import Condition, label
from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.formats import NOTHING, date_long, number
from perpudesk.core.i18n import tr
from perpudesk.program.equipment import EquipmentService
from perpudesk.program.inventory import Check, CheckLine, Item
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.fitting import fit
from perpudesk.ui.layout import CARD_GAP, column, fill, row
from perpudesk.ui.tables import REST, Column, TableView
from perpudesk.ui.text import Text
from perpudesk.ui.told import PageToasts

KEYS = {
    "1": Condition.GOOD,
    "2": Condition.MINOR_DAMAGE,
    "3": Condition.MAJOR_DAMAGE,
}
"""What a digit says of the piece that the cursor is on: it is there, and so."""
MISSING_KEY, UNDO_KEY, FINISH_KEY = "0", "Ctrl+Z", "Ctrl+Enter"


class CheckTable(TableView):
    """Space says that a piece is there as it was, digits say how, Backspace that nobody looked."""

    said = Signal(object, object)
    """An `Item`, and its `CheckLine` or None."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item, text = self.current_row(), event.text()
        if item is None:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Space:
            self.said.emit(item, CheckLine(found=True, condition=item.condition))
        elif text in KEYS:
            self.said.emit(item, CheckLine(found=True, condition=KEYS[text]))
        elif text == MISSING_KEY:
            self.said.emit(item, CheckLine(found=False))
        elif event.key() == Qt.Key.Key_Backspace:
            self.said.emit(item, None)
        else:
            super().keyPressEvent(event)


class CheckDialog(QDialog):
    """The check that goes on; each answer is on the disk at once, and it may be left and gone on.

    `finished_check` tells of one that is over.
    """

    finished_check = Signal(object)

    def __init__(
        self,
        equipment: EquipmentService,
        *,
        undo: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Check of the equipment"))
        self._equipment, self._undo = equipment, undo
        self._check: Check | None = None
        self.toasts = PageToasts(self, self._on_undo)
        self.heading = Text("", "heading")
        self.told = Text("", "quiet", wrap=True)
        self.table = CheckTable(
            tr("Check of the equipment"), self._columns(), identity=lambda item: item.key
        )
        self.table.said.connect(self._on_said)
        keys = Text(
            tr(
                "Space = there, as it was · 1 good · 2 slightly damaged · 3 badly damaged · "
                "0 missing · Backspace = not looked at"
            ),
            "small",
            wrap=True,
        )
        later = Button(tr("Go on later"), self.reject, key=tr("Esc"))
        self.finish = Button(
            tr("Finish the check"), self._on_finish, kind="primary", key=FINISH_KEY
        )
        box = column(
            self.heading, self.told, self.table, keys, row(None, later, self.finish), gap=CARD_GAP
        )
        box.setStretch(2, 1)
        box.setContentsMargins(20, 18, 20, 18)
        fill(self, box)
        for sequence, slot in (("Ctrl+Return", self._on_finish), (UNDO_KEY, self._on_undo)):
            QShortcut(QKeySequence(sequence), self).activated.connect(slot)

    def _columns(self) -> list[Column]:
        return [
            Column(
                title=tr("Name"),
                text=lambda item: item.name,
                kind="strong",
                width=REST,
                detail=lambda item: " · ".join(filter(None, (item.code, item.brand))),
            ),
            Column(title=tr("Place"), text=lambda item: item.place or NOTHING),
            Column(title=tr("Condition"), text=lambda item: label(item.condition)),
            Column(title="", text=self._answer, kind="pill", tone=self._tone),
        ]

    def _line(self, item: Item) -> CheckLine | None:
        return None if self._check is None else self._check.lines.get(item.key)

    def _answer(self, item: Item) -> str:
        line = self._line(item)
        if line is None:
            return tr("not looked at")
        return tr("there") if line.found else tr("missing")

    def _tone(self, item: Item) -> str:
        line = self._line(item)
        return "neutral" if line is None else "ok" if line.found else "error"

    def open(self) -> None:
        """Go on with the check that is not finished, or begin one."""
        try:
            self._check = self._equipment.going_on() or self._equipment.begin_check()
        except PerpuDeskError as error:
            self.toasts.say(error.sentence())
        look = theme.current()
        fit(self, look.px(820), look.px(560))
        self.refresh()
        super().open()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Show the list and how far it is."""
        check, items = self._check, self._equipment.all()
        assert check is not None  # noqa: S101 - it was opened
        left = check.left(items)
        self.heading.setText(tr("Check since {date}", date=date_long(check.began_on)))
        self.told.setText(
            tr(
                "{done} of {all} looked at, {missing} missing.",
                done=number(len(items) - len(left)),
                all=number(len(items)),
                missing=number(len(check.missing(items))),
            )
        )
        self.table.show_rows(items)
        if self.table.current_row() is None and items:
            self.table.select((left or items)[0].key)

    def _on_said(self, item: Item, line: CheckLine | None) -> None:
        assert self._check is not None  # noqa: S101 - it was opened
        try:
            self._check = self._equipment.tick(self._check.id, item.key, line)
        except PerpuDeskError as error:
            self.toasts.say(error.sentence())
            return
        self.refresh()
        below = self.table.currentIndex().row() + 1
        if line is not None and below < self.table.rows.rowCount():
            self.table.setCurrentIndex(self.table.rows.index(below, 0))

    def _on_undo(self) -> None:
        try:
            self._undo()
        except PerpuDeskError as error:
            self.toasts.say(error.sentence())
            return
        going = self._equipment.going_on()
        if going is None:
            self.reject()
            return
        self._check = going
        self.refresh()
        self.toasts.say(tr("Taken back."))

    def _on_finish(self) -> None:
        if self._check is None:
            return
        try:
            check = self._equipment.finish_check(self._check.id)
        except PerpuDeskError as error:
            self.toasts.say(error.sentence())
            return
        self.accept()
        self.finished_check.emit(check)
