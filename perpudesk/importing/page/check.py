"""Before anything is stored: what the file is, what it would add, and each row that is refused."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from perpudesk.core.formats import number
from perpudesk.core.i18n import tr, trn
from perpudesk.importing.against import LOGS
from perpudesk.importing.fields import What
from perpudesk.importing.model import Preview
from perpudesk.importing.page.months import MonthBars
from perpudesk.importing.page.pick import days_of
from perpudesk.importing.page.rows import RowsCard
from perpudesk.importing.page.words import bring_in, kind_name
from perpudesk.importing.summary import outcome, whose
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.cards import Banner, Card, Drawing
from perpudesk.ui.fields import CheckField
from perpudesk.ui.layout import CARD_GAP, Scroll, boxed, column, row
from perpudesk.ui.marks import Stat
from perpudesk.ui.text import Text

_ROOM_FOR_MONTHS = 1000
_MONTHS = 252


class CheckView(QWidget):
    """A preview, with what to do about it."""

    commit_asked = Signal()
    """Bring it in."""
    names_toggled = Signal(bool)
    """Names are wanted, or not any more."""
    doubles_toggled = Signal(bool)
    """Activities that stand in the list, or here, already are wanted, or not any more."""
    rejects_asked = Signal()
    """Save the refused rows."""
    columns_asked = Signal()
    """Say otherwise what the columns hold."""
    other_asked = Signal()
    """Another file instead."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = CountsCard(self.other_asked.emit, self.columns_asked.emit)
        self._remarks = Banner(tone="info", icon="info")
        self.rows = RowsCard()
        self._bars = MonthBars()
        self._has_months = True
        self._months = Card(tr("Visits by month"))
        self._months.add(Scroll(boxed(column(self._bars, None))), 1)
        self._months.hide()  # till there is a file, and room
        self.names = CheckField(tr("Keep the members' names as patrons"))
        self.names.toggled.connect(self.names_toggled.emit)
        self.doubles = CheckField("")
        self.doubles.toggled.connect(self.doubles_toggled.emit)
        self._named = Text("", "small", wrap=True)
        self.add_to_existing = CheckField(tr("Add also to days that have records already"))
        self._unasked = Text("", "error", wrap=True)
        self.rejects = Button(tr("Save refused rows (CSV)"), self.rejects_asked.emit, icon="save")
        self.rows.add_tool(self.rejects)
        self.commit = Button(
            "", self.commit_asked.emit, kind="primary", icon="check", key="Ctrl+Enter"
        )
        self._middle = row(self.rows, self._months, gap=CARD_GAP)
        self._middle.setStretchFactor(self.rows, 1)
        self._note = boxed(row(theme.current().px(20) + 14, self._named, gap=0))
        words = column(
            self.names, self._note, self.doubles, self.add_to_existing, self._unasked, gap=0
        )
        foot = row(words, self.commit, gap=16)
        foot.setStretchFactor(words, 1)
        foot.setAlignment(self.commit, Qt.AlignmentFlag.AlignBottom)
        parts = column(self.head, self._remarks, self._middle, gap=12)
        parts.setStretchFactor(self._middle, 1)
        scroll = Scroll(boxed(parts))
        box = column(scroll, foot, gap=12)
        box.setStretchFactor(scroll, 1)
        self.setLayout(box)

    def show_preview(self, preview: Preview) -> None:
        """Show what a file would do."""
        self.head.show_counts(preview)
        reading = preview.reading
        self._show_remarks(preview)
        for part in (self.rows, self._months):
            part.setVisible(reading is not None)
        if reading is not None:
            self.rows.show_reading(reading)
            title = _by_month(preview.source)
            self._months.set_title(title)
            self._bars.show_months(title, reading.months())
        self._has_months = reading is not None and bool(reading.months())
        self.names.setVisible(reading is not None and any(reading.names.values()))
        self._show_doubles(preview)
        self.add_to_existing.set_value(False)
        self.add_to_existing.setVisible(bool(preview.over))
        self._unasked.hide()
        self._fit()
        self.rejects.setVisible(bool(preview.counts["refused"]))
        # Not the button that brings it in: an Enter too many must not.
        self.setFocusProxy(self.head.other if reading is None else self.rows.kinds)
        self.show_names(preview)

    def _show_doubles(self, preview: Preview) -> None:
        """Ask once, and only where there are any: left out is what nobody says."""
        read = preview.apart or preview.reading
        count = len(read.doubles) if read is not None else 0
        self.doubles.set_words(
            trn(
                "Also bring in {count} that stands in the list or here already",
                "Also bring in {count} that stand in the list or here already",
                count,
                count=number(count),
            )
        )
        self.doubles.blockSignals(True)
        self.doubles.setChecked(preview.apart is not None)
        self.doubles.blockSignals(False)
        self.doubles.setVisible(bool(count))

    def show_names(self, preview: Preview) -> None:
        """Show what follows from wanting names or not, and how many visits come in."""
        named = bool(preview.counts["names"])
        self.names.blockSignals(True)
        self.names.setChecked(named)
        self.names.blockSignals(False)
        n = len(preview.newcomers)
        told = [trn("{count} new patron.", "{count} new patrons.", n, count=number(n))]
        if preview.whose:
            told.append(whose(len(preview.whose), stored=False))
        self._named.setText(
            " ".join(told)
            if named
            else tr("Only if they agreed; for children, their guardians. Visits count without too.")
        )
        self._note.setVisible(self.names.isVisibleTo(self))
        added = preview.stored
        text = bring_in(preview.source, added)
        self.commit.set_label(text if added or not (n or preview.whose) else tr("Keep the names"))
        self.commit.setVisible(not preview.nothing_new)

    def ask_to_add(self) -> None:
        """Say that the days with records must be agreed to first, and go there."""
        self._unasked.setText(
            tr("These may be the same, counted twice. Tick this if they are others.")
        )
        self._unasked.show()
        self.add_to_existing.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _show_remarks(self, preview: Preview) -> None:
        said = outcome(preview, None) if preview.nothing_new else ""
        remarks = preview.reading.remarks if preview.reading else ()
        words = "\n".join(remark.sentence() for remark in remarks)
        self._remarks.show_message(said, words)
        self._remarks.setVisible(bool(said or words))

    def _fit(self) -> None:
        look = theme.current()
        self._months.setFixedWidth(look.px(_MONTHS))
        roomy = self.width() >= look.px(_ROOM_FOR_MONTHS)
        self._months.setVisible(roomy and self._has_months and self.rows.isVisibleTo(self))


