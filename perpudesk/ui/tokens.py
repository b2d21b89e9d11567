"""The colours by what they mean, in three palettes, and the contrast they keep.

Light is the palette of the design; dark and high contrast mean the same with other values. A hue
alone (`amber`) is for bars and edges, its `_ink` for words, its `_soft` for the ground below them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Scheme(StrEnum):
    """The palettes a branch can choose from."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """One palette: every colour as `#RRGGBB`, named by its one meaning."""

    background: str
    card: str
    line: str
    """Edges of cards and tables: decoration, no control is known by it alone."""
    control_line: str
    """Edges of fields: at least 3:1, a field is known by it."""
    ink: str
    quiet: str
    disabled: str
    hover: str
    track: str
    """What a bar runs on."""
    primary: str
    primary_hover: str
    primary_soft: str
    on_primary: str
    focus: str
    rail: str
    rail_hover: str
    rail_edge: str
    on_rail: str
    rail_quiet: str
    rail_current: str
    on_rail_current: str
    neutral_soft: str
    amber: str
    amber_ink: str
    amber_soft: str
    red: str
    red_ink: str
    red_soft: str
    green: str
    green_ink: str
    green_soft: str
    blue: str
    blue_ink: str
    blue_soft: str
    paper: str
    """The ground a printed page lies on in the preview."""


LIGHT = Tokens(
    background="#F2F4F3",
    card="#FFFFFF",
    line="#D9E0DD",
    control_line="#7C8A86",
    ink="#17211F",
    quiet="#5B6966",
    disabled="#8A9693",
    hover="#F1F6F5",
    track="#DDE5E2",
    primary="#0E5F59",
    primary_hover="#0B4B46",
    primary_soft="#E3F0EE",
    on_primary="#FFFFFF",
    focus="#0E5F59",
    rail="#0B4B46",
    rail_hover="#15605A",
    rail_edge="#0B4B46",
    on_rail="#F2F8F7",
    rail_quiet="#C3D9D6",
    rail_current="#FFFFFF",
    on_rail_current="#0E5F59",
    neutral_soft="#E8ECEA",
    amber="#B86E00",
    amber_ink="#8A5200",
    amber_soft="#FFF3DC",
    red="#B3261E",
    red_ink="#B3261E",
    red_soft="#FCE9E7",
    green="#2E7D32",
    green_ink="#2A732E",
    green_soft="#E6F3E7",
    blue="#1F5FA8",
    blue_ink="#1F5FA8",
    blue_soft="#E6EFF9",
    paper="#E3E7E5",
)

DARK = Tokens(
    background="#121917",
    card="#1B2422",
    line="#35423E",
    control_line="#7F8F8A",
    ink="#E9EFED",
    quiet="#A9B7B3",
    disabled="#6C7975",
    hover="#23302D",
    track="#35423E",
    primary="#63C8BC",
    primary_hover="#7FD6CB",
    primary_soft="#1F3B38",
    on_primary="#05211E",
    focus="#7FD6CB",
    rail="#0A2D2A",
    rail_hover="#14403C",
    rail_edge="#0A2D2A",
    on_rail="#E9F3F1",
    rail_quiet="#A9C6C2",
    rail_current="#D9ECE9",
    on_rail_current="#0B4B46",
    neutral_soft="#2B3633",
    amber="#D8922B",
    amber_ink="#F2BC66",
    amber_soft="#392B12",
    red="#E5655B",
    red_ink="#FF9D94",
    red_soft="#42211E",
    green="#5FAE63",
    green_ink="#8FD193",
    green_soft="#1D3521",
    blue="#5C98DC",
    blue_ink="#97C1F3",
    blue_soft="#1C2F47",
    paper="#0C1110",
)

CONTRAST = Tokens(
    background="#000000",
    card="#000000",
    line="#FFFFFF",
    control_line="#FFFFFF",
    ink="#FFFFFF",
    quiet="#FFFFFF",
    disabled="#A0A0A0",
    hover="#262626",
    track="#4D4D4D",
    primary="#FFE45C",
    primary_hover="#FFF1A8",
    primary_soft="#333000",
    on_primary="#000000",
    focus="#FFE45C",
    rail="#000000",
    rail_hover="#262626",
    rail_edge="#FFFFFF",
    on_rail="#FFFFFF",
    rail_quiet="#FFFFFF",
    rail_current="#FFE45C",
    on_rail_current="#000000",
    neutral_soft="#262626",
    amber="#FFB84D",
    amber_ink="#FFC266",
    amber_soft="#2B1C00",
    red="#FF8A80",
    red_ink="#FFA199",
    red_soft="#330906",
    green="#7CE082",
    green_ink="#8AE68F",
    green_soft="#062B09",
    blue="#8AC2FF",
    blue_ink="#A3CFFF",
    blue_soft="#04203D",
    paper="#1A1A1A",
)

PALETTES = {Scheme.LIGHT: LIGHT, Scheme.DARK: DARK, Scheme.CONTRAST: CONTRAST}

TEXT_PAIRS = (
    *((text, ground) for text in ("ink", "quiet") for ground in ("background", "card", "hover")),
    *((text, "primary_soft") for text in ("ink", "quiet", "primary")),
    *((text, "neutral_soft") for text in ("ink", "quiet")),
    *((text, "paper") for text in ("ink", "quiet")),
    *(("primary", ground) for ground in ("background", "card", "hover")),
    *((f"{hue}_ink", f"{hue}_soft") for hue in ("amber", "red", "green", "blue")),
    *((f"{hue}_ink", "card") for hue in ("amber", "red", "green", "blue")),
    *(("ink", f"{hue}_soft") for hue in ("amber", "red", "green", "blue")),
    ("red_ink", "background"),
    ("on_primary", "primary"),
    ("on_primary", "primary_hover"),
    *((text, ground) for text in ("on_rail", "rail_quiet") for ground in ("rail", "rail_hover")),
    ("on_rail_current", "rail_current"),
    ("background", "ink"),
    ("background", "quiet"),
)
"""Words and the grounds they stand on: 4.5:1 (WCAG 2.2, 1.4.3). The last two are the toast."""

CONTROL_PAIRS = (
    *((mark, "card") for mark in ("control_line", "primary", "focus")),
    *((mark, "background") for mark in ("control_line", "primary", "focus")),
    *((hue, "card") for hue in ("amber", "red", "green", "blue")),
    ("on_rail", "rail"),
    ("on_primary", "primary"),
)
"""Edges, bars and focus rings against what is beside them: 3:1 (WCAG 2.2, 1.4.11)."""


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two `#RRGGBB` colours, 1.0 to 21.0, in either order."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
