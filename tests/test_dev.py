"""The two commands of a fresh clone: what they install, what they say, what they leave alone."""

import ast
import os
import re
import shlex
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

import pytest

import dev

ROOT = Path(__file__).parents[1]
PIN = re.compile(r"^([a-z0-9-]+)==([\w.]+)(?: ; (.+?))? \\$", re.MULTILINE)


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout in a folder with a space in its name; dev.py takes it for its own."""
    root = tmp_path / "ruang baca"
    (root / "perpudesk").mkdir(parents=True)
    (root / "perpudesk" / "__main__.py").write_text("import sys; print('here', *sys.argv[1:])")
    for name in ("dev.py", "pyproject.toml", *dev.REQUIREMENTS.values()):
        (root / name).write_text(name)
    scripts = root / ".venv" / ("Scripts" if os.name == "nt" else "bin")
    monkeypatch.setattr(dev, "ROOT", root)
    monkeypatch.setattr(dev, "VENV", root / ".venv")
    monkeypatch.setattr(dev, "BIN", scripts)
    monkeypatch.setattr(dev, "PYTHON", scripts / dev.PYTHON.name)
    monkeypatch.setattr(dev, "LOCALE", root / "resources" / "locale")
    return root


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that dev.py would have started; each ends well, only `venv` does its work."""
    seen: list[list[str]] = []

    def call(words: list[str], **_: object) -> int:
        seen.append(words)
        if "venv" in words:
            venv.create(words[-1], with_pip=False)
        return 0

    monkeypatch.setattr(subprocess, "call", call)
    return seen


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without Qt's libraries, as root."""
    monkeypatch.setattr(dev, "loads", lambda _: False)
    monkeypatch.setattr(dev, "become_root", list)


