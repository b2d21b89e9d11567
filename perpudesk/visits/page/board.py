"""The card where visitors are tapped: what for, who, and the grid."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from perpudesk.branch.model import Entry
from perpudesk.core.codes import UNKNOWN, AgeBand
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr, trn
from perpudesk.ui.buttons import ChipGroup
from perpudesk.ui.cards import Card
from perpudesk.ui.fields import ChoiceField
from perpudesk.ui.layout import boxed, row
from perpudesk.ui.text import Text, tip
from perpudesk.visits.form.caption import Caption
from perpudesk.visits.form.grid import TapGrid

MOST_KEYS = 9
"""As many purposes have a key, Alt+1 to Alt+9; Alt+0 is none."""


class BoardCard(Card):
    """Purpose and occupation stay chosen for the taps that follow; its edge says: keys are taps."""

    purpose_chosen = Signal(str)
    """A purpose was chosen, or `unknown`."""
    occupation_chosen = Signal(str)
    """An occupation was chosen, or `unknown`."""

    def __init__(self, bands: Sequence[AgeBand], *, parent: QWidget | None = None) -> None:
        super().__init__(marked=True, parent=parent)
        self._offered: list[tuple[str, str]] = []
        self._narrow = False
        self.chips = ChipGroup(tr("Purpose of the visit"))
        self.occupation = _Occupation()
        self.occupation.setAccessibleName(tr("Occupation"))
        self._occupation = boxed(row(Text(tr("Occupation"), "caption"), self.occupation))
        self.grid = TapGrid(bands)
        self._others = Text("", "small", wrap=True)
        self._others.hide()
        self._hint = Text("", "small", wrap=True)
        self._caption = Caption(tr("Purpose of the visit (for the taps that follow)"))
        line = row(self._caption, self._occupation)
        line.setStretch(0, 1)
        self.add(line)
        self.add(self.chips)
        self.add(self.grid)
        self.add(self._others)
        self.add(self._hint)
        self.chips.chosen.connect(self.purpose_chosen)
        self.chips.chosen.connect(self._on_chip)
        self.occupation.activated.connect(self._on_occupation)
        self.occupation.list_closed.connect(self.grid.setFocus, Qt.ConnectionType.QueuedConnection)
        self.grid.focus_moved.connect(self.set_marked)
        self.show_count(1)

    def offer(self, purposes: Sequence[Entry], occupations: Sequence[Entry] | None) -> None:
        """Offer these purposes, and these occupations if the branch asks for them."""
        offered = [(each.slug, each.label) for each in purposes if each.slug != UNKNOWN]
        if offered != self._offered:
            self._offered = offered
            self.chips.set_options(offered, value=self.chips.value())
            for place, (slug, text) in enumerate(offered[:MOST_KEYS], start=1):
                self.chips.chip(slug).setToolTip(tip(f"{text} (Alt+{place})"))
            self._caption.key.setText(self.purpose_keys())
        self._occupation.setVisible(occupations is not None)
        if occupations is None:
            self.occupation.clear()
            self._take_occupation(UNKNOWN)
        elif self.occupation.count() != len(occupations):
            options = [(each.slug, each.label) for each in occupations]
            self.occupation.set_options(options, value=self.occupation.value() or UNKNOWN)
        self._name()

    def purpose_keys(self) -> str:
        """The keys of the purposes that are offered."""
        return f"Alt+1…{min(len(self._offered), MOST_KEYS)}"

    def choose(self, place: int) -> None:
        """Choose the purpose at `place` (from 1), or with 0 none."""
        if place == 0:
            self.chips.choose(None)
            self.purpose_chosen.emit(UNKNOWN)
        elif place <= len(self._offered):
            slug = self._offered[place - 1][0]
            self.chips.choose(slug)
            self.purpose_chosen.emit(slug)

    def show_count(self, count: int) -> None:
        """Say below the grid what the next tap does."""
        if count == 1:
            said = tr(
                "One tap is one visit, on the disk at once.  Ctrl+Z takes back.  * how many.  "
                "/ search."
            )
        else:
            said = trn(
                "The next tap records {people} person.",
                "The next tap records {people} people.",
                count,
                people=number(count),
            )
        self._hint.set_role("small" if count == 1 else "strong")
        self._hint.setText(said)

    def show_others(self, count: int) -> None:
        """Say how many of today stand under ? because their age group has no column."""
        self._others.setText(
            trn(
                "? holds also {people} of an age group that has no column now.",
                "? holds also {people} of age groups that have no column now.",
                count,
                people=number(count),
            )
        )
        self._others.setVisible(count > 0)

    def set_compact(self, compact: bool) -> None:
        """Be less high, for a small screen."""
        self.grid.set_compact(compact)
        self._hint.setVisible(not compact)

    def set_narrow(self, narrow: bool) -> None:
        """Say less above the chips, where the window is small."""
        self._narrow = narrow
        self._name()

    def _name(self) -> None:
        if self._narrow or self.occupation.count():
            self._caption.words.setText(tr("Purpose of the visit"))
        else:
            self._caption.words.setText(tr("Purpose of the visit (for the taps that follow)"))

    def _on_chip(self, slug: str) -> None:
        """A click gives the focus back to the grid; the arrows stay in the group."""
        if self.chips.chip(slug).underMouse():
            self.grid.setFocus()

    def _on_occupation(self) -> None:
        self._take_occupation(self.occupation.value() or UNKNOWN)

    def _take_occupation(self, slug: str) -> None:
        self.occupation_chosen.emit(slug)


class _Occupation(ChoiceField):
    """Tells when its list is closed: after a choice with the mouse, keys are taps again."""

    list_closed = Signal()

    def hidePopup(self) -> None:
        super().hidePopup()
        self.list_closed.emit()
