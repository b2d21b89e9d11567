"""The commands as they are typed: what they answer, refuse, and leave behind."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import openpyxl
import pypdf
import pytest
from PIL import Image

from perpudesk.__main__ import main
from perpudesk.branch.model import Hours, SignatoryPlace
from perpudesk.cli import copies
from perpudesk.core.settings import change_settings, read_settings
from perpudesk.core.times import Period
from perpudesk.db.connection import BALLAST_NAME
from perpudesk.db.guard import FILE_NAME, LOCK_NAME, Guard
from perpudesk.db.health import CLEAN_NAME
from perpudesk.demo import make_demo
from perpudesk.desk import opened
from perpudesk.visits.model import VisitDraft

ROOT = Path(__file__).parents[1]
COMMANDS = (
    "setup",
    "import",
    "undo",
    "figures",
    "report",
    "close",
    "verify",
    "paper",
    "sheet",
    "guide",
    "handover",
    "target",
    "demo",
    "backup",
    "restore",
    "export",
    "salvage",
    "recovery-key",
    "check",
)
NEED_RECORDS = (
    ("import", "slims-visitors", "visitors.csv"),
    ("undo", "00000000"),
    ("figures", "2024-02"),
    ("report", "2024-02", "--output", "report.pdf"),
    ("close", "2024-02"),
    ("verify", "7K4F-92QX"),
    ("sheet", "tally", "--output", "sheet.pdf"),
    ("guide", "--output", "guide.pdf"),
    ("handover", "--output", "handover.pdf"),
    ("paper", "days", "2024-02", "--output", "paper.pdf"),
    ("target", "visits", "2027", "24000"),
    ("backup",),
    ("export", "--to", "out"),
    ("salvage", "--to", "out"),
    ("recovery-key", "--output", "key.pdf"),
    ("check",),
)


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The one line on stderr."""
        assert self.out == ""
        assert self.err.count("\n") == 1
        return self.err.rstrip("\n")


Say = Callable[..., Answer]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """Give a command in this process, in English unless told otherwise."""

    def given(*words: object, lang: str = "en") -> Answer:
        capsys.readouterr()
        code = main(["--lang", lang, *map(str, words)])
        return Answer(code, *capsys.readouterr())

    return given


@pytest.fixture
def folder(tmp_path: Path, say: Say) -> Path:
    """A folder that was set up with a name and a zone."""
    made = tmp_path / "records"
    assert say("--data", made, "setup", "--name", "Perpustakaan Uji", "--zone", "WIB").code == 0
    return made


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A year of practice data."""
    made = tmp_path_factory.mktemp("practice")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PERPUDESK_SETTINGS", str(tmp_path_factory.mktemp("settings")))
        make_demo(made, years=1, until=date(2024, 3, 31), seed=1)
    return made


def program(*words: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Give a command to a process of its own."""
    command = [sys.executable, "-m", "perpudesk", *map(str, words)]
    return subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
        timeout=60,
    )


class TestHelp:
    @pytest.mark.parametrize("words", [(), *((name,) for name in COMMANDS)])
    def test_in_english(self, say: Say, words: tuple[str, ...]) -> None:
        answer = say(*words, "--help")
        assert answer.code == 0
        assert answer.out.startswith(f"usage: perpudesk {' '.join(words)}".rstrip())
        assert "--data DIR" in answer.out

    @pytest.mark.parametrize("words", [(), *((name,) for name in COMMANDS)])
    def test_in_indonesian_also_where_argparse_speaks(
        self, say: Say, words: tuple[str, ...]
    ) -> None:
        answer = say(*words, "--help", lang="id")
        assert answer.out.startswith("cara pakai: perpudesk")
        assert "tampilkan bantuan ini" in answer.out
        for english in ("usage", "options", "positional", "show this", "show program"):
            assert english not in answer.out

    def test_names_every_command(self, say: Say) -> None:
        words = say("--help").out.split()
        assert set(COMMANDS) <= set(words)

    def test_the_language_is_the_machine_s_unless_it_is_named(self, say: Say) -> None:
        assert main(["--help"]) == 0
        change_settings(language="en")
        answer = say("check", lang="id")
        assert answer.sentence.startswith("Tidak ada data PerpuDesk")
        assert main(["check"]) == 1

    def test_the_version(self, say: Say) -> None:
        assert say("--version").out.startswith("PerpuDesk 0.")


class TestUsage:
    @pytest.mark.parametrize(
        "words,part",
        [
            (["nonsense"], "invalid choice: nonsense (choose from setup, import"),
            (["figures"], "the following arguments are required: PERIOD"),
            (["figures", "2024-02", "--json", "--csv", "x"], "not allowed with argument"),
            (["report", "2024-02"], "required: --output"),
            (["report", "2024-02", "--output", "x", "--paper", "a5"], "choose from a4, f4"),
            (["setup", "--kind", "palace"], "choose from district, subdistrict"),
            (["setup", "--population", "many"], "“many” is not a whole number."),
            (["setup", "--nam", "X"], "unrecognized arguments: --nam X"),
            (["demo", "--years", "1.5"], "“1.5” is not a whole number."),
            (["import", "kunang", "x.csv"], "choose from slims-visitors"),
            (["check", "--data"], "expected one argument"),
            (["check", "--data", ""], "“” is not a folder."),
            (["check", "--data", "a\0b"], "is not a folder."),
            (["check", "--lang", "fr"], "choose from id, en"),
            (["figures", "2024-02", "--csv", ""], "“” is not a file."),
            (["report", "2024-02", "--output", ""], "“” is not a file."),
            (["import", "slims-visitors", ""], "“” is not a file."),
            (["import", "slims-visitors", "x.csv", "--rejects", ""], "“” is not a file."),
            (["undo", ""], "“” is not the number of an import."),
        ],
    )
    def test_wrong_words_are_usage(self, say: Say, words: list[str], part: str) -> None:
        answer = say(*words)
        assert answer.code == 2
        assert answer.out == ""
        assert answer.err.startswith("usage: perpudesk")
        assert part in answer.err.replace("'", "")  # newer Pythons quote less

    def test_in_indonesian(self, say: Say) -> None:
        assert "argumen tidak dikenal: --x" in say("check", "--x", lang="id").err

    @pytest.mark.parametrize(
        "place",
        [
            lambda data: ["--data", data, "check"],
            lambda data: ["check", "--data", data],
            lambda data: [f"--data={data}", "check"],
            lambda data: ["--data", "elsewhere", "check", f"--data={data}"],
        ],
    )
    def test_the_folder_is_named_before_the_command_or_after_it(
        self, say: Say, folder: Path, place: Callable[[Path], list[str]]
    ) -> None:
        assert say(*place(folder)).out == "The data is whole: 0 visit records.\n"

    def test_the_last_language_counts(self, say: Say, folder: Path) -> None:
        answer = say("check", "--data", folder, "--lang=id", lang="en")
        assert answer.out == "Data utuh: 0 catatan kunjungan.\n"


