"""The two fonts that everything is printed in, both embedded, and how wide they are."""

from __future__ import annotations

from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from perpudesk.core.paths import resource
from perpudesk.paper.text import Metrics, Widths

REGULAR = "DejaVuSans"
BOLD = "DejaVuSans-Bold"


@cache
def metrics() -> Metrics:
    """The widths of both fonts, which are known to ReportLab from then on."""
    return Metrics(_widths(REGULAR), _widths(BOLD))


def _widths(name: str) -> Widths:
    font = TTFont(name, str(resource(f"fonts/{name}.ttf")))
    pdfmetrics.registerFont(font)
    face = font.face
    return Widths({code: face.charWidths[code] / 1000 for code in face.charToGlyph})
