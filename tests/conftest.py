"""What holds for every test: no screen, no real folder, nothing left running or open."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from perpudesk.core.times import FixedClock

# A screen that nobody sees, as large as the one of a donated PC.
os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={Path(__file__).parent / 'screen.json'}"

# A slow machine is no fault of the code, and a check must say the same thing every time.
settings.register_profile(
    "perpudesk",
    database=None,
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("perpudesk")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also the tests that take minutes")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    long = [item for item in items if item.get_closest_marker("long")]
    config.hook.pytest_deselected(items=long)
    items[:] = [item for item in items if item not in long]


@pytest.fixture(autouse=True)
def home(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """A person's folders made for this test only, also for the programs that it starts."""
    folder = tmp_path_factory.mktemp("home")
    places = {
        "HOME": "",
        "LOCALAPPDATA": "local",
        "USERPROFILE": "",
        "XDG_CACHE_HOME": "cache",
        "XDG_CONFIG_HOME": "config",
        "XDG_DATA_HOME": "data",
        "XDG_RUNTIME_DIR": "runtime",
        "XDG_STATE_HOME": "state",
    }
    for name, place in places.items():
        (folder / place).mkdir(mode=0o700, exist_ok=True)
        monkeypatch.setenv(name, str(folder / place))
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LC_TIME", "PERPUDESK_SETTINGS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    if request.node.get_closest_marker("journey"):
        monkeypatch.delenv("QT_QPA_PLATFORM")  # the program it starts has an X server of its own
    return folder


@pytest.fixture
def fixed_clock() -> FixedClock:
    """Monday 23 November 2026, 09:41:07 in Jakarta, until the test moves it."""
    from perpudesk.core.times import FixedClock

    return FixedClock(datetime(2026, 11, 23, 2, 41, 7, 123_000, tzinfo=UTC))


@pytest.fixture(autouse=True)
def _same_language() -> Iterator[None]:
    """The language that one test chose is not the next one's."""
    yield
    if i18n := sys.modules.get("perpudesk.core.i18n"):
        i18n.use("id")


gc.disable()  # as the window does: Python may free a widget on the window's own thread alone


def _collect_garbage() -> None:
    from perpudesk.ui.background import collect_garbage

    collect_garbage()


@pytest.fixture(autouse=True)
def _nothing_left() -> Iterator[None]:
    """Work in the background ends with its test, and so does every window."""
    yield
    if "PySide6.QtWidgets" not in sys.modules:
        return
    from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool
    from PySide6.QtWidgets import QApplication

    if QApplication.instance() is None:
        return
    ended = QThreadPool.globalInstance().waitForDone(10_000)
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    names = [f"{type(widget).__name__} {widget.windowTitle()!r}" for widget in left]
    for widget in left:
        widget.close()
    _collect_garbage()
    assert ended, "work in the background did not end"
    assert not names, f"windows left open: {names}"
