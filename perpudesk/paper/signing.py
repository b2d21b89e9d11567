"""Where people sign: who, in which post, with room for a wet signature and a stamp."""

from __future__ import annotations

from collections.abc import Sequence

from perpudesk.paper.document import DOTTED, Align, Signature, Signatures
from perpudesk.paper.marks import INK, Drawing, Line, Mark
from perpudesk.paper.sizes import MM
from perpudesk.paper.text import Metrics, TextLine
from perpudesk.paper.type import BODY, LEADING, set_lines, wrap_plain

GUTTER = 15.0
"""Between two halves."""
_ROOM = 26 * MM
"""For a wet signature and a stamp (look.md: 25-30 mm)."""


def signatures_drawing(
    signatures: Signatures,
    width: float,
    metrics: Metrics,
    *,
    gutter: float = GUTTER,
    size: float = BODY,
    room: float = _ROOM,
) -> Drawing:
    """Both who sign beside each other, their names on one line."""
    half = (width - gutter) / 2
    signers = [
        (left, signer)
        for left, signer in ((0.0, signatures.left), (half + gutter, signatures.right))
        if signer
    ]
    heads = [_lines((each.lead, each.post), half, size, metrics) for _, each in signers]
    name_top = max(map(len, heads), default=0) * size * LEADING + room
    marks: list[Mark] = []
    bottom = name_top
    for (left, signer), head in zip(signers, heads, strict=True):
        marks += set_lines(head, size=size, left=left, width=half, align=Align.CENTRE)
        foot = _signed(signer, left, name_top, half, size, metrics)
        marks += foot.marks
        bottom = max(bottom, foot.height)
    return Drawing(bottom, tuple(marks))


def _lines(texts: Sequence[str], width: float, size: float, metrics: Metrics) -> list[TextLine]:
    return [line for text in texts for line in wrap_plain(metrics, text, size, width)]


def _signed(  # noqa: PLR0917 - where it stands
    signer: Signature, left: float, top: float, half: float, size: float, metrics: Metrics
) -> Drawing:
    """The name, underlined in bold or dotted, and what stands below it."""
    names = wrap_plain(metrics, signer.name or DOTTED, size, half, bold=bool(signer.name))
    lines = [*names, *_lines(signer.below(), half, size, metrics)]
    marks = list[Mark](
        set_lines(lines, size=size, left=left, top=top, width=half, align=Align.CENTRE)
    )
    for number, line in enumerate(names if signer.name else ()):
        wide = line.width * size
        low = top + (number + 1) * size * LEADING - 1.4
        start = left + (half - wide) / 2
        marks.append(Line(start, low, start + wide, low, INK, 0.6))
    return Drawing(top + len(lines) * size * LEADING, tuple(marks))
