"""The communities at the left, their meetings or the open decisions beside them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from perpudesk.attachments.form import Attached
from perpudesk.attachments.service import AttachmentService
from perpudesk.attendance.form.paste import ReadList
from perpudesk.attendance.meetings import MeetingService
from perpudesk.attendance.model import when_text
from perpudesk.attendance.service import AttendanceService
from perpudesk.branch.service import BranchService
from perpudesk.communities.decisions import DecisionService
from perpudesk.communities.form.community import CommunityDialog, MembersDialog
from perpudesk.communities.form.decision import (
    TICK_KEY,
    DecisionDialog,
    DecisionsDialog,
    decision_columns,
    tick,
)
from perpudesk.communities.form.gathering import GatheringDialog
from perpudesk.communities.form.listing import AttendanceDialog, print_list
from perpudesk.communities.gatherings import GatheringService
from perpudesk.communities.model import Community, Decision, Gathering
from perpudesk.communities.page.figures import Figures
from perpudesk.communities.page.shelf import (
    ADD_KEY,
    ALL,
    DECISIONS,
    EDIT_KEY,
    Shelf,
    ShelfLine,
    lines_of,
)
from perpudesk.communities.paperwork import GatheringPapers
from perpudesk.communities.service import CommunityService
from perpudesk.core.codes import MeetingRole, MeetingState, label
from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.formats import NOTHING, date_digits, number
from perpudesk.core.i18n import tr, trn
from perpudesk.core.topics import Topic
from perpudesk.patrons.service import PatronService
from perpudesk.ui import theme
from perpudesk.ui.cards import Card
from perpudesk.ui.layout import LEAST_TALL, Beside, Scroll
from perpudesk.ui.page import Page
from perpudesk.ui.register import Register
from perpudesk.ui.tables import REST, Column
from perpudesk.ui.told import PageToasts, WayBack

_LIST, _FIGURES, _ROOM_FOR_FIGURES = 236, 232, 1040
"""Px at 100 %: the list, the cards at the right, and a page that has room for them."""
_WITHIN = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
_TONES = {
    MeetingState.PLANNED: "info",
    MeetingState.HELD: "ok",
    MeetingState.CANCELLED: "neutral",
}
LIST_KEY, DECIDE_KEY, HOLD_KEY, CANCEL_KEY, PRINT_KEY = "H", "K", "L", "B", "P"
MEETING_KIND = "meetings"
"""What attachments of a meeting call it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Everything that the page asks."""

    communities: CommunityService
    gatherings: GatheringService
    decisions: DecisionService
    attendance: AttendanceService
    meetings: MeetingService
    attachments: AttachmentService
    papers: GatheringPapers
    patrons: PatronService
    branch: BranchService
    read_list: ReadList | None = None


class CommunitiesPage(Page):
    """Communities, their activities and what these decided."""

    topics = frozenset({Topic.ACTIVITIES, Topic.BRANCH, Topic.PATRONS})

    def __init__(
        self,
        services: Services,
        *,
        undo: Callable[[], object],
        redo: Callable[[], object],
        practice: Callable[[], bool],
        parent: QWidget | None = None,
    ) -> None:
        """`undo` and `redo` raise `RuleError` when they cannot."""
        super().__init__("communities", tr("Communities"), parent=parent)
        self._with, self._undo, self._practice = services, undo, practice
        self._key = ALL
        self._came: dict[str, int | None] = {}
        self._back = WayBack(undo, redo, nullcontext, parent=self)
        self._toasts = PageToasts(self, self._back.undo)
        self._back.said.connect(self._toasts.say)
        self._make_dialogs()
        self.shelf = Shelf(self.add_community, self.edit_community)
        self.figures = Figures()
        self.meetings = self._make_meetings()
        self.decisions = self._make_decisions()
        self._lay_out()
        self._connect()

    def _make_dialogs(self) -> None:
        with_ = self._with
        self.community = CommunityDialog(
            with_.communities, with_.patrons, with_.branch, parent=self
        )
        self.community.stored.connect(self._on_community)
        self.members = MembersDialog(with_.communities, with_.branch, parent=self)
        self.members.stored.connect(self._on_community)
        self.gathering = GatheringDialog(
            with_.gatherings, with_.communities, with_.meetings, with_.branch, parent=self
        )

    def _make_meetings(self) -> Register:
        made = Register(
            tr("Activities"),
            [
                Column(title=tr("Date"), text=lambda each: date_digits(each.meeting.schedule.day)),
                Column(
                    title=tr("Activity"),
                    text=lambda each: each.meeting.title or "",
                    kind="strong",
                    width=REST,
                    detail=_about,
                ),
                Column(title=tr("People"), text=self._people, align="right"),
                Column(
                    title="",
                    text=lambda each: label(each.meeting.state),
                    kind="pill",
                    tone=lambda each: _TONES[each.meeting.state],
                ),
            ],
            rows=self._gatherings,
            dialog=self.gathering,
            remove=lambda each: self._with.gatherings.remove(each.id),
            undo=self._undo,
            name=lambda each: each.meeting.title or "",
            new=tr("New activity"),
            empty=tr(
                "No activity is written down yet: a meeting of a community, with stakeholders, or "
                "to learn from one another. It may be planned ahead."
            ),
            icon="community",
        )
        made.add_deed(LIST_KEY, tr("Who came"), self.take_list)
        made.add_deed(DECIDE_KEY, tr("Decisions"), self.decide)
        made.add_deed(HOLD_KEY, tr("Held"), self._on_hold)
        made.add_deed(CANCEL_KEY, tr("Cancel it"), self._on_cancel)
        made.add_deed(PRINT_KEY, tr("List"), self._on_print)
        self.files = Attached(self._with.attachments, MEETING_KIND, undo=self._undo)
        made.add_below(self.files)
        made.chosen.connect(lambda each: self.files.show_of(None if each is None else each.id))
        return made

    def _make_decisions(self) -> Register:
        with_ = self._with
        made = Register(
            tr("Decisions"),
            decision_columns(with_.branch.today, of_all=True),
            rows=lambda: [*with_.decisions.open(), *with_.decisions.done()],
            dialog=DecisionDialog(with_.decisions, with_.patrons, with_.branch, parent=self),
            remove=lambda each: with_.decisions.remove(each.id),
            undo=self._undo,
            name=lambda each: each.text,
            new="",
            empty=tr(
                "Nothing is open. What a meeting decides is written down at the meeting: choose it "
                "and press K."
            ),
            sentence=tr("Open ones first, the soonest due on top; what is done stays below."),
            icon="check",
        )
        made.add_deed(TICK_KEY, tr("Done"), self._on_tick)
        return made

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        for register in (self.meetings, self.decisions):
            card = Card()
            card.add(register, 1)
            self._stack.addWidget(card)
        self._right = Scroll(self.figures)
        parts = (self.shelf, self._stack, self._right)
        self.body.addWidget(Beside(*parts, wide=(_LIST, 0, _FIGURES), tall=LEAST_TALL), 1)
        self.setFocusProxy(self.shelf)

    def _connect(self) -> None:
        self.shelf.chosen.connect(self._on_chosen)
        self.shelf.opened.connect(self._on_opened)
        self.shelf.remove_asked.connect(self._on_remove)
        self.add_key("Ctrl+N", tr("New activity"), self._on_new)
        self.add_key(ADD_KEY, tr("New community"), self.add_community)
        self.add_key(EDIT_KEY, tr("Change the community"), self.edit_community)
        self.add_key("Ctrl+G", tr("Count its members"), self._on_members)
        self.add_key("Ctrl+D", tr("Decisions of all meetings"), self.open_decisions)
        self.add_key("Ctrl+Z", tr("Undo"), self._back.undo)
        self.add_key("Ctrl+Shift+Z", tr("Redo"), self._back.redo)
        for key, text in (
            (tr("Enter"), tr("Change the chosen activity")),
            (LIST_KEY, tr("Who came: list, scans, head count")),
            (DECIDE_KEY, tr("What it decided")),
            (HOLD_KEY, tr("It was held, whether or not anybody counted")),
            (CANCEL_KEY, tr("Cancel it, or plan it again")),
            (PRINT_KEY, tr("Print its attendance list")),
            (TICK_KEY, tr("In the decisions: done")),
        ):
            self.add_key_use(key, text)

    # ---------------------------------------------------------------- what is seen

    def refresh(self) -> None:
        with_, today = self._with, self._with.branch.today()
        activities = with_.communities.activity()
        fields = {
            each.slug: each.label for each in with_.branch.entries("community_fields", retired=True)
        }
        open_ = with_.decisions.open()
        overdue = sum(each.overdue(today) for each in open_)
        lines = lines_of(activities, fields, open_=len(open_), overdue=overdue)
        if self._key not in {each.key for each in lines}:
            self._key = ALL
        key = self._key
        self.shelf.show_lines(lines)
        self._key = key  # the cursor was still on what was shown before
        count = len(activities)
        words = trn("{count} community", "{count} communities", count, count=number(count))
        states = [(words, "neutral")]
        if overdue:
            states.append((trn("{n} overdue", "{n} overdue", overdue), "error"))
        self.header.set_status(*states)
        self.shelf.table.select(self._key)
        self._show()

    def _show(self) -> None:
        line = self.shelf.current()
        register = self.decisions if self._key == DECISIONS else self.meetings
        self._stack.setCurrentIndex(0 if register is self.meetings else 1)
        register.refresh()
        activity = None if line is None else line.activity
        self.shelf.change.setEnabled(activity is not None)
        self.header.set_title(self.title, f"{_WITHIN} {line.title}" if line else "")
        if activity is not None:
            self.figures.show_activity(activity, self._with.branch.today())
        self._right.setVisible(activity is not None and self._has_room())

    def open_meeting(self, meeting_id: str) -> None:
        """Show an activity, as whoever opened the page wants."""
        self._key = ALL
        self.refresh()
        self.meetings.table.select(meeting_id, among=self.meetings.table.rows.rowCount())
        self.meetings.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def open_decisions(self) -> None:
        """Show the decisions of all meetings, the most urgent one chosen."""
        self._key = DECISIONS
        self.refresh()
        self.decisions.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def plan(self, day: date) -> None:
        """Begin a new activity on that day."""
        self.gathering.day = day
        self._on_new()
        self.gathering.day = self._with.branch.today()

    def _gatherings(self) -> list[Gathering]:
        community = None if self._key in (ALL, DECISIONS) else self._key
        found = self._with.gatherings.all(community)[::-1]
        self._came = self._with.attendance.came([each.id for each in found])
        return found

    def _people(self, gathering: Gathering) -> str:
        return number(self._came[gathering.id]) if gathering.meeting.held else ""

    def _has_room(self) -> bool:
        return self.width() >= theme.current().px(_ROOM_FOR_FIGURES)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        line = self.shelf.current()
        known = line is not None and line.activity is not None
        self._right.setVisible(known and self._has_room())

    # ---------------------------------------------------------------- what is done

    def _on_chosen(self, line: ShelfLine) -> None:
        if line.key != self._key:
            self._key = line.key
            self._show()

    def _on_opened(self, _line: ShelfLine) -> None:
        register = self.decisions if self._key == DECISIONS else self.meetings
        register.setFocus(Qt.FocusReason.TabFocusReason)

    def _chosen_community(self) -> Community | None:
        line = self.shelf.current()
        return None if line is None or line.activity is None else line.activity.community

    def add_community(self) -> None:
        """Begin a new community."""
        self.community.begin()

    def edit_community(self) -> None:
        """Change the chosen community."""
        if (community := self._chosen_community()) is not None:
            self.community.begin(community)

    def _on_members(self) -> None:
        if (community := self._chosen_community()) is not None:
            self.members.begin(community)

    def _on_community(self, community: Community) -> None:
        self._key = community.id
        self.refresh()
        said = tr("Saved: {what}.", what=community.name)
        self._toasts.say(said, tr("Undo"), self._back.undo, "Ctrl+Z")

    def _on_remove(self, line: ShelfLine) -> None:
        if line.activity is None:
            return
        try:
            self._with.communities.remove(line.key)
        except PerpuDeskError as error:
            self._toasts.say(error.sentence())
            return
        said = tr("Removed: {what}.", what=line.title)
        self._toasts.say(said, tr("Undo"), self._back.undo, "Ctrl+Z")

    def _on_new(self) -> None:
        community = self._chosen_community()
        self.gathering.community_id = None if community is None else community.id
        if self._key == DECISIONS:
            self._key = ALL
            self.refresh()
        self.meetings.begin()

    def take_list(self, gathering: Gathering) -> None:
        """Say who was at a meeting."""
        with_ = self._with
        dialog = AttendanceDialog(
            gathering,
            with_.attendance,
            with_.meetings,
            with_.patrons,
            with_.branch,
            undo=self._undo,
            print_=lambda: self._on_print(gathering),
            parent=self.window(),
        )
        dialog.table.read_list = with_.read_list
        dialog.finished.connect(self._on_dialog_over)
        dialog.open()

    def decide(self, gathering: Gathering) -> None:
        """Write down what a meeting decided."""
        with_ = self._with
        dialog = DecisionsDialog(
            with_.decisions,
            with_.patrons,
            with_.branch,
            gathering,
            undo=self._undo,
            parent=self.window(),
        )
        dialog.finished.connect(self._on_dialog_over)
        dialog.open()

    def _on_dialog_over(self) -> None:
        sender = self.sender()
        self.refresh()
        self.meetings.setFocus()
        if sender is not None:
            sender.deleteLater()

    def _on_print(self, gathering: Gathering) -> None:
        found = self._with.gatherings.get(gathering.id)
        print_list(self._with.papers, found, practice=self._practice(), parent=self)

    def _on_hold(self, gathering: Gathering) -> None:
        meetings, held = self._with.meetings, gathering.meeting.held
        deed = meetings.reopen if held else meetings.hold
        said = tr("Planned again.") if held else tr("Held: {what}.", what=gathering.meeting.title)
        self.meetings.attempt(lambda: deed(gathering.id), said)

    def _on_cancel(self, gathering: Gathering) -> None:
        meetings = self._with.meetings
        gone = gathering.meeting.state is MeetingState.CANCELLED
        deed = meetings.reopen if gone else meetings.cancel
        said = (
            tr("Planned again.") if gone else tr("Cancelled: {what}.", what=gathering.meeting.title)
        )
        self.meetings.attempt(lambda: deed(gathering.id), said)

    def _on_tick(self, decision: Decision) -> None:
        tick(self.decisions, self._with.decisions, decision)


def _about(gathering: Gathering) -> str:
    """Whose it is, what kind, and what the library did where that is not all of it."""
    role = "" if gathering.role is MeetingRole.ORGANISED else label(gathering.role)
    parts = (
        when_text(gathering.meeting.schedule),
        "" if gathering.community == gathering.meeting.title else gathering.community or "",
        label(gathering.kind),
        role,
        gathering.meeting.schedule.place or "",
    )
    return " · ".join(filter(None, parts)) or NOTHING
