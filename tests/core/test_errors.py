"""Errors that a person can mend: a stable code, a sentence in the reader's language."""

from __future__ import annotations

import importlib
import pickle
import pkgutil
from collections import Counter

import perpudesk
from perpudesk.core.errors import InputError, PerpuDeskError, Problem, StorageError
from perpudesk.core.i18n import speaking

NO_ROW = Problem("no_row", "Row {row} is not here.")


def test_the_sentence_is_filled_in_when_it_is_read() -> None:
    error = StorageError(NO_ROW, row=4)
    with speaking("en"):
        assert error.sentence() == str(error) == "Row 4 is not here."
    assert (error.code, error.params) == ("no_row", {"row": 4})
    assert isinstance(error, PerpuDeskError)


def test_something_typed_names_its_field() -> None:
    error = InputError(NO_ROW, field="count", row="{row}")
    assert error.field == "count"
    with speaking("en"):
        assert error.sentence() == "Row {row} is not here."


def test_a_traceback_shows_what_it_was() -> None:
    assert "no_row" in repr(StorageError(NO_ROW, row=4))
    assert pickle.loads(pickle.dumps(NO_ROW)) == NO_ROW


def test_every_problem_has_a_code_of_its_own() -> None:
    found = {
        value
        for module in pkgutil.walk_packages(perpudesk.__path__, "perpudesk.")
        if module.name != "perpudesk.__main__"
        for value in vars(importlib.import_module(module.name)).values()
        if isinstance(value, Problem)
    }
    codes = Counter(problem.code for problem in found)
    assert [code for code, times in codes.items() if times > 1] == []
    assert len(codes) > 100
