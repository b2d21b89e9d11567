"""What is signed with the figures of a month, asked before it is closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from perpudesk.branch.model import Signatory
from perpudesk.core.errors import InputError, Problem
from perpudesk.core.formats import month_name
from perpudesk.core.i18n import N_, tr
from perpudesk.reports.letter import Letter, Notes
from perpudesk.reports.periodic.reported import Reported
from perpudesk.ui.calendar import DateField
from perpudesk.ui.cards import Banner
from perpudesk.ui.fields import CheckField, ParagraphField, TextField
from perpudesk.ui.forms import Form, FormDialog
from perpudesk.ui.text import Text

NOT_CONFIRMED = Problem(
    "not_confirmed", "Some things are to be mended. Mend them first, or tick that you know."
)

_NOTES = {"obstacles": N_("Obstacles"), "follow_up": N_("Follow-up")}


class CloseDialog(FormDialog):
    """The letter of a month. Enter closes the month; whoever made it may open it again."""

    confirmed = Signal(object)
    """The `Letter` with which the month is to be closed."""

    def __init__(self, letter: Letter, *, today: date, parent: QWidget | None = None) -> None:
        """`letter` is what is offered."""
        super().__init__("", Form(enter_submits=True), parent=parent)
        self._letter = letter
        self._wrong = Banner(tone="warn")
        self._signers = Text("", "small", wrap=True)
        self._anew = Text("", "small", wrap=True)
        self.form.add_part(self._anew)
        self.form.add_part(self._wrong)
        hint = tr("As in the letter register; empty prints dots.")
        self.form.add("number", tr("Letter number"), TextField(letter.number), hint=hint)
        self.form.add("place", tr("Place"), TextField(letter.place))
        day = DateField(tr("Date"), letter.day, today=today)
        self.form.add("day", tr("Date"), day, beside=True)
        for place, (name, words) in enumerate(_NOTES.items()):
            typed = ParagraphField(getattr(letter.notes, name), lines=2)
            self.form.add(name, tr(words), typed, beside=place > 0)
        self.form.add_part(self._signers)
        self.form.add("sure", "", CheckField(tr("Close it although not all is in order")))
        self.submitted.connect(self._on_submitted)

    def show_month(self, month: Reported, letter: Letter, wrong: Sequence[str]) -> None:
        """Be about the month as it is now; what was typed stays. `wrong` is to be mended first."""
        if self._notes() == self._letter.notes:  # not typed here: as they stand on the page now
            self.form.fill(**{name: getattr(letter.notes, name) for name in _NOTES})
        self._letter = letter
        self._show_title(month)
        self._wrong.show_message(tr("To be mended first"), "\n".join(wrong))
        self._wrong.setVisible(bool(wrong))
        self.form.field("sure").setVisible(bool(wrong))
        self._signers.setText(_signers(letter.signatories))

    def _show_title(self, month: Reported) -> None:
        """Say what Enter will do: close the month, or put a mended letter in place of the last."""
        name, n = month_name(month.period.first), month.state.edition + 1
        final = month.state.is_final
        mend = tr("Mend the letter of {month}", month=name)
        self.set_title(mend if final else tr("Close {month}", month=name))
        self.save.set_label(tr("Close as revision {n}", n=n))
        self._anew.setText(
            tr("This makes revision {n}; revision {last} stays as it is.", n=n, last=n - 1)
        )
        self._anew.setVisible(final)

    def _notes(self) -> Notes:
        """The notes as typed."""
        return Notes(**{name: self.form.value(name) for name in _NOTES})

    def letter(self) -> Letter:
        """The letter as typed; raises `InputError` where a field cannot be read."""
        value, sure = self.form.value, self.form.field("sure")
        if sure.isVisibleTo(self) and not sure.value():
            raise InputError(NOT_CONFIRMED, field="sure")
        return Letter(
            number=value("number"),
            place=value("place"),
            day=value("day"),
            notes=self._notes(),
            signatories=self._letter.signatories,
        )

    def set_working(self, working: bool) -> None:
        """Take nothing more while the month is being closed."""
        for part in (self.form, self.save, self.cancel):
            part.setEnabled(not working)

    def reject(self) -> None:
        """Leave it as it is, unless the month is being closed right now."""
        if self.save.isEnabled():
            super().reject()

    def _on_submitted(self) -> None:
        letters: list[Letter] = []
        if self.form.attempt(lambda: letters.append(self.letter())):
            self.confirmed.emit(letters[0])


def _signers(signatories: Sequence[Signatory]) -> str:
    """Who signs, as the page will have it."""
    named = [", ".join(filter(None, (each.name, each.post))) for each in signatories if each.name]
    if not named:
        return tr("Nobody signs yet: the names are dotted.")
    return tr("Signed by {names}.", names=" · ".join(named))