class TestFolder:
    @pytest.mark.parametrize("words", NEED_RECORDS)
    def test_one_that_is_not_set_up_is_refused_and_not_made(
        self, say: Say, tmp_path: Path, words: tuple[str, ...]
    ) -> None:
        answer = say("--data", tmp_path / "new", *words)
        assert answer.code == 1
        assert "There is no PerpuDesk data in" in answer.sentence
        assert list(tmp_path.iterdir()) == []

    def test_the_platform_s_own_is_the_default(self, say: Say, home: Path) -> None:
        assert str(home) in say("check").sentence

    @pytest.mark.parametrize("words", [*NEED_RECORDS, ("setup", "--name", "B"), ("demo",)])
    def test_one_whose_window_is_open_is_left_alone(
        self, say: Say, folder: Path, words: tuple[str, ...]
    ) -> None:
        before = {each: each.stat().st_mtime_ns for each in folder.iterdir()}
        guard = Guard(folder)
        try:
            answer = say("--data", folder, *words)
        finally:
            guard.release()
        assert answer.code == 1
        assert "already open" in answer.sentence
        assert {each: each.stat().st_mtime_ns for each in folder.iterdir()} == before

    @pytest.mark.parametrize("words", [("setup", "--name", "B", "--zone", "WIB"), ("demo",)])
    def test_a_file_is_no_folder(self, say: Say, tmp_path: Path, words: tuple[str, ...]) -> None:
        file = tmp_path / "records"
        file.write_text("mine")
        for place in (file, file / "below"):
            assert "is a file, not a folder" in say("--data", place, *words).sentence
        assert file.read_text() == "mine"

    @pytest.mark.skipif(not Path("/proc/self").exists(), reason="no folder that refuses everyone")
    def test_one_that_cannot_be_written(self, say: Say) -> None:
        answer = say("--data", "/proc/perpudesk", "setup", "--name", "B", "--zone", "WIB")
        assert answer.code == 1
        assert "/proc/perpudesk cannot be written" in answer.sentence

    def test_a_name_too_long_for_the_disk(self, say: Say, tmp_path: Path) -> None:
        answer = say("--data", tmp_path / ("x" * 300), "check")
        assert answer.code == 1
        assert "cannot be used" in answer.sentence

    def test_settings_that_cannot_be_kept_hinder_nothing(
        self, say: Say, folder: Path, visitors: Path, home: Path, tmp_path: Path
    ) -> None:
        shutil.rmtree(home / "config")
        (home / "config").write_text("")
        bring = ("import", "slims-visitors", visitors)
        output = tmp_path / "report.pdf"
        for words in (
            ("check",),
            ("figures", "2024-02"),
            ("report", "2024-02", "--output", output),
            (*bring, "--dry-run"),
            bring,
            ("setup", "--name", "B"),
        ):
            assert say("--data", folder, *words).code == 0
        assert say("--data", folder, "check").out == "The data is whole: 3 visit records.\n"

    def test_a_damaged_file_is_said(self, say: Say, folder: Path) -> None:
        (folder / FILE_NAME).write_bytes(b"not a database" * 100)
        answer = say("--data", folder, "check")
        assert answer.code == 1
        assert "is damaged or is not PerpuDesk's" in answer.sentence


class TestSetup:
    def test_makes_the_branch_with_all_that_is_named(
        self, say: Say, tmp_path: Path, crest: Path
    ) -> None:
        made = tmp_path / "deep" / "records"
        answer = say(
            *("--data", made, "setup", "--name", "Perpustakaan “Mawar”", "--zone", "wita"),
            *("--kind", "village", "--place", "Maros", "--address", "Jl. Melati 1"),
            *("--phone", "0411", "--email", "a@b.id", "--npp", "7309", "--population", "5120"),
            *("--region-code", "73.09.01.2003", "--age-set", "full", "--crest", crest),
            *("--hours", "1-4=08:00-15:00", "--hours", "5=08.00-11.30", "--hours", "7=-"),
            *("--letterhead", "PEMERINTAH", "--letterhead", "DESA"),
            *("--sign-left", "Drs. A", "Kepala Desa", "", "1970"),
            *("--sign-right", "B", "--staff", "Rina", "--staff", "Budi", "--staff", "Rina"),
        )
        assert answer == Answer(0, f"“Perpustakaan “Mawar”” is set up in {made}.\n", "")
        with opened(made) as desk:
            branch = desk.branch.current()
            assert (branch.name, branch.zone) == ("Perpustakaan “Mawar”", "Asia/Makassar")
            assert (branch.kind, branch.place, branch.age_set) == ("village", "Maros", "full")
            assert (branch.npp, branch.region_code) == ("7309", "73.09.01.2003")
            assert (branch.population_served, branch.has_crest) == (5120, True)
            assert branch.letterhead == ("PEMERINTAH", "DESA")
            friday = Hours(opens=480, closes=690)
            assert branch.opening_hours == (*[Hours(opens=480, closes=900)] * 4, friday, None, None)
            left, right = desk.branch.signatories()
            assert (left.place, left.post, left.rank, left.nip) == (
                SignatoryPlace.LEFT, "Kepala Desa", None, "1970",
            )  # fmt: skip
            assert (right.name, right.post) == ("B", "")
            assert [each.name for each in desk.branch.staff()] == ["Budi", "Rina"]
            assert (who := desk.branch.who_is_at_desk()) is not None
            assert who.name == "Rina"

    def test_again_it_changes_only_what_is_named(
        self, say: Say, tmp_path: Path, crest: Path
    ) -> None:
        start = ("--data", tmp_path / "r", "setup")
        say(*start, "--name", "A", "--zone", "WIT", "--place", "Ambon", "--crest", crest)
        say(*start, "--hours", "1-6=08:00-14:00", "--staff", "Ina")
        assert say(*start, "--place", "", "--hours", "6=-", "--staff", "Ina").code == 0
        with opened(tmp_path / "r") as desk:
            branch = desk.branch.current()
            assert (branch.name, branch.zone, branch.place) == ("A", "Asia/Jayapura", None)
            assert branch.has_crest
            week = branch.opening_hours or ()
            assert [day is not None for day in week] == [True] * 5 + [False] * 2
            assert len(desk.branch.staff()) == 1
        assert say(*start, "--crest", "").code == 0
        with opened(tmp_path / "r") as desk:
            assert not desk.branch.current().has_crest

    def test_named_nothing_it_changes_nothing(self, say: Say, folder: Path) -> None:
        assert say("--data", folder, "setup").code == 0
        with opened(folder) as desk:
            assert desk.branch.current().name == "Perpustakaan Uji"

    @pytest.mark.parametrize("zone", ["Pacific/Auckland", "Asia/Kathmandu", "UTC", "wib"])
    def test_any_zone_will_do(self, say: Say, tmp_path: Path, zone: str) -> None:
        assert say("setup", "--name", "A", "--zone", zone, "--data", tmp_path / "r").code == 0

    @pytest.mark.parametrize(
        "words,part",
        [
            ([], "A new branch needs --name and --zone"),
            (["--name", "A"], "A new branch needs --name and --zone"),
            (["--zone", "WIB"], "A new branch needs --name and --zone"),
            (["--name", "", "--zone", "WIB"], "A new branch needs --name and --zone"),
            (["--name", " ", "--zone", "WIB"], "--name: The name is empty."),
            (["--name", "A", "--zone", "Mars/Crater"], "--zone: “Mars/Crater” is not a time zone."),
            (["--name", "A", "--zone", "localtime"], "--zone: “localtime” is not a time zone."),
            (["--name", "A", "--zone", "../../etc/passwd"], "is not a time zone."),
            (["--name", "A" * 10_000, "--zone", "WIB"], "--name: This is longer than 200"),
            (["--name", "A\x1b[31m", "--zone", "WIB"], "--name: This holds an invisible"),
            (["--name", "A", "--zone", "WIB", "--population", "-1"], "--population: The popul"),
            (["--name", "A", "--zone", "WIB", "--region-code", "6"], "--region-code: A region"),
            (["--name", "A", "--zone", "WIB", "--staff", ""], "--staff: The name is empty."),
            (
                ["--name", "A", "--zone", "WIB", "--hours", "8=-"],
                "--hours: “8=-” is not opening hours.",
            ),
            (
                ["--name", "A", "--zone", "WIB", "--hours", "5-1=-"],
                "--hours: “5-1=-” is not opening hours.",
            ),
            (["--name", "A", "--zone", "WIB", "--hours", "1=15:00-8:00"], "--hours: “15:00-8:00”"),
            (["--name", "A", "--zone", "WIB", "--letterhead", "x" * 201], "--letterhead: This is"),
            (["--name", "A", "--zone", "WIB", "--sign-left", "B", "x" * 121], "--sign-left: This"),
            (["--name", "A", "--zone", "WIB", "--sign-right", *"BCDEF"], "--sign-right: At most"),
        ],
    )
    def test_refused_it_leaves_nothing(
        self, say: Say, tmp_path: Path, words: list[str], part: str
    ) -> None:
        answer = say("--data", tmp_path / "deep" / "records", "setup", *words)
        assert answer.code == 1
        assert part in answer.sentence
        assert list(tmp_path.iterdir()) == []

    def test_refused_it_changes_nothing(self, say: Say, folder: Path) -> None:
        answer = say("--data", folder, "setup", "--name", "B", "--staff", "C", "--staff", "")
        assert answer.code == 1
        with opened(folder) as desk:
            assert desk.branch.current().name == "Perpustakaan Uji"
            assert desk.branch.staff() == []

    def test_refused_it_leaves_what_others_keep_in_the_folder(
        self, say: Say, tmp_path: Path
    ) -> None:
        (tmp_path / "mine.txt").write_text("mine")
        assert say("--data", tmp_path, "setup", "--name", "A", "--zone", "X").code == 1
        assert [each.name for each in tmp_path.iterdir()] == ["mine.txt"]

    def test_a_crest_is_a_picture(self, say: Say, tmp_path: Path) -> None:
        svg = tmp_path / "crest.svg"
        svg.write_text('<svg xmlns="http://www.w3.org/2000/svg"><image href="http://x"/></svg>')
        text = tmp_path / "crest.png"
        text.write_text("not a picture")
        large = tmp_path / "large.png"
        with large.open("wb") as file:
            file.truncate(200_000_000)
        start = ("setup", "--name", "A", "--zone", "WIB", "--data", tmp_path / "r", "--crest")
        for given, part in (
            (svg, "SVG drawing"),
            (text, "not a PNG or JPEG"),
            (large, "larger than 10 MB"),
            (tmp_path, "could not be read"),
            (tmp_path / "none.png", "could not be read"),
        ):
            answer = say(*start, given)
            assert answer.code == 1
            assert answer.sentence.startswith("--crest: ")
            assert part in answer.sentence
        assert not (tmp_path / "r").exists()


