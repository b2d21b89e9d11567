"""The whole first run from a TOML file, for whoever sets up fifty branches.

A file is read and checked before anything is stored, and stored in one transaction. Whatever is
wrong is said with the file's line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from perpudesk.branch.model import (
    SESSION_LIMITS,
    WEEKDAYS,
    Hours,
    Signatory,
    SignatoryPlace,
)
from perpudesk.core.codes import AGE_SETS, BranchKind, Paper, Theme
from perpudesk.core.errors import FileError, PerpuDeskError, Problem
from perpudesk.core.i18n import LANGUAGES, N_, tr
from perpudesk.core.reasons import reason_of
from perpudesk.core.settings import SCALES, change_settings
from perpudesk.core.times import zone_key
from perpudesk.desk import Desk

NOT_READ = Problem(
    "provision_not_read", "The file {file} could not be read ({reason}). Check its name and folder."
)
TOO_LARGE = Problem(
    "provision_too_large", "{file} is far too large for a set-up file. Choose the right file."
)
NOT_UTF_8 = Problem(
    "provision_not_utf8",
    "{file}, line {line}: this is not UTF-8 text. Save the file as UTF-8, then try again.",
)
NOT_TOML = Problem(
    "provision_not_toml",
    '{file}, line {line}: this cannot be read. A line looks like name = "Perpustakaan Desa", with '
    "text in quotation marks and each name once.",
)
NO_KEY = Problem(
    "provision_no_key", "{file}, line {line}: there is no “{key}” here. Known are: {known}."
)
BAD_TYPE = Problem("provision_bad_type", "{file}, line {line}: “{key}” must be {what}.")
NOT_BETWEEN = Problem(
    "provision_not_between", "{file}, line {line}: “{key}” must be from {first} to {last}."
)
NOT_ONE_OF = Problem("provision_not_one_of", "{file}, line {line}: “{key}” must be one of {known}.")
REFUSED = Problem("provision_refused", "{file}, line {line}, {key}: {sentence}")
NO_NAME = Problem(
    "provision_no_name", "{file} gives no name or no zone under [branch]; a new branch needs both."
)

MOST_BYTES = 1_000_000
TEXT, WHOLE, NUMBER, YES_NO, TEXTS, TABLE, MANY = (
    N_("text in quotation marks"),
    N_("a whole number"),
    N_("a number"),
    N_("true or false"),
    N_("a list of texts"),
    N_("a part of its own, like [branch]"),
    N_("a whole number, or a list of texts"),
)
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WHO = {"name": TEXT, "post": TEXT, "rank": TEXT, "nip": TEXT}
KEYS: Mapping[str, Mapping[str, str]] = {
    "": dict.fromkeys(
        (
            *("branch", "hours", "signatories", "desk", "computers", "machine"),
            *("activities", "targets", "thresholds"),
        ),
        TABLE,
    ),
    "branch": {
        **dict.fromkeys(("name", "kind", "zone", "place", "address", "phone", "email"), TEXT),
        **dict.fromkeys(("npp", "region_code", "crest", "age_set"), TEXT),
        **dict.fromkeys(("population_served", "founded_year", "repeat_minutes"), WHOLE),
        "letterhead": TEXTS,
        "ask_occupation": YES_NO,
    },
    "hours": dict.fromkeys(DAYS, TEXT),
    "signatories": dict.fromkeys(SignatoryPlace, TABLE),
    "signatories.left": _WHO,
    "signatories.right": _WHO,
    "desk": {"staff": TEXTS},
    "computers": {
        "workstations": MANY,
        **dict.fromkeys((*SESSION_LIMITS, "forgotten_hours"), WHOLE),
    },
    "activities": {
        **dict.fromkeys(("certificate_threshold", "dormant_months"), WHOLE),
        "certificate_pattern": TEXT,
    },
    "machine": {
        **dict.fromkeys(("language", "theme", "paper"), TEXT),
        **dict.fromkeys(("scale", "scan_gap_ms"), WHOLE),
        "sound": YES_NO,
    },
    "thresholds": {"green": NUMBER, "yellow": NUMBER},
}
"""What may stand in a part of the file, and what it must be; `targets` has years and indicators."""
_CHOICES: Mapping[str, tuple[object, ...]] = {
    "branch.kind": tuple(BranchKind),
    "branch.age_set": tuple(AGE_SETS),
    "machine.language": LANGUAGES,
    "machine.theme": tuple(Theme),
    "machine.paper": tuple(Paper),
    "machine.scale": SCALES,
}
_FITS: Mapping[str, Callable[[object], bool]] = {
    TEXT: lambda value: isinstance(value, str),
    WHOLE: lambda value: type(value) is int,
    NUMBER: lambda value: type(value) in (int, float),
    YES_NO: lambda value: isinstance(value, bool),
    TEXTS: lambda value: isinstance(value, list) and all(isinstance(each, str) for each in value),
    MANY: lambda value: _FITS[WHOLE](value) or _FITS[TEXTS](value),
    TABLE: lambda value: isinstance(value, dict),
}
_IDENTITY = ("name", "kind", "zone")
_GAP = range(5, 501)
_NAMES = r"[A-Za-z0-9_-]+(?:\s*\.\s*[A-Za-z0-9_-]+)*"
_PART = re.compile(rf"\s*\[\s*({_NAMES})\s*\]")
_KEY = re.compile(rf"\s*({_NAMES})\s*=")
_AT_LINE = re.compile(r"line (\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """What a file says, by its parts, each value of the right kind; and where each stands."""

    file: Path
    values: Mapping[str, Any]
    lines: Mapping[str, int] = field(default_factory=dict)

    def part(self, name: str) -> dict[str, Any]:
        """The values of a part such as `branch`, none where the file does not have it."""
        return dict(self.values.get(name, {}))

    @property
    def is_whole(self) -> bool:
        """Whether a branch can be made of it without asking anybody."""
        branch = self.part("branch")
        return bool(branch.get("name") and branch.get("zone"))

    @property
    def identity(self) -> dict[str, Any]:
        """Name, kind and zone (by its IANA name) as far as the file gives them."""
        branch = self.part("branch")
        found = {name: branch[name] for name in _IDENTITY if name in branch}
        return {**found, "zone": zone_key(found["zone"])} if "zone" in found else found

    def without_identity(self) -> Provision:
        """The same without name, kind and zone, which somebody typed instead."""
        rest = {k: v for k, v in self.part("branch").items() if k not in _IDENTITY}
        return replace(self, values={**self.values, "branch": rest})

    def line(self, key: str) -> int:
        """The line where `branch.name` stands, or the part it belongs to."""
        while key and key not in self.lines:
            key = key.rpartition(".")[0]
        return self.lines.get(key, 1)

    def error(self, problem: Problem, key: str, **params: object) -> FileError:
        """What is wrong with `key`, with file and line."""
        short = key.rpartition(".")[2] if problem is not REFUSED else key
        return FileError(problem, file=self.file.name, line=self.line(key), key=short, **params)


def read_provision(path: Path) -> Provision:
    """What the file says, once all of it is known and of the right kind; raises `FileError`."""
    text = _text(path)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise FileError(NOT_TOML, file=path.name, line=line) from error
    given = Provision(file=path, values=values, lines=_lines(text))
    _check_part(given, "", values)
    return given


def _text(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise FileError(NOT_READ, file=str(path), reason=reason_of(error)) from error
    if len(data) > MOST_BYTES:
        raise FileError(TOO_LARGE, file=path.name)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FileError(NOT_UTF_8, file=path.name, line=line) from error


def _lines(text: str) -> dict[str, int]:
    """On which line each part and key begins; tomllib itself does not tell."""
    found: dict[str, int] = {}
    part = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if heading := _PART.match(line):
            part = re.sub(r"\s", "", heading[1])
            found.setdefault(part, number)
        elif key := _KEY.match(line):
            name = re.sub(r"\s", "", key[1])
            found.setdefault(f"{part}.{name}" if part else name, number)
    return found


def _check_part(given: Provision, part: str, values: Mapping[str, Any]) -> None:
    known = KEYS[part]
    for name, value in values.items():
        key = f"{part}.{name}" if part else name
        if name not in known:
            raise given.error(NO_KEY, key, known=", ".join(known))
        if not _FITS[known[name]](value):
            raise given.error(BAD_TYPE, key, what=tr(known[name]))
        if key in _CHOICES and value not in _CHOICES[key]:
            raise given.error(NOT_ONE_OF, key, known=", ".join(map(str, _CHOICES[key])))
        if key in KEYS:
            _check_part(given, key, value)
        if key == "branch.zone":
            with _about(given, key):
                zone_key(value)
    if part == "" and "targets" in values:
        _check_targets(given, values["targets"])
    if part == "machine" and values.get("scan_gap_ms", _GAP.start) not in _GAP:
        first, last = _GAP.start, _GAP.stop - 1
        raise given.error(NOT_BETWEEN, "machine.scan_gap_ms", first=first, last=last)


def _check_targets(given: Provision, years: Mapping[str, Any]) -> None:
    from perpudesk.reports.model import AIMS

    for year, targets in years.items():
        key = f"targets.{year}"
        if not re.fullmatch(r"[12][0-9]{3}", year):
            raise given.error(NO_KEY, key, known="2026, 2027, …")
        if not isinstance(targets, dict):
            raise given.error(BAD_TYPE, key, what=tr(TABLE))
        for indicator, value in targets.items():
            if indicator not in AIMS:
                raise given.error(NO_KEY, f"{key}.{indicator}", known=", ".join(AIMS))
            if not _FITS[NUMBER](value):
                raise given.error(BAD_TYPE, f"{key}.{indicator}", what=tr(NUMBER))


def apply(desk: Desk, given: Provision) -> None:
    """Store what the file says over what is known, all of it or nothing; raises `FileError`."""
    fields = _fields(given)
    known = desk.branch.find()
    if known is None and not given.is_whole:
        raise FileError(NO_NAME, file=given.file.name)
    try:
        _store(desk, given, fields)
    except BaseException:
        desk.branch.forget()
        raise


def _store(desk: Desk, given: Provision, fields: dict[str, Any]) -> None:
    crest = fields.pop("crest", None)
    with desk.store.writing():
        with _about(given, "branch"):
            desk.branch.set_up(**fields)
        if crest is not None:
            with _about(given, "branch.crest"):
                desk.branch.set_crest(_picture(given, crest))
        _set_people(desk, given)
        _set_computers(desk, given)
        if activities := given.part("activities"):
            with _about(given, "activities"):
                desk.branch.set_up(**activities)
        _set_targets(desk, given)


def apply_to_machine(given: Provision) -> None:
    """Keep what the file says of this machine; raises `FileError`."""
    read: Mapping[str, Callable[[Any], Any]] = {"theme": Theme, "paper": Paper}
    changes = {
        name: read.get(name, lambda same: same)(value)
        for name, value in given.part("machine").items()
    }
    if changes:
        change_settings(**changes)


def _fields(given: Provision) -> dict[str, Any]:
    """The fields of `Branch` that the file names, and `crest`."""
    fields = given.part("branch")
    if "kind" in fields:
        fields["kind"] = BranchKind(fields["kind"])
    if "letterhead" in fields:
        fields["letterhead"] = tuple(fields["letterhead"])
    if hours := given.part("hours"):
        week: list[Hours | None] = [None] * WEEKDAYS
        for place, day in enumerate(DAYS):
            with _about(given, f"hours.{day}"):
                week[place] = Hours.parse(hours.get(day, ""))
        fields["opening_hours"] = tuple(week)
    return fields


def _picture(given: Provision, name: str) -> bytes | None:
    """The crest beside the file; an empty name is none."""
    from perpudesk.paper.kop import read_crest_file

    return read_crest_file(given.file.parent / name) if name else None


def _set_people(desk: Desk, given: Provision) -> None:
    for place, who in given.part("signatories").items():
        with _about(given, f"signatories.{place}"):
            desk.branch.set_signatory(
                Signatory(
                    place=SignatoryPlace(place),
                    name=who.get("name", ""),
                    post=who.get("post", ""),
                    rank=who.get("rank"),
                    nip=who.get("nip"),
                )
            )
    staff = given.part("desk").get("staff", ())
    for name in reversed(staff):  # the first is at the desk
        with _about(given, "desk.staff"):
            known = {each.name: each for each in desk.branch.staff()}
            desk.branch.at_desk((known.get(name.strip()) or desk.branch.add_staff(name)).id)


def _set_computers(desk: Desk, given: Provision) -> None:
    """Limits, and the workstations that are not there yet; a retired one is not made again."""
    limits = given.part("computers")
    wanted = limits.pop("workstations", None)
    if limits:
        with _about(given, "computers"):
            desk.branch.set_up(**limits)
    if wanted is None:
        return
    from perpudesk.computers.model import WorkstationDraft

    with _about(given, "computers.workstations"):
        known = desk.workstations.all(retired=True)
        if isinstance(wanted, int):
            if wanted > len(known) or wanted < 1:
                desk.workstations.add_many(wanted - len(known))
            return
        labels = {each.label.casefold() for each in known}
        for label in wanted:
            if label.strip().casefold() not in labels:
                desk.workstations.add(WorkstationDraft(label=label))


def _set_targets(desk: Desk, given: Provision) -> None:
    for year, targets in given.part("targets").items():
        for indicator, value in targets.items():
            with _about(given, f"targets.{year}.{indicator}"):
                desk.totals.set_target(indicator, int(year), float(value))
    if limits := given.part("thresholds"):
        known = desk.totals.thresholds()
        with _about(given, "thresholds"):
            desk.totals.set_thresholds(replace(known, **limits))


@contextmanager
def _about(given: Provision, key: str) -> Iterator[None]:
    """A refusal as one of this file, with the line of the field that was refused."""
    try:
        yield
    except PerpuDeskError as error:
        refused = getattr(error, "field", None)
        exact = f"{key}.{refused}"
        where = exact if exact in given.lines else key
        raise given.error(REFUSED, where, sentence=error.sentence()) from error
