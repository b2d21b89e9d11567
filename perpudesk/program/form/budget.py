"""The budget of a year from one source."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from perpudesk.branch.service import BranchService
from perpudesk.core.codes import Funding
from perpudesk.core.i18n import tr
from perpudesk.program.form.records import choices
from perpudesk.program.model import YearMoney
from perpudesk.program.service import BudgetBook
from perpudesk.ui.fields import ChoiceField, NumberField
from perpudesk.ui.money import MoneyField
from perpudesk.ui.register import RecordDialog


@dataclass(frozen=True, slots=True, kw_only=True)
class YearLine:
    """A year in the list, beside the one before it."""

    money: YearMoney
    before: YearMoney | None

    @property
    def year(self) -> int:
        """Which year."""
        return self.money.year


class BudgetDialog(RecordDialog):
    """One amount for a year and a source; an empty amount says that nobody knows."""

    def __init__(
        self, book: BudgetBook, branch: BranchService, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Budget of a year"), tr("Budget of a year"), parent=parent)
        self._book, self._branch = book, branch
        form = self.form
        form.add("year", tr("Year"), NumberField(high=9998))
        form.add("funding", tr("Source of money"), ChoiceField(choices(Funding)), beside=True)
        hint = tr("Leave it empty to take a mistyped amount away.")
        form.add("amount", tr("Amount (Rp)"), MoneyField(), hint=hint)
        form.field("funding").widget.changed.connect(self._show_amount)  # type: ignore[attr-defined]
        form.field("year").widget.changed.connect(self._show_amount)  # type: ignore[attr-defined]

    def key_of(self, record: YearLine | None) -> object:
        return None if record is None else record.year

    def show_record(self, record: YearLine | None) -> None:
        year = self._branch.today().year if record is None else record.year
        sources = [] if record is None else [*record.money.by_source]
        self.form.fill(year=year, funding=str((sources or [Funding.APBD])[0]))
        self._show_amount()

    def _show_amount(self) -> None:
        """What is known of that year and source already."""
        typed = self.form.typed()
        year, funding = str(typed["year"]), typed["funding"]
        known = {str(each.year): each.by_source for each in self._book.years()}
        amount = None
        if funding:
            amount = known.get(year, {}).get(Funding(funding))
        self.form.fill(amount=amount)

    def store(self, record: YearLine | None) -> YearLine:
        value = self.form.value
        year, funding = value("year") or 0, Funding(value("funding") or Funding.APBD)
        self._book.put(year, funding, value("amount"))
        years = {each.year: each for each in self._book.years()}
        empty = YearMoney(year=year, by_source={})
        return YearLine(money=years.get(year, empty), before=years.get(year - 1))
