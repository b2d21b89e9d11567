"""What each command does; the lines that it answers."""

from __future__ import annotations

import argparse
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import MAXYEAR, date
from pathlib import Path
from typing import TYPE_CHECKING

from perpudesk.core.codes import Paper
from perpudesk.core.errors import FileError, InputError, PerpuDeskError, Problem
from perpudesk.core.files import replacing
from perpudesk.core.formats import number, period_name
from perpudesk.core.i18n import tr, trn
from perpudesk.core.settings import read_settings
from perpudesk.core.times import Period, parse_periods
from perpudesk.db.files import is_of_store
from perpudesk.desk import Desk, opened
from perpudesk.paper.document import Document
from perpudesk.reports.model import AIMS, Indicator, shown
from perpudesk.totals.model import EARLIEST_YEAR

if TYPE_CHECKING:
    from perpudesk.importing.model import Preview

BAD_DATE = Problem("bad_date_option", "“{text}” is not a date. Write it like 2026-11-23.")
BAD_GOAL = Problem(
    "bad_goal",
    "“{text}” is not a target. Write a whole number, an average like 92.5, a share like 95%, "
    "or - for none.",
)
BAD_YEAR = Problem("bad_year", "{year} is not a year of targets. Write one like 2027.")
NOT_A_MONTH = Problem("not_a_month", "“{period}” is not one month. Write it like 2026-10.")
LONG_RANGE = Problem("long_range", "“{period}” is longer than {most} months. Ask for fewer.")
NO_MAP = Problem(
    "no_map",
    "The columns of a SLiMS visitor list and of Libki's statistics are known: --map is for the "
    "other kinds of files.",
)
WITH_OPTION = Problem("with_option", "{sentence} ({option})")
IS_SLIMS = Problem(
    "is_slims",
    "{path} is a visitor list of SLiMS. Use: perpudesk import slims-visitors FILE.",
)
IS_LIBKI = Problem(
    "is_libki", "{path} holds the statistics of Libki. Use: perpudesk import libki FILE."
)
IN_THE_WAY = Problem(
    "in_the_way", "{path} must stay as it is, so nothing was written over it. Give another name."
)

_NUMBER = re.compile(
    r"(?P<whole>\d{1,12}|\d{1,3}(?:(?P<mark>[.,])\d{3}(?:(?P=mark)\d{3}){0,2}))"
    r"(?:(?!(?P=mark))[.,](?P<decimals>\d{1,2}))?",
    re.ASCII,
)
"""`12000`, `12.000`, `7,5`, `1,234.5`: three digits after a mark are thousands, fewer decimals."""
NOT_PDF = Problem(
    "not_pdf", "{path} would be a PDF file with the name of another kind. Call it {name}."
)

_NO_PDF = {".csv", ".docx", ".htm", ".html", ".json", ".txt", ".xls", ".xlsx"}
MOST_MONTHS = 1_200
"""Hundred years in one go are enough; thousands would run for hours (ours)."""


def bring_in(asked: argparse.Namespace, folder: Path) -> list[str]:
    """Bring in a file, or only say what would come of it."""
    file = Path(asked.file)
    if asked.what == "everything":
        from perpudesk.cli.leaving import bring_everything_in

        return bring_everything_in(file, folder)
    with opened(folder, recording=not asked.dry_run) as desk, _named_options():
        preview = _preview(desk, asked, file)
        refused = None
        if asked.rejects:
            target = _target(asked.rejects, folder, file)
            refused = desk.importing.write_rejects(preview, target)
        with desk.closings.watching() as altered:
            batch = None
            if not asked.dry_run:
                batch = desk.importing.commit(preview, add_to_existing=asked.add_to_existing)
        if asked.dry_run:
            altered = desk.closings.final_among(preview.days())
        if asked.json:
            result = desk.importing.result(preview, batch)
            months = [each.month.code for each in altered]
            return [json.dumps({**result, "closed_months_changed": months}, ensure_ascii=False)]
        told = desk.importing.sentences(preview, batch)
        if asked.dry_run and not asked.add_to_existing:
            told += _would_be_refused(preview)
        if preview.has_doubles:
            told.append(tr("To bring in also what is listed twice or recorded here: --doubles"))
        if refused is not None:
            told.append(_refused_rows(refused, asked.rejects))
        if asked.dry_run:
            return [*told, *desk.closings.would_alter_sentences(altered)]
        return [*told, *desk.closings.altered_sentences(altered)]


