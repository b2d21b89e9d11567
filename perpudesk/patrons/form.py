"""The quick form for someone who is known by name: added or mended without leaving the desk."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from weakref import WeakKeyDictionary

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QWidget

from perpudesk.branch.service import BranchService
from perpudesk.core.codes import UNKNOWN, Sex, age_label, age_words, band_in_set, label
from perpudesk.core.errors import InputError
from perpudesk.core.i18n import tr
from perpudesk.patrons.model import SHORTEST_CARD, Patron, PatronDraft, age_on, is_minor
from perpudesk.patrons.service import PatronService
from perpudesk.ui.buttons import ChipGroup
from perpudesk.ui.cards import Banner
from perpudesk.ui.fields import CardField, CheckField, ChoiceField, NumberField, TextField
from perpudesk.ui.forms import Form, FormDialog

Typed = dict[str, Any]
_FIELDS = tuple(asdict(PatronDraft(name="")))
_unfinished: WeakKeyDictionary[PatronService, dict[str, Typed]] = WeakKeyDictionary()
"""What Escape left, by patron ("" for a new one); it ends with the session."""


class PatronDialog(FormDialog):
    """Adds a patron, or mends the one given; Enter saves from any field.

    Escape closes and keeps what was typed: opened again for the same patron it is there; for a
    new one that begins otherwise it is offered. Opened once: closing deletes the dialog.
    """

    saved = Signal(object)
    """The `Patron` as stored."""

    def __init__(
        self,
        patrons: PatronService,
        branch: BranchService,
        *,
        draft: PatronDraft | None = None,
        patron: Patron | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """For someone new, begun as `draft`, or for `patron`."""
        title = tr("New patron") if patron is None else tr("Edit patron")
        super().__init__(title, Form(enter_submits=True), parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._patrons, self._branch, self._patron = patrons, branch, patron
        self._band = UNKNOWN
        self._brought_back = False
        start = patron.draft() if patron else draft or PatronDraft(name="")
        self._add_fields(start)
        self._show(asdict(start))
        self._start = self._typed()
        self._bring_back(begun=draft is not None)
        self.form.changed.connect(self._on_changed)
        self.submitted.connect(self._on_submitted)
        self.rejected.connect(self._on_rejected)

    def _add_fields(self, start: PatronDraft) -> None:
        form = self.form
        form.add("name", tr("Name"), TextField())
        form.add("member_number", tr("Member number"), CardField())
        form.add("sex", tr("Sex"), ChipGroup(tr("Sex"), [(str(sex), label(sex)) for sex in Sex]))
        form.add("birth_year", tr("Year of birth"), NumberField())
        form.add("age_band", tr("or age group"), ChoiceField(self._bands(start)), beside=True)
        consent = CheckField(tr("A guardian agrees that the name is kept"))
        form.add("guardian_consent", "", consent, hint=tr("Needed for someone under 18."))
        form.add("occupation", tr("Occupation"), ChoiceField(self._entries("occupation", start)))
        education = ChoiceField(self._entries("education", start))
        form.add("education", tr("Education"), education, beside=True)
        form.add("village", tr("Village"), TextField())
        form.add("contact", tr("Telephone, WhatsApp or e-mail"), TextField())
        form.add("note", tr("Note"), TextField())

    def _bands(self, start: PatronDraft) -> list[tuple[str, str]]:
        """The branch's age groups; one that was stored under another set stays among them."""
        slugs = [band.slug for band in self._branch.current().age_bands]
        if start.age_band is not None and start.age_band not in slugs:
            slugs.append(start.age_band)
        return [(slug, age_words(slug)) for slug in slugs] + [(UNKNOWN, age_label(UNKNOWN))]

    def _entries(self, name: str, start: PatronDraft) -> list[tuple[str, str]]:
        """What the list offers; a retired entry stays with whoever has it."""
        entries = self._branch.entries(f"{name}s", retired=True)
        own = getattr(start, name)
        return [(each.slug, each.label) for each in entries if not each.retired or each.slug == own]

    def _bring_back(self, *, begun: bool) -> None:
        """Show what was left for this patron, or offer what was left for another new one."""
        left = _unfinished.get(self._patrons, {}).get(self._key)
        if left is None:
            return
        if self._patron is not None or not begun:
            self._continue(left)
            return
        self._left = left
        banner = Banner(tr("Not finished yet: {name}", name=left["name"]), tone="info", icon="info")
        banner.add_action(tr("Continue"), self._on_continue)
        self._banner = banner
        box = self.layout()
        assert isinstance(box, QBoxLayout)  # noqa: S101 - FormDialog's own column
        box.insertWidget(1, banner)

    def _on_continue(self) -> None:
        self._banner.hide()
        self._continue(self._left)
        self.form.focus_first()

    def _continue(self, left: Typed) -> None:
        self._brought_back = True
        self._show(left)

    @property
    def _key(self) -> str:
        return "" if self._patron is None else self._patron.id

    def _typed(self) -> Typed:
        """Every field as it stands, also where it is wrong."""
        widgets = {name: self.form.field(name).widget for name in _FIELDS}
        return {
            name: widget.text() if isinstance(widget, QLineEdit) else self.form.value(name)
            for name, widget in widgets.items()
        }

    def _show(self, typed: Typed) -> None:
        self._band = typed["age_band"] or UNKNOWN
        self.form.fill(**{**typed, "age_band": self._band})
        self._on_changed()

    def _draft(self) -> PatronDraft:
        """What was typed; raises `InputError` where a field cannot be read."""
        typed = {name: self.form.value(name) for name in _FIELDS}
        band = typed["age_band"]
        return PatronDraft(**{**typed, "age_band": None if band == UNKNOWN else band})

    def _on_changed(self) -> None:
        """Let the year of birth say the age group, and ask for consent under 18."""
        self._warn_of_number()
        try:
            draft = self._draft()
        except InputError:  # a year that is no number yet
            return
        today, band = self._patrons.today(), self.form.field("age_band").widget
        if draft.birth_year is None:
            if band.isEnabled():
                self._band = draft.age_band or UNKNOWN
            band.setEnabled(True)
            self.form.fill(age_band=self._band)
        else:
            years = age_on(draft.birth_year, today)
            band.setEnabled(False)
            bands = self._branch.current().age_bands
            self.form.fill(age_band=band_in_set(years, None, bands))
        self.form.field("guardian_consent").setVisible(is_minor(self._draft(), today=today))

    def _warn_of_number(self) -> None:
        """Say of a number that it is too short to be told from fingers when it is scanned."""
        typed = self.form.value("member_number")
        short = 0 < len(typed) < SHORTEST_CARD
        warning = tr("Too short for the scanner. At the desk it is found with “/”.")
        self.form.field("member_number").set_hint(warning if short else "")

    def _on_submitted(self) -> None:
        kept: list[Patron] = []
        if self.form.attempt(lambda: kept.append(self._store())):
            if self._brought_back:
                del _unfinished[self._patrons][self._key]
            self.accept()
            self.saved.emit(kept[0])

    def _store(self) -> Patron:
        draft = self._draft()
        if self._patron is None:
            return self._patrons.add(draft)
        return self._patrons.change(self._patron.id, draft)

    def _on_rejected(self) -> None:
        typed, kept = self._typed(), _unfinished.setdefault(self._patrons, {})
        if typed != self._start:
            kept[self._key] = typed
        elif self._brought_back:
            del kept[self._key]
