"""The cards at the right: what a community is, how many they are, how often they meet."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from perpudesk.communities.model import Activity
from perpudesk.core.codes import Sex
from perpudesk.core.formats import NOTHING, date_long, month_names, number
from perpudesk.core.i18n import tr, trn
from perpudesk.ui.cards import Card
from perpudesk.ui.layout import CARD_GAP, column
from perpudesk.ui.marks import HourBars, Pill, Stat
from perpudesk.ui.text import Text
from perpudesk.visits.form.words import sex_short


class Figures(QWidget):
    """Members, activities of the last twelve months, and who speaks for it."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.members = Stat(tr("Members"))
        self.counted = Text("", "small", wrap=True)
        first = Card()
        first.add(self.members)
        first.add(self.counted)
        self.state = Pill()
        self.bars = HourBars()
        self.bars.setAccessibleName(tr("Activities by month"))
        self.last = Text("", "quiet", wrap=True)
        active = Card(tr("Twelve months"))
        active.add_header(self.state)
        active.add(self.bars)
        active.add(self.last)
        self.about = Text("", wrap=True)
        who = Card(tr("About it"))
        who.add(self.about)
        self.setLayout(column(first, active, who, None, gap=CARD_GAP))

    def show_activity(self, activity: Activity, today: date) -> None:
        """What a community is and did."""
        self._show_members(activity)
        names = month_names(short=True)
        first = today.month - len(activity.months)
        bars = [(names[(first + at) % 12][:1], n) for at, n in enumerate(activity.months)]
        self.bars.show_bars(bars)
        words, tone = _state(activity)
        self.state.show_state(words, tone)
        self.last.setText(_last(activity))
        self.about.setText(_about(activity))

    def _show_members(self, activity: Activity) -> None:
        members = activity.community.members
        if members is None:
            self.members.show_value(NOTHING)
            self.counted.setText(tr("Not counted yet (Ctrl+G)."))
            return
        parts = (
            (members.female, Sex.FEMALE),
            (members.male, Sex.MALE),
            (members.unknown, Sex.UNKNOWN),
        )
        unit = " · ".join(f"{number(count)} {sex_short(sex)}" for count, sex in parts if count)
        self.members.show_value(number(members.total), unit=unit)
        self.counted.setText(tr("Counted on {date}.", date=date_long(members.day)))


def _state(activity: Activity) -> tuple[str, str]:
    if activity.community.ended_on is not None:
        return tr("not active any more"), "neutral"
    return (tr("dormant"), "warn") if activity.dormant else (tr("active"), "ok")


def _last(activity: Activity) -> str:
    if activity.last is None:
        return tr("It has not met yet.")
    day = date_long(activity.last)
    if activity.people is None:
        return tr("Last: {date}, nobody counted who came.", date=day)
    people = trn("{count} person", "{count} people", activity.people, count=number(activity.people))
    return tr("Last: {date}, {people}.", date=day, people=people)


def _about(activity: Activity) -> str:
    community = activity.community
    founded = community.founded
    parts = [
        community.contact and tr("Contact: {name}", name=community.contact),
        founded and tr("Founded: {day}", day="-".join(reversed(founded.split("-")))),
        _born(community.born_here),
        community.note,
    ]
    return "\n".join(part for part in parts if part) or NOTHING


def _born(here: bool | None) -> str:
    if here is None:
        return ""
    return tr("Born in the library") if here else tr("Not born in the library")
