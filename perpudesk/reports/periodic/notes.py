"""The section on obstacles and follow-up: the branch's own words."""

from __future__ import annotations

from perpudesk.core.i18n import tr
from perpudesk.paper.document import Block, Paragraph, bold, spans
from perpudesk.reports.periodic.reported import Reported


def notes(reported: Reported) -> tuple[Block, ...]:
    """What stood in the way and what follows from it; left out while nothing is written."""
    told = reported.closing.letter.notes if reported.closing else reported.notes
    texts = ((tr("Obstacles"), told.obstacles), (tr("Follow-up"), told.follow_up))
    return tuple(Paragraph(spans=spans(bold(f"{name}: "), text)) for name, text in texts if text)
