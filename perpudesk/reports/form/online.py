"""How many used the library online: typed by month, since nobody taps them in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from perpudesk.core.codes import Method, label
from perpudesk.core.formats import period_name
from perpudesk.core.i18n import tr
from perpudesk.core.times import Period
from perpudesk.reports.model import ONLINE_USERS
from perpudesk.totals.model import MOST
from perpudesk.totals.service import TotalsService
from perpudesk.ui.buttons import ChipGroup
from perpudesk.ui.fields import ChoiceField, NumberField
from perpudesk.ui.forms import Form, FormDialog
from perpudesk.ui.toasts import toast


class OnlineDialog(FormDialog):
    """A month, its number, and whether it was counted; empty again is not known."""

    def __init__(
        self, totals: TotalsService, months: Sequence[Period], *, parent: QWidget | None = None
    ) -> None:
        """`months` are those that can be typed, the newest first."""
        form = Form(enter_submits=True)
        super().__init__(tr("Online users"), form, parent=parent)
        self._totals = totals
        self._months = {month.code: month for month in months}
        names = [(code, period_name(month)) for code, month in self._months.items()]
        self._month = ChoiceField(names, required=True)
        form.add("month", tr("Month"), self._month)
        form.add(
            "value",
            tr("How many used the library online"),
            NumberField(high=MOST),
            hint=tr("Website, e-books, social media: as Pasal 15 asks. Empty is not known."),
        )
        methods = [(str(method), label(method)) for method in Method]
        form.add("method", tr("How it was found"), ChipGroup(tr("How it was found"), methods))
        self._month.activated.connect(self._show_kept)
        self.submitted.connect(self._on_submitted)

    def open_at(self, month: Period) -> None:
        """Open it at a month, with what is known of it."""
        self._month.set_value(month.code)
        self._show_kept()
        self.open()
        self.form.field("value").widget.setFocus()

    def _show_kept(self) -> None:
        month = self._months[self._month.value() or ""]
        kept = next(
            (each for each in self._totals.of(month) if each.indicator == ONLINE_USERS.code), None
        )
        method = kept.method if kept else Method.COUNTED
        self.form.fill(value=kept.value if kept else None, method=str(method))

    def _on_submitted(self) -> None:
        if not self.form.attempt(self._keep):
            return
        name = period_name(self._months[self._month.value() or ""])
        self.accept()
        parent = self.parent()
        assert isinstance(parent, QWidget)  # noqa: S101 - the page that opened it
        toast(parent, tr("Online users of {month} are stored.", month=name))

    def _keep(self) -> None:
        value = self.form.value
        month = self._months[value("month")]
        method = Method(value("method"))
        self._totals.type_total(ONLINE_USERS.code, month, value("value"), method=method)
