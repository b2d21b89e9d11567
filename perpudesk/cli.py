"""The commands that need no screen; they say what the window would say."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from perpudesk import __version__
from perpudesk.branch.model import WEEKDAYS, Hours, Signatory, SignatoryPlace, Week
from perpudesk.core import i18n
from perpudesk.core.codes import AGE_SETS, BranchKind, Paper
from perpudesk.core.crash import log_crash
from perpudesk.core.errors import FileError, InputError, PerpuDeskError, Problem
from perpudesk.core.formats import number
from perpudesk.core.i18n import N_, tr
from perpudesk.core.paths import data_dir, practice_dir
from perpudesk.core.settings import read_settings
from perpudesk.core.times import Period, parse_periods
from perpudesk.desk import Desk, opened

DONE, REFUSED, USAGE = 0, 1, 2

NO_FILE = Problem("no_file", "There is no file {path}. Check the name and the folder.")
UNREADABLE = Problem("unreadable", "The file {path} cannot be read ({reason}).")
NAME_AND_ZONE = Problem(
    "name_and_zone", "A new branch needs --name and --zone (WIB, WITA, WIT or an IANA name)."
)
BAD_DATE = Problem("bad_date", "“{text}” is not a date. Write it like 2026-11-23.")
BAD_WEEK = Problem(
    "bad_week", "“{text}” is not opening hours. Write them like 1-5=08:00-15:00 (1 is Monday)."
)
NOT_A_MONTH = Problem("not_a_month", "“{period}” is not one month. Write it like 2026-10.")
OUTPUT_CLOSED = Problem(
    "output_closed", "The output was closed before everything was written to it."
)
_ARGPARSE = (
    N_("usage: "),
    N_("options"),
    N_("positional arguments"),
    N_("show this help message and exit"),
    N_("show program's version number and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("not allowed with argument %s"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
)
"""What argparse says, for our catalogue: it asks the gettext that is put in its place below."""


def run(words: Sequence[str]) -> int:
    """Do what the words ask; 0 done, 1 refused with a sentence on stderr, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # the same answers under LANG=C
            reconfigure(encoding="utf-8", errors="backslashreplace")
    i18n.use(_language(words))
    folder = data_dir()
    try:
        asked = _parser().parse_args(list(words))
        folder = _folder(asked)
        action: Callable[[argparse.Namespace, Path], None] = asked.action
        action(asked, folder)
        sys.stdout.flush()
    except PerpuDeskError as error:
        return _refuse(error.sentence(), asked)
    except BrokenPipeError:
        # Python would complain once more when it flushes a pipe that nobody reads.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _refuse(tr(OUTPUT_CLOSED.sentence), asked)
    except KeyboardInterrupt:
        return REFUSED
    except Exception as error:  # noqa: BLE001 - our own fault: logged, and said without a traceback
        place = folder if folder.is_dir() else Path.cwd()
        return _refuse(log_crash(error, place), None)
    return DONE


def _refuse(sentence: str, asked: argparse.Namespace | None) -> int:
    del asked
    print(sentence, file=sys.stderr)
    return REFUSED


def _language(words: Sequence[str]) -> str:
    """The language that is asked for, before the parser that must speak it is made."""
    for at, word in enumerate(words):
        if word == "--lang" and at + 1 < len(words):
            return words[at + 1]
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return read_settings().language


def _folder(asked: argparse.Namespace) -> Path:
    if asked.data is not None:
        return Path(asked.data)
    return practice_dir() if asked.action is _demo else data_dir()


