"""The list of the settings' parts at the left, the chosen one beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from perpudesk.branch.form.kop import KopEditor
from perpudesk.branch.form.section import Section
from perpudesk.branch.form.signatories import SignatoriesEditor
from perpudesk.branch.form.staff import StaffEditor
from perpudesk.branch.page.data import DataSection
from perpudesk.branch.page.desk import AppearanceSection, DeskSection
from perpudesk.branch.page.holidays import HolidaysSection
from perpudesk.branch.page.library import EditorSection, HoursSection, LibrarySection
from perpudesk.branch.page.lists import ListsSection
from perpudesk.branch.page.summary import summaries
from perpudesk.branch.service import BranchService
from perpudesk.core.i18n import tr
from perpudesk.core.topics import Topic
from perpudesk.ui import theme
from perpudesk.ui.cards import Card
from perpudesk.ui.layout import LEAST_TALL, Beside, Scroll, boxed, column
from perpudesk.ui.page import Page
from perpudesk.ui.tables import REST, Column, TableView
from perpudesk.ui.text import Text

_LIST_WIDTH, _WIDTH = 250, 860
"""Px at 100 % of the list, and the most of a section: longer lines are hard to read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A line of the list; its section is made when it is first shown.

    A higher room brings its own, with `told` for the few words under its title.
    """

    key: str
    title: str
    make: Callable[[], Section]
    told: Callable[[], str] | None = None


class SettingsPage(Page):
    """Everything that is set once and mended later; stored as it is typed, without a button."""

    topics = frozenset({Topic.BRANCH, Topic.COMPUTERS, Topic.DAYS, Topic.TOTALS})
    appearance_changed = Signal()
    """Language, colours, size of text or the scanner's gap changed: make the window anew."""
    history_asked = Signal()
    export_asked = Signal()
    handover_asked = Signal()
    practice_asked = Signal()
    import_asked = Signal()

    def __init__(
        self,
        branch: BranchService,
        *,
        folder: Path,
        more: Sequence[Part] = (),
        parent: QWidget | None = None,
    ) -> None:
        """`folder` holds the records; `more` are the parts of higher rooms, before the last."""
        super().__init__("settings", tr("Settings"), parent=parent)
        self._branch, self._folder = branch, folder
        *own, data = self._all_parts()
        self._more = more
        self._parts = {part.key: part for part in (*own, *more, data)}
        self._sections: dict[str, Section] = {}
        self._summaries: dict[str, str] = {}
        self.list = TableView(
            tr("Parts of the settings"),
            [
                Column(
                    title="",
                    text=lambda part: part.title,
                    kind="strong",
                    width=REST,
                    detail=lambda part: self._summaries.get(part.key, ""),
                )
            ],
            identity=lambda part: part.key,
        )
        self.list.horizontalHeader().hide()
        self.list.row_selected.connect(self._on_chosen)
        self.list.row_activated.connect(self._on_entered)
        self._stack = QStackedWidget()
        parts = Card()
        parts.add(self.list, 1)
        self.body.addWidget(Beside(parts, self._stack, wide=(_LIST_WIDTH, 0), tall=LEAST_TALL), 1)
        self.setFocusProxy(self.list)
        self.add_key_use("↑ ↓", tr("Another part of the settings"))
        self.add_key_use(tr("Enter"), tr("Store the field and go to the next"))
        self.open_section("library")

    def _all_parts(self) -> list[Part]:
        branch = self._branch
        return [
            Part(key="library", title=tr("Library"), make=lambda: LibrarySection(branch)),
            Part(key="letterhead", title=tr("Letterhead"), make=self._make_letterhead),
            Part(key="signatories", title=tr("Signatories"), make=self._make_signatories),
            Part(key="hours", title=tr("Opening hours"), make=lambda: HoursSection(branch)),
            Part(key="holidays", title=tr("Holidays"), make=lambda: HolidaysSection(branch)),
            Part(key="staff", title=tr("Staff"), make=self._make_staff),
            Part(key="desk", title=tr("Front desk"), make=self._make_desk),
            Part(key="appearance", title=tr("Appearance"), make=self._make_appearance),
            Part(key="lists", title=tr("Lists"), make=lambda: ListsSection(branch)),
            Part(key="data", title=tr("Data"), make=self._make_data),
        ]

    def _make_letterhead(self) -> Section:
        sentence = tr("This is how it will be printed at the head of reports.")
        return EditorSection(sentence, KopEditor(self._branch))

    def _make_signatories(self) -> Section:
        sentence = tr("An empty post or name is printed as a dotted line, to be filled in by hand.")
        return EditorSection(sentence, SignatoriesEditor(self._branch))

    def _make_staff(self) -> Section:
        sentence = tr("Each record says who made it. Names stay on this computer.")
        return EditorSection(sentence, StaffEditor(self._branch))

    def _make_desk(self) -> Section:
        section = DeskSection(self._branch)
        self._pass_on(section.machine_changed)
        return section

    def _make_appearance(self) -> Section:
        section = AppearanceSection()
        self._pass_on(section.appearance_changed)
        return section

    def _pass_on(self, changed: object) -> None:
        """Queued: the window is made anew only after the field has finished."""
        changed.connect(self.appearance_changed, Qt.ConnectionType.QueuedConnection)  # type: ignore[attr-defined]

    def _make_data(self) -> Section:
        section = DataSection(self._folder)
        section.practice_asked.connect(self.practice_asked)
        section.import_asked.connect(self.import_asked)
        section.history_asked.connect(self.history_asked)
        section.export_asked.connect(self.export_asked)
        section.handover_asked.connect(self.handover_asked)
        return section

    def open_section(self, key: str) -> None:
        """Show one part, `signatories` for one; the keys are those of `_all_parts`."""
        self._show(key)
        self.list.select(key)

    def section(self) -> Section:
        """The part that is shown."""
        return self._sections[self._key]

    def refresh(self) -> None:
        self.tell_again()
        self.section().refresh()

    def tell_again(self) -> None:
        """Read anew the few words under each title; what is typed in the section stays."""
        self._summaries = summaries(self._branch, self._folder)
        self._summaries |= {part.key: part.told() for part in self._more if part.told}
        self.list.show_rows(list(self._parts.values()))
        self.list.select(self._key)

    def _show(self, key: str) -> None:
        self._key = key
        if key not in self._sections:
            section = self._parts[key].make()
            self._sections[key] = section
            self._stack.addWidget(self._framed(self._parts[key].title, section))
        self.section().refresh()
        self._stack.setCurrentIndex(list(self._sections).index(key))

    def _framed(self, title: str, section: Section) -> Card:
        inside = boxed(column(Text(title, "heading"), section, gap=4))
        inside.setMaximumWidth(theme.current().px(_WIDTH))
        card = Card()
        card.add(Scroll(inside), 1)
        return card

    def _on_chosen(self, part: Part) -> None:
        if part.key != self._key:
            self._show(part.key)

    def _on_entered(self, part: Part) -> None:
        """Enter in the list goes into the part."""
        section = self.section()
        following = self.list.nextInFocusChain()
        while following is not None and following is not self.list:
            stops = following.isEnabled() and following.focusPolicy() & Qt.FocusPolicy.TabFocus
            if stops and section.isAncestorOf(following) and following.isVisible():
                following.setFocus(Qt.FocusReason.TabFocusReason)
                return
            following = following.nextInFocusChain()
