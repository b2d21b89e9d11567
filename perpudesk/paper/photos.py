"""A photo on a page, as large as its width and the height it may have allow."""

from __future__ import annotations

import io

from perpudesk.paper.document import Photo
from perpudesk.paper.marks import Drawing, Picture
from perpudesk.paper.sizes import MM


def photo_drawing(photo: Photo, width: float) -> Drawing:
    """The photo in the middle of `width`; only its header is read here."""
    from PIL.JpegImagePlugin import JpegImageFile

    across, down = JpegImageFile(io.BytesIO(photo.data)).size
    scale = min(width / across, photo.most * MM / down)
    wide, high = across * scale, down * scale
    return Drawing(high, (Picture((width - wide) / 2, 0, wide, high, photo.data),))
