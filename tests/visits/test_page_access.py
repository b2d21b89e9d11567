"""The desk without a mouse, and read aloud."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QMenu, QWidget

from perpudesk.core.codes import (
    DESK_AGE_SET,
    FULL_AGE_SET,
    Disability,
    Method,
    Precision,
    Sex,
    VisitorType,
)
from perpudesk.desk import Desk
from perpudesk.patrons.model import Patron, Profile
from perpudesk.ui import theme
from perpudesk.visits.form.days import DaysDialog
from perpudesk.visits.form.group import GroupDialog
from perpudesk.visits.form.visit import VisitDialog
from perpudesk.visits.form.words import about, time_words, who, who_spoken
from perpudesk.visits.model import Moment, Part, Visit, VisitDraft, cells_of
from perpudesk.visits.page import VisitsPage
from tests.visits.conftest import Person


def reachable(root: QWidget) -> Iterator[QWidget]:
    """What Tab comes to, in its order."""
    widget = root.nextInFocusChain()
    while widget is not root:
        by_tab = bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
        inside = root.isAncestorOf(widget) and widget.isVisible() and widget.isEnabled()
        if by_tab and inside and widget.focusProxy() is None:
            yield widget
        widget = widget.nextInFocusChain()


def named(root: QWidget) -> list[str]:
    """The names of what Tab comes to; nothing is without one."""
    names = {widget: widget.accessibleName() for widget in reachable(root)}
    assert [widget for widget, name in names.items() if not name] == []
    return list(names.values())


def test_tab_goes_in_reading_order(page: VisitsPage, person: Person) -> None:
    person.types("q")
    names = named(page)
    wanted = [
        "State of today: Open · counted",
        "Scan a card or type a name",
        "How many people",
        "Group…",
        "Reading",
        "Visitors by sex and age",
        "Undo",
        "Just recorded",
    ]
    assert [name for name in names if name in wanted] == wanted


def test_every_dialog_is_named(page: VisitsPage, desk: Desk, person: Person) -> None:
    person.types("q")
    page.dialogs.group()
    page.dialogs.edit(desk.visits.recent(1)[0])
    page.dialogs.days()
    for kind in (GroupDialog, VisitDialog, DaysDialog):
        dialog = page.findChild(kind)
        assert dialog is not None
        assert dialog.windowTitle()
        assert named(dialog)
        dialog.close()


def test_cells_are_read_aloud(page: VisitsPage, person: Person) -> None:
    person.types("we")
    cell = page.board.grid.cell(Sex.FEMALE, "12-16")
    assert cell.accessibleName() == "Female · 12–16"
    assert cell.accessibleDescription() == "1 today, key W"


def test_the_pill_by_keyboard(page: VisitsPage, person: Person) -> None:
    page.day.setFocus(Qt.FocusReason.TabFocusReason)
    page.grab()
    person.presses(Qt.Key.Key_F7)
    person.presses(Qt.Key.Key_Return)
    menu = page.day.findChild(QMenu)
    assert menu is not None
    menu.close()


def test_the_chips_by_arrows(page: VisitsPage, person: Person) -> None:
    page.board.chips.chip("reading").setFocus(Qt.FocusReason.TabFocusReason)
    person.key(" ")
    assert page.recorder.purpose == "reading"
    person.presses(Qt.Key.Key_Right)
    person.presses(Qt.Key.Key_Right)
    assert page.recorder.purpose == "computer"
    person.types("q")
    assert page.recent._visits[0].purpose == "computer"


def test_keys_before_an_arrow_come_first(page: VisitsPage, person: Person, siti: Patron) -> None:
    person.types("/siti")
    person.types("x", wait=False)
    person.presses(Qt.Key.Key_Backspace)
    assert page.entry.seek.typed() == "siti"
    person.presses(Qt.Key.Key_Escape)
    person.types("/", wait=False)
    person.presses(Qt.Key.Key_Down)
    assert person.focus is page.entry.seek.box
    assert page.entry.seek.matches()[0].patron == siti
    person.presses(Qt.Key.Key_Up)
    found = page.entry.seek._list
    assert found is not None
    assert found.current() == found.matches[0]


@pytest.fixture(params=["light 1.0 full", "light 1.5 desk", "dark 1.5 full", "contrast 1.0 desk"])
def dressed(
    request: pytest.FixtureRequest,
    qapp: QApplication,
    desk: Desk,
    open_page: Callable[..., VisitsPage],
) -> VisitsPage:
    """The page in a palette, at a text scale, with a set of age groups."""
    scheme, scale, age_set = request.param.split()
    desk.branch.set_up(age_set=age_set)
    theme.apply(qapp, scheme=scheme, scale=float(scale))
    return open_page(1166, 768)


def test_it_paints_in_every_look(dressed: VisitsPage, person: Person) -> None:
    page = dressed
    person.types("q1a" * 4)
    person.presses(Qt.Key.Key_Right)
    picture = page.grab().toImage()
    cell = page.board.grid.cell(Sex.UNKNOWN, "unknown")
    assert page.rect().contains(cell.mapTo(page, cell.rect().bottomRight()))
    assert not picture.isNull()
    assert not any(bar.isVisible() for bar in _sideways(page))


def _sideways(page: VisitsPage) -> list[QWidget]:
    areas = page.findChildren(QAbstractScrollArea)
    return [area.horizontalScrollBar() for area in areas]


# ---------------------------------------------------------------- words


def visit(**fields: object) -> Visit:
    day = date(2026, 11, 23)
    known: dict[str, object] = {
        "id": "v",
        "moment": Moment(
            local_date=day, local_hour=None, occurred_at=None, precision=Precision.DAY
        ),
        "type": VisitorType.NON_MEMBER,
        "count": 1,
        "profile": Profile(),
        "disability": Disability.UNKNOWN,
        "purpose": "unknown",
        "method": Method.COUNTED,
        "patron_id": None,
        "patron_name": None,
        "institution": None,
        "leader_id": None,
        "leader_name": None,
        "parts": (),
        "note": None,
        "batch_id": None,
    }
    return Visit(**{**known, **fields})  # type: ignore[arg-type]


GROUP = VisitorType.GROUP


@pytest.mark.usefixtures("look")
@pytest.mark.parametrize(
    "fields, short, spoken",
    [
        ({}, "Visitor", "Visitor"),
        ({"profile": Profile(sex=Sex.MALE)}, "M · ?", "Male · Not recorded"),
        ({"profile": Profile(age_band="46+")}, "? · 46+", "Not recorded · 46+"),
        ({"profile": Profile(sex=Sex.FEMALE, age_years=30)}, "F · 30 y", "Female · 30 y"),
        ({"patron_name": "Siti"}, "Siti", "Siti"),
        ({"type": GROUP}, "Group", "Group"),
        ({"type": GROUP, "leader_name": "Budi"}, "Budi", "Budi"),
        ({"type": GROUP, "institution": "SMP 1", "leader_name": "B"}, "SMP 1", "SMP 1"),
    ],
)
def test_a_visit_in_words(fields: dict[str, object], short: str, spoken: str) -> None:
    assert (who(visit(**fields)), who_spoken(visit(**fields))) == (short, spoken)


def test_a_visit_of_a_day_has_no_time(desk: Desk) -> None:
    where = desk.store.author.zone
    assert time_words(visit(), where) == "–"
    on_time = desk.visits.record(VisitDraft(on=date(2026, 11, 20), at=time(8, 5)))
    assert time_words(on_time, where) == "08.05"
    assert datetime.fromisoformat(on_time.moment.occurred_at or "").hour == 1


@pytest.mark.usefixtures("look")
def test_what_tells_two_people_apart(siti: Patron) -> None:
    assert about(siti, date(2026, 11, 23)) == "A-0012 · F · 32 y"


def test_one_more_visit_of_a_day_only(desk: Desk) -> None:
    before = desk.visits.today()
    after = desk.visits.record(VisitDraft(on=date(2026, 11, 23), count=2))
    today = before.plus(after, DESK_AGE_SET)
    assert today == desk.visits.today()
    assert (today.total, today.by_hour) == (2, {})


def test_a_group_stands_in_the_cells_of_its_parts() -> None:
    boys = Part(sex=Sex.MALE, age_band="12-16", count=5)
    grouped = visit(type=GROUP, count=7, parts=(boys,))
    assert cells_of(grouped, FULL_AGE_SET) == {
        ("male", "12-16"): 5,
        ("unknown", "unknown"): 2,
    }
