"""The help (F1): a short text of each page in the reader's language, and the search over all."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QShortcut,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QDialog, QStackedWidget, QTextBrowser, QTextEdit, QWidget

from perpudesk.core.i18n import language, tr
from perpudesk.core.paths import resource
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.fitting import fit
from perpudesk.ui.help_search import Found, HelpPage, Line, search
from perpudesk.ui.layout import column, row
from perpudesk.ui.marks import KeyHint
from perpudesk.ui.search import SearchField
from perpudesk.ui.tables import REST, Column, TableView

_ABOVE = 12
"""Px at 100 % that are seen above the line that was found."""


def help_text(page: str) -> str:
    """The Markdown of `page` in the current language, or one sentence where there is none."""
    path = resource(f"help/{language()}/{page}.md")
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return tr("There is no help for this page yet. Ctrl+/ shows its keys.")


def help_pages() -> list[HelpPage]:
    """Every page of the help in the current language, as it is read."""
    keys = sorted(path.stem for path in resource(f"help/{language()}").glob("*.md"))
    return [_read(key) for key in keys]


def _read(key: str) -> HelpPage:
    document = QTextDocument()
    document.setMarkdown(help_text(key))
    lines, block = [], document.begin()
    while block.isValid():
        if text := " ".join(block.text().split()):
            heading = block.blockFormat().headingLevel() > 0
            lines.append(Line(text=text, block=block.blockNumber(), heading=heading))
        block = block.next()
    title = lines[0].text if lines else key
    return HelpPage(key=key, title=title, lines=tuple(lines[1:]))


class HelpDialog(QDialog):
    """Shows the help of `page` and searches all of it; the window behind it stays usable.

    Escape goes back one step: from a page that was found to what was found, from there to the
    page of the screen, and from that one out of the help. F1 goes there at once.
    """

    def __init__(
        self,
        parent: QWidget,
        page: str,
        title: str,
        *,
        print_guide: Callable[[QWidget], object] | None = None,
    ) -> None:
        """`print_guide` shows the quick guide over the help; without it there is none yet."""
        super().__init__(parent.window())
        self._page, self._title, self._print_guide = page, title, print_guide
        self._pages: list[HelpPage] | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.search = SearchField(placeholder=tr("Search the help"))
        self.search.setAccessibleName(tr("Search the help"))
        self.text = _Reader()
        self.found = _found_table()
        self._stack = QStackedWidget()
        for part in (self.text, self.found):
            self._stack.addWidget(part)
        self.back = Button(tr("Back"), self._step_back, icon="chevron-left", key=tr("Esc"))
        self.close_ = Button(tr("Close"), self.accept, kind="primary")
        words = tr("Print the quick guide…")
        self.guide = Button(words, self._on_guide, icon="print", key="Ctrl+P")
        self.guide.setVisible(print_guide is not None)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self._on_guide)
        foot = row(self.back, self.guide, None, self.close_)
        box = column(row(self.search, KeyHint("/")), self._stack, foot, gap=14)
        box.setStretch(1, 1)
        box.setContentsMargins(22, 18, 22, 18)
        self.setLayout(box)
        self.search.changed.connect(self._on_typed)
        self.search.returnPressed.connect(self._on_entered)
        self.search.left.connect(self.found.setFocus)
        self.found.row_activated.connect(self._open)
        look = theme.current()
        fit(self, look.px(620), look.px(520))
        self._on_typed()
        self.text.setFocus()

    def _on_typed(self) -> None:
        """Show what holds the words; without words, the page that the help was asked on."""
        typed = self.search.value()
        self.back.setVisible(bool(typed))
        self.close_.set_key("" if typed else tr("Esc"))
        if not typed:
            self._show(self._page, self._title)
            return
        if self._pages is None:
            self._pages = help_pages()
        self.found.show_rows(search(self._pages, typed))
        self.found.setCurrentIndex(self.found.rows.index(0, 0))
        self._stack.setCurrentWidget(self.found)

    def _on_entered(self) -> None:
        if (chosen := self.found.current_row()) is not None and self.search.value():
            self._open(chosen)

    def _open(self, found: Found) -> None:
        self._show(found.key, found.title)
        self.text.go_to(found.block)
        self.text.setFocus()

    def _show(self, page: str, title: str) -> None:
        self.setWindowTitle(tr("Help: {page}", page=title))
        self.text.setAccessibleName(self.windowTitle())
        self.text.show_text(help_text(page))
        self._stack.setCurrentWidget(self.text)

    def _step_back(self) -> None:
        """From a page that was found to the list, from the list to where the help began."""
        if not self.search.value():
            self.accept()
        elif self._stack.currentWidget() is self.text:
            self._stack.setCurrentWidget(self.found)
            self.found.setFocus()
        else:
            self._begin_anew()

    def _on_guide(self) -> None:
        if self._print_guide is not None:
            self._print_guide(self)

    def _begin_anew(self) -> None:
        self.search.clear()
        self.text.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._step_back()
        elif event.key() == Qt.Key.Key_F1:
            self._begin_anew()
        elif event.key() == Qt.Key.Key_Slash:
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()
        else:
            super().keyPressEvent(event)


def _found_table() -> TableView:
    table = TableView(
        tr("Pages of the help that were found"),
        [
            Column(
                title=tr("Page"),
                text=lambda found: found.title,
                detail=lambda found: found.excerpt,
                kind="strong",
                width=REST,
            )
        ],
        identity=lambda found: found.key,
        empty=tr("No page of the help holds all these words."),
    )
    table.horizontalHeader().hide()
    return table


class _Reader(QTextBrowser):
    """Reads text only: nothing is fetched, no link leads out of the program."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        # With a caret, the arrows would move that instead of the text.
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def show_text(self, markdown: str) -> None:
        """Show another text, from its beginning."""
        self.setExtraSelections([])
        self.setMarkdown(markdown)

    def go_to(self, block: int) -> None:
        """Bring a paragraph into view, and mark it."""
        found = self.document().findBlockByNumber(block)
        mark = QTextEdit.ExtraSelection()
        mark.cursor = QTextCursor(found)
        mark.cursor.movePosition(
            QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
        )
        mark.format.setBackground(theme.current().colour("primary_soft"))
        mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
        self.setExtraSelections([mark])
        top = self.document().documentLayout().blockBoundingRect(found).top()
        self.verticalScrollBar().setValue(int(top) - theme.current().px(_ABOVE))

    def loadResource(self, type: int, name: QUrl | str) -> object:  # noqa: A002 - Qt's name
        return None