class TestProvision:
    def test_a_file_sets_it_up_and_options_count_more(self, say: Say, tmp_path: Path) -> None:
        file = tmp_path / "cabang.toml"
        file.write_text(
            '[branch]\nname = "Desa Satu"\nzone = "WIB"\n[machine]\npaper = "f4"', "utf-8"
        )
        words = ("--data", tmp_path / "new", "setup", "--provision", file, "--name", "Desa Dua")
        assert say(*words).code == 0
        with opened(tmp_path / "new") as desk:
            assert desk.branch.current().name == "Desa Dua"
        assert read_settings().paper == "f4"

    @pytest.mark.parametrize(
        "text, sentence",
        [
            ('[branch]\nnama = "x"', "cabang.toml, line 2: there is no “nama” here."),
            ('[branch]\nname = "x"', "cabang.toml gives no name or no zone under [branch]"),
            ('[branch]\nname = "x"\nzone = "Mars"', "cabang.toml, line 3, branch.zone: “Mars”"),
        ],
    )
    def test_a_faulty_file_makes_nothing(
        self, say: Say, tmp_path: Path, text: str, sentence: str
    ) -> None:
        file = tmp_path / "cabang.toml"
        file.write_text(text, "utf-8")
        answer = say("--data", tmp_path / "new", "setup", "--provision", file)
        assert answer.code == 1
        assert answer.sentence.startswith(sentence)
        assert not (tmp_path / "new").exists()


@pytest.fixture
def crest(tmp_path: Path) -> Path:
    """A small picture."""
    path = tmp_path / "crest" / "crest.png"
    path.parent.mkdir()
    Image.new("RGB", (40, 50), "navy").save(path)
    return path


class TestFigures:
    def test_as_json(self, say: Say, practice: Path) -> None:
        answer = say("--data", practice, "figures", "2024-02", "--json")
        assert (answer.code, answer.out.count("\n")) == (0, 1)
        found = json.loads(answer.out)
        assert list(found) == ["schema", "branch", "period", "final", "days", "figures"]
        assert (found["schema"], found["period"], found["final"]) == (1, "2024-02", False)
        assert found["branch"]["name"] == "Perpustakaan Latihan Kotawaringin"
        assert sorted(found["days"]) == [
            "closed", "estimated", "not_set", "open_counted", "open_not_counted",
        ]  # fmt: skip
        assert sum(found["days"].values()) == 29
        by_code = {each["indicator"]: each for each in found["figures"]}
        visits = by_code["visits"]
        assert list(visits) == ["indicator", "unit", "value", "basis", "by"]
        for dimension in visits["by"].values():
            assert "unknown" in dimension
            assert sum(dimension.values()) == visits["value"]
        mean = by_code["visits_per_open_day"]
        assert mean["value"] == mean["num"] / mean["den"]

    @pytest.mark.parametrize(
        "period,codes",
        [
            ("2024-02", ["2024-02"]),
            ("2024-Q1", ["2024-Q1"]),
            ("2023-S2", ["2023-S2"]),
            ("2023", ["2023"]),
            ("2023-12..2024-02", ["2023-12", "2024-01", "2024-02"]),
        ],
    )
    def test_one_object_a_period_or_a_month_of_a_range(
        self, say: Say, practice: Path, period: str, codes: list[str]
    ) -> None:
        lines = say("--data", practice, "figures", period, "--json").out.splitlines()
        assert [json.loads(line)["period"] for line in lines] == codes

    def test_a_month_without_records_is_null_and_not_zero(self, say: Say, practice: Path) -> None:
        found = json.loads(say("--data", practice, "figures", "1999-01", "--json").out)
        assert {each["value"] for each in found["figures"]} == {None}
        assert {each["basis"] for each in found["figures"]} == {"not_counted"}

    def test_as_csv(self, say: Say, practice: Path, tmp_path: Path) -> None:
        path = tmp_path / "figures.csv"
        answer = say("--data", practice, "figures", "2024-01..2024-02", "--csv", path)
        assert answer == Answer(0, f"The figures are in {path}.\n", "")
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert ",".join(rows[0]) == "period,indicator,unit,dimension,key,value,basis"
        assert {row["period"] for row in rows} == {"2024-01", "2024-02"}
        totals = [row for row in rows if row["indicator"] == "visits" and not row["dimension"]]
        assert len(totals) == 2

    def test_for_a_person(self, say: Say, practice: Path) -> None:
        answer = say("--data", practice, "figures", "2024-02")
        assert answer.code == 0
        assert "Visits: " in answer.out

    @pytest.mark.parametrize(
        "period", ["2024-13", "2024-Q5", "oktober", "", "2024-02..", "2024..2025", "0999"]
    )
    def test_no_period(self, say: Say, practice: Path, period: str) -> None:
        answer = say("--data", practice, "figures", period)
        assert answer.code == 1
        assert f"“{period}” is not a period." in answer.sentence

    def test_a_range_of_thousands_of_years(self, say: Say, practice: Path) -> None:
        answer = say("--data", practice, "figures", "1000-01..9998-12")
        assert "longer than 1,200 months" in answer.sentence


