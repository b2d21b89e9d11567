"""What can go wrong, each with a sentence that says what happened and what to do.

A `Problem` is declared once, beside the rule that finds it; the exception carries the problem and
its parameters. The sentence is written when it is shown, in the language of whoever reads it.
"""

from __future__ import annotations

from dataclasses import dataclass

from perpudesk.core.i18n import tr


@dataclass(frozen=True, slots=True)
class Problem:
    """A kind of error: a stable `code` and an English `sentence` with `{named}` parameters."""

    code: str
    sentence: str


class PerpuDeskError(Exception):
    """An error that a person caused or can mend; anything else is our bug."""

    def __init__(self, problem: Problem, **params: object) -> None:
        super().__init__(problem.code, params)
        self.problem = problem
        self.params = params

    @property
    def code(self) -> str:
        """The problem's stable code, for tests and for programs."""
        return self.problem.code

    def sentence(self) -> str:
        """The sentence in the current language."""
        return tr(self.problem.sentence, **self.params)

    def __str__(self) -> str:
        return self.sentence()


class InputError(PerpuDeskError):
    """Something typed is refused; `field` names where."""

    def __init__(self, problem: Problem, *, field: str, **params: object) -> None:
        super().__init__(problem, **params)
        self.field = field


class RuleError(PerpuDeskError):
    """The state of the records does not allow it."""


class FileError(PerpuDeskError):
    """A file that somebody gave us cannot be used."""


class StorageError(PerpuDeskError):
    """Our own store is full, locked, damaged or cannot be reached."""
