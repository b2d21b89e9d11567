from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTableView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from perpudesk.ui import theme
from tests.ui.accessibility import assert_accessible, texts_fit
from tests.ui.gallery import Gallery
from tests.ui.windows import shown


@pytest.mark.parametrize(
    "scheme,scale,size",
    [
        ("light", 1.0, (1366, 768)),
        ("light", 1.0, (1024, 600)),
        ("light", 1.5, (1366, 768)),
        ("dark", 1.25, (1366, 768)),
        ("contrast", 1.5, (1366, 768)),
    ],
)
def test_the_whole_kit_is_spoken_and_fits(
    qapp: QApplication, qtbot: QtBot, scheme: str, scale: float, size: tuple[int, int]
) -> None:
    theme.apply(qapp, scheme=scheme, scale=scale)
    gallery = shown(qtbot, Gallery(), size)
    assert (gallery.width(), gallery.height()) == size
    for key, page in gallery.pages.items():
        gallery.show_page(key)
        qtbot.waitUntil(page.isVisible)
        QApplication.processEvents()
        assert_accessible(page)
        assert texts_fit(page) == []
        assert page.grab().size() == page.size()


def test_checks_find_what_they_are_for(qtbot: QtBot) -> None:
    window = QWidget()
    box = QVBoxLayout(window)
    button, label, table = QPushButton(), QLabel("Terlalu panjang"), QTableView()
    for part in (button, label, table):
        box.addWidget(part)
    label.setFixedWidth(20)
    shown(qtbot, window)
    with pytest.raises(AssertionError, match=r"QPushButton.*QTableView"):
        assert_accessible(window)
    assert len(texts_fit(window)) == 1
    button.setText("Simpan")
    table.setAccessibleName("Tabel")
    assert_accessible(window)
