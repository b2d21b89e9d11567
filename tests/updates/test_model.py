"""What an update may say of itself, and which is taken."""

from __future__ import annotations

import msgspec
import pytest

from perpudesk.core.errors import FileError, RuleError
from perpudesk.updates.model import (
    ALREADY_HERE,
    DOWNGRADE,
    MANIFEST,
    OTHER_SYSTEM,
    File,
    Manifest,
    admit,
    is_inside,
    leads_inside,
    read_manifest,
)

ONE = File(size=3, sha256="0" * 64)


def manifest(*names: str, version: str = "1.2.3", links: dict[str, str] | None = None) -> Manifest:
    files = dict.fromkeys(names or ("a",), ONE)
    return Manifest(version=version, system="linux-x86_64", files=files, links=links or {})


def test_what_is_written_is_read() -> None:
    told = manifest("a", "b/c", links={"b/d": "c", "e": "b/c"})
    assert read_manifest(msgspec.json.encode(told)) == told
    assert told.size == 6


@pytest.mark.parametrize(
    "name", ["", "/a", "a/", "a//b", ".", "..", "a/../b", "a\\b", "C:a", "a\0"]
)
def test_a_name_that_leads_outside_is_refused(name: str) -> None:
    assert not is_inside(name)
    for told in (manifest(name), manifest(links={name: "a"})):
        with pytest.raises(FileError, match=MANIFEST):
            read_manifest(msgspec.json.encode(told))


@pytest.mark.parametrize(
    "name,target,inside",
    [
        ("a", "b", True),
        ("a/b", "../c", True),
        ("a/b/c", "../../d/e", True),
        ("a", "../b", False),
        ("a/b", "../../c", False),
        ("a", "/etc/passwd", False),
        ("a", "", False),
        ("a/b", "..\\..\\c", False),
        ("a", "b/../../c", False),
        ("a", "./b", False),
    ],
)
def test_a_link_stays_in_the_folder(*, name: str, target: str, inside: bool) -> None:
    assert leads_inside(name, target) is inside
    if not inside:
        with pytest.raises(FileError):
            read_manifest(msgspec.json.encode(manifest(links={name: target})))


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"null",
        b"[" * 100_000,
        b"\xff",
        b'{"version":"1.2.3","system":"x","files":{}}',
        b'{"version":"1.2","system":"x","files":{"a":{"size":1,"sha256":"%s"}}}' % (b"0" * 64),
        b'{"version":"1.2.3","system":"x","files":{"a":{"size":-1,"sha256":"%s"}}}' % (b"0" * 64),
        b'{"version":"1.2.3","system":"x","files":{"a":{"size":1,"sha256":"%s"}}}' % (b"0" * 63),
        b'{"version":"1.2.3","system":"x","more":1,"files":{"a":{"size":1,"sha256":"0"}}}',
    ],
)
def test_what_is_no_list_is_a_sentence(text: bytes) -> None:
    with pytest.raises(FileError):
        read_manifest(text)


def test_only_a_newer_one_is_taken() -> None:
    for older in ("1.2.2", "1.1.99", "0.9.9"):
        with pytest.raises(RuleError) as refused:
            admit(manifest(version=older), version="1.2.3", system="linux-x86_64")
        assert refused.value.problem is DOWNGRADE
    with pytest.raises(RuleError) as refused:
        admit(manifest(), version="1.2.3", system="linux-x86_64")
    assert refused.value.problem is ALREADY_HERE
    for newer in ("1.2.4", "1.10.0", "2.0.0"):
        admit(manifest(version=newer), version="1.2.3", system="linux-x86_64")


def test_one_for_another_system_is_refused() -> None:
    with pytest.raises(RuleError) as refused:
        admit(manifest(), version="0.1.0", system="win32-amd64")
    assert refused.value.problem is OTHER_SYSTEM


def test_an_installer_is_one_program_file() -> None:
    assert manifest("PerpuDesk-setup.exe").installer == "PerpuDesk-setup.exe"
    for others in (("PerpuDesk",), ("a.exe", "b"), ("b/a.exe",)):
        assert manifest(*others).installer == ""
