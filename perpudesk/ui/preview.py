"""Finished pages on the screen: pictures of the very PDF that is saved and printed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from perpudesk.core.formats import number
from perpudesk.core.i18n import tr
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.cards import Card
from perpudesk.ui.layout import row
from perpudesk.ui.pdf import MM_PER_INCH, PdfPages
from perpudesk.ui.text import Text, set_state

_EDGE = 12


class Preview(Card):
    """The pages of a PDF, one at a time, as a whole or as wide as there is room.

    Page Up and Page Down turn the pages, Home and End go to the first and last; `add_tool` puts
    buttons above.
    """

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        set_state(self, "ground", "paper")
        self._pages: PdfPages | None = None
        self._page, self._whole = 0, True
        self._instead: QWidget | None = None
        self._sheet = _Sheet()
        self._sheet.keys_pressed.connect(self._on_key)
        self._canvas = QScrollArea()
        self._canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._canvas.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._canvas.setWidget(self._sheet)
        self._canvas.viewport().installEventFilter(self)
        self._message = Text("", "quiet", wrap=True)
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._tools = row()
        self._where = Text("", "quiet")
        self._back = Button(
            "", self.back, kind="ghost", icon="chevron-left", name=tr("Page before")
        )
        self._forward = Button(
            "", self.forward, kind="ghost", icon="chevron-right", name=tr("Next page")
        )
        self._zoom = Button("", self._on_zoom, kind="ghost")
        self._pager = row(None, self._where, self._back, self._forward, self._zoom, None)
        self.add(self._tools)
        self.add(self._message, 1)
        self.add(self._canvas, 1)
        self.add(self._pager)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.show_message(tr("Nothing to show yet."))

    def minimumSizeHint(self) -> QSize:
        look = theme.current()
        return QSize(max(look.px(280), self._tools.minimumSize().width() + 34), look.px(380))

    def hasHeightForWidth(self) -> bool:
        """No: the page is drawn as high as there is room."""
        return False

    def add_tool(self, widget: QWidget | None, stretch: int = 0) -> None:
        """Put `widget` (None: room) above the pages."""
        if widget is None:
            self._tools.addStretch(1)
        else:
            if isinstance(widget, Button):  # it may leave its key out where room is little
                widget.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            self._tools.addWidget(widget, stretch)

    def show_instead(self, widget: QWidget | None) -> None:
        """Show `widget` in place of the pages, under the same tools; None: the pages again."""
        if self._instead is not None:
            self._instead.hide()
            self._instead.deleteLater()
        self._instead = widget
        if widget is not None:
            self.body.insertWidget(self.body.indexOf(self._canvas), widget, 1)
            widget.show()
        self._show_parts()

    def _show_parts(self) -> None:
        """What is in place: a widget, the pages, or the sentence why there are none."""
        free = self._instead is None
        self._message.setVisible(free and self._pages is None)
        self._canvas.setVisible(free and self._pages is not None)
        self._show_pager(free and self._pages is not None)

    def page(self) -> int:
        """The page shown, 0 the first."""
        return self._page

    def page_count(self) -> int:
        """How many pages there are, 0 without a PDF."""
        return len(self._pages) if self._pages else 0

    def show_pdf(self, data: bytes) -> None:
        """Show a PDF, at the page that was shown before if it has that many."""
        self._close()
        self._pages = PdfPages(data)
        self._page = min(self._page, len(self._pages) - 1)
        self._show_parts()
        self._turn_to(self._page)

    def show_message(self, sentence: str) -> None:
        """Show a sentence in place of pages: why there are none, or that they are being made."""
        self._close()
        self._message.setText(sentence)
        self._show_parts()

    def back(self) -> None:
        """Show the page before, if there is one."""
        self._turn_to(self._page - 1)

    def forward(self) -> None:
        """Show the next page, if there is one."""
        self._turn_to(self._page + 1)

    def show_whole(self, whole: bool) -> None:
        """Show whole pages, or pages as wide as the room."""
        self._whole = whole
        self._zoom.set_label(tr("Fit width") if whole else tr("Whole page"))
        self._render()

    def _close(self) -> None:
        if self._pages is not None:
            self._pages.close()
        self._pages = None

    def _show_pager(self, shown: bool) -> None:
        for widget in (self._where, self._back, self._forward, self._zoom):
            widget.setVisible(shown)
        if shown:
            self.show_whole(self._whole)

    def _turn_to(self, page: int) -> None:
        count = self.page_count()
        if not 0 <= page < count:
            return
        self._page = page
        where = tr("Page {page} of {count}", page=number(page + 1), count=number(count))
        self._where.setText(where)
        self._sheet.setAccessibleName(where)
        self._back.setEnabled(page > 0)
        self._forward.setEnabled(page < count - 1)
        self._canvas.verticalScrollBar().setValue(0)
        self._render()

    def _render(self) -> None:
        """Draw the page anew, as large as it is seen."""
        room = self._canvas.viewport().size()
        if self._pages is None or self._canvas.isHidden() or room.width() < 2 * _EDGE + 40:
            return
        size = self._pages.size_mm(self._page)
        wide = room.width() - 2 * _EDGE
        if self._whole:
            wide = min(wide, int((room.height() - 2 * _EDGE) * size.width() / size.height()))
        ratio = self.devicePixelRatioF()
        picture = self._pages.image(self._page, max(wide, 40) * ratio / size.width() * MM_PER_INCH)
        picture.setDevicePixelRatio(ratio)
        self._sheet.show_picture(picture)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._render()
        return False

    def _on_zoom(self) -> None:
        self.show_whole(not self._whole)

    def _on_key(self, key: int) -> None:
        turned = {
            Qt.Key.Key_PageUp: self._page - 1,
            Qt.Key.Key_PageDown: self._page + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self.page_count() - 1,
        }
        self._turn_to(turned[Qt.Key(key)])


class _Sheet(QWidget):
    """One page with its shadow."""

    keys_pressed = Signal(int)
    """A key that turns pages."""

    _TURNING = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End)

    def __init__(self) -> None:
        super().__init__()
        self._picture = QImage()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Page"))

    def show_picture(self, picture: QImage) -> None:
        """Show the page and be as large as it."""
        self._picture = picture
        size = picture.deviceIndependentSize().toSize()
        self.resize(size + QSize(2 * _EDGE, 2 * _EDGE))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in self._TURNING:
            self.keys_pressed.emit(event.key())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture.isNull():
            return
        look = theme.current()
        painter = QPainter(self)
        page = QRect(QRect(0, 0, self.width(), self.height())).adjusted(
            _EDGE, _EDGE, -_EDGE, -_EDGE
        )
        painter.fillRect(page.adjusted(2, 3, 2, 3), look.colour("line"))
        painter.drawImage(page.topLeft(), self._picture)
        edge = "focus" if self.hasFocus() else "control_line"
        painter.setPen(look.colour(edge))
        painter.drawRect(page.adjusted(-1, -1, 0, 0))
        if self.hasFocus():
            painter.drawRect(page.adjusted(-2, -2, 1, 1))
        painter.end()
