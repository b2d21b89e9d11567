"""Scores and answers of participants, typed from their slips one after another."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from perpudesk.attendance.model import Participant, Results
from perpudesk.attendance.service import AttendanceService
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr
from perpudesk.ui.fields import NumberField
from perpudesk.ui.forms import Form, FormDialog
from perpudesk.ui.text import Text


class ResultsDialog(FormDialog):
    """Enter in the last field, or Ctrl+Enter, stores and goes on to the next participant.

    Escape closes; what was stored is stored.
    """

    WIDE = 520
    stored = Signal(str)
    """The results of the participant with this id are on the disk."""

    def __init__(
        self,
        people: Sequence[Participant],
        first: Participant,
        attendance: AttendanceService,
        *,
        parent: QWidget | None = None,
    ) -> None:
        """For `people` in their order, from `first` on."""
        form = Form()
        super().__init__(tr("Results"), form, action=tr("Save, next"), parent=parent)
        self._people, self._attendance = list(people), attendance
        self._at = next(at for at, who in enumerate(self._people) if who.id == first.id)
        self.who = Text("", "label", wrap=True)
        form.add_part(self.who)
        hint = tr("0 to 100")
        form.add("score_before", tr("Score before"), NumberField(high=100), hint=hint)
        form.add("score_after", tr("Score after"), NumberField(high=100), hint=hint, beside=True)
        form.add_section(tr("From 1 (not at all) to 5 (very much)"))
        form.add("learned", tr("Learned something"), NumberField(low=1, high=5))
        confident = NumberField(low=1, high=5)
        form.add("confident", tr("More confident"), confident, beside=True)
        form.add("will_use", tr("Will use it"), NumberField(low=1, high=5), beside=True)
        self.submitted.connect(self._on_submitted)
        self._show()

    def participant(self) -> Participant:
        """Whose results are typed now."""
        return self._people[self._at]

    def _show(self) -> None:
        who = self.participant()
        name = who.name or tr("Participant {n}", n=number(who.number))
        told = {"name": name, "n": number(self._at + 1), "count": number(len(self._people))}
        self.who.setText(tr("{name} ({n} of {count})", **told))
        kept = {each: getattr(who.results, each) for each in Results.__dataclass_fields__}
        self.form.fill(**kept)
        self.form.clear_errors()

    def _on_submitted(self) -> None:
        kept: list[Participant] = []
        if not self.form.attempt(lambda: kept.append(self._store())):
            return
        self._people[self._at] = kept[0]
        self.stored.emit(kept[0].id)
        if self._at + 1 == len(self._people):
            self.accept()
            return
        self._at += 1
        self._show()
        self.form.focus_first()

    def _store(self) -> Participant:
        typed = {name: self.form.value(name) for name in Results.__dataclass_fields__}
        return self._attendance.set_results(self.participant().id, Results(**typed))
