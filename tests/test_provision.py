"""The whole first run from a file: what it may say, and what is said of a faulty one."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from perpudesk.branch.model import Hours
from perpudesk.core.codes import BranchKind, Condition, Paper, Theme
from perpudesk.core.errors import FileError
from perpudesk.core.i18n import speaking
from perpudesk.core.settings import read_settings
from perpudesk.core.times import FixedClock
from perpudesk.desk import Desk
from perpudesk.provision import DAYS, KEYS, Provision, apply, apply_to_machine, read_provision
from perpudesk.totals.model import Thresholds

WHOLE = """\
# Fifty branches of one district have this in common, and each its own name.
[branch]
name = "Perpustakaan Desa Sukamaju"
kind = "village"
zone = "WITA"
place = "Sukamaju"
address = "Jalan Mawar 1"
phone = "0532 00000"
email = "desa@contoh.go.id"
npp = "6201000"
region_code = "62.01.02.2003"
population_served = 3_412
age_set = "full"
ask_occupation = true
repeat_minutes = 45
crest = "lambang.png"
letterhead = ["PEMERINTAH DESA SUKAMAJU", "PERPUSTAKAAN DESA", "Jalan Mawar 1"]

[hours]
monday = "08:00-15:00"
friday = "08.00-11.00"
sunday = "-"

[signatories.left]
name = "Contoh"
post = "Kepala Desa"

[signatories.right]
name = "Contoh Lain, A.Md."
post = "Pengelola"
rank = "Pengatur"
nip = "19800101 200501 1 001"

[desk]
staff = ["Rina", "Budi"]

[computers]
workstations = ["PC 1", "PC Anak"]
limit_adult_member = 60
limit_minor_other = 20
forgotten_hours = 8

[targets.2026]
visits = 4_800
visits_per_open_day = 20.5

[thresholds]
green = 0.95

[machine]
language = "en"
theme = "dark"
scale = 125
paper = "f4"
scan_gap_ms = 50
sound = false

