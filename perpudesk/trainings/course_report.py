"""A training on one page: what it was, who came, what they took along, what it cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from perpudesk.attendance.framing import House, framed, signed_by_both
from perpudesk.attendance.lists import Activity, days_text, minutes_text
from perpudesk.attendance.model import ANSWERS, Meeting, Participant, Sheet
from perpudesk.core.codes import UNKNOWN, AgeBand, MeetingState, Sex, age_label, label
from perpudesk.core.formats import (
    NOTHING,
    date_short,
    month_short,
    number,
    percent,
    rupiah,
)
from perpudesk.core.i18n import tr, trc, trn
from perpudesk.paper.document import (
    Align,
    Block,
    Column,
    Columns,
    Document,
    Note,
    Paragraph,
    Row,
    Table,
    Title,
    bold,
    compose,
    spans,
)
from perpudesk.trainings.model import Course
from perpudesk.trainings.returning import AfterTraining, returns_sentences

GOOD_ANSWER = 4
"""From here on an answer says yes, of 5 (ours)."""
_MOST_MEETINGS = 8
"""More of them stand by month."""
_MOST_OCCUPATIONS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseReport:
    """What a course's page is made of."""

    house: House
    activity: Activity
    course: Course
    topic: str
    sheet: Sheet
    after: AfterTraining
    bands: tuple[AgeBand, ...]

    @property
    def came(self) -> tuple[Participant, ...]:
        """Those of the list who were at a meeting, whatever became of them later."""
        return tuple(each for each in self.sheet.participants if self.sheet.attended(each))


def report_document(report: CourseReport) -> Document:
    """The page; its date is dotted, never today's."""
    return framed(
        report.house,
        tr("Training report"),
        report.course.title,
        tuple(_blocks(report)),
    )


def _blocks(report: CourseReport) -> Iterator[Block]:
    subtitle = compose("{title}", title=bold(report.course.title))
    yield Title(text=tr("TRAINING REPORT"), subtitle=subtitle)
    yield _facts(report)
    yield Paragraph(spans=spans(_summary(report)))
    yield Columns(left=(_who(report),), right=(*_meetings(report), *_results(report)))
    if sentences := returns_sentences(report.after):
        told = " ".join(sentences)
        yield Paragraph(spans=spans(bold(tr("After the training")), f" · {told}"))
    yield signed_by_both(report.house, None)


# ---------------------------------------------------------------- what it was


def _facts(report: CourseReport) -> Table:
    course, sheet = report.course, report.sheet
    standing = [each for each in sheet.meetings if each.state is not MeetingState.CANCELLED]
    days = days_text([each.schedule.day for each in standing])
    audience = " · ".join(part for part in (label(course.audience), course.target_group) if part)
    facts = [
        (tr("Topic"), report.topic, tr("For"), audience),
        (tr("Organiser"), course.organiser or report.house.library, tr("Place"), course.place),
        (tr("Trainer"), ", ".join(report.activity.trainers), tr("Partner"), course.partner),
        (tr("Date"), days, tr("Meetings"), _meetings_told(report, standing)),
        (tr("Cost"), rupiah(course.cost), tr("Funding"), _funding(course)),
    ]
    rows = tuple(
        Row(cells=(first, told or NOTHING, second, also or NOTHING))
        for first, told, second, also in facts
    )
    columns = (Column(share=1), Column(share=2.6), Column(share=1), Column(share=2.2))
    return Table(columns=columns, rows=rows, dense=True)


def _meetings_told(report: CourseReport, standing: Sequence[Meeting]) -> str:
    held, all_of_them = len(report.sheet.held), len(standing)
    told = trn("{shown} held", "{shown} held", held, shown=number(held))
    if held < all_of_them:
        told = tr("{held} of {planned} held", held=number(held), planned=number(all_of_them))
    minutes = sum(
        each.schedule.minutes or report.course.minutes_per_meeting for each in report.sheet.held
    )
    return f"{told} · {minutes_text(minutes)}" if minutes else told


def _funding(course: Course) -> str:
    return "" if course.funding is None else label(course.funding)


def _summary(report: CourseReport) -> str:
    sheet = report.sheet
    hours = sheet.person_minutes(report.course.minutes_per_meeting) / 60
    return tr(
        "{came} of {listed} people on the list came. {attendances} attendances at {held} meetings, "
        "those counted without a list among them; {hours} person-hours.",
        came=number(len(report.came)),
        listed=number(len({*sheet.on_list} | {*report.came})),
        attendances=number(sheet.attendances),
        held=number(len(sheet.held)),
        hours=number(hours, 0 if hours == int(hours) else 1),
    )


# ---------------------------------------------------------------- who came