class TestSheet:
    @pytest.mark.parametrize("kind,word", [("tally", "DAILY TALLY SHEET"), ("register", "Name")])
    def test_is_so_many_pages_of_that_paper(
        self, say: Say, practice: Path, tmp_path: Path, kind: str, word: str
    ) -> None:
        path = tmp_path / "sheet.pdf"
        words = ("sheet", kind, "--output", path, "--paper", "f4", "--pages", 3)
        assert say("--data", practice, *words).out == f"{path}: 3 pages.\n"
        pages = pypdf.PdfReader(path).pages
        assert float(pages[0].mediabox.height) == pytest.approx(330 / 25.4 * 72, abs=0.1)
        assert all(word in page.extract_text() for page in pages)

    def test_refuses_what_it_cannot_make(self, say: Say, practice: Path, tmp_path: Path) -> None:
        words = ("--data", practice, "sheet", "tally", "--output", tmp_path / "sheet.pdf")
        assert say(*words, "--pages", 0).sentence == "Ask for 1 to 60 pages."
        assert list(tmp_path.iterdir()) == []


class TestExcel:
    def test_figures_are_an_excel_file(self, say: Say, practice: Path, tmp_path: Path) -> None:
        path = tmp_path / "figures.xlsx"
        answer = say("--data", practice, "figures", "2024-01..2024-02", "--xlsx", path)
        assert answer.out == f"The figures are in {path}.\n"
        sheet = openpyxl.load_workbook(path).worksheets[0]
        assert {row[1] for row in sheet.iter_rows(min_row=2, values_only=True)} == {
            "2024-01",
            "2024-02",
        }


class TestPaper:
    @pytest.mark.parametrize(
        "words, part",
        [
            (("comparison", "2024-02"), "February 2024 and January 2024"),
            (("comparison", "2024-02", "--against", "2024-03"), "February 2024 and March 2024"),
            (("days", "2024-02"), "DAILY RECAP"),
            (("visits", "2024-02"), "VISIT RECAP"),
            (("tpbis", "2024-02"), "SIM TPBIS"),
            (("pasal15", "2024"), "PASAL 15"),
        ],
    )
    def test_is_a_pdf(
        self, say: Say, practice: Path, tmp_path: Path, words: tuple[str, ...], part: str
    ) -> None:
        path = tmp_path / "paper.pdf"
        say("--data", practice, "--lang", "en", "paper", *words, "--output", path)
        assert part in pypdf.PdfReader(path).pages[0].extract_text()

    def test_pasal_15_is_of_a_year(self, say: Say, practice: Path, tmp_path: Path) -> None:
        words = ("--data", practice, "paper", "pasal15", "2024-02", "--output", tmp_path / "p.pdf")
        answer = say(*words)
        assert (answer.code, answer.sentence) == (
            1,
            "Pasal 15 asks for a whole year. Write one like 2026.",
        )
        assert not (tmp_path / "p.pdf").exists()


class TestTarget:
    def test_keeps_what_a_year_is_to_reach(self, say: Say, practice: Path) -> None:
        data = ("--data", practice, "--lang", "en", "target")
        assert say(*data, "visits", 2027, "24000").out == "Visits in 2027: 24,000.\n"
        assert "92.5." in say(*data, "visits_per_open_day", 2027, "92.5").out
        assert "95.0%" in say(*data, "completeness_sex", 2027, "95%").out
        with opened(practice) as desk:
            kept = {code: each.value for code, each in desk.totals.targets(2027).items()}
        assert kept == {"visits": 24_000, "visits_per_open_day": 92.5, "completeness_sex": 0.95}
        assert say(*data, "visits", 2027, "-").out == "Visits has no target in 2027.\n"
        with opened(practice) as desk:
            assert "visits" not in desk.totals.targets(2027)

    @pytest.mark.parametrize(
        "indicator, value, kept",
        [
            ("visits", "12.000", 12_000),
            ("visits", "1,234,000", 1_234_000),
            ("visits_per_open_day", "7,5", 7.5),
            ("visits_per_open_day", "1.234,5", 1_234.5),
            ("completeness_sex", "95,5%", 0.955),
            ("open_days", "366", 366),
        ],
    )
    def test_reads_numbers_as_either_language_writes_them(
        self, say: Say, practice: Path, indicator: str, value: str, kept: float
    ) -> None:
        assert say("--data", practice, "target", indicator, 2028, value).code == 0
        with opened(practice) as desk:
            assert desk.totals.targets(2028)[indicator].value == kept

    @pytest.mark.parametrize(
        "indicator, value, part",
        [
            ("completeness_sex", "150%", "at most 100%"),
            ("open_days", "400", "at most 366 days"),
            ("visits", "1.2345", "is not a target"),
            ("visits_per_open_day", "1.234.5", "is not a target"),
        ],
    )
    def test_refuses_more_than_there_is(
        self, say: Say, practice: Path, indicator: str, value: str, part: str
    ) -> None:
        answer = say("--data", practice, "--lang", "en", "target", indicator, 2027, value)
        assert (answer.code, part in answer.sentence) == (1, True)

    @pytest.mark.parametrize(
        "indicator, value",
        [("visits", "92.5"), ("visits", "many"), ("visits", "5%"), ("completeness_sex", "95")],
    )
    def test_refuses_what_is_no_target(
        self, say: Say, practice: Path, indicator: str, value: str
    ) -> None:
        answer = say("--data", practice, "--lang", "en", "target", indicator, 2027, value)
        assert answer.code == 1
        assert answer.sentence.startswith(f"“{value}” is not a target.")

    def test_refuses_a_year_out_of_reach(self, say: Say, practice: Path) -> None:
        answer = say("--data", practice, "--lang", "en", "target", "visits", 12027, "5")
        assert answer.sentence == "12027 is not a year of targets. Write one like 2027."
        answer = say("--data", practice, "--lang", "en", "target", "visits", 2027, "0")
        assert "more than 0" in answer.sentence


