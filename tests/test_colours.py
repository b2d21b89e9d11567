"""Every page by its colours: a page enters by standing in `Places.all()`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from perpudesk.core.settings import change_settings
from perpudesk.ui import theme
from perpudesk.ui.buttons import Button
from perpudesk.ui.cards import Card
from perpudesk.ui.layout import boxed, column
from perpudesk.ui.marks import Pill
from perpudesk.ui.stylesheet import TONES
from perpudesk.ui.text import Text
from perpudesk.ui.tokens import Scheme, contrast
from tests.test_accessibility import focusable, records
from tests.test_app import Start, boxes, qt, start
from tests.ui.accessibility import spoken_name
from tests.ui.painted import Painted, Word, painted, ring
from tests.ui.windows import shown

__all__ = ["boxes", "painted", "qt", "records", "start"]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support ", extend=True)
AA, RING_AA = 4.5, 3.0
"""WCAG 2.2: text and its ground (1.4.3), and the sign of what has the keys (1.4.11, 2.4.7)."""


def faint(words: Iterable[Word]) -> list[str]:
    """What does not stand out; what is switched off need not."""
    return [
        f"{type(each.widget).__name__} {each.text!r}: {each.ink} on {each.ground}"
        for each in words
        if each.widget.isEnabled() and contrast(each.ink, each.ground) < AA
    ]


def by_colour_alone(words: Iterable[Word]) -> Iterator[str]:
    """The same words in the same kind of widget, told apart by a hue that means something."""
    hues: defaultdict[tuple[str, str], set[frozenset[str]]] = defaultdict(set)
    for each in words:
        meant = frozenset((_hue(each.ink), _hue(each.ground))) - {""}
        hues[type(each.widget).__name__, each.text].add(meant)
    for (kind, text), found in hues.items():
        if len(found) > 1:
            yield f"{kind} {text!r}: {sorted(map(sorted, found))}"


def wordless(page: QWidget, words: Iterable[Word]) -> Iterator[str]:
    """What has a tone, and no words in it."""
    saying = [each.widget for each in words if each.text.strip()]
    for widget in page.findChildren(QWidget):
        tone = widget.property("tone") or (widget._edge if isinstance(widget, Card) else None)
        if tone in (None, "", "neutral") or not widget.isVisibleTo(page):
            continue
        if widget.visibleRegion().isEmpty():  # it is scrolled away, and its words with it
            continue
        if not any(each is widget or widget.isAncestorOf(each) for each in saying):
            yield f"{type(widget).__name__}: {tone}"


def _hue(colour: str) -> str:
    tokens = theme.current().tokens
    for hue in TONES.values():
        if colour in {getattr(tokens, f"{hue}{what}").lower() for what in ("", "_ink", "_soft")}:
            return hue
    return ""


@pytest.mark.parametrize("scheme", Scheme)
def test_every_word_stands_out_and_no_hue_speaks_alone(
    start: Start, records: Path, qtbot: QtBot, painted: Painted, scheme: Scheme
) -> None:
    change_settings(theme=str(scheme))
    app = start(records)
    assert theme.current().scheme is scheme
    unread, alone, found = [], [], 0
    hues: set[str] = set()
    for place in app._places.all():
        app.window.go(place.key)
        page = app.window.page(place.key)
        qtbot.waitUntil(page.isVisible)
        QApplication.processEvents()
        words = [*painted.words(page), *painted.words(app.window.rail)]
        found += len(words)
        unread += [f"{place.key}: {told}" for told in faint(words)]
        alone += [f"{place.key}: {told}" for told in by_colour_alone(words)]
        for part in (page, app.window.rail):
            alone += [f"{place.key}: {told}" for told in wordless(part, words)]
        hues |= {_hue(each.ink) for each in words}
    assert hues >= set(TONES.values())
    assert found > 700
    assert unread == []
    assert alone == []


@pytest.mark.parametrize("scheme", Scheme)
def test_where_the_keys_are_is_seen(
    start: Start, records: Path, qtbot: QtBot, scheme: Scheme
) -> None:
    change_settings(theme=str(scheme))
    app = start(records)
    unseen, found = [], 0
    for place in app._places.all():
        app.window.go(place.key)
        page = app.window.page(place.key)
        app.window.activateWindow()  # a page may have made a window of its own
        qtbot.waitUntil(app.window.isActiveWindow)
        for widget in focusable(page):
            if not widget.isVisibleTo(page):  # it was for what was shown a moment ago
                continue
            found += 1
            if (strength := ring(widget)) < RING_AA:
                unseen.append(f"{place.key}: {spoken_name(widget)!r} {strength:.1f}")
    assert found > 100
    assert unseen == []


def page_of(qtbot: QtBot, *parts: QWidget) -> QWidget:
    return shown(qtbot, boxed(column(*parts)), (300, 120))


@pytest.mark.usefixtures("qt")
def test_faint_words_are_seen(qtbot: QtBot, painted: Painted) -> None:
    words, pill = Text("faint"), Pill("none", "ok")
    words.setStyleSheet("color: #999999")
    page = page_of(qtbot, words, pill, Text("plain"))
    assert faint(painted.words(page)) == ["Text 'faint': #999999 on #f2f4f3"]
    pill.setStyleSheet("color: #e6f3e7; background: #e6f3e7")
    assert "Pill 'none': #e6f3e7 on #e6f3e7" in faint(painted.words(page))


@pytest.mark.usefixtures("qt")
def test_a_hue_that_speaks_alone_is_seen(qtbot: QtBot, painted: Painted) -> None:
    page = page_of(qtbot, Pill("3", "ok"), Pill("4", "error"), Pill("3", "warn"))
    found = painted.words(page)
    assert list(by_colour_alone(found)) == ["Pill '3': [['amber'], ['green']]"]
    assert list(by_colour_alone(found[:2])) == []


@pytest.mark.usefixtures("qt")
def test_a_tone_without_words_is_seen(qtbot: QtBot, painted: Painted) -> None:
    card, saying = Card(), Card()
    saying.add(Text("Overdue"))
    for each in (card, saying):
        each.set_edge("error")
    page = page_of(qtbot, card, saying)
    assert list(wordless(page, painted.words(page))) == ["Card: red"]


@pytest.mark.usefixtures("qt")
def test_what_does_not_say_that_it_has_the_keys_is_seen(qtbot: QtBot) -> None:
    dumb, button = QWidget(), Button("Ok", lambda: None)
    dumb.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    page = page_of(qtbot, dumb, button)
    assert page.isVisible()
    assert ring(dumb) < RING_AA < ring(button)
