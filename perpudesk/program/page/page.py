"""The list of the program's records at the left, the chosen kind beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from perpudesk.core.i18n import tr
from perpudesk.core.topics import Topic
from perpudesk.ui.cards import Card
from perpudesk.ui.layout import LEAST_TALL, Beside, in_order
from perpudesk.ui.page import Page
from perpudesk.ui.register import Register
from perpudesk.ui.tables import REST, Column, TableView

_LIST_WIDTH = 224
"""Px at 100 %."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A line of the list: one kind of record, made when it is first shown."""

    key: str
    title: str
    make: Callable[[], Register]
    told: Callable[[], str]


class ProgramPage(Page):
    """Every kind of record of the program; Alt and its number goes to one."""

    topics = frozenset({Topic.PROGRAM, Topic.COMPUTERS, Topic.PATRONS})

    def __init__(self, parts: Sequence[Part], *, parent: QWidget | None = None) -> None:
        super().__init__("program", tr("Program"), parent=parent)
        self._parts = {part.key: part for part in parts}
        self._registers: dict[str, Register] = {}
        self._told: dict[str, str] = {}
        self._key = parts[0].key
        self.list = TableView(
            tr("Kinds of records"),
            [
                Column(
                    title="",
                    text=lambda part: part.title,
                    kind="strong",
                    width=REST,
                    detail=lambda part: self._told.get(part.key, ""),
                )
            ],
            identity=lambda part: part.key,
        )
        self.list.horizontalHeader().hide()
        self.list.row_selected.connect(self._on_chosen)
        self.list.row_activated.connect(self._on_entered)
        self._stack = QStackedWidget()
        kinds = Card()
        kinds.add(self.list, 1)
        self.body.addWidget(Beside(kinds, self._stack, wide=(_LIST_WIDTH, 0), tall=LEAST_TALL), 1)
        self.setFocusProxy(self.list)
        for at, part in enumerate(parts, start=1):
            self.add_key(f"Alt+{at}", part.title, partial(self.open_part, part.key))
        self.add_key("Ctrl+N", tr("A new record of this kind"), lambda: self.register_().begin())
        self.add_key("Ctrl+Z", tr("Take back the last step"), lambda: self.register_().take_back())
        self.add_key_use(tr("Enter"), tr("Change the chosen record"))
        self.add_key_use(tr("Del"), tr("Remove the chosen record"))

    def open_part(self, key: str) -> None:
        """Show a kind of record, and go into its list."""
        self._show(key)
        self.list.select(key)
        self.register_().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def register_(self) -> Register:
        """The records that are shown."""
        return self._registers[self._key]

    def refresh(self) -> None:
        self._told = {key: part.told() for key, part in self._parts.items()}
        self.list.show_rows(list(self._parts.values()))
        self._show(self._key)
        self.list.select(self._key)

    def _show(self, key: str) -> None:
        self._key = key
        if key not in self._registers:
            made = self._parts[key].make()
            self._registers[key] = made
            card = Card()
            card.add(made, 1)
            self._stack.addWidget(card)
            # The dialogs of a register are windows inside it: Qt makes two rings of its Tab order.
            in_order(self.list, *made.tab_order)
        self.register_().refresh()
        self._stack.setCurrentIndex(list(self._registers).index(key))
        self.header.set_title(
            tr("Program"),
            f"\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} {self._parts[key].title}",
        )

    def _on_chosen(self, part: Part) -> None:
        if part.key != self._key:
            self._show(part.key)

    def _on_entered(self, _part: Part) -> None:
        self.register_().setFocus(Qt.FocusReason.TabFocusReason)
