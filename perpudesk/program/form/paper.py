"""One paper of the program's records, looked at before it is printed; and a handover."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from perpudesk.branch.model import SignatoryPlace
from perpudesk.branch.service import BranchService
from perpudesk.core.codes import label
from perpudesk.core.formats import number
from perpudesk.core.i18n import tr
from perpudesk.paper.document import Document
from perpudesk.paper.files import pdf_of
from perpudesk.program.inventory import Item
from perpudesk.program.papers import Handover
from perpudesk.program.paperwork import ProgramPapers
from perpudesk.ui.calendar import DateField
from perpudesk.ui.fields import ChoiceField, TextField
from perpudesk.ui.forms import Field
from perpudesk.ui.paper_dialog import Make, PaperDialog

ALL = "all"


def goods_of(items: Sequence[Item], chosen: Item | None) -> dict[str, tuple[str, tuple[Item, ...]]]:
    """What may be handed over together: all, one piece, what one giver gave, what is of one kind.

    By a key: what it is called, and the items.
    """
    found = {ALL: (tr("All of it ({n})", n=number(len(items))), tuple(items))}
    if chosen is not None:
        found[chosen.key] = (chosen.name, (chosen,))
    groups: dict[str, list[Item]] = {}
    for item in items:
        if item.source:
            groups.setdefault(tr("Given by {who}", who=item.source), []).append(item)
    for item in items:
        groups.setdefault(label(item.kind), []).append(item)
    for name, of in groups.items():
        found[name] = (f"{name} ({number(len(of))})", tuple(of))
    return found


class OnePaper(PaperDialog):
    """A paper without any choice but its size."""

    def __init__(
        self, title: str, make: Callable[[], Document], *, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, self._pages, lambda: title, parent=parent)
        self._make = make
        self.set_out()
        self.refresh()

    def _pages(self) -> Make:
        return partial(pdf_of, self._make())


class HandoverDialog(PaperDialog):
    """Who hands over to whom; what is left empty is printed dotted."""

    def __init__(
        self,
        papers: ProgramPapers,
        branch: BranchService,
        items: Sequence[Item],
        *,
        chosen: Item | None,
        practice: bool,
        parent: QWidget | None = None,
    ) -> None:
        """`items` are what can be handed over; `chosen` is the one that the cursor was on."""
        title = tr("Record of handover")
        super().__init__(title, self._pages, lambda: title, parent=parent)
        self._papers, self._practice = papers, practice
        self._goods = goods_of(items, chosen)
        self.goods = ChoiceField([(key, name) for key, (name, _) in self._goods.items()])
        today = branch.today()
        self.on = DateField(tr("Date"), today, today=today)
        self.fields = {
            "giver": TextField(),
            "giver_post": TextField(),
            "taker": TextField(),
            "taker_post": TextField(),
        }
        here = next(
            (each for each in branch.signatories() if each.place is SignatoryPlace.RIGHT), None
        )
        if here is not None:
            self.fields["giver"].set_value(here.name)
            self.fields["giver_post"].set_value(here.post)
        labels = {
            "giver": tr("First party: name"),
            "giver_post": tr("Post"),
            "taker": tr("Second party: name"),
            "taker_post": tr("Post"),
        }
        shown = {key: Field(labels[key], widget) for key, widget in self.fields.items()}
        self.set_out(
            (shown["giver"], shown["giver_post"], Field(tr("Date"), self.on)),
            (shown["taker"], shown["taker_post"], Field(tr("What is handed over"), self.goods)),
        )
        self.goods.changed.connect(self.refresh)
        for widget in self.fields.values():
            widget.changed.connect(self.refresh)
        self.on.changed.connect(self.refresh)
        self.refresh()

    def _pages(self) -> Make:
        typed = {key: widget.value() for key, widget in self.fields.items()}
        handover = Handover(
            on=self.on.value(),
            giver=typed["giver"],
            giver_post=typed["giver_post"],
            taker=typed["taker"],
            taker_post=typed["taker_post"],
            items=self._goods[self.goods.value() or ALL][1],
        )
        return partial(pdf_of, self._papers.handover(handover, practice=self._practice))
