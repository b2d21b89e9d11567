"""What day is it: asked when the machine's clock has lost it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from perpudesk.branch.checks import check_day
from perpudesk.branch.model import DAY_MISSING
from perpudesk.core.errors import InputError
from perpudesk.core.formats import date_long, number
from perpudesk.core.i18n import tr, trn
from perpudesk.ui.buttons import Button
from perpudesk.ui.calendar import DateField
from perpudesk.ui.forms import Form, FormDialog
from perpudesk.ui.messages import MessageBox
from perpudesk.ui.text import Text

_FAR = date(2200, 1, 1)
"""No day is too late here: the machine that would say so is the one in doubt."""


class AskDay(FormDialog):
    """Asks for today's date; Escape goes on with what the machine says.

    The field is empty: the newest record may be of yesterday or of a wrong year, the machine is in
    doubt, and whatever stood there an Enter would take unread.
    """

    answered = Signal(object)
    """The `date` that today is."""

    def __init__(self, today: date, newest: date, *, parent: QWidget | None = None) -> None:
        """`today` by the machine, `newest` the newest day that has records."""
        form = Form(enter_submits=True)
        super().__init__(
            tr("What day is it today?"), form, action=tr("That is today"), parent=parent
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form.add_part(Text(_why(today, newest), "quiet", wrap=True))
        form.add("day", tr("Today is"), DateField(tr("Today is"), today=newest))
        self.submitted.connect(self._on_submitted)

    def _on_submitted(self) -> None:
        if self.form.attempt(self._answer):
            self.accept()

    def _answer(self) -> None:
        day = self.form.value("day")
        if day is None:
            raise InputError(DAY_MISSING, field="day")
        self.answered.emit(check_day(day, today=_FAR, field="day"))


def _why(today: date, newest: date) -> str:
    if today == newest:
        return tr(
            "There are records of {today} that are later than the clock of this computer. The "
            "battery of its clock may be empty. The day you give holds for PerpuDesk only.",
            today=date_long(today),
        )
    return tr(
        "The clock of this computer says {today}, but there are records of {newest}. The battery "
        "of its clock may be empty. The day you give holds for PerpuDesk only.",
        today=date_long(today),
        newest=date_long(newest),
    )


def ask_to_redate(parent: QWidget, count: int, today: date) -> bool:
    """Whether visits whose day has not come yet are to be moved to the day it really was."""
    box = MessageBox(
        parent,
        trn(
            "{shown} visit has a day that has not come yet.",
            "{shown} visits have a day that has not come yet.",
            count,
            shown=number(count),
        ),
        tr(
            "They were recorded while the clock was wrong. They can be moved together so that the "
            "newest is of {today}; each keeps its time of day.",
            today=date_long(today),
        ),
        icon="warning",
        role="amber_ink",
    )
    box.add_button(Button(tr("Leave them")), MessageBox.DialogCode.Rejected)
    move = box.add_button(Button(tr("Move them"), kind="primary"), MessageBox.DialogCode.Accepted)
    move.setDefault(True)
    return box.exec() == MessageBox.DialogCode.Accepted
