"""The board without a mouse, read aloud, small and with large text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from perpudesk.computers.booking import ReservationDraft, ReservationKind
from perpudesk.computers.model import WorkstationDraft
from perpudesk.computers.page import ComputersPage
from perpudesk.computers.page.arrange import Room
from perpudesk.core import i18n
from perpudesk.core.codes import Condition, Sex
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk
from perpudesk.patrons.model import Patron, Profile
from perpudesk.ui import theme
from tests.computers.page.conftest import begun, tile
from tests.ui.accessibility import assert_accessible, spoken_name, texts_fit
from tests.visits.conftest import Person


@pytest.fixture
def every_state(desk: Desk, fixed_clock: FixedClock) -> None:
    """A tile of each kind, an own device, and an outage to look at."""
    desk.workstations.add_many(9)
    places = desk.workstations.all()
    begun(desk, places[8], limit=60)
    desk.recovery.beat()
    fixed_clock.advance(minutes=4)
    desk.recovery.recover()
    begun(desk, places[1], profile=Profile(sex=Sex.MALE, age_band="12-16"))
    fixed_clock.advance(minutes=6)
    begun(desk, places[2])
    fixed_clock.advance(minutes=20)
    begun(desk, places[0], purpose="government", profile=Profile(sex=Sex.FEMALE, age_years=31))
    desk.computers.pause(begun(desk, places[3]).id)
    begun(desk, None)
    desk.workstations.set_condition(places[4].id, Condition.MAJOR_DAMAGE, note="No picture")
    desk.workstations.change(
        places[5].id, WorkstationDraft(label="Front counter", number=6, is_public=False)
    )
    desk.workstations.change(places[7].id, WorkstationDraft(label="Katalog", number=8))
    now = fixed_clock.now()
    for at, kind, title in (
        (6, ReservationKind.CLASS, "Training: e-mail for small businesses"),
        (7, ReservationKind.PERSON, None),
    ):
        desk.reservations.reserve(
            ReservationDraft(
                kind=kind,
                title=title,
                start=now + timedelta(seconds=30),
                end=now + timedelta(hours=2),
                workstation_ids=(places[at].id,),
            )
        )
    fixed_clock.advance(minutes=1)


def stops(page: ComputersPage) -> Iterator[QWidget]:
    """Where Tab comes, from the first of the page on."""
    widget = page.nextInFocusChain()
    while widget is not page:
        by_tab = bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
        inside = page.isAncestorOf(widget) and widget.isVisible() and widget.isEnabled()
        if by_tab and inside and widget.focusProxy() is None:
            yield widget
        widget = widget.nextInFocusChain()


@pytest.mark.usefixtures("every_state")
def test_tab_comes_to_the_board_once(
    open_page: Callable[..., ComputersPage], person: Person
) -> None:
    page = open_page()
    names = [spoken_name(each) for each in stops(page)]
    first = names[2]
    assert names[:2] == ["Look at 1 session", "That is right"]
    assert first.startswith("PC 1, In use, F · 31 y, 29 min left")
    assert sum(name.startswith("PC ") for name in names) == 1
    person.presses(Qt.Key.Key_Right)
    assert [spoken_name(each) for each in stops(page)][2].startswith("PC 2, Nearly over")


@pytest.mark.usefixtures("every_state")
def test_tiles_are_read_aloud(open_page: Callable[..., ComputersPage]) -> None:
    page = open_page()
    said = [view.accessibleName() for view in page.view.board.tiles()]
    assert said == [
        "PC 1, In use, F · 31 y, 29 min left, Government services",
        "PC 2, Nearly over, M · 12–16, 3 min left",
        "PC 3, In use, Visitor, 9 min left",
        "PC 4, Paused, Visitor, 30 min left",
        "PC 5, Badly damaged, No picture, Broken",
        "PC 7, Class, Training: e-mail for small businesses, 10:11–12:11",
        "Katalog, Reserved, a person, 10:11–12:11",
        "PC 9, Free, Free",
        "Own device (Wi-Fi), In use, Visitor, 29 min left",
    ]
    assert_accessible(page)


@pytest.mark.usefixtures("every_state")
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("seen", [(1126, 768, 1.0), (944, 600, 1.0), (1246, 768, 1.5)])
def test_words_have_room(
    open_page: Callable[..., ComputersPage],
    person: Person,
    qapp: QApplication,
    seen: tuple[int, int, float],
    language: str,
) -> None:
    i18n.use(language)
    width, height, scale = seen
    theme.apply(qapp, scale=scale)
    page = open_page(width, height)
    person.waits()
    assert texts_fit(page) == []
    assert page.view.board.height() <= page.view._scroll.viewport().height()
    person.types("9")
    person.waits()
    panel = page.beginning.panel
    assert panel.isVisible()
    assert texts_fit(panel) == []
    assert panel.height() <= page.view.height()
    assert_accessible(panel)
    person.presses(Qt.Key.Key_Escape)
    person.types("b")
    assert texts_fit(page.clerk.broken) == []


@pytest.mark.usefixtures("every_state")
@pytest.mark.parametrize("scheme", ["light", "dark", "contrast"])
@pytest.mark.parametrize("count", [0, 15, 51])
def test_every_kind_is_painted_in_every_room(
    desk: Desk,
    open_page: Callable[..., ComputersPage],
    qapp: QApplication,
    scheme: str,
    count: int,
) -> None:
    if count:
        desk.workstations.add_many(count)
    theme.apply(qapp, scheme=scheme)
    page = open_page(1166, 768)
    assert not page.grab().isNull()
    rooms = {0: Room.WIDE, 15: Room.PLAIN, 51: Room.TIGHT}
    assert page.view.board.room is rooms[count]
    for view in page.view.board.tiles()[:10]:
        view.setFocus()
    page.view.board.offer(lambda _tile: True)
    assert not page.grab().isNull()


def test_the_panel_leaves_its_tile_in_view(
    desk: Desk, open_page: Callable[..., ComputersPage], person: Person, siti: Patron
) -> None:
    desk.workstations.add_many(8)
    page = open_page(1166, 768)
    for number in range(1, 9):
        person.types(str(number))
        panel, view = page.beginning.panel, tile(page, number)
        over = panel.geometry().intersected(
            view.rect().translated(view.mapTo(page.view, view.rect().topLeft()))
        )
        assert over.width() < view.width() // 2, number
        person.presses(Qt.Key.Key_Escape)
    assert siti
