"""The page *Grafik*: an indicator over time by a dimension, looked into and saved as a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from perpudesk.core.errors import FileError, PerpuDeskError
from perpudesk.core.files import NOT_WRITTEN, replacing
from perpudesk.core.formats import period_name
from perpudesk.core.i18n import tr
from perpudesk.core.times import Period
from perpudesk.core.topics import Topic
from perpudesk.paper.stacked import StackChart
from perpudesk.paper.type import SMALL
from perpudesk.reports.dimensions import DIMENSIONS, dimension_names
from perpudesk.reports.model import INDICATORS
from perpudesk.reports.service import ReportService
from perpudesk.reports.trend import SPANS, span_periods, told
from perpudesk.ui import background, theme
from perpudesk.ui.buttons import Button, ChipGroup
from perpudesk.ui.cards import Card, EmptyState
from perpudesk.ui.chart import ChartView
from perpudesk.ui.fields import ChoiceField
from perpudesk.ui.files import FileDialog
from perpudesk.ui.layout import GAP, Beside, boxed, row
from perpudesk.ui.messages import show_error
from perpudesk.ui.page import Page
from perpudesk.ui.text import Text
from perpudesk.ui.toasts import toast

_REST_MS = 60
_WHOLE = ""
_READABLE = 12.5
"""Px at 100 % of the smallest words in the picture."""
_LEAST_WIDE = 400.0
"""Points: rather than narrower than this, the words are as at 100 %."""


class GraphPage(Page):
    """What is shown is chosen above; the words under the chart tell the bar with the cursor."""

    topics = frozenset(Topic) - {Topic.CLOSINGS}
    period_asked = Signal(object)
    """A `Period` whose report is wanted."""
    desk_asked = Signal()
    """The front desk is wanted, to begin to count."""

    def __init__(self, reports: ReportService, *, parent: QWidget | None = None) -> None:
        super().__init__("graph", tr("Graph"), parent=parent)
        self._reports = reports
        self._chart: StackChart | None = None
        self._svg = ""
        self._periods: list[Period] = []
        self._asked = 0
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._draw)
        indicators = [(code, tr(each.name)) for code, each in INDICATORS.items()]
        self.indicator = ChoiceField(indicators, value=indicators[0][0])
        self.indicator.setAccessibleName(tr("Indicator"))
        self.dimension = ChoiceField()
        self.dimension.setAccessibleName(tr("By"))
        spans = [(span, tr(name)) for span, name in SPANS.items()]
        self.span = ChipGroup(tr("Over which time"), spans, value=spans[0][0], wrap=False)
        self.view = ChartView(tr("Graph"))
        self.told = Text("", wrap=True)
        self._lay_out()
        self._connect()
        self._offer_dimensions()
        self.setFocusProxy(self.view)

    def _lay_out(self) -> None:
        self.png = Button(tr("Save picture (PNG)"), self._on_save_png, key="Ctrl+S")
        self.svg = Button(tr("Save as SVG"), self._on_save_svg)
        choices, chart = Card(), Card()
        line = row(
            Text(tr("Indicator"), "caption"),
            self.indicator,
            Text(tr("By"), "caption"),
            self.dimension,
        )
        for choice in (self.indicator, self.dimension):
            line.setStretchFactor(choice, 1)
            choice.setMinimumContentsLength(10)
        choices.add(Beside(boxed(line), self.span, gap=GAP, shares=(1, 0)))
        words = tr("Nothing is counted here yet. The graph grows with what the front desk records.")
        self.empty = EmptyState(words, tr("Front desk"), self.desk_asked.emit, key="F2")
        self.empty.hide()
        chart.add(self.empty, 1)
        chart.add(self.view, 1)
        chart.add(self.told)
        self._hint = Text(tr("Enter opens the report of the bar."), "small", wrap=True)
        below = row(self._hint, self.svg, self.png)
        below.setStretchFactor(self._hint, 1)
        chart.add(below)
        self.body.addWidget(choices)
        self.body.addWidget(chart, 1)

    def _connect(self) -> None:
        self.indicator.changed.connect(self._offer_dimensions)
        self.dimension.changed.connect(self._rest.start)
        self.span.chosen.connect(self._rest.start)
        self.view.moved.connect(self._tell)
        self.view.resized.connect(self._rest.start)
        self.view.chosen.connect(self._on_chosen)
        self.add_key("Ctrl+S", tr("Save the picture"), self.png.click)
        self.add_key_use("← →", tr("The bar before, the next one"))
        self.add_key_use(tr("Enter"), tr("The report of the bar"))

    def _offer_dimensions(self) -> None:
        """What the chosen indicator can be shown by."""
        names = dimension_names()
        slugs = DIMENSIONS[self.indicator.value() or ""]
        options = [(_WHOLE, tr("as a whole")), *((slug, names[slug]) for slug in slugs)]
        kept = self.dimension.value() if self.dimension.value() in slugs else _WHOLE
        self.dimension.set_options(options, value=kept)
        self.dimension.setEnabled(bool(slugs))
        self._rest.start()

    def refresh(self) -> None:
        """Something was recorded or mended: draw again."""
        self._rest.start()

    def _draw(self) -> None:
        """Read and draw in the background; of several only the last is shown."""
        self._rest.stop()
        self._asked += 1
        asked = self._asked
        code, dimension = self.indicator.value() or "", self.dimension.value() or _WHOLE
        periods = span_periods(self.span.value() or "", self._reports.months())
        width, height = self._room()

        def work(_report: object) -> tuple[Any, ...]:
            from perpudesk.paper.picture import picture  # its library loads with the first chart

            chart = self._reports.trend(periods, INDICATORS[code], dimension)
            return asked, periods, chart, picture(chart, width=width, height=height)

        background.run(self, work, succeeded=self._on_drawn)

    def _room(self) -> tuple[float, float]:
        """Width and height in points of a picture that fills the view with words to be read."""
        least, look = _READABLE / SMALL, theme.current().scale
        scale = max(least, min(least * look, self.view.width() / _LEAST_WIDE))
        return self.view.width() / scale, self.view.height() / scale

    def _on_drawn(self, drawn: tuple[Any, ...]) -> None:
        asked, periods, chart, picture = drawn
        if asked != self._asked:
            return
        at = self.view.at if periods == self._periods and self.view.at >= 0 else len(periods) - 1
        self._periods, self._chart, self._svg = periods, chart, picture.svg
        self.view.show_picture(picture.svg, picture.bars, at)
        self._tell(self.view.at)
        self._show_counted(any(each.values is not None for each in chart.stacks))

    def _show_counted(self, counted: bool) -> None:
        """Show the picture where anything was counted, else how to begin."""
        self.empty.setVisible(not counted)
        for part in (self.view, self.told, self._hint):
            part.setVisible(counted)
        for button in (self.png, self.svg):
            button.setEnabled(counted)

    def _tell(self, at: int) -> None:
        if self._chart is not None and 0 <= at < len(self._chart.stacks):
            words = told(self._chart, at)
            if self._reports.is_running(self._periods[at]):
                words = tr("{told} · still running, so not the whole", told=words)
            self.told.setText(words)
            self.view.setAccessibleDescription(words)

    def _on_chosen(self, at: int) -> None:
        period = self._periods[at]
        if period in self._reports.periods(period.kind):
            self.period_asked.emit(period)
        else:
            toast(self, tr("{period} has no records, so no report.", period=period_name(period)))

    def _on_save_png(self) -> None:
        self._save("png", tr("Picture (*.png)"), self._write_png)

    def _on_save_svg(self) -> None:
        self._save("svg", tr("Drawing (*.svg)"), self._write_svg)

    def _write_svg(self, path: Path) -> None:
        with replacing(path) as stream:
            stream.write(self._svg.encode())

    def _write_png(self, path: Path) -> None:
        from PySide6.QtCore import QBuffer, QIODevice

        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        if not self.view.image().save(buffer, "PNG"):  # type: ignore[call-overload]
            raise FileError(NOT_WRITTEN, path=str(path), reason="PNG")
        with replacing(path) as stream:
            stream.write(buffer.data().data())

    def _save(self, ending: str, kind: str, write: Callable[[Path], None]) -> None:
        """Ask for a place, write there, and say so or why not."""
        title = self._chart.title if self._chart else self.title
        name = f"{title.replace('/', '-')}.{ending}"
        path = FileDialog(self, tr("Save"), [kind], save_as=name).ask()
        if path is None:
            return
        try:
            write(path)
        except PerpuDeskError as error:
            show_error(self, error)
        else:
            toast(self, tr("Saved as {path}", path=str(path)))
