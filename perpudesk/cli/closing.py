"""The commands that close a month, and compare what was closed with a code or a file."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from perpudesk.cli.commands import read_date, read_month
from perpudesk.core.errors import FileError, Problem
from perpudesk.core.i18n import tr
from perpudesk.core.times import Period
from perpudesk.desk import Desk, opened

if TYPE_CHECKING:
    from perpudesk.reports.letter import Letter

BAD_CODE = Problem(
    "bad_code",
    "“{text}” is neither a check code like 7K4F-92QX nor a file that exists. Look at the foot of "
    "the report.",
)


def close(asked: argparse.Namespace, folder: Path) -> list[str]:
    """Make the next revision of a month; what is not named stays, or is the branch's own."""
    from perpudesk.reports.periodic.checks import looks, wrongs

    month = read_month(asked.period)
    with opened(folder) as desk:
        closed = desk.closings.close(month, _letter(asked, desk, month), practice=desk.practice)
        reported = desk.reports.reported(month)
        remarks, notices = wrongs(reported), looks(reported)
        if asked.json:
            result = {**desk.closings.result(closed), "remarks": remarks, "notices": notices}
            return [json.dumps(result, ensure_ascii=False)]
        told = [tr("Worth mending: {what}", what=each) for each in remarks]
        told += [tr("Worth a look: {what}", what=each) for each in notices]
        return [*desk.closings.sentences(closed), *told]


def _letter(asked: argparse.Namespace, desk: Desk, month: Period) -> Letter:
    """The letter as it is asked for; a number that nobody gave is not made up."""
    offered = desk.closings.letter(month)
    last = desk.closings.state(month).closing
    kept = "" if last is None else offered.number
    day = offered.day if last is None else last.letter.day
    notes = offered.notes
    return replace(
        offered,
        number=_given(asked.number, kept),
        place=_given(asked.place, offered.place),
        day=_day(asked.date, day),
        notes=replace(
            notes,
            obstacles=_given(asked.obstacles, notes.obstacles),
            follow_up=_given(asked.follow_up, notes.follow_up),
        ),
    )


def _given(text: str | None, otherwise: str) -> str:
    return otherwise if text is None else text


def _day(text: str | None, otherwise: date | None) -> date | None:
    if text is None:
        return otherwise
    return read_date(text, "day") if text else None


def verify(asked: argparse.Namespace, folder: Path) -> list[str]:
    """Which revision a code or a file of figures is; refused when it is none."""
    from perpudesk.reports.closing import read_code

    month = None if asked.period is None else read_month(asked.period)
    claim, path = read_code(asked.what), Path(asked.what)
    if claim is None and not path.is_file():
        raise FileError(BAD_CODE, text=asked.what)
    with opened(folder, recording=False) as desk:
        if claim is None:
            found = desk.closings.verify_file(path, month=month)
        else:
            found = desk.closings.verify(claim, month=month)
        return [desk.closings.verified(each) for each in found]
