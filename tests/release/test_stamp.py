"""The version that program files show, and their picture."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from perpudesk import __version__
from release import stamp


def test_the_version_as_windows_has_it() -> None:
    assert stamp.numbers("12.3.40") == (12, 3, 40, 0)
    assert stamp.words("perpudesk-cli")["ProductVersion"] == __version__
    assert stamp.words("perpudesk-cli")["OriginalFilename"] == "perpudesk-cli.exe"


@pytest.mark.usefixtures("qapp")
def test_the_picture_in_all_sizes(tmp_path: Path) -> None:
    with Image.open(stamp.icon(tmp_path / "new" / "one.ico")) as image:
        assert sorted(size for size, _ in image.info["sizes"]) == list(stamp.SIZES)
        assert image.convert("RGBA").getpixel((128, 20)) == (0x0E, 0x5F, 0x59, 255)
