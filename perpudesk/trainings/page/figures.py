"""The cards at the right: what a course comes to, what became of people, its certificates."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from perpudesk.attendance.model import Sheet
from perpudesk.core.codes import Sex
from perpudesk.core.formats import NOTHING, date_long, number, percent
from perpudesk.core.i18n import tr, trn
from perpudesk.trainings.certifying import last_meeting
from perpudesk.trainings.model import Course
from perpudesk.trainings.paperwork import Certifying
from perpudesk.trainings.returning import AfterTraining, returns_sentences
from perpudesk.ui.buttons import Button
from perpudesk.ui.cards import Card
from perpudesk.ui.layout import CARD_GAP, column
from perpudesk.ui.marks import Stat
from perpudesk.ui.text import Text
from perpudesk.visits.form.words import sex_short

_SEXES = (Sex.FEMALE, Sex.MALE, Sex.UNKNOWN)


class Figures(QWidget):
    """Participants, attendance and person hours; returns; certificates."""

    def __init__(
        self,
        *,
        preview: Callable[[], object],
        certify: Callable[[], object],
        names: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        """What its buttons do: see the certificates, give them numbers, name who came back."""
        super().__init__(parent)
        self.people = Stat(tr("Participants"))
        self.came = Stat(tr("Attendance"), role="title")
        self.hours = Stat(tr("Person hours"), role="title")
        self.after = Text("", wrap=True)
        self.names = Button(tr("Who they are"), names, kind="link")
        self.state = Text("", "quiet", wrap=True)
        self.certify = Button("", certify, kind="primary")
        self.preview = Button(tr("Preview"), preview)
        first = Card()
        for part in (self.people, self.came, self.hours):
            first.add(part)
        self.returns = Card(tr("After the training"))
        self.returns.add(self.after)
        self.returns.add(column(self.names))
        certificates = Card(tr("Certificates"))
        for each in (self.state, self.certify, self.preview):
            certificates.add(each)
        self.setLayout(column(first, self.returns, certificates, None, gap=CARD_GAP))

    def show_sheet(self, course: Course, sheet: Sheet) -> None:
        """What the list comes to now."""
        waiting, by_sex = len(sheet.waiting), sheet.by_sex()
        sexes = " · ".join(
            f"{number(count)} {sex_short(sex)}" for sex in _SEXES if (count := by_sex[sex])
        )
        more = tr("+{count} waiting", count=number(waiting)) if waiting else ""
        unit = " · ".join(filter(None, (sexes, more)))
        self.people.show_value(number(len(sheet.on_list)), unit=unit)
        present, of = sheet.marked()
        if of:
            share = percent(present / of, 0)
            told = tr("of {count} ({share}%)", count=number(of), share=share)
            beside = sum(each.headcount.count for each in sheet.held if each.headcount)
            unit = f"{told} +{number(beside)}" if beside else told
            self.came.show_value(number(present), unit=unit)
        elif sheet.attendances:
            self.came.show_value(number(sheet.attendances))
        else:
            self.came.show_value(NOTHING)
        minutes = sheet.person_minutes(course.minutes_per_meeting)
        self.hours.show_value(number(minutes / 60, 1 if minutes % 60 else 0))

    def show_after(self, after: AfterTraining) -> None:
        """How many came back; the names are asked for."""
        told = returns_sentences(after)
        self.after.setText("\n".join(told))
        self.returns.setVisible(bool(told))
        self.names.setVisible(any(each.count for each in after.returns))

    def show_certificates(self, state: Certifying, sheet: Sheet) -> None:
        """Who is to have one, who has, and until when nobody can."""
        told = [tr("Asked: presence at {share}%.", share=number(state.threshold))]
        last = last_meeting(sheet)
        if state.given:
            n = len(state.given)
            told.append(trn("{count} was given.", "{count} were given.", n, count=number(n)))
        if state.refused is not None and not state.given:
            told.append(
                tr("After the meeting of {date}.", date=date_long(last.schedule.day))
                if last is not None and sheet.held
                else state.refused.sentence()
            )
        n = len(state.waiting)
        ready = bool(n) and state.refused is None
        self.state.setText(" ".join(told))
        words = trn("Give {count} a number", "Give {count} a number", n, count=number(n))
        self.certify.set_label(words)
        self.certify.setVisible(ready)
        self.preview.setVisible(bool(state.given or state.waiting))


def brief(course: Course, sheet: Sheet) -> str:
    """The figures in one line, where the cards have no room."""
    present, of = sheet.marked()
    n = len(sheet.on_list)
    parts = [trn("{count} participant", "{count} participants", n, count=number(n))]
    if of:
        told = {"present": number(present), "of": number(of), "share": percent(present / of, 0)}
        parts.append(tr("{present} of {of} present ({share}%)", **told))
    minutes = sheet.person_minutes(course.minutes_per_meeting)
    if minutes:
        hours = number(minutes / 60, 1 if minutes % 60 else 0)
        parts.append(tr("{hours} person hours", hours=hours))
    return " · ".join(parts)
