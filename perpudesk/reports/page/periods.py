"""The list of periods at the left: months, quarters, semesters or years, and how far each is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QSizePolicy

from perpudesk.core.formats import period_name, period_short
from perpudesk.core.i18n import tr, trc
from perpudesk.core.times import Period, PeriodKind
from perpudesk.reports.closing import MonthState, Standing
from perpudesk.ui import theme
from perpudesk.ui.buttons import ChipGroup
from perpudesk.ui.cards import Card
from perpudesk.ui.tables import REST, Column, TableView


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodRow:
    """A period, how far it is in a word and a tone, and of a month all that is known of that."""

    period: Period
    running: bool
    """Whether days of it are still to come."""
    word: str = ""
    tone: str = ""
    state: MonthState | None = None


class PeriodsCard(Card):
    """Periods of one length, newest first; the cursor on one chooses it."""

    chosen = Signal(object)
    """The `Period` the cursor came to."""

    def __init__(
        self, rows: Callable[[PeriodKind], Sequence[PeriodRow]], *, pills: bool = True
    ) -> None:
        """`rows` are the periods of a length, read when they are shown.

        Without `pills` how far a period is stands after its name.
        """
        super().__init__()
        self._rows = rows
        self._kinds = tuple(PeriodKind)
        self.lengths = ChipGroup(tr("Length of the period"), _lengths(self._kinds))
        self.lengths.choose(PeriodKind.MONTH)
        self.lengths.chosen.connect(self._on_length)
        kind = "strong" if pills else "text"
        pill = Column(title="", text=_word, kind="pill", tone=_tone, align="right")
        text, short = (_name, _short) if pills else (_told, _told_short)
        name = Column(title="", text=text, short=short, kind=kind, width=REST)
        columns = (name, pill) if pills else (name,)
        self.table = TableView(tr("Periods"), columns, identity=lambda row: row.period)
        self.table.horizontalHeader().hide()
        self.table.row_selected.connect(self._on_row_selected)
        self.add(self.lengths)
        self.add(self.table, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def offer(self, kinds: Sequence[PeriodKind]) -> None:
        """Offer only these lengths; the first one if the chosen is none of them."""
        if tuple(kinds) != self._kinds:
            kept = self.length()
            self._kinds = tuple(kinds)
            value = kept if kept in kinds else kinds[0]
            self.lengths.set_options(_lengths(self._kinds), value=value)
        self.lengths.setVisible(len(self._kinds) > 1)
        self.refresh()

    def length(self) -> PeriodKind:
        """The length that is chosen."""
        return PeriodKind(self.lengths.value() or PeriodKind.MONTH)

    def refresh(self) -> None:
        """Read the periods again; the cursor stays, or goes to the newest that is over."""
        rows = self._rows(self.length())
        self.table.show_rows(rows)
        if self.table.current_row() is None:
            over = (row for row in rows if not row.running)
            self.choose(next(over, rows[0]).period)

    def choose(self, period: Period) -> None:
        """Put the cursor on a period, among those of its length."""
        if period.kind is not self.length():
            self.lengths.choose(period.kind)
            self.table.show_rows(self._rows(period.kind))
        self.table.select(period, among=self.table.rows.rowCount())

    def current(self) -> Period:
        """The period the cursor is on."""
        row: PeriodRow = self.table.current_row()
        return row.period

    def minimumSizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(200), look.px(190))

    def _on_length(self, _slug: str) -> None:
        self.refresh()
        self.chosen.emit(self.current())

    def _on_row_selected(self, row: PeriodRow) -> None:
        self.chosen.emit(row.period)


def running_row(period: Period, *, running: bool) -> PeriodRow:
    """A period of which only that is told."""
    word = trc("period", "running") if running else ""
    return PeriodRow(period=period, running=running, word=word, tone="neutral")


def month_row(state: MonthState, *, running: bool) -> PeriodRow:
    """A month, and whether it was closed."""
    words = {
        Standing.RUNNING: (trc("month", "running"), "neutral"),
        Standing.READY: (trc("month", "ready to close"), "warn"),
        Standing.CLOSED: (trc("month", "closed · rev {n}", n=state.edition), "ok"),
        Standing.CHANGED: (trc("month", "changed"), "error"),
    }
    word, tone = words[state.standing]
    return PeriodRow(period=state.month, running=running, word=word, tone=tone, state=state)


def long_row(period: Period, *, running: bool, final: bool) -> PeriodRow:
    """A period of several months; final once all of them are closed."""
    if running:
        return running_row(period, running=True)
    word = trc("period", "final") if final else trc("period", "provisional")
    return PeriodRow(period=period, running=False, word=word, tone="ok" if final else "warn")


def _lengths(kinds: Sequence[PeriodKind]) -> list[tuple[str, str]]:
    names = {
        PeriodKind.MONTH: tr("Month"),
        PeriodKind.QUARTER: tr("Quarter"),
        PeriodKind.SEMESTER: tr("Semester"),
        PeriodKind.YEAR: tr("Year"),
    }
    return [(kind, names[kind]) for kind in kinds]


def _name(row: PeriodRow) -> str:
    return period_name(row.period)


def _told(row: PeriodRow) -> str:
    return " · ".join(filter(None, (period_name(row.period), row.word)))


def _short(row: PeriodRow) -> str:
    return period_short(row.period)


def _told_short(row: PeriodRow) -> str:
    return " · ".join(filter(None, (period_short(row.period), row.word)))


def _word(row: PeriodRow) -> str:
    return row.word


def _tone(row: PeriodRow) -> str:
    return row.tone
