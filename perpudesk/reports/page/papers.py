"""*Laporan*, beside the report: choose a paper and a period, read it, print it, copy from it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from perpudesk.core.formats import period_name
from perpudesk.core.i18n import tr
from perpudesk.core.times import Period, PeriodKind
from perpudesk.core.topics import Topic
from perpudesk.reports.form.online import OnlineDialog
from perpudesk.reports.page.kinds import REPORT, KindsRow, paper_names
from perpudesk.reports.page.output import PagesPane, Write, save_as
from perpudesk.reports.page.periods import PeriodRow, PeriodsCard, running_row
from perpudesk.reports.page.tables import ComparisonTable, SheetTable, all_rows
from perpudesk.reports.papers.kinds import PaperKind
from perpudesk.reports.papers.sheets import Sheet, SheetRow
from perpudesk.reports.paperwork import PaperService
from perpudesk.reports.service import ReportService
from perpudesk.totals.service import TotalsService
from perpudesk.ui.buttons import Button
from perpudesk.ui.cards import Card
from perpudesk.ui.fields import ChoiceField
from perpudesk.ui.layout import CARD_GAP, LEAST_TALL, Beside, boxed, column
from perpudesk.ui.page import Page
from perpudesk.ui.text import Text
from perpudesk.ui.toasts import toast

_LEFT = 252
"""Width at 100 %: two lengths of period on a line."""
_REST_MS = 90
"""How long the cursor rests on a period before its paper is made."""
_SHEETS = (PaperKind.TPBIS, PaperKind.PASAL15)


class PapersPage(Page):
    """One paper of one period: as a table where it is one, and as the pages that are printed."""

    report_asked = Signal()
    """The report itself is wanted."""
    topics = frozenset(Topic)

    def __init__(
        self,
        reports: ReportService,
        papers: PaperService,
        totals: TotalsService,
        *,
        practice: Callable[[], bool],
        parent: QWidget | None = None,
    ) -> None:
        """`practice` tells whether the records are practice, which every page then says."""
        super().__init__("papers", tr("Reports"), parent=parent)
        self._reports, self._papers, self._totals = reports, papers, totals
        self._practice = practice
        self._kind = PaperKind.COMPARISON
        self._sheet: Sheet | None = None
        self._online: OnlineDialog | None = None
        self._as_pages = False
        self.kinds = KindsRow(self, self._kind)
        self.periods = PeriodsCard(self._rows, pills=False)
        self.pane = PagesPane(self)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._add_tools()
        self._place()
        self._connect()
        self.setFocusProxy(self.periods.table)

    def _add_tools(self) -> None:
        self.table = Button(tr("Excel / CSV"), self._on_save_table, key="Ctrl+E")
        self.turn = Button("", self._on_turn, key="Ctrl+R")
        for tool in (self.table, self.turn, None, self.pane.paper):
            self.pane.add_tool(tool)
        self.other = ChoiceField()
        self.other.setAccessibleName(tr("Compared with"))
        self._beside = Card(tr("Compared with"))
        self._beside.add(self.other)
        self.online = Button(tr("Online users…"), self._on_online, key="Ctrl+D")
        self._typed = Card()
        self._typed.add(
            Text(tr("Nobody taps online users in: type them month by month."), wrap=True)
        )
        self._typed.add(self.online)
        self.add_key("Ctrl+E", tr("Save as a table"), self.table.click)
        self.add_key("Ctrl+R", tr("Table or pages"), self.turn.click)
        self.add_key("Ctrl+D", tr("Type online users"), self._on_online)
        self.add_key("Ctrl+C", tr("Copy all rows of a sheet"), self._on_copy_all)

    def _place(self) -> None:
        left = column(self.periods, self._beside, self._typed, gap=CARD_GAP)
        left.setStretch(0, 1)
        self.body.addWidget(self.kinds)
        parts = (boxed(left), self.pane)
        self.body.addWidget(Beside(*parts, wide=(_LEFT, 0), tall=LEAST_TALL), 1)

    def _connect(self) -> None:
        self.kinds.chosen.connect(self._on_kind)
        self.periods.chosen.connect(self._rest.start)
        self.other.activated.connect(self._show)
        self.pane.paper_chosen.connect(self._show)
        self._rest.timeout.connect(self._show)

    def show_kind(self, kind: str) -> None:
        """Show a paper, by its slug."""
        self._kind = PaperKind(kind)
        self._as_pages = False
        self.kinds.choose(self._kind)
        of_year = self._kind is PaperKind.PASAL15
        self.periods.offer([PeriodKind.YEAR] if of_year else list(PeriodKind))
        self._offer_others()
        self._show()

    def refresh(self) -> None:
        self.pane.forget()
        self.show_kind(self._kind)

    def _rows(self, length: PeriodKind) -> list[PeriodRow]:
        running = self._reports.is_running
        return [running_row(each, running=running(each)) for each in self._reports.periods(length)]

    def _offer_others(self) -> None:
        """What can be compared: periods of the same length first."""
        length = self.periods.length()
        kinds = sorted(PeriodKind, key=lambda kind: kind is not length)
        periods = [each for kind in kinds for each in self._reports.periods(kind)]
        kept = self.other.value()
        self.other.set_options([(each.code, period_name(each)) for each in periods], value=kept)
        if self.other.value() is None:
            before = self.periods.current().before()
            self.other.set_value(before.code if before in periods else periods[0].code)

    def _show(self) -> None:
        """Show the chosen paper of the chosen period."""
        self._rest.stop()
        kind, period = self._kind, self.periods.current()
        self._beside.setVisible(kind is PaperKind.COMPARISON)
        self._typed.setVisible(kind in _SHEETS)
        self._show_table(kind, period)
        against = Period.parse(self.other.value() or period.before().code)
        practice = self._practice()
        make = partial(self._papers.document, kind, period, against=against, practice=practice)
        self.pane.make(
            (kind, period, against), make, f"{paper_names()[kind]} {period_name(period)}"
        )

    def _show_table(self, kind: PaperKind, period: Period) -> None:
        """The paper as a table, where it is one and its pages were not asked for."""
        self._sheet = self._papers.sheet(kind, period) if kind in _SHEETS else None
        table: QWidget | None = None
        if self._sheet is not None:
            table = sheet = SheetTable(self._sheet)
            sheet.copied.connect(self._on_copy)
        elif kind is PaperKind.COMPARISON:
            other = Period.parse(self.other.value() or period.before().code)
            table = ComparisonTable(self._papers.comparison(period, other))
        self.table.set_label(tr("Excel / CSV") if self._sheet is None else tr("CSV"))
        self.turn.setVisible(table is not None)
        self.pane.paper.setVisible(table is None or self._as_pages)
        self.turn.set_label(tr("Table") if self._as_pages else tr("Pages"))
        self.pane.show_instead(None if self._as_pages else table)

    def _on_kind(self, slug: str) -> None:
        if slug == REPORT:
            self.kinds.choose(self._kind)  # this page stays what it is
            self.report_asked.emit()
        else:
            self.show_kind(slug)

    def _on_turn(self) -> None:
        self._as_pages = not self._as_pages
        self._show()

    def _on_copy(self, wanted: SheetRow) -> None:
        """The number alone, as a form takes it."""
        if not wanted.copied:
            toast(
                self,
                tr(
                    "{name}: {told}, so there is nothing to copy.",
                    name=wanted.name,
                    told=wanted.told,
                ),
            )
            return
        QGuiApplication.clipboard().setText(wanted.copied)
        toast(self, tr("{number} is copied: {name}.", number=wanted.copied, name=wanted.name))

    def _on_copy_all(self) -> None:
        if self._sheet is not None:
            QGuiApplication.clipboard().setText(all_rows(self._sheet))
            toast(self, tr("All rows are copied, for a spreadsheet."))

    def _on_save_table(self) -> None:
        """The sheet's rows, or the figures of what is shown."""
        period = self.periods.current()
        name = f"{paper_names()[self._kind]} {period_name(period)}"
        comma = tr("Table for Excel (*.csv)")
        if self._sheet is not None:
            write = partial(self._papers.write_sheet, self._sheet)
            save_as(self, name, [("csv", comma, write)])
            return
        periods = [period]
        if self._kind is PaperKind.COMPARISON:
            periods.append(Period.parse(self.other.value() or period.before().code))
        figures = [self._reports.figures(each) for each in periods]
        excel: Write = partial(self._reports.write_xlsx, figures)
        plain: Write = partial(self._reports.write_csv, figures)
        kinds = [("xlsx", tr("Excel file (*.xlsx)"), excel), ("csv", comma, plain)]
        save_as(self, name, kinds)

    def _on_online(self) -> None:
        months = self._reports.months()
        self._online = OnlineDialog(self._totals, months, parent=self)
        period = self.periods.current()
        self._online.open_at(
            next((m for m in months if period.first <= m.first <= period.last), months[0])
        )
