"""PySide6 6.12 on Python 3.11 lost one reference to None, True or False at every void Qt call.

After some thousand calls the process aborted. From Python 3.12 these three are immortal, and the
counts below stand still whatever Qt does.
"""

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QLabel, QLineEdit

CALLS = 5_000
NOISE = 100  # what the test runner itself takes and gives back meanwhile


class Bell(QObject):
    rung = Signal()


def label() -> Callable[[], object]:
    widget = QLabel()
    return lambda: widget.setText("text")


def enabled() -> Callable[[], object]:
    widget = QLineEdit()
    return lambda: widget.setEnabled(not widget.isEnabled())


def timer() -> Callable[[], object]:
    ticking = QTimer()
    return ticking.stop


def bell() -> Callable[[], object]:
    source = Bell()
    source.rung.connect(lambda: None)
    return lambda: source.rung.emit()  # noqa: PLW0108 - the bare method would let the source go


@pytest.mark.parametrize("make", [label, enabled, timer, bell])
@pytest.mark.parametrize("constant", [None, True, False])
@pytest.mark.usefixtures("qapp")
def test_void_qt_calls_keep_every_reference(
    make: Callable[[], Callable[[], object]], constant: bool | None
) -> None:
    call = make()
    before = sys.getrefcount(constant)
    for _ in range(CALLS):
        call()
    assert sys.getrefcount(constant) > before - NOISE
