"""The panel that begins a session: who, what for, and how long, in one or two keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from perpudesk.branch.model import Entry
from perpudesk.computers.form.limit import LimitBox
from perpudesk.computers.form.panel import Panel
from perpudesk.computers.model import SessionDraft, Workstation
from perpudesk.core.codes import UNKNOWN, AgeBand, Sex
from perpudesk.core.errors import InputError, PerpuDeskError
from perpudesk.core.i18n import tr
from perpudesk.patrons.model import Patron, Profile
from perpudesk.patrons.service import PatronService
from perpudesk.ui.buttons import Button, ChipGroup
from perpudesk.ui.fields import CheckField
from perpudesk.ui.layout import CARD_GAP, FlowLayout, boxed, column, in_order, row
from perpudesk.ui.marks import KeyHint
from perpudesk.ui.text import Text, set_state, tip
from perpudesk.visits.form.caption import Caption
from perpudesk.visits.form.grid import TapGrid
from perpudesk.visits.form.seek import PatronSeek
from perpudesk.visits.form.words import about

MOST_KEYS = 9
"""As many purposes have a key, Alt+1 to Alt+9; Alt+0 is none."""
VISIT_KEY, ASSISTED_KEY = "Alt+V", "Alt+B"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A session as it is wanted, and whether its visit is to be counted with it."""

    draft: SessionDraft
    count_visit: bool