def _would_be_refused(preview: Preview) -> list[str]:
    """Why the import itself would store nothing, and by which option it would."""
    from perpudesk.importing.against import refusal

    if (why := refusal(preview)) is None:
        return []
    option = _OPTIONS[why.code]
    return [FileError(WITH_OPTION, sentence=why.sentence(), option=option).sentence()]


def _refused_rows(n: int, path: str) -> str:
    """Where the refused rows are."""
    if not n:
        return tr("No row was refused, so {path} was not written.", path=path)
    return trn(
        "{count} refused row is in {path}.",
        "{count} refused rows are in {path}.",
        n,
        count=number(n),
        path=path,
    )


_OPTIONS = {
    "choose_row": "--row NAME",
    "year_missing": "--year YEAR",
    "field_missing": "--map FIELD=COLUMN",
    "count_unknown": "--map count=COLUMN, --map count=",
    "days_recorded": "--add-to-existing",
    "sessions_recorded": "--add-to-existing",
    "too_many_named": "--map workstation=COLUMN",
}
"""By what a refusal is answered, by its code."""


@contextmanager
def _named_options() -> Iterator[None]:
    """Add to a refusal the option that answers it; the window has a field for it."""
    try:
        yield
    except PerpuDeskError as error:
        if (option := _OPTIONS.get(error.code)) is None:
            raise
        raise FileError(WITH_OPTION, sentence=error.sentence(), option=option) from error


def _preview(desk: Desk, asked: argparse.Namespace, file: Path) -> Preview:
    """What the file would do, read as it was asked."""
    from perpudesk.importing.fields import What

    if asked.what in (What.SLIMS, What.LIBKI):
        if asked.map:
            raise InputError(NO_MAP, field="map")
        return desk.importing.preview(file, names=asked.names, known=What(asked.what))
    titles = [column for _, column in asked.map if column]
    looked = desk.importing.look(file, titles)
    if looked.head is None:
        raise FileError(IS_LIBKI if looked.what is What.LIBKI else IS_SLIMS, path=asked.file)
    plan = desk.importing.plan(looked, What(asked.what), asked.map)
    plan = replace(
        plan,
        row=asked.row or "",
        year=asked.year or plan.year,
        estimated=asked.estimated,
        consented=asked.children_consented,
    )
    found = desk.importing.preview(file, names=asked.names, looked=looked, plan=plan)
    return desk.importing.with_doubles(found) if asked.doubles and found.has_doubles else found


def undo(asked: argparse.Namespace, folder: Path) -> list[str]:
    """Take a whole import back."""
    with opened(folder) as desk:
        with desk.closings.watching() as altered:
            batch = desk.batches.undo(asked.batch)
        done = tr("The import of {file} was undone.", file=batch.file_name)
        return [done, *desk.closings.altered_sentences(altered)]


def figures(asked: argparse.Namespace, folder: Path) -> list[str]:
    """The figures of a period, or of each month of a range."""
    periods = parse_periods(asked.period)
    if len(periods) > MOST_MONTHS:
        raise InputError(LONG_RANGE, field="period", period=asked.period, most=number(MOST_MONTHS))
    with opened(folder, recording=False) as desk:
        found = [desk.reports.figures(period) for period in periods]
        if asked.csv:
            desk.reports.write_csv(found, _target(asked.csv, folder))
            return [tr("The figures are in {path}.", path=asked.csv)]
        if asked.xlsx:
            desk.reports.write_xlsx(found, _target(asked.xlsx, folder))
            return [tr("The figures are in {path}.", path=asked.xlsx)]
        if asked.json:
            return [json.dumps(desk.reports.as_json(each), ensure_ascii=False) for each in found]
        return [line for each in found for line in desk.reports.as_lines(each)]


def report(asked: argparse.Namespace, folder: Path) -> list[str]:
    """The report of a period as a PDF file; of a closed month the very pages that were closed."""
    period = Period.parse(asked.period) if asked.revision is None else read_month(asked.period)
    with opened(folder, recording=False) as desk:
        closing = desk.closings.standing(period, asked.revision)
        if closing is not None:
            data = desk.closings.print_of(closing, _paper(asked))
            with replacing(_pdf(asked.output, folder)) as stream:
                stream.write(data)
            name, n = period_name(period), closing.edition
            return [tr("{path}: {month}, revision {n}.", path=asked.output, month=name, n=n)]
        document = desk.reports.report(period, practice=desk.practice)
    return printed(document, asked, folder)


