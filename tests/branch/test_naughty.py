"""The big list of naughty strings, whole, as what a branch writes about itself."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from pytestqt.qtbot import QtBot

from perpudesk.branch.page import SettingsPage
from perpudesk.core.errors import InputError
from perpudesk.desk import Desk
from tests.branch.typing import field, shown

NAUGHTY = Path(__file__).parents[3] / "shared" / "data" / "naughty-strings.json"
pytestmark = pytest.mark.skipif(not NAUGHTY.exists(), reason="the list is not on this machine")


def strings() -> list[str]:
    read: list[str] = json.loads(NAUGHTY.read_text("utf-8"))
    return read


T = TypeVar("T")


def kept_or_refused(work: Callable[[], T]) -> T | InputError:
    try:
        return work()
    except InputError as error:
        return error


def test_every_one_is_kept_as_text_or_refused(desk: Desk) -> None:
    with desk.store.writing():
        for text in strings():
            before = desk.branch.current()
            tidy = unicodedata.normalize("NFC", text).strip()
            told = kept_or_refused(partial(desk.branch.set_up, name=text, letterhead=(text,)))
            if isinstance(told, InputError):
                assert told.field in ("name", "letterhead")
                assert desk.branch.current() == before
            else:
                assert (told.name, told.letterhead) == (tidy, (tidy,))
                assert desk.branch.letterhead().office == tidy


def test_every_one_can_be_an_entry_of_a_list(desk: Desk) -> None:
    with desk.store.writing():
        for text in strings():
            add = partial(desk.branch.add_entry, "purposes", text, standard="other")
            told = kept_or_refused(add)
            if isinstance(told, InputError):
                assert told.field == "entry"
            else:
                assert told in desk.branch.entries("purposes")
    slugs = [each.slug for each in desk.branch.entries("purposes")]
    assert len(slugs) == len(set(slugs)) > 300
    assert all(slug.isascii() and slug.replace("_", "").isalnum() for slug in slugs)


@pytest.mark.usefixtures("look")
def test_the_field_keeps_or_refuses_them_whole(desk: Desk, qtbot: QtBot) -> None:
    page = SettingsPage(desk.branch, folder=desk.folder)
    shown(qtbot, page)
    form = page.section().form  # type: ignore[attr-defined]
    box = field(form, "place")
    for text in strings()[::3]:
        box.setText(text)
        typed = box.text()
        kept = form.keep_all()
        assert kept == (not form.field("place").error())
        assert box.text() == typed