class CountsCard(Card):
    """What the file is and how its rows are counted."""

    def __init__(
        self, ask_for_another: Callable[[], object], ask_for_columns: Callable[[], object]
    ) -> None:
        super().__init__()
        self._name = Text("", "heading")
        self._what = Text("", "quiet", wrap=True)
        self._stats = {
            "visits": Stat(tr("Visits"), role="display"),
            "sessions": Stat(tr("Sessions"), role="display"),
            "minutes": Stat(tr("Minutes")),
            "workstations": Stat(tr("New workstations")),
            "added": Stat(tr("New"), role="display"),
            "unchanged": Stat(tr("Known")),
            "refused": Stat(tr("Refused")),
            "left_out": Stat(tr("Left out")),
            "read": Stat(tr("Rows read")),
            "people": Stat(tr("Members recognised")),
        }
        self.other = Button(tr("Another file"), ask_for_another, kind="ghost", icon="folder")
        words = column(self._name, self._what, gap=2)
        self.columns = Button(tr("Change columns"), ask_for_columns, kind="ghost", icon="edit")
        line = row(Drawing("table", "primary", 32), words, self.columns, self.other, gap=14)
        line.setStretchFactor(words, 1)
        self.add(line)
        stats = row(*self._stats.values(), None, gap=32)
        for stat in self._stats.values():
            stats.setAlignment(stat, Qt.AlignmentFlag.AlignBottom)
            stat.hide()  # all of them together would be wider than a small window
        self.add(stats)

    def show_counts(self, preview: Preview) -> None:
        """Show the counts of a preview."""
        self._name.setText(preview.path.name)
        parts = [kind_name(preview.source), days_of(preview.counts)]
        self._what.setText(" · ".join(part for part in parts if part))
        self.columns.setVisible(bool(preview.signature))
        counts = preview.counts
        for name, stat in self._stats.items():
            stat.setVisible(_tells(preview.source, name))
            stat.show_value(number(counts.get(name, 0)))


def _by_month(source: str) -> str:
    """What the bars of the months are."""
    if source == What.ACTIVITIES:
        return tr("Activities by month")
    return tr("Sessions by month") if source in LOGS else tr("Visits by month")


def _tells(source: str, name: str) -> bool:
    """Whether a number says something of such a file."""
    if name == "visits":
        return source == What.VISITS
    if name in ("sessions", "minutes", "workstations"):
        return source in LOGS
    if name in ("added", "people") and source in LOGS:
        return False
    return name != "people" or source not in (What.TOTALS, What.PATRONS, What.ACTIVITIES)
