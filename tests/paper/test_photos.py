"""A photo on a page keeps its shape, within its width and height."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from perpudesk.paper.document import Photo
from perpudesk.paper.marks import Picture
from perpudesk.paper.photos import photo_drawing
from perpudesk.paper.sizes import MM


@pytest.mark.parametrize(
    "size, wide, high",
    [
        ((400, 200), 300.0, 150.0),
        ((200, 400), 100 * MM / 2, 100 * MM),
        ((10, 10), 100 * MM, 100 * MM),
    ],
)
def test_it_is_as_large_as_width_and_height_allow(
    size: tuple[int, int], wide: float, high: float
) -> None:
    stream = io.BytesIO()
    Image.new("RGB", size, "white").save(stream, "JPEG")
    drawing = photo_drawing(Photo(data=stream.getvalue(), most=100), 300.0)
    (picture,) = drawing.marks
    assert isinstance(picture, Picture)
    assert (picture.width, picture.height) == pytest.approx((wide, high))
    assert picture.x == pytest.approx((300.0 - wide) / 2)
    assert drawing.height == pytest.approx(high)
