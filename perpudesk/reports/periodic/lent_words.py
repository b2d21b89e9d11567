"""What is said of the use of computers: nothing that the figures do not know."""

from __future__ import annotations

from collections.abc import Iterator

from perpudesk.core.codes import UNKNOWN, EndReason, Method
from perpudesk.core.formats import number, percent, period_in_text
from perpudesk.core.i18n import tr, trn
from perpudesk.paper.document import Span, bold, compose, spans
from perpudesk.reports.lent import LEFT, SERVED
from perpudesk.reports.model import (
    CLASS_MINUTES,
    COMPUTER_MINUTES,
    COMPUTER_SESSIONS,
    COMPUTER_USE_RATE,
    DEVICE_SESSIONS,
    LENT,
    MINUTES_PER_SESSION,
    QUEUE_NO_SHOWS,
    QUEUE_TICKETS,
    WAITING_MINUTES_PER_TICKET,
    WORKSTATIONS,
)
from perpudesk.reports.periodic.quality import dates_of
from perpudesk.reports.periodic.reported import Reported
from perpudesk.reports.periodic.tables import minutes_told, sessions_told
from perpudesk.totals.model import total_sentence

Sentence = tuple[Span, ...]


def sentences(reported: Reported) -> Iterator[Span]:
    """The use of computers in words, as one paragraph."""
    for place, sentence in enumerate(_sentences(reported)):
        if place:
            yield Span(text=" ")
        yield from sentence


def _sentences(reported: Reported) -> Iterator[Sentence]:
    yield _opening(reported)
    yield from _rate(reported)
    yield from _besides(reported)
    yield from (spans(each) for each in _caveats(reported))
    yield from (spans(each) for each in _queue(reported))


def _opening(reported: Reported) -> Sentence:
    """How many sessions took how long, or that there were none, or that nobody knows."""
    figures, name = reported.figures, period_in_text(reported.period)
    count, minutes = figures.value(COMPUTER_SESSIONS), figures.value(COMPUTER_MINUTES)
    if count is None:
        text = tr(
            "Nobody recorded how the computers were used in {period}: it is not known, and not 0."
        )
        return compose(text, period=name)
    if not count:
        return compose(tr("In {period} there was no use of computers."), period=name)
    sessions, average = bold(sessions_told(count)), figures.value(MINUTES_PER_SESSION)
    if minutes is None:
        text = tr("In {period} computers were used in {sessions}; the minutes are not known.")
        return compose(text, period=name, sessions=sessions)
    used = bold(minutes_told(minutes))
    if average is None:
        text = tr("In {period} computers were used in {sessions} for {minutes}.")
        return compose(text, period=name, sessions=sessions, minutes=used)
    text = tr(
        "In {period} computers were used in {sessions} for {minutes}, {average} minutes a session."
    )
    return compose(text, period=name, sessions=sessions, minutes=used, average=number(average, 1))


def _rate(reported: Reported) -> Iterator[Sentence]:
    """Which part of the time they were in use, where that can be said."""
    figures = reported.figures
    rate, there = figures.get(COMPUTER_USE_RATE), figures.value(WORKSTATIONS)
    if rate.value:
        text = tr("They were in use {rate} of the time in which the public could have them.")
        yield compose(text, rate=bold(f"{percent(rate.value)}%"))
    elif rate.num and not rate.den:
        yield spans(
            tr("Which part of the time that was is not known: no opening hours are set then.")
        )
    if there is not None and not there:
        yield spans(tr("On the last day no computer was in good order for the public."))


def _besides(reported: Reported) -> Iterator[Sentence]:
    """What is counted apart: classes, and visitors' own devices."""
    figures = reported.figures
    if minutes := figures.value(CLASS_MINUTES):
        text = tr("Classes had computers for {minutes}; these are no sessions.")
        yield compose(text, minutes=minutes_told(minutes))
    if count := figures.value(DEVICE_SESSIONS):
        text = tr("Visitors used their own devices (Wi-Fi) in {sessions}, counted apart.")
        yield compose(text, sessions=sessions_told(count))


def _caveats(reported: Reported) -> Iterator[str]:
    """What was interrupted, guessed or forgotten, and what is known as one number."""
    by = reported.figures.get(COMPUTER_SESSIONS).by
    ends, durations = by.get("end", {}), by.get("duration", {})
    if cut := ends.get(EndReason.INTERRUPTED):
        yield trn(
            "{count} session was interrupted, as by a power cut.",
            "{count} sessions were interrupted, as by a power cut.",
            cut,
            count=number(cut),
        )
    if guessed := durations.get(Method.ESTIMATED):
        yield trn(
            "The minutes of {count} session are an estimate and are in the sums (*).",
            "The minutes of {count} sessions are estimates and are in the sums (*).",
            guessed,
            count=number(guessed),
        )
    if unknown := durations.get(UNKNOWN):
        yield trn(
            "Of {count} session the minutes are not known; it is in no sum of minutes.",
            "Of {count} sessions the minutes are not known; they are in no sum of minutes.",
            unknown,
            count=number(unknown),
        )
    if days := [day for day in reported.days if day.outages]:
        yield tr("The power was out, or the program stood still: {dates}.", dates=dates_of(days))
    yield from map(total_sentence, reported.figures.totals_of(*LENT))


def _queue(reported: Reported) -> Iterator[str]:
    """Who waited, how long, and who was called in vain."""
    figures = reported.figures
    tickets = figures.get(QUEUE_TICKETS)
    if not tickets.value:
        return
    outcomes, count = tickets.by["outcome"], int(tickets.value)
    yield trn(
        "{count} queue ticket was taken: {served} served, {left} left.",
        "{count} queue tickets were taken: {served} served, {left} left.",
        count,
        count=number(count),
        served=number(outcomes[SERVED]),
        left=number(outcomes[LEFT]),
    )
    waited = figures.value(WAITING_MINUTES_PER_TICKET)
    if waited is not None:
        yield tr(
            "Who was served had waited {minutes} minutes on average.", minutes=number(waited, 1)
        )
    if calls := figures.value(QUEUE_NO_SHOWS):
        yield trn(
            "{count} call was in vain: nobody came.",
            "{count} calls were in vain: nobody came.",
            int(calls),
            count=number(calls),
        )
