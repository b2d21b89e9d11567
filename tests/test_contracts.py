"""Each import contract of pyproject.toml fails when it is broken, and is there for a reason."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# contract, file that breaks it, the line planted there
VIOLATIONS = [
    ("layers", "core/times.py", "import perpudesk.branch.model"),
    ("layers", "branch/service.py", "import perpudesk.visits.model"),
    ("layers", "ui/theme.py", "import perpudesk.paper.document"),
    ("layers", "cli/commands.py", "import perpudesk.app"),
    ("layers", "kitchen/__init__.py", ""),
    ("rooms", "visits/model.py", "import perpudesk.visits.store"),
    ("rooms", "visits/service.py", "import perpudesk.visits.page"),
    ("rooms", "visits/utils.py", ""),
    ("stores", "visits/service.py", "import perpudesk.patrons.store"),
    ("stores", "desk.py", "from perpudesk.visits import store"),
    ("stores", "importing/service.py", "import perpudesk.visits.store"),
    ("qt", "visits/service.py", "from PySide6.QtCore import QObject"),
    ("qt", "core/topics.py", "import PySide6"),
    ("commands", "cli/commands.py", "from perpudesk.ui import theme"),
    ("commands", "desk.py", "import perpudesk.main_window"),
    ("paper", "reports/service.py", "from reportlab.pdfgen import canvas"),
    ("sqlite", "visits/service.py", "import sqlite3"),
    ("sqlite", "desk.py", "from sqlite_utils import Database"),
    ("pages", "visits/page/desk.py", "from perpudesk.visits.store import VISITS"),
    ("pages", "main_window.py", "import perpudesk.db.connection"),
    ("models", "visits/model.py", "from perpudesk.core.paths import resource"),
    ("models", "branch/model.py", "import sqlite3"),
]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the package and its contracts, to spoil."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    leave_out = shutil.ignore_patterns("__pycache__", "*.sql")
    shutil.copytree(ROOT / "perpudesk", tmp_path / "perpudesk", ignore=leave_out)
    return tmp_path


def broken(house: Path, *options: str) -> bool:
    """Whether the package in `house` breaks its contracts, or the one named by the options."""
    lint = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    words = [sys.executable, "-c", lint, "--no-logo", "--no-cache", *options]
    done = subprocess.run(words, cwd=house, capture_output=True, text=True, check=False)
    assert "Contracts: " in done.stdout, done.stdout + done.stderr
    return done.returncode != 0


def test_the_house_as_it_stands_keeps_every_contract(house: Path) -> None:
    assert not broken(house)


@pytest.mark.parametrize("contract,file,line", VIOLATIONS)
def test_a_planted_violation_is_found(house: Path, contract: str, file: str, line: str) -> None:
    spoilt = house / "perpudesk" / file
    assert spoilt.exists() is bool(line), "a line is planted in a module, a module where none is"
    spoilt.parent.mkdir(exist_ok=True)
    with spoilt.open("a", encoding="utf-8") as source:
        source.write(f"\n{line}\n")
    assert broken(house, "--contract", contract)


def test_every_contract_has_been_seen_to_fail() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = {contract["id"] for contract in project["tool"]["importlinter"]["contracts"]}
    assert contracts == {contract for contract, _, _ in VIOLATIONS}
