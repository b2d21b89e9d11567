"""What is plugged in, as the system tells it."""

from __future__ import annotations

from pathlib import Path

import pytest

from perpudesk.ui import volumes
from perpudesk.ui.volumes import Volume, plugged_in


class _Told:
    """A volume as Qt tells it."""

    def __init__(
        self, root: str, name: str = "", *, ready: bool = True, fixed: bool = False
    ) -> None:
        self._root, self._name, self._ready, self._fixed = root, name, ready, fixed

    def rootPath(self) -> str:
        return self._root

    def displayName(self) -> str:
        return self._name or self._root

    def isValid(self) -> bool:
        return True

    def isReady(self) -> bool:
        return self._ready

    def isReadOnly(self) -> bool:
        return self._fixed


def test_only_what_can_be_pulled_and_written_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [
        _Told("/"),
        _Told("/home"),
        _Told("/media/rina/KINGSTON", "KINGSTON"),
        _Told("/run/media/rina/1A2B-3C4D"),
        _Told("/media/cdrom", fixed=True),
        _Told("/media/gone", ready=False),
    ]
    monkeypatch.setattr(volumes.QStorageInfo, "mountedVolumes", lambda: found)
    monkeypatch.setattr(volumes.os, "access", lambda *_: True)
    assert plugged_in() == [
        Volume(name="KINGSTON", root=Path("/media/rina/KINGSTON")),
        Volume(name="1A2B-3C4D", root=Path("/run/media/rina/1A2B-3C4D")),
    ]
    monkeypatch.setattr(volumes.os, "access", lambda *_: False)
    assert plugged_in() == []


def test_the_system_is_asked() -> None:
    assert all(isinstance(each, Volume) for each in plugged_in())
