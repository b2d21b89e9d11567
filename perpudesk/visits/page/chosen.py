"""Beside the list: the history of the visit that is chosen, or what many become together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from perpudesk.core.codes import Method, label
from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr, trn
from perpudesk.ui.buttons import Button
from perpudesk.ui.cards import Card
from perpudesk.ui.fields import ChoiceField
from perpudesk.ui.forms import Form
from perpudesk.ui.layout import Scroll, boxed, column, row
from perpudesk.ui.text import Text
from perpudesk.visits.finding import Happening, Mend
from perpudesk.visits.form.history import HistoryView, HistoryWords
from perpudesk.visits.form.words import who
from perpudesk.visits.model import Visit

_SAME = ""


class ChosenCard(Card):
    """What is chosen in the list, and what can be done with it."""

    edit_asked = Signal()
    remove_asked = Signal()
    bring_back_asked = Signal()
    mend_asked = Signal(object)
    """A `Mend` for everything that is chosen."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._hint = Text(tr("Choose a visit to see what happened to it."), "quiet", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.one, self.many = _OneVisit(), _ManyVisits()
        self._stack = QStackedWidget()
        for part in (boxed(column(None, self._hint, None)), self.one, self.many):
            self._stack.addWidget(part)
        self.add(self._stack, 1)
        self.edit = Button(tr("Edit"), self.edit_asked.emit, icon="edit", key="Enter")
        self.remove = Button(
            tr("Remove"), self.remove_asked.emit, kind="danger", icon="trash", key="Del"
        )
        self.back = Button(tr("Count again"), self.bring_back_asked.emit, icon="undo")
        self.apply = Button(tr("Change them"), self.many.apply, kind="primary", key="Ctrl+Enter")
        ways = boxed(row(self.edit, self.back, None, self.remove))
        self.add(boxed(column(boxed(row(self.apply, None)), ways, gap=8)))
        self.many.mend_asked.connect(self.mend_asked)
        self.show_none()

    def show_none(self) -> None:
        """Nothing is chosen."""
        self._stack.setCurrentIndex(0)
        for button in (self.edit, self.back, self.apply, self.remove):
            button.hide()

    def show_one(
        self, visit: Visit, history: Sequence[Happening], words: HistoryWords, *, removed: bool
    ) -> None:
        """One visit, and what happened to it."""
        self._stack.setCurrentWidget(self.one)
        self.one.show_visit(visit, history, words)
        self._show_ways(removed=removed, edit=True)

    def show_many(self, count: int, *, removed: bool) -> None:
        """So many visits, and what they can become."""
        self._stack.setCurrentWidget(self.many)
        self.many.show_count(count, removed=removed)
        self._show_ways(removed=removed, edit=False)

    def begin_many(self) -> None:
        """Go to the first thing that all of them can become."""
        if self.many.form.isVisible():
            self.many.form.field("purpose").widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_ways(self, *, removed: bool, edit: bool) -> None:
        self.edit.setVisible(edit and not removed)
        self.apply.setVisible(not edit and not removed)
        self.back.setVisible(removed)
        self.remove.setVisible(not removed)


class _OneVisit(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._who = Text("", "heading", wrap=True)
        self._note = Text("", "quiet", wrap=True)
        self._history = HistoryView()
        title = Text(tr("History"), "label")
        self.setLayout(column(self._who, self._note, title, Scroll(self._history), gap=8))

    def show_visit(self, visit: Visit, history: Sequence[Happening], words: HistoryWords) -> None:
        self._who.setText(who(visit))
        self._note.setText(visit.note or "")
        self._note.setVisible(bool(visit.note))
        self._history.show_history(history, words)


class _ManyVisits(QWidget):
    mend_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._count = Text("", "heading", wrap=True)
        self.form = Form()
        for name, title in (
            ("purpose", tr("Purpose")),
            ("occupation", tr("Occupation")),
            ("education", tr("Education")),
            ("method", tr("How it was counted")),
        ):
            self.form.add(name, title, ChoiceField())
        self.form.submitted.connect(self.apply)
        self.setLayout(column(self._count, Scroll(boxed(column(self.form, None))), gap=10))

    def offer(self, lists: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        """Offer these entries of the lists that grow."""
        methods = [(str(each), label(each)) for each in Method]
        for name, options in {**lists, "method": methods}.items():
            field = self.form.field(name).widget
            assert isinstance(field, ChoiceField)  # noqa: S101 - made above
            same = (_SAME, tr("leave as it is"))
            field.set_options([same, *options], value=field.value() or _SAME)

    def show_count(self, count: int, *, removed: bool) -> None:
        words = trn("{count} visit chosen", "{count} visits chosen", count, count=number(count))
        self._count.setText(words)
        self.form.setVisible(not removed)

    def apply(self) -> None:
        """Ask for what was chosen here."""

        def work() -> None:
            self.mend_asked.emit(self._mend())

        self.form.attempt(work)

    def _mend(self) -> Mend:
        chosen: dict[str, Any] = {
            name: self.form.value(name) or None
            for name in ("purpose", "occupation", "education", "method")
        }
        method = chosen.pop("method")
        mend = Mend(**chosen, method=Method(method) if method else None)
        mend.columns()
        return mend

    def done(self) -> None:
        """Everything is as it was asked: the next change begins with nothing chosen."""
        for name in ("purpose", "occupation", "education", "method"):
            self.form.field(name).set_value(_SAME)

    def refused(self, error: PerpuDeskError) -> None:
        """Say why nothing was changed."""
        self.form.show_error(error)