def sheet(asked: argparse.Namespace, folder: Path) -> list[str]:
    """Blank sheets for a power cut as a PDF file."""
    from perpudesk.visits.blanks import BlankKind

    with opened(folder, recording=False) as desk:
        document = desk.sheets.blank(
            BlankKind(asked.kind), pages=asked.pages, practice=desk.practice
        )
    return printed(document, asked, folder)


def _paper(asked: argparse.Namespace) -> Paper:
    """The paper that is asked for, or the usual one."""
    return Paper(asked.paper) if asked.paper else read_settings().paper


def paper(asked: argparse.Namespace, folder: Path) -> list[str]:
    """A paper beside the report as a PDF file."""
    from perpudesk.reports.papers.kinds import PaperKind

    period = Period.parse(asked.period)
    against = None if asked.against is None else Period.parse(asked.against)
    with opened(folder) as desk:
        document = desk.papers.document(
            PaperKind(asked.kind), period, against=against, practice=desk.practice
        )
    return printed(document, asked, folder)


def printed(document: Document, asked: argparse.Namespace, folder: Path) -> list[str]:
    """The document in the file that was asked for, on the paper asked for or usual."""
    from perpudesk.paper.pdf import write_file

    pages = write_file(document, _pdf(asked.output, folder), paper=_paper(asked))
    return [trn("{path}: {n} page.", "{path}: {n} pages.", pages, path=asked.output)]


def target(asked: argparse.Namespace, folder: Path) -> list[str]:
    """Keep what a year is to reach, or that nothing is."""
    indicator = AIMS[asked.indicator]
    value = None if asked.value == "-" else _number(asked.value, indicator)
    if not EARLIEST_YEAR <= asked.year < MAXYEAR - 1:
        raise InputError(BAD_YEAR, field="year", year=asked.year)
    with opened(folder) as desk:
        desk.totals.set_target(indicator.code, asked.year, value)
    name = tr(indicator.name)
    if value is None:
        return [tr("{indicator} has no target in {year}.", indicator=name, year=asked.year)]
    told = shown(indicator, value)
    return [tr("{indicator} in {year}: {value}.", indicator=name, year=asked.year, value=told)]


def _number(text: str, indicator: Indicator) -> float:
    """A whole number, or of a ratio one with decimals; a share in percent."""
    percent = indicator.unit == "share"
    found = _NUMBER.fullmatch(text.removesuffix("%"))
    decimals = "" if found is None else found["decimals"]
    if found is None or (decimals and not indicator.ratio) or text.endswith("%") != percent:
        raise InputError(BAD_GOAL, field="value", text=text)
    whole = re.sub(r"[.,]", "", found["whole"])
    value = float(f"{whole}.{decimals or 0}")
    return value / 100 if percent else value


def demo(asked: argparse.Namespace, folder: Path) -> list[str]:
    """Practice data in place of what practice data is there."""
    from perpudesk.demo import make_demo

    until = None if asked.until is None else read_date(asked.until, "until")
    total = make_demo(folder, years=asked.years, until=until, seed=asked.seed)
    return [tr("{n} practice visits are in {folder}.", n=number(total), folder=folder)]


def read_month(text: str) -> Period:
    """The month written `2026-10`; raises `InputError`."""
    period = Period.parse(text)
    if period.length != 1:
        raise InputError(NOT_A_MONTH, field="month", period=text)
    return period


def _target(text: str, folder: Path, *sources: Path) -> Path:
    """Where to write, unless the records or what was read are there."""
    path = Path(text)
    read = {os.path.realpath(source) for source in sources}
    if is_of_store(path, folder) or os.path.realpath(path) in read:
        raise FileError(IN_THE_WAY, path=text)
    return path


def _pdf(text: str, folder: Path) -> Path:
    """Where to write a PDF file; refused under a name that says it is of another kind."""
    path = _target(text, folder)
    if path.suffix.lower() in _NO_PDF:
        raise FileError(NOT_PDF, path=text, name=path.with_suffix(".pdf").name)
    return path


def read_date(text: str, field: str) -> date:
    """The day written `2026-11-23`; raises `InputError`."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(BAD_DATE, field=field, text=text) from error
