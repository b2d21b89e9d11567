from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from perpudesk.paper.document import (
    DOTTED,
    Bar,
    BarChart,
    Column,
    Document,
    Row,
    Signature,
    Span,
    Table,
    Title,
    bold,
    compose,
    italic,
    spans,
)

GOLDEN = Path(__file__).with_name("month.outline.txt")


def test_the_outline_says_all_that_is_printed(month: Document) -> None:
    assert month.outline() == GOLDEN.read_text("utf-8")


def test_documents_are_compared_by_value(month: Document) -> None:
    assert replace(month) == month
    assert replace(month, footer="other") != month


def test_spans_keep_their_order_and_style() -> None:
    assert spans("a", bold("b"), italic("c")) == (
        Span(text="a"),
        Span(text="b", bold=True),
        Span(text="c", italic=True),
    )
    assert bold("b").outline() == "**b**"
    assert italic("c").outline() == "_c_"


def test_a_translated_sentence_takes_styled_words_without_reading_them() -> None:
    assert compose("{n} came, {{so}} it was", n=bold("{n} <b>")) == (
        Span(text="{n} <b>", bold=True),
        Span(text=" came, {"),
        Span(text="so}"),
        Span(text=" it was"),
    )


def test_a_practice_document_says_so_in_its_outline(month: Document) -> None:
    outline = replace(month, watermark="PRAKTIK", provisional=None, letterhead=None).outline()
    assert "watermark: PRAKTIK\n" in outline
    assert "provisional" not in outline
    assert "kop:" not in outline


def test_a_table_without_titles_has_no_header() -> None:
    table = Table(columns=(Column(), Column()), rows=(Row(cells=("Name", "Siti")),))
    assert not table.has_header
    assert list(table.outline()) == ["  Name | Siti"]


def test_a_signature_leaves_out_or_dots_what_is_missing() -> None:
    nobody = Signature(lead="Mengetahui", post="Kepala Desa")
    assert nobody.outline() == f"Mengetahui | Kepala Desa | **{DOTTED}**"
    assert nobody.below() == ()
    assert replace(nobody, rank="Penata", nip="").below() == ("Penata", f"NIP. {DOTTED}")
    assert replace(nobody, nip="1978").below() == ("NIP. 1978",)


def test_a_chart_without_axes_names_none() -> None:
    chart = BarChart(title="C", bars=(Bar(label="a", value=1.5),))
    assert list(chart.outline()) == ["bars: C", "  a=1.5"]


def test_a_title_may_stand_alone() -> None:
    assert list(Title(text="T").outline()) == ["# T"]
