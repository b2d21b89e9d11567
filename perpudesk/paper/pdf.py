"""Documents as PDF files: the same document gives the same bytes."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import BinaryIO

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from perpudesk.core.codes import Paper
from perpudesk.core.files import replacing
from perpudesk.core.i18n import speaking, tr
from perpudesk.paper.document import Document
from perpudesk.paper.flow import Page
from perpudesk.paper.fonts import BOLD, REGULAR, metrics
from perpudesk.paper.layout import lay_out
from perpudesk.paper.margins import margin_marks
from perpudesk.paper.marks import WATERMARK, Box, Drawing, Line, Mark, Picture, Placed, Words, flat
from perpudesk.paper.right_to_left import visual
from perpudesk.paper.sizes import Sheet, sheet
from perpudesk.paper.text import one_line

rl_config.useA85 = 0  # binary streams: a fifth smaller than text, and sooner written

Report = Callable[[int, int], None]

_SLANT = math.tan(math.radians(11))
"""Italics are the upright font leaning: DejaVu's own would double what we ship."""
_WATERMARK_ANGLE = 52


def write_file(document: Document, path: Path, *, paper: Paper | str) -> int:
    """`document` as the file `path`, replaced whole or not at all; the number of pages.

    Raises `FileError` when the place cannot be written.
    """
    stream = io.BytesIO()
    pages = render(document, stream, paper=paper)
    with replacing(path) as file:
        file.write(stream.getbuffer())
    return pages


def render(
    document: Document,
    stream: BinaryIO,
    *,
    paper: Paper | str | Sheet,
    report: Report | None = None,
) -> int:
    """Write `document` as a PDF for `paper` to `stream`; the number of pages.

    `report(done, total)` is told each page and may raise to stop.
    """
    size = sheet(paper, document.format)
    with speaking(document.language):
        pages = lay_out(document, size, metrics())
        press = _Press(document, size, stream)
        for number, page in enumerate(pages, start=1):
            if report is not None:
                report(number, len(pages))
            press.page(page, tr("Page {page} of {pages}", page=number, pages=len(pages)))
    press.close()
    return len(pages)


