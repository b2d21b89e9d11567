from __future__ import annotations

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from perpudesk.core import i18n
from perpudesk.ui import theme
from perpudesk.ui.marks import HourBars, KeyHint, Pill, Stat
from perpudesk.ui.stylesheet import TONES


@pytest.mark.parametrize("tone,hue", [*TONES.items(), ("neutral", "neutral")])
def test_pill_is_a_word_on_its_colour(qtbot: QtBot, tone: str, hue: str) -> None:
    pill = Pill("Buka", tone)
    qtbot.addWidget(pill)
    pill.show()
    assert pill.text() == "Buka"
    image = pill.grab().toImage()
    ground = theme.current().colour(f"{hue}_soft")
    assert image.pixelColor(image.width() // 2, 2) == ground
    assert pill.height() % 2 == 0


def test_pill_says_another_state(qtbot: QtBot) -> None:
    pill = Pill("Buka", "ok")
    qtbot.addWidget(pill)
    pill.show()
    narrow = pill.sizeHint().width()
    pill.show_state("Buka, tidak dihitung", "warn")
    assert pill.sizeHint().width() > narrow
    assert pill.property("tone") == "warn"


def test_key_hint_shows_its_key(qtbot: QtBot) -> None:
    hint = KeyHint("Ctrl+Z")
    qtbot.addWidget(hint)
    assert hint.text() == "Ctrl+Z"


def test_stat_is_spoken_whole(qtbot: QtBot) -> None:
    stat = Stat("Hari ini", role="display")
    qtbot.addWidget(stat)
    assert stat.accessibleName() == "Hari ini: –"
    stat.show_value("47", unit="kunjungan", delta="▲ 15%", tone="ok")
    assert stat.accessibleName() == "Hari ini: 47 kunjungan ▲ 15%"
    stat.show_value("0")
    assert stat.accessibleName() == "Hari ini: 0"
    stat.show()
    assert not stat.findChild(Pill).isVisible()


def painted(bars: HourBars, role: str) -> list[int]:
    """How many pixels of this colour each column of the picture has."""
    image: QImage = bars.grab().toImage()
    colour = theme.current().colour(role)
    return [
        sum(image.pixelColor(x, y) == colour for y in range(image.height()))
        for x in range(image.width())
    ]


def test_bars_are_as_high_as_their_counts(qtbot: QtBot) -> None:
    bars = HourBars()
    qtbot.addWidget(bars)
    bars.resize(400, 82)
    bars.show_hours({9: 20, 8: 10, 10: 0}, now=9)
    bars.show()
    columns = painted(bars, "primary")
    first, second, third = columns[66], columns[200], columns[333]
    assert 0 < first < second
    assert third == 0
    assert painted(bars, "track")[333] > 0


def test_bars_describe_themselves(qtbot: QtBot) -> None:
    bars = HourBars()
    qtbot.addWidget(bars)
    bars.show()
    assert bars.grab().width() > 0  # without hours it is empty, not broken
    i18n.use("id")
    bars.show_hours({8: 12, 9: 1234})
    assert bars.accessibleDescription() == "08: 12; 09: 1.234"
    assert bars.accessibleName()
    assert bars.minimumSizeHint().width() < bars.sizeHint().width()
