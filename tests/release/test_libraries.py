"""What a donated PC would lack is found before it is shipped."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import PySide6
import pytest

from release import libraries

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="ELF is Linux's"),
    pytest.mark.skipif(shutil.which("readelf") is None, reason="readelf reads it"),
]
QT = Path(PySide6.__file__).parent / "Qt" / "lib"


def test_it_reads_what_a_library_asks_for() -> None:
    asked = libraries.needs(QT / "libQt6Svg.so.6")
    assert {"libQt6Gui.so.6", "libQt6Core.so.6", "libc.so.6"} <= asked
    assert libraries.newest_glibc(QT / "libQt6Core.so.6") >= (2, 28)
    assert libraries.needs(Path(__file__)) == set()


def test_what_is_neither_inside_nor_everywhere_is_named_with_who_asks(tmp_path: Path) -> None:
    shutil.copy(QT / "libQt6Svg.so.6", tmp_path)
    lacking = libraries.lacking(tmp_path)
    assert lacking["libQt6Core.so.6"] == ["libQt6Svg.so.6"]
    assert "libc.so.6" not in lacking
    for name in lacking:
        (tmp_path / name).symlink_to("libQt6Svg.so.6")
    assert libraries.lacking(tmp_path) == {}


def test_the_package_asks_for_what_stays_outside(program: Path) -> None:
    first, *others = libraries.wanted(program)
    assert first.startswith("libc6 (>= 2.")
    assert others == []


def test_what_nothing_asks_for_any_more_goes_with_what_had_asked() -> None:
    module = str(Path(PySide6.__file__).parent / "QtCore.abi3.so")
    files = {
        "PySide6/QtCore.abi3.so": module,
        "PySide6/Qt/lib/libQt6Core.so.6": str(QT / "libQt6Core.so.6"),
        "PySide6/Qt/lib/libQt6Svg.so.6": str(QT / "libQt6Svg.so.6"),
        "libQt6Gui.so.6": str(QT / "libQt6Gui.so.6"),
        "libpython3.11.so.1.0": str(QT / "libQt6Core.so.6"),
    }
    assert libraries.in_use(files.items()) == {
        "PySide6/QtCore.abi3.so",
        "PySide6/Qt/lib/libQt6Core.so.6",
        "libpython3.11.so.1.0",
    }
