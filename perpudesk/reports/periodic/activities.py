"""The sections on trainings and on meetings of the community: how many, who came, a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from perpudesk.core.codes import MeetingKind, MeetingRole, Sex, age_label, label
from perpudesk.core.formats import date_short, month_names, number, period_in_text
from perpudesk.core.i18n import tr, trn
from perpudesk.paper.document import Block, Column, Columns, Note, Row, Table
from perpudesk.reports.acted import MeetingRow
from perpudesk.reports.acting import Work, missing_attendance
from perpudesk.reports.model import (
    ACTIVE_COMMUNITIES,
    COMMUNITY_MEETINGS,
    DECISIONS_DONE,
    MEETING_ATTENDANCES,
    MET,
    PEOPLE_TRAINED,
    PERSON_HOURS,
    STAFF_TRAINED,
    TRAINED,
    TRAINING_ATTENDANCES,
    TRAINING_MEETINGS,
    TRAININGS,
    Figures,
    Indicator,
)
from perpudesk.reports.periodic.reported import Reported
from perpudesk.reports.periodic.tables import (
    beside_table,
    cell,
    counts_table,
    estimate_note,
    meaning,
    most_first,
    remarks,
    right,
    rows_of,
    said,
    total_row,
    unrecorded,
)

_MANY = 16
"""So many meetings stand in lower rows."""


def work_of(reported: Reported) -> Work:
    """The activities of the period, sorted into what counts under what."""
    return Work(period=reported.period, acted=reported.acted)


def trainings(reported: Reported) -> tuple[Block, ...]:
    """Courses for the community and for the staff; nothing where the library has none."""
    if all(reported.figures.value(each) is None for each in TRAINED):
        return ()
    work = work_of(reported)
    blocks: list[Block] = [*said(_training_words(reported))]
    blocks.append(beside_table(reported, rows_of(reported, TRAINED)))
    months = (TRAININGS, TRAINING_MEETINGS, TRAINING_ATTENDANCES, PERSON_HOURS)
    blocks += _months(reported, months)
    people, lacking = _people(reported, TRAINING_ATTENDANCES, _topics(reported))
    meetings = [*work.trained.values(), *work.staff.values()]
    blocks += [*people, *_list(meetings, tr("Training"), _of_course(reported))]
    notes = (lacking, estimate_note(reported.figures.get(TRAINING_ATTENDANCES)))
    return (*blocks, *remarks(*notes, *_training_notes(reported, work)))


def meetings(reported: Reported) -> tuple[Block, ...]:
    """Meetings of the community, and what became of their decisions."""
    if all(reported.figures.value(each) is None for each in MET):
        return ()
    work = work_of(reported)
    blocks: list[Block] = [*said(_meeting_words(reported))]
    blocks.append(beside_table(reported, rows_of(reported, MET)))
    blocks += _months(reported, (COMMUNITY_MEETINGS, MEETING_ATTENDANCES, ACTIVE_COMMUNITIES))
    people, lacking = _people(reported, MEETING_ATTENDANCES, _kinds(reported))
    blocks += [*people, *_list([*work.met.values()], tr("Activity"), _of_community)]
    notes = (lacking, estimate_note(reported.figures.get(MEETING_ATTENDANCES)))
    return (*blocks, *remarks(*notes, *_meeting_notes(reported, work)))


# ---------------------------------------------------------------- in words


def _training_words(reported: Reported) -> Iterator[str]:
    figures, name = reported.figures, period_in_text(reported.period)
    count = figures.value(TRAININGS)
    if count == 0:
        yield tr("In {period} there was no training for the community.", period=name)
    elif count is not None:
        yield tr(
            "In {period} the library held {courses} in {meetings}.",
            period=name,
            courses=trainings_told(count),
            meetings=meetings_told(figures.value(TRAINING_MEETINGS) or 0),
        )
        yield from _came(figures, TRAINING_ATTENDANCES)
        if (people := figures.value(PEOPLE_TRAINED)) is not None:
            yield tr("Of those on a list they were {people}.", people=people_told(people))
    if staff := figures.value(STAFF_TRAINED):
        yield trn(
            "{count} member of the staff was trained.",
            "{count} members of the staff were trained.",
            int(staff),
            count=number(staff),
        )


def _came(figures: Figures, indicator: Indicator) -> Iterator[str]:
    came = figures.value(indicator)
    if came is None:
        yield tr("How many came was not counted.")
    else:
        yield trn(
            "{count} attendance was counted.",
            "{count} attendances were counted.",
            int(came),
            count=number(came),
        )


def _meeting_words(reported: Reported) -> Iterator[str]:
    figures, name = reported.figures, period_in_text(reported.period)
    count = figures.value(COMMUNITY_MEETINGS)
    if count == 0:
        yield tr("In {period} there was no meeting of the community.", period=name)
    elif count is not None:
        told = meetings_told(count)
        yield tr(
            "In {period} the library organised {meetings} with the community.",
            period=name,
            meetings=told,
        )
        yield from _came(figures, MEETING_ATTENDANCES)
    decided = figures.get(DECISIONS_DONE)
    if decided.den is not None:
        yield tr(
            "Of {due} that were due in this period, {done} are carried out.",
            due=trn("{n} decision", "{n} decisions", decided.den),
            done=number(decided.num),
        )


def trainings_told(count: float) -> str:
    """`2 pelatihan`."""
    return trn("{count} training", "{count} trainings", int(count), count=number(count))


def activities_told(count: float) -> str:
    """`3 kegiatan masyarakat`."""
    return trn(
        "{count} community activity",
        "{count} community activities",
        int(count),
        count=number(count),
    )


def attendances_told(count: float) -> str:
    """`45 kehadiran`."""
    return trn("{count} attendance", "{count} attendances", int(count), count=number(count))


def meetings_told(count: float) -> str:
    """`4 pertemuan`."""
    return trn("{count} meeting", "{count} meetings", int(count), count=number(count))


def people_told(count: float) -> str:
    """`12 orang`."""
    return trn("{count} person", "{count} people", int(count), count=number(count))


def _training_notes(reported: Reported, work: Work) -> Iterator[str]:
    yield from _missing(missing_attendance({**work.trained, **work.staff}))
    untimed = sum(row.minutes is None for row in work.trained.values())
    if untimed:
        yield trn(
            "Of {count} meeting it is not recorded how long it was; its hours do not count.",
            "Of {count} meetings it is not recorded how long they were; their hours do not count.",
            untimed,
            count=number(untimed),
        )
    if any(row.headcount for row in work.trained.values()):
        yield tr("People trained are those on a list; who was counted by head is not among them.")
    if reported.figures.value(TRAININGS):
        yield tr("A training is counted in each period in which it met.")


def _meeting_notes(reported: Reported, work: Work) -> Iterator[str]:
    yield from _missing(missing_attendance(work.met))
    lent = sum(row.role == MeetingRole.ROOM_ONLY for row in reported.acted.meetings)
    if lent:
        yield trn(
            "{count} meeting to which the library only lent its room is not counted.",
            "{count} meetings to which the library only lent its room are not counted.",
            lent,
            count=number(lent),
        )


def _missing(rows: Sequence[MeetingRow]) -> Iterator[str]:
    if rows:
        yield trn(
            "Of {count} meeting nobody counted who came: {dates}.",
            "Of {count} meetings nobody counted who came: {dates}.",
            len(rows),
            count=number(len(rows)),
            dates=", ".join(dict.fromkeys(date_short(row.day) for row in rows)),
        )


# ---------------------------------------------------------------- in tables


def _months(reported: Reported, indicators: Sequence[Indicator]) -> Iterator[Table]:
    """Month by month; the last row is computed over the period."""
    if not reported.months:
        return
    names = month_names()
    rows = [
        Row(
            cells=(
                names[month.period.first.month - 1],
                *(cell(month, each) for each in indicators),
            )
        )
        for month in reported.months
    ]
    rows.append(total_row(*(cell(reported.figures, each) for each in indicators)))
    columns = (
        Column(title=tr("Month"), share=1.2),
        *(right(tr(each.name)) for each in indicators),
    )
    yield Table(columns=columns, rows=tuple(rows), footnote=meaning(rows))


Counted = tuple[str, str, Callable[[str], str]]
"""A dimension, what it is called, and what its entries are."""


def _topics(reported: Reported) -> Counted:
    names = reported.labels["topic"]
    return "topic", tr("Topic"), lambda slug: names.get(slug, slug)


def _kinds(_: Reported) -> Counted:
    return "meeting_kind", tr("Kind of meeting"), _kind_name


def _kind_name(slug: str) -> str:
    return label(MeetingKind(slug))


def _people(
    reported: Reported, indicator: Indicator, first: Counted
) -> tuple[tuple[Block, ...], str]:
    """Tables of who came and to what, and what was not recorded of anybody."""
    figure = reported.figures.get(indicator)
    if not figure.value:
        return (), ""
    occupations = reported.labels["occupation"]
    wanted: tuple[tuple[Counted, bool], ...] = (
        (first, False),
        (("sex", tr("Sex"), lambda slug: label(Sex(slug))), True),
        (("age", tr("Age"), age_label), True),
        (("occupation", tr("Occupation"), lambda slug: occupations.get(slug, slug)), False),
    )
    tables: list[Table] = []
    for (dimension, title, name), whole in wanted:
        counts = figure.by[dimension]
        given = counts if whole else most_first(counts)
        head = tr("Attendances")
        tables += counts_table(title, figure, given, name, head=head, keep_zeros=whole)
    pairs = (tables[at : at + 2] for at in range(0, len(tables), 2))
    beside = tuple(Columns(left=tuple(two[:1]), right=tuple(two[1:])) for two in pairs)
    names = {dimension: title for (dimension, title, _), _ in wanted}
    return beside, unrecorded(figure, names)


def _list(
    rows: Sequence[MeetingRow], title: str, what: Callable[[MeetingRow], str]
) -> Iterator[Block]:
    """Each meeting with its day, its title and how many came; nobody is called by name."""
    if not rows:
        return
    yield Table(
        columns=(
            Column(title=tr("Date"), share=0.9),
            Column(title=title, share=2.6),
            Column(title=tr("What it was"), share=1.8),
            right(tr("People"), 0.8),
        ),
        rows=tuple(
            Row(cells=(date_short(row.day), row.title, what(row), number(row.people)))
            for row in sorted(rows, key=lambda each: each.day)
        ),
        dense=len(rows) > _MANY,
    )
    if any(row.people is None for row in rows):
        yield Note(text=tr("“–” was not counted, which is not 0."))


def _of_course(reported: Reported) -> Callable[[MeetingRow], str]:
    names = reported.labels["topic"]

    def what(row: MeetingRow) -> str:
        topic = names.get(row.topic, row.topic)
        return tr("{topic} · staff", topic=topic) if row.audience == "staff" else topic

    return what


def _of_community(row: MeetingRow) -> str:
    kind = _kind_name(row.kind)
    return kind if row.community in (None, row.title) else f"{row.community} · {kind}"
