"""What the cells of a row of sessions say beside its times, by the columns that were given."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from perpudesk.computers.model import LABEL_MOST, NOTE_MOST
from perpudesk.core.codes import UNKNOWN, Sex, VisitorType, age_label, label
from perpudesk.core.errors import Problem
from perpudesk.core.i18n import tr
from perpudesk.importing.asides import fault_of, number_problem
from perpudesk.importing.cellwords import CellWords, Unclear, member_number
from perpudesk.importing.fields import FIELDS, What, plain
from perpudesk.importing.identity import tidy
from perpudesk.importing.model import RowSession
from perpudesk.importing.nik import can_be_kept
from perpudesk.importing.uses import Use, label_of
from perpudesk.importing.words import Vocabulary, whole_number

TOO_MANY = Problem("too_many_sessions", "“{value}” sessions in one row are more than {most}.")
MOST = 9_999
"""What a record of a day's sessions may count."""
TIMES = ("date", "start", "end", "duration")
_SHOWN = ("sex", "age", "purpose", "member", "occupation", "education", "type")
_OWN = {
    *("own device", "own devices", "byod", "wifi", "wi-fi", "hotspot", "perangkat sendiri"),
    *("perangkat sendiri (wi-fi)", "perangkat sendiri (wifi)", "gawai sendiri", "laptop sendiri"),
    *("hp sendiri",),
}
"""What a list calls a workstation that is none of the library's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """What the cells beside the times say: the same for all rows that say it.

    `count` is None where the row has none. `fault` is why no row can be read so, and in which
    column; `cut` names what was too long.
    """

    use: Use = Use(b"")  # noqa: RUF009 - a tuple, which nobody changes
    count: int | None = None
    unclear: tuple[tuple[str, str], ...] = ()
    cut: tuple[str, ...] = ()
    fault: tuple[Problem, int] | None = None


class SessionCells(CellWords):
    """Reads the cells of rows of sessions that stand below the same titles."""

    def __init__(
        self,
        titles: Sequence[str],
        columns: Mapping[str, int],
        words: Mapping[str, Vocabulary],
        who: Callable[..., bytes],
    ) -> None:
        """`columns` are places by field, `words` the branch's lists; `who` makes identities."""
        super().__init__(titles, columns, {**words, "purpose": words["computer_purpose"]})
        self._who = who
        self.beside = [at for code, at in columns.items() if code not in TIMES]

    def say(self, row: Sequence[str]) -> Used:
        """What the cells beside the times say."""
        fault = fault_of(row, self.beside)
        if fault is not None:
            return Used(fault=fault)
        values = {code: tidy(row[at]) for code, at in self._at.items() if code not in TIMES}
        count = self._count(values.get("count", ""))
        if isinstance(count, Problem):
            return Used(fault=(count, self._at["count"]))
        unclear: Unclear = []
        use = self._use(values, unclear)
        cut = [("workstation", LABEL_MOST), ("note", NOTE_MOST)]
        return Used(
            use=use,
            count=count,
            unclear=tuple(unclear),
            cut=tuple(code for code, most in cut if len(values.get(code, "")) > most),
        )

    @staticmethod
    def _count(text: str) -> int | Problem | None:
        if not text:
            return None
        found = whole_number(text)
        if found is None:
            return number_problem(text)
        return TOO_MANY if found > MOST else found

    def _use(self, values: Mapping[str, str], unclear: Unclear) -> Use:
        place, member = values.get("workstation", ""), member_number(values.get("member", ""))
        own = plain(place) in _OWN
        said = [
            text
            for code, value in values.items()
            if value
            for text in (code, plain(value) if code == "workstation" else value)
        ]
        years, band = self.age(values, unclear)
        return Use(
            who=self._who(*said),
            workstation="" if own else label_of(place),
            device=int(own),
            type=self.type(values, member, 1, unclear),
            sex=str(self.sex(values, unclear)),
            age_years=years,
            age_band=band,
            occupation=self.slug(values, "occupation", unclear),
            education=self.slug(values, "education", unclear),
            purpose=self.slug(values, "purpose", unclear),
            note=values.get("note", "")[:NOTE_MOST] or None,
            number=member if can_be_kept(member) else "",
        )

    def titles(self) -> tuple[str, ...]:
        """What the first rows are shown under."""
        labels = {each.code: tr(each.label) for each in FIELDS[What.SESSIONS]}
        asked = [labels[code] for code in self._at if code in _SHOWN]
        times = (labels["start"], labels["end"], tr("Minutes"))
        return (labels["workstation"], *times, *asked)

    def beside_times(self, session: RowSession) -> list[str]:
        """What is shown of a session beside its times."""
        return [self._told(session, code) for code in self._at if code in _SHOWN]

    def _told(self, session: RowSession, code: str) -> str:
        match code:
            case "sex":
                return label(Sex(session.sex))
            case "type":
                return label(VisitorType(session.type))
            case "age":
                years = session.age_years
                return str(years) if years is not None else age_label(session.age_band or UNKNOWN)
            case "member":
                return session.number
        return self.label(code, getattr(session, code))
