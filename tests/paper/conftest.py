"""A month as a branch might print it, and the widths of real and of imagined fonts."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw

from perpudesk.paper.document import (
    DOTTED,
    Align,
    Bar,
    BarChart,
    BarStyle,
    Column,
    Columns,
    Document,
    HBarChart,
    Heading,
    LegendEntry,
    Letterhead,
    Note,
    Paragraph,
    Row,
    Signature,
    Signatures,
    Spacer,
    Table,
    Title,
    Together,
    bold,
    compose,
    spans,
)
from perpudesk.paper.kop import read_crest
from perpudesk.paper.text import Metrics, Widths

RIGHT = Align.RIGHT
DAYS = [80, 88, None, 94, 110, None, None]
STYLES = {
    2: BarStyle.CLOSED,
    4: BarStyle.ESTIMATED,
    5: BarStyle.NOT_COUNTED,
    6: BarStyle.NOT_SET,
}


@pytest.fixture
def even() -> Metrics:
    """Fonts in which every character of ASCII, and □, is half an em wide."""
    widths = dict.fromkeys([*range(32, 127), 9633], 0.5)
    return Metrics(Widths(widths), Widths(widths))


@pytest.fixture(scope="session")
def real() -> Metrics:
    """The fonts that are printed in."""
    from perpudesk.paper.fonts import metrics

    return metrics()


def picture(mode: str = "RGBA", size: tuple[int, int] = (90, 110), kind: str = "PNG") -> bytes:
    """A small crest as a file's bytes."""
    image = Image.new(mode, size)
    ImageDraw.Draw(image).rectangle((10, 10, 60, 60), fill=image.getpixel((0, 0)))
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


@pytest.fixture(scope="session")
def crest() -> bytes:
    return read_crest(picture())


@pytest.fixture(scope="session")
def month(crest: bytes) -> Document:
    """Every kind of block once, in two pages of A4."""
    return Document(
        title="Monthly report, October 2026",
        language="en",
        letterhead=Letterhead(
            government=("PEMERINTAH KABUPATEN KOTAWARINGIN BARAT",),
            office="DINAS PERPUSTAKAAN DAN KEARSIPAN",
            address=("Jalan Contoh No. 1, Pangkalan Bun 74112",),
            crest=crest,
        ),
        blocks=(
            Title(
                text="MONTHLY REPORT",
                subtitle=spans("Period: ", bold("October 2026"), f" · Number: {DOTTED}"),
            ),
            Heading(text="Summary"),
            Paragraph(
                spans=compose(
                    "In {month} the library received {visits}.",
                    month="October 2026",
                    visits=bold("2,031 visits"),
                )
            ),
            Columns(left=(by_day(),), right=(by_sex(),)),
            Heading(text="Occupation", level=2),
            by_occupation(),
            Together(
                blocks=(Note(text="An entry is counted, not a person."), Spacer(millimetres=2))
            ),
            Signatures(
                left=Signature(
                    lead="Approved by", post="Head", name="Siti, M.Si.", rank="IV/b", nip=""
                ),
                right=Signature(lead=f"Pangkalan Bun, {DOTTED}", post="Reporter", nip="19780101"),
            ),
        ),
        footer="Monthly report · October 2026",
        provisional="Provisional",
    )


def by_day() -> BarChart:
    return BarChart(
        title="Visits per day",
        bars=tuple(
            Bar(label=str(day + 1), value=value, style=STYLES.get(day, BarStyle.NORMAL))
            for day, value in enumerate(DAYS)
        ),
        category_axis="day",
        value_axis="visits",
        legend=(
            LegendEntry(style=BarStyle.ESTIMATED, text="estimated (power cut)"),
            LegendEntry(style=BarStyle.CLOSED, text="closed"),
            LegendEntry(style=BarStyle.NOT_COUNTED, text="open, not counted"),
            LegendEntry(style=BarStyle.NOT_SET, text="not set"),
        ),
    )


def by_sex() -> Table:
    return Table(
        columns=(
            Column(title="Sex", share=2),
            Column(title="Visits", align=RIGHT),
            Column(title="%", align=RIGHT),
        ),
        rows=(
            Row(cells=("Female", "1,094", "55.4")),
            Row(cells=("Male", "881", "44.6")),
            Row(cells=("Not recorded", "56", "–"), italic=True),
            Row(cells=("Total", "2,031", "100.0"), total=True),
        ),
        footnote="Shares are of those recorded (1,975).",
    )


def by_occupation() -> HBarChart:
    return HBarChart(
        title="Visits by occupation",
        bars=(
            Bar(label="Pupil", value=701, shown="701 (35.5%)"),
            Bar(label="Farmer", value=77),
            Bar(label="Not recorded", value=None),
        ),
        category_axis="occupation",
    )
