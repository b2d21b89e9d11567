"""*Komputer* in the settings: every workstation of the branch, added, mended, taken out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from perpudesk.branch.form.section import Section
from perpudesk.computers.form.condition import TONES, ConditionDialog
from perpudesk.computers.form.workstation import WorkstationDialog
from perpudesk.computers.model import (
    MOST_NUMBER,
    Workstation,
    WorkstationDraft,
)
from perpudesk.computers.workstations import WorkstationService
from perpudesk.core.codes import Condition, label
from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr, trn
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.fields import CheckField, NumberField, TextField
from perpudesk.ui.forms import Form
from perpudesk.ui.layout import row
from perpudesk.ui.tables import REST, Column, TableView
from perpudesk.ui.text import Text
from perpudesk.ui.toasts import toast
from perpudesk.ui.told import take_back

CONDITION_KEY = "Ctrl+K"
_MOST_LABEL = 220
"""Px at 100 %: a label may be forty letters long."""


class WorkstationsSection(Section):
    """A line for each; below it one is added, or many at once."""

    def __init__(
        self,
        workstations: WorkstationService,
        *,
        today: Callable[[], date],
        undo: Callable[[], object],
    ) -> None:
        """`undo` takes back the last step, or raises `RuleError`."""
        super().__init__(
            tr(
                "The number is typed on the board to start and to end. One that was used stays in "
                "the reports, also when it is no longer used."
            ),
            fills=True,
        )
        self._workstations, self._today, self._undo = workstations, today, undo
        self.table = TableView(
            tr("Computers"),
            _columns(),
            identity=lambda each: each.id,
            empty=tr("No computer yet. Say below how many there are."),
        )
        self.table.setMinimumHeight(theme.current().px(170))
        self.retired = CheckField(tr("Show those too that are no longer used"))
        self.edit = Button(tr("Edit"), self._on_edit, icon="edit", key=tr("Enter"))
        self.condition = Button(tr("Condition…"), self._on_condition, key=CONDITION_KEY)
        self.remove = Button(
            tr("Remove"), self._on_remove, kind="danger", icon="trash", key=tr("Del")
        )
        self.form = Form(enter_submits=True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        form, at = self.form, NumberField(low=1, high=MOST_NUMBER)
        form.add("label", tr("Another computer"), TextField(placeholder="PC 9"), stretch=3)
        form.add("number", tr("Number"), at, beside=True)
        form.add("count", tr("or how many"), NumberField(low=1), beside=True)
        said = Text("", "error", wrap=True)
        for name in ("label", "number", "count"):
            form.field(name).say_in(said)
        add = Button(tr("Add"), self._on_add, icon="plus", key=tr("Enter"))
        below = row(form, add)
        below.setStretchFactor(form, 1)
        below.setAlignment(form, Qt.AlignmentFlag.AlignTop)
        below.setAlignment(add, Qt.AlignmentFlag.AlignBottom)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(row(self.edit, self.condition, self.remove, None))
        self.body.addWidget(self.retired)
        self.body.addWidget(said)
        self.body.addLayout(below)

    def _connect(self) -> None:
        self.table.row_activated.connect(self._on_edit)
        self.table.delete_pressed.connect(self._on_remove)
        self.table.row_selected.connect(self._show_ways)
        self.retired.changed.connect(self.refresh)
        self.form.submitted.connect(self._on_add)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for key, slot in ((CONDITION_KEY, self._on_condition), ("Ctrl+Z", self._on_undo)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(within)
            shortcut.activated.connect(slot)

    def refresh(self) -> None:
        at = self.table.currentIndex().row()
        shown = self._workstations.all(retired=self.retired.value())
        self.table.show_rows(shown)
        if self.table.current_row() is None:  # the one that stands there now
            self.table.setCurrentIndex(self.table.rows.index(max(0, min(at, len(shown) - 1)), 0))
        self._show_ways()

    def _show_ways(self) -> None:
        """What can be done with the chosen one; what is retired cannot be taken off again."""
        chosen = self.table.current_row()
        self.edit.setEnabled(chosen is not None)
        self.condition.setEnabled(chosen is not None)
        gone = chosen is not None and chosen.state.condition is Condition.RETIRED
        self.remove.setEnabled(chosen is not None and not gone)

    # ---------------------------------------------------------------- what is done

    def _on_add(self) -> None:
        made: list[Workstation] = []
        if self.form.attempt(lambda: made.extend(self._made())):
            self.form.clear()
            self.refresh()
            self.table.select(made[-1].id)
            n = len(made)
            many = trn("{n} computer was added.", "{n} computers were added.", n)
            self._say(tr("{label} was added.", label=made[0].label) if n == 1 else many)

    def _made(self) -> list[Workstation]:
        """One of that name and number, or so many that the name begins: `Laptop 9` and on."""
        value = self.form.value
        label_, count = value("label"), value("count")
        if count is None:
            draft = WorkstationDraft(label=label_, number=value("number"))
            return [self._workstations.add(draft)]
        return self._workstations.add_many(count, prefix=label_ or "PC")

    def _on_edit(self, chosen: Workstation | None = None) -> None:
        place = chosen or self.table.current_row()
        if place is not None:
            dialog = WorkstationDialog(self._workstations, place, parent=self)
            dialog.stored.connect(self._on_stored)
            dialog.open()

    def _on_stored(self, place: Workstation) -> None:
        self.refresh()
        self._say(tr("{label} was changed.", label=place.label))
        self.table.setFocus()

    def _on_condition(self) -> None:
        place = self.table.current_row()
        if place is not None:
            dialog = ConditionDialog(
                self._workstations, place, today=self._today(), undo=self._undo, parent=self
            )
            dialog.changed.connect(self.refresh)
            dialog.open()

    def _on_remove(self, chosen: Workstation | None = None) -> None:
        place = chosen or self.table.current_row()
        if place is None or not self.remove.isEnabled():
            return
        try:
            gone = self._workstations.remove(place.id)
        except PerpuDeskError as error:
            toast(self, error.sentence())
            return
        self.refresh()
        if gone:
            self._say(tr("{label} was removed.", label=place.label))
        else:
            said = tr("{label} is no longer used; what it was used for stays.", label=place.label)
            self._say(said)

    def _on_undo(self) -> None:
        take_back(self, self._undo, self.refresh)

    def _say(self, text: str) -> None:
        toast(self, text, action=tr("Undo"), slot=self._on_undo, key="Ctrl+Z")


def _columns() -> list[Column]:
    return [
        Column(title=tr("No."), text=lambda each: str(each.number), align="right", least="000"),
        Column(
            title=tr("Computer"),
            text=lambda each: each.label,
            kind="strong",
            most=_MOST_LABEL,
        ),
        Column(
            title=tr("Where it stands"),
            text=lambda each: each.place or "",
            kind="quiet",
            width=REST,
        ),
        Column(title=tr("For whom"), text=_whose),
        Column(
            title=tr("Condition"),
            text=lambda each: label(each.state.condition),
            kind="pill",
            tone=lambda each: TONES[each.state.condition],
        ),
    ]


def _whose(place: Workstation) -> str:
    return tr("Public") if place.state.is_public else tr("Staff")


def workstations_told(workstations: WorkstationService) -> str:
    """A few words for the list of the settings: `8 komputer, 1 rusak`."""
    known = workstations.all()
    if not known:
        return tr("none yet")
    told = trn("{count} computer", "{count} computers", len(known), count=number(len(known)))
    broken = sum(each.state.condition is not Condition.GOOD for each in known)
    if not broken:
        return told
    return tr("{told}, {n} broken", told=told, n=number(broken))
