"""Where the tiles stand, from 2 to 60 of them, on both screens."""

from __future__ import annotations

import pytest

from perpudesk.computers.page.arrange import SHAPES, Room, arrange

LARGE, SMALL = (846, 650), (676, 470)
"""What is seen of the board at 1366×768 and at 1024×600, in px."""


@pytest.mark.parametrize(
    "count, seen, scale, room",
    [
        (2, LARGE, 1.0, Room.WIDE),
        (8, LARGE, 1.0, Room.WIDE),
        (12, LARGE, 1.0, Room.WIDE),
        (20, LARGE, 1.0, Room.PLAIN),
        (40, LARGE, 1.0, Room.CLOSE),
        (60, LARGE, 1.0, Room.TIGHT),
        (2, SMALL, 1.0, Room.WIDE),
        (8, SMALL, 1.0, Room.WIDE),
        (12, SMALL, 1.0, Room.PLAIN),
        (40, SMALL, 1.0, Room.TIGHT),
        (8, (812, 560), 1.5, Room.PLAIN),
    ],
)
def test_they_say_as_much_as_there_is_room_for(
    count: int, seen: tuple[int, int], scale: float, room: Room
) -> None:
    found = arrange(count, *seen, scale)
    assert found.room is room
    assert found.height <= seen[1]


def test_sixty_at_large_text_scroll() -> None:
    found = arrange(60, 800, 560, 1.5)
    assert found.room is Room.TIGHT
    assert found.height > 560


@pytest.mark.parametrize("count", range(1, 61))
@pytest.mark.parametrize("seen", [LARGE, SMALL, (300, 200), (2000, 1200)])
def test_all_stand_within_and_none_over_another(count: int, seen: tuple[int, int]) -> None:
    found = arrange(count, *seen, 1.0)
    places = [found.place(at) for at in range(count)]
    assert len(set(places)) == count
    assert max(left for left, _ in places) + found.wide <= seen[0]
    assert max(top for _, top in places) + found.tall == found.height
    assert found.tall >= SHAPES[found.room].tall


def test_no_tile_at_all() -> None:
    assert arrange(0, 846, 650, 1.0).columns >= 1
