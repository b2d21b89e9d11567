"""The help of a page (F1): a short text in the reader's language."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QDialog, QTextBrowser, QWidget

from perpudesk.core.i18n import language, tr
from perpudesk.core.paths import resource
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.fitting import fit
from perpudesk.ui.layout import column, row


def help_text(page: str) -> str:
    """The Markdown of `page` in the current language, or one sentence where there is none."""
    path = resource(f"help/{language()}/{page}.md")
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return tr("There is no help for this page yet. Ctrl+/ shows its keys.")


class HelpDialog(QDialog):
    """Shows the help of `page`; the window behind it stays usable."""

    def __init__(self, parent: QWidget, page: str, title: str) -> None:
        super().__init__(parent.window())
        self.setWindowTitle(tr("Help: {page}", page=title))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.text = _Reader()
        self.text.setAccessibleName(self.windowTitle())
        self.text.setMarkdown(help_text(page))
        close = Button(tr("Close"), self.accept, kind="primary", key=tr("Esc"))
        box = column(self.text, row(None, close), gap=14)
        box.setContentsMargins(22, 18, 22, 18)
        self.setLayout(box)
        look = theme.current()
        fit(self, look.px(620), look.px(520))
        self.text.setFocus()


class _Reader(QTextBrowser):
    """Reads text only: nothing is fetched, no link leads out of the program."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        # With a caret, the arrows would move that instead of the text.
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def loadResource(self, type: int, name: QUrl | str) -> object:  # noqa: A002 - Qt's name
        return None
