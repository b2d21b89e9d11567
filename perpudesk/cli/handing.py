"""The papers for whoever comes next, by command."""

from __future__ import annotations

import argparse
from pathlib import Path

from perpudesk.attendance.framing import house_of
from perpudesk.cli.commands import printed
from perpudesk.desk import opened


def guide(asked: argparse.Namespace, folder: Path) -> list[str]:
    """The quick guide of two pages as a PDF file."""
    from perpudesk.handover.guide import quick_guide

    with opened(folder, recording=False) as desk:
        document = quick_guide(house_of(desk.branch, practice=desk.practice))
    return printed(document, asked, folder)


def handover(asked: argparse.Namespace, folder: Path) -> list[str]:
    """The handover sheet of this moment as a PDF file."""
    from perpudesk.handover.papers import handover_sheet

    with opened(folder, recording=False) as desk:
        house = house_of(desk.branch, practice=desk.practice)
        document = handover_sheet(house, desk.handover.now())
    return printed(document, asked, folder)
