from __future__ import annotations

from dataclasses import fields

import pytest

from perpudesk.ui.tokens import CONTROL_PAIRS, LIGHT, PALETTES, TEXT_PAIRS, Scheme, Tokens, contrast


@pytest.mark.parametrize(
    "one,other,ratio",
    [
        ("#000000", "#FFFFFF", 21.0),
        ("#FFFFFF", "#000000", 21.0),
        ("#777777", "#777777", 1.0),
        ("#767676", "#FFFFFF", 4.54),  # the grey that WCAG itself names as just enough
    ],
)
def test_contrast_is_what_wcag_says(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize("text,ground", TEXT_PAIRS)
def test_every_text_meets_aa(scheme: Scheme, text: str, ground: str) -> None:
    tokens = PALETTES[scheme]
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize("mark,ground", CONTROL_PAIRS)
def test_every_control_meets_aa(scheme: Scheme, mark: str, ground: str) -> None:
    tokens = PALETTES[scheme]
    assert contrast(getattr(tokens, mark), getattr(tokens, ground)) >= 3.0


def test_high_contrast_keeps_seven_for_reading() -> None:
    tokens = PALETTES[Scheme.CONTRAST]
    for ground in ("background", "card", "hover", "primary_soft"):
        assert contrast(tokens.ink, getattr(tokens, ground)) >= 7.0


def test_every_colour_is_six_digits() -> None:
    for tokens in PALETTES.values():
        for field in fields(Tokens):
            value = getattr(tokens, field.name)
            assert value.startswith("#")
            assert len(bytes.fromhex(value[1:])) == 3


def test_light_is_the_design() -> None:
    assert (LIGHT.background, LIGHT.card, LIGHT.line) == ("#F2F4F3", "#FFFFFF", "#D9E0DD")
    assert (LIGHT.ink, LIGHT.quiet, LIGHT.rail) == ("#17211F", "#5B6966", "#0B4B46")
    assert (LIGHT.primary, LIGHT.primary_soft) == ("#0E5F59", "#E3F0EE")
    assert (LIGHT.amber, LIGHT.amber_soft) == ("#B86E00", "#FFF3DC")
    assert (LIGHT.red, LIGHT.red_soft) == ("#B3261E", "#FCE9E7")
    assert (LIGHT.green, LIGHT.green_soft) == ("#2E7D32", "#E6F3E7")
    assert (LIGHT.blue, LIGHT.blue_soft) == ("#1F5FA8", "#E6EFF9")
