"""Every part of the program has its licence in the file that is shipped."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from release import licences


def test_every_part_is_there_with_its_terms() -> None:
    text = licences.everything(())
    parts = dict(part.strip().split("\n", 1) for part in text.split(licences.LINE))
    pins = re.findall(r"^([a-z0-9-]+)==", Path("requirements.txt").read_text(), re.MULTILINE)
    for name in pins:
        (found,) = (
            terms
            for title, terms in parts.items()
            if re.sub(r"[_.]", "-", title.lower()).startswith(f"{name} ".lower())
        )
        assert len(found.strip()) > 3, name
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    assert "Bitstream" in text
    assert any(title.startswith("Python 3.") for title in parts)


@pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="Debian's packages are asked")
def test_what_came_from_the_build_machine_is_named_too() -> None:
    (text,) = licences.system_texts([Path("/bin/true"), Path(__file__)])
    assert text.startswith("coreutils (Debian package)\n\n")
