"""The kinds of records on the page: their lists, and what is done beside changing them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from perpudesk.attachments.form import Attached
from perpudesk.attachments.service import AttachmentService
from perpudesk.branch.service import BranchService
from perpudesk.core.codes import Condition, Funding, label
from perpudesk.core.formats import (
    NOTHING,
    date_digits,
    date_long,
    number,
    rupiah,
    signed_percent,
)
from perpudesk.core.i18n import tr, trn
from perpudesk.paper.picture import picture
from perpudesk.paper.stacked import Part as ChartPart
from perpudesk.paper.stacked import Stack, StackChart
from perpudesk.patrons.service import PatronService
from perpudesk.program.equipment import EquipmentService
from perpudesk.program.form.budget import BudgetDialog, YearLine
from perpudesk.program.form.checking import CheckDialog
from perpudesk.program.form.equipment import ConditionDialog, EquipmentDialog
from perpudesk.program.form.paper import HandoverDialog, OnePaper
from perpudesk.program.form.records import ActionDialog, MediaDialog, PartnerDialog, StoryDialog
from perpudesk.program.inventory import Check, Item
from perpudesk.program.model import (
    AdvocacyAction,
    Filed,
    Partner,
    Story,
    YearMoney,
    growth,
    missing_years,
    rising_since,
)
from perpudesk.program.page.page import Part
from perpudesk.program.papers import known_text
from perpudesk.program.paperwork import STORY_KIND, ProgramPapers
from perpudesk.program.service import ProgramService
from perpudesk.ui import theme
from perpudesk.ui.chart import ChartView
from perpudesk.ui.register import Register
from perpudesk.ui.tables import REST, Column

CONDITION_KEY, CHECK_KEY, LIST_KEY, HANDOVER_KEY = "K", "C", "P", "S"
VERIFY_KEY, PAGE_KEY = "V", "P"
_CHART_HIGH = 230
"""Px at 100 %."""
_CHART_WIDE, _CHART_POINTS = 440, 165
"""What it is drawn as, in points: smaller than it is shown, so that its words can be read."""
_TONES = {
    Condition.GOOD: "ok",
    Condition.MINOR_DAMAGE: "warn",
    Condition.MAJOR_DAMAGE: "error",
    Condition.RETIRED: "neutral",
}
ADVOCACY_KIND, MEDIA_KIND = "advocacy_actions", "media_items"
"""What attachments of these call them."""


@dataclass(frozen=True, kw_only=True)
class Parts:
    """Makes every part of the page from the services it is about."""

    program: ProgramService
    equipment: EquipmentService
    papers: ProgramPapers
    attachments: AttachmentService
    patrons: PatronService
    branch: BranchService
    undo: Callable[[], object]
    practice: Callable[[], bool]

    def all(self) -> list[Part]:
        """In the order of the list."""
        return [
            Part(
                key="equipment",
                title=tr("Equipment"),
                make=self._equipment,
                told=self._equipment_told,
            ),
            Part(
                key="partners", title=tr("Partners"), make=self._partners, told=self._partners_told
            ),
            Part(key="advocacy", title=tr("Advocacy"), make=self._actions, told=self._actions_told),
            Part(key="budget", title=tr("Budget"), make=self._budget, told=self._budget_told),
            Part(key="media", title=tr("Media"), make=self._media, told=self._media_told),
            Part(
                key="stories",
                title=tr("Impact stories"),
                make=self._stories,
                told=self._stories_told,
            ),
        ]

    def _today(self) -> date:
        return self.branch.today()

    # ---------------------------------------------------------------- equipment

    def _equipment(self) -> Register:
        made = Register(
            tr("Equipment"),
            [
                Column(
                    title=tr("Name"),
                    text=lambda item: item.name,
                    kind="strong",
                    width=REST,
                    detail=_item_detail,
                ),
                Column(title=tr("Kind"), text=lambda item: label(item.kind), most=110),
                Column(title=tr("Received"), text=lambda item: known_text(item.received)),
                Column(title=tr("Place"), text=lambda item: item.place or NOTHING, most=130),
                Column(
                    title=tr("Condition"),
                    text=lambda item: label(item.condition),
                    kind="pill",
                    tone=lambda item: _TONES[item.condition],
                ),
            ],
            rows=self.equipment.all,
            dialog=EquipmentDialog(self.equipment),
            remove=lambda item: self.equipment.remove(item.id),
            undo=self.undo,
            name=lambda item: item.name,
            new=tr("New equipment"),
            empty=tr(
                "Here is what the program, the state or the village gave. The computers of the "
                "board come into this list by themselves."
            ),
            sentence=tr("Computers of the board are in this list by themselves: one record each."),
            icon="program",
        )
        condition = ConditionDialog(self.equipment, self.branch, parent=made)
        condition.stored.connect(lambda _item: made.refresh())
        check = CheckDialog(self.equipment, undo=self.undo, parent=made)
        check.finished.connect(lambda _code: made.refresh())
        check.finished_check.connect(lambda done: self._show_check(made, done))
        made.add_deed(CONDITION_KEY, tr("Condition"), condition.begin)
        made.add_deed(CHECK_KEY, tr("Yearly check"), lambda _item: check.open(), always=True)
        made.add_deed(LIST_KEY, tr("Print the list"), lambda _item: self._list(made), always=True)
        made.add_deed(HANDOVER_KEY, tr("Handover"), lambda _item: self._handover(made), always=True)
        return made

    def _list(self, over: QWidget) -> None:
        make = self.papers.equipment_list
        title, practice = tr("Equipment list"), self.practice()
        OnePaper(title, lambda: make(practice=practice), parent=over.window()).open()

    def _handover(self, over: Register) -> None:
        HandoverDialog(
            self.papers,
            self.branch,
            self.equipment.all(),
            chosen=over.current(),
            practice=self.practice(),
            parent=over.window(),
        ).open()

    def _show_check(self, over: QWidget, check: Check) -> None:
        make, practice = self.papers.check_result, self.practice()
        title = tr("Check of the equipment")
        OnePaper(title, lambda: make(check.id, practice=practice), parent=over.window()).open()

    def _equipment_told(self) -> str:
        items = self.equipment.all()
        broken = sum(each.condition is not Condition.GOOD for each in items)
        words = trn("{n} piece", "{n} pieces", len(items))
        return " · ".join((words, tr("{n} damaged", n=number(broken)))) if broken else words

    # ---------------------------------------------------------------- partners

    def _partners(self) -> Register:
        book = self.program.partners
        return Register(
            tr("Partners"),
            [
                Column(
                    title=tr("Partner"),
                    text=lambda each: each.what.name,
                    kind="strong",
                    width=REST,
                    detail=lambda each: each.what.support or "",
                ),
                Column(title=tr("Kind"), text=lambda each: label(each.what.kind), most=150),
                Column(title=tr("Agreement"), text=lambda each: each.what.mou_number or NOTHING),
                Column(title=tr("In force"), text=_force),
                Column(title="", text=self._partner_state, kind="pill", tone=self._partner_tone),
            ],
            rows=book.all,
            dialog=PartnerDialog(book, self.branch),
            remove=lambda each: book.remove(each.id),
            undo=self.undo,
            name=lambda each: each.what.name,
            new=tr("New partner"),
            empty=tr(
                "Who works with the library: schools, companies, offices. Of an agreement that "
                "ends soon you are told here and at the start of the day."
            ),
            icon="group",
        )

    def _partner_state(self, each: Filed[Partner]) -> str:
        today, what = self._today(), each.what
        if what.ends_soon(today):
            return tr("ends soon")
        if what.valid_on(today):
            return tr("in force")
        return tr("over") if what.until_on and what.until_on < today else tr("coming")

    def _partner_tone(self, each: Filed[Partner]) -> str:
        if each.what.ends_soon(self._today()):
            return "warn"
        return "ok" if each.what.valid_on(self._today()) else "neutral"

    def _partners_told(self) -> str:
        today, book = self._today(), self.program.partners
        words = trn("{n} in force", "{n} in force", len(book.valid_on(today)))
        if soon := book.ending_soon(today):
            return " · ".join((words, trn("{n} ends soon", "{n} end soon", len(soon))))
        return words

    # ---------------------------------------------------------------- advocacy and media

    def _actions(self) -> Register:
        book = self.program.actions
        made = Register(
            tr("Advocacy"),
            [
                Column(title=tr("Date"), text=lambda each: date_digits(each.what.day)),
                Column(
                    title=tr("Institution"),
                    text=lambda each: each.what.institution,
                    kind="strong",
                    width=REST,
                    detail=lambda each: each.what.purpose or "",
                ),
                Column(title=tr("Kind"), text=lambda each: label(each.what.kind), most=170),
                Column(
                    title=tr("Amount"),
                    text=lambda each: _money(each.what.amount),
                    align="right",
                ),
            ],
            rows=book.all,
            dialog=ActionDialog(book, self.branch),
            remove=lambda each: book.remove(each.id),
            undo=self.undo,
            name=_action_name,
            new=tr("New advocacy action"),
            empty=tr(
                "Audiences, proposals, regulations, agreements: what the library does to be heard "
                "and paid for."
            ),
            icon="community",
        )
        self._attach(made, ADVOCACY_KIND)
        return made

    def _actions_told(self) -> str:
        year = self._today().year
        count = sum(each.what.day.year == year for each in self.program.actions.all())
        return trn("{n} action this year", "{n} actions this year", count)

    def _media(self) -> Register:
        book = self.program.media
        made = Register(
            tr("Media"),
            [
                Column(title=tr("Date"), text=lambda each: date_digits(each.what.day)),
                Column(
                    title=tr("Title"),
                    text=lambda each: each.what.title,
                    kind="strong",
                    width=REST,
                    detail=lambda each: each.what.link or "",
                ),
                Column(title=tr("Channel"), text=lambda each: label(each.what.channel), most=150),
            ],
            rows=book.all,
            dialog=MediaDialog(book, self.branch),
            remove=lambda each: book.remove(each.id),
            undo=self.undo,
            name=lambda each: each.what.title,
            new=tr("New media item"),
            empty=tr("News, posts, broadcasts and banners about the library."),
            icon="paper",
        )
        self._attach(made, MEDIA_KIND)
        return made

    def _media_told(self) -> str:
        year = self._today().year
        count = sum(each.what.day.year == year for each in self.program.media.all())
        return trn("{n} item this year", "{n} items this year", count)

    def _attach(self, made: Register, kind: str) -> Attached:
        """The files of the chosen record, below its list."""
        files = Attached(self.attachments, kind, undo=self.undo)
        made.add_below(files)
        made.chosen.connect(lambda each: files.show_of(None if each is None else each.id))
        return files

    # ---------------------------------------------------------------- budget

    def _budget(self) -> Register:
        sources = [
            Column(
                title=label(source),
                text=lambda line, source=source: _money(line.money.by_source.get(source)),  # type: ignore[misc]
                align="right",
            )
            for source in Funding
        ]
        made = Register(
            tr("Budget"),
            [
                Column(title=tr("Year"), text=lambda line: str(line.year), kind="strong"),
                *sources,
                Column(
                    title=tr("Total"),
                    text=lambda line: rupiah(line.money.total),
                    kind="strong",
                    align="right",
                ),
                Column(
                    title=tr("Growth"),
                    text=lambda line: signed_percent(growth(line.money, line.before)),
                    align="right",
                ),
            ],
            rows=self._years,
            dialog=BudgetDialog(self.program.budgets, self.branch),
            remove=self._forget_year,
            undo=self.undo,
            name=lambda line: str(line.year),
            new=tr("Amount of a year"),
            empty=tr(
                "What each year had, by source. From the second year on you see how far it grew."
            ),
            icon="table",
        )
        made.told = self._budget_words
        chart = ChartView(tr("Budget by year"))
        chart.setFixedHeight(theme.current().px(_CHART_HIGH))
        made.add_below(chart)
        made.refreshed.connect(lambda: self._draw_budget(chart))
        made.refreshed.connect(lambda: self._show_sources(made))
        return made

    def _show_sources(self, made: Register) -> None:
        """Only sources that any year has, so that the amounts have room."""
        years = self.program.budgets.years()
        for at, source in enumerate(Funding, start=1):
            made.table.setColumnHidden(at, not any(source in each.by_source for each in years))

    def _draw_budget(self, view: ChartView) -> None:
        years = self.program.budgets.years()
        view.setVisible(len(years) > 1)
        if len(years) > 1:
            drawn = picture(_budget_chart(years), width=_CHART_WIDE, height=_CHART_POINTS)
            view.show_picture(drawn.svg, drawn.bars, -1)

    def _years(self) -> list[YearLine]:
        years = self.program.budgets.years()
        known = {each.year: each for each in years}
        return [YearLine(money=each, before=known.get(each.year - 1)) for each in reversed(years)]

    def _forget_year(self, line: YearLine) -> None:
        self.program.budgets.forget(line.year)

    def _budget_words(self) -> str:
        """Since when it rose every year, and of which years nothing is known."""
        years = self.program.budgets.years()
        words = []
        if (run := rising_since(years)) is not None:
            first, last = run
            words.append(tr("It rose every year from {first} to {last}.", first=first, last=last))
        if lacking := missing_years(years):
            told = ", ".join(map(str, lacking))
            words.append(tr("Nothing is known of {years}.", years=told))
        return " ".join(words)

    def _budget_told(self) -> str:
        years = self.program.budgets.years()
        if not years:
            return tr("nothing yet")
        last = years[-1]
        return f"{last.year}: {rupiah(last.total)}"

    # ---------------------------------------------------------------- stories

    def _stories(self) -> Register:
        book = self.program.stories
        made = Register(
            tr("Impact stories"),
            [
                Column(title=tr("Date"), text=lambda each: date_digits(each.what.day)),
                Column(
                    title=tr("Title"),
                    text=lambda each: each.what.title,
                    kind="strong",
                    width=REST,
                    detail=self._whose,
                ),
                Column(
                    title=tr("Consent"),
                    text=lambda each: _day(each.what.consent_on),
                ),
                Column(title="", text=_story_state, kind="pill", tone=_story_tone),
            ],
            rows=book.all,
            dialog=StoryDialog(book, self.patrons, self.branch),
            remove=lambda each: book.remove(each.id),
            undo=self.undo,
            name=lambda each: each.what.title,
            new=tr("New story"),
            empty=tr(
                "What changed for somebody. Nothing of it is printed or counted before the person "
                "agreed."
            ),
            sentence=tr("A draft, then with consent, then verified: only then it is counted."),
            icon="star",
        )
        made.add_deed(VERIFY_KEY, tr("Verify"), lambda each: self._verify(made, each))
        made.add_deed(PAGE_KEY, tr("Print the page"), lambda each: self._print_story(made, each))
        self._attach(made, STORY_KIND)
        return made

    def _whose(self, each: Filed[Story]) -> str:
        book = self.program.stories
        known = (book.person(each.what), each.what.pseudonym)
        return " · ".join(filter(None, known))

    def _verify(self, made: Register, each: Filed[Story]) -> None:
        verified = not each.what.counts
        said = (
            tr("Verified: {what}.", what=each.what.title)
            if verified
            else tr("Not verified any more.")
        )
        made.attempt(lambda: self.program.stories.verify(each.id, verified=verified), said)

    def _print_story(self, made: Register, each: Filed[Story]) -> None:
        if not made.attempt(lambda: self.program.stories.to_print(each.id)):
            return
        make, practice = self.papers.story, self.practice()
        title = tr("Impact story")
        OnePaper(title, lambda: make(each.id, practice=practice), parent=made.window()).open()

    def _stories_told(self) -> str:
        found = self.program.stories.all()
        counted = sum(each.what.counts for each in found)
        return tr("{n} of {all} verified", n=number(counted), all=number(len(found)))


def _budget_chart(years: Sequence[YearMoney]) -> StackChart:
    """A bar a year from the first to the last, in millions, made of the sources that occur."""
    sources = [each for each in Funding if any(each in year.by_source for year in years)]
    known = {each.year: each for each in years}
    return StackChart(
        title=tr("Budget by year, in millions of rupiah"),
        parts=tuple(ChartPart(name=label(each), place=place) for place, each in enumerate(sources)),
        stacks=tuple(
            Stack(
                label=str(year),
                values=None
                if year not in known
                else tuple(known[year].by_source.get(each, 0) / 1e6 for each in sources),
            )
            for year in range(years[0].year, years[-1].year + 1)
        ),
        uncounted=tr("not known"),
    )


def _item_detail(item: Item) -> str:
    return " · ".join(filter(None, (item.code, item.brand, item.source, item.program)))


def _force(each: Filed[Partner]) -> str:
    return f"{_day(each.what.from_on)} – {_day(each.what.until_on)}"


def _day(day: date | None) -> str:
    return NOTHING if day is None else date_digits(day)


def _money(amount: int | None) -> str:
    return NOTHING if amount is None else rupiah(amount)


def _action_name(each: Filed[AdvocacyAction]) -> str:
    return f"{each.what.institution}, {date_long(each.what.day)}"


def _story_state(each: Filed[Story]) -> str:
    if each.what.counts:
        return tr("verified")
    return tr("with consent") if each.what.may_leave else tr("draft")


def _story_tone(each: Filed[Story]) -> str:
    return "ok" if each.what.counts else "info" if each.what.may_leave else "neutral"
