"""What a meeting decided: its form, and the list of one meeting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from perpudesk.branch.service import BranchService
from perpudesk.communities.decisions import DecisionService
from perpudesk.communities.model import Decision, DecisionDraft, Gathering
from perpudesk.core.formats import NOTHING, date_digits, date_long
from perpudesk.core.i18n import tr, trc
from perpudesk.patrons.form import PatronDialog
from perpudesk.patrons.model import Patron, PatronDraft
from perpudesk.patrons.service import PatronService
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.calendar import DateField
from perpudesk.ui.fields import TextField
from perpudesk.ui.fitting import fit
from perpudesk.ui.layout import CARD_GAP, column, fill, row
from perpudesk.ui.register import RecordDialog, Register
from perpudesk.ui.tables import REST, Column
from perpudesk.visits.form.seek import LeaderField

TICK_KEY = "Space"


class DecisionDialog(RecordDialog):
    """A decision: what, whose, until when; its owner is somebody by name or an office."""

    WIDE = 600

    def __init__(
        self,
        decisions: DecisionService,
        patrons: PatronService,
        branch: BranchService,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("New decision"), tr("Change the decision"), parent=parent)
        self._decisions, self._patrons, self._branch = decisions, patrons, branch
        self.meeting_id = ""
        """Whose decision a new one is."""
        self.owner = LeaderField(tr("Owner (a name)"), patrons)
        self.owner.new_asked.connect(self._on_new_patron)
        form, today = self.form, branch.today()
        form.add("text", tr("What was decided"), TextField())
        form.add("owner_id", tr("Owner (a name)"), self.owner)
        form.add("owner_office", tr("or an office"), TextField(), beside=True)
        form.add("due_on", tr("Due on"), DateField(tr("Due on"), today=today))
        form.add("done_on", tr("Done on"), DateField(tr("Done on"), today=today), beside=True)

    def show_record(self, record: Decision | None) -> None:
        what = DecisionDraft(text="") if record is None else record.draft()
        self.form.fill(
            text=what.text,
            owner_id=what.owner_id,
            owner_office=what.owner_office,
            due_on=what.due_on,
            done_on=what.done_on,
        )

    def store(self, record: Decision | None) -> Decision:
        value = self.form.value
        draft = DecisionDraft(
            text=value("text"),
            owner_id=value("owner_id"),
            owner_office=value("owner_office"),
            due_on=value("due_on"),
            done_on=value("done_on"),
            note=None if record is None else record.note,
        )
        if record is None:
            return self._decisions.add(self.meeting_id, draft)
        return self._decisions.change(record.id, draft)

    def _on_new_patron(self, typed: str) -> None:
        draft = PatronDraft(name=typed)
        dialog = PatronDialog(self._patrons, self._branch, draft=draft, parent=self)
        dialog.saved.connect(self._on_patron)
        dialog.open()

    def _on_patron(self, patron: Patron) -> None:
        self.owner.choose(patron)
        self.owner.setFocus()


def decision_columns(today: Callable[[], date], *, of_all: bool) -> list[Column]:
    """How decisions are listed; `of_all` says of which meeting each is."""

    def about(decision: Decision) -> str:
        met = f"{decision.meeting}, {date_digits(decision.met_on)}" if of_all else ""
        return " · ".join(filter(None, (decision.owner, met)))

    return [
        Column(
            title=tr("Decision"),
            text=lambda each: each.text,
            kind="strong",
            width=REST,
            detail=about,
        ),
        Column(
            title=tr("Due on"),
            text=lambda each: NOTHING if each.due_on is None else date_digits(each.due_on),
        ),
        Column(
            title="",
            text=lambda each: _state(each, today()),
            kind="pill",
            tone=lambda each: _tone(each, today()),
        ),
    ]


def _state(decision: Decision, today: date) -> str:
    if decision.done_on is not None:
        return tr("done {date}", date=date_digits(decision.done_on))
    return tr("overdue") if decision.overdue(today) else trc("decision", "open")


def _tone(decision: Decision, today: date) -> str:
    if decision.done:
        return "ok"
    return "error" if decision.overdue(today) else "neutral"


def tick(register: Register, decisions: DecisionService, decision: Decision) -> None:
    """Say that it is done, or that it is not after all."""
    done = not decision.done
    said = tr("Done: {what}.", what=decision.text) if done else tr("Open again.")
    register.attempt(lambda: decisions.tick(decision.id, done=done), said)


class DecisionsDialog(QDialog):
    """The decisions of one meeting, one after another."""

    def __init__(
        self,
        decisions: DecisionService,
        patrons: PatronService,
        branch: BranchService,
        gathering: Gathering,
        *,
        undo: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Decisions"))
        meeting = gathering.meeting
        form = DecisionDialog(decisions, patrons, branch, parent=self)
        form.meeting_id = meeting.id
        title = f"{meeting.title}, {date_long(meeting.schedule.day)}"
        self.register_ = Register(
            tr("Decisions"),
            decision_columns(branch.today, of_all=False),
            rows=lambda: decisions.of_meeting(meeting.id),
            dialog=form,
            remove=lambda each: decisions.remove(each.id),
            undo=undo,
            name=lambda each: each.text,
            new=tr("New decision"),
            empty=tr("Nothing is written down yet. Each decision has an owner and a day."),
            sentence=title,
            icon="check",
        )
        self.register_.add_deed(
            TICK_KEY,
            tr("Done"),
            lambda each: tick(self.register_, decisions, each),
        )
        close = Button(tr("Close"), self.reject, key=tr("Esc"))
        box = column(self.register_, row(None, close), gap=CARD_GAP)
        box.setStretch(0, 1)
        box.setContentsMargins(20, 18, 20, 18)
        fill(self, box)
        for keys, slot in (("Ctrl+N", self.register_.begin), ("Ctrl+Z", self.register_.take_back)):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    def open(self) -> None:
        """Show it over its window; an empty one begins the first."""
        look = theme.current()
        fit(self, look.px(720), look.px(460))
        self.register_.refresh()
        super().open()
        self.register_.setFocus()
