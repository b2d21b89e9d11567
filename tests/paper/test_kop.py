from __future__ import annotations

import io
import os
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from perpudesk.core.errors import FileError
from perpudesk.core.i18n import speaking
from perpudesk.paper.document import Letterhead
from perpudesk.paper.kop import (
    CREST_BYTES,
    CREST_IS_SVG,
    CREST_NOT_A_PICTURE,
    CREST_NOT_READ,
    CREST_TOO_BIG,
    CREST_TOO_WIDE,
    kop_drawing,
    read_crest,
    read_crest_file,
)
from perpudesk.paper.marks import Drawing, Line, Picture, Words
from perpudesk.paper.text import Metrics
from tests.paper.conftest import picture


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize(
    "mode,kind,expected",
    [
        ("RGBA", "PNG", "RGB"),
        ("RGB", "PNG", "RGB"),
        ("P", "PNG", "RGB"),
        ("L", "PNG", "L"),
        ("LA", "PNG", "L"),
        ("1", "PNG", "L"),
        ("RGB", "JPEG", "RGB"),
        ("L", "JPEG", "L"),
        ("CMYK", "JPEG", "RGB"),
    ],
)
def test_pictures_of_any_mode_become_a_plain_png(mode: str, kind: str, expected: str) -> None:
    image = opened(read_crest(picture(mode, (40, 30), kind)))
    assert (image.format, image.mode, image.size) == ("PNG", expected, (40, 30))
    assert not image.info


def test_a_large_picture_is_scaled_and_keeps_its_shape() -> None:
    assert opened(read_crest(picture("L", (3000, 1500)))).size == (600, 300)
    assert opened(read_crest(picture("RGB", (1500, 3000), "JPEG"))).size == (300, 600)


def test_what_is_transparent_is_white() -> None:
    assert opened(read_crest(picture("RGBA", (9, 9)))).getpixel((0, 0)) == (255, 255, 255)


def test_a_turned_photograph_stands_upright() -> None:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (40, 20)).save(out, "JPEG", exif=exif)
    assert opened(read_crest(out.getvalue())).size == (20, 40)


def test_reading_a_read_crest_changes_nothing(crest: bytes) -> None:
    assert read_crest(crest) == crest


def bomb(width: int, height: int) -> bytes:
    """A PNG that says how large it is, and has nothing in it."""
    chunk = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    crc = struct.pack(">I", zlib.crc32(chunk))
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + crc + bytes(4) + b"IDAT"


SVG = b'<?xml version="1.0"?>\n<SVG xmlns="http://www.w3.org/2000/svg"><image href="http://x/"/></SVG>'


@pytest.mark.parametrize(
    "data,problem",
    [
        (b"", CREST_NOT_A_PICTURE),
        (b"not a picture", CREST_NOT_A_PICTURE),
        (b"GIF89a" + bytes(50), CREST_NOT_A_PICTURE),
        (b"\x89PNG\r\n\x1a\n", CREST_NOT_A_PICTURE),
        (b"\xff\xd8\xff" + bytes(50), CREST_NOT_A_PICTURE),
        (picture()[:-30], CREST_NOT_A_PICTURE),
        (picture("RGB", (40, 30), "JPEG")[:-300], CREST_NOT_A_PICTURE),
        (picture("RGB", (40, 30), "GIF"), CREST_NOT_A_PICTURE),
        (bomb(30_000, 30_000), CREST_TOO_WIDE),
        (bomb(2_000_000, 2_000_000), CREST_TOO_WIDE),
        (bytes(CREST_BYTES + 1), CREST_TOO_BIG),
        (SVG, CREST_IS_SVG),
        (b"<?xml version='1.0'?>" + b" " * 5_000 + b"<svg/>", CREST_IS_SVG),
    ],
)
def test_what_is_no_crest_is_refused_with_a_sentence(data: bytes, problem: object) -> None:
    with pytest.raises(FileError) as caught:
        read_crest(data)
    assert caught.value.problem is problem
    with speaking("en"):
        assert caught.value.sentence().endswith(".")


def test_a_crest_is_read_from_a_file(tmp_path: Path, crest: bytes) -> None:
    path = tmp_path / "crest.png"
    path.write_bytes(picture())
    assert read_crest_file(path) == crest


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.png"):
        with pytest.raises(FileError) as caught:
            read_crest_file(path)
        assert caught.value.problem is CREST_NOT_READ
        assert caught.value.params["path"] == str(path)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files in its folders")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "crest.png"
    os.mkfifo(path)
    with pytest.raises(FileError) as caught:
        read_crest_file(path)
    assert caught.value.problem is CREST_NOT_A_PICTURE


def test_a_huge_file_is_refused_without_reading_it_whole(tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(FileError) as caught:
        read_crest_file(path)
    assert caught.value.problem is CREST_TOO_BIG


def lines(drawing: Drawing) -> list[Words]:
    return [mark for mark in drawing.parts[0].drawing.marks if isinstance(mark, Words)]


def test_the_kop_has_crest_lines_and_a_double_rule(even: Metrics, crest: bytes) -> None:
    kop = kop_drawing(
        Letterhead(government=("G",), office="OFFICE", address=("a",), crest=crest), 400, even
    )
    assert kop
    image, *rules = kop.marks
    assert isinstance(image, Picture)
    assert image.width / image.height == pytest.approx(90 / 110)
    assert all(isinstance(rule, Line) and rule.x2 - rule.x1 == 400 for rule in rules)
    assert len(rules) == 2
    government, office, address = lines(kop)
    assert office.bold
    assert office.size > government.size > address.size
    assert kop.parts[0].x + office.x + 3 * 13.5 / 2 == pytest.approx((62 + 400) / 2)


def test_without_a_crest_the_text_has_the_whole_width(even: Metrics) -> None:
    kop = kop_drawing(Letterhead(office="OFFICE"), 400, even)
    assert kop
    assert kop.parts[0].x == 0
    assert lines(kop)[0].x == pytest.approx(200 - 3 * 13.5 / 2)


def test_a_crest_may_stand_alone(even: Metrics, crest: bytes) -> None:
    kop = kop_drawing(Letterhead(crest=crest), 400, even)
    assert kop
    assert kop.height > 56


@pytest.mark.parametrize("letterhead", [None, Letterhead(), Letterhead(office=" ", address=("",))])
def test_a_kop_with_nothing_on_it_is_left_out(even: Metrics, letterhead: Letterhead) -> None:
    assert kop_drawing(letterhead, 400, even) is None


def test_long_lines_shrink_then_wrap_and_are_never_cut(even: Metrics) -> None:
    long = "PEMERINTAH KABUPATEN " * 5
    kop = kop_drawing(Letterhead(government=(long, "KECAMATAN"), office="X" * 62), 400, even)
    assert kop
    *government, office = lines(kop)
    assert len(government) == 3
    assert {line.size for line in government} == {8.5}
    assert " ".join(line.text for line in government) == f"{long}KECAMATAN"
    assert 10.5 < office.size < 13.5
    assert all(
        line.x >= 0 and line.x + len(line.text) * line.size / 2 <= 400.1 for line in lines(kop)
    )
