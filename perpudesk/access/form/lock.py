"""The lock over everything: who it is, their PIN, Enter. What was typed behind it stays."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from perpudesk.access.model import MOST, Keeper
from perpudesk.access.service import AccessService
from perpudesk.core.codes import label
from perpudesk.core.errors import InputError, Problem
from perpudesk.core.i18n import tr
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button, ChipGroup
from perpudesk.ui.cards import Card
from perpudesk.ui.fields import ParagraphField, TextField
from perpudesk.ui.forms import Form, FormDialog
from perpudesk.ui.layout import column, row
from perpudesk.ui.text import Text

NOT_THE_SAME = Problem("pins_differ", "The two are not the same. Type the PIN twice.")


class PinField(TextField):
    """Digits that nobody looking over a shoulder can read."""

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(MOST)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData
        )


class LockScreen(QDialog):
    """Stands before every window of the program until somebody has proved who they are."""

    unlocked = Signal()
    """Whoever typed their PIN is at the desk now."""

    def __init__(self, access: AccessService, *, parent: QWidget) -> None:
        super().__init__(parent.window())
        self._access, self._over = access, parent.window()
        self._open = False
        self.setWindowTitle(tr("PerpuDesk is locked"))
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        people = access.keepers()
        here = access.who()
        self._people = {each.id: each for each in people}
        self.who = ChipGroup(
            tr("Who are you?"),
            [(each.id, each.name) for each in people],
            value=here.id if here else people[0].id,
        )
        self.who.chosen.connect(self._on_chosen)
        self.form = Form(enter_submits=True)
        self.form.add("pin", tr("PIN"), PinField())
        self.form.submitted.connect(self._on_submitted)
        self.go = Button(tr("Unlock"), self._on_submitted, kind="primary", key=tr("Enter"))
        self.forgotten = Button(tr("PIN forgotten…"), self._on_forgotten, kind="link")
        card = Card()
        told = tr("What is recorded is safe; what was typed is still there.")
        card.add(Text(tr("PerpuDesk is locked"), "title"))
        card.add(Text(told, "quiet", wrap=True))
        card.add(self.who)
        card.add(self.form)
        card.add(row(self.forgotten, None, self.go))
        card.setMaximumWidth(theme.current().px(520))
        self.setLayout(column(None, row(None, card, None), None))
        self.reset: ResetDialog | None = None

    def open(self) -> None:
        """Cover the window, the PIN's field ready to be typed in."""
        self.setGeometry(self._over.geometry())
        super().open()
        self.raise_()
        self.activateWindow()
        self._on_chosen()

    def _chosen(self) -> Keeper:
        return self._people[self.who.value() or ""]

    def _on_chosen(self, _id: str = "") -> None:
        who = self._chosen()
        field = self.form.field("pin")
        field.set_error(None)
        field.set_value("")
        field.setVisible(who.has_pin)
        self.forgotten.setVisible(who.keeps_lock)
        if who.has_pin:
            self.form.focus_first()
        else:
            self.go.setFocus()

    def _on_submitted(self) -> None:
        pin = self.form.field("pin")
        typed = pin.value()
        if self.form.attempt(lambda: self._access.unlock(self._chosen().id, typed)):
            self._open = True
            self.accept()
            self.unlocked.emit()
        else:
            sentence = pin.error()
            pin.set_value("")
            pin.set_error(sentence)
            self.form.focus_first()

    def _on_forgotten(self) -> None:
        self.reset = ResetDialog(self._access, self._chosen(), parent=self)
        self.reset.open()

    def reject(self) -> None:
        """Escape and the window manager do not open a lock."""

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._open:
            super().closeEvent(event)
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)

    def leave(self) -> None:
        """The program ends, or its window is made anew."""
        self._open = True
        self.close()


class ResetDialog(FormDialog):
    """Another PIN for an admin who forgot theirs, by the words of the recovery sheet."""

    def __init__(self, access: AccessService, who: Keeper, *, parent: QWidget) -> None:
        form = Form()
        title = tr("A new PIN for {name}", name=who.name)
        super().__init__(title, form, action=tr("Set the PIN"), parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._access, self._who = access, who
        why = tr("The recovery sheet was printed when backups were set up. Without it nobody can.")
        form.add_part(Text(why, "quiet", wrap=True))
        form.add("words", tr("Words of the recovery sheet"), ParagraphField(lines=3))
        form.add("pin", tr("New PIN"), PinField())
        self.submitted.connect(self._on_submitted)

    def _on_submitted(self) -> None:
        def set_pin() -> None:
            words, pin = self.form.value("words"), self.form.value("pin")
            self._access.reset_pin(self._who.id, words, pin)

        if self.form.attempt(set_pin):
            self.finish()


class PinDialog(FormDialog):
    """A PIN typed twice."""

    def __init__(self, access: AccessService, who: Keeper, *, parent: QWidget) -> None:
        form = Form()
        title = tr("PIN of {name} ({role})", name=who.name, role=label(who.role))
        super().__init__(title, form, action=tr("Set the PIN"), parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._access, self._who = access, who
        form.add("pin", tr("New PIN"), PinField(), hint=tr("4 to 12 digits."))
        form.add("again", tr("The same again"), PinField())
        self.submitted.connect(self._on_submitted)

    def _on_submitted(self) -> None:
        def set_pin() -> None:
            pin = self.form.value("pin")
            if self.form.value("again") != pin:
                raise InputError(NOT_THE_SAME, field="again")
            self._access.set_pin(self._who.id, pin)

        if self.form.attempt(set_pin):
            self.finish()