def _who(report: CourseReport) -> Table:
    """Those who came by sex, age and occupation; what is not recorded is told too."""
    work = report.activity.occupations
    sexes = [Sex.FEMALE, Sex.MALE]
    bands = [band.slug for band in report.bands]
    parts = (
        (tr("Sex"), lambda each: str(each.profile.sex), sexes, lambda key: label(Sex(key)), 2),
        (tr("Age"), lambda each: each.profile.band(report.bands), bands, age_label, 9),
        (
            tr("Occupation"),
            lambda each: each.profile.occupation,
            (),
            lambda key: work.get(key, key),
            _MOST_OCCUPATIONS,
        ),
    )
    rows: list[Row] = []
    for title, key_of, order, called, most in parts:
        rows.append(Row(cells=(title, "", ""), total=True))
        rows += _counted(Counter(map(key_of, report.came)), order, called, most)
    return Table(
        columns=(
            Column(title=tr("Who came"), share=3),
            Column(title=tr("People"), align=Align.RIGHT),
            Column(title="%", align=Align.RIGHT),
        ),
        rows=tuple(rows),
        dense=True,
    )


def _counted(
    counts: Counter[str], order: Sequence[str], called: Callable[[str], str], most: int
) -> Iterator[Row]:
    """A row an entry: in the order given, else the most first; the rest together; then unknown."""
    unknown = counts.pop(UNKNOWN, 0)
    known = counts.total()
    keys = [each for each in order if counts[each]]
    keys += [key for key, _ in counts.most_common() if key not in keys]
    shown = keys if len(keys) <= most else keys[: most - 1]
    for key in shown:
        yield _part(called(key), counts[key], known)
    if rest := known - sum(counts[key] for key in shown):
        yield _part(tr("all others"), rest, known)
    if unknown:
        yield Row(cells=(trc("age", "Not recorded"), number(unknown), ""), italic=True)


def _part(name: str, count: int, known: int) -> Row:
    return Row(cells=(name, number(count), percent(count / known)))


def _meetings(report: CourseReport) -> Iterator[Block]:
    """How many were at each meeting held; of many, a row a month."""
    sheet = report.sheet
    if len(sheet.held) <= _MOST_MEETINGS:
        rows = [_meeting_row(date_short(each.schedule.day), sheet, [each]) for each in sheet.held]
    else:
        months = groupby(sheet.held, key=lambda each: f"{each.schedule.day:%Y-%m}")
        rows = [
            _meeting_row(f"{month_short(month)} ({number(len(held))})", sheet, held)
            for month, found in months
            if (held := list(found))
        ]
    yield Table(
        columns=(
            Column(title=tr("Meeting"), share=2),
            Column(title=tr("On the list"), align=Align.RIGHT),
            Column(title=tr("Beside it"), align=Align.RIGHT),
            Column(title=tr("Together"), align=Align.RIGHT),
        ),
        rows=(*rows, _meeting_row(tr("Total"), sheet, sheet.held, total=True)),
        dense=True,
    )
    yield Note(text=tr("{nothing} nobody counted", nothing=NOTHING))


def _meeting_row(
    name: str, sheet: Sheet, meetings: Sequence[Meeting], *, total: bool = False
) -> Row:
    """What was counted of some meetings: on the list, beside it, together."""
    listed = [
        mark
        for each in meetings
        for who in sheet.participants
        if (mark := sheet.mark(each, who)) is not None
    ]
    beside = [each.headcount.count for each in meetings if each.headcount is not None]
    counts = (
        sum(listed) if listed else None,
        sum(beside) if beside else None,
        sum(listed) + sum(beside) if listed or beside else None,
    )
    cells = (name, *(NOTHING if count is None else number(count) for count in counts))
    return Row(cells=cells, total=total)


# ---------------------------------------------------------------- what they took along


def _results(report: CourseReport) -> Iterator[Block]:
    """Scores and answers, as far as there are any."""
    rows = [*_scores(report.came), *_answers(report.came)]
    if rows:
        yield Table(
            columns=(
                Column(title=tr("Results"), share=2.4),
                Column(title=tr("Answers"), align=Align.RIGHT),
                Column(title=tr("Result"), share=1.6, align=Align.RIGHT),
            ),
            rows=tuple(rows),
            dense=True,
            footnote=tr(
                "Of the answers the share with {low} or 5; of the scores the mean of those who "
                "have both.",
                low=GOOD_ANSWER,
            ),
        )


def _scores(people: Sequence[Participant]) -> Iterator[Row]:
    """The mean before and after, of those who have both."""
    pairs = [
        (results.score_before, results.score_after)
        for results in (each.results for each in people)
        if results.score_before is not None and results.score_after is not None
    ]
    if pairs:
        before, after = (sum(each) / len(pairs) for each in zip(*pairs, strict=True))
        told = f"{number(before, 1)} → {number(after, 1)}"
        yield Row(cells=(tr("Score before → after"), number(len(pairs)), told))


def _answers(people: Sequence[Participant]) -> Iterator[Row]:
    """Of each question, the share of answers that say yes."""
    names = {
        "learned": tr("Learned something"),
        "confident": tr("More confident"),
        "will_use": tr("Will use it"),
    }
    for field in ANSWERS:
        given = [found for each in people if (found := getattr(each.results, field)) is not None]
        if given:
            share = sum(each >= GOOD_ANSWER for each in given) / len(given)
            yield Row(cells=(names[field], number(len(given)), f"{percent(share)}%"))
