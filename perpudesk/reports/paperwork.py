"""The papers beside the report: comparisons, recaps and sheets in others' order; reads only."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from perpudesk.branch.service import BranchService
from perpudesk.core.files import replacing
from perpudesk.core.times import Period
from perpudesk.db.connection import Store
from perpudesk.paper.document import Document
from perpudesk.reports import store as rows
from perpudesk.reports.export import harmless
from perpudesk.reports.papers.comparison import Comparison, comparison_document
from perpudesk.reports.papers.frame import Head
from perpudesk.reports.papers.kinds import PaperKind
from perpudesk.reports.papers.recap import (
    DayRecap,
    VisitRecap,
    day_recap_document,
    visit_recap_document,
)
from perpudesk.reports.papers.sheets import Sheet, pasal15_sheet, sheet_document, tpbis_sheet
from perpudesk.reports.service import ReportService
from perpudesk.totals.service import TotalsService
from perpudesk.visits.service import VisitService


class PaperService:
    """What is printed beside the report of a period."""

    def __init__(
        self,
        store: Store,
        branch: BranchService,
        visits: VisitService,
        totals: TotalsService,
        reports: ReportService,
    ) -> None:
        """Print the records of `store`."""
        self._store = store
        self._branch = branch
        self._visits = visits
        self._totals = totals
        self._reports = reports

    def head(self, *periods: Period, practice: bool = False) -> Head:
        """Whose papers over `periods` they are."""
        return Head(
            branch=self._branch.current(),
            crest=self._branch.crest(),
            signatories=tuple(self._branch.signatories()),
            practice=practice,
            months=tuple(
                self._reports.state(month) for period in periods for month in period.months()
            ),
        )

    def comparison(self, first: Period, second: Period, *, practice: bool = False) -> Comparison:
        """Any two periods beside each other."""
        return Comparison(
            head=self.head(first, second, practice=practice),
            first=self._reports.figures(first),
            second=self._reports.figures(second),
            today=self._store.today(),
            targets=self._totals.targets(first.first.year),
            thresholds=self._totals.thresholds(),
            labels=self._reports.labels(),
        )

    def day_recap(self, period: Period, *, practice: bool = False) -> DayRecap:
        """A period day by day."""
        with self._store.reading() as db:
            counts = rows.day_counts(db, period)
            sessions = rows.sessions_by_day(db, period)
            totals = rows.totals(db, period)
        return DayRecap(
            head=self.head(period, practice=practice),
            period=period,
            days=tuple(self._visits.days(period.first, period.last)),
            counts=counts,
            sessions=sessions,
            totals=totals,
            today=self._store.today(),
        )

    def visit_recap(self, period: Period, *, practice: bool = False) -> VisitRecap:
        """A period visit by visit; safe on a worker thread."""
        branch = self._branch.current()
        with self._store.reading() as db:
            lines = rows.visit_lines(db, period, self._store.author.zone)
        return VisitRecap(
            head=self.head(period, practice=practice),
            period=period,
            lines=lines,
            bands=branch.age_bands,
            purposes=self._reports.labels()["purpose"],
        )

    def document(
        self,
        kind: PaperKind,
        period: Period,
        *,
        against: Period | None = None,
        practice: bool = False,
    ) -> Document:
        """A paper over a period, in the language that is spoken here; safe on a worker thread.

        A comparison is with `against`, or with the period before. Raises `InputError` (field
        `period`) for a period that this paper is not made of.
        """
        kind.check(period)
        match kind:
            case PaperKind.COMPARISON:
                other = against or period.before()
                return comparison_document(self.comparison(period, other, practice=practice))
            case PaperKind.DAYS:
                return day_recap_document(self.day_recap(period, practice=practice))
            case PaperKind.VISITS:
                return visit_recap_document(self.visit_recap(period, practice=practice))
            case _:  # the sheets in others' order
                return sheet_document(self.sheet(kind, period, practice=practice))

    def sheet(self, kind: PaperKind, period: Period, *, practice: bool = False) -> Sheet:
        """One of the two sheets in others' order."""
        if kind is PaperKind.PASAL15:
            return self.pasal15(period, practice=practice)
        return self.tpbis(period, practice=practice)

    def tpbis(self, period: Period, *, practice: bool = False) -> Sheet:
        """What is copied into SIM TPBIS."""
        figures = self._reports.figures(period, standard=True)
        return tpbis_sheet(self.head(period, practice=practice), figures)

    def pasal15(self, year: Period, *, practice: bool = False) -> Sheet:
        """What Pasal 15 asks of a year."""
        figures = self._reports.figures(year, standard=True)
        head = self.head(year, practice=practice)
        return pasal15_sheet(head, figures, self._reports.by_month(year))

    def write_sheet(self, sheet: Sheet, path: Path) -> None:
        """The sheet as a CSV file; an empty number is not known."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(("period", "group", "item", "value", "note"))
        for row in sheet.rows:
            told = (sheet.figures.period.code, row.group, row.name, row.copied, row.told)
            writer.writerow([harmless(cell) for cell in told])
        with replacing(path) as stream:
            stream.write(text.getvalue().encode("utf-8-sig"))
