"""The cards of the desk and where they stand."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from perpudesk.ui import theme
from perpudesk.ui.layout import ANY_WIDTH, CARD_GAP, Scroll, boxed, column, row
from perpudesk.visits.form.questions import Question, QuestionCard
from perpudesk.visits.page.board import BoardCard
from perpudesk.visits.page.entry import EntryCard
from perpudesk.visits.page.recent import RecentCard
from perpudesk.visits.page.today import TodayCard

FULL_HEIGHT = 600
"""The height, at 100 %, from which bars and hint have room beside the grid."""
WIDEST, NARROWEST, SHARE = 384, 280, 0.342
"""The right card: px at 100 %, and its part of the width between."""
ROOM_FOR_TWO = 700
"""The width, at 100 %, from which the right card has room beside the others."""
CLOSE_GAP = 10
_LOW = 280
"""Px at 100 % of the right card where it stands below."""
NARROW = 700
"""The width of the left cards, at 100 %, below which captions are short."""


class DeskView(QWidget):
    """At the left what is pressed, at the right what came of it.

    The question takes the place of the scan: nothing moves under the hand that taps.
    """

    def __init__(
        self,
        entry: EntryCard,
        board: BoardCard,
        recent: RecentCard,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.entry, self.board, self.recent = entry, board, recent
        self.question = QuestionCard()
        self.today = TodayCard()
        self._slot = QStackedWidget()
        self._slot.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._places = (entry, self.question)
        for card in self._places:
            self._slot.addWidget(card)
        self._left = column(self._slot, board, self.today, None, gap=CARD_GAP)
        self._scroll = Scroll(boxed(self._left))
        self._line = row(self._scroll, recent, gap=CARD_GAP)
        self._line.setStretch(0, 1)
        self.setLayout(self._line)
        self.setFocusProxy(board.grid)
        self.question.emptied.connect(self.go_back)

    def ask(self, question: Question) -> None:
        """Ask in the place of the scan; Enter answers, so the focus is at the grid."""
        self.question.ask(question)
        self.go_back()

    def withdraw(self, about: str) -> None:
        """Ask no more about what was settled otherwise."""
        self.question.withdraw(about)

    @property
    def asks(self) -> bool:
        """Whether a question is seen, and Enter answers it."""
        return self._slot.currentWidget() is self.question

    def open_entry(self) -> EntryCard:
        """Bring the scan field and the count into view; a question waits."""
        self._slot.setCurrentWidget(self.entry)
        return self.entry

    def go_back(self) -> None:
        """Focus to the grid, and the question that waits, if any, into view."""
        asked = self.question.current is not None
        self._slot.setCurrentWidget(self.question if asked else self.entry)
        self.board.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def minimumSizeHint(self) -> QSize:
        """What is left when the right card stands below: it goes there by itself."""
        return QSize(self._scroll.minimumSizeHint().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Be less high and less wide where the window is small or the text large."""
        look = theme.current()
        compact = self.height() < look.px(FULL_HEIGHT)
        self.board.set_compact(compact)
        self.today.set_compact(compact)
        self._left.setSpacing(CLOSE_GAP if compact else CARD_GAP)
        least, most = look.px(NARROWEST), look.px(WIDEST)
        share = round(self.width() * SHARE)
        beside = self.width() >= look.px(ROOM_FOR_TWO)
        wide = min(max(share, min(least, round(self.width() * 0.36))), most)
        self._put_recent(wide if beside else None)
        self._slot.setMinimumHeight(max(each.sizeHint().height() for each in self._places))
        self.recent.fit((wide if beside else self.width()) / look.scale)
        narrow = self.width() - wide * beside < look.px(NARROW)
        self.entry.set_narrow(narrow)
        self.board.set_narrow(narrow)

    def _put_recent(self, wide: int | None) -> None:
        """Beside the others, so many px wide, or (None) the last of them, which scroll."""
        if wide is not None:
            self.recent.setFixedWidth(wide)
            self._line.addWidget(self.recent)
            self.recent.setMinimumHeight(0)
            return
        self.recent.setMinimumWidth(0)
        self.recent.setMaximumWidth(ANY_WIDTH)
        self._left.insertWidget(self._left.indexOf(self.today) + 1, self.recent)
        self.recent.setMinimumHeight(theme.current().px(_LOW))
