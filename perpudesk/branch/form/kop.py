"""The kop surat as it will be printed, and what makes it: the crest and the lines."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from perpudesk.branch.form.editor import Editor
from perpudesk.branch.form.live import LiveForm
from perpudesk.branch.model import letterhead_parts
from perpudesk.branch.service import BranchService
from perpudesk.core.codes import Paper
from perpudesk.core.errors import PerpuDeskError
from perpudesk.core.i18n import language, tr
from perpudesk.paper.document import Document, Letterhead
from perpudesk.ui import background, theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.cards import Card
from perpudesk.ui.fields import ParagraphField
from perpudesk.ui.files import FileDialog
from perpudesk.ui.layout import column, row
from perpudesk.ui.text import Text, set_state

_WAIT_MS = 150
"""After the last key, before the kop is set anew."""
_SHARP = 2
"""Points of the picture for one of the screen: it stays sharp when the window grows."""
_DPI = 110
_MARGIN_MM = 10


class KopPreview(Card):
    """The upper end of a page with the kop on it, printed by the very code that prints reports."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        set_state(self, "ground", "paper")
        self._wanted: Letterhead | None = None
        self._busy = False
        self._picture = Picture()
        self.add(self._picture)
        self._timer = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._timer.timeout.connect(self._on_waited)

    def show_letterhead(self, letterhead: Letterhead) -> None:
        """Show this kop as soon as it is printed."""
        self._wanted = letterhead
        self._timer.start()

    def _on_waited(self) -> None:
        if self._busy:  # the one under way asks again when it is done
            return
        letterhead, self._wanted = self._wanted, None
        if letterhead is None:
            return
        self._busy, spoken = True, language()
        background.run(
            self,
            lambda _report: printed_kop(letterhead, spoken),
            succeeded=self._on_printed,
            ended=self._on_ended,
        )

    def _on_printed(self, picture: QImage) -> None:
        self._picture.show_picture(picture)

    def _on_ended(self) -> None:
        self._busy = False
        self._on_waited()


class Picture(QWidget):
    """A picture as wide as its place."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QImage()
        self.setAccessibleName(tr("The kop as it is printed"))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_picture(self, picture: QImage) -> None:
        """Show another one."""
        self._picture = picture
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        wide = theme.current().px(480)
        return QSize(wide, self.heightForWidth(wide))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if self._picture.isNull():
            return width // 4
        return round(width * self._picture.height() / self._picture.width())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(
            QRect(0, 0, self.width(), self.heightForWidth(self.width())), self._picture
        )
        painter.end()


def printed_kop(letterhead: Letterhead, spoken: str) -> QImage:
    """The upper end of an A4 page with the kop, down to a little below its double rule."""
    from perpudesk.paper.pdf import render  # ReportLab loads when the first kop is looked at
    from perpudesk.ui.pdf import MM_PER_INCH, PdfPages

    stream = io.BytesIO()
    title = tr("Letterhead")
    page = Document(title=title, language=spoken, blocks=(), letterhead=letterhead)
    render(page, stream, paper=Paper.A4)
    pages = PdfPages(stream.getvalue())
    dpi = _DPI * _SHARP
    image = pages.image(0, dpi)
    pages.close()
    margin = round(_MARGIN_MM * dpi / MM_PER_INCH)
    inked = _inked(image, image.height() // 2)
    top, end = (inked[0], inked[-1]) if inked else (margin, margin)
    return image.copy(0, max(top - margin, 0), image.width(), end - max(top - margin, 0) + margin)


def _inked(image: QImage, before: int) -> list[int]:
    """The lines of points above `before` that are not white."""
    wide = image.bytesPerLine()
    white, lines = b"\xff" * wide, memoryview(image.constBits())
    return [y for y in range(before) if lines[y * wide : (y + 1) * wide] != white]


class KopEditor(Editor):
    """Crest and lines with the kop below them; everything is stored when it is left."""

    def __init__(self, branch: BranchService, *, parent: QWidget | None = None) -> None:
        self.form = LiveForm(lambda _name, text: branch.set_up(letterhead=text.splitlines()))
        super().__init__(self.form, parent=parent)
        self._branch = branch
        self._crest: bytes | None = None
        self.lines = ParagraphField(lines=4)
        hint = tr("One line each: the government, the office in bold, then the address.")
        self.form.add("letterhead", tr("Lines of the letterhead"), self.lines, hint=hint)
        self.choose = Button(tr("Choose a crest…"), self._on_choose, icon="folder")
        self.drop = Button(tr("Without a crest"), self._on_drop, kind="ghost")
        self._error = Text("", "error", wrap=True)
        self.preview = KopPreview()
        advice = Text(tr("PNG or JPEG; black on white prints best."), "small", wrap=True)
        buttons = row(self.choose, self.drop, advice)
        buttons.setStretchFactor(advice, 1)
        self.setLayout(column(buttons, self._error, self.form, self.preview, None, gap=12))
        self._error.hide()
        self.lines.changed.connect(self._show)

    def refresh(self) -> None:
        branch = self._branch.current()
        self._crest = self._branch.crest() if branch.has_crest else None
        self.form.show_kept(letterhead="\n".join(branch.letterhead))
        self.drop.setVisible(branch.has_crest)
        label = tr("Choose another crest…") if branch.has_crest else tr("Choose a crest…")
        self.choose.set_label(label)
        self._show()

    def _show(self) -> None:
        """Set the kop with the lines as they are typed, before they are stored."""
        lines = tuple(line.strip() for line in self.lines.value().splitlines() if line.strip())
        typed = replace(self._branch.current(), letterhead=lines)
        government, office, address = letterhead_parts(typed)
        self.preview.show_letterhead(
            Letterhead(government=government, office=office, address=address, crest=self._crest)
        )

    def _on_choose(self) -> None:
        filters = [tr("Pictures (*.png *.jpg *.jpeg)"), tr("All files (*)")]
        dialog = FileDialog(self, tr("Choose a crest"), filters)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take_crest)
        dialog.open()

    def take_crest(self, path: str) -> None:
        """Read the picture in the file `path`, beside the window: it may be large."""
        self._say("")
        background.run(
            self,
            lambda _report: _read(Path(path)),
            succeeded=self._on_read,
            failed=self._on_refused,
        )

    def _on_read(self, picture: bytes) -> None:
        self._branch.set_crest(picture)
        self.refresh()

    def _on_refused(self, error: PerpuDeskError) -> None:
        self._say(error.sentence())
        self.choose.setFocus()

    def _on_drop(self) -> None:
        self._say("")
        self._branch.set_crest(None)
        self.refresh()

    def _say(self, sentence: str) -> None:
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))


def _read(path: Path) -> bytes:
    from perpudesk.paper.kop import read_crest_file  # Pillow loads when the first picture is chosen

    return read_crest_file(path)
