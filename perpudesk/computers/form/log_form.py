"""The fields of a line of the paper log; Enter goes on, and from the last one stores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, tzinfo

from PySide6.QtWidgets import QWidget

from perpudesk.branch.model import Entry
from perpudesk.computers.form.times import TimesForm
from perpudesk.computers.log import LogLine, draft_of, is_device, place_of
from perpudesk.computers.model import SessionDraft, Workstation
from perpudesk.core.codes import UNKNOWN, AgeBand, Sex
from perpudesk.core.errors import InputError
from perpudesk.core.i18n import tr
from perpudesk.ui.fields import ChoiceField, TextField
from perpudesk.ui.text import Text
from perpudesk.visits.form.inputs import sex_options

_FIELDS = ("place", "start", "end", "age")


class LogForm(TimesForm):
    """Computer, times, sex, age and purpose, as they stand beside each other on the sheet.

    The purpose stays from line to line, since logs are written that way.
    """

    def __init__(
        self,
        where: Callable[[], tzinfo],
        day: Callable[[], date | None],
        *,
        parent: QWidget | None = None,
    ) -> None:
        """`day` gives the day of the sheet, or raises `InputError`."""
        super().__init__(where)
        self._workstations: tuple[Workstation, ...] = ()
        self._bands: tuple[AgeBand, ...] = ()
        self._sheet_day = day
        self.of_day(day)
        self.add("place", tr("Computer"), TextField(placeholder="1"), stretch=3)
        self.add_times(beside=True, without_end=tr("Empty: unknown"), stretch=4)
        self._sex, self._purpose = ChoiceField(sex_options()), ChoiceField()
        for choice in (self._sex, self._purpose):
            choice.setMinimumContentsLength(5)
        self.add("sex", tr("M/F"), self._sex, beside=True, stretch=3)
        self.add("age", tr("Age"), TextField(), beside=True, stretch=2)
        self.add("purpose", tr("Purpose"), self._purpose, beside=True, stretch=4)
        said = Text("", "error", wrap=True)
        for name in ("place", "start", "end", "sex", "age", "purpose"):
            self.field(name).say_in(said)
        self.add_part(said)
        self.add_doubts()
        self.field("place").set_hint(tr("W: own device"))
        self.changed.connect(self._on_place)
        self.clear_line()

    def offer(
        self,
        workstations: Sequence[Workstation],
        purposes: Sequence[Entry],
        bands: Sequence[AgeBand],
    ) -> None:
        """Offer these purposes, by the numbers that the sheet prints."""
        self._workstations, self._bands = tuple(workstations), tuple(bands)
        names = {each.slug: each.label for each in purposes}
        offered = [each for each in purposes if not each.retired and each.slug != UNKNOWN]
        options = [(each.slug, f"{at} {each.label}") for at, each in enumerate(offered, start=1)]
        options.append((UNKNOWN, f"0 {names[UNKNOWN]}"))
        self._purpose.set_options(options, value=self._purpose.value() or UNKNOWN)

    @property
    def begun(self) -> bool:
        """Whether something of a line is typed that is not stored."""
        typed = self.typed()
        return any(typed[name] for name in _FIELDS) or typed["sex"] != str(Sex.UNKNOWN)

    def draft(self) -> SessionDraft:
        """The session of the line; raises `InputError` where a field cannot be read."""
        line = LogLine(
            place=self.value("place"),
            times=self.times(),
            sex=Sex(self.value("sex") or Sex.UNKNOWN),
            age=self.value("age"),
            purpose=self.value("purpose") or UNKNOWN,
        )
        return draft_of(line, self._where(), self._workstations, self._bands)

    def clear_line(self) -> None:
        """The next line: of the same sort, but nothing of whom it is."""
        self.fill(place="", start="", end="", sex=str(Sex.UNKNOWN), age="", next_day=False)
        self.forget_doubts()
        self.clear_errors()

    def _on_place(self) -> None:
        """Say which computer that number is."""
        typed = self.value("place")
        try:
            found = place_of(typed, self._workstations)
        except InputError:  # told when it is stored
            found = None
        words = tr("Own device") if is_device(typed) else tr("W: own device")
        self.field("place").set_hint(words if found is None else found.label)
