from __future__ import annotations

import pytest

from perpudesk.ui.help_search import Found, HelpPage, Line, folded, search

DESK = HelpPage(
    key="desk",
    title="Meja Depan",
    lines=(
        Line(text="Satu ketukan adalah satu kunjungan.", block=1),
        Line(text="Salah catat?", block=2, heading=True),
        Line(text="Batalkan dengan Ctrl+Z, juga setelah listrik padam.", block=3),
    ),
)
BACKUPS = HelpPage(
    key="settings",
    title="Pengaturan",
    lines=(
        Line(text="Kafé dan cadangan di meja orang lain.", block=1),
        Line(text="Cadangan", block=2, heading=True),
        Line(text="Cadangan dibuat setiap setengah jam, lalu diuji.", block=3),
    ),
)
EMPTY = HelpPage(key="agenda", title="Agenda")
PAGES = [BACKUPS, DESK, EMPTY]


@pytest.mark.parametrize(
    "typed, keys",
    [
        ("", []),
        ("   ", []),
        ("nothing of that", []),
        ("meja", ["desk", "settings"]),  # a title before a text
        ("DEPAN meja", ["desk"]),
        ("cadangan", ["settings"]),
        ("kafe", ["settings"]),
        ("KAFÉ", ["settings"]),
        ("ctrl+z", ["desk"]),
        ("batal listrik", ["desk"]),
        ("batal kunjungan", ["desk"]),  # in different lines
        ("batal cadangan", []),  # in different pages
        ("agenda", ["agenda"]),
    ],
)
def test_all_the_words_must_be_on_the_page(typed: str, keys: list[str]) -> None:
    assert [each.key for each in search(PAGES, typed)] == keys


@pytest.mark.parametrize(
    "typed, block, excerpt",
    [
        ("cadangan", 2, "Cadangan"),  # a heading says best what stands below it
        ("cadangan jam", 3, "Cadangan dibuat setiap setengah jam, lalu diuji."),
        ("pengaturan", 1, "Kafé dan cadangan di meja orang lain."),
        ("pengaturan jam", 3, "Cadangan dibuat setiap setengah jam, lalu diuji."),
        ("orang jam", 1, "Kafé dan cadangan di meja orang lain."),
    ],
)
def test_the_line_with_the_match_is_told(typed: str, block: int, excerpt: str) -> None:
    (found,) = search([BACKUPS], typed)
    assert found == Found(key="settings", title="Pengaturan", excerpt=excerpt, block=block)


def test_title_stands_before_heading_line_and_scattered_words() -> None:
    def page(title: str, *lines: Line) -> HelpPage:
        return HelpPage(key=title, title=title, lines=lines)

    here = Line(text="Kunci meja", block=1)
    pages = [
        page("d scattered", Line(text="kunci", block=1), Line(text="meja", block=2)),
        page("c line", here),
        page("b line", here),
        page("e heading", Line(text="Kunci meja", block=1, heading=True)),
        page("f meja kunci"),
    ]
    titles = [each.title for each in search(pages, "kunci meja")]
    assert titles == ["f meja kunci", "e heading", "b line", "c line", "d scattered"]


def test_page_without_lines_shows_its_title() -> None:
    (found,) = search([EMPTY], "agenda")
    assert (found.excerpt, found.block) == ("Agenda", 0)


@pytest.mark.parametrize(
    "text, excerpt",
    [
        (
            "Nama yang lama tidak terlihat dihapus sendiri, lalu cadangan dibuat.",
            "… terlihat dihapus sendiri, lalu cadangan dibuat.",
        ),
        ("Lalu cadangan dibuat.", "Lalu cadangan dibuat."),
        ("x" * 60 + "cadangan", "x" * 60 + "cadangan"),  # a word is not cut
        ("ﬁ" + "x " * 40 + "cadangan", "ﬁ" + "x " * 40 + "cadangan"),  # longer when folded
    ],
)
def test_long_line_begins_a_little_before_the_match(text: str, excerpt: str) -> None:
    (found,) = search([HelpPage(key="a", title="A", lines=(Line(text=text, block=1),))], "cadangan")
    assert found.excerpt == excerpt


def test_folded_knows_neither_capitals_nor_accents() -> None:
    assert folded("KAFÉ Ñandú") == "kafe nandu"


def test_the_line_that_begins_with_the_word_is_shown() -> None:
    lines = ("Lost: a computer or a stick.", "Stick of the branch: named once.")
    page = HelpPage(
        key="settings",
        title="Settings",
        lines=tuple(Line(text=each, block=at) for at, each in enumerate(lines)),
    )
    (found,) = search([page], "stick")
    assert found.excerpt == lines[1]
