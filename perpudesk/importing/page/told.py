"""While it works, and what came of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from perpudesk.core.formats import number
from perpudesk.core.i18n import tr, trn
from perpudesk.importing.batches import Batch
from perpudesk.importing.fields import What
from perpudesk.importing.model import Preview
from perpudesk.importing.page.pick import days_of
from perpudesk.importing.page.words import came_in, how_many
from perpudesk.importing.summary import ended, whose
from perpudesk.ui.buttons import Button
from perpudesk.ui.cards import Card, Drawing
from perpudesk.ui.layout import column, row
from perpudesk.ui.text import Text

_WIDE = 460


class WorkView(QWidget):
    """Progress with a count, and a way to stop while nothing is stored."""

    cancel_asked = Signal()
    """Stop."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Text("", "heading", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Progress"))
        self._bar.setMinimumWidth(_WIDE)
        self._count = Text("", "quiet")
        self.cancel = Button(tr("Cancel"), self.cancel_asked.emit, key=tr("Esc"))
        card = Card()
        card.body.setContentsMargins(28, 24, 28, 24)
        card.body.setSpacing(14)
        for part in (self._title, self._bar, self._count):
            card.add(part)
        card.add(row(None, self.cancel))
        self.setLayout(column(None, row(None, card, None), None))

    def begin(self, title: str, *, can_cancel: bool) -> None:
        """Say what is being done; how far is not known yet."""
        self._title.setText(title)
        self._bar.setRange(0, 0)
        self._count.setText("")
        self.cancel.setVisible(can_cancel)

    def show_progress(self, done: int, total: int) -> None:
        """So many rows of so many."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._count.setText(tr("{done} of {total} rows", done=number(done), total=number(total)))


class ToldView(QWidget):
    """What came of it, the way back, and the way on."""

    undo_asked = Signal()
    """Take it back."""
    rejects_asked = Signal()
    """Save the refused rows."""
    other_asked = Signal()
    """Bring in another file."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        middle = Qt.AlignmentFlag.AlignCenter
        self._title = Text("", "display")
        self._file = Text("", "lead", wrap=True)
        self._counts = Text("", "quiet", wrap=True)
        for words in (self._title, self._file, self._counts):
            words.setAlignment(middle)
        self.undo = Button(tr("Undo this import"), self.undo_asked.emit, icon="undo")
        self.rejects = Button(tr("Save refused rows (CSV)"), self.rejects_asked.emit, icon="save")
        self.other = Button(
            tr("Bring in another file"), self.other_asked.emit, kind="primary", key="Ctrl+O"
        )
        card = Card()
        card.body.setContentsMargins(32, 28, 32, 28)
        card.body.setSpacing(12)
        card.body.addWidget(Drawing("check", "green", 52), 0, middle)
        for part in (self._title, self._file, self._counts):
            card.add(part)
        card.body.addSpacing(8)
        card.add(row(None, self.undo, self.rejects, self.other, None))
        card.setMinimumWidth(_WIDE)
        self.setLayout(column(None, row(None, card, None), None))
        self.setFocusProxy(self.other)

    def show_result(self, preview: Preview, batch: Batch) -> None:
        """Show what was brought in."""
        counts = preview.counts
        self._title.setText(came_in(preview.source, how_many(counts)))
        days = days_of(counts)
        self._file.setText(f"{batch.file_name} · {days}" if days else batch.file_name)
        lines = [
            tr(
                "{unchanged} were here already, {refused} refused, {left_out} left out.",
                **{name: number(counts[name]) for name in ("unchanged", "refused", "left_out")},
            )
        ]
        if counts.get("workstations"):
            n = counts["workstations"]
            lines.append(
                trn("{count} new workstation.", "{count} new workstations.", n, count=number(n))
            )
        if counts.get("ended"):
            lines.append(ended(counts["ended"], stored=True))
        if counts["patrons"] and preview.source != What.PATRONS:
            people = counts["patrons"]
            lines.append(
                trn("{count} new patron.", "{count} new patrons.", people, count=number(people))
            )
        if counts["named"]:
            lines.append(whose(counts["named"], stored=True))
        self._counts.setText("\n".join(lines))
        self.rejects.setVisible(bool(counts["refused"]))