def _parser() -> argparse.ArgumentParser:
    setattr(argparse, "_", tr)  # noqa: B010 - its own words in our language; it has no other door
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--data", metavar="DIR", help=tr("the folder of the records"))
    common.add_argument("--lang", choices=i18n.LANGUAGES, help=tr("the language"))
    parser = argparse.ArgumentParser(
        prog="perpudesk",
        parents=[common],
        description=tr(
            "The front desk of a library branch and its monthly report. Without a command the "
            "window opens."
        ),
    )
    parser.set_defaults(data=None, lang=None)
    parser.add_argument("--version", action="version", version=f"PerpuDesk {__version__}")
    commands = parser.add_subparsers(metavar=tr("COMMAND"), required=True)

    def command(
        name: str, action: Callable[[argparse.Namespace, Path], None], text: str
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(name, parents=[common], help=text, description=text)
        made.set_defaults(action=action)
        return made

    _add_setup(command("setup", _setup, tr("set up the branch, or change only what is named")))
    _add_import(command("import", _import, tr("bring in a file of another program")))
    undo = command("undo", _undo, tr("take a whole import back"))
    undo.add_argument("batch", metavar="BATCH", help=tr("the import's number"))
    _add_figures(command("figures", _figures, tr("the figures of a period")))
    _add_report(command("report", _report, tr("the monthly report as PDF")))
    _add_demo(command("demo", _demo, tr("make practice data")))
    command("check", _check, tr("check that the data is whole"))
    return parser


def _add_setup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", help=tr("the branch's name"))
    parser.add_argument("--zone", help=tr("WIB, WITA, WIT or an IANA zone"))
    parser.add_argument("--kind", choices=list(BranchKind), help=tr("what kind of library it is"))
    parser.add_argument("--place", help=tr("the town that stands before the date of a letter"))
    parser.add_argument("--address", help=tr("the address"))
    parser.add_argument("--phone", help=tr("the telephone number"))
    parser.add_argument("--email", help=tr("the e-mail address"))
    parser.add_argument("--npp", help=tr("the library's national number (NPP)"))
    parser.add_argument("--region-code", help=tr("the region code, like 62.01.02.2003"))
    parser.add_argument("--population", type=int, help=tr("how many people the branch serves"))
    parser.add_argument(
        "--hours",
        action="append",
        metavar="DAYS=HH:MM-HH:MM",
        help=tr("opening hours, like 1-5=08:00-15:00 or 6=-; 1 is Monday; may be repeated"),
    )
    parser.add_argument("--crest", metavar="FILE", help=tr("a picture (PNG or JPEG) of the crest"))
    parser.add_argument(
        "--letterhead", action="append", metavar="LINE", help=tr("a line of the letterhead")
    )
    for side, text in (
        ("left", tr("who signs at the left (Mengetahui): name, post, rank, NIP")),
        ("right", tr("who signs at the right: name, post, rank, NIP")),
    ):
        parser.add_argument(f"--sign-{side}", nargs="+", metavar="TEXT", help=text)
    parser.add_argument("--staff", action="append", metavar="NAME", help=tr("who is at the desk"))
    parser.add_argument("--age-set", choices=list(AGE_SETS), help=tr("the age groups in use"))


def _add_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["slims-visitors"], help=tr("what kind of file it is"))
    parser.add_argument("file", metavar="FILE", help=tr("the file, .csv or .xlsx"))
    parser.add_argument("--dry-run", action="store_true", help=tr("only say what would be added"))
    parser.add_argument("--rejects", metavar="FILE.csv", help=tr("write the refused rows here"))
    parser.add_argument("--names", action="store_true", help=tr("keep named members as patrons"))
    parser.add_argument("--json", action="store_true", help=tr("answer as JSON"))


def _add_figures(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "period",
        metavar="PERIOD",
        help=tr("2026-10, 2026-Q3, 2026-S1, 2026, or months 2018-01..2025-07"),
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=tr("one object a line"))
    form.add_argument("--csv", metavar="FILE", help=tr("write a table to this file"))


