"""Set up a branch from a command line, or change only what is named."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from perpudesk.branch.model import WEEKDAYS, Branch, Hours, Signatory, SignatoryPlace, Week
from perpudesk.core.codes import BranchKind
from perpudesk.core.errors import FileError, InputError, Problem
from perpudesk.core.i18n import tr
from perpudesk.desk import Desk, founded
from perpudesk.provision import apply, apply_to_machine, read_provision

NAME_AND_ZONE = Problem(
    "name_and_zone", "A new branch needs --name and --zone (WIB, WITA, WIT or an IANA name)."
)
BAD_WEEK = Problem(
    "bad_week", "“{text}” is not opening hours. Write them like 1-5=08:00-15:00 (1 is Monday)."
)
FOUR_TEXTS = Problem(
    "four_texts", "At most name, post, rank and NIP are given, each in quotation marks."
)
REFUSED_OPTION = Problem("refused_option", "{option}: {sentence}")

_OPTIONS = {"population_served": "--population"}
"""Options that are not called after the field they set."""


def set_up(asked: argparse.Namespace, folder: Path) -> list[str]:
    """Make the branch, or change only what is named; refused, everything is as before."""
    told = None if asked.provision is None else read_provision(Path(asked.provision))
    fields = _fields(asked)
    crest = _Crest.asked(asked.crest)
    signatories = [
        _signatory(place, given)
        for place in SignatoryPlace
        if (given := getattr(asked, f"sign_{place}")) is not None
    ]
    with founded(folder) as desk:
        known = desk.branch.find()
        if known is None and told is None and not (asked.name and asked.zone):
            raise InputError(NAME_AND_ZONE, field="name")
        if asked.hours:
            fields["opening_hours"] = _week(asked.hours, known)
        with desk.store.writing():
            if told is not None:
                apply(desk, told)
            branch = _store_branch(desk, fields)
            if crest is not None:
                branch = desk.branch.set_crest(crest.picture)
            for who in signatories:
                with _about(f"--sign-{who.place}"):
                    desk.branch.set_signatory(who)
            _add_staff(desk, asked.staff or ())
    if told is not None:
        apply_to_machine(told)
    return [tr("“{name}” is set up in {folder}.", name=branch.name, folder=folder)]


def _fields(asked: argparse.Namespace) -> dict[str, Any]:
    """The fields of `Branch` that were named."""
    named = {
        "kind": None if asked.kind is None else BranchKind(asked.kind),
        "population_served": asked.population,
        "letterhead": None if asked.letterhead is None else tuple(asked.letterhead),
    }
    for same in ("name", "zone", "place", "address", "phone", "email", "npp", "region_code"):
        named[same] = getattr(asked, same)
    named["age_set"] = asked.age_set
    return {name: value for name, value in named.items() if value is not None}


@dataclass(frozen=True, slots=True)
class _Crest:
    """The crest that was named: a picture, or none where there was one."""

    picture: bytes | None

    @classmethod
    def asked(cls, path: str | None) -> _Crest | None:
        """What `--crest` says; None when it was not given."""
        if path is None:
            return None
        from perpudesk.paper.kop import read_crest_file

        with _about("--crest"):
            return cls(read_crest_file(Path(path)) if path else None)


def _week(given: Sequence[str], known: Branch | None) -> Week:
    """The named days on top of what is known; days never named are closed."""
    week = list((known.opening_hours if known else None) or (None,) * WEEKDAYS)
    for text in given:
        found = re.fullmatch(r"\s*([1-7])(?:-([1-7]))?\s*=(.*)", text)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
        with _about("--hours"):
            if found is None or first > last:
                raise InputError(BAD_WEEK, field="hours", text=text)
            hours = Hours.parse(found[3])
        week[first - 1 : last] = [hours] * (last - first + 1)
    return tuple(week)


def _signatory(place: SignatoryPlace, given: Sequence[str]) -> Signatory:
    if len(given) > 4:
        with _about(f"--sign-{place}"):
            raise InputError(FOUR_TEXTS, field="name")
    name, post, rank, nip = (*given, "", "", "")[:4]
    return Signatory(place=place, name=name, post=post, rank=rank or None, nip=nip or None)


def _store_branch(desk: Desk, fields: dict[str, Any]) -> Branch:
    with _about():
        return desk.branch.set_up(**fields)


def _add_staff(desk: Desk, names: Sequence[str]) -> None:
    """Whoever is not known yet joins; the last one named is at the desk."""
    for name in names:
        with _about("--staff"):
            known = {each.name: each for each in desk.branch.staff()}
            who = known.get(name.strip()) or desk.branch.add_staff(name)
        desk.branch.at_desk(who.id)


@contextmanager
def _about(option: str | None = None) -> Iterator[None]:
    """Say to which option a refusal belongs: a sentence that stands beside a field in the window.

    Without `option` it is the one that sets the refused field.
    """
    try:
        yield
    except InputError as error:
        option = option or _OPTIONS.get(error.field, f"--{error.field.replace('_', '-')}")
        raise InputError(
            REFUSED_OPTION, field=error.field, option=option, sentence=error.sentence()
        ) from error
    except FileError as error:
        raise FileError(REFUSED_OPTION, option=option, sentence=error.sentence()) from error
