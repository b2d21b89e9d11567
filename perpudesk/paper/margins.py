"""What stands in the margins of every page: its head, its foot, and a note on missing glyphs."""

from __future__ import annotations

from collections.abc import Iterator

from perpudesk.core.i18n import tr
from perpudesk.paper.document import Align, Document, bold, spans
from perpudesk.paper.flow import Page
from perpudesk.paper.marks import AMBER, PRIMARY_LINE, QUIET, Box, Line, Mark, Words, flat
from perpudesk.paper.qr import qr_marks
from perpudesk.paper.sizes import MM, Sheet
from perpudesk.paper.text import Metrics, one_line
from perpudesk.paper.type import LEADING, NOTE, SMALL, set_lines, wrap_plain

_FOOT_LINES = 3
"""What fits above the lower edge; a foot only names what the page says in full."""
_SEAL, _SEAL_FOOT = 12 * MM, 13 * MM
"""The side of the QR code, and its distance from the lower edge: printers leave the last bit."""
_TAG_SIDE = 5.0
"""Room at the sides of the tag."""


def margin_marks(
    document: Document, page: Page, position: str, sheet: Sheet, metrics: Metrics
) -> list[Mark]:
    """Marks from the page's upper left corner; `position` is "page X of Y"."""
    return [
        *_head(document, sheet, metrics),
        *(_foot(document, position, sheet, metrics) if sheet.footed else ()),
        *(_missing_note(sheet, metrics) if _lacks(page, metrics) else ()),
    ]


def _head(document: Document, sheet: Sheet, metrics: Metrics) -> Iterator[Mark]:
    right = sheet.width - sheet.right
    if document.provisional:
        text = one_line(document.provisional)
        wide = metrics.width(text, NOTE, bold=True) + 2 * _TAG_SIDE
        high = NOTE * LEADING + 3
        yield Box(right - wide, sheet.head - 1.5, wide, high, None, AMBER, 0.8)
        lines = wrap_plain(metrics, text, NOTE, wide, bold=True)
        yield from set_lines(
            lines, size=NOTE, left=right - wide + _TAG_SIDE, top=sheet.head, ink=AMBER
        )
    if document.watermark:
        note = spans(
            bold(document.watermark), " · " + tr("practice data, not what really happened")
        )
        lines = metrics.wrap(note, NOTE, sheet.inner_width * 0.7)
        yield from set_lines(lines, size=NOTE, left=sheet.left, top=sheet.head, ink=AMBER)


def _foot(document: Document, position: str, sheet: Sheet, metrics: Metrics) -> Iterator[Mark]:
    """A rule, what the document is and where in it we are; a seal stands at the end of it."""
    rule, right = sheet.height - sheet.foot, sheet.width - sheet.right
    if document.seal:
        yield from qr_marks(document.seal, right - _SEAL, sheet.height - _SEAL_FOOT - _SEAL, _SEAL)
        right -= _SEAL + 10
    yield Line(sheet.left, rule, right, rule, PRIMARY_LINE, 0.6)
    top, wide = rule + 5, metrics.width(position, SMALL) + 0.01
    room = right - sheet.left - wide - 20
    lines = wrap_plain(metrics, one_line(document.footer), SMALL, room)[:_FOOT_LINES]
    yield from set_lines(lines, size=SMALL, left=sheet.left, top=top, ink=QUIET)
    last = wrap_plain(metrics, position, SMALL, wide)
    yield from set_lines(
        last, size=SMALL, left=right - wide, top=top, width=wide, align=Align.RIGHT, ink=QUIET
    )


def _lacks(page: Page, metrics: Metrics) -> bool:
    return any(
        (metrics.bold if mark.bold else metrics.regular).lacks(mark.text)
        for placed in page.placed
        for mark, _, _ in flat(placed)
        if isinstance(mark, Words)
    )


def _missing_note(sheet: Sheet, metrics: Metrics) -> Iterator[Mark]:
    text = tr("□ stands for a character that the font of this report does not have.")
    lines = wrap_plain(metrics, text, SMALL, sheet.inner_width - _SEAL - 10)
    top = sheet.height - sheet.foot - 3 - len(lines) * SMALL * LEADING
    return iter(set_lines(lines, size=SMALL, left=sheet.left, top=top, ink=QUIET))
