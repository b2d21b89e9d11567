"""How a session is told afterwards: where it was, how it ended, and what was changed of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import tzinfo
from typing import Any

from perpudesk.computers.form.words import minutes
from perpudesk.computers.model import Session
from perpudesk.core.codes import EndReason, Method, Precision, Sex, VisitorType, label
from perpudesk.core.formats import NOTHING, clock_text, number
from perpudesk.core.i18n import N_, tr, trc, trn
from perpudesk.core.times import parse_utc
from perpudesk.visits.form.history import (
    PROFILE_LISTS,
    PROFILE_NAMES,
    RecordWords,
    tell_band,
    tell_clock,
    tell_day,
)
from perpudesk.visits.form.words import profile_short, profile_spoken

Labels = Mapping[str, str]
"""What workstations are called, by id; those too that are no longer used."""
ESTIMATE = "±"
"""Stands before what is an estimate (domain.md, counting rule 3)."""


def whose(session: Session) -> str:
    """A name, `P · 17–25`, or of a day's total how many it is of which sex."""
    if session.precision is Precision.DAY:
        return f"{label(session.profile.sex)} × {number(session.count)}"
    return session.patron_name or profile_short(session.profile)


def whose_spoken(session: Session) -> str:
    """The same in whole words."""
    named = session.patron_name or session.precision is Precision.DAY
    return whose(session) if named else profile_spoken(session.profile)


def start_words(session: Session, where: tzinfo) -> str:
    """`09.15`, or nothing of a day's total."""
    return NOTHING if session.start is None else clock_text(session.start.astimezone(where))


def end_words(session: Session, where: tzinfo) -> str:
    """`10.15`, marked where it is an estimate; nothing where nobody knows it."""
    if session.end is None or not session.end_known:
        return NOTHING
    mark = ESTIMATE if session.end_estimated else ""
    return f"{mark}{clock_text(session.end.astimezone(where))}"


def minutes_words(session: Session) -> str:
    """How many minutes, or nothing where that is not known."""
    return number(session.minutes)


def state_words(session: Session) -> tuple[str, str]:
    """A word for what somebody may want to look after, and its tone; empty where all is well."""
    if session.is_open:
        return trc("session", "Going on"), "info"
    if session.precision is Precision.DAY:
        estimated = session.method is Method.ESTIMATED
        return (tr("Estimated total"), "info") if estimated else (tr("Total"), "neutral")
    if session.end_reason in (EndReason.INTERRUPTED, EndReason.FORGOTTEN):
        known = session.end_known
        return (label(session.end_reason), "warn") if known else (tr("Without minutes"), "error")
    return "", "neutral"


def way_words(session: Session, labels: Labels, where: tzinfo) -> list[str]:
    """Moves, pauses and an end that is no fact, each in a sentence."""
    told = [*_moves(session, labels, where), *_pauses(session, where)]
    told.append(_end(session, where))
    return [each for each in told if each]


def _moves(session: Session, labels: Labels, where: tzinfo) -> list[str]:
    if not session.moves:
        return []
    stays = [
        tr(
            "{label} until {time}",
            label=labels.get(stay.workstation_id or "", NOTHING),
            time=clock_text(stay.until.astimezone(where)),
        )
        for stay in session.stays()[:-1]
        if stay.until is not None
    ]
    last = labels.get(session.workstation_id or "", NOTHING)
    return [tr("Moved: {stays}, then {label}.", stays=", ".join(stays), label=last)]


def _pauses(session: Session, where: tzinfo) -> list[str]:
    told = []
    paused = session.paused_ms // 60_000
    if paused:
        told.append(
            trn(
                "Paused for {count} minute, which does not count.",
                "Paused for {count} minutes, which do not count.",
                paused,
                count=number(paused),
            )
        )
    if session.paused_at is not None:
        since = clock_text(session.paused_at.astimezone(where))
        told.append(tr("Paused since {time}.", time=since))
    return told


def _end(session: Session, where: tzinfo) -> str:
    if session.end is None:
        return ""
    if not session.end_known:
        return tr("Nobody knows when it ended, so its minutes are not counted.")
    if not session.end_estimated:
        return ""
    time = clock_text(session.end.astimezone(where))
    if session.end_reason is EndReason.INTERRUPTED:
        return tr("The power went at {time}: the end is an estimate.", time=time)
    return tr("It was not ended; {time} is an estimate.", time=time)


def record_words(labels: Labels) -> RecordWords:
    """How the history of a session is told; `labels` are the workstations."""

    def tell_place(workstation_id: str, _where: tzinfo) -> str:
        return labels.get(workstation_id, NOTHING)

    def tell_moves(text: str, where: tzinfo) -> str:
        return ", ".join(_told_move(each, labels, where) for each in json.loads(text))

    return RecordWords(
        names=_NAMES,
        codes={
            "type": VisitorType,
            "sex": Sex,
            "method": Method,
            "end_reason": EndReason,
        },
        lists={"purpose": "computer_purposes", **PROFILE_LISTS},
        tells={
            "age_band": tell_band,
            "local_date": tell_day,
            "workstation_id": tell_place,
            "moves": tell_moves,
            "paused_ms": _tell_pause,
            **dict.fromkeys(("started_at", "ended_at", "paused_at"), tell_clock),
            **dict.fromkeys(("end_estimated", "assisted"), _tell_yes),
        },
    )


_NAMES = {
    "local_date": N_("Day"),
    "started_at": N_("Start"),
    "ended_at": N_("End"),
    "end_reason": N_("How it ended"),
    "end_estimated": N_("The end is an estimate"),
    "workstation_id": N_("Computer"),
    "moves": N_("Before that at"),
    "limit_minutes": N_("Limit in minutes"),
    "paused_at": N_("Paused since"),
    "paused_ms": N_("Paused in all"),
    "count": N_("How many sessions"),
    "type": N_("Visitor"),
    **PROFILE_NAMES,
    "purpose": N_("Purpose"),
    "assisted": N_("With help"),
    "method": N_("How it was counted"),
    "note": N_("Note"),
}


def _told_move(kept: Mapping[str, Any], labels: Labels, where: tzinfo) -> str:
    place = labels.get(kept["workstation_id"] or "", NOTHING)
    time = clock_text(parse_utc(kept["until"]).astimezone(where))
    return tr("{label} until {time}", label=place, time=time)


def _tell_pause(paused_ms: int, _where: tzinfo) -> str:
    return minutes(paused_ms // 60_000)


def _tell_yes(value: int, _where: tzinfo) -> str:
    return trc("answer", "yes") if value else trc("answer", "no")
