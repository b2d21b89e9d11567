"""The form of a piece of equipment, and of the condition it is in."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from perpudesk.branch.service import BranchService
from perpudesk.core.codes import Condition, EquipmentKind, Funding, label
from perpudesk.core.formats import date_long
from perpudesk.core.i18n import tr
from perpudesk.program.equipment import EquipmentService
from perpudesk.program.form.records import choices, none_of
from perpudesk.program.inventory import EquipmentDraft, Item, ItemState
from perpudesk.program.papers import known_text
from perpudesk.ui.calendar import DateField
from perpudesk.ui.fields import CheckField, ChoiceField, TextField
from perpudesk.ui.money import MoneyField
from perpudesk.ui.register import RecordDialog
from perpudesk.ui.text import Text


class EquipmentDialog(RecordDialog):
    """What it is and where it came from; of a workstation its own part is changed there."""

    WIDE = 660

    def __init__(self, equipment: EquipmentService, *, parent: QWidget | None = None) -> None:
        super().__init__(tr("New equipment"), tr("Change the equipment"), parent=parent)
        self._equipment = equipment
        form = self.form
        form.add("name", tr("Name"), TextField(), stretch=2)
        form.add("kind", tr("Kind"), ChoiceField(choices(EquipmentKind)), beside=True)
        form.add("code", tr("Code of the goods"), TextField())
        form.add("brand", tr("Brand and type"), TextField(), beside=True)
        form.add("source", tr("Given by"), TextField())
        form.add("program", tr("Program"), TextField(), beside=True)
        sources = choices(Funding, empty=tr("Not recorded"))
        form.add("funding", tr("Source of money"), ChoiceField(sources))
        form.add("price", tr("Price (Rp)"), MoneyField(), beside=True)
        received = TextField(placeholder="2019, 03-2019, 17-03-2019")
        form.add("received", tr("Received"), received, beside=True)
        form.add("place", tr("Place"), TextField())
        form.add("is_public", "", CheckField(tr("For the public")), beside=True)
        form.add("note", tr("Note"), TextField())

    def key_of(self, record: Item | None) -> object:
        return None if record is None else record.key

    def show_record(self, record: Item | None) -> None:
        what = EquipmentDraft(name="") if record is None else record.draft()
        self.form.fill(
            name=what.name,
            kind=str(what.kind),
            code=what.code,
            brand=what.brand,
            source=what.source,
            program=what.program,
            funding=what.funding or "",
            price=what.price,
            received=known_text(what.received) if what.received else "",
            place=what.place,
            is_public=what.is_public,
            note=what.note,
        )

    def store(self, record: Item | None) -> Item:
        value = self.form.value
        funding = none_of(value("funding"))
        draft = EquipmentDraft(
            name=value("name"),
            kind=EquipmentKind(value("kind") or EquipmentKind.OTHER),
            code=value("code"),
            brand=value("brand"),
            source=value("source"),
            program=value("program"),
            funding=None if funding is None else Funding(funding),
            price=value("price"),
            received=value("received"),
            is_public=value("is_public"),
            place=value("place"),
            note=value("note"),
        )
        if record is None:
            return self._equipment.add(draft)
        return self._equipment.change(record.id, draft)


class ConditionDialog(RecordDialog):
    """In which condition a piece is from a day on."""

    def __init__(
        self, equipment: EquipmentService, branch: BranchService, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Condition"), tr("Condition"), parent=parent)
        self._equipment, self._branch = equipment, branch
        form = self.form
        form.add("condition", tr("Condition"), ChoiceField(choices(Condition)))
        since = DateField(tr("Since"), today=branch.today())
        form.add("since", tr("Since"), since, beside=True)
        form.add("note", tr("What happened"), TextField())
        self.history = Text("", "small", wrap=True)
        form.add_part(self.history)

    def key_of(self, record: Item | None) -> object:
        return None if record is None else record.key

    def show_record(self, record: Item | None) -> None:
        assert record is not None  # noqa: S101 - only of a piece that is there
        self.set_title(tr("Condition: {name}", name=record.name))
        self.form.fill(condition=str(record.condition), since=self._branch.today(), note="")
        states = self._equipment.history(record.id)
        self.history.setText("\n".join(map(_state_text, states)))
        self.history.setVisible(bool(states))

    def store(self, record: Item | None) -> Item:
        assert record is not None  # noqa: S101 - as above
        value = self.form.value
        state = ItemState(
            since=value("since") or self._branch.today(),
            condition=Condition(value("condition") or record.condition),
            note=value("note"),
        )
        return self._equipment.set_condition(record.id, state)


def _state_text(state: ItemState) -> str:
    """`Since 5 October 2026: badly damaged (the fan stands still)`."""
    told = tr(
        "Since {date}: {condition}",
        date=date_long(state.since),
        condition=label(state.condition).lower(),
    )
    return f"{told} ({state.note})" if state.note else told