class TestReport:
    @pytest.mark.parametrize("paper,millimetres", [("a4", (210, 297)), ("f4", (215, 330))])
    def test_is_a_pdf_of_that_paper(
        self, say: Say, practice: Path, tmp_path: Path, paper: str, millimetres: tuple[int, int]
    ) -> None:
        path = tmp_path / "report.pdf"
        answer = say("--data", practice, "report", "2024-02", "--output", path, "--paper", paper)
        pages = pypdf.PdfReader(path).pages
        assert answer.out == f"{path}: {len(pages)} pages.\n"
        size = (float(pages[0].mediabox.width), float(pages[0].mediabox.height))
        assert size == pytest.approx([side / 25.4 * 72 for side in millimetres], abs=0.1)

    def test_speaks_the_language_that_is_asked_for(
        self, say: Say, practice: Path, tmp_path: Path
    ) -> None:
        for lang, word in (("en", "February 2024"), ("id", "Februari 2024")):
            path = tmp_path / f"{lang}.pdf"
            words = ["report", "2024-02", "--output", str(path), "--lang", lang]
            assert main(["--data", str(practice), *words]) == 0
            assert word in pypdf.PdfReader(path).pages[0].extract_text()

    def test_takes_the_machine_s_paper(self, say: Say, practice: Path, tmp_path: Path) -> None:
        change_settings(paper="f4")
        path = tmp_path / "report.pdf"
        say("--data", practice, "report", "2024-02", "--output", path)
        assert float(pypdf.PdfReader(path).pages[0].mediabox.height) > 900

    def test_the_same_month_is_the_same_bytes(
        self, say: Say, practice: Path, tmp_path: Path
    ) -> None:
        for name in ("one.pdf", "two.pdf"):
            say("--data", practice, "report", "2024-02", "--output", tmp_path / name)
        assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()

    @pytest.mark.parametrize("period", ["2024-Q1", "2024-S1", "2024"])
    def test_is_of_any_period(self, say: Say, practice: Path, tmp_path: Path, period: str) -> None:
        answer = say("--data", practice, "report", period, "--output", tmp_path / "r.pdf")
        assert answer.code == 0
        assert "2024" in pypdf.PdfReader(tmp_path / "r.pdf").pages[0].extract_text()

    def test_is_not_called_like_another_kind_of_file(
        self, say: Say, practice: Path, tmp_path: Path
    ) -> None:
        path = tmp_path / "x.TXT"
        answer = say("--data", practice, "report", "2024-02", "--output", path)
        assert (answer.code, answer.sentence.endswith("Call it x.pdf.")) == (1, True)
        assert not path.exists()

    @pytest.mark.parametrize("command", ["report", "figures"])
    def test_goes_only_where_a_file_can_be(
        self, say: Say, practice: Path, tmp_path: Path, command: str
    ) -> None:
        option = "--output" if command == "report" else "--csv"
        for place, part in (
            (tmp_path, "is a folder."),
            (tmp_path / "none" / "x", "none does not exist."),
        ):
            answer = say("--data", practice, command, "2024-02", option, place)
            assert answer.code == 1
            assert part in answer.sentence
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("command", ["report", "figures"])
    @pytest.mark.parametrize(
        "name", [FILE_NAME, LOCK_NAME, CLEAN_NAME, BALLAST_NAME, "Perpudesk.db-WAL"]
    )
    def test_never_goes_over_the_records(
        self, say: Say, folder: Path, command: str, name: str
    ) -> None:
        option = "--output" if command == "report" else "--csv"
        target = folder / ".." / folder.name / name
        sentence = say("--data", folder, command, "2024-02", option, target).sentence
        assert "nothing was written over it" in sentence
        assert say("--data", folder, "check").code == 0

    def test_never_goes_over_the_records_by_a_link(
        self, say: Say, folder: Path, tmp_path: Path
    ) -> None:
        link = tmp_path / "angka.csv"
        link.symlink_to(folder / FILE_NAME)
        sentence = say("--data", folder, "figures", "2024-02", "--csv", link).sentence
        assert "nothing was written over it" in sentence

    @pytest.mark.parametrize("command", ["report", "figures"])
    def test_never_goes_over_the_records_of_another_branch(
        self, say: Say, folder: Path, tmp_path: Path, command: str
    ) -> None:
        other = tmp_path / "other"
        say("--data", other, "setup", "--name", "B", "--zone", "WIB")
        copy = tmp_path / "salinan.csv"
        copy.write_bytes((other / FILE_NAME).read_bytes())
        linked = tmp_path / "tautan.csv"
        linked.hardlink_to(folder / FILE_NAME)
        option = "--output" if command == "report" else "--csv"
        for target in (other / FILE_NAME, other / BALLAST_NAME, copy, linked):
            before = target.read_bytes()
            sentence = say("--data", folder, command, "2024-02", option, target).sentence
            assert "nothing was written over it" in sentence
            assert target.read_bytes() == before
        assert say("--data", folder, command, "2024-02", option, tmp_path / CLEAN_NAME).code == 0

    @pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="no links to what is open")
    def test_never_takes_the_place_of_what_the_answer_goes_to(
        self, folder: Path, tmp_path: Path
    ) -> None:
        out = tmp_path / "out.txt"
        out.write_text("before\n", "utf-8")
        link = tmp_path / "angka.csv"
        link.symlink_to("/dev/stdout")
        command = [sys.executable, "-m", "perpudesk", "--data", folder, "figures", "2024-02"]
        for target in ("/dev/stdout", "/dev/fd/1", link):
            with out.open("a") as stream:
                done = subprocess.run(
                    [*map(str, command), "--lang", "en", "--csv", str(target)],
                    cwd=ROOT, stdout=stream, stderr=subprocess.PIPE, text=True, check=False,
                )  # fmt: skip
            assert (done.returncode, out.read_text("utf-8")) == (1, "before\n")
            assert "is not an ordinary file" in done.stderr


LIST = """\
Member ID,Visitor Name,Membership Type,Institution,Room Name,Visit Date
A-01,Siti Aminah,Umum,,Ruang Baca,2024-01-15 09:10:00
A-02,Budi,Umum,,Ruang Baca,2024-01-15 09:12:00
NON-MEMBER,Tamu,NON-MEMBER,SMPN 1,Ruang Baca,2024-01-16 10:00:00
A-01,=cmd|x,Umum,,Ruang Baca,kemarin
,,,,,
"""


@pytest.fixture
def visitors(tmp_path: Path) -> Path:
    """A visitor list of SLiMS with a row that is refused and one that is empty."""
    path = tmp_path / "visitors.csv"
    path.write_text(LIST, "utf-8")
    return path


class TestImport:
    def test_says_as_json_what_came_of_every_row(
        self, say: Say, folder: Path, visitors: Path
    ) -> None:
        start = ("--data", folder, "import", "slims-visitors", visitors)
        found = json.loads(say(*start, "--json").out)
        parts = [found[part] for part in ("added", "unchanged", "refused", "left_out")]
        assert (found["read"], sum(parts), parts[0], parts[2]) == (5, 5, 3, 1)
        assert found["people"] == 2
        assert sum(found["reasons"].values()) == parts[2] + parts[3]
        with opened(folder) as desk:
            assert [each.id for each in desk.batches.standing()] == [found["batch"]]
            assert desk.patrons.count() == 0
        again = json.loads(say(*start, "--json").out)
        assert (again["batch"], again["added"], again["unchanged"]) == (None, 0, 3)

    def test_says_it_to_a_person_and_takes_it_back(
        self, say: Say, folder: Path, visitors: Path
    ) -> None:
        start = ("--data", folder)
        answer = say(*start, "import", "slims-visitors", visitors, "--names")
        assert answer.code == 0
        assert answer.out.startswith("3 visits were added.")
        batch = answer.out.split("perpudesk undo ")[1].strip()
        undone = say(*start, "undo", batch)
        assert undone.out == "The import of visitors.csv was undone.\n"
        assert say(*start, "check").out == "The data is whole: 0 visit records.\n"
        assert "already undone" in say(*start, "undo", batch).sentence
        assert "no import called 7" in say(*start, "undo", "7").sentence

    def test_a_dry_run_stores_nothing(self, say: Say, folder: Path, visitors: Path) -> None:
        words = ("--data", folder, "import", "slims-visitors", visitors, "--dry-run")
        assert say(*words).out.startswith("3 visits would be added.")
        found = json.loads(say(*words, "--json").out)
        assert (found["batch"], found["added"]) == (None, 3)
        assert say("--data", folder, "check").out == "The data is whole: 0 visit records.\n"

    def test_the_refused_rows_are_written_down(
        self, say: Say, folder: Path, visitors: Path, tmp_path: Path
    ) -> None:
        path = tmp_path / "refused.csv"
        words = ("--data", folder, "import", "slims-visitors", visitors, "--rejects", path)
        for _ in range(2):
            assert f"\n1 refused row is in {path}.\n" in say(*words).out
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, row = csv.reader(file)
        assert header[3:] == LIST.splitlines()[0].split(",")
        assert row[0] == "5"
        assert "'=cmd|x" in row

    @pytest.mark.skipif(sys.platform != "linux", reason="names there are always text")
    def test_where_no_row_is_refused_none_is_written_down(
        self, say: Say, folder: Path, tmp_path: Path
    ) -> None:
        visitors, path = tmp_path / "visitors.csv", tmp_path / "refused.csv"
        visitors.write_text("".join(LIST.splitlines(keepends=True)[:4]), "utf-8")
        words = ("--data", folder, "import", "slims-visitors", visitors, "--rejects", path)
        assert f"\nNo row was refused, so {path} was not written.\n" in say(*words).out
        assert not path.exists()

    def test_names_that_are_no_utf_8_are_no_hindrance(self, say: Say, tmp_path: Path) -> None:
        folder, path = tmp_path / "rek\udce9m", tmp_path / "daf\udcfftar.csv"
        path.write_text(LIST, "utf-8")
        assert say("--data", folder, "setup", "--name", "A", "--zone", "WIB").code == 0
        answer = say("--data", folder, "import", "slims-visitors", path)
        assert answer.code == 0
        with opened(folder) as desk:
            station = desk.store.author.station_id
        with opened(folder) as desk:
            assert desk.store.author.station_id == station
            (batch,) = desk.batches.standing()
        assert batch.file_name == "daf�tar.csv"
        assert "no import called" in say("--data", folder, "undo", "\udcff").sentence
        assert say("--data", folder, "undo", f" {batch.id.upper()} ").code == 0
        for words in (["setup", "--name", "\udcff"], ["figures", "\udcff"]):
            assert say("--data", folder, *words).code == 1

    def test_refused_it_stores_nothing(
        self, say: Say, folder: Path, visitors: Path, tmp_path: Path
    ) -> None:
        start = ("--data", folder, "import", "slims-visitors")
        picture = tmp_path / "visitors.xlsx"
        Image.new("RGB", (9, 9)).save(picture, "JPEG")
        for words in (
            (tmp_path / "none.csv",),
            (tmp_path,),
            (picture,),
            (visitors, "--rejects", tmp_path),
            (visitors, "--rejects", tmp_path / "none" / "refused.csv"),
            (visitors, "--rejects", visitors),
        ):
            answer = say(*start, *words)
            assert (answer.code, answer.err.count("\n")) == (1, 1)
        assert visitors.read_text("utf-8") == LIST
        assert say("--data", folder, "check").out == "The data is whole: 0 visit records.\n"


