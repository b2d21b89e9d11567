"""The holidays of a year: what the state names, and what the branch keeps besides."""

from __future__ import annotations

from PySide6.QtCore import Qt

from perpudesk.branch.form.section import Section
from perpudesk.branch.model import Holiday
from perpudesk.branch.service import BranchService
from perpudesk.core.formats import date_full
from perpudesk.core.i18n import tr
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.calendar import DateField
from perpudesk.ui.fields import TextField
from perpudesk.ui.forms import Form
from perpudesk.ui.layout import row
from perpudesk.ui.tables import REST, Column, TableView
from perpudesk.ui.text import Text


class HolidaysSection(Section):
    """A list by date; one click keeps a day as a holiday or no longer."""

    def __init__(self, branch: BranchService) -> None:
        super().__init__(
            tr("Decrees change the list: take out a day on which you are open, add your own."),
            fills=True,
        )
        self._branch = branch
        self._year = branch.today().year
        self._name = Text("", "label")
        back = Button("", self._on_back, kind="ghost", icon="chevron-left", name=tr("Year before"))
        on = Button("", self._on_forward, kind="ghost", icon="chevron-right", name=tr("Next year"))
        self.table = TableView(
            tr("Holidays"),
            _columns(),
            identity=lambda holiday: holiday.date,
            empty=tr("No holidays are known for this year. Add them below."),
        )
        self.table.setMinimumHeight(theme.current().px(170))
        self.table.link_clicked.connect(self._on_link)
        self.table.row_activated.connect(self._on_toggle)
        self.form = Form(enter_submits=True)
        day = DateField(tr("Day"), today=branch.today())
        day.setMinimumWidth(theme.current().px(180))
        self.form.add("date", tr("Day"), day)
        self.form.add("holiday", tr("Name of the holiday"), TextField(), beside=True, stretch=2)
        self.form.submitted.connect(self._on_add)
        add = Button(tr("Add"), self._on_add, icon="plus", key=tr("Enter"))
        below = row(self.form, add)
        below.setStretchFactor(self.form, 1)
        below.setAlignment(self.form, Qt.AlignmentFlag.AlignTop)
        below.setAlignment(add, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(row(back, self._name, on, None))
        self.body.addWidget(self.table, 1)
        self.body.addLayout(below)

    def refresh(self) -> None:
        self._name.setText(str(self._year))
        self.table.show_rows(self._branch.holiday_list(self._year))

    def _turn(self, by: int) -> None:
        self._year += by
        self.refresh()

    def _on_back(self) -> None:
        self._turn(-1)

    def _on_forward(self) -> None:
        self._turn(1)

    def _on_link(self, holiday: Holiday, _key: str) -> None:
        self._on_toggle(holiday)

    def _on_toggle(self, holiday: Holiday) -> None:
        self._branch.set_holiday(holiday.date, None if holiday.kept else holiday.name)
        self.refresh()

    def _on_add(self) -> None:
        value = self.form.value
        if self.form.attempt(lambda: self._branch.add_holiday(value("date"), value("holiday"))):
            self._year = value("date").year
            self.form.clear()
            self.refresh()


def _columns() -> list[Column]:
    return [
        Column(
            title=tr("Name and day"),
            text=lambda holiday: holiday.name,
            detail=lambda holiday: date_full(holiday.date),
            kind="strong",
            width=REST,
        ),
        Column(
            title="",
            text=lambda holiday: "" if holiday.kept else tr("open"),
            kind="pill",
            tone=lambda _holiday: "neutral",
        ),
        Column(
            title="",
            text=lambda holiday: tr("Take out") if holiday.kept else tr("Keep it"),
            kind="link",
            key="toggle",
        ),
    ]
