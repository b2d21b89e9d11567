"""A practice library of a year, and its export."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from perpudesk.core import i18n
from perpudesk.demo import make_demo
from perpudesk.desk import opened


@pytest.fixture(autouse=True)
def _english() -> None:
    i18n.use("en")


@pytest.fixture(scope="package")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Practice data of a year, with a closed month."""
    made = tmp_path_factory.mktemp("library")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PERPUDESK_SETTINGS", str(tmp_path_factory.mktemp("settings")))
        make_demo(made, years=1, until=date(2026, 3, 31), seed=3)
    return made


@pytest.fixture(scope="package")
def exported(library: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All of it, with names."""
    target = tmp_path_factory.mktemp("export") / "all"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PERPUDESK_SETTINGS", str(tmp_path_factory.mktemp("settings")))
        with opened(library) as desk:
            desk.leaving.export(target, "Perpustakaan Uji", names=True, practice=True)
    return target