class TestClose:
    @pytest.fixture
    def start(self, say: Say, folder: Path, visitors: Path) -> tuple[object, ...]:
        """A folder with three visits of January 2024."""
        say("--data", folder, "import", "slims-visitors", visitors)
        return ("--data", folder)

    def test_says_the_revision_and_its_code(self, say: Say, start: tuple[object, ...]) -> None:
        answer = say(*start, "close", "2024-01", "--number", "014/I/2024", "--date", "2024-02-01")
        assert answer.code == 0
        lines = answer.out.splitlines()
        found = re.fullmatch(
            r"January 2024 is closed: revision 1, check code (\S{4}-\S{4})\.", lines[0]
        )
        assert found is not None
        assert lines[1].startswith("Worth mending: ")
        figures = json.loads(say(*start, "figures", "2024-01", "--json").out)
        assert figures["final"] is True
        verified = say(*start, "verify", found[1].lower())
        assert verified.out == (
            f"{found[1]} is of January 2024, revision 1. Nothing was changed since.\n"
        )

    def test_answers_as_json_and_again_with_its_changes(
        self, say: Say, start: tuple[object, ...], folder: Path
    ) -> None:
        words = ("close", "2024-01", "--json", "--place", "Kobar", "--date", "")
        first = json.loads(say(*start, *words, "--obstacles", "Listrik", "--follow-up", "x").out)
        assert {name: first[name] for name in ("period", "revision", "place", "date")} == {
            "period": "2024-01",
            "revision": 1,
            "place": "Kobar",
            "date": None,
        }
        assert first["number"] is None
        assert first["changes"] == []
        with opened(folder) as desk:
            desk.visits.record(VisitDraft(count=7, on=date(2024, 1, 15)))
            assert desk.closings.revisions(Period.parse("2024-01"))[0].letter.notes.follow_up == "x"
        again = json.loads(say(*start, *words).out)
        assert again["revision"] == 2
        assert {name: again["changes"][0][name] for name in ("subject", "before", "after")} == {
            "subject": "visits",
            "before": 3,
            "after": 10,
        }
        with opened(folder) as desk:
            desk.visits.record(VisitDraft(on=date(2024, 1, 15)))
        told = say(*start, "close", "2024-01").out.splitlines()
        assert told[1:3] == ["Changed since revision 2:", "  Visits: 10 → 11"]

    def test_named_nothing_again_it_keeps_its_date_and_changes_nothing(
        self, say: Say, start: tuple[object, ...]
    ) -> None:
        say(*start, "close", "2024-01", "--date", "2024-02-02")
        again = say(*start, "close", "2024-01")
        assert (again.code, "has changed since revision 1" in again.sentence) == (1, True)

    def test_says_what_is_worth_a_look(self, say: Say, start: tuple[object, ...]) -> None:
        told = say(*start, "close", "2024-01").out.splitlines()
        assert "Worth a look: 3 visits without sex (100.0%)" in told

    @pytest.mark.parametrize(
        "words,part",
        [
            (("close", "2024-Q1"), "is not one month"),
            (("close", "2023-12"), "there is nothing to close"),
            (("close", "2999-01"), "is not over yet"),
            (("close", "2024-01", "--date", "tomorrow"), "is not a date"),
            (("close", "2024-01", "--date", "2023-12-31"), "must be from 31 January 2024"),
            (("close", "2024-01", "--number", "x" * 121), "longer than 120"),
            (("verify", "0000-0000"), "No closed month of this library has the check code"),
            (("verify", "oktober.json"), "neither a check code"),
            (("verify", "0000-0000", "--period", "2024"), "is not one month"),
            (("report", "2024-01", "--revision", "1", "--output", "x.pdf"), "not been closed yet"),
        ],
    )
    def test_refuses_in_a_sentence(
        self, say: Say, start: tuple[object, ...], words: tuple[str, ...], part: str
    ) -> None:
        answer = say(*start, *words)
        assert answer.code == 1
        assert part in answer.sentence

    def test_figures_in_a_file_are_compared(
        self, say: Say, start: tuple[object, ...], tmp_path: Path
    ) -> None:
        say(*start, "close", "2024-01")
        file = tmp_path / "januari.json"
        file.write_text(say(*start, "figures", "2024-01", "--json").out, "utf-8")
        assert "is of January 2024, revision 1." in say(*start, "verify", file).out
        powershell = tmp_path / "utf16.json"
        powershell.write_text(file.read_text("utf-8").replace("\n", "\r\n"), "utf-16")
        assert "is of January 2024, revision 1." in say(*start, "verify", powershell).out
        quarter = tmp_path / "quarter.json"
        quarter.write_text(say(*start, "figures", "2024-Q1", "--json").out, "utf-8")
        assert "2024-Q1, which is not a month." in say(*start, "verify", quarter).sentence
        other = say(*start, "verify", file, "--period", "2024-02")
        assert "is of January 2024, not of February 2024." in other.sentence
        file.write_text(file.read_text("utf-8").replace('"value": 3', '"value": 4'), "utf-8")
        assert say(*start, "verify", file).code == 1

    def test_a_revision_prints_the_same_bytes_whatever_came_after(
        self, say: Say, start: tuple[object, ...], tmp_path: Path
    ) -> None:
        say(*start, "close", "2024-01")
        one, two = tmp_path / "one.pdf", tmp_path / "two.pdf"
        said = say(*start, "report", "2024-01", "--output", one)
        assert said.out == f"{one}: January 2024, revision 1.\n"
        say(*start, "setup", "--name", "Nama Baru")
        say(*start, "close", "2024-01", "--number", "2")
        say(*start, "report", "2024-01", "--revision", "1", "--output", two, lang="id")
        assert one.read_bytes() == two.read_bytes()

    def test_who_writes_into_a_closed_month_is_told(
        self, say: Say, start: tuple[object, ...], visitors: Path
    ) -> None:
        say(*start, "close", "2024-01")
        more = visitors.read_text("utf-8") + "A-09,Ani,Umum,,Ruang Baca,2024-01-20 09:00:00\n"
        visitors.write_text(more, "utf-8")
        words = ("import", "slims-visitors", visitors)
        dry = json.loads(say(*start, *words, "--json", "--dry-run").out)
        assert dry["closed_months_changed"] == ["2024-01"]
        dry_text = say(*start, *words, "--dry-run").out
        assert "January 2024 is closed (revision 1) and would be changed by this." in dry_text
        found = json.loads(say(*start, *words, "--json").out)
        assert found["closed_months_changed"] == ["2024-01"]
        say(*start, "close", "2024-01")
        undone = say(*start, "undo", found["batch"]).out.splitlines()
        assert undone[1] == (
            "January 2024 was closed (revision 2) and is changed now: close it again."
        )


