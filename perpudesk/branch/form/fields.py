"""Inputs that the first run and *Pengaturan* share."""

from __future__ import annotations

from perpudesk.core.codes import BranchKind, label
from perpudesk.core.i18n import tr
from perpudesk.core.times import ZONES, zone_label
from perpudesk.ui.buttons import ChipGroup
from perpudesk.ui.fields import ChoiceField

LANGUAGE_NAMES = (("id", "Bahasa Indonesia"), ("en", "English"))
"""Each in its own words: whoever cannot read the other finds it."""


def kind_field() -> ChoiceField:
    """What kind of library it is."""
    return ChoiceField([(str(kind), label(kind)) for kind in BranchKind])


def zone_field(own: str | None = None) -> ChipGroup:
    """The zones of Indonesia; `own`, set by a command, stands beside them."""
    keys = [*ZONES, *([own] if own and own not in ZONES else [])]
    return ChipGroup(tr("Time zone"), [(key, zone_label(key)) for key in keys])


def zone_hint() -> str:
    """Which islands belong to which zone."""
    return tr(
        "WIB: Sumatra, Java, West and Central Kalimantan. WITA: Bali, Nusa Tenggara, South, East "
        "and North Kalimantan, Sulawesi. WIT: Maluku, Papua."
    )
