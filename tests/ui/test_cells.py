"""Words in a cell that has little room."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from perpudesk.ui import theme
from perpudesk.ui.cells import in_lines
from perpudesk.ui.theme import Size

TITLE = "Email dan toko daring untuk UMKM"


def test_words_without_room_end_in_dots(qapp: QApplication) -> None:
    metrics = theme.apply(qapp).metrics(Size.SMALL)
    two = QSize(metrics.horizontalAdvance("Email dan toko"), 2 * metrics.height())
    assert in_lines(metrics, two, "Email dan toko") == "Email dan toko"
    shown = in_lines(metrics, two, TITLE)
    assert shown.endswith("…")
    assert TITLE.startswith(shown[:-1])
    assert len(shown) > len("Email dan toko")
    assert in_lines(metrics, QSize(1_000, 20), TITLE) == TITLE
    assert in_lines(metrics, QSize(5, 5), TITLE) == "Email…"
    assert in_lines(metrics, QSize(5, 5), "Email") == "Email"
