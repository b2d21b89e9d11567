"""The papers for whoever comes next, before they are printed."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from perpudesk.attendance.framing import House
from perpudesk.core.i18n import tr
from perpudesk.handover.guide import quick_guide
from perpudesk.handover.model import Handover
from perpudesk.handover.papers import handover_sheet
from perpudesk.paper.document import Document
from perpudesk.paper.files import pdf_of
from perpudesk.ui.paper_dialog import PaperDialog


def guide_dialog(house: House, *, over: QWidget) -> PaperDialog:
    """The quick guide, to be printed or saved."""
    return _dialog(tr("Quick guide"), quick_guide(house), over)


def handover_dialog(house: House, facts: Handover, *, over: QWidget) -> PaperDialog:
    """The handover sheet of this moment, to be printed or saved."""
    return _dialog(tr("Handover sheet"), handover_sheet(house, facts), over)


def _dialog(title: str, document: Document, over: QWidget) -> PaperDialog:
    dialog = PaperDialog(title, lambda: partial(pdf_of, document), lambda: title, parent=over)
    dialog.set_out()
    dialog.refresh()
    return dialog
