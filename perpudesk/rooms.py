"""Every service over one store, by its room; each is loaded when it is first asked.

What a tap needs is loaded with this module: branch, patrons and visits. Nothing else may be, or the
first tap waits for it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING

from perpudesk.branch.service import BranchService
from perpudesk.core.topics import Topic
from perpudesk.db.connection import Store
from perpudesk.patrons.service import PatronService
from perpudesk.visits.service import VisitService

if TYPE_CHECKING:
    from perpudesk.access.service import AccessService
    from perpudesk.agenda.service import AgendaService
    from perpudesk.attachments.service import AttachmentService
    from perpudesk.attendance.meetings import MeetingService
    from perpudesk.attendance.service import AttendanceService
    from perpudesk.backups.service import BackupService
    from perpudesk.communities.decisions import DecisionService
    from perpudesk.communities.gatherings import GatheringService
    from perpudesk.communities.paperwork import GatheringPapers
    from perpudesk.communities.service import CommunityService
    from perpudesk.computers.imported import ImportedService
    from perpudesk.computers.mending import MendingService as SessionMending
    from perpudesk.computers.queue import QueueService
    from perpudesk.computers.records import SessionRecords
    from perpudesk.computers.recovery import RecoveryService
    from perpudesk.computers.reserving import ReservationService
    from perpudesk.computers.service import ComputerService
    from perpudesk.computers.workstations import WorkstationService
    from perpudesk.handover.service import HandoverService
    from perpudesk.history.service import HistoryService
    from perpudesk.importing.batches import BatchService
    from perpudesk.importing.service import ImportService
    from perpudesk.leaving.service import LeavingService
    from perpudesk.privacy.service import PrivacyService
    from perpudesk.program.equipment import EquipmentService
    from perpudesk.program.paperwork import ProgramPapers
    from perpudesk.program.service import ProgramService
    from perpudesk.reports.closings import ClosingService
    from perpudesk.reports.paperwork import PaperService
    from perpudesk.reports.service import ReportService
    from perpudesk.totals.service import TotalsService
    from perpudesk.trainings.paperwork import TrainingPapers
    from perpudesk.trainings.returns import ReturnService
    from perpudesk.trainings.service import TrainingService
    from perpudesk.visits.mending import MendingService
    from perpudesk.visits.sheets import SheetService


class Rooms:
    """The services of an open store, and who is told when something changed."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[Topic], None]] = []
        self._store: Store | None = None

    @property
    def store(self) -> Store:
        """The open store."""
        assert self._store is not None, "the desk is not open"  # noqa: S101
        return self._store

    @cached_property
    def branch(self) -> BranchService:
        """The branch, its people and its days."""
        return BranchService(self.store, self.notify)

    @cached_property
    def patrons(self) -> PatronService:
        """People known by name."""
        return PatronService(self.store, self.notify)

    @cached_property
    def visits(self) -> VisitService:
        """Who came."""
        return VisitService(self.store, self.notify, self.branch)

    @cached_property
    def access(self) -> AccessService:
        """Who may do what, and the lock; loaded when first asked."""
        from perpudesk.access.service import AccessService

        return AccessService(
            self.store,
            self.notify,
            self.branch,
            are_recovery_words=self._are_recovery_words,
        )

    def _are_recovery_words(self, words: str) -> bool:
        """Whether these are the words of the branch's recovery sheet; loaded when asked."""
        from perpudesk.backups.words import key_of

        return self.backups.is_key(key_of(words))

    @cached_property
    def attendance(self) -> AttendanceService:
        """Who is on the lists of activities, and who came; loaded when first asked."""
        from perpudesk.attendance.service import AttendanceService

        return AttendanceService(self.store, self.notify, self.patrons, self.visits)

    @cached_property
    def meetings(self) -> MeetingService:
        """The meetings of courses and of the community; loaded when first asked."""
        from perpudesk.attendance.meetings import MeetingService

        return MeetingService(self.store, self.notify, self.attendance, self.reservations)

    @cached_property
    def trainings(self) -> TrainingService:
        """Courses; loaded when first asked."""
        from perpudesk.trainings.service import TrainingService

        return TrainingService(self.store, self.notify, self.branch, self.attendance, self.meetings)

    @cached_property
    def communities(self) -> CommunityService:
        """Communities; loaded when first asked."""
        from perpudesk.communities.service import CommunityService

        return CommunityService(self.store, self.notify, self.branch)

    @cached_property
    def gatherings(self) -> GatheringService:
        """Meetings of communities; loaded when first asked."""
        from perpudesk.communities.gatherings import GatheringService

        return GatheringService(self.store, self.notify, self.communities, self.meetings)

    @cached_property
    def gathering_papers(self) -> GatheringPapers:
        """What meetings of communities print; loaded when first asked."""
        from perpudesk.communities.paperwork import GatheringPapers

        return GatheringPapers(self.branch, self.gatherings, self.attendance)

    @cached_property
    def decisions(self) -> DecisionService:
        """What meetings decided; loaded when first asked."""
        from perpudesk.communities.decisions import DecisionService

        return DecisionService(self.store, self.notify, self.meetings)

    @cached_property
    def attachments(self) -> AttachmentService:
        """Photos and documents of records; loaded when first asked."""
        from perpudesk.attachments.service import AttachmentService

        return AttachmentService(self.store, self.notify)

    @cached_property
    def after_training(self) -> ReturnService:
        """What became of participants; loaded when first asked."""
        from perpudesk.trainings.returns import ReturnService

        return ReturnService(self.store, self.attendance)

    @cached_property
    def training_papers(self) -> TrainingPapers:
        """What trainings print; loaded when first asked."""
        from perpudesk.trainings.paperwork import TrainingPapers

        return TrainingPapers(
            self.store, self.branch, self.trainings, self.attendance, self.after_training
        )

    @cached_property
    def equipment(self) -> EquipmentService:
        """What the library was given; loaded when first asked."""
        from perpudesk.program.equipment import EquipmentService

        return EquipmentService(self.store, self.notify, self.workstations)

    @cached_property
    def agenda(self) -> AgendaService:
        """The month over all activities; loaded when first asked."""
        from perpudesk.agenda.service import AgendaService

        return AgendaService(
            self.store,
            self.branch,
            self.trainings,
            self.meetings,
            self.reservations,
            decisions=self.decisions,
            partners=self.program.partners,
        )

    @cached_property
    def program_papers(self) -> ProgramPapers:
        """What the program's records print; loaded when first asked."""
        from perpudesk.program.paperwork import ProgramPapers

        return ProgramPapers(self.branch, self.equipment, self.program, self.attachments)

    @cached_property
    def program(self) -> ProgramService:
        """Partners, advocacy, budgets, media, stories; loaded when first asked."""
        from perpudesk.program.service import ProgramService

        return ProgramService(self.store, self.notify, self.patrons)

    @cached_property
    def workstations(self) -> WorkstationService:
        """The computers of the branch; loaded when first asked, as all that is about them."""
        from perpudesk.computers.workstations import WorkstationService

        return WorkstationService(self.store, self.notify)

    @cached_property
    def computers(self) -> ComputerService:
        """Computer sessions at the desk."""
        from perpudesk.computers.service import ComputerService

        return ComputerService(self.store, self.notify, self.branch, self.visits, self.workstations)

    @cached_property
    def queue(self) -> QueueService:
        """Who waits for a computer."""
        from perpudesk.computers.queue import QueueService

        return QueueService(self.store, self.notify, self.branch, self.workstations, self.computers)

    @cached_property
    def reservations(self) -> ReservationService:
        """Computers kept for a person or a class."""
        from perpudesk.computers.reserving import ReservationService

        return ReservationService(self.store, self.notify, self.workstations)

    @cached_property
    def session_mending(self) -> SessionMending:
        """Computer sessions mended and entered afterwards."""
        from perpudesk.computers.mending import MendingService as SessionMending

        return SessionMending(self.store, self.notify, self.branch, self.workstations)

    @cached_property
    def session_records(self) -> SessionRecords:
        """Computer sessions of all years, to be found."""
        from perpudesk.computers.records import SessionRecords

        return SessionRecords(self.store)

    @cached_property
    def imported_sessions(self) -> ImportedService:
        """Computer sessions and workstations that files bring."""
        from perpudesk.computers.imported import ImportedService

        return ImportedService(self.store)

    @cached_property
    def recovery(self) -> RecoveryService:
        """What becomes of open sessions when the program is cut off."""
        from perpudesk.computers.recovery import RecoveryService

        return RecoveryService(self.store, self.notify, self.branch)

    @cached_property
    def sheets(self) -> SheetService:
        """What was counted on paper; loaded when first asked."""
        from perpudesk.visits.sheets import SheetService

        return SheetService(
            self.store, self.notify, self.branch, self.visits, is_closed=self._is_closed
        )

    def _is_closed(self, day: date) -> bool:
        """Whether the month of the day is closed, and unchanged since."""
        return bool(self.closings.final_among([day]))

    @cached_property
    def mending(self) -> MendingService:
        """Visits of all years, to be found and mended; loaded when first asked."""
        from perpudesk.visits.mending import MendingService

        return MendingService(self.store, self.notify)

    @cached_property
    def totals(self) -> TotalsService:
        """Totals and targets of whole months; loaded when first asked."""
        from perpudesk.totals.service import TotalsService

        return TotalsService(self.store, self.notify)

    @cached_property
    def reports(self) -> ReportService:
        """Figures and what is printed of them; loaded when first asked."""
        from perpudesk.reports.service import ReportService

        return ReportService(self.store, self.branch, self.visits, self.totals)

    @cached_property
    def closings(self) -> ClosingService:
        """Months that were closed; loaded when first asked."""
        from perpudesk.reports.closings import ClosingService

        return ClosingService(self.store, self.notify, self.reports)

    @cached_property
    def papers(self) -> PaperService:
        """What is printed beside the report; loaded when first asked."""
        from perpudesk.reports.paperwork import PaperService

        return PaperService(self.store, self.branch, self.visits, self.totals, self.reports)

    @cached_property
    def history(self) -> HistoryService:
        """Who did what; loaded when first asked."""
        from perpudesk.history.service import HistoryService

        return HistoryService(self.store)

    @cached_property
    def leaving(self) -> LeavingService:
        """Everything as open tables; loaded when first asked."""
        from perpudesk.leaving.service import LeavingService

        return LeavingService(self.store)

    @cached_property
    def privacy(self) -> PrivacyService:
        """What is held on people, and its erasure; loaded when first asked."""
        from perpudesk.privacy.service import PrivacyService

        return PrivacyService(self.store, self.branch, self.patrons)

    @cached_property
    def backups(self) -> BackupService:
        """Copies of the records; loaded when first asked."""
        from perpudesk.backups.service import BackupService

        return BackupService(self.store)

    @cached_property
    def handover(self) -> HandoverService:
        """What the next officer must know; loaded when first asked."""
        from perpudesk.handover.service import HandoverService

        return HandoverService(
            self.reports,
            self.backups,
            self.access,
            agenda=self.agenda,
            decisions=self.decisions,
            patrons=self.patrons,
        )

    @cached_property
    def importing(self) -> ImportService:
        """Files of other programs; loaded when first asked."""
        from perpudesk.importing.service import ImportService

        return ImportService(
            self.store,
            self.branch,
            self.patrons,
            visits=self.visits,
            totals=self.totals,
            batches=self.batches,
            workstations=self.workstations,
            sessions=self.imported_sessions,
            copy_first=self._copy_first,
        )

    def _copy_first(self) -> None:
        """A copy before a file changes many records at once, unless nothing changed since.

        Inside a transaction it is for whoever began it to have copied.
        """
        from perpudesk.backups.model import Why

        if not self.store.is_writing and self.backups.changed_since():
            self.backups.make(why=Why.IMPORT)

    @cached_property
    def batches(self) -> BatchService:
        """Files that came in; loaded when first asked."""
        from perpudesk.importing.batches import BatchService

        return BatchService(
            self.store,
            self.notify,
            patrons=self.patrons,
            visits=self.visits,
            sessions=self.imported_sessions,
            totals=self.totals,
            trainings=self.trainings,
            meetings=self.meetings,
            communities=self.communities,
        )

    def subscribe(self, listener: Callable[[Topic], None]) -> None:
        """Call `listener` with each matter that changed, after it is on the disk."""
        self._listeners.append(listener)

    def notify(self, topic: Topic) -> None:
        """Tell every listener, as soon as the open transaction is on the disk."""
        self.store.when_stored(partial(self._tell, topic))

    def _tell(self, topic: Topic) -> None:
        for listener in tuple(self._listeners):
            listener(topic)
