"""A certificate to hang on a wall: a woven frame, the kop, and a name that always fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from perpudesk.paper.document import Align, Certificate, Document, Letterhead, Signatures
from perpudesk.paper.flow import Page
from perpudesk.paper.kop import crest_picture, kop_lines
from perpudesk.paper.marks import (
    INK,
    PRIMARY,
    PRIMARY_DEEP,
    QUIET,
    Box,
    Drawing,
    Line,
    Mark,
    Placed,
    Words,
)
from perpudesk.paper.qr import qr_marks
from perpudesk.paper.signing import signatures_drawing
from perpudesk.paper.sizes import MM, Sheet
from perpudesk.paper.text import Metrics, one_line
from perpudesk.paper.type import LEADING, SMALL, baseline, set_lines, wrap_plain

_OUTER, _BAND, _INNER = 9 * MM, 11 * MM, 18 * MM
"""From the edge of the paper: the heavy line, the woven band, the fine line."""
_WEAVE = 5 * MM
"""How wide the band is."""
_HEADING, _TRACKING = 33.0, 7.0
_NAME, _NAME_TWO, _NAME_LEAST = 30.0, 24.0, 11.0
"""Of a name: on one line down to `_NAME_TWO`, then on two lines down to the least."""
_TITLE, _TITLE_LEAST = 17.0, 9.0
_LEAD, _ABOUT, _NUMBER, _SIGNED = 11.0, 11.0, 10.0, 10.0
_LINES = 2
"""How many lines a name or a title has, as long as it can be read."""
_SEAL = 21 * MM
_ROOM = 22 * MM
"""To sign in."""
_CREST = 0.85
"""Of the size of a crest on a letter."""
_SMALLEST = 0.5
_STEP = 0.05


@dataclass(frozen=True, slots=True)
class _Strip:
    """A part of the certificate, and how much of the air left over stands above it."""

    drawing: Drawing
    gap: float
    air: float = 1.0


def certificate_pages(document: Document, sheet: Sheet, metrics: Metrics) -> list[Page]:
    """A page for each certificate of a document; frame and kop are one drawing behind all."""
    kop = _kop(document.letterhead, sheet.inner_width, metrics)
    behind = Drawing(sheet.height, tuple(_frame(sheet)), (Placed(sheet.left, sheet.top, kop),))
    room = sheet.inner_height - kop.height
    pages = []
    for block in document.blocks:
        if isinstance(block, Certificate):
            parts = _set_out(block, sheet.inner_width, room, metrics)
            placed = tuple(Placed(0, kop.height + part.y, part.drawing) for part in parts)
            pages.append(Page(placed, sheet.inner_height, behind))
    return pages or [Page((), 0.0, behind)]


# ---------------------------------------------------------------- what it says


def _set_out(
    certificate: Certificate, width: float, height: float, metrics: Metrics
) -> list[Placed]:
    """The parts in the room below the kop, smaller where they would not fit, else with air."""
    scale = 1.0
    strips = list(_strips(certificate, width, scale, metrics))
    while _height(strips) > height and scale > _SMALLEST:
        scale -= _STEP
        strips = list(_strips(certificate, width, scale, metrics))
    spare = max(0.0, height - _height(strips)) / sum(strip.air for strip in strips)
    placed, y = [], 0.0
    for strip in strips:
        y += strip.gap + spare * strip.air
        placed.append(Placed(0, y, strip.drawing))
        y += strip.drawing.height
    return placed


def _height(strips: Iterable[_Strip]) -> float:
    return sum(strip.gap + strip.drawing.height for strip in strips)


def _strips(
    certificate: Certificate, width: float, scale: float, metrics: Metrics
) -> Iterator[_Strip]:
    lead, about = _LEAD * scale, _ABOUT * scale
    yield _Strip(_heading(certificate.heading, width, scale, metrics), 6 * scale, 0.8)
    yield _Strip(_centred([certificate.number], _NUMBER * scale, width, metrics), 2 * scale, 0.1)
    yield _Strip(_centred([certificate.lead], lead, width, metrics), 9 * scale)
    yield _Strip(_name(certificate.name, width, scale, metrics), 4 * scale, 0.4)
    yield _Strip(_centred([certificate.role], lead, width, metrics), 5 * scale, 0.5)
    size = _fitting(certificate.title, _TITLE * scale, _TITLE_LEAST * scale, width * 0.9, metrics)
    title = _centred([certificate.title], size, width, metrics, bold=True, part=0.9)
    yield _Strip(title, 4 * scale, 0.3)
    yield _Strip(_centred(certificate.about, about, width, metrics), 4 * scale, 0.3)
    yield _Strip(_foot(certificate, width, scale, metrics), 9 * scale, 1.2)


def _centred(
    texts: Sequence[str],
    size: float,
    width: float,
    metrics: Metrics,
    *,
    bold: bool = False,
    part: float = 0.86,
) -> Drawing:
    """Lines in the middle, no wider than their `part` of the width."""
    lines = [
        line for text in texts for line in wrap_plain(metrics, text, size, width * part, bold=bold)
    ]
    marks = tuple(set_lines(lines, size=size, width=width, align=Align.CENTRE))
    return Drawing(len(lines) * size * LEADING, marks)


def _heading(text: str, width: float, scale: float, metrics: Metrics) -> Drawing:
    """What it is, with air between its letters and a line at both sides."""
    size, tracking = _HEADING * scale, _TRACKING * scale
    wide = metrics.width(text, size, bold=True) + tracking * max(0, len(text) - 1)
    left, high = (width - wide) / 2, size * 1.16
    words = Words(
        left, baseline(0, high, size), text, size, bold=True, ink=PRIMARY_DEEP, tracking=tracking
    )
    return Drawing(high, (words, *_beside(left, wide, high / 2)))


def _beside(left: float, wide: float, y: float) -> Iterator[Mark]:
    """A line with a knot at both sides of what stands in the middle."""
    away, long = 8 * MM, min(34 * MM, left - 12 * MM)
    if long <= 0:
        return
    for start, knot in (
        (left - away - long, left - away),
        (left + wide + away, left + wide + away),
    ):
        yield Line(start, y, start + long, y, PRIMARY, 0.9)
        yield from _knot(knot, y, 2.6)


def _name(name: str, width: float, scale: float, metrics: Metrics) -> Drawing:
    """The name as large as it fits, over a fine line with a knot in its middle."""
    text = one_line(name)
    part = 0.92
    room = width * part
    size = metrics.fit(text, _NAME * scale, room, floor=_NAME_TWO * scale, bold=True)
    size = _fitting(text, size, _NAME_LEAST * scale, room, metrics)
    words = _centred([text], size, width, metrics, bold=True, part=part)
    y, half = words.height + 3, 62 * MM
    middle = width / 2
    lines = (
        Line(middle - half, y, middle - 6, y, PRIMARY, 0.7),
        Line(middle + 6, y, middle + half, y, PRIMARY, 0.7),
    )
    return Drawing(y + 3, (*words.marks, *lines, *_knot(middle, y, 3.2)))


def _fitting(text: str, size: float, least: float, width: float, metrics: Metrics) -> float:
    """The largest size at which `text` has at most two lines and no word is broken, or `least`."""
    while size > least:
        widest = max(metrics.width(word, size, bold=True) for word in one_line(text).split(" "))
        if widest <= width and len(wrap_plain(metrics, text, size, width, bold=True)) <= _LINES:
            return size
        size -= 0.5
    return least


def _foot(certificate: Certificate, width: float, scale: float, metrics: Metrics) -> Drawing:
    """Who signs, and the QR code: between two, or beside one."""
    signatures = certificate.signatures
    alone = signatures.left is None or signatures.right is None
    signed = signatures_drawing(
        _at_the_right(signatures),
        width,
        metrics,
        gutter=width * 0.3,
        size=_SIGNED * scale,
        room=_ROOM * scale,
    )
    if not certificate.seal:
        return signed
    side = _SEAL * scale
    middle = width * (0.175 if alone else 0.5)
    under = wrap_plain(metrics, certificate.seal, SMALL, width * 0.28)
    high = side + 4 + len(under) * SMALL * LEADING
    top = max(0.0, (signed.height - high) / 2)
    left = middle - width * 0.14
    words = set_lines(
        under,
        size=SMALL,
        left=left,
        top=top + side + 4,
        width=width * 0.28,
        align=Align.CENTRE,
        ink=QUIET,
    )
    code = qr_marks(certificate.seal, middle - side / 2, top, side)
    return Drawing(max(signed.height, top + high), (*signed.marks, *code, *words))


def _at_the_right(signatures: Signatures) -> Signatures:
    """One who signs alone stands at the right."""
    if signatures.right is None:
        return replace(signatures, left=None, right=signatures.left)
    return signatures


# ---------------------------------------------------------------- what is behind


def _kop(letterhead: Letterhead | None, width: float, metrics: Metrics) -> Drawing:
    """The crest in the middle, the lines of the letterhead below it."""
    if letterhead is None:
        return Drawing(0)
    marks: list[Mark] = []
    top = 0.0
    if letterhead.crest:
        crest = crest_picture(letterhead.crest)
        wide, high = crest.width * _CREST, crest.height * _CREST
        marks.append(replace(crest, x=(width - wide) / 2, y=0, width=wide, height=high))
        top = high + 3
    lines = kop_lines(letterhead, width, metrics)
    return Drawing(top + lines.height, tuple(marks), (Placed(0, top, lines),))


def _frame(sheet: Sheet) -> Iterator[Mark]:
    """A heavy line, a woven band with a knot at each corner, a fine line."""
    yield _rectangle(sheet, _OUTER, 2.4, INK)
    yield _rectangle(sheet, _BAND, 0.7, PRIMARY)
    yield _rectangle(sheet, _BAND + _WEAVE, 0.7, PRIMARY)
    yield _rectangle(sheet, _INNER, 0.5, INK)
    far = _BAND + _WEAVE
    for across, (length, others) in enumerate(
        ((sheet.width, sheet.height), (sheet.height, sheet.width))
    ):
        for near in (_BAND, others - far):
            yield from _woven(far, length - far, near, upright=bool(across))
    for x in (_BAND, sheet.width - far):
        for y in (_BAND, sheet.height - far):
            yield Box(x, y, _WEAVE, _WEAVE, None, PRIMARY, 0.7)
            yield from _knot(x + _WEAVE / 2, y + _WEAVE / 2, _WEAVE * 0.36)


def _rectangle(sheet: Sheet, inset: float, thickness: float, ink: str) -> Box:
    return Box(
        inset, inset, sheet.width - 2 * inset, sheet.height - 2 * inset, None, ink, thickness
    )


def _woven(start: float, end: float, near: float, *, upright: bool) -> Iterator[Mark]:
    """Diamonds from one corner to the next, with a knot in each: two threads that cross."""
    count = round((end - start) / (1.2 * _WEAVE))
    step = (end - start) / count
    middle = near + _WEAVE / 2
    for place in range(count):
        at = start + place * step
        for side in (near, near + _WEAVE):
            points = ((at, middle), (at + step / 2, side), (at + step, middle))
            for (a, b), (c, d) in pairwise(points):
                yield Line(b, a, d, c, PRIMARY, 0.7) if upright else Line(a, b, c, d, PRIMARY, 0.7)
        here = at + step / 2
        yield from _knot(*((middle, here) if upright else (here, middle)), 1.7)


def _knot(x: float, y: float, reach: float) -> Iterator[Mark]:
    """A filled diamond: lines across it, as close as they are thick."""
    steps = max(2, round(reach / 0.4))
    for at in range(-steps, steps + 1):
        high = y + reach * at / steps
        half = reach * (1 - abs(at) / steps)
        if half:
            yield Line(x - half, high, x + half, high, PRIMARY, 0.55)
