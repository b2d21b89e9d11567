"""A month from its sampled days: which were sampled, the sum in words, and then it is stored."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from perpudesk.branch.model import DayInfo
from perpudesk.core.codes import DayState
from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.formats import month_name, number
from perpudesk.core.i18n import tr, trc, trn
from perpudesk.core.times import Period
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.calendar import MonthView
from perpudesk.ui.cards import Card
from perpudesk.ui.layout import CARD_GAP, Scroll, boxed, column, fill, row
from perpudesk.ui.marks import KeyHint
from perpudesk.ui.text import Divider, Text
from perpudesk.visits.sheets import SheetService
from perpudesk.visits.typical import Estimate, Role


class TypicalDialog(QDialog):
    """Space marks a day or takes the mark away; what comes of it stands beside, live."""

    stored = Signal(object)
    """A `Stored`: the estimate is on the disk."""

    def __init__(
        self, sheets: SheetService, day: date, *, today: date, parent: QWidget | None = None
    ) -> None:
        """Open at the month of `day`, all of its counted days sampled but today, which goes on."""
        super().__init__(parent)
        self.setWindowTitle(tr("Estimate a month"))
        self._sheets, self._today = sheets, today
        self._days: list[DayInfo] = []
        self._roles: dict[date, Role] = {}
        self._sampled: set[date] = set()
        self._left_out: set[date] = set()
        self._found: Estimate | None = None
        self.month = MonthView(day)
        self.month.grid.set_today(today, today)
        self.panel = _SumPanel()
        self.save = Button(
            tr("Store the estimate"), self._on_save, kind="primary", key="Ctrl+Enter"
        )
        self._place()
        self.month.grid.chosen.connect(self._on_chosen)
        self.month.grid.month_turned.connect(self._load)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._on_save)
        self._load(day)
        self.month.setFocus()

    def _place(self) -> None:
        about = Text(
            tr(
                "Mark the days that were counted as in any week. Their mean times the open days is "
                "the estimate of the month. The difference is shared out evenly among the open "
                "days that have no number yet."
            ),
            "small",
            wrap=True,
        )
        keys = row(KeyHint("← ↑ ↓ →"), Text(tr("day"), "small"), KeyHint(tr("Space")), gap=6)
        keys.addWidget(Text(tr("mark, or take the mark away"), "small"))
        keys.addStretch(1)
        left = column(about, self.month, keys)
        left.setStretchFactor(self.month, 1)
        line = row(boxed(left), self.panel, gap=CARD_GAP)
        line.setStretch(0, 4)
        line.setStretch(1, 3)
        close = Button(tr("Close"), self.reject, key=tr("Esc"))
        box = column(
            Text(tr("Estimate a month"), "heading"), line, row(None, close, self.save), gap=CARD_GAP
        )
        box.setStretch(1, 1)
        box.setContentsMargins(20, 14, 20, 18)
        fill(self, box)
        look, room = theme.current(), self.screen().availableGeometry()
        wide = min(look.px(920), room.width() - 24)
        self.resize(wide, min(look.px(560), room.height() - 48))

    @property
    def _period(self) -> Period:
        return Period.month_of(self.month.grid.day)

    def _load(self, day: date) -> None:
        """Read a month; its counted days are the sample to begin with, but today, which goes on."""
        period = Period.month_of(day)
        self._days = self._sheets.month(period)
        self._roles = self._sheets.roles(period)
        counted = {day for day, role in self._roles.items() if role is Role.COUNTED}
        self._sampled = counted - {self._today}
        self._left_out = set()
        self._count()

    def _on_chosen(self, day: date) -> None:
        """Turn what the day is for the estimate; a closed or an estimated day stays."""
        role = self._roles[day]
        marked = {Role.COUNTED: self._sampled, Role.WANTING: self._left_out}.get(role)
        if marked is not None:
            marked ^= {day}
            self._count()

    def _count(self) -> None:
        try:
            self._found = self._sheets.estimate(
                self._period, sampled=self._sampled, left_out=self._left_out
            )
        except PerpuDeskError as error:
            self._found = None
            self.panel.show_problem(self._period, error.sentence())
        else:
            self.panel.show_estimate(self._period, self._found)
        self.save.setEnabled(self._found is not None)
        self.month.grid.set_marks(self._marks())

    def _marks(self) -> dict[date, tuple[str, str]]:
        shares = dict(self._found.shares) if self._found else {}
        marks = {}
        for info in self._days:
            match self._roles[info.date]:
                case Role.COUNTED if info.date in self._sampled:
                    mark = (f"✓ {number(info.visits)}", "ok")
                case Role.COUNTED | Role.KNOWN:
                    mark = (number(info.visits), "neutral")
                case Role.WANTING if info.date not in self._left_out:
                    share = shares.get(info.date)
                    mark = ("?" if share is None else f"+{number(share)}", "info")
                case Role.WANTING:
                    mark = (trc("day", "not open"), "neutral")
                case _ if info.state is DayState.CLOSED:
                    mark = (trc("day", "closed"), "neutral")
                case _:
                    continue
            marks[info.date] = mark
        return marks

    def _on_save(self) -> None:
        if self._found is None:
            return
        period = self._period
        if self._sheets.is_closed(period.first) and not self.panel.confirmed:
            self.panel.ask_about_closed(period)
            return
        try:
            stored = self._sheets.save_estimate(period, self._found)
        except PerpuDeskError as error:
            self.panel.show_problem(period, error.sentence())
            return
        self.accept()
        self.stored.emit(stored)


class _SumPanel(Card):
    """The estimate step by step, as one would explain it."""

    def __init__(self) -> None:
        super().__init__("–", role="heading")
        self.confirmed = False
        self._problem = Text("", "error", wrap=True)
        self._lines = [Text("", "body", wrap=True) for _ in range(4)]
        self._result = Text("", "title")
        self._added = Text("", "strong", wrap=True)
        inside = column(self._problem, *self._lines, Divider(), self._result, self._added, None)
        self.add(Scroll(boxed(inside)), 1)
        self.add(
            Text(
                tr("Every total says that it is partly an estimate. One undo takes it back."),
                "small",
                wrap=True,
            )
        )

    def show_problem(self, period: Period, sentence: str) -> None:
        """Say why nothing can be estimated."""
        self._show(period, sentence, [""] * 4, "", "")

    def ask_about_closed(self, period: Period) -> None:
        """The month is closed; the same key again stores."""
        self.confirmed = True
        self._problem.setText(
            tr(
                "{month} is closed already; it will be marked as changed. Ctrl+Enter again stores.",
                month=month_name(period.first),
            )
        )
        self._problem.show()

    def show_estimate(self, period: Period, found: Estimate) -> None:
        """The sum in words."""
        days, missing = len(found.sampled), len(found.shares)
        visits = number(found.sampled_visits)
        lines = [
            trn(
                "{count} sampled day with {visits} visits together",
                "{count} sampled days with {visits} visits together",
                days,
                count=number(days),
                visits=visits,
            ),
            tr(
                "{visits} ÷ {days} = {mean} on a day",
                visits=visits,
                days=number(days),
                mean=number(found.mean, 1),
            ),
            tr(
                "{open} open days: {known} with a number, {missing} without",
                open=number(found.open_days),
                known=number(found.open_days - missing),
                missing=number(missing),
            ),
            tr(
                "{visits} ÷ {days} × {open} = {total}",
                visits=visits,
                days=number(days),
                open=number(found.open_days),
                total=number(found.total),
            ),
        ]
        result = trn("{count} visit", "{count} visits", found.total, count=number(found.total))
        added = trn(
            "{known} are known; {count} is added, on {missing} days, as an estimate.",
            "{known} are known; {count} are added, on {missing} days, as an estimate.",
            found.added,
            count=number(found.added),
            known=number(found.known),
            missing=number(missing),
        )
        self._show(period, "", lines, result, added)

    def _show(
        self, period: Period, problem: str, lines: list[str], result: str, added: str
    ) -> None:
        self.confirmed = False
        self.set_title(month_name(period.first))
        for text, words in zip(
            (self._problem, *self._lines, self._result, self._added),
            (problem, *lines, result, added),
            strict=True,
        ):
            text.setText(words)
            text.setVisible(bool(words))
