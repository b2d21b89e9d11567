"""The lines of a visitors' register, typed one under another."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from perpudesk.branch.model import Entry
from perpudesk.core.codes import UNKNOWN, AgeBand, Sex, age_label, label
from perpudesk.core.formats import NOTHING, clock_text, number
from perpudesk.core.i18n import tr
from perpudesk.patrons.model import Profile
from perpudesk.ui.fields import ChoiceField, TextField
from perpudesk.ui.forms import Form
from perpudesk.ui.layout import column
from perpudesk.ui.tables import REST, Column, TableView
from perpudesk.ui.text import Text
from perpudesk.visits.form.inputs import sex_options
from perpudesk.visits.form.words import age_words, sex_short
from perpudesk.visits.tally import Line, line_of

_FIELDS = ("sex", "age", "purpose", "count", "at")


class LinesView(QWidget):
    """Enter goes from field to field and from the last one to the next line.

    The purpose stays from line to line, since registers are written that way.
    """

    changed = Signal()

    def __init__(self, bands: Sequence[AgeBand], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bands = tuple(bands)
        self._names: dict[str, str] = {}
        self._lines: list[Line] = []
        self._mended: int | None = None
        self.form = Form()
        self.sex = ChoiceField(sex_options())
        self.age, self.count, self.at = TextField(), TextField(), TextField()
        self.purpose = ChoiceField()
        for name, words, field, share in (
            ("sex", tr("M/F"), self.sex, 3),
            ("age", tr("Age"), self.age, 2),
            ("purpose", tr("Purpose"), self.purpose, 4),
            ("count", tr("How many"), self.count, 2),
            ("at", tr("Time"), self.at, 2),
        ):
            self.form.add(name, words, field, beside=True, stretch=share)
        for choice in (self.sex, self.purpose):
            choice.setMinimumContentsLength(6)
        self.count.setPlaceholderText("1")
        self.at.setPlaceholderText("09.15")
        self.table = TableView(
            tr("Lines of this sheet"), self._columns(), identity=id, empty=tr("No line yet.")
        )
        hint = Text(
            tr(
                "Enter goes on, Shift+Enter ends the line; in the list Enter mends, Del removes. "
                "Name, occupation and origin stay on the paper."
            ),
            "small",
            wrap=True,
        )
        box = column(self.form, hint, self.table, gap=10)
        box.setStretchFactor(self.table, 1)
        self.setLayout(box)
        self.setFocusProxy(self.sex)
        self.form.submitted.connect(self.add_line)
        self.table.row_activated.connect(self._on_mend)
        self.table.delete_pressed.connect(self._on_take_out)

    def _columns(self) -> list[Column]:
        return [
            Column(title=tr("M/F"), text=lambda line: sex_short(line.sex), spoken=_sex_said),
            Column(title=tr("Age"), text=_age_said),
            Column(title=tr("Purpose"), text=self._purpose_said, width=REST),
            Column(title=tr("How many"), text=lambda line: number(line.count), align="right"),
            Column(title=tr("Time"), text=_time_said, align="right"),
        ]

    def offer(self, purposes: Sequence[Entry], bands: Sequence[AgeBand]) -> None:
        """Offer these purposes, by the numbers that the register prints."""
        self._bands = tuple(bands)
        self._names = {each.slug: each.label for each in purposes}
        offered = [each for each in purposes if not each.retired and each.slug != UNKNOWN]
        options = [(e.slug, f"{at} {e.label}") for at, e in enumerate(offered, start=1)]
        options.append((UNKNOWN, f"0 {self._names[UNKNOWN]}"))
        chosen = self.purpose.value()
        self.purpose.set_options(options, value=chosen or UNKNOWN)
        if self.sex.value() is None:
            self.sex.set_value(str(Sex.UNKNOWN))

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines that were typed, the first one first."""
        return tuple(self._lines)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these."""
        self._lines, self._mended = list(lines), None
        self._clear()
        self._show()

    @property
    def pending(self) -> bool:
        """Whether a line is begun and not ended."""
        begun = any(field.value() for field in (self.age, self.count, self.at))
        return begun or self._mended is not None or self.sex.value() != str(Sex.UNKNOWN)

    def add_line(self) -> bool:
        """End the line that is typed; False, and the reason at its field, where it is refused."""
        typed = {name: self.form.value(name) or "" for name in _FIELDS}
        made: list[Line] = []
        if not self.form.attempt(lambda: made.append(line_of(self._bands, **typed))):
            return False
        if self._mended is None:
            self._lines.append(made[0])
        else:
            self._lines.insert(self._mended, made[0])
            self._mended = None
        self._clear()
        self._show()
        self.changed.emit()
        self.sex.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _clear(self) -> None:
        """A new line: of the same sort, but nothing of whom it is."""
        self.form.fill(sex=str(Sex.UNKNOWN), age="", count="", at="")
        self.form.clear_errors()

    def _show(self) -> None:
        self.table.show_rows(list(reversed(self._lines)))

    def _take(self, line: Line) -> int:
        at = next(i for i, own in enumerate(self._lines) if own is line)
        del self._lines[at]
        self._show()
        self.changed.emit()
        return at

    def _on_take_out(self, line: Line) -> None:
        self._take(line)
        if not self._lines:
            self.sex.setFocus()

    def _on_mend(self, line: Line) -> None:
        """Back into the fields; it returns to its place."""
        if self.pending and not self.add_line():
            return
        self._mended = self._take(line)
        age = line.age_band or ("" if line.age_years is None else str(line.age_years))
        at = "" if line.at is None else clock_text(line.at)
        count = str(line.count) if line.count > 1 else ""
        self.form.fill(sex=str(line.sex), age=age, purpose=line.purpose, count=count, at=at)
        self.sex.setFocus(Qt.FocusReason.TabFocusReason)

    def _purpose_said(self, line: Line) -> str:
        return self._names.get(line.purpose, line.purpose)


def _sex_said(line: Line) -> str:
    return label(line.sex)


def _age_said(line: Line) -> str:
    profile = Profile(age_years=line.age_years, age_band=line.age_band)
    known = line.age_years is not None or line.age_band is not None
    return age_words(profile) if known else age_label(UNKNOWN)


def _time_said(line: Line) -> str:
    return NOTHING if line.at is None else clock_text(line.at)
