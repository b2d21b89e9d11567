"""The card beside the list: the chosen patron, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from perpudesk.branch.service import BranchService
from perpudesk.core.codes import UNKNOWN
from perpudesk.core.formats import NOTHING, date_long
from perpudesk.core.i18n import tr
from perpudesk.patrons.model import Patron
from perpudesk.patrons.page.words import age_words, sex_words
from perpudesk.patrons.service import PatronService
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.cards import Card
from perpudesk.ui.layout import Scroll, boxed, column, row
from perpudesk.ui.marks import Pill
from perpudesk.ui.text import Text

MORE_KEY = "Ctrl+K"


class PatronCard(Card):
    """Everything that is kept of one patron, which is little."""

    edit_asked = Signal(object)
    remove_asked = Signal(object)
    more_asked = Signal()
    """What else can be done with this patron is to be offered."""

    def __init__(
        self,
        patrons: PatronService,
        branch: BranchService,
        last_seen: Callable[[str], date | None],
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._patrons, self._branch, self._last_seen = patrons, branch, last_seen
        self._patron: Patron | None = None
        self._name = Text("", "heading", wrap=True)
        self._member = Pill()
        self._values: dict[str, Text] = {}
        facts = boxed(column(self._name, row(self._member, None), 4, self._facts(), None, gap=8))
        self._facts_scroll = Scroll(facts)
        self._hint = Text(tr("Choose someone to see what is kept."), "quiet", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._buttons = actions(self._on_edit, self._on_remove)
        self.more = Button(tr("Their data…"), self.more_asked.emit, icon="more", key=MORE_KEY)
        for part in (self._hint, self._facts_scroll):
            self.add(part, 1)
        self.add(row(self.more, None))
        self.add(self._buttons)
        self.setFixedWidth(theme.current().px(300))
        self.show_patron(None)

    def _facts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(9)
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        for place, (key, caption) in enumerate(_captions().items()):
            value = Text("", wrap=True)
            value.setAccessibleName(caption)
            grid.addWidget(Text(caption, "caption"), place, 0, top)
            grid.addWidget(value, place, 1, top)
            self._values[key] = value
        return grid

    def show_patron(self, patron: Patron | None) -> None:
        """Show this patron, or that none is chosen."""
        self._patron = patron
        for part in (self._facts_scroll, self._buttons, self.more):
            part.setVisible(patron is not None)
        self._hint.setVisible(patron is None)
        if patron is None:
            return
        self._name.setText(patron.name)
        if patron.member_number:
            self._member.show_state(tr("Member"), "info")
        else:
            self._member.show_state(tr("Not a member"), "neutral")
        for key, text in self._told(patron).items():
            self._values[key].setText(text)

    def _told(self, patron: Patron) -> dict[str, str]:
        seen = self._last_seen(patron.id)
        consent = tr("by a guardian") if patron.guardian_consent else NOTHING
        return {
            "number": patron.member_number or NOTHING,
            "sex": sex_words(patron),
            "age": age_words(patron, self._patrons.today()),
            "occupation": self._label("occupations", patron.occupation),
            "education": self._label("educations", patron.education),
            "village": patron.village or NOTHING,
            "contact": patron.contact or NOTHING,
            "consent": consent,
            "registered": date_long(patron.registered_on),
            "seen": NOTHING if seen is None else date_long(seen),
            "note": patron.note or NOTHING,
        }

    def _label(self, list_name: str, slug: str) -> str:
        entries = self._branch.entries(list_name, retired=True)
        found = (each.label for each in entries if each.slug == slug and slug != UNKNOWN)
        return next(found, NOTHING)

    def facts(self, patron: Patron) -> dict[str, str]:
        """What is kept of a patron, each under its caption."""
        captions = _captions()
        return {captions[key]: text for key, text in self._told(patron).items()}

    def _on_edit(self) -> None:
        self.edit_asked.emit(self._patron)

    def _on_remove(self) -> None:
        self.remove_asked.emit(self._patron)


def actions(edit: Callable[[], object], remove: Callable[[], object]) -> QWidget:
    """What can be done with the chosen patron, as buttons."""
    buttons = (
        Button(tr("Edit"), edit, icon="edit", key="Enter"),
        Button(tr("Remove"), remove, kind="danger", icon="trash", key="Del"),
    )
    return boxed(row(buttons[0], None, buttons[1]))


def _captions() -> dict[str, str]:
    return {
        "number": tr("Number"),
        "sex": tr("Sex"),
        "age": tr("Age"),
        "occupation": tr("Occupation"),
        "education": tr("Education"),
        "village": tr("Village"),
        "contact": tr("Contact"),
        "consent": tr("Consent"),
        "registered": tr("Registered"),
        "seen": tr("Last seen"),
        "note": tr("Note"),
    }
