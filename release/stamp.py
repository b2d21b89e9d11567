"""What a program file says of itself: its version and its picture."""

from __future__ import annotations

import os
from pathlib import Path

from perpudesk import RELEASED, __version__

PICTURE = Path(__file__).with_name("files") / "perpudesk.svg"
SIZES = (16, 24, 32, 48, 64, 128, 256)
ABOUT = "The front desk of a library branch and its monthly report"


def icon(target: Path) -> Path:
    """Draw the picture in all sizes that Windows asks for into one `.ico` file."""
    from PIL import Image
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    running = QGuiApplication.instance() or QGuiApplication([])
    drawn = QImage(SIZES[-1], SIZES[-1], QImage.Format.Format_RGBA8888)
    drawn.fill(0)
    painter = QPainter(drawn)
    QSvgRenderer(str(PICTURE)).render(painter)
    painter.end()
    picture = Image.frombytes("RGBA", (SIZES[-1], SIZES[-1]), bytes(drawn.constBits()))
    target.parent.mkdir(parents=True, exist_ok=True)
    picture.save(target, "ICO", sizes=[(size, size) for size in SIZES])
    del running
    return target


def numbers(version: str = __version__) -> tuple[int, int, int, int]:
    """The version as Windows has it: four whole numbers."""
    one, two, three = (int(part) for part in version.split("."))
    return one, two, three, 0


def words(name: str) -> dict[str, str]:
    """What Windows shows of the program file `name` under Properties, Details."""
    return {
        "CompanyName": "PerpuDesk",
        "FileDescription": ABOUT,
        "FileVersion": __version__,
        "InternalName": name,
        "LegalCopyright": f"PerpuDesk, MIT licence, {RELEASED[:4]}",
        "OriginalFilename": f"{name}.exe",
        "ProductName": "PerpuDesk",
        "ProductVersion": __version__,
    }
