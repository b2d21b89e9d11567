"""The keys of the board, as the sheet of keys lists them."""

from __future__ import annotations

from perpudesk.computers.form.start import ASSISTED_KEY, VISIT_KEY, StartPanel
from perpudesk.computers.page.banners import CHECK_KEY, RIGHT_KEY
from perpudesk.computers.page.deeds import Deed
from perpudesk.core.i18n import tr
from perpudesk.ui.page import KeyUse

DEVICE_KEY, PERSON_KEY, SESSIONS_KEY, RESERVATIONS_KEY = "W", "/", "L", "J"
_OF_TILE = (
    Deed.EXTEND,
    Deed.PAUSE,
    Deed.MOVE,
    Deed.SWAP,
    Deed.PURPOSE,
    Deed.CORRECT,
    Deed.BREAK,
    Deed.RESERVE,
)


def board_keys() -> tuple[KeyUse, ...]:
    """What keys do while no panel is open."""
    after = tr("What nobody ended: look at it, or all is right")
    return (
        KeyUse(keys=tr("Number, Enter"), text=tr("Start or end at that computer")),
        KeyUse(keys=tr("Arrows"), text=tr("Go to another computer")),
        *(KeyUse(keys=deed.key, text=deed.words) for deed in _OF_TILE),
        KeyUse(keys=Deed.MENU.key, text=tr("All that can be done there")),
        KeyUse(keys=DEVICE_KEY, text=tr("Own device (Wi-Fi)")),
        KeyUse(keys=PERSON_KEY, text=tr("Find somebody, then choose a computer")),
        KeyUse(keys=SESSIONS_KEY, text=tr("All sessions")),
        KeyUse(keys=RESERVATIONS_KEY, text=tr("All reservations")),
        KeyUse(keys=f"{CHECK_KEY}  {RIGHT_KEY}", text=after),
    )


def start_keys(panel: StartPanel) -> tuple[KeyUse, ...]:
    """What keys do while a session is begun."""
    return (
        KeyUse(keys=panel.grid.keys(), text=tr("While a session begins: who it is")),
        KeyUse(keys=panel.purpose_keys(), text=tr("While a session begins: what it is for")),
        KeyUse(keys="*", text=tr("While a session begins: how long")),
        KeyUse(keys=VISIT_KEY, text=tr("Count the visit too")),
        KeyUse(keys=ASSISTED_KEY, text=tr("Helped by staff")),
    )