[activities]
certificate_threshold = 80
certificate_pattern = "{n}/PELATIHAN/{year}"
dormant_months = 3
"""


@pytest.fixture
def desk(tmp_path: Path, fixed_clock: FixedClock) -> Iterator[Desk]:
    """A new folder that nobody has set up."""
    with Desk(tmp_path / "data", clock=fixed_clock) as desk:
        yield desk


def png() -> bytes:
    """A small picture."""
    from PIL import Image

    stream = io.BytesIO()
    Image.new("L", (8, 8)).save(stream, "PNG")
    return stream.getvalue()


def given(folder: Path, text: str | bytes) -> Path:
    """A file of this text."""
    file = folder / "perpudesk.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def refusal(folder: Path, text: str | bytes) -> FileError:
    with pytest.raises(FileError) as found:
        read_provision(given(folder, text))
    return found.value


def test_one_file_answers_everything(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "lambang.png").write_bytes(png())
    told = read_provision(given(tmp_path, WHOLE))
    assert told.is_whole
    apply(desk, told)
    apply_to_machine(told)
    branch = desk.branch.current()
    assert (branch.name, branch.kind) == ("Perpustakaan Desa Sukamaju", BranchKind.VILLAGE)
    assert (branch.zone, branch.place, branch.npp) == ("Asia/Makassar", "Sukamaju", "6201000")
    assert (branch.population_served, branch.age_set) == (3412, "full")
    assert (branch.ask_occupation, branch.repeat_minutes) == (True, 45)
    assert branch.letterhead[0] == "PEMERINTAH DESA SUKAMAJU"
    assert branch.has_crest
    week = branch.opening_hours or ()
    assert week[0] == Hours(opens=480, closes=900)
    assert week[4] == Hours(opens=480, closes=660)
    assert [week[at] for at in (1, 5, 6)] == [None] * 3
    left, right = desk.branch.signatories()
    assert (left.name, left.post, left.nip) == ("Contoh", "Kepala Desa", None)
    assert (right.rank, right.nip) == ("Pengatur", "19800101 200501 1 001")
    assert {each.name for each in desk.branch.staff()} == {"Rina", "Budi"}
    who = desk.branch.who_is_at_desk()
    assert who is not None
    assert who.name == "Rina"
    assert desk.totals.targets(2026)["visits"].value == 4800
    assert desk.totals.thresholds() == Thresholds(green=0.95, yellow=0.8)
    machine = read_settings()
    assert (machine.language, machine.theme, machine.paper) == ("en", Theme.DARK, Paper.F4)
    assert (machine.scale, machine.scan_gap_ms, machine.sound) == (125, 50, False)
    assert (branch.limit_adult_member, branch.limit_adult_other) == (60, 30)
    assert (branch.limit_minor_other, branch.forgotten_hours) == (20, 8)
    assert [each.label for each in desk.workstations.all()] == ["PC 1", "PC Anak"]
    assert (branch.certificate_threshold, branch.dormant_months) == (80, 3)
    assert branch.certificate_pattern == "{n}/PELATIHAN/{year}"


def test_again_it_changes_only_what_it_names(desk: Desk, tmp_path: Path) -> None:
    apply(desk, read_provision(given(tmp_path, WHOLE.replace("lambang.png", ""))))
    apply(desk, read_provision(given(tmp_path, '[branch]\nphone = "1"\n[desk]\nstaff = ["Budi"]')))
    branch = desk.branch.current()
    assert (branch.name, branch.phone, branch.has_crest) == (
        "Perpustakaan Desa Sukamaju",
        "1",
        False,
    )
    who = desk.branch.who_is_at_desk()
    assert who is not None
    assert who.name == "Budi"
    assert len(desk.branch.staff()) == 2


def test_computers_are_only_ever_added(desk: Desk, tmp_path: Path) -> None:
    def told(text: str) -> list[str]:
        apply(desk, read_provision(given(tmp_path, text)))
        return [each.label for each in desk.workstations.all()]

    apply(desk, read_provision(given(tmp_path, '[branch]\nname = "A"\nzone = "WIB"')))
    assert told("[computers]\nworkstations = 2") == ["PC 1", "PC 2"]
    assert told("[computers]\nworkstations = 2") == ["PC 1", "PC 2"]
    desk.workstations.set_condition(desk.workstations.all()[0].id, Condition.RETIRED)
    assert told("[computers]\nworkstations = 2") == ["PC 2"]
    assert told("[computers]\nworkstations = 3") == ["PC 2", "PC 3"]
    assert told('[computers]\nworkstations = ["pc 1", "PC 2", "Anak"]') == ["Anak", "PC 2", "PC 3"]


@pytest.mark.parametrize(
    "text, line, words",
    [
        ('[branch]\nname = "A"\nnpwp = "1"', 3, ["“npwp”", "name, kind, zone"]),
        ('[cabang]\nname = "A"', 1, ["“cabang”", "branch, hours"]),
        ("\n\n[branch]\nname = 5", 4, ["“name”", "text in quotation marks"]),
        ("[branch]\npopulation_served = 1.5", 2, ["a whole number"]),
        ("[branch]\npopulation_served = true", 2, ["a whole number"]),
        ('[branch]\nask_occupation = "ya"', 2, ["true or false"]),
        ('[branch]\nletterhead = ["A", 1]', 2, ["a list of texts"]),
        ('branch = "A"', 1, ["a part of its own"]),
        ('[branch]\nkind = "desa"', 2, ["“kind”", "district, subdistrict, village, community"]),
        ("[computers]\nworkstations = 1.5", 2, ["a whole number, or a list of texts"]),
        ("[computers]\nworkstations = [1]", 2, ["a whole number, or a list of texts"]),
        ("[computers]\nlimit = 30", 2, ["“limit”", "workstations, limit_adult_member"]),
        ("[machine]\nscale = 110", 2, ["100, 125, 150"]),
        ("[machine]\nscan_gap_ms = 4", 2, ["must be from 5 to 500"]),
        ('[hours]\nsenin = "08:00-15:00"', 2, ["“senin”", "monday, tuesday"]),
        ('[signatories.middle]\nname = "A"', 1, ["“middle”", "left, right"]),
        ("[targets.26]\nvisits = 1", 1, ["“26”"]),
        ("[targets]\n2026 = 1", 2, ["a part of its own"]),
        ("[targets.2026]\nvisitors = 1", 2, ["“visitors”", "visits, open_days"]),
        ('[targets.2026]\nvisits = "1"', 2, ["a number"]),
        ("[branch\nname = 1", 1, ["cannot be read"]),
        ('[branch]\nname = "A"\nname = "B"', 3, ["each name once"]),
        ('[branch]\nname = "A', 2, ["cannot be read"]),
        ('[branch]\nplace = "Kudus"\nname = "P\xe9rpus"'.encode("latin-1"), 3, ["UTF-8"]),
    ],
)
def test_a_fault_is_said_with_its_line(
    tmp_path: Path, text: str | bytes, line: int, words: list[str]
) -> None:
    with speaking("en"):
        sentence = refusal(tmp_path, text).sentence()
    assert sentence.startswith(f"perpudesk.toml, line {line}: "), sentence
    assert not [word for word in words if word not in sentence], sentence


@pytest.mark.parametrize(
    "change, line, words",
    [
        ('region_code = "62"', 11, ["branch.region_code"]),
        ('monday = "15:00-08:00"', 20, ["hours.monday"]),
        ('crest = "none.png"', 16, ["branch.crest", "does not exist"]),
        ('staff = [""]', 35, ["desk.staff"]),
        ("limit_adult_member = 0", 39, ["computers.limit_adult_member", "from 5 to 720"]),
        ("limit_minor_other = 10_000", 40, ["computers.limit_minor_other", "from 5 to 720"]),
        ("forgotten_hours = 25", 41, ["computers.forgotten_hours", "from 1 to 24"]),
        ("workstations = 500", 38, ["computers.workstations", "200 workstations"]),
        ("workstations = 0", 38, ["computers.workstations", "from 1 to 200"]),
        ('workstations = ["A", "a"]', 38, ["computers.workstations", "There is a “a” already"]),
        (f'workstations = ["{"x" * 200}"]', 38, ["computers.workstations", "40 characters"]),
        ("dormant_months = 0", 61, ["activities.dormant_months", "from 1 to 60"]),
        ("visits = 0", 44, ["targets.2026.visits"]),
        ("green = 0.5", 48, ["thresholds"]),
    ],
)
def test_a_value_that_is_refused_is_said_and_nothing_is_stored(
    desk: Desk, tmp_path: Path, change: str, line: int, words: list[str]
) -> None:
    (tmp_path / "lambang.png").write_bytes(png())
    name = change.split(" =", maxsplit=1)[0]
    lines = [change if each.startswith(f"{name} =") else each for each in WHOLE.splitlines()]
    told = read_provision(given(tmp_path, "\n".join(lines)))
    with speaking("en"), pytest.raises(FileError) as found:
        apply(desk, told)
    with speaking("en"):
        sentence = found.value.sentence()
    assert sentence.startswith(f"perpudesk.toml, line {line}, "), sentence
    assert not [word for word in words if word not in sentence], sentence
    assert not desk.is_set_up()
    assert desk.totals.targets(2026) == {}


def test_a_zone_that_is_none_is_said(tmp_path: Path) -> None:
    with speaking("en"):
        sentence = refusal(tmp_path, '[branch]\nzone = "Mars"').sentence()
    assert sentence.startswith("perpudesk.toml, line 2, branch.zone: “Mars”")


def test_a_new_branch_needs_a_name_and_a_zone(desk: Desk, tmp_path: Path) -> None:
    told = read_provision(
        given(tmp_path, '[branch]\nkind = "village"\nzone = "WIT"\nplace = "Kudus"')
    )
    assert not told.is_whole
    assert told.identity == {"kind": "village", "zone": "Asia/Jayapura"}
    assert told.without_identity().part("branch") == {"place": "Kudus"}
    with pytest.raises(FileError) as found:
        apply(desk, told)
    assert found.value.code == "provision_no_name"


def test_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(FileError) as found:
        read_provision(tmp_path / "none.toml")
    assert found.value.code == "provision_not_read"
    with pytest.raises(FileError) as found:
        read_provision(tmp_path)
    assert found.value.code == "provision_not_read"
    assert refusal(tmp_path, b"#" * 1_000_001).code == "provision_too_large"


def test_an_empty_file_says_nothing(tmp_path: Path) -> None:
    assert read_provision(given(tmp_path, "\ufeff")).values == {}


def test_every_key_stands_in_the_documentation() -> None:
    text = (Path(__file__).parents[1] / "docs" / "provisioning.md").read_text("utf-8")
    named = {name for part in KEYS.values() for name in part} - set(DAYS) | {DAYS[0], DAYS[-1]}
    assert not [name for name in named if name not in text]


def test_the_example_of_the_documentation_is_a_file_that_can_be_read(
    desk: Desk, tmp_path: Path
) -> None:
    text = (Path(__file__).parents[1] / "docs" / "provisioning.md").read_text("utf-8")
    example = text.split("```toml\n")[1].split("```")[0].replace("lambang.png", "")
    apply(desk, read_provision(given(tmp_path, example)))
    assert desk.is_set_up()


def test_a_line_that_cannot_be_told_is_that_of_its_part(tmp_path: Path) -> None:
    told = Provision(file=tmp_path / "f.toml", values={}, lines={"branch": 7})
    assert told.line("branch.name") == 7
    assert told.line("hours.monday") == 1