class _Press:
    """Prints marks on the pages of one file."""

    def __init__(self, document: Document, size: Sheet, stream: BinaryIO) -> None:
        self._document = document
        self._size = size
        self._pen = ("", 0.0)
        self._behind: Drawing | None = None
        self._forms = 0
        self._canvas = Canvas(
            stream,
            pagesize=(size.width, size.height),
            invariant=1,
            initialFontName=REGULAR,  # else Helvetica is named on every page and never embedded
            lang=document.language,
        )
        title = one_line(document.title).encode("utf-8", "replace").decode()
        self._canvas.setTitle(title)
        self._canvas.setAuthor("")
        self._canvas.setSubject("")
        self._canvas.setCreator("PerpuDesk")
        self._canvas.setProducer("PerpuDesk")

    def page(self, page: Page, position: str) -> None:
        """Print one page: the watermark behind, its marks, head and foot."""
        if self._document.watermark:
            self._watermark(one_line(self._document.watermark))
        if page.behind:
            self._canvas.doForm(self._form(page.behind))
        margins = margin_marks(self._document, page, position, self._size, metrics())
        parts = [
            Placed(self._size.left + at.x, self._size.top + at.y, at.drawing) for at in page.placed
        ]
        parts.append(Placed(0, 0, Drawing(0, tuple(margins))))
        self._print(parts)
        self._canvas.showPage()
        self._pen = ("", 0.0)  # each page begins with a pen of its own

    def _print(self, parts: Iterable[Placed]) -> None:
        marks = [each for part in parts for each in flat(part)]
        self._shapes(marks)
        self._texts(marks)

    def _form(self, behind: Drawing) -> str:
        """The name of what is behind pages: drawn for the first of them, and stored once."""
        if behind is not self._behind:
            self._behind = behind
            self._forms += 1
            size = self._size
            self._canvas.beginForm(f"behind{self._forms}", 0, 0, size.width, size.height)
            self._pen = ("", 0.0)
            self._print([Placed(0, 0, behind)])
            self._canvas.endForm()
            self._pen = ("", 0.0)
        return f"behind{self._forms}"

    def close(self) -> None:
        """Finish the file."""
        self._canvas.save()

    def _watermark(self, text: str) -> None:
        """`text` across the page, light, as large as the page allows."""
        canvas, size = self._canvas, self._size
        widths = metrics().bold
        reach = min(size.width / math.cos(math.radians(_WATERMARK_ANGLE)), size.height) * 0.66
        canvas.saveState()
        canvas.translate(size.width / 2, size.height / 2)
        canvas.rotate(_WATERMARK_ANGLE)
        canvas.setFillColorRGB(*_rgb(WATERMARK))
        points = min(130.0, reach / max(0.5, widths.of(text)))
        canvas.setFont(BOLD, points)
        canvas.drawCentredString(0, -points * 0.36, visual(widths.printable(text)))
        canvas.restoreState()

    def _shapes(self, marks: Iterable[tuple[Mark, float, float]]) -> None:
        for mark, left, top in marks:
            match mark:
                case Line():
                    self._line(mark, left, self._size.height - top)
                case Box():
                    self._box(mark, left, self._size.height - top)
                case Picture():
                    self._picture(mark, left, self._size.height - top)

    def _line(self, line: Line, left: float, zero: float) -> None:
        self._stroke(line.ink, line.thickness)
        self._canvas.line(left + line.x1, zero - line.y1, left + line.x2, zero - line.y2)

    def _box(self, box: Box, left: float, zero: float) -> None:
        if box.fill:
            self._canvas.setFillColorRGB(*_rgb(box.fill))
        if box.edge:
            self._stroke(box.edge, box.thickness)
        self._canvas.rect(
            left + box.x,
            zero - box.y - box.height,
            box.width,
            box.height,
            stroke=bool(box.edge),
            fill=bool(box.fill),
        )

    def _stroke(self, ink: str, thickness: float) -> None:
        if (ink, thickness) == self._pen:
            return
        self._pen = (ink, thickness)
        self._canvas.setStrokeColorRGB(*_rgb(ink))
        self._canvas.setLineWidth(thickness)

    def _picture(self, picture: Picture, left: float, zero: float) -> None:
        self._canvas.drawImage(
            ImageReader(io.BytesIO(picture.data)),
            left + picture.x,
            zero - picture.y - picture.height,
            picture.width,
            picture.height,
        )

    def _texts(self, marks: Iterable[tuple[Mark, float, float]]) -> None:
        """All words of a page as one text object: tables of thousands of rows stay quick."""
        words = metrics()
        text = self._canvas.beginText()
        style, ink, tracking = (False, 0.0), "", 0.0
        for mark, left, top in marks:
            if not isinstance(mark, Words):
                continue
            if (mark.bold, mark.size) != style:
                style = (mark.bold, mark.size)
                text.setFont(BOLD if mark.bold else REGULAR, mark.size)
            if mark.ink != ink:
                ink = mark.ink
                text.setFillColorRGB(*_rgb(ink))
            if mark.tracking != tracking:
                tracking = mark.tracking
                text.setCharSpace(tracking)
            x, y = left + mark.x, self._size.height - top - mark.y
            if mark.italic:
                text.setTextTransform(1, 0, _SLANT, 1, x, y)
            else:
                text.setTextOrigin(x, y)
            widths = words.bold if mark.bold else words.regular
            text.textOut(visual(widths.printable(mark.text)))
        self._canvas.drawText(text)


@cache
def _rgb(colour: str) -> tuple[float, ...]:
    """`#RRGGBB` as parts of one."""
    return tuple(byte / 255 for byte in bytes.fromhex(colour[1:]))
