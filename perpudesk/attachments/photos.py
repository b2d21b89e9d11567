"""Photos as they are kept: upright, not larger than needed, and silent about where they were taken.

The only place that reads pictures other than the crest. Pillow is loaded when a photo comes.
"""

from __future__ import annotations

import io
import warnings

from perpudesk.attachments.model import MOST_PIXELS, NOT_A_PHOTO, PHOTO_SIDE, TOO_WIDE
from perpudesk.core.errors import FileError

_FORMATS = ("JPEG", "PNG", "WEBP")
_QUALITY = 88


def kept_photo(data: bytes, name: str) -> bytes:
    """The photo as a JPEG of at most `PHOTO_SIDE` pixels, turned upright, with nothing else in it.

    What a camera or telephone wrote beside the picture is gone: place, time, owner. Raises
    `FileError` for what is no photo, is damaged, or has more pixels than memory.
    """
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=_FORMATS)
    except Image.DecompressionBombError as error:
        raise FileError(TOO_WIDE, name=name) from error
    except Exception as error:  # Pillow raises whatever a damaged header makes it stumble on
        raise FileError(NOT_A_PHOTO, name=name) from error
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise FileError(TOO_WIDE, name=name)
    try:
        return _drawn_again(image)
    except Exception as error:  # and so does a damaged body
        raise FileError(NOT_A_PHOTO, name=name) from error


def _drawn_again(image: object) -> bytes:
    from PIL import Image, ImageOps

    assert isinstance(image, Image.Image)  # noqa: S101 - made by the caller
    image.draft("RGB", (2 * PHOTO_SIDE, 2 * PHOTO_SIDE))
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((PHOTO_SIDE, PHOTO_SIDE), Image.Resampling.LANCZOS)
    seen = upright.convert("RGBA")
    paper = Image.new("RGBA", seen.size, "white")
    paper.alpha_composite(seen)
    out = io.BytesIO()
    paper.convert("RGB").save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()
