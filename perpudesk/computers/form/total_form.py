"""The sessions of a day in all, where a paper sheet has nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from perpudesk.computers.model import Session
from perpudesk.computers.rules import MOST_IN_TOTAL
from perpudesk.core.codes import Method, Precision, Sex, label
from perpudesk.core.errors import InputError, PerpuDeskError
from perpudesk.core.i18n import tr
from perpudesk.ui.buttons import ChipGroup
from perpudesk.ui.fields import NumberField, TextField
from perpudesk.ui.forms import Form

_SEXES = (Sex.MALE, Sex.FEMALE, Sex.UNKNOWN)
"""As they stand at the desk and on paper."""
HERE, OWN = "here", "own"


class TotalForm(Form):
    """A number for each sex, at the branch's computers or of own devices; the minutes stay unknown.

    Enter goes on, and from the last field stores.
    """

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        places = [(HERE, tr("Computers here")), (OWN, tr("Own devices"))]
        self.place = ChipGroup(tr("Which sessions"), places, value=HERE)
        self._sessions: tuple[Session, ...] = ()
        self.add("place", tr("Which sessions"), self.place)
        for sex in _SEXES:
            field = NumberField(high=MOST_IN_TOTAL)
            self.add(str(sex), label(sex), field, beside=sex is not _SEXES[0])
        methods = [(str(each), label(each)) for each in Method]
        self.add("method", tr("How it was counted"), ChipGroup(tr("How it was counted"), methods))
        self.add("note", tr("Note"), TextField(), beside=True)
        self.place.chosen.connect(lambda _slug: self._show())

    @property
    def device(self) -> bool:
        """Whether own devices are counted."""
        return self.place.value() == OWN

    def show_day(self, sessions: Sequence[Session]) -> None:
        """Show the totals that the day has already: storing takes their place."""
        self._sessions = tuple(sessions)
        self._show()

    def counts(self) -> dict[Sex, int]:
        """The numbers typed; raises `InputError` where one is none."""
        return {sex: self.value(str(sex)) or 0 for sex in _SEXES}

    def begin(self) -> None:
        """Go to the first number."""
        box = self.field(str(_SEXES[0])).widget
        assert isinstance(box, NumberField)  # noqa: S101 - made above
        box.setFocus()
        box.selectAll()

    def show_error(self, error: PerpuDeskError) -> None:
        """That there is no session at all is said at the first number."""
        if isinstance(error, InputError) and error.field == "count":
            error.field = str(_SEXES[0])
        super().show_error(error)

    def _show(self) -> None:
        known = [
            each
            for each in self._sessions
            if each.precision is Precision.DAY and each.device is self.device
        ]
        counts: Counter[Sex] = Counter()
        for each in known:
            counts[each.profile.sex] += each.count
        method = known[0].method if known else Method.COUNTED
        self.fill(
            **{str(sex): counts.get(sex) for sex in _SEXES},
            method=str(method),
            note=known[0].note if known else None,
        )
        self.clear_errors()
