"""The kop surat: the letterhead, and the crest that someone chose for it."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from perpudesk.core.errors import FileError, Problem
from perpudesk.core.reasons import reason_of
from perpudesk.paper.document import Align, Letterhead
from perpudesk.paper.marks import INK, Drawing, Line, Mark, Picture, Placed
from perpudesk.paper.text import Metrics, one_line
from perpudesk.paper.type import LEADING, set_lines, wrap_plain

if TYPE_CHECKING:
    from PIL.Image import Image

_PICTURES = (b"\x89PNG", b"\xff\xd8")
CREST_BYTES = 10_000_000
CREST_PIXELS = 20_000_000
CREST_SIDE = 600
"""A stored crest is at most so many pixels wide and high: sharp at 22 mm on any printer."""
CREST_TOO_BIG = Problem(
    "crest_too_big",
    "The picture is larger than 10 MB. Save it smaller and choose it again.",
)
CREST_TOO_WIDE = Problem(
    "crest_too_wide",
    "The picture has {width} × {height} points, too many to open safely. Save it smaller, about "
    "600 × 600, and choose it again.",
)
CREST_IS_SVG = Problem(
    "crest_is_svg", "This is an SVG drawing. Save it as PNG or JPEG and choose that file."
)
CREST_NOT_A_PICTURE = Problem(
    "crest_not_a_picture",
    "This file is not a PNG or JPEG picture, or it is damaged. Choose another file.",
)
CREST_NOT_READ = Problem(
    "crest_not_read", "The file {path} could not be read ({reason}). Choose another file."
)


def read_crest_file(path: Path) -> bytes:
    """The crest in the file `path`, ready to be stored and printed; see `read_crest`."""
    try:
        if path.is_fifo():  # to open a pipe would wait for somebody to write into it
            raise FileError(CREST_NOT_A_PICTURE)
        with path.open("rb") as file:
            data = file.read(CREST_BYTES + 1)
    except OSError as error:
        raise FileError(CREST_NOT_READ, path=str(path), reason=reason_of(error)) from error
    return read_crest(data)


def read_crest(data: bytes) -> bytes:
    """A PNG of at most 600 pixels a side, on white, with nothing of the file but its picture.

    Raises `FileError` for what is no PNG or JPEG, is an SVG, is over 10 MB or 20 megapixels.
    """
    if len(data) > CREST_BYTES:
        raise FileError(CREST_TOO_BIG)
    if not data.startswith(_PICTURES) and b"<svg" in data.lower():
        raise FileError(CREST_IS_SVG)
    try:
        image = _opened(data)
        width, height = image.size
        if width * height <= CREST_PIXELS:
            return _normalised(image)
    except (
        Exception
    ) as error:  # Pillow's readers raise whatever a damaged file makes them stumble on
        raise FileError(CREST_NOT_A_PICTURE) from error
    raise FileError(CREST_TOO_WIDE, width=width, height=height)


def _opened(data: bytes) -> Image:
    """The picture with only its header read.

    Built from the two readers we allow: `Image.open` would try others, and warns of a large
    picture where we refuse it.
    """
    from PIL.JpegImagePlugin import JpegImageFile
    from PIL.PngImagePlugin import PngImageFile

    reader = PngImageFile if data.startswith(b"\x89PNG") else JpegImageFile
    return reader(io.BytesIO(data))


def _normalised(image: Image) -> bytes:
    from PIL import Image as Images
    from PIL import ImageOps

    grey = image.mode in ("1", "L", "LA")
    image.draft(None, (2 * CREST_SIDE, 2 * CREST_SIDE))
    seen = ImageOps.exif_transpose(image).convert("RGBA")
    seen.thumbnail((CREST_SIDE, CREST_SIDE), Images.Resampling.LANCZOS)
    paper = Images.new("RGBA", seen.size, "white")
    paper.alpha_composite(seen)
    out = io.BytesIO()
    paper.convert("L" if grey else "RGB").save(out, "PNG", optimize=True)
    return out.getvalue()


_CREST_WIDTH, _CREST_HEIGHT = 50.0, 56.0
"""The box of a crest, in points."""
_BESIDE = 12.0
"""Between crest and text."""
# Size, smallest size, bold: a line that is too long shrinks to the smallest size, then wraps.
_GOVERNMENT = (10.5, 8.5, False)
_OFFICE = (13.5, 10.5, True)
_ADDRESS = (8.0, 6.8, False)


def kop_drawing(letterhead: Letterhead | None, width: float, metrics: Metrics) -> Drawing | None:
    """The letterhead `width` wide over its double rule; None when there is nothing on it."""
    if letterhead is None:
        return None
    crest = crest_picture(letterhead.crest) if letterhead.crest else None
    left = _CREST_WIDTH + _BESIDE if crest else 0.0
    lines = kop_lines(letterhead, width - left, metrics)
    if crest is None and not lines.marks:
        return None
    height = max(lines.height, _CREST_HEIGHT if crest else 0.0)
    text = Placed(left, (height - lines.height) / 2, lines)
    marks = (*([crest] if crest else []), *_double_rule(height + 6, width))
    return Drawing(height + 10, marks, (text,))


def crest_picture(data: bytes) -> Picture:
    """The picture as large as its box allows, in the middle of it."""
    across, down = struct.unpack(">II", data[16:24])  # the size in a PNG's first chunk
    scale = min(_CREST_WIDTH / across, _CREST_HEIGHT / down)
    width, height = across * scale, down * scale
    return Picture((_CREST_WIDTH - width) / 2, (_CREST_HEIGHT - height) / 2, width, height, data)


def kop_lines(letterhead: Letterhead, width: float, metrics: Metrics) -> Drawing:
    """The lines of a letterhead, centred in `width`."""
    marks: list[Mark] = []
    top = 0.0
    groups = (
        (letterhead.government, _GOVERNMENT),
        ((letterhead.office,), _OFFICE),
        (letterhead.address, _ADDRESS),
    )
    for given, (size, floor, bold) in groups:
        texts = [text for text in map(str.strip, map(one_line, given)) if text]
        fits = [metrics.fit(text, size, width, floor=floor, bold=bold) for text in texts]
        fitted = min(fits, default=size)  # lines of a kind have one size
        for text in texts:
            lines = wrap_plain(metrics, text, fitted, width, bold=bold)
            marks += set_lines(lines, size=fitted, top=top, width=width, align=Align.CENTRE)
            top += len(lines) * fitted * LEADING
    return Drawing(top, tuple(marks))


def _double_rule(y: float, width: float) -> Iterator[Mark]:
    yield Line(0, y, width, y, INK, 1.4)
    yield Line(0, y + 2.4, width, y + 2.4, INK, 0.6)