@pytest.fixture
def complete(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which nothing is missing."""
    monkeypatch.setattr(dev, "missing_packages", lambda _: [])


# ---------------------------------------------------------------- words


def test_it_needs_the_standard_library_only() -> None:
    imported = set()
    for node in ast.walk(ast.parse((ROOT / "dev.py").read_text("utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            imported.add(str(node.module))
    assert {name.split(".")[0] for name in imported} <= set(sys.stdlib_module_names)


def test_an_old_python_is_told_what_is_needed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 12))
    assert dev.main(["run"]) == 1
    assert "needs Python 3.11 or newer" in capsys.readouterr().err


@pytest.mark.parametrize("words,status", [([], 0), (["help"], 0), (["--help"], 0), (["rum"], 2)])
def test_it_lists_its_commands(
    words: list[str], status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(words) == status
    listed = capsys.readouterr().out
    assert set(re.findall(r"^(\w+) ", listed, re.MULTILINE)) == {"PerpuDesk", *dev.COMMANDS}


def test_a_failing_check_is_named_and_ends_the_run(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(dev.Stop, match="stopped at: types"):
        dev.step("types", sys.executable, "-c", "raise SystemExit(3)")
    assert capsys.readouterr().out.startswith("dev.py: types: ")


# ---------------------------------------------------------------- system packages


@pytest.mark.usefixtures("bare")
def test_missing_packages_are_named_and_installed(
    calls: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    dev.install_system_packages("run")
    update, install = calls
    assert update[-3:] == ["apt-get", "update", "-qq"]
    assert install[:2] == ["env", "DEBIAN_FRONTEND=noninteractive"]
    assert set(dev.LIBRARIES.values()) <= set(install)
    assert not set(dev.PROGRAMS.values()) & set(install)
    assert "libegl1 libgl1" in capsys.readouterr().out


@pytest.mark.usefixtures("bare")
def test_without_root_the_one_line_to_run_is_printed(
    calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "become_root", lambda: None)
    with pytest.raises(dev.Stop) as stop:
        dev.install_system_packages("run")
    line = str(stop.value).splitlines()[1].split()
    assert line[:6] == ["apt-get", "update", "&&", "apt-get", "install", "-y"]
    assert set(dev.LIBRARIES.values()) <= set(line)
    assert calls == []


@pytest.mark.usefixtures("bare")
def test_without_apt_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(dev.Stop, match="libxcb-cursor0"):
        dev.install_system_packages("run")


@pytest.mark.usefixtures("bare")
def test_windows_has_no_system_packages(
    calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "WINDOWS", True)
    dev.install_system_packages("test")
    assert calls == []


def test_tests_need_programs_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "loads", lambda _: True)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: name != "ensurepip" or None)
    own_venv = f"python3.{sys.version_info.minor}-venv"
    assert dev.missing_packages("run") == [own_venv]
    assert dev.missing_packages("test") == [own_venv, *dev.PROGRAMS.values()]
    assert dev.missing_packages("build") == [own_venv, *dev.BUILDERS.values()]


def test_the_loader_is_asked_for_libraries() -> None:
    assert not dev.loads("libperpudesk-is-not-a-library.so.1")


@pytest.mark.skipif(os.name == "nt", reason="there is no root on Windows")
@pytest.mark.parametrize(
    "uid,sudo,asked,at_keyboard,words",
    [
        (0, False, 0, False, []),
        (1000, False, 0, True, None),
        (1000, True, 0, False, ["sudo", "-n"]),
        (1000, True, 1, True, ["sudo"]),
        (1000, True, 1, False, None),
    ],
)
def test_root_is_had_by_sudo_or_not_at_all(
    *,
    uid: int,
    sudo: bool,
    asked: int,
    at_keyboard: bool,
    words: list[str] | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: uid)
    monkeypatch.setattr("shutil.which", lambda _: "sudo" if sudo else None)
    monkeypatch.setattr(subprocess, "call", lambda *_, **__: asked)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: at_keyboard, raising=False)
    assert dev.become_root() == words


# ---------------------------------------------------------------- setting up


@pytest.mark.usefixtures("complete")
def test_setting_up_is_done_once(checkout: Path, calls: list[list[str]]) -> None:
    dev.prepare("run")
    made, installed = calls
    assert made[1:] == ["-m", "venv", "--clear", str(checkout / ".venv")]
    assert {"--require-hashes", "--no-deps"} <= set(installed)
    assert installed[installed.index("-r") + 1] == str(checkout / "requirements.txt")
    dev.prepare("run")
    assert calls == [made, installed]


@pytest.mark.usefixtures("complete")
def test_new_pins_are_installed_into_the_venv_there_is(
    checkout: Path, calls: list[list[str]]
) -> None:
    dev.prepare("test")
    dev.prepare("run")
    assert len(calls) == 2, "who can test can run"
    (checkout / "requirements.txt").write_text("something newer")
    dev.prepare("run")
    assert [words[2] for words in calls] == ["venv", "pip", "pip"]


@pytest.mark.usefixtures("complete", "checkout")
def test_another_python_gets_a_venv_of_its_own(
    calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    dev.prepare("run")
    monkeypatch.setattr(sys, "version", "3.99.0 (another build)")
    dev.prepare("run")
    assert [words[2] for words in calls] == ["venv", "pip", "venv", "pip"]


@pytest.mark.usefixtures("complete", "checkout")
def test_a_failed_download_says_what_to_do_and_is_tried_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "make_venv", lambda: None)
    monkeypatch.setattr(subprocess, "call", lambda words, **_: int("pip" in words))
    assert dev.main(["setup"]) == 1
    assert "Check the internet connection" in capsys.readouterr().err
    assert dev.main(["setup"]) == 1


@pytest.mark.usefixtures("checkout")
def test_a_venv_that_cannot_be_made_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "call", lambda *_, **__: 1)
    with pytest.raises(dev.Stop, match=r"could not make \.venv"):
        dev.make_venv()


def test_the_command_works_from_anywhere(checkout: Path, tmp_path: Path) -> None:
    venv.create(checkout / ".venv", with_pip=False)
    dev.link_package()
    (tmp_path / "perpudesk.py").write_text("raise SystemExit('a stranger')")
    command = checkout / ".venv" / dev.BIN.name / ("perpudesk.cmd" if dev.WINDOWS else "perpudesk")
    done = subprocess.run([command, "a b"], cwd=tmp_path, capture_output=True, check=True)
    assert done.stdout.decode().split() == ["here", "a", "b"]


@pytest.mark.usefixtures("complete")
def test_run_hands_its_words_to_perpudesk(
    checkout: Path, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "execv", lambda _, words: calls.append(words))
    monkeypatch.setattr(dev, "WINDOWS", False)
    dev.run(["--data", "here"])
    assert calls[2] == [str(dev.PYTHON), "-P", "-m", "perpudesk", "--data", "here"]
    assert checkout in dev.PYTHON.parents


# ---------------------------------------------------------------- checks and texts


@pytest.mark.usefixtures("complete", "checkout")
def test_test_runs_every_check_in_order(calls: list[list[str]]) -> None:
    assert dev.main(["test"]) == 0
    tools = ("ruff format", "ruff check", "mypy", "lint-imports", "pytest")
    run = [shlex.join(words) for words in calls[2:]]
    assert [next(tool for tool in tools if tool in words) for words in run[:-1]] == list(tools)
    assert "--cov-fail-under=90" in run[-2]
    assert "--fail-under=100" in run[-1]


@pytest.mark.usefixtures("complete", "checkout")
def test_named_tests_run_alone(calls: list[list[str]]) -> None:
    assert dev.main(["test", "tests/core", "-x"]) == 0
    assert calls[2:] == [[str(dev.PYTHON), "-m", "pytest", "tests/core", "-x"]]


@pytest.mark.usefixtures("complete", "checkout")
def test_the_long_tests_try_out_what_was_built_before(calls: list[list[str]]) -> None:
    assert dev.main(["test", "--long"]) == 0
    run = [shlex.join(words[2:]) for words in calls]
    built = run.index("release.build")
    assert calls[built - 1][-2].endswith("requirements-build.txt")
    assert "--long" in calls[built + 1]
    assert calls[built + 1][2] == "pytest"


@pytest.mark.usefixtures("complete", "checkout")
def test_everything_is_measured_with_a_fresh_program_folder(calls: list[list[str]]) -> None:
    assert dev.main(["bench"]) == 0
    assert [words[2:] for words in calls[-2:]] == [
        ["release.build", "--folder"],
        ["tests.benchmarks"],
    ]


@pytest.mark.parametrize(
    "command,module",
    [
        ("bench", "tests.benchmarks"),
        ("screenshots", "tests.screenshots"),
        ("build", "release.build"),
        ("sign", "release.sign"),
    ],
)
@pytest.mark.usefixtures("complete", "checkout")
def test_tools_of_the_tests_are_modules(command: str, module: str, calls: list[list[str]]) -> None:
    assert dev.main([command, "--quick"]) == 0
    assert calls[2:] == [[str(dev.PYTHON), "-m", module, "--quick"]]


def test_messages_brings_the_catalogue_up_to_date(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "prepare", lambda _: None)
    monkeypatch.setattr(dev, "BABEL", (sys.executable, *dev.BABEL[1:]))
    source = 'tr("Save")\ntrc("age", "Unknown")\ntrn("{n} visit", "{n} visits", 2)\n_("Never")\n'
    source += 'P = Problem("bad", "A sentence.")\n'
    (checkout / "perpudesk" / "page.py").write_text(source)
    catalogue = dev.LOCALE / "id" / "LC_MESSAGES" / "perpudesk.po"
    catalogue.parent.mkdir(parents=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    catalogue.write_text(f'{head}msgid "Save"\nmsgstr "Simpan"\n\nmsgid "Old"\nmsgstr "Lama"\n')
    assert dev.main(["messages"]) == 0
    text = catalogue.read_text("utf-8")
    assert 'msgid "Save"\nmsgstr "Simpan"' in text
    assert 'msgctxt "age"\nmsgid "Unknown"' in text
    assert 'msgid_plural "{n} visits"' in text
    assert 'msgid "A sentence."' in text
    assert "Old" not in text
    assert "Never" not in text
    assert b"Simpan" in catalogue.with_suffix(".mo").read_bytes()


# ---------------------------------------------------------------- pins


def pins(name: str) -> dict[str, str]:
    return {library: version for library, version, _ in PIN.findall((ROOT / name).read_text())}


def test_everything_is_pinned_with_hashes_and_no_index_is_named() -> None:
    for name in dev.REQUIREMENTS.values():
        text = (ROOT / name).read_text()
        blocks = re.split(r"\n(?=[a-z])", re.sub(r"^ *#.*\n", "", text, flags=re.MULTILINE))
        assert all(PIN.match(block) and "--hash=sha256:" in block for block in blocks)
        assert len(blocks) == len(pins(name))
        assert "://" not in text


def test_the_pins_are_those_that_the_project_names() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for name, wanted in (
        ("requirements.txt", project["dependencies"]),
        ("requirements-dev.txt", project["optional-dependencies"]["dev"]),
        ("requirements-build.txt", project["optional-dependencies"]["build"]),
    ):
        listed = pins(name)
        assert {words.lower() for words in wanted} <= {f"{k}=={v}" for k, v in listed.items()}


def test_what_runs_is_what_is_tested() -> None:
    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items()
    assert pins("requirements.txt").items() <= pins("requirements-build.txt").items()


def test_windows_has_what_it_needs() -> None:
    markers = {
        library: marker
        for library, _, marker in PIN.findall((ROOT / "requirements-dev.txt").read_text())
    }
    assert markers["colorama"] == "sys_platform == 'win32'"
    assert markers["tzdata"] == ""
