"""The page *Laporan*: the months, the pages of one, and what to check before they are printed."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from perpudesk.core.codes import Paper, label
from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.files import replacing
from perpudesk.core.formats import period_name
from perpudesk.core.i18n import tr
from perpudesk.core.settings import change_settings, read_settings
from perpudesk.core.times import Period, PeriodKind
from perpudesk.core.topics import Topic
from perpudesk.paper.document import Document
from perpudesk.reports.closing import Closing
from perpudesk.reports.closings import ClosingService
from perpudesk.reports.page.changed import show_changes
from perpudesk.reports.page.closer import Closer
from perpudesk.reports.page.closing import ClosingSide, status_of, status_of_many
from perpudesk.reports.page.kinds import REPORT, KindsRow
from perpudesk.reports.page.output import save_as
from perpudesk.reports.page.periods import PeriodRow, PeriodsCard, long_row, month_row
from perpudesk.reports.periodic import Reported, build, report_name
from perpudesk.reports.periodic.checks import Check
from perpudesk.reports.service import ReportService
from perpudesk.ui import background, theme
from perpudesk.ui.buttons import Button, ChipGroup
from perpudesk.ui.layout import ANY_WIDTH, CARD_GAP, LEAST_TALL, Beside, boxed, column, row
from perpudesk.ui.messages import show_error
from perpudesk.ui.page import Page
from perpudesk.ui.preview import Preview
from perpudesk.ui.printing import Printing

_MONTHS, _SIDE, _LEFT, _LEAST_MONTHS = 320, 256, 340, 240
"""Widths at 100 %: of the months, of the side, and of both where one stands below the other."""
_ROOM_FOR_THREE = 1130
"""A page narrower than this, at 100 %, shows the checks below the months."""
_REST_MS = 90
"""How long the cursor rests on a month before its pages are made."""

Pages = tuple[Document | Closing, Paper, bytes]
"""A document or a revision, and its PDF for a paper."""


class ReportsPage(Page):
    """Choose a month, see its pages, print them, save them or their figures.

    Figures are read here, where the records are; pages are made in the background from the frozen
    document, and what is printed and saved is what is seen.
    """

    day_asked = Signal(object)
    """A `date` that somebody wants to mend."""
    sheet_asked = Signal(object)
    """A `date` whose sheet of paper is to be typed in."""
    paper_asked = Signal(str)
    """A paper beside the report is wanted; its slug."""
    graph_asked = Signal()
    """The graph of an indicator over time is wanted."""
    signatories_asked = Signal()
    """Somebody wants to fill in who signs."""
    agenda_asked = Signal(object)
    """What is planned on that day is to be looked at."""
    sessions_asked = Signal(object)
    """A `SessionFilter` of computer sessions that somebody wants to look after."""
    board_asked = Signal()
    """Somebody wants to look after what goes on, or was cut off, on the board of computers."""

    topics = frozenset(Topic)

    def __init__(
        self,
        reports: ReportService,
        closings: ClosingService,
        *,
        practice: Callable[[], bool],
        parent: QWidget | None = None,
    ) -> None:
        """`practice` tells whether the records are practice, which every page then says."""
        super().__init__("reports", tr("Reports"), parent=parent)
        self._reports, self._closings = reports, closings
        self._practice = practice
        self._month: Reported | None = None
        self._asked: Closing | None = None
        self._seen: Closing | None = None
        self._wanted: tuple[Document | Closing, Paper] | None = None
        self._pages: Pages | None = None
        self._printing = Printing(self)
        self._printing.changed.connect(self._show_ready)
        self._months = PeriodsCard(self._rows)
        self._preview = Preview()
        self._side = ClosingSide()
        self._closer = Closer(self, closings, self._side.notes, practice=practice)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._add_tools()
        self._place()
        self._months.chosen.connect(self._rest.start)
        self._rest.timeout.connect(self._on_chosen)
        self._side.checks.asked.connect(self._on_check_asked)
        self._side.card.close_asked.connect(self._on_close)
        self._side.card.revision_asked.connect(self._on_revision)
        self._side.card.changes_asked.connect(partial(show_changes, self))
        self.setFocusProxy(self._months.table)

    def _add_tools(self) -> None:
        self._print = Button(tr("Print"), self._on_print, kind="primary", key="Ctrl+P")
        self._save = Button(tr("Save PDF"), self._on_save_pdf, key="Ctrl+S")
        self._csv = Button(tr("Excel / CSV"), self._on_save_table, key="Ctrl+E")
        chosen = read_settings().paper
        papers = [(str(each), label(each)) for each in Paper]
        self._paper = ChipGroup(tr("Paper"), papers, value=str(chosen), wrap=False)
        self._paper.chosen.connect(self._on_paper_chosen)
        for tool in (self._print, self._save, self._csv, None, self._paper):
            self._preview.add_tool(tool)
        self.add_key("Ctrl+P", tr("Print"), self._print.click)
        self.add_key("Ctrl+S", tr("Save PDF"), self._save.click)
        self.add_key("Ctrl+E", tr("Save as a table"), self._csv.click)
        self.add_key("PgUp", tr("Page before"), self._preview.back)
        self.add_key("PgDown", tr("Next page"), self._preview.forward)
        self.add_key("Ctrl++", tr("As wide as the screen"), lambda: self._preview.show_whole(False))
        self.add_key("Ctrl+-", tr("The whole page"), lambda: self._preview.show_whole(True))
        self.add_key("Ctrl+T", tr("Close the month"), self._on_close)
        self._show_ready()

    def _place(self) -> None:
        """The months at the left, the pages in the middle, the checks at the right or below."""
        graph = Button(tr("Graph"), self.graph_asked.emit, kind="link", key="F8")
        self._months.add(row(graph, None))
        self._left = column(gap=CARD_GAP)
        self._left.addWidget(self._months, 1)
        self._right = row(self._preview, gap=CARD_GAP)
        self._right.setStretch(0, 1)
        parts = (boxed(self._left), boxed(self._right))
        both = Beside(*parts, wide=(_LEAST_MONTHS, 0), tall=LEAST_TALL)
        self._kinds = KindsRow(self, REPORT)
        self._kinds.chosen.connect(self._on_kind)
        self.body.addWidget(self._kinds)
        self.body.addWidget(both, 1)
        order = (self._months.lengths, self._months.table, self._print, self._save, self._csv)
        for first, second in pairwise(order):  # then the pages, then the checks: as one reads
            self.setTabOrder(first, second)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        px = theme.current().px
        beside = self.width() >= px(_ROOM_FOR_THREE)
        if beside:
            self._right.addWidget(self._side)
        else:
            self._left.addWidget(self._side, 1)
        self._side.set_tall(beside)
        self._side.setMinimumWidth(px(_SIDE) if beside else 0)
        self._side.setMaximumWidth(px(_SIDE) if beside else ANY_WIDTH)
        wide = min(px(_MONTHS if beside else _LEFT), self.width() * 36 // 100)
        self._months.setMinimumWidth(max(wide, px(_LEAST_MONTHS)))

    def refresh(self) -> None:
        """Read the periods, and the one that is chosen, again."""
        self._months.refresh()
        self._on_chosen()

    def _rows(self, length: PeriodKind) -> list[PeriodRow]:
        periods = self._reports.periods(length)
        running, final = self._reports.is_running, self._reports.is_final
        if length is PeriodKind.MONTH:
            state = self._closings.state
            return [month_row(state(each), running=running(each)) for each in periods]
        return [long_row(each, running=running(each), final=final(each)) for each in periods]

    def choose(self, period: Period) -> None:
        """Show the report of a period, as far as the list has it."""
        self._months.choose(period)
        self._rest.start()

    def _on_chosen(self) -> None:
        """Read the chosen period and show its pages: those of a revision, or as it is now."""
        self._rest.stop()
        self._side.notes.keep()  # of the month that is left
        period = self._months.current()
        if self._asked is not None and self._asked.month != period:
            self._asked = None
        self._month = self._reports.reported(period, practice=self._practice())
        self._seen = self._show_state(self._month)
        paper = Paper(self._paper.value() or Paper.A4)
        if self._seen is None:
            self._make_pages(build(self._month), paper)
        else:
            self._show_revision(self._seen, paper)

    def _show_state(self, shown: Reported) -> Closing | None:
        """Tell how far the period is, and of a month what can be done; the revision to be seen."""
        of_month = shown.period.kind is PeriodKind.MONTH
        self._side.setVisible(of_month)
        if not of_month:
            self.header.set_status(status_of_many(final=shown.is_final))
            return None
        state = shown.state
        seen = self._asked or (state.closing if state.is_final else None)
        self._side.show_month(shown, self._closings.revisions(shown.period), seen)
        self.header.set_status(status_of(state, seen))
        return seen

    def _show_revision(self, closing: Closing, paper: Paper) -> None:
        if self._wanted != (closing, paper):
            self._wanted = (closing, paper)
            self._on_pages_made((closing, paper, self._closings.print_of(closing, paper)))

    def _make_pages(self, document: Document, paper: Paper) -> None:
        if self._wanted == (document, paper):
            return  # nothing that is printed has changed
        self._wanted = (document, paper)
        self._show_ready()
        if self._pages is None:
            self._preview.show_message(tr("The pages are being made …"))
        background.run(
            self, lambda _report: _rendered(document, paper), succeeded=self._on_pages_made
        )

    def _on_pages_made(self, pages: Pages) -> None:
        if self._wanted != pages[:2]:
            return  # another month was chosen meanwhile
        self._pages = pages
        self._preview.show_pdf(pages[2])
        self._show_ready()

    def _show_ready(self) -> None:
        """Offer to print and to save only what is seen, and one printing at a time."""
        ready = self._pages is not None and self._pages[:2] == self._wanted
        for button in (self._print, self._save, self._csv):
            button.setEnabled(ready)
        self._print.setEnabled(ready and not self._printing.is_busy())

    def _on_paper_chosen(self, slug: str) -> None:
        try:
            change_settings(paper=Paper(slug))
        except PerpuDeskError as error:
            show_error(self, error)
        self._on_chosen()

    def _on_revision(self, closing: Closing | None) -> None:
        self._asked = closing
        self._on_chosen()

    def _on_close(self) -> None:
        self._side.notes.keep()
        if self._month is not None and self._side.isVisible():
            self._closer.ask(self._month)

    def _on_kind(self, slug: str) -> None:
        if slug != REPORT:
            self._kinds.choose(REPORT)  # this page stays what it is
            self.paper_asked.emit(slug)

    def _on_check_asked(self, check: Check) -> None:
        if check.signatories:
            self.signatories_asked.emit()
        elif check.sessions is not None:
            self.sessions_asked.emit(check.sessions)
        elif check.board:
            self.board_asked.emit()
        elif check.on_paper:
            self.sheet_asked.emit(check.day)
        elif check.agenda:
            self.agenda_asked.emit(check.day)
        else:
            self.day_asked.emit(check.day)

    def _on_print(self) -> None:
        assert self._pages is not None  # noqa: S101 - the button waits for them
        self._printing.ask(self._pages[2])

    def _on_save_pdf(self) -> None:
        assert self._pages is not None  # noqa: S101 - the button waits for them
        data = self._pages[2]
        write = partial(_write, data)
        save_as(self, self._file_name(), [("pdf", tr("PDF file (*.pdf)"), write)])

    def _on_save_table(self) -> None:
        assert self._month is not None  # noqa: S101 - the button waits for it
        seen = self._seen
        figures = [self._reports.closed(seen) if seen else self._month.figures]
        kinds = (
            ("xlsx", tr("Excel file (*.xlsx)"), partial(self._reports.write_xlsx, figures)),
            ("csv", tr("Table for Excel (*.csv)"), partial(self._reports.write_csv, figures)),
        )
        save_as(self, self._file_name(), kinds)

    def _file_name(self) -> str:
        """`Laporan Bulanan Oktober 2026`; of a revision also which."""
        assert self._month is not None  # noqa: S101 - what is saved is of a period
        period, seen = self._month.period, self._seen
        revision = "" if seen is None else " " + tr("revision {n}", n=seen.edition)
        return f"{report_name(period)} {period_name(period)}{revision}"


def _rendered(document: Document, paper: Paper) -> Pages:
    from perpudesk.paper.pdf import render  # its library loads with the first report

    stream = io.BytesIO()
    render(document, stream, paper=paper)
    return document, paper, stream.getvalue()


def _write(data: bytes, path: Path) -> None:
    with replacing(path) as stream:
        stream.write(data)
