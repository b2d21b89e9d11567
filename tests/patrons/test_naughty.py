"""The big list of naughty strings, whole: kept as text or refused with a sentence, and found."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from perpudesk.core.errors import InputError
from perpudesk.desk import Desk
from perpudesk.patrons.form import PatronDialog
from perpudesk.patrons.model import Patron, PatronDraft
from perpudesk.patrons.page import PatronsPage

NAUGHTY = Path(__file__).parents[3] / "shared" / "data" / "naughty-strings.json"
pytestmark = pytest.mark.skipif(not NAUGHTY.exists(), reason="the list is not on this machine")


def strings() -> list[str]:
    read: list[str] = json.loads(NAUGHTY.read_text("utf-8"))
    return read


def tidy(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def kept_or_refused(desk: Desk, text: str) -> Patron | InputError:
    try:
        return desk.patrons.add(PatronDraft(name=text))
    except InputError as error:
        return error


def test_every_one_is_kept_as_text_or_refused(desk: Desk) -> None:
    refused = 0
    with desk.store.writing():
        for text in strings():
            told = kept_or_refused(desk, text)
            if isinstance(told, InputError):
                refused += 1
                assert told.field == "name"
                assert told.sentence()
            else:
                assert told.name == tidy(text)
                assert desk.patrons.get(told.id) == told
    assert 0 < refused < 40
    assert desk.patrons.count() == len(strings()) - refused


def test_every_one_can_be_searched_for(desk: Desk) -> None:
    kept = {}
    with desk.store.writing():
        for text in dict.fromkeys(map(tidy, strings())):
            told = kept_or_refused(desk, text)
            if not isinstance(told, InputError):
                kept[text] = told.id
    missed = [text for text in kept if kept[text] not in desk.patrons.index().find(text, 60)]
    assert missed == []


@pytest.mark.usefixtures("look")
def test_the_search_field_takes_them_all(desk: Desk, qtbot: QtBot) -> None:
    desk.patrons.add(PatronDraft(name="Siti"))
    page = PatronsPage(desk.patrons, desk.branch, desk.visits.last_seen)
    qtbot.addWidget(page)
    page.show()
    for text in strings():
        page.search.setText(text)
    page.search.clear()
    assert page.table.rows.rowCount() == 1


@pytest.mark.usefixtures("look")
def test_the_form_keeps_or_refuses_them_whole(desk: Desk) -> None:
    for text in strings()[::9]:
        dialog = PatronDialog(desk.patrons, desk.branch)
        box = dialog.form.field("name").widget
        box.setText(text)  # type: ignore[attr-defined]
        typed = box.text()  # type: ignore[attr-defined]
        before = desk.patrons.count()
        dialog.submitted.emit()
        refused = bool(dialog.form.field("name").error())
        assert desk.patrons.count() - before == (0 if refused else 1)
        if refused:
            assert box.text() == typed  # type: ignore[attr-defined]
            dialog.reject()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
