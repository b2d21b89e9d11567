"""The lists that grow: what visitors come for and use computers for, what they do and learnt."""

from __future__ import annotations

from PySide6.QtCore import Qt

from perpudesk.branch.form.section import Section
from perpudesk.branch.model import Entry
from perpudesk.branch.service import BranchService
from perpudesk.core.codes import UNKNOWN
from perpudesk.core.i18n import tr
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button, ChipGroup
from perpudesk.ui.fields import ChoiceField, TextField
from perpudesk.ui.forms import Form
from perpudesk.ui.layout import row
from perpudesk.ui.tables import REST, Column, TableView


class ListsSection(Section):
    """One list at a time: its entries, and one of the branch's own to add."""

    def __init__(self, branch: BranchService) -> None:
        super().__init__(
            tr(
                "Add what is asked for here; reports count it under the standard entry you choose. "
                "An entry is never renamed, only no longer offered."
            ),
            fills=True,
        )
        self._branch = branch
        self.lists = ChipGroup(tr("List"), _lists(), value="purposes")
        self.lists.chosen.connect(self._on_list)
        self.table = TableView(tr("Entries"), self._columns(), identity=lambda entry: entry.slug)
        self.table.setMinimumHeight(theme.current().px(170))
        self.table.link_clicked.connect(self._on_link)
        self.table.row_activated.connect(self._on_toggle)
        self.form = Form(enter_submits=True)
        self.form.add("entry", tr("An entry of your own"), TextField())
        standards = ChoiceField(required=True)
        self.form.add("standard", tr("Counts under"), standards, beside=True)
        self.form.submitted.connect(self._on_add)
        add = Button(tr("Add"), self._on_add, icon="plus", key=tr("Enter"))
        below = row(self.form, add)
        below.setStretchFactor(self.form, 1)
        below.setAlignment(self.form, Qt.AlignmentFlag.AlignTop)
        below.setAlignment(add, Qt.AlignmentFlag.AlignBottom)
        self.body.addWidget(self.lists)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(below)
        self._standards = standards
        self._labels: dict[str, str] = {}

    def _columns(self) -> list[Column]:
        return [
            Column(
                title=tr("Entry"),
                text=lambda entry: entry.label,
                detail=self._told,
                kind="strong",
                width=REST,
            ),
            Column(
                title="",
                text=lambda entry: tr("not offered") if entry.retired else "",
                kind="pill",
                tone=lambda _entry: "neutral",
            ),
            Column(title="", text=_action, kind="link", key="toggle"),
        ]

    def _told(self, entry: Entry) -> str:
        if not entry.own:
            return tr("standard")
        return tr("your own, counts under {standard}", standard=self._labels[entry.standard])

    def refresh(self) -> None:
        entries = self._branch.entries(self._list, retired=True)
        self._labels = {each.slug: each.label for each in entries}
        chosen = self._standards.value() if self._standards.currentIndex() >= 0 else None
        standard = [each for each in entries if not each.own and each.slug != UNKNOWN]
        self._standards.set_options([(each.slug, each.label) for each in standard], value=chosen)
        self.table.show_rows(entries)

    @property
    def _list(self) -> str:
        return self.lists.value() or "purposes"

    def _on_list(self, _name: str) -> None:
        self.form.clear_errors()
        self._standards.set_value(None)
        self.refresh()

    def _on_link(self, entry: Entry, _key: str) -> None:
        self._on_toggle(entry)

    def _on_toggle(self, entry: Entry) -> None:
        if entry.slug != UNKNOWN:
            self._branch.retire_entry(self._list, entry.slug, retired=not entry.retired)
            self.refresh()

    def _on_add(self) -> None:
        if self.form.attempt(self._add):
            self.form.clear()
            self.refresh()

    def _add(self) -> None:
        value = self.form.value
        self._branch.add_entry(self._list, value("entry"), standard=value("standard"))


def _lists() -> list[tuple[str, str]]:
    return [
        ("purposes", tr("Purposes of visits")),
        ("occupations", tr("Occupations")),
        ("educations", tr("Educations")),
        ("computer_purposes", tr("Purposes of computer use")),
        ("training_topics", tr("Topics of trainings")),
        ("community_fields", tr("Fields of communities")),
    ]


def _action(entry: Entry) -> str:
    if entry.slug == UNKNOWN:
        return ""
    return tr("Offer again") if entry.retired else tr("Offer no more")
