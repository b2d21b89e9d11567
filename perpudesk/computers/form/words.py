"""How a workstation and its use are told: on a tile of the board, and in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from perpudesk.computers.board import Tile, TileKind
from perpudesk.computers.booking import Reservation, ReservationKind
from perpudesk.computers.model import Session, Workstation, used_ms
from perpudesk.core.codes import UNKNOWN, label
from perpudesk.core.formats import NOTHING, clock_text, number
from perpudesk.core.i18n import tr, trc
from perpudesk.visits.form.words import profile_short

TONES = {
    TileKind.FREE: "neutral",
    TileKind.IN_USE: "ok",
    TileKind.NEARLY_OVER: "warn",
    TileKind.OVER_TIME: "error",
    TileKind.PAUSED: "neutral",
    TileKind.CLASS: "info",
    TileKind.RESERVED: "info",
    TileKind.CALLED: "info",
    TileKind.BROKEN: "neutral",
}
"""The tone of the word that says what a workstation is."""


_STATES: dict[TileKind, Callable[[], str]] = {
    TileKind.FREE: lambda: trc("workstation", "Free"),
    TileKind.IN_USE: lambda: trc("workstation", "In use"),
    TileKind.NEARLY_OVER: lambda: tr("Nearly over"),
    TileKind.OVER_TIME: lambda: tr("Over time"),
    TileKind.PAUSED: lambda: trc("workstation", "Paused"),
    TileKind.CLASS: lambda: trc("workstation", "Class"),
    TileKind.RESERVED: lambda: tr("Reserved"),
    TileKind.CALLED: lambda: trc("ticket", "Called"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """What a tile says: `title` and `state`, `who`, the time in `big` and shorter in `brief`.

    `key` is the number to type where the title does not end in it. `share` is how far the bar
    goes, 0 to 100. `spoken` is all of it for a reader.
    """

    kind: TileKind
    title: str
    key: str
    state: str
    who: str
    big: str
    brief: str
    note: str
    share: int
    spoken: str

    @property
    def tone(self) -> str:
        """The tone of `state`."""
        return TONES[self.kind]


def face(tile: Tile, now: datetime, where: tzinfo, purposes: dict[str, str]) -> Face:
    """The tile in words, at a moment, on the branch's own clock; `purposes` are their labels."""
    place, session, kept = tile.workstation, tile.session, tile.reservation
    title = tr("Wi-Fi") if place is None else place.label
    state = _state(tile)
    big, brief = _time(tile, now, where)
    who = _who(tile)
    note = ""
    if session is not None and session.purpose != UNKNOWN:
        note = purposes.get(session.purpose, "")
    if kept is not None and tile.kind not in (TileKind.CLASS, TileKind.RESERVED):
        note = coming_words(kept, where)
    called = tr("Own device (Wi-Fi)") if place is None else title
    spoken = ", ".join(part for part in (called, state, who, big, note) if part.strip(NOTHING))
    return Face(
        kind=tile.kind,
        title=title,
        key=_key(place),
        state=state,
        who=who,
        big=big,
        brief=brief,
        note=note,
        share=round(tile.share * 100),
        spoken=spoken,
    )


def _key(place: Workstation | None) -> str:
    if place is None or place.label.split()[-1] == str(place.number):
        return ""
    return str(place.number)


def _state(tile: Tile) -> str:
    if tile.kind is TileKind.BROKEN and tile.workstation is not None:
        return label(tile.workstation.state.condition)
    return _STATES[tile.kind]()


def _who(tile: Tile) -> str:
    if tile.session is not None:
        return tile.session.patron_name or profile_short(tile.session.profile)
    if tile.ticket is not None:
        return tile.ticket.patron_name or profile_short(tile.ticket.profile)
    if tile.kind in (TileKind.CLASS, TileKind.RESERVED) and tile.reservation is not None:
        return tile.reservation.whom
    if tile.kind is TileKind.BROKEN and tile.workstation is not None:
        return tile.workstation.state.note or NOTHING
    return NOTHING


def _time(tile: Tile, now: datetime, where: tzinfo) -> tuple[str, str]:
    """The time that is left or over, or what stands in its place; and the same shorter."""
    if tile.session is not None:
        return _session_time(tile, tile.session, now)
    if tile.ticket is not None:
        return tile.ticket.code, tile.ticket.code
    if tile.kind in (TileKind.CLASS, TileKind.RESERVED) and tile.reservation is not None:
        return span(tile.reservation, where), _state(tile)
    word = trc("workstation", "Broken") if tile.kind is TileKind.BROKEN else _state(tile)
    return word, word


def _session_time(tile: Tile, session: Session, now: datetime) -> tuple[str, str]:
    left = tile.minutes_left
    if left is None:
        used = minutes(used_ms(session, now) // 60_000)
        return used, used
    if tile.kind is TileKind.PAUSED:
        return _left(left), _state(tile)
    if left > 0:
        return _left(left), minutes(left)
    if left == 0:
        return tr("Time is up"), minutes(0)
    over = f"+{minutes(-left)}"
    return over, over


def _left(left: int) -> str:
    return tr("{time} left", time=minutes(max(0, left)))


def minutes(count: int) -> str:
    """`18 mnt`; from an hour on `1 j 5 mnt`."""
    if count < 60:
        return tr("{n} min", n=number(count))
    hours, rest = divmod(count, 60)
    if not rest:
        return tr("{h} h", h=number(hours))
    return tr("{h} h {n} min", h=number(hours), n=number(rest))


def span(kept: Reservation, where: tzinfo) -> str:
    """`10.00–12.00`."""
    start, end = (clock_text(each.astimezone(where)) for each in (kept.start, kept.end))
    return f"{start}–{end}"


def coming_words(kept: Reservation, where: tzinfo) -> str:
    """What comes soon: `Kelas 10.00`, `Dipesan 10.00`."""
    time = clock_text(kept.start.astimezone(where))
    if kept.kind is ReservationKind.CLASS:
        return tr("Class at {time}", time=time)
    return tr("Reserved at {time}", time=time)


def place_of(session: Session, places: Mapping[str, str]) -> str:
    """Where a session is or was last, by the labels of the workstations."""
    if session.device:
        return tr("Own device")
    return places.get(session.workstation_id or "", NOTHING)
