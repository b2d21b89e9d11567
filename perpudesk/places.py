"""What the window shows of the desk: its pages, what they ask of one another, its foot."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QPoint, Qt, Signal

from perpudesk import errands
from perpudesk.core.errors import RuleError
from perpudesk.core.i18n import tr
from perpudesk.core.rights import Right
from perpudesk.main_window import MainWindow, Place
from perpudesk.ui.asking import Asker
from perpudesk.ui.toasts import toast

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from perpudesk.agenda.model import Matter as DayMatter
    from perpudesk.computers.finding import SessionFilter
    from perpudesk.computers.page import ComputersPage
    from perpudesk.core.times import Period
    from perpudesk.desk import Desk
    from perpudesk.sections import Sections
    from perpudesk.ui.page import Page
    from perpudesk.ui.rail import RailLine
    from perpudesk.visits.page import VisitsPage


P = TypeVar("P", bound="Page")
STAFF_KEY = "Ctrl+Shift+P"
_RIGHTS = {
    "reports": Right.PRINT,
    "papers": Right.PRINT,
    "settings": Right.SETTINGS,
    "import": Right.SETTINGS,
    "history": Right.HISTORY,
}
"""The pages that are not for everybody, once the lock is in use."""
_UNDER = {
    "papers": "reports",
    "graph": "reports",
    "sessions": "computers",
    "history": "settings",
}
"""Pages without a place in the rail that belong to one that has it."""


class Places(QObject):
    """Makes the pages of one window on one desk; a page's library loads when it is first shown."""

    appearance_changed = Signal()
    """Language, colours, size of text or the scanner's gap changed: the window is made anew."""
    practice_asked = Signal()
    """Practice data are wanted, in a window of their own."""
    restore_asked = Signal(object)
    """A copy is to take the place of the records: a `Wanted` of `backups.form.restore`."""
    copied = Signal()
    """There is another copy of the records."""
    lock_asked = Signal()
    """The desk is to be locked, or somebody else comes to it who must type a PIN."""

    def __init__(self, desk: Desk, window: MainWindow, *, scan_gap_ms: int) -> None:
        super().__init__(window)
        self._desk, self._window, self._scan_gap_ms = desk, window, scan_gap_ms
        desk.ask_before(Asker(window, tr("Go on all the same")).ask)
        window.ask_before_going(self._may_go)
        window.offer_guide(partial(errands.print_guide, desk))

    def _may_go(self, key: str) -> bool:
        """Whether whoever is at the desk may see a page; where not, it is said who may."""
        right = _RIGHTS.get(key)
        if right is None or not self._desk.branch.has_pins() or self._desk.access.may(right):
            return True
        try:
            self._desk.access.require(right)
        except RuleError as refused:
            toast(self._window, refused.sentence())
        return False

    def leave_forbidden(self) -> None:
        """Go to the front desk where the page in front is not for whoever is here now."""
        page = self._window.current()
        right = None if page is None else _RIGHTS.get(page.key)
        if right is not None and not self._desk.access.may(right):
            self._window.go("desk")

    def all(self) -> list[Place]:
        """In the order of the rail; the last ones have no place in it."""
        named = (
            ("desk", tr("Front desk"), "desk", "F2", self._make_desk),
            ("computers", tr("Computers"), "computer", "F3", self._make_computers),
            ("trainings", tr("Trainings"), "training", "F4", self._make_trainings),
            ("communities", tr("Communities"), "community", "F5", self._make_communities),
            ("program", tr("Program"), "program", "F6", self._make_program),
            ("agenda", tr("Agenda"), "agenda", "Ctrl+J", self._make_agenda),
            ("patrons", tr("Patrons"), "members", "Ctrl+M", self._make_patrons),
            ("reports", tr("Reports"), "report", "F7", self._make_reports),
            ("settings", tr("Settings"), "settings", "F9", self._make_settings),
            ("import", tr("Bring in a file"), "", "Ctrl+I", self._make_import),
            ("find", tr("All visits"), "", "Ctrl+F", self._make_find),
            ("sessions", tr("Computer sessions"), "", "Shift+F3", self._make_sessions),
            ("graph", tr("Graph"), "", "F8", self._make_graph),
            ("paper", tr("Copy from paper"), "", "Ctrl+L", self._make_paper),
            ("papers", tr("Recaps and sheets"), "", "Shift+F7", self._make_papers),
            ("history", tr("History"), "", "Shift+F9", self._make_history),
        )
        return [
            Place(
                key=key,
                label=label,
                icon=icon,
                shortcut=shortcut,
                make=make,
                under=_UNDER.get(key, ""),
            )
            for key, label, icon, shortcut, make in named
        ]

    def choose_staff(self) -> None:
        """Ask who is at the desk from now on, beside the line of the rail that says it."""
        from PySide6.QtWidgets import QMenu

        from perpudesk.ui.text import literal

        if self._desk.branch.has_pins():
            self.lock_asked.emit()
            return
        branch, rail = self._desk.branch, self._window.rail
        here = branch.who_is_at_desk()
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for who in branch.staff():
            entry = menu.addAction(literal(who.name))
            entry.setCheckable(True)
            entry.setChecked(here is not None and who.id == here.id)
            entry.triggered.connect(partial(branch.at_desk, who.id))
            if entry.isChecked():
                menu.setActiveAction(entry)
        menu.addSeparator()
        menu.addAction(tr("Staff…")).triggered.connect(partial(self.open_section, "staff"))
        above = menu.sizeHint().height() + rail.width() // 2  # the lines at the foot stay in view
        menu.popup(rail.mapToGlobal(QPoint(rail.width() // 4, rail.height() - above)))

    def now(self) -> tuple[datetime, str]:
        """The moment on the branch's own clock, and what its zone is called."""
        from perpudesk.branch.model import label_of_zone

        return self._here(), label_of_zone(self._desk.branch.current())

    def open_section(self, section: str) -> None:
        """Show a section of the settings."""
        from perpudesk.branch.page import SettingsPage

        self._page("settings", SettingsPage).open_section(section)

    def _page(self, key: str, kind: type[P]) -> P:
        """Go to a page that another one leads to."""
        self._window.go(key)
        page = self._window.page(key)
        assert isinstance(page, kind)  # noqa: S101
        return page

    def _make_desk(self) -> Page:
        from perpudesk.visits.page import VisitsPage

        desk = self._desk
        page = VisitsPage(
            desk.visits,
            desk.patrons,
            desk.branch,
            undo=desk.undo,
            redo=desk.redo,
            can_undo=desk.can_undo,
            now=self._here,
            scan_gap_ms=self._scan_gap_ms,
        )
        page.all_asked.connect(partial(self._window.go, "find"))
        page.paper_asked.connect(partial(self._window.go, "paper"))
        page.matters_asked.connect(partial(self._tell_matters, page))
        return page

    def _tell_matters(self, page: VisitsPage) -> None:
        """Fill the slot of the desk with what today brings."""
        from perpudesk.visits.page.matters import Matter

        told = self._desk.agenda.matters()
        page.matters.show_matters(
            [
                Matter(text=each.text, late=each.late, open=partial(self._open_matter, each))
                for each in told
            ]
        )

    def _open_matter(self, matter: DayMatter) -> None:
        from perpudesk.agenda.model import EntryKind, MatterKind
        from perpudesk.communities.page import CommunitiesPage
        from perpudesk.program.page import ProgramPage

        entry = matter.entry
        if matter.kind is MatterKind.DECISIONS:
            self._page("communities", CommunitiesPage).open_decisions()
        elif matter.kind is MatterKind.PARTNERS:
            self._page("program", ProgramPage).open_part("partners")
        elif entry is None or entry.kind is EntryKind.CLASS:
            self._on_agenda_asked(self._desk.agenda.today())
        elif entry.kind is EntryKind.TRAINING:
            self._on_course_asked(entry.about)
        else:
            self._on_meeting_asked(entry.about)

    def _make_computers(self) -> Page:
        from perpudesk.computers.page import ComputersPage

        desk = self._desk
        page = ComputersPage(
            desk.computers,
            desk.workstations,
            desk.recovery,
            desk.patrons,
            desk.branch,
            queue=desk.queue,
            reservations=desk.reservations.of_day,
            undo=desk.undo,
            redo=desk.redo,
            now=desk.clock.now,
            scan_gap_ms=self._scan_gap_ms,
        )
        self._help_at_computers(page)
        page.sessions_asked.connect(partial(self._window.go, "sessions"))
        settings = partial(self.open_section, "workstations")
        page.add_deed("E", tr("Computers in the settings"), settings)
        return page

    def _help_at_computers(self, page: ComputersPage) -> None:
        """Whoever answers what the board asks: of the queue, of reservations, of corrections."""
        from perpudesk.computers.page.caller import Caller
        from perpudesk.computers.page.keeping import Keeping
        from perpudesk.computers.page.mends import Mends

        desk = self._desk
        Caller(
            page,
            desk.queue,
            desk.patrons,
            desk.branch,
            desk.workstations,
            now=desk.clock.now,
            practice=lambda: desk.practice,
        )
        Keeping(
            page,
            desk.reservations,
            desk.patrons,
            desk.branch,
            desk.workstations,
            undo=desk.undo,
            now=desk.clock.now,
        )
        Mends(
            page,
            desk.computers,
            desk.session_mending,
            desk.session_records,
            branch=desk.branch,
            workstations=desk.workstations,
            undo=desk.undo,
        )

    def _make_trainings(self) -> Page:
        from perpudesk.trainings.page import TrainingsPage
        from perpudesk.trainings.page.deeds import Services

        desk = self._desk
        page = TrainingsPage(
            Services(
                trainings=desk.trainings,
                meetings=desk.meetings,
                patrons=desk.patrons,
                branch=desk.branch,
                workstations=desk.workstations,
                papers=desk.training_papers,
            ),
            desk.attendance,
            desk.after_training,
            undo=desk.undo,
            redo=desk.redo,
            practice=lambda: desk.practice,
        )
        page.attendance.read_list = self._people_of
        return page

    def _people_of(self, path: Path) -> str:
        """The people of a file; what reads files loads when one is chosen."""
        return self._desk.importing.people_of(path)

    def _here(self) -> datetime:
        return self._desk.clock.now().astimezone(self._desk.store.author.zone)

    def _make_patrons(self) -> Page:
        from perpudesk.patrons.page import PatronsPage

        desk = self._desk
        page = PatronsPage(desk.patrons, desk.branch, desk.visits.last_seen)
        page.held_asked.connect(partial(errands.show_held, desk, page))
        page.erase_asked.connect(partial(errands.ask_to_erase, desk, page))
        page.cards_asked.connect(partial(errands.print_cards, desk, page))
        return page

    def _make_communities(self) -> Page:
        from perpudesk.communities.page import CommunitiesPage, Services

        desk = self._desk
        return CommunitiesPage(
            Services(
                communities=desk.communities,
                gatherings=desk.gatherings,
                decisions=desk.decisions,
                attendance=desk.attendance,
                meetings=desk.meetings,
                attachments=desk.attachments,
                papers=desk.gathering_papers,
                patrons=desk.patrons,
                branch=desk.branch,
                read_list=self._people_of,
            ),
            undo=desk.undo,
            redo=desk.redo,
            practice=lambda: desk.practice,
        )

    def _make_agenda(self) -> Page:
        from perpudesk.agenda.page import AgendaPage

        desk = self._desk
        page = AgendaPage(desk.agenda, partial(errands.house, desk))
        page.course_asked.connect(self._on_course_asked)
        page.meeting_asked.connect(self._on_meeting_asked)
        page.class_asked.connect(partial(self._window.go, "computers"))
        page.training_wanted.connect(self._on_training_wanted)
        page.activity_wanted.connect(self._on_activity_wanted)
        return page

    def _on_course_asked(self, course_id: str) -> None:
        from perpudesk.trainings.page import TrainingsPage

        self._page("trainings", TrainingsPage).open_course(course_id)

    def _on_training_wanted(self, day: date) -> None:
        from perpudesk.trainings.page import TrainingsPage

        self._page("trainings", TrainingsPage).deeds.add(day)

    def _on_meeting_asked(self, meeting_id: str) -> None:
        from perpudesk.communities.page import CommunitiesPage

        self._page("communities", CommunitiesPage).open_meeting(meeting_id)

    def _on_activity_wanted(self, day: date) -> None:
        from perpudesk.communities.page import CommunitiesPage

        self._page("communities", CommunitiesPage).plan(day)

    def _on_agenda_asked(self, day: date) -> None:
        from perpudesk.agenda.page import AgendaPage

        self._page("agenda", AgendaPage).open_day(day)

    def _make_program(self) -> Page:
        from perpudesk.program.page import ProgramPage
        from perpudesk.program.page.parts import Parts

        desk = self._desk
        parts = Parts(
            program=desk.program,
            equipment=desk.equipment,
            papers=desk.program_papers,
            attachments=desk.attachments,
            patrons=desk.patrons,
            branch=desk.branch,
            undo=desk.undo,
            practice=lambda: desk.practice,
        )
        return ProgramPage(parts.all())

    def _make_reports(self) -> Page:
        from perpudesk.reports.page import ReportsPage

        desk = self._desk
        page = ReportsPage(desk.reports, desk.closings, practice=lambda: desk.practice)
        page.day_asked.connect(self._on_day_asked)
        page.sheet_asked.connect(self._on_sheet_asked)
        page.agenda_asked.connect(self._on_agenda_asked)
        page.signatories_asked.connect(partial(self.open_section, "signatories"))
        page.sessions_asked.connect(self._on_sessions_asked)
        page.board_asked.connect(partial(self._window.go, "computers"))
        page.graph_asked.connect(partial(self._window.go, "graph"))
        page.paper_asked.connect(self._on_paper_asked)
        return page

    def _make_settings(self) -> Page:
        from perpudesk.branch.page import SettingsPage

        sections = self._sections()
        page = SettingsPage(self._desk.branch, folder=self._desk.folder, more=sections.all())
        page.appearance_changed.connect(self.appearance_changed)
        page.practice_asked.connect(self.practice_asked)
        page.import_asked.connect(partial(self._window.go, "import"))
        self.copied.connect(page.tell_again)
        page.history_asked.connect(partial(self._window.go, "history"))
        page.export_asked.connect(partial(errands.export, self._desk, page))
        page.handover_asked.connect(partial(errands.hand_over, self._desk, page))
        return page

    def _sections(self) -> Sections:
        from perpudesk.sections import Sections

        made = Sections(self._desk, partial(errands.house, self._desk), self)
        made.lock_asked.connect(self.lock_asked)
        made.restore_asked.connect(self.restore_asked)
        made.copied.connect(self.copied)
        self.copied.connect(made.renewed)  # those that are made by themselves, too
        return made

    def _make_import(self) -> Page:
        from perpudesk.importing.page import ImportPage

        return ImportPage(self._desk.importing, self._desk.batches)

    def _make_find(self) -> Page:
        from perpudesk.visits.page.finding import FindPage

        desk = self._desk
        return FindPage(
            desk.mending,
            desk.visits,
            desk.patrons,
            desk.branch,
            undo=desk.undo,
            redo=desk.redo,
        )

    def _make_sessions(self) -> Page:
        from perpudesk.computers.page.sessions import SessionsPage

        desk = self._desk
        return SessionsPage(
            desk.computers,
            desk.session_mending,
            desk.session_records,
            desk.branch,
            desk.workstations,
            undo=desk.undo,
            redo=desk.redo,
        )

    def _on_sessions_asked(self, wanted: SessionFilter) -> None:
        from perpudesk.computers.page.sessions import SessionsPage

        self._page("sessions", SessionsPage).look_for(wanted)

    def _make_papers(self) -> Page:
        from perpudesk.reports.page.papers import PapersPage

        desk = self._desk
        page = PapersPage(desk.reports, desk.papers, desk.totals, practice=lambda: desk.practice)
        page.report_asked.connect(partial(self._window.go, "reports"))
        return page

    def _on_paper_asked(self, kind: str) -> None:
        from perpudesk.reports.page.papers import PapersPage

        self._page("papers", PapersPage).show_kind(kind)

    def _make_history(self) -> Page:
        from perpudesk.history.page import HistoryPage

        return HistoryPage(
            self._desk.history, self._desk.branch, partial(errands.house, self._desk)
        )

    def _make_graph(self) -> Page:
        from perpudesk.reports.page.graph import GraphPage

        page = GraphPage(self._desk.reports)
        page.period_asked.connect(self._on_period_asked)
        page.desk_asked.connect(partial(self._window.go, "desk"))
        return page

    def _on_period_asked(self, period: Period) -> None:
        from perpudesk.reports.page import ReportsPage

        self._page("reports", ReportsPage).choose(period)

    def _make_paper(self) -> Page:
        from perpudesk.visits.page.paper import PaperPage

        desk = self._desk
        return PaperPage(desk.sheets, desk.branch, practice=lambda: desk.practice)

    def _on_sheet_asked(self, day: date) -> None:
        from perpudesk.visits.page.paper import PaperPage

        self._page("paper", PaperPage).open_day(day)

    def _on_day_asked(self, day: date) -> None:
        from perpudesk.visits.page import VisitsPage

        self._page("desk", VisitsPage).open_day(day)


def rail_lines(desk: Desk) -> list[RailLine]:
    """The foot of the rail: who is at the desk, what is on the disk, what to look after."""
    from perpudesk.core.formats import clock_text
    from perpudesk.core.times import parse_utc
    from perpudesk.ui.rail import RailLine

    lines = []
    if (who := desk.branch.who_is_at_desk()) is not None:
        text = tr("At the desk: {name}", name=who.name)
        first, *_rest = who.name.split()
        lines.append(
            RailLine(icon="visitor", text=text, short=first, action="staff", key=STAFF_KEY)
        )
    if desk.store.saved_at is not None:
        moment = parse_utc(desk.store.saved_at).astimezone(desk.store.author.zone)
        text = tr("All saved {time}", time=clock_text(moment))
        lines.append(RailLine(icon="check", text=text))
    lines += [RailLine(icon="warning", text=each, alarm=True) for each in desk.warnings()]
    return lines
