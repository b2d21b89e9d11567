"""What is asked without stopping anybody: one question at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from perpudesk.core.i18n import tr
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.cards import Card, Drawing
from perpudesk.ui.layout import FlowLayout, row
from perpudesk.ui.stylesheet import control_height
from perpudesk.ui.text import Text
from perpudesk.ui.toasts import announce


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A button of a question; the first answer is the one for Enter."""

    text: str
    slot: Callable[[], object]
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something to decide while taps go on; the same `about` is asked only once at a time."""

    about: str
    text: str
    answers: tuple[Answer, ...]
    refused: Callable[[], object]
    """Escape: nothing is done now, and whatever waited says so."""
    refusal: str = ""
    tone: str = "warn"


class QuestionCard(Card):
    """Shows the oldest question; the others wait behind it."""

    emptied = Signal()
    """The last question was answered."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.body.setSpacing(6)
        self._waiting: list[Question] = []
        self._drawing = Drawing("warning", "amber_ink", 22)
        self._set_tone("warn")
        self._words = Text("", "label", wrap=True)
        self._more = Text("", "small")
        line = row(self._drawing, self._words, self._more)
        line.setStretchFactor(self._words, 1)
        line.setAlignment(self._drawing, Qt.AlignmentFlag.AlignTop)
        self._holder = QWidget()
        self._buttons = FlowLayout(self._holder)
        self._holder.setMinimumHeight(control_height(theme.current()))
        self.add(line)
        self.add_stretch()
        self.add(self._holder)

    @property
    def current(self) -> Question | None:
        """The question that is asked."""
        return self._waiting[0] if self._waiting else None

    def ask(self, question: Question) -> None:
        """Ask, or ask anew what is already asked about the same."""
        at = next((i for i, own in enumerate(self._waiting) if own.about == question.about), None)
        if at is None:
            self._waiting.append(question)
        else:
            self._waiting[at] = question
        self._show()

    def withdraw(self, about: str) -> None:
        """Ask no more about what was settled otherwise."""
        if any(question.about == about for question in self._waiting):
            self._leave([each for each in self._waiting if each.about != about])

    def answer(self, place: int = 0) -> bool:
        """Take an answer of the current question; False when none is asked."""
        if self.current is None or place >= len(self.current.answers):
            return False
        slot = self.current.answers[place].slot
        self._next()
        slot()
        return True

    def refuse(self) -> bool:
        """Leave the current question; False when none is asked."""
        if self.current is None:
            return False
        slot = self.current.refused
        self._next()
        slot()
        return True

    def take_focus(self) -> None:
        """Go to the first answer, where Enter is no key of another widget."""
        self.buttons()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def buttons(self) -> list[Button]:
        """The buttons as shown, the way out last."""
        return [button for button in self._holder.findChildren(Button) if not button.isHidden()]

    def _next(self) -> None:
        self._leave(self._waiting[1:])

    def _leave(self, waiting: list[Question]) -> None:
        """Go on with what is `waiting` still."""
        self._waiting = waiting
        if waiting:
            self._show()
        else:
            self.emptied.emit()

    def _show(self) -> None:
        question = self._waiting[0]
        self._set_tone(question.tone)
        self._words.setText(question.text)
        more = len(self._waiting) - 1
        self._more.setText(tr("{n} more", n=more) if more else "")
        self._show_buttons(question)
        announce(self, question.text)

    def _set_tone(self, tone: str) -> None:
        error = tone == "error"
        self.set_edge(tone)
        self.body.setContentsMargins(20, 12, 16, 12)
        drawing, ink = ("error", "red_ink") if error else ("warning", "amber_ink")
        self._drawing.set_drawing(drawing, ink)

    def _show_buttons(self, question: Question) -> None:
        for old in self.buttons():
            self._buttons.removeWidget(old)
            old.hide()
            old.deleteLater()
        for place, each in enumerate(question.answers):
            key, kind = each.key, "plain"
            if place == 0:
                key, kind = tr("Enter"), "primary"
            self._add(Button(each.text, self._slot(place), kind=kind, key=key))
        self._add(Button(question.refusal or tr("No"), self.refuse, key=tr("Esc")))

    def _slot(self, place: int) -> Callable[[], object]:
        return lambda: self.answer(place)

    def _add(self, button: Button) -> None:
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setParent(self._holder)
        self._buttons.addWidget(button)
        button.show()
