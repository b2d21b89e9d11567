"""What cells say of somebody in words, by the columns that were given: sex, age, lists, type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from perpudesk.core.codes import UNKNOWN, Sex, VisitorType
from perpudesk.importing.words import Vocabulary, age_of, sex_of, type_of

Unclear = list[tuple[str, str]]
"""Words that were not understood, each with the title of its column."""
Values = Mapping[str, str]
"""What the cells of a row hold, tidied, by field."""

_NON_MEMBER = {"non-member", "non member", "nonmember", "-"}


def member_number(text: str) -> str:
    """A member number, empty where a cell says that there is none."""
    return "" if text.casefold() in _NON_MEMBER else text


class CellWords:
    """Reads words below the same titles; what it does not understand counts as not recorded."""

    def __init__(
        self, titles: Sequence[str], columns: Mapping[str, int], words: Mapping[str, Vocabulary]
    ) -> None:
        """`columns` are places by field, `words` the branch's lists by that field."""
        self._names, self._at, self._words = titles, columns, words

    def title(self, code: str) -> str:
        """What stands above the cells of a field."""
        return self._names[self._at[code]]

    def sex(self, values: Values, unclear: Unclear) -> Sex:
        """The sex that a row names."""
        text = values.get("sex", "")
        found = sex_of(text) if text else Sex.UNKNOWN
        if found is None:
            unclear.append((self.title("sex"), text))
        return found or Sex.UNKNOWN

    def age(self, values: Values, unclear: Unclear) -> tuple[int | None, str | None]:
        """The years or the band that a row names."""
        text = values.get("age", "")
        if not text or text in ("-", "–", "?"):
            return None, None
        found = age_of(text)
        if found is None:
            unclear.append((self.title("age"), text))
            return None, None
        return found

    def type(self, values: Values, member: str, count: int, unclear: Unclear) -> str:
        """As it is told; else by the member number, where the table has a column for it."""
        told = values.get("type", "")
        found = type_of(told) if told else None
        if found is not None:
            return str(found)
        if told and not member:
            unclear.append((self.title("type"), told))
            return UNKNOWN
        if "member" not in self._at or count > 1:
            return UNKNOWN
        return str(VisitorType.MEMBER if member else VisitorType.NON_MEMBER)

    def slug(self, values: Values, code: str, unclear: Unclear) -> str:
        """The entry of a list that a row names."""
        text = values.get(code, "")
        slug = self._words[code].slug(text) if text else UNKNOWN
        if slug is None:
            unclear.append((self.title(code), text))
        return slug or UNKNOWN

    def label(self, code: str, slug: str) -> str:
        """What an entry of a list is called."""
        return self._words[code].label(slug)
