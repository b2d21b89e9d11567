"""One mechanism for every text, in the language of whoever reads it."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

import pytest

from perpudesk.core import i18n
from perpudesk.core.i18n import N_, compile_catalogue, language, speaking, tr, trc, trn, use

PO = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=1; plural=0;\n"

msgid "Row {row} has no date."
msgstr "Baris {row} tanpa tanggal."

msgid "{n} visit of {most}"
msgid_plural "{n} visits of {most}"
msgstr[0] "{n} dari {most} kunjungan"

msgctxt "age"
msgid "Unknown"
msgstr "Tidak tercatat"
"""


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of catalogues with the Indonesian one above."""
    source = tmp_path / "locale" / "id" / "LC_MESSAGES" / "perpudesk.po"
    source.parent.mkdir(parents=True)
    source.write_text(PO, "utf-8")
    monkeypatch.setattr(i18n, "resource", lambda name: tmp_path / name)
    i18n._catalogue.cache_clear()
    monkeypatch.setattr(i18n, "_default", "id")
    yield source
    i18n._catalogue.cache_clear()


@pytest.mark.usefixtures("catalogue")
def test_texts_with_parameters_plurals_and_contexts() -> None:
    assert tr("Row {row} has no date.", row=4) == "Baris 4 tanpa tanggal."
    assert trn("{n} visit of {most}", "{n} visits of {most}", 1, most=9) == "1 dari 9 kunjungan"
    assert trc("age", "Unknown") == "Tidak tercatat"
    with speaking("en"):
        assert tr("Row {row} has no date.", row=4) == "Row 4 has no date."
        assert trn("{n} visit of {most}", "{n} visits of {most}", 1, most=9) == "1 visit of 9"
        assert trn("{n} visit of {most}", "{n} visits of {most}", 2, most=9) == "2 visits of 9"
        assert trc("age", "Unknown") == "Unknown"


@pytest.mark.usefixtures("catalogue")
def test_what_is_not_translated_stays_as_it_is() -> None:
    assert tr("Not in the catalogue") == N_("Not in the catalogue") == "Not in the catalogue"
    assert tr("Braces {like} these") == "Braces {like} these"


def test_indonesian_is_the_language_until_told_otherwise() -> None:
    assert language() == "id"
    use("en")
    assert language() == "en"
    use("xx")
    assert language() == "id"


def test_a_block_speaks_its_own_language_also_in_another_thread() -> None:
    heard = []

    def worker() -> None:
        heard.append(language())
        with speaking("en"):
            heard.append(language())

    with speaking("en"):
        with speaking("id"):
            assert language() == "id"
        assert language() == "en"
        thread = threading.Thread(target=worker)
        thread.start()
        thread.join()
    assert heard == ["id", "en"]
    assert language() == "id"


def test_a_block_that_fails_gives_the_language_back() -> None:
    with pytest.raises(ZeroDivisionError), speaking("en"):
        raise ZeroDivisionError
    assert language() == "id"


def test_a_compiled_catalogue_is_used_until_the_source_is_newer(catalogue: Path) -> None:
    compiled = catalogue.with_suffix(".mo")
    compiled.write_bytes(compile_catalogue(catalogue))
    catalogue.write_text(PO.replace("Tidak tercatat", "Belum tercatat"), "utf-8")

    older, newer = 1_000_000_000, 2_000_000_000
    os.utime(catalogue, (older, older))
    assert trc("age", "Unknown") == "Tidak tercatat"
    os.utime(catalogue, (newer, newer))
    i18n._catalogue.cache_clear()
    assert trc("age", "Unknown") == "Belum tercatat"
    os.utime(catalogue, (older, older))
    catalogue.unlink()
    i18n._catalogue.cache_clear()
    assert trc("age", "Unknown") == "Tidak tercatat"


def test_without_any_catalogue_it_still_speaks(catalogue: Path) -> None:
    shutil.rmtree(catalogue.parent)
    assert trc("age", "Unknown") == "Unknown"
