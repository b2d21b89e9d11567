"""People a library knows by name: the members of SLiMS, of INLISLite, or a list of its own.

Only what a patron is made of is read (domain.md, Patron); numbers of identity cards, family cards,
mothers' names, religion, passwords and pictures are not, whatever the file holds. Somebody under
18 comes in by name only where a guardian's consent is said to be on file (UU 27/2022), else by the
member number alone. No sentence, no count and no log repeats a name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from hashlib import blake2b

from perpudesk.core.codes import UNKNOWN, Sex, label
from perpudesk.core.errors import InputError, Problem
from perpudesk.core.formats import date_digits
from perpudesk.core.i18n import tr
from perpudesk.core.ids import digest_id
from perpudesk.importing.asides import (
    BLANK,
    HEADER,
    LEFT_OUT,
    NOTE,
    begins_a_note,
    order_remarks,
    unclear_remarks,
    unused_remarks,
)
from perpudesk.importing.columns import Head, Plan, unused
from perpudesk.importing.dates import DayOrder, day_of, order_of
from perpudesk.importing.fields import FIELDS, What, is_never
from perpudesk.importing.identity import is_mangled, tidy
from perpudesk.importing.model import SAMPLES, Aside, Reading, Remark
from perpudesk.importing.nik import HIDDEN, NUMBER_IS_NIK
from perpudesk.importing.words import Vocabulary, sex_of
from perpudesk.patrons.model import (
    ADULT,
    CONSENT_NEEDED,
    OLDEST,
    ImportedPatron,
    Patron,
    PatronDraft,
    admit,
)

Rows = Sequence[Sequence[str]]

NO_NAME = Problem("no_name", "The name is empty: nobody can be kept without one.")
NOT_A_NAME = Problem("not_a_name", "“{column}” holds no name that can be kept.")
MINOR = Problem(
    "minor",
    "Under 18, and no guardian's consent is on file. Say that it is to bring children in by name.",
)
KEPT_NAMELESS = Problem(
    "kept_nameless",
    "Under 18 and without a guardian's consent on file, so kept by the member number, without "
    "name and contact: {n}.",
)
NUMBER_MANGLED = Problem(
    "number_mangled",
    "A spreadsheet program has shortened the number to “{value}”, so several people have it. "
    "Export the list again.",
)
NUMBER_AGAIN = Problem("number_again", "The number “{value}” stands in the list before.")
REMOVED_HERE = Problem(
    "removed_here", "Was removed here. Register them again by hand if they want it."
)
BIRTH_FUTURE = Problem("birth_unlikely", "“{value}” is no date of birth of somebody alive.")
NAME_DIFFERS = Problem(
    "name_differs",
    "Members who have another name here than in the file: {n}. The name here stays.",
)
PRIVATE_COLUMNS = Problem("columns_private", "Never read, whatever they hold: {columns}.")
ZERO_IS_FEMALE = Problem(
    "zero_is_female",
    "0 was read as female, as SLiMS means it; older lists have it also where nothing was recorded.",
)

_Why = tuple[Problem, str, str]
"""Why a row is nobody, what the cell says, and the field of its column."""
_NOTHING = ("", "0000-00-00", "0000-00-00 00:00:00", "-", "null", "1970-01-01")


def patron_id(number: str, key: bytes) -> str:
    """The id that a member number gives its patron, on every station of the branch."""
    said = f"patron\x1f{number}".encode("utf-8", "surrogatepass")
    return digest_id(blake2b(said, digest_size=16, key=key).digest())


def is_name(name: str, number: str) -> bool:
    """Whether somebody can be kept under this name: a barcode typed for a name is none."""
    return any(map(str.isalpha, name)) and name != number


def read(
    rows: Rows,
    head: Head,
    plan: Plan,
    *,
    key: bytes,
    today: date,
    words: Mapping[str, Vocabulary],
    members: Mapping[str, Patron],
    unwanted: Collection[str],
    known: Collection[str],
) -> Reading:
    """Everybody whom a table names, or why not.

    `members` are those who are here by their numbers, `unwanted` ids and numbers of people who were
    removed here, `known` the ids that such lists have brought.
    """
    made = _People(rows, head, plan, key=key, today=today, words=words)
    return made.read(members, unwanted, known)


class _People:
    """One list of people on its way through."""

    def __init__(
        self,
        rows: Rows,
        head: Head,
        plan: Plan,
        *,
        key: bytes,
        today: date,
        words: Mapping[str, Vocabulary],
    ) -> None:
        self._below = list(enumerate(*head.parted(rows)))
        self._head, self._plan, self._at = head, plan, plan.columns
        self._key, self._today, self._words = key, today, words
        self._orders = {
            code: order_of((_cell(row, self._at[code]) for _, row in self._below), today)
            for code in ("birth_date", "registered")
            if code in self._at
        }
        self._seen: Counter[str] = Counter()
        self._numbers: set[str] = set()
        self._unclear: dict[str, Counter[str]] = {}
        self._differ = self._nameless = 0
        self._zeros = False

    def read(
        self, members: Mapping[str, Patron], unwanted: Collection[str], known: Collection[str]
    ) -> Reading:
        """Take one row after the other."""
        people: list[ImportedPatron] = []
        asides: list[Aside] = []
        here = 0
        for place, row in self._below:
            found = self._row(place, row, unwanted)
            if isinstance(found, Aside):
                asides.append(found)
            elif found.member_number in members or found.id in known:
                here += 1
                holder = members.get(found.member_number or "")
                told = found.name != found.member_number
                self._differ += told and holder is not None and holder.name != found.name
            else:
                self._nameless += found.name == found.member_number
                people.append(found)
        return Reading(
            source=What.PATRONS,
            header=self._head.titles,
            patrons=people,
            unchanged=here,
            refused=[each for each in asides if each.problem not in _OUT],
            left_out=[each for each in asides if each.problem in _OUT],
            remarks=tuple(self._remarks()),
            titles=self._titles(),
            shown=tuple(map(self._as_shown, people[:SAMPLES])),
        )

    def _row(
        self, place: int, row: Sequence[str], unwanted: Collection[str]
    ) -> ImportedPatron | Aside:
        values = {code: tidy(_cell(row, at)) for code, at in self._at.items()}
        why = self._no_person(row, values) or self._misread(values)
        if why is not None:
            return self._aside(place, row, *why)
        person = self._person(values)
        number = person.member_number or ""
        kept_out = not {person.id, number}.isdisjoint(unwanted)
        problem = REMOVED_HERE if kept_out else self._refusal(person)
        if problem is MINOR and number:
            person, problem = person._replace(name=number, contact=None), None
        if problem is not None:
            return self._aside(place, row, problem, code="name")
        if number:
            self._numbers.add(number)
        return person

    def _no_person(self, row: Sequence[str], values: Mapping[str, str]) -> _Why | None:
        """Why a row was never meant to be somebody."""
        filled = [cell for cell in row if cell.strip()]
        if not filled:
            return BLANK, "", ""
        if self._head.is_mine(row):
            return HEADER, "", ""
        if begins_a_note(filled[0]) and not (values["name"] and values.get("member")):
            return NOTE, filled[0], ""
        return None

    def _misread(self, values: Mapping[str, str]) -> _Why | None:
        """What in a row cannot be read."""
        number, birth = values.get("member", ""), values.get("birth_date", "")
        if not values["name"]:
            return NO_NAME, "", "name"
        if number == HIDDEN:
            return NUMBER_IS_NIK, "", "member"
        if is_mangled(number):
            return NUMBER_MANGLED, number, "member"
        if number and number in self._numbers:
            return NUMBER_AGAIN, number, "member"
        year = self._birth_year(birth)
        return (year, birth, "birth_date") if isinstance(year, Problem) else None

    def _refusal(self, person: ImportedPatron) -> Problem | None:
        """Why somebody cannot be kept by name, by the rules of patrons."""
        if not is_name(person.name, person.member_number or ""):
            return NOT_A_NAME
        draft = PatronDraft(
            name=person.name,
            member_number=person.member_number,
            birth_year=person.birth_year,
            village=person.village,
            contact=person.contact,
            guardian_consent=bool(person.guardian_consent),
        )
        try:
            admit(draft, today=self._today)
        except InputError as error:
            return MINOR if error.problem is CONSENT_NEEDED else NOT_A_NAME
        return None

    def _person(self, values: Mapping[str, str]) -> ImportedPatron:
        number, said = values.get("member", ""), self._birth_year(values.get("birth_date", ""))
        year = said if isinstance(said, int) else None
        minor = year is not None and self._today.year - year < ADULT
        return ImportedPatron(
            id=self._id(values),
            name=values["name"],
            member_number=number or None,
            registered_on=self._registered(values.get("registered", "")),
            sex=str(self._sex(values.get("sex", ""))),
            birth_year=year,
            occupation=self._slug("occupation", values),
            education=self._slug("education", values),
            village=values.get("village") or None,
            contact=values.get("contact") or None,
            guardian_consent=int(minor and self._plan.consented),
        )

    def _id(self, values: Mapping[str, str]) -> str:
        """By the number, else by what the row says and its place among equals."""
        if number := values.get("member", ""):
            return patron_id(number, self._key)
        said = "\x1f".join(values.get(code, "") for code in ("name", "birth_date", "village"))
        self._seen[said] += 1
        return patron_id(f"\x1f{said}\x1f{self._seen[said]}", self._key)

    def _birth_year(self, text: str) -> int | Problem | None:
        if text.casefold() in _NOTHING:
            return None
        if text.isdecimal() and len(text) == 4:
            year = int(text)
        else:
            found = day_of(text, self._orders["birth_date"], self._today)
            if isinstance(found, Problem):
                return found
            year = found.year
        return year if self._today.year - OLDEST <= year <= self._today.year else BIRTH_FUTURE

    def _registered(self, text: str) -> str:
        """When somebody became a member; today where the list does not say."""
        found = day_of(text, self._orders.get("registered", DayOrder()), self._today)
        day = self._today if isinstance(found, Problem) or found > self._today else found
        return day.isoformat()

    def _sex(self, text: str) -> Sex:
        found = sex_of(text)
        self._zeros = self._zeros or text == "0"
        if found is None:
            title = self._head.titles[self._at["sex"]]
            self._unclear.setdefault(title, Counter())[text] += 1
        return found or Sex.UNKNOWN

    def _slug(self, code: str, values: Mapping[str, str]) -> str:
        text = values.get(code, "")
        slug = self._words[code].slug(text)
        if slug is None:
            title = self._head.titles[self._at[code]]
            self._unclear.setdefault(title, Counter())[text] += 1
        return slug or UNKNOWN

    def _titles(self) -> tuple[str, ...]:
        labels = {each.code: tr(each.label) for each in FIELDS[What.PATRONS]}
        return tuple(labels[code] for code in self._at)

    def _as_shown(self, person: ImportedPatron) -> tuple[str, ...]:
        """Somebody as they would be kept."""
        said = {
            "name": person.name,
            "member": person.member_number or "",
            "sex": label(Sex(person.sex)),
            "birth_date": str(person.birth_year or ""),
            "occupation": self._words["occupation"].label(person.occupation),
            "education": self._words["education"].label(person.education),
            "village": person.village or "",
            "contact": person.contact or "",
            "registered": date_digits(date.fromisoformat(person.registered_on)),
        }
        return tuple(said[code] for code in self._at)

    def _aside(
        self, place: int, row: Sequence[str], why: Problem, value: str = "", code: str = ""
    ) -> Aside:
        titles = self._head.titles
        cells = tuple(
            "" if at < len(titles) and is_never(titles[at]) else cell for at, cell in enumerate(row)
        )
        column = titles[self._at[code]] if code else ""
        return Aside(row=place, problem=why, column=column, value=value, cells=cells)

    def _remarks(self) -> Iterator[Remark]:
        """What is to be said of the list as a whole; no name is in it."""
        private = [title for title in self._head.titles if is_never(title)]
        if private:
            yield Remark(problem=PRIVATE_COLUMNS, params={"columns": ", ".join(private)})
        for order in self._orders.values():
            yield from order_remarks(order)
        if self._zeros:
            yield Remark(problem=ZERO_IS_FEMALE)
        yield from unclear_remarks(self._unclear)
        if self._nameless:
            yield Remark(problem=KEPT_NAMELESS, params={"n": self._nameless})
        if self._differ:
            yield Remark(problem=NAME_DIFFERS, params={"n": self._differ})
        rest = [title for title in unused(self._head, self._plan) if not is_never(title)]
        yield from unused_remarks(rest)


_OUT = (*LEFT_OUT, MINOR, REMOVED_HERE)


def _cell(row: Sequence[str], at: int) -> str:
    return row[at].strip() if at < len(row) else ""
