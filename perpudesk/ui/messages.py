"""Boxes that stop the work: only for what cannot be undone and for what went wrong."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.files import replacing
from perpudesk.core.i18n import tr
from perpudesk.ui.buttons import Button
from perpudesk.ui.cards import Drawing
from perpudesk.ui.layout import column, row
from perpudesk.ui.text import Text
from perpudesk.ui.toasts import announce


class MessageBox(QDialog):
    """A sentence, what follows from it, and buttons; the last button is the one for Enter."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        detail: str = "",
        *,
        icon: str = "info",
        role: str = "primary",
    ) -> None:
        super().__init__(parent.window() if parent is not None else None)
        self.setWindowTitle("PerpuDesk")
        self.setAccessibleName(title)
        self.setAccessibleDescription(detail)
        self._title = Text(title, "label", wrap=True)
        self._detail = Text(detail, wrap=True)
        self._buttons = row(None)
        self.buttons: list[Button] = []
        self.words = column(self._title, self._detail)
        drawing = Drawing(icon, role, 28)
        line = row(drawing, self.words, gap=14)
        line.setAlignment(drawing, Qt.AlignmentFlag.AlignTop)
        line.setStretchFactor(self.words, 1)
        box = column(line, self._buttons, gap=18)
        box.setContentsMargins(22, 20, 22, 18)
        self.setLayout(box)
        self._detail.setVisible(bool(detail))  # with its parent: alone it would be a window
        self.setMinimumWidth(460)

    def add_button(self, button: Button, result: int) -> Button:
        """Add a button that closes the box with `result`."""
        self._buttons.addWidget(button)
        self.buttons.append(button)
        button.clicked.connect(lambda: self.done(result))
        return button


def confirm(parent: QWidget | None, question: str, *, action: str, detail: str = "") -> bool:
    """Ask before something that cannot be undone; Enter and Escape both mean no."""
    box = MessageBox(parent, question, detail, icon="warning", role="amber_ink")
    box.add_button(Button(action, kind="danger"), QDialog.DialogCode.Accepted)
    no = box.add_button(
        Button(tr("Cancel"), kind="primary", key=tr("Esc")), QDialog.DialogCode.Rejected
    )
    no.setDefault(True)
    no.setFocus()
    return box.exec() == QDialog.DialogCode.Accepted


def show_error(parent: QWidget | None, error: PerpuDeskError) -> None:
    """Say what happened and what to do, as the error says it."""
    box = MessageBox(parent, error.sentence(), icon="error", role="red_ink")
    box.add_button(Button(tr("Close"), kind="primary"), QDialog.DialogCode.Accepted).setDefault(
        True
    )
    box.exec()


class CrashBox(MessageBox):
    """Says that we made a mistake, offers the details to copy, and to go on or to leave.

    `exec()` is `CrashBox.CONTINUE` or `CrashBox.QUIT`; Escape goes on.
    """

    CONTINUE = 0
    QUIT = 1

    def __init__(
        self, parent: QWidget | None, details: str, *, report: Callable[[], str] | None = None
    ) -> None:
        """`report` makes the text that is saved for whoever looks after the program."""
        super().__init__(
            parent,
            tr("PerpuDesk made a mistake. What was recorded before is safe on the disk."),
            tr(
                "Continue, or close the program and start it again. If it happens again, save a "
                "report on a stick for whoever looks after this computer. No name is in it."
            ),
            icon="error",
            role="red_ink",
        )
        self._details = QPlainTextEdit(details)
        self._details.setReadOnly(True)
        self._details.setTabChangesFocus(True)
        self._details.setAccessibleName(tr("Details of the mistake"))
        self._details.setMaximumHeight(160)
        self.words.addWidget(self._details)
        self.copy = Button(tr("Copy the details"), self._on_copy, icon="copy")
        self._buttons.insertWidget(0, self.copy)
        self.save = Button(tr("Save a report…"), self._on_save, icon="save")
        self.save.setVisible(report is not None)
        self._buttons.insertWidget(1, self.save)
        self._report = report
        self.add_button(Button(tr("Quit")), self.QUIT)
        stay = self.add_button(Button(tr("Continue"), kind="primary"), self.CONTINUE)
        stay.setDefault(True)
        stay.setFocus()
        self.setMinimumWidth(560)

    def _on_save(self) -> None:
        from perpudesk.ui.files import FileDialog

        kinds = [tr("Text file (*.txt)")]
        path = FileDialog(self, tr("Save a report…"), kinds, save_as="perpudesk-laporan.txt").ask()
        if path is None or self._report is None:
            return
        try:
            with replacing(path) as stream:
                stream.write(self._report().encode())
        except PerpuDeskError as error:
            show_error(self, error)
        else:
            self.save.set_label(tr("Saved"))
            announce(self, tr("Saved"))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details.toPlainText())
        self.copy.set_label(tr("Copied"))
        announce(self, tr("Copied"))
