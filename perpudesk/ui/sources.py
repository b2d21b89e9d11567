"""Keeps PySide from reading the source of every module that is imported after it."""

from __future__ import annotations

import sys
from types import ModuleType

_HOOK, _READS = "shibokensupport.feature", "_mod_uses_pyside"


def read_no_sources() -> None:
    """Let PySide take it as given that nothing imported from here on switches its features.

    Else it looks for `__feature__` in the source of each, which nobody here writes: a hundred files
    more to read before the first tap, though Python itself reads only what it compiled of them.
    """
    hook = sys.modules.get(_HOOK)
    if hasattr(hook, _READS):  # it is PySide's own affair, and may go
        setattr(hook, _READS, _switches_nothing)


def _switches_nothing(_module: ModuleType) -> bool:
    return False
