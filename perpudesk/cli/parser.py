"""The words that the commands understand, and what their help says."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from perpudesk import __version__
from perpudesk.cli import closing, commands, copies, handing, leaving, updating
from perpudesk.cli.setup import set_up
from perpudesk.core.codes import AGE_SETS, BranchKind, Paper
from perpudesk.core.i18n import LANGUAGES, N_, tr
from perpudesk.core.paths import as_text, data_dir, practice_dir
from perpudesk.core.settings import read_settings
from perpudesk.reports.model import AIMS

Command = Callable[[argparse.Namespace, Path], list[str]]
"""Does what was asked in the folder; the lines of its answer. Raises `PerpuDeskError`."""

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
    N_("ignored explicit argument %r"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("not allowed with argument %s"),
)
"""What argparse says, for our catalogue: it asks the gettext that is put in its place below."""


def make_parser() -> argparse.ArgumentParser:
    """Reads the words of a command, in the current language; `command` is what they ask for."""
    setattr(argparse, "_", tr)  # noqa: B010 - its own words in our language; it has no other door
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--data", type=_folder, metavar="DIR", help=tr("the folder of the records"))
    common.add_argument("--lang", choices=LANGUAGES, help=tr("the language"))
    parser = argparse.ArgumentParser(
        prog="perpudesk",
        parents=[common],
        allow_abbrev=False,
        description=tr(
            "The front desk of a library branch and its monthly report. Without a command the "
            "window opens."
        ),
    )
    parser.set_defaults(usual_folder=data_dir)
    parser.add_argument(
        "--version",
        action="version",
        version=f"PerpuDesk {__version__}",
        help=tr("show program's version number and exit"),
    )
    names = parser.add_subparsers(metavar=tr("COMMAND"), required=True)

    def command(name: str, does: Command, text: str) -> argparse.ArgumentParser:
        made = names.add_parser(
            name, parents=[common], help=text, description=text, allow_abbrev=False
        )
        made.set_defaults(command=does)
        return made

    _add_setup(command("setup", set_up, tr("set up the branch, or change only what is named")))
    _add_import(command("import", commands.bring_in, tr("bring in a file of another program")))
    undo = command("undo", commands.undo, tr("take a whole import back"))
    undo.add_argument("batch", type=_batch, metavar="BATCH", help=tr("the import's number"))
    _add_figures(command("figures", commands.figures, tr("the figures of a period")))
    _add_report(command("report", commands.report, tr("the report of a period as PDF")))
    _add_close(command("close", closing.close, tr("close a month: its figures are final")))
    _add_verify(
        command(
            "verify", closing.verify, tr("compare a check code or a figures file with the data")
        )
    )
    _add_paper(command("paper", commands.paper, tr("a recap, a comparison or a sheet as PDF")))
    _add_sheet(command("sheet", commands.sheet, tr("blank sheets for a power cut as PDF")))
    _add_output(command("guide", handing.guide, tr("the quick guide of two pages as PDF")))
    _add_output(
        command("handover", handing.handover, tr("how the branch stands, for the next officer"))
    )
    _add_target(command("target", commands.target, tr("what a year is to reach")))
    _add_demo(command("demo", commands.demo, tr("make practice data")))
    _add_backup(command("backup", copies.backup, tr("copy the records, tested")))
    _add_restore(command("restore", copies.restore, tr("put a copy in the place of the records")))
    _add_export(command("export", leaving.export, tr("everything as open tables (CSV)")))
    salvage = command("salvage", leaving.salvage, tr("read what can be read of damaged data"))
    salvage.add_argument(
        "--to", type=_folder, metavar="DIR", required=True, help=tr("a new folder for the records")
    )
    _add_key(
        command(
            "recovery-key",
            copies.recovery_key,
            tr("make the sheet that opens sealed copies, as PDF"),
        )
    )
    check = command("check", copies.check, tr("check that the data is whole"))
    check.add_argument("--deep", action="store_true", help=tr("test each backup, too"))
    new = command("update", updating.update, tr("put a new PerpuDesk in the place of this one"))
    new.add_argument("folder", type=_folder, metavar="DIR", help=tr("the update, as on the stick"))
    return parser


def language_of(words: Sequence[str]) -> str:
    """The language that is asked for last, before the parser that must speak it is made."""
    said = read_settings().language
    for word, after in zip(words, (*words[1:], ""), strict=True):
        name, joined, value = word.partition("=")
        if name == "--lang" and (chosen := value if joined else after) in LANGUAGES:
            said = chosen
    return said


def _folder(text: str) -> str:
    if not text or "\0" in text:
        raise argparse.ArgumentTypeError(tr("“{text}” is not a folder.", text=text))
    return text


def _file(text: str) -> str:
    if not text or "\0" in text:
        raise argparse.ArgumentTypeError(tr("“{text}” is not a file.", text=text))
    return text


def _batch(text: str) -> str:
    if not text.strip():
        sentence = tr("“{text}” is not the number of an import.", text=text)
        raise argparse.ArgumentTypeError(sentence)
    return as_text(text).strip().lower()


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        sentence = tr("“{text}” is not a whole number.", text=text)
        raise argparse.ArgumentTypeError(sentence) from None


def _add_setup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--provision",
        type=_file,
        metavar="FILE.toml",
        help=tr("a set-up file; what is named besides it counts more"),
    )
    parser.add_argument("--name", metavar="TEXT", help=tr("the branch's name"))
    parser.add_argument("--zone", metavar="ZONE", help=tr("WIB, WITA, WIT or an IANA zone"))
    kinds = [kind.value for kind in BranchKind]
    parser.add_argument("--kind", choices=kinds, help=tr("what kind of library it is"))
    for option, text in (
        ("--place", tr("the town that stands before the date of a letter")),
        ("--address", tr("the address")),
        ("--phone", tr("the telephone number")),
        ("--email", tr("the e-mail address")),
        ("--npp", tr("the library's national number (NPP)")),
        ("--region-code", tr("the region code, like 62.01.02.2003")),
    ):
        parser.add_argument(option, metavar="TEXT", help=text)
    parser.add_argument(
        "--population", type=_whole, metavar="N", help=tr("how many people the branch serves")
    )
    parser.add_argument(
        "--hours",
        action="append",
        metavar="DAYS=HH:MM-HH:MM",
        help=tr("opening hours, like 1-5=08:00-15:00 or 6=-; 1 is Monday; may be repeated"),
    )
    parser.add_argument(
        "--crest",
        metavar="FILE",
        help=tr("a picture (PNG or JPEG) of the crest; an empty name takes it away"),
    )
    parser.add_argument(
        "--letterhead",
        action="append",
        metavar="LINE",
        help=tr("a line of the letterhead; may be repeated, all lines are replaced"),
    )
    for side, text in (
        ("left", tr("who signs at the left (Mengetahui): name, post, rank, NIP")),
        ("right", tr("who signs at the right: name, post, rank, NIP")),
    ):
        parser.add_argument(f"--sign-{side}", nargs="+", metavar="TEXT", help=text)
    parser.add_argument("--staff", action="append", metavar="NAME", help=tr("who is at the desk"))
    parser.add_argument("--age-set", choices=list(AGE_SETS), help=tr("the age groups in use"))


def _add_import(parser: argparse.ArgumentParser) -> None:
    kinds = [
        *("slims-visitors", "visits", "computer-sessions", "libki", "monthly-totals"),
        *("patrons", "activities", "everything"),
    ]
    parser.add_argument("what", choices=kinds, help=tr("what kind of file it is"))
    parser.add_argument(
        "file",
        type=_file,
        metavar="FILE",
        help=tr("the file, .csv or .xlsx; of “everything” the folder of an export"),
    )
    parser.add_argument(
        "--map",
        action="append",
        type=_mapping,
        default=[],
        metavar="FIELD=COLUMN",
        help=tr("which column holds a field, by its title or letter; may be repeated"),
    )
    parser.add_argument("--row", metavar="NAME", help=tr("the row of a wide table that counts"))
    parser.add_argument(
        "--year", type=_whole, metavar="YEAR", help=tr("the year of months without one")
    )
    parser.add_argument("--estimated", action="store_true", help=tr("the numbers are estimates"))
    parser.add_argument(
        "--add-to-existing",
        action="store_true",
        help=tr("add also to days that have records already"),
    )
    parser.add_argument(
        "--children-consented",
        action="store_true",
        help=tr("guardians' consent is on file for all who are under 18"),
    )
    parser.add_argument(
        "--doubles",
        action="store_true",
        help=tr("bring in also activities that are listed twice or recorded here"),
    )
    parser.add_argument("--dry-run", action="store_true", help=tr("only say what would be added"))
    parser.add_argument(
        "--rejects", type=_file, metavar="FILE.csv", help=tr("write the refused rows here")
    )
    parser.add_argument("--names", action="store_true", help=tr("keep named members as patrons"))
    parser.add_argument("--json", action="store_true", help=tr("answer as JSON"))


def _mapping(text: str) -> tuple[str, str]:
    field, joined, column = text.partition("=")
    if not joined or not field.strip():
        sentence = tr("“{text}” is not FIELD=COLUMN.", text=text)
        raise argparse.ArgumentTypeError(sentence)
    return field.strip(), column.strip()


def _add_figures(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "period",
        metavar="PERIOD",
        help=tr("2026-10, 2026-Q3, 2026-S1, 2026, or months 2018-01..2025-07"),
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=tr("one object a line"))
    form.add_argument("--csv", type=_file, metavar="FILE", help=tr("write a table to this file"))
    form.add_argument("--xlsx", type=_file, metavar="FILE", help=tr("write an Excel file"))


def _add_report(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "period", metavar="PERIOD", help=tr("a month 2026-10, 2026-Q3, 2026-S1 or a year 2026")
    )
    _add_output(parser)
    parser.add_argument(
        "--revision", type=_whole, metavar="N", help=tr("print this revision of the month again")
    )


def _add_paper(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "kind",
        choices=["comparison", "days", "visits", "tpbis", "pasal15"],
        help=tr("two periods compared, each day, each visit, SIM TPBIS, or Pasal 15 of a year"),
    )
    parser.add_argument(
        "period", metavar="PERIOD", help=tr("a month 2026-10, 2026-Q3, 2026-S1 or a year 2026")
    )
    parser.add_argument(
        "--against",
        metavar="PERIOD",
        help=tr("what it is compared with; the one before if not given"),
    )
    _add_output(parser)


def _add_sheet(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "kind",
        choices=["tally", "register", "computers"],
        help=tr("a tally sheet of a day, a visitors' register, or a log of computer use"),
    )
    _add_output(parser)
    parser.add_argument(
        "--pages", type=_whole, default=1, metavar="N", help=tr("how many pages; 1 if not given")
    )


def _add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--output", type=_file, required=True, metavar="FILE.pdf", help=tr("where to write")
    )
    sizes = [paper.value for paper in Paper]
    parser.add_argument("--paper", choices=sizes, help=tr("the paper size"))


def _add_close(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("period", metavar="PERIOD", help=tr("the month, like 2026-10"))
    parser.add_argument("--number", metavar="TEXT", help=tr("the letter's number"))
    parser.add_argument(
        "--date",
        metavar="DATE",
        help=tr("the letter's date; the last revision's or today if not given, empty for none"),
    )
    parser.add_argument(
        "--place", metavar="TEXT", help=tr("the town before the date; the branch's if not given")
    )
    parser.add_argument("--obstacles", metavar="TEXT", help=tr("what stood in the way"))
    parser.add_argument("--follow-up", metavar="TEXT", help=tr("what follows from it"))
    parser.add_argument("--json", action="store_true", help=tr("answer as JSON"))


def _add_verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what",
        type=_file,
        metavar="CODE|FILE.json",
        help=tr("the code at the foot, what its QR code says, or a file of “figures --json”"),
    )
    parser.add_argument("--period", metavar="PERIOD", help=tr("the month, like 2026-10"))


def _add_target(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("indicator", choices=list(AIMS), help=tr("what is counted"))
    parser.add_argument("year", type=_whole, metavar="YEAR", help=tr("the year, like 2027"))
    parser.add_argument(
        "value",
        metavar="VALUE",
        help=tr("a number like 24000 or 92.5, a share like 95%%, or - for none"),
    )


def _add_demo(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(usual_folder=practice_dir)
    parser.add_argument(
        "--years", type=_whole, default=1, metavar="N", help=tr("how many years; 1 if not given")
    )
    parser.add_argument(
        "--until",
        metavar="DATE",
        help=tr("the last day, like 2026-11-23; yesterday if not given"),
    )
    parser.add_argument(
        "--seed", type=_whole, default=1, metavar="N", help=tr("another seed, other data")
    )


def _add_backup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--to", type=_folder, metavar="DIR", help=tr("another folder, such as one on a stick")
    )
    parser.add_argument(
        "--plain",
        action="store_true",
        help=tr("not sealed in that folder: whoever has the copy can read it"),
    )


def _add_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--to", type=_folder, metavar="DIR", required=True, help=tr("a new folder for the tables")
    )
    parser.add_argument("--names", action="store_true", help=tr("with the names of people"))


def _add_restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=_file, metavar="FILE", help=tr("the copy, .db or .pdbak"))
    parser.add_argument(
        "--key-file",
        type=_file,
        metavar="FILE",
        help=tr("a text file with the words of the recovery sheet, for a sealed copy"),
    )
    parser.add_argument(
        "--other-branch", action="store_true", help=tr("also where it is of another library")
    )
    parser.add_argument("--dry-run", action="store_true", help=tr("only say what is in it"))


def _add_key(parser: argparse.ArgumentParser) -> None:
    _add_output(parser)
    parser.add_argument(
        "--replace", action="store_true", help=tr("a new sheet in the place of the old one")
    )