class TestDemo:
    def test_goes_to_the_practice_folder(self, say: Say, home: Path) -> None:
        answer = say("demo", "--until", "2024-03-31")
        (made,) = (each.parent for each in home.rglob(FILE_NAME))
        assert made.name == "PerpuDesk-praktik"
        assert answer.out.endswith(f" practice visits are in {made}.\n")
        with opened(made) as desk:
            assert desk.practice

    @pytest.mark.parametrize(
        "words,part",
        [
            (["--years", "0"], "for 1 to 30 years"),
            (["--years", "-1"], "for 1 to 30 years"),
            (["--years", "1000"], "for 1 to 30 years"),
            (["--until", "9998-12-31"], "31 December 9998 has not come yet."),
            (["--until", "1946-08-18"], "before the year 1945"),
            (["--until", "1941-12-07"], "before the year 1945"),
            (["--until", "tomorrow"], "“tomorrow” is not a date."),
        ],
    )
    def test_refuses_and_makes_nothing(
        self, say: Say, tmp_path: Path, words: list[str], part: str
    ) -> None:
        answer = say("--data", tmp_path / "new", "demo", *words)
        assert answer.code == 1
        assert part in answer.sentence
        assert list(tmp_path.iterdir()) == []

    def test_leaves_real_records_alone(self, say: Say, folder: Path) -> None:
        assert "holds real records" in say("--data", folder, "demo").sentence
        with opened(folder) as desk:
            assert desk.branch.current().name == "Perpustakaan Uji"


class TestCheck:
    def test_counts_what_is_whole(self, say: Say, practice: Path) -> None:
        answer = say("--data", practice, "check")
        assert answer.code == 0
        assert answer.out.startswith("The data is whole: ")


