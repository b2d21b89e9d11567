"""Inputs that more than one form about visits has."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QWidget

from perpudesk.branch.model import Entry
from perpudesk.core.codes import UNKNOWN, AgeBand, Sex, age_label, age_words, label
from perpudesk.ui.fields import TextField
from perpudesk.visits.form.words import sex_short


class CompletedField(TextField):
    """A line that offers what was typed there before."""

    def __init__(self, known: Sequence[str] = (), *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._model = QStringListModel(list(known), self)
        completer = QCompleter(self._model, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(6)
        self.setCompleter(completer)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter with nothing chosen from the list is an Enter of the form, not of the list."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        popup = self.completer().popup()
        if enter and popup and popup.isVisible() and not popup.currentIndex().isValid():
            popup.hide()
            event.accept()
            QCoreApplication.postEvent(self, event.clone())  # now it finds its way up
        else:
            super().keyPressEvent(event)

    def offer(self, known: Sequence[str]) -> None:
        """Offer these from now on."""
        self._model.setStringList(list(known))


def entry_options(entries: Sequence[Entry], own: str = UNKNOWN) -> list[tuple[str, str]]:
    """What a list offers; a retired entry stays with the record that has it."""
    return [(each.slug, each.label) for each in entries if not each.retired or each.slug == own]


def sex_options() -> list[tuple[str, str]]:
    """`L Laki-laki`: its letter chooses it in the list."""
    sexes = (Sex.MALE, Sex.FEMALE, Sex.UNKNOWN)
    return [(str(sex), f"{sex_short(sex)} {label(sex)}") for sex in sexes]


def band_options(bands: Sequence[AgeBand], own: str | None = None) -> list[tuple[str, str]]:
    """The age groups of the branch, one that was stored under another set, and "not recorded"."""
    slugs = [band.slug for band in bands]
    if own is not None and own not in slugs:
        slugs.append(own)
    named = [(slug, age_words(slug)) for slug in slugs]
    return [*named, (UNKNOWN, age_label(UNKNOWN))]
