"""Where it begins: the place to drop a file, and what was brought in before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from perpudesk.core.formats import clock_text, date_digits, month_short, number
from perpudesk.core.i18n import tr
from perpudesk.importing.batches import Batch
from perpudesk.importing.fields import What
from perpudesk.importing.page.words import counted, how_many
from perpudesk.importing.summary import span
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.cards import Banner, Card, Drawing
from perpudesk.ui.layout import CARD_GAP, Scroll, boxed, column
from perpudesk.ui.tables import REST, Column, TableView
from perpudesk.ui.text import Text

_ROOM_FOR_TWO = 1000
"""A page narrower than this, at 100 %, shows the earlier imports below."""
_LOCAL = Callable[[Batch], datetime]


class PickView(QWidget):
    """The place to drop or choose a file, and the earlier imports, each with its way back."""

    asked = Signal()
    """Somebody wants to choose a file."""
    undo_asked = Signal(object)
    """Somebody wants to take back this `Batch`."""

    def __init__(self, made_at: _LOCAL, *, parent: QWidget | None = None) -> None:
        """`made_at` tells when an import was made, on the branch's own clock."""
        super().__init__(parent)
        self._banner = Banner(tone="error", icon="error")
        self._banner.hide()
        self.drop = _DropCard(self.asked.emit)
        self.earlier = _EarlierCard(made_at)
        self.earlier.table.link_clicked.connect(self._on_link)
        self.earlier.table.delete_pressed.connect(self.undo_asked.emit)
        self._cards = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._cards.setSpacing(CARD_GAP)
        self._cards.addWidget(self.drop, 3)
        self._cards.addWidget(self.earlier, 2)
        scroll = Scroll(boxed(self._cards))
        box = column(self._banner, scroll, gap=CARD_GAP)
        box.setStretchFactor(scroll, 1)
        self.setLayout(box)
        self.setFocusProxy(self.drop.choose)

    def show_error(self, sentence: str) -> None:
        """Say why a file was refused; with nothing, take that away."""
        self._banner.show_message(sentence)
        self._banner.setVisible(bool(sentence))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.current().px(_ROOM_FOR_TWO)
        directions = QBoxLayout.Direction
        self._cards.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)

    def _on_link(self, batch: object, key: str) -> None:
        if key == "undo":
            self.undo_asked.emit(batch)


class _DropCard(Card):
    """Says what can be brought in and where to find it."""

    def __init__(self, choose: Callable[[], object]) -> None:
        super().__init__(marked=True)
        middle = Qt.AlignmentFlag.AlignHCenter
        title = Text(tr("Drop the file here"), "heading")
        what = Text(
            tr(
                "The visitor list of SLiMS, the statistics of Libki, or your own table of visits, "
                "computer use, activities, monthly totals or members"
            ),
            "lead",
            wrap=True,
        )
        where = Text(
            tr(
                "As .xlsx or .csv. In SLiMS: Reporting, Visitor List, Export to spreadsheet format."
            ),
            "small",
            wrap=True,
        )
        for words in (what, where):
            words.setAlignment(middle)
        self.choose = Button(
            tr("Choose a file…"), choose, kind="primary", icon="folder", key="Ctrl+O"
        )
        self.add_stretch()
        for part in (Drawing("import", "primary", 56), title):
            self.body.addWidget(part, 0, middle)
        self.add(what)
        self.body.addSpacing(6)
        self.body.addWidget(self.choose, 0, middle)
        self.body.addSpacing(6)
        self.add(where)
        self.add_stretch()


class _EarlierCard(Card):
    """The imports that stand, newest first."""

    def __init__(self, made_at: _LOCAL) -> None:
        super().__init__(tr("Brought in before"))
        self._made_at = made_at
        self.table = TableView(
            tr("Brought in before"),
            [
                Column(title=tr("File"), text=_file_name, detail=self._when, width=REST),
                Column(title=tr("Came in"), text=_added, align="right", detail=_patrons),
                Column(
                    title="",
                    text=lambda _batch: tr("Undo"),
                    key="undo",
                    kind="link",
                    align="right",
                    spoken=lambda batch: tr("Undo the import of {file}", file=batch.file_name),
                ),
            ],
            identity=lambda batch: batch.id,
            empty=tr("Nothing was brought in yet."),
        )
        self.add(self.table, 1)

    def show_batches(self, batches: Sequence[Batch]) -> None:
        """Show these imports."""
        self.table.show_rows(batches)

    def _when(self, batch: Batch) -> str:
        made = self._made_at(batch)
        moment = f"{date_digits(made.date())} {clock_text(made)}"
        return f"{moment} · {months}" if (months := _months_of(batch.result)) else moment


def days_of(counts: Mapping[str, Any]) -> str:
    """From when to when the visits of an import are."""
    if not counts.get("first"):
        return ""
    return span(date.fromisoformat(counts["first"]), date.fromisoformat(counts["last"]))


def _months_of(counts: Mapping[str, Any]) -> str:
    """The same in months, for where there is little room."""
    if not counts.get("first"):
        return ""
    first, last = month_short(counts["first"]), month_short(counts["last"])
    return first if first == last else f"{first} – {last}"


def _file_name(batch: Batch) -> str:
    return batch.file_name


def _added(batch: Batch) -> str:
    return counted(batch.source, how_many(batch.result))


def _patrons(batch: Batch) -> str:
    patrons = batch.result.get("patrons") if batch.source != What.PATRONS else 0
    return tr("{n} by name", n=number(patrons)) if patrons else ""