class TestFaults:
    def test_one_of_ours_is_logged_beside_the_records(
        self, say: Say, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(copies, "check", _broken)
        answer = say("--data", folder, "check")
        assert answer.code == 1
        assert "PerpuDesk's fault. " in answer.sentence
        log = (folder / "perpudesk.log").read_text("utf-8")
        assert "ZeroDivisionError" in log
        assert "Siti" not in log + answer.err

    def test_one_of_ours_without_records_is_logged_among_temporary_files(
        self, say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
        (tmp_path / "temporary").mkdir()
        monkeypatch.setattr(copies, "check", _broken)
        sentence = say("--data", tmp_path, "check").sentence
        (log,) = (tmp_path / "temporary").iterdir()
        assert str(log) in sentence
        assert [each.name for each in tmp_path.iterdir()] == ["temporary"]

    def test_a_place_that_is_out_of_reach_is_not_ours(
        self, say: Say, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def denied(*_: object) -> list[str]:
            raise PermissionError(13, "Permission denied", "/somewhere")

        monkeypatch.setattr(copies, "check", denied)
        sentence = say("check").sentence
        assert sentence.startswith("/somewhere cannot be used (access is not allowed).")

    def test_stopping_it_is_a_sentence(self, say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
        def stopped(*_: object) -> list[str]:
            raise KeyboardInterrupt

        monkeypatch.setattr(copies, "check", stopped)
        answer = say("check")
        assert (answer.code, answer.sentence) == (
            1, "Stopped. What was not finished was not stored.",
        )  # fmt: skip

    def test_control_characters_do_not_reach_the_terminal(
        self, say: Say, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(copies, "check", lambda *_: ["\x1b]0;mine\x07 text"])
        assert say("check").out == "�]0;mine� text\n"

    def test_a_closed_stderr_is_borne(self, say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stderr", None)
        assert main(["check"]) == 1


def _broken(*_: object) -> list[str]:
    name = "Siti Aminah"
    return [name for _ in range(1 // 0)]


class TestProcess:
    """The same, from outside."""

    def test_the_answer_is_the_same_whatever_the_locale(
        self, practice: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        words = ("--data", practice, "figures", "2024-02")
        answers = [program(*words, LANG=lang) for lang in ("C", "en_US.UTF-8", "id_ID.ISO-8859-1")]
        answers.append(program(*words, LC_ALL="POSIX", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0"))
        monkeypatch.delenv("LANG")
        answers.append(program(*words))
        assert {(each.returncode, each.stderr) for each in answers} == {(0, b"")}
        assert len({each.stdout for each in answers}) == 1
        assert "Buka · dihitung" in answers[0].stdout.decode()

    def test_it_never_loads_qt(self, practice: Path, tmp_path: Path) -> None:
        report = ["report", "2024-02", "--output", str(tmp_path / "r.pdf")]
        code = (
            "import sys; from perpudesk.__main__ import main;"
            f"assert main(['--data', {str(practice)!r}, *{report!r}]) == 0;"
            "assert not any(name.startswith('PySide6') for name in sys.modules)"
        )
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True)

    @pytest.mark.skipif(os.name == "nt", reason="needs a shell of POSIX")
    @pytest.mark.parametrize("end", ["| true", ">&-", "> /dev/full"])
    @pytest.mark.parametrize("words", ["figures 2023-01..2024-02 --json", "--help"])
    def test_an_output_that_closes_early(self, practice: Path, words: str, end: str) -> None:
        if end == "> /dev/full" and not Path("/dev/full").exists():
            pytest.skip("no device that is always full")
        line = f'{{ "$0" -m perpudesk --data "$1" --lang en {words}; echo $? >&2; }} {end}'
        if "|" not in end:
            line = f'"$0" -m perpudesk --data "$1" --lang en {words} {end}; echo $? >&2'
        done = subprocess.run(
            ["sh", "-c", line, sys.executable, practice],
            cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        *sentences, code = done.stderr.splitlines()
        if words == "--help":
            assert code in "01"  # what fits in a pipe is gone before anyone closes it
            assert "Traceback" not in done.stderr
        else:
            assert sentences == [
                "The output was closed or is full: not all of the answer is in it."
            ]
            assert code == "1"

    @pytest.mark.skipif(os.name == "nt", reason="Ctrl+C is sent another way there")
    def test_ctrl_c_leaves_no_traceback_and_nothing_half_done(
        self, tmp_path: Path, request: pytest.FixtureRequest
    ) -> None:
        made = tmp_path / "new"
        # In the background of a shell it is ignored, and children would inherit that.
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        request.addfinalizer(lambda: signal.signal(signal.SIGINT, before))
        command = [sys.executable, "-m", "perpudesk", "--data", made, "demo", "--years", "30"]
        with subprocess.Popen(
            [*map(str, command), "--until", "2024-03-31", "--lang", "en"],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
        ) as running:
            while not (made / f"{FILE_NAME}-wal").exists():
                time.sleep(0.01)
            running.send_signal(signal.SIGINT)
            _, err = running.communicate(timeout=30)
        assert running.returncode == 1
        assert err == "Stopped. What was not finished was not stored.\n"
        assert list(tmp_path.iterdir()) == []


DAILY = """\
Tanggal;L;P;Jumlah
15-01-2024;3;4;7
16-01-2024;1.000;2;1.002
99-01-2024;1;1;2
Total;;;1.009
"""


class TestOwnTables:
    """A library's own tables, as commands bring them in."""

    def table(self, folder: Path, text: str, name: str = "harian.csv") -> Path:
        path = folder / name
        path.write_text(text, "utf-8")
        return path

    def test_a_table_comes_in_is_known_again_and_goes(
        self, say: Say, folder: Path, tmp_path: Path
    ) -> None:
        path, refused = self.table(tmp_path, DAILY), tmp_path / "refused.csv"
        words = ("--data", folder, "import", "visits", path)
        dry = say(*words, "--dry-run", "--rejects", refused)
        assert dry.code == 0
        assert "1,009 visits would be added." in dry.out
        assert "Columns: date = Tanggal, count = Jumlah, female = P, male = L." in dry.out
        assert "99-01-2024" in refused.read_text("utf-8-sig")
        first = json.loads(say(*words, "--json").out)
        assert [first[key] for key in ("read", "added", "refused", "left_out", "visits")] == [
            *(4, 2, 1, 1, 1_009),
        ]
        again = json.loads(say(*words, "--json").out)
        assert [again[key] for key in ("read", "added", "unchanged")] == [4, 0, 2]
        figures = json.loads(say("--data", folder, "figures", "2024-01", "--json").out)
        assert figures["figures"][0]["value"] == 1_009
        assert figures["figures"][0]["by"]["sex"] == {"female": 6, "male": 1_003, "unknown": 0}
        assert say("--data", folder, "undo", first["batch"]).code == 0
        assert json.loads(say(*words, "--json").out)["added"] == 2

    def test_days_with_records_are_refused_until_it_is_said(
        self, say: Say, folder: Path, tmp_path: Path, visitors: Path
    ) -> None:
        say("--data", folder, "import", "slims-visitors", visitors)
        words = ("--data", folder, "import", "visits", self.table(tmp_path, DAILY))
        assert say(*words, "--dry-run").out.strip().endswith("(--add-to-existing)")
        answer = say(*words)
        assert answer.code == 1
        assert "15-01-2024, 16-01-2024" in answer.sentence
        assert say(*words, "--add-to-existing").code == 0

    def test_computer_use_comes_in_and_goes(self, say: Say, folder: Path, tmp_path: Path) -> None:
        rows = "PC 1;06/10/2024;09.00;10.05\nPC 1;07/10/2024;10.00;09.00\n"
        path = self.table(tmp_path, f"PC;Tgl;Awal;Selesai\n{rows}", "log.csv")
        words = ("--data", folder, "import", "computer-sessions", path, "--map", "start=Awal")
        words = (*words, "--map", "date=Tgl")
        refused = tmp_path / "refused.csv"
        dry = say(*words, "--dry-run", "--rejects", refused)
        assert "1 computer session would be added." in dry.out
        assert "65 minutes of use." in dry.out
        assert "Row 3: “09.00” is before the start, 10:00." in dry.out
        assert "07/10/2024" in refused.read_text("utf-8-sig")
        first = json.loads(say(*words, "--json").out)
        assert [first[key] for key in ("sessions", "minutes", "workstations")] == [1, 65, 1]
        assert json.loads(say(*words, "--json").out)["unchanged"] == 1
        remembered = ("--data", folder, "import", "computer-sessions", path, "--json")
        assert json.loads(say(*remembered).out)["unchanged"] == 1
        assert say("--data", folder, "undo", first["batch"]).code == 0
        names = (f"Budi {n}x;06/10/2024;09.00;" for n in range(201))
        path = self.table(tmp_path, "\n".join(("Nama;Tgl;Mulai;Selesai", *names)), "n.csv")
        words = ("--data", folder, "import", "computer-sessions", path, "--map", "workstation=Nama")
        assert say(*words).sentence.endswith("(--map workstation=COLUMN)")

    def test_activities_come_in_and_go(self, say: Say, folder: Path, tmp_path: Path) -> None:
        line = "05/10/2024,Pelatihan Email,20,12,8\n"
        titles = "date,title,participants,female,male\n"
        path = self.table(tmp_path, f"{titles}{line}{line}13/10/2204,Rapat,5,,\n", "act.csv")
        words = ("--data", folder, "import", "activities", path)
        dry = say(*words, "--dry-run")
        assert "1 activity would be added." in dry.out
        assert "Row 4: “13/10/2204” has not come yet." in dry.out
        assert "listed twice or recorded here: --doubles" in dry.out
        first = json.loads(say(*words, "--json").out)
        assert [first[key] for key in ("added", "refused", "left_out")] == [1, 1, 1]
        figures = json.loads(say("--data", folder, "figures", "2024-10", "--json").out)["figures"]
        told = {each["indicator"]: each["value"] for each in figures}
        assert (told["trainings"], told["training_attendances"]) == (1, 20)
        assert json.loads(say(*words, "--doubles", "--json").out)["added"] == 1
        assert say("--data", folder, "undo", first["batch"]).code == 0

    def test_the_statistics_of_libki(self, say: Say, folder: Path, tmp_path: Path) -> None:
        lines = (
            "username,client_name,action,created_on,session_id",
            "a,PC-01,LOGIN,2024-10-06 09:00:00,s",
            "a,PC-01,LOGOUT,2024-10-06 09:45:00,s",
        )
        path = self.table(tmp_path, "\n".join(lines), "libki.csv")
        start = ("--data", folder, "import")
        assert "perpudesk import libki FILE" in say(*start, "computer-sessions", path).sentence
        result = json.loads(say(*start, "libki", path, "--json").out)
        assert [result[key] for key in ("read", "added", "sessions", "minutes")] == [2, 2, 1, 45]
        assert say(*start, "libki", path).out.startswith("This file was brought in before.")
        assert say(*start, "libki", path, "--map", "start=A").code == 1
        assert "statistics of Libki" in say(*start, "libki", self.table(tmp_path, DAILY)).sentence

    def test_monthly_totals_and_the_row_that_counts(
        self, say: Say, folder: Path, tmp_path: Path
    ) -> None:
        path = self.table(tmp_path, "Cabang,2023-01,2023-2\nA,5,\nB,7,0\n", "bulanan.csv")
        words = ("--data", folder, "import", "monthly-totals", path)
        answer = say(*words)
        assert answer.code == 1
        assert "A, B" in answer.sentence
        result = json.loads(say(*words, "--row", "B", "--estimated", "--json").out)
        assert (result["read"], result["added"]) == (2, 2)
        said = say("--data", folder, "figures", "2023").out
        assert "Visits: 7 (estimated)" in said
        assert "January 2023: 7 visits, a monthly total from bulanan.csv." in said

    def test_people(self, say: Say, folder: Path, tmp_path: Path) -> None:
        text = "Nama,Tanggal Lahir,NIK\nSiti,1990-01-01,6201\nAni,2020-01-01,6202\n"
        words = ("--data", folder, "import", "patrons", self.table(tmp_path, text))
        assert json.loads(say(*words, "--json").out)["reasons"] == {"minor": 1}
        result = json.loads(say(*words, "--children-consented", "--json").out)
        assert (result["added"], result["unchanged"]) == (1, 1)

    def test_what_is_asked_wrongly(
        self, say: Say, folder: Path, tmp_path: Path, visitors: Path
    ) -> None:
        path = self.table(tmp_path, DAILY)
        for code, words in (
            (2, ("visits", path, "--map", "date")),
            (2, ("kunjungan", path)),
            (1, ("visits", path, "--map", "date=Hari")),
            (1, ("visits", visitors)),
            (1, ("slims-visitors", visitors, "--map", "date=Tanggal")),
            (1, ("visits", tmp_path / "none.csv")),
        ):
            answer = say("--data", folder, "import", *words)
            assert answer.code == code
            assert "Traceback" not in answer.err
            assert answer.err