def _add_report(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("month", metavar="MONTH", help=tr("the month, like 2026-10"))
    parser.add_argument("--output", required=True, metavar="FILE.pdf", help=tr("where to write"))
    parser.add_argument("--paper", choices=list(Paper), help=tr("the paper size"))


def _add_demo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--years", type=int, default=1, metavar="N", help=tr("how many years"))
    parser.add_argument("--until", metavar="DATE", help=tr("the last day, like 2026-11-23"))
    parser.add_argument(
        "--seed", type=int, default=1, metavar="N", help=tr("another seed, other data")
    )


def _setup(asked: argparse.Namespace, folder: Path) -> None:
    fields = _branch_fields(asked)
    crest = None if asked.crest is None else _read_crest(Path(asked.crest))
    signatories = [
        _signatory(place, given)
        for place in SignatoryPlace
        if (given := getattr(asked, f"sign_{place}")) is not None
    ]
    with Desk(folder) as desk:
        known = desk.branch.find()
        if known is None and not (asked.name and asked.zone):
            raise InputError(NAME_AND_ZONE, field="name")
        if asked.hours:
            fields["opening_hours"] = _week(asked.hours, known.opening_hours if known else None)
        with desk.store.writing():
            branch = desk.branch.set_up(**fields)
            if crest is not None:
                desk.branch.set_crest(crest)
            for who in signatories:
                desk.branch.set_signatory(who)
            present = {each.name for each in desk.branch.staff()}
            for name in asked.staff or ():
                if name.strip() not in present:
                    desk.branch.at_desk(desk.branch.add_staff(name).id)
    print(tr("“{name}” is set up in {folder}.", name=branch.name, folder=folder))


def _branch_fields(asked: argparse.Namespace) -> dict[str, Any]:
    names = ("name", "zone", "place", "address", "phone", "email", "npp", "region_code")
    fields = {name: getattr(asked, name) for name in names if getattr(asked, name) is not None}
    if asked.kind is not None:
        fields["kind"] = BranchKind(asked.kind)
    if asked.population is not None:
        fields["population_served"] = asked.population
    if asked.letterhead is not None:
        fields["letterhead"] = tuple(asked.letterhead)
    if asked.age_set is not None:
        fields["age_set"] = asked.age_set
    return fields


def _week(given: Sequence[str], known: Week | None) -> Week:
    """The named days on top of what is known; days never named are closed."""
    week = list(known or (None,) * WEEKDAYS)
    for text in given:
        found = re.fullmatch(r"\s*([1-7])(?:-([1-7]))?=(.*)", text)
        if found is None:
            raise InputError(BAD_WEEK, field="hours", text=text)
        first, last = int(found[1]), int(found[2] or found[1])
        hours = Hours.parse(found[3])
        for day in range(first, last + 1):
            week[day - 1] = hours
    return tuple(week)


def _signatory(place: SignatoryPlace, given: Sequence[str]) -> Signatory:
    name, post, rank, nip = (*given[:4], "", "", "")[:4]
    return Signatory(place=place, name=name, post=post, rank=rank or None, nip=nip or None)


def _read_crest(path: Path) -> bytes:
    from perpudesk.paper.kop import read_crest_file

    return read_crest_file(path)


def _import(asked: argparse.Namespace, folder: Path) -> None:
    path = Path(asked.file)
    if not path.exists():
        raise FileError(NO_FILE, path=str(path))
    with opened(folder) as desk:
        preview = desk.importing.preview(path, names=asked.names)
        if asked.rejects:
            desk.importing.write_rejects(preview, Path(asked.rejects))
        batch = None if asked.dry_run else desk.importing.commit(preview)
        result = desk.importing.result(preview, batch)
    if asked.json:
        print(json.dumps(result, ensure_ascii=False))
        return
    for line in desk.importing.sentences(preview, batch):
        print(line)


def _undo(asked: argparse.Namespace, folder: Path) -> None:
    with opened(folder) as desk:
        batch = desk.visits.undo_batch(asked.batch)
    print(tr("The import of {file} was undone.", file=batch.file_name))


def _figures(asked: argparse.Namespace, folder: Path) -> None:
    periods = parse_periods(asked.period)
    with opened(folder) as desk:
        found = [desk.reports.figures(period) for period in periods]
        if asked.csv:
            desk.reports.write_csv(found, Path(asked.csv))
            print(tr("The figures are in {path}.", path=asked.csv))
        elif asked.json:
            for figures in found:
                print(json.dumps(desk.reports.as_json(figures), ensure_ascii=False))
        else:
            for figures in found:
                for line in desk.reports.as_lines(figures):
                    print(line)


def _report(asked: argparse.Namespace, folder: Path) -> None:
    period = Period.parse(asked.month)
    if period.length != 1:
        raise InputError(NOT_A_MONTH, field="month", period=asked.month)
    paper = Paper(asked.paper) if asked.paper else read_settings().paper
    with opened(folder) as desk:
        document = desk.reports.monthly(period, practice=desk.practice)
    from perpudesk.paper.pdf import write_file

    pages = write_file(document, Path(asked.output), paper=paper)
    print(tr("{path}: {pages} pages.", path=asked.output, pages=number(pages)))


def _demo(asked: argparse.Namespace, folder: Path) -> None:
    from perpudesk.demo import make_demo

    until = _date(asked.until) if asked.until else date.today()  # noqa: DTZ011 - practice
    total = make_demo(folder, years=asked.years, until=until, seed=asked.seed)
    print(tr("{n} practice visits are in {folder}.", n=number(total), folder=folder))


def _check(asked: argparse.Namespace, folder: Path) -> None:
    del asked
    with opened(folder) as desk:
        desk.check()
        total = desk.visits.count()
    print(tr("The data is whole: {n} visit records.", n=number(total)))


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(BAD_DATE, field="until", text=text) from error
