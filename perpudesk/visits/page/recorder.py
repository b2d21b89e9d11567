"""Recording at the desk: what a tap, a card or a name becomes, and what has to be asked first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, tzinfo

from PySide6.QtCore import QObject, Signal

from perpudesk.branch.model import needs_asking
from perpudesk.branch.service import BranchService
from perpudesk.core.codes import UNKNOWN, ClosedReason, DayState, Sex, VisitorType
from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.formats import clock_text
from perpudesk.core.i18n import tr, trn
from perpudesk.core.times import zone
from perpudesk.patrons.model import Patron, PatronDraft, Profile
from perpudesk.patrons.service import PatronService
from perpudesk.visits.form.questions import Answer, Question
from perpudesk.visits.model import Visit, VisitDraft
from perpudesk.visits.scan import card_number
from perpudesk.visits.service import VisitService

Work = Callable[[], None]


class Recorder(QObject):
    """Makes records and tells about them; what cannot be done at once waits in a question."""

    recorded = Signal(object)
    """A `Visit` is on the disk."""
    asked = Signal(object)
    """A `Question` for the librarian."""
    settled = Signal(str)
    """What a question was about; it need not be answered any more."""
    told = Signal(str, str, object)
    """A sentence, the words of a button or nothing, and what the button does."""
    registration_asked = Signal(object)
    """A `PatronDraft` to register; the visit follows."""
    changed = Signal()
    """The state of today was set, or a visit was given a name."""

    def __init__(
        self,
        visits: VisitService,
        patrons: PatronService,
        branch: BranchService,
        now: Callable[[], datetime],
        *,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._visits, self._patrons, self._branch, self._now = visits, patrons, branch, now
        self.purpose = UNKNOWN
        self.occupation = UNKNOWN
        self.closed = False
        """Whether today is known as closed: then the first visit asks."""
        self.working = False
        """Whether a change that is heard of right now is our own."""
        self.cards: dict[str, str] = {}
        """Numbers of unknown cards by the visit they were recorded as; ends with the window."""
        self._till_open: list[Work] = []
        self._failed: list[Work] = []

    @property
    def where(self) -> tzinfo:
        """The branch's zone."""
        return zone(self._branch.current().zone)

    @property
    def today(self) -> date:
        """The day on the branch's calendar."""
        return self._now().astimezone(self.where).date()

    @contextmanager
    def own(self) -> Iterator[None]:
        """What changes in this block is our own doing, shown by whoever did it."""
        before, self.working = self.working, True
        try:
            yield
        finally:
            self.working = before

    def tap(self, sex: str, band: str, count: int) -> None:
        """So many alike came: one record."""
        profile = Profile(
            sex=Sex(sex),
            age_band=None if band == UNKNOWN else band,
            occupation=self.occupation,
        )
        self.record(VisitDraft(profile=profile, count=count, purpose=self.purpose))

    def record(self, draft: VisitDraft) -> None:
        """Record a draft, after asking if the branch is closed today."""
        self._when_open(lambda: self._store(lambda: self._visits.record(draft)))

    def holder_of(self, number: str) -> Patron | None:
        """Whose card that is."""
        return self._patrons.by_number(card_number(number))

    def scan(self, number: str) -> None:
        """A card was read: record its holder, or ask what an unknown card is."""
        number = number.strip()
        patron = self.holder_of(number)
        if patron is not None:
            self.visit_of(patron)
            return
        draft = PatronDraft(name="", member_number=number)
        self.asked.emit(
            Question(
                about=f"card {number}",
                text=tr("Nobody has the card {number} yet.", number=number[:40]),
                answers=(
                    Answer(text=tr("Record without a name"), slot=lambda: self._unnamed(number)),
                    Answer(
                        text=tr("Register…"),
                        slot=lambda: self.registration_asked.emit(draft),
                        key="Ctrl+Enter",
                    ),
                ),
                refused=lambda: self._told(
                    tr("The card {number} was not recorded.", number=number[:40]),
                    lambda: self.scan(number),
                ),
            )
        )

    def visit_of(self, patron: Patron) -> None:
        """Record someone known by name; a second time within the window asks once."""
        self._when_open(lambda: self._once(patron))

    def _once(self, patron: Patron) -> None:
        since = self._visits.repeat_since(patron.id)
        if since is None:
            self._named(patron)
            return
        time = clock_text(since.astimezone(self.where))
        self.asked.emit(
            Question(
                about=f"patron {patron.id}",
                text=tr(
                    "{name} was already recorded at {time}. Record again?",
                    name=patron.name,
                    time=time,
                ),
                answers=(Answer(text=tr("Record again"), slot=lambda: self._named(patron)),),
                refused=lambda: self._told(
                    tr("{name} was not recorded again.", name=patron.name),
                    lambda: self._named(patron),
                ),
            )
        )

    def _named(self, patron: Patron) -> None:
        self._store(lambda: self._visits.record_patron(patron, purpose=self.purpose))

    def _unnamed(self, number: str) -> None:
        """A visitor with a card that nobody has: whether a member, we cannot say."""
        draft = VisitDraft(purpose=self.purpose, type=VisitorType.UNKNOWN)

        def work() -> Visit:
            visit = self._visits.record(draft)
            self.cards[visit.id] = number
            return visit

        self._when_open(lambda: self._store(work))

    def give_name(self, visit: Visit, patron: Patron) -> None:
        """The visitor of a card that was unknown then is registered now."""
        try:
            with self.own():
                self._visits.give_name(visit.id, patron)
        except PerpuDeskError as error:
            self.told.emit(error.sentence(), "", None)
            return
        self.cards.pop(visit.id, None)
        self.changed.emit()

    def set_day(self, state: DayState, reason: ClosedReason | None = None) -> None:
        """Set what today is; a day that has visits asks before it is closed."""
        (info,) = self._visits.days(self.today, self.today)
        if not needs_asking(info, state):
            self._set_day(state, reason)
            return
        self.asked.emit(
            Question(
                about="closing",
                text=trn(
                    "{n} visit was recorded today. Say that today was closed all the same?",
                    "{n} visits were recorded today. Say that today was closed all the same?",
                    info.visits,
                ),
                answers=(
                    Answer(text=tr("It was closed"), slot=lambda: self._set_day(state, reason)),
                ),
                refused=lambda: None,
            )
        )

    def _set_day(self, state: DayState, reason: ClosedReason | None = None) -> bool:
        try:
            with self.own():
                self._branch.set_state(self.today, state, reason)
        except PerpuDeskError as error:
            self.told.emit(error.sentence(), "", None)
            return False
        self.changed.emit()
        return True

    def _when_open(self, work: Work) -> None:
        """Do it, or keep it until somebody has said that the branch is open after all."""
        if not self.closed:
            work()
            return
        self._till_open.append(work)
        self._ask_to_open()

    def _ask_to_open(self) -> None:
        waiting = len(self._till_open)
        one = tr("Today is down as closed. Open today and record it?")
        more = tr("Today is down as closed. Open today and record all {n}?", n=waiting)
        self.asked.emit(
            Question(
                about="opening",
                text=one if waiting == 1 else more,
                answers=(Answer(text=tr("Open and record"), slot=self._open),),
                refused=self._stay_closed,
            )
        )

    def _open(self) -> None:
        """Open today and record what waits; it waits on when the disk refuses."""
        if not self._set_day(DayState.OPEN_COUNTED):
            self._ask_to_open()
            return
        self.closed = False
        works, self._till_open = self._till_open, []
        for work in works:
            work()

    def _stay_closed(self) -> None:
        works, self._till_open = self._till_open, []

        def again() -> None:
            self._till_open = [*works, *self._till_open]
            self.settled.emit("opening")
            self._open()

        text = trn("{n} visit was not recorded.", "{n} visits were not recorded.", len(works))
        self._told(text, again, button=tr("Open and record"))

    def _store(self, work: Callable[[], Visit]) -> None:
        """Record; when the disk refuses, keep what was to be recorded and offer it again."""
        try:
            with self.own():
                visit = work()
        except PerpuDeskError as error:
            self._failed.append(lambda: self._store(work))
            self._ask_again(error)
            return
        self.recorded.emit(visit)

    def _ask_again(self, error: PerpuDeskError) -> None:
        waiting = len(self._failed)
        left = trn("{n} visit is not recorded yet.", "{n} visits are not recorded yet.", waiting)
        self.asked.emit(
            Question(
                about="failure",
                text=f"{error.sentence()} {left}",
                answers=(Answer(text=tr("Try again"), slot=self._try_again),),
                refused=self._give_up,
                refusal=tr("Leave it"),
                tone="error",
            )
        )

    def _try_again(self) -> None:
        works, self._failed = self._failed, []
        for work in works:
            work()

    def _give_up(self) -> None:
        works, self._failed = self._failed, []

        def again() -> None:
            self._failed = [*works, *self._failed]
            self.settled.emit("failure")
            self._try_again()

        text = trn("{n} visit was not recorded.", "{n} visits were not recorded.", len(works))
        self._told(text, again, button=tr("Try again"))

    def _told(self, text: str, again: Work, *, button: str = "") -> None:
        self.told.emit(text, button or tr("Record"), again)
