"""Pages of a finished PDF as pictures, for the screen and for the printer."""

from __future__ import annotations

from threading import Lock

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

POINTS_PER_INCH = 72
MM_PER_INCH = 25.4
MOST_DPI = 300
"""Finer than this no printer of a branch can show, and a page would take 100 MB and more."""


_pdfium = Lock()
"""PDFium works for one thread at a time, whatever the document."""


class PdfPages:
    """An open PDF, for any thread."""

    def __init__(self, data: bytes) -> None:
        # Its library loads when the first page is looked at, not at the start.
        import pypdfium2  # type: ignore[import-untyped]

        with _pdfium:
            self._document = pypdfium2.PdfDocument(data)
            self._count = len(self._document)

    def __len__(self) -> int:
        return self._count

    def title(self) -> str:
        """What it says it is, or nothing."""
        with _pdfium:
            return str(self._document.get_metadata_value("Title"))

    def size_mm(self, page: int) -> QSizeF:
        """Width and height of a page (0 is the first) in millimetres."""
        with _pdfium:
            wide, tall = self._document.get_page_size(page)
        return QSizeF(wide, tall) * (MM_PER_INCH / POINTS_PER_INCH)

    def image(self, page: int, dpi: float) -> QImage:
        """The page as a picture of its own memory, at `dpi` but never finer than `MOST_DPI`."""
        with _pdfium:
            opened = self._document[page]
            bitmap = opened.render(scale=min(dpi, MOST_DPI) / POINTS_PER_INCH, prefer_bgrx=True)
            seen = QImage(
                memoryview(bitmap.buffer),
                bitmap.width,
                bitmap.height,
                bitmap.stride,
                QImage.Format.Format_RGB32,
            )
            picture = seen.copy()
            bitmap.close()
            opened.close()
        return picture

    def close(self) -> None:
        """Give the memory back."""
        with _pdfium:
            self._document.close()