class StartPanel(Panel):
    """A tap of the grid begins the session of somebody without a name; a patron is seen first.

    What is chosen as purpose stays chosen; limit and help serve one session.
    """

    wanted = Signal(object)
    """A `Wish`."""
    new_asked = Signal(str)
    """Somebody who is not known is to be registered, called so."""

    def __init__(
        self,
        patrons: PatronService,
        limit_for: Callable[[SessionDraft], int],
        is_counted: Callable[[str], bool],
        bands: Sequence[AgeBand],
        *,
        parent: QWidget | None = None,
    ) -> None:
        """`limit_for` and `is_counted` are the service's."""
        super().__init__(parent=parent)
        self._patrons, self._limit_for, self._is_counted = patrons, limit_for, is_counted
        self._place: Workstation | None = None
        self._device = False
        self._patron: Patron | None = None
        self._purposes: list[tuple[str, str]] = []
        self._unnamed_counted = False
        self.hint = tr("Press the key of an age group to start; Esc closes the panel.")
        self._note = Text("", "mark", wrap=True)
        self._note.hide()
        self.grid = TapGrid(bands, counting=False)
        self.grid.set_compact(True)
        self.person = _PersonPart(self._on_start, self.forget_person)
        self._stack = QStackedWidget()
        for part in (self.grid, self.person):
            self._stack.addWidget(part)
        self.chips = ChipGroup(tr("Purpose"))
        self._purpose_caption = Caption(tr("Purpose (for the sessions that follow)"))
        scan_name = tr("Scan a card or type a name")
        self.seek = PatronSeek(scan_name, patrons, placeholder=tr("Name or number"))
        self.limit = LimitBox(tr("Limit in minutes"))
        self.visit = CheckField(tr("Count the visit too"))
        self.assisted = CheckField(tr("Helped by staff"))
        self._error = Text("", "error", wrap=True)
        self._error.hide()
        self._build(scan_name)
        self._connect()

    def _build(self, scan_name: str) -> None:
        seek = boxed(column(Caption(scan_name, "/"), self.seek, gap=4))
        limit = boxed(column(Caption(tr("Limit in minutes"), "*"), self.limit, gap=4))
        line = row(seek, limit, gap=CARD_GAP)
        line.setStretchFactor(seek, 1)
        checks = QWidget()
        flow = FlowLayout(checks, gap=CARD_GAP)
        for box, key in ((self.visit, VISIT_KEY), (self.assisted, ASSISTED_KEY)):
            flow.addWidget(boxed(row(box, KeyHint(key), gap=4)))
        for part in (self._note, self._stack, self._error):
            self.add(part)
        self.add(boxed(column(self._purpose_caption, self.chips, gap=4)))
        self.add(line)
        self.add(checks)
        in_order(self.grid, self.seek.box, self.limit.box, self.visit, self.assisted)

    def _connect(self) -> None:
        self.grid.tapped.connect(self._on_tapped)
        self.seek.picked.connect(self.show_person)
        self.seek.new_asked.connect(self.new_asked)
        self.seek.left.connect(self.rest)
        self.limit.closed.connect(self._on_limit_closed)
        self.limit.changed.connect(self._clear_error)
        self.visit.changed.connect(self._on_visit_changed)

    # ---------------------------------------------------------------- what is offered

    def offer(self, purposes: Sequence[Entry], bands: Sequence[AgeBand]) -> None:
        """Offer these purposes and age groups."""
        self.grid.set_bands(bands)
        offered = [(each.slug, each.label) for each in purposes if each.slug != UNKNOWN]
        if offered == self._purposes:
            return
        self._purposes = offered
        self.chips.set_options(offered, value=self.chips.value())
        for place, (slug, text) in enumerate(offered[:MOST_KEYS], start=1):
            self.chips.chip(slug).setToolTip(tip(f"{text} (Alt+{place})"))
        self._purpose_caption.key.setText(self.purpose_keys())

    def purpose_keys(self) -> str:
        """The keys of the purposes that are offered."""
        return f"Alt+1…{min(len(self._purposes), MOST_KEYS)}"

    def choose_purpose(self, at: int) -> None:
        """Choose the purpose at a place from 1 on, or with 0 none."""
        if at <= len(self._purposes):
            self.chips.choose(self._purposes[at - 1][0] if at else None)

    def count_unnamed(self, counted: bool) -> None:
        """Whether visits of those without a name are counted too, as it was chosen last."""
        self._unnamed_counted = counted
        self._show_visit()

    @property
    def purpose(self) -> str:
        """The purpose that stays chosen."""
        return self.chips.value() or UNKNOWN

    @property
    def unnamed_counted(self) -> bool:
        """Whether visits of those without a name are counted too."""
        return self._unnamed_counted

    # ---------------------------------------------------------------- one session

    def begin(self, place: Workstation | None, *, device: bool = False, note: str = "") -> None:
        """Begin a session at a workstation or of an own `device`; else the place is said later."""
        self._place, self._device = place, device
        if place is not None:
            self.set_title(tr("Start: {label}", label=place.label))
        else:
            self.set_title(tr("Start: own device (Wi-Fi)") if device else tr("Start: who is it?"))
        self.setAccessibleName(self._title.text())
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.limit.clear()
        self.assisted.set_value(False)
        self.seek.clear()
        self._clear_error()
        self._show_person(None)

    def show_person(self, patron: Patron) -> None:
        """Show who it will be; Enter begins."""
        self.seek.clear()
        self._show_person(patron)
        self.person.start.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget_person(self) -> None:
        """Let it be somebody without a name."""
        self._show_person(None)
        self.rest()

    def rest(self) -> None:
        """Give the keys back to the grid, or to whoever is seen."""
        to = self.grid if self._patron is None else self.person.start
        to.setFocus(Qt.FocusReason.OtherFocusReason)

    def tap(self, char: str) -> bool:
        """Take a character that no field took."""
        if char == "/":
            self.seek.begin()
        elif char == "*":
            self.limit.begin()
        else:
            return self._patron is None and self.grid.tap(char)
        return True

    def start_of(self, patron: Patron) -> None:
        """Begin at once: the patron's card was read."""
        self._show_person(patron)
        self._on_start()

    def refuse(self, error: PerpuDeskError) -> None:
        """Say why nothing was begun; everything chosen stays."""
        if isinstance(error, InputError) and error.field == "limit":
            self.limit.begin()
            set_state(self.limit.box, "wrong", True)
        self._error.setText(error.sentence())
        self._error.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes one step back."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._patron is not None:
            self.forget_person()
        else:
            self.left.emit()

    # ---------------------------------------------------------------- parts

    def _show_person(self, patron: Patron | None) -> None:
        self._patron = patron
        self._stack.setCurrentWidget(self.grid if patron is None else self.person)
        if patron is not None:
            self.person.show_patron(patron, self._patrons.today())
        self.limit.show_usual(self._usual())
        self._show_visit()

    def _show_visit(self) -> None:
        """Known by name and counted: done; not counted: on; without a name: as it was last."""
        done = self._patron is not None and self._is_counted(self._patron.id)
        self.visit.blockSignals(True)
        self.visit.set_value(self._unnamed_counted if self._patron is None else True)
        self.visit.blockSignals(False)
        self.visit.setEnabled(not done)
        words = tr("Visit of today is counted") if done else tr("Count the visit too")
        self.visit.setText(words)
        self.visit.setAccessibleName(words)
        self.visit.updateGeometry()

    def _usual(self) -> tuple[int, ...]:
        if self._patron is not None:
            return (self._limit_for(self._draft(Profile())),)
        young = Profile(age_band=self.grid.bands[0].slug)
        drafts = (SessionDraft(), SessionDraft(profile=young))
        return tuple(self._limit_for(each) for each in drafts)

    def _draft(self, profile: Profile) -> SessionDraft:
        patron, place = self._patron, self._place
        draft = SessionDraft(
            workstation_id=None if place is None else place.id,
            device=self._device,
            profile=profile,
            purpose=self.purpose,
            assisted=self.assisted.value(),
        )
        if patron is None:
            return draft
        return _named(draft, patron, self._patrons.today())

    def _on_tapped(self, sex: str, band: str) -> None:
        age = None if band == UNKNOWN else band
        self._want(self._draft(Profile(sex=Sex(sex), age_band=age)))

    def _on_start(self) -> None:
        self._want(self._draft(Profile()))

    def _want(self, draft: SessionDraft) -> None:
        self._clear_error()
        try:
            limit = self.limit.value()
        except PerpuDeskError as error:
            self.refuse(error)
            return
        self.wanted.emit(Wish(draft=replace(draft, limit=limit), count_visit=self.visit.value()))

    def _on_visit_changed(self) -> None:
        if self._patron is None:
            self._unnamed_counted = self.visit.value()

    def _on_limit_closed(self) -> None:
        try:
            self.limit.value()
        except PerpuDeskError as error:
            self.refuse(error)
        else:
            self.rest()

    def _clear_error(self) -> None:
        set_state(self.limit.box, "wrong", False)
        self._error.hide()


def _named(draft: SessionDraft, patron: Patron, today: date) -> SessionDraft:
    """The draft with what is known of the patron today."""
    return replace(
        draft,
        profile=patron.profile(today),
        type=patron.visitor_type,
        patron_id=patron.id,
    )


class _PersonPart(QWidget):
    """Who it will be, and the way to begin."""

    def __init__(self, start: Callable[[], object], other: Callable[[], object]) -> None:
        super().__init__()
        self._name = Text("", "title", wrap=True)
        self._about = Text("", "quiet", wrap=True)
        self.start = Button(tr("Start"), start, kind="primary", key=tr("Enter"))
        self.other = Button(tr("Somebody else"), other, key=tr("Esc"))
        line = row(self.start, self.other, None)
        self.setLayout(column(None, self._name, self._about, 6, line, None, gap=4))

    def show_patron(self, patron: Patron, today: date) -> None:
        """Show this one."""
        self._name.setText(patron.name)
        self._about.setText(about(patron, today))
