"""What is printed, as values: pure, comparable, and readable as an outline.

A room that prints builds a `Document` from its figures and hands it over; how it looks is decided
in `layout` and `pdf`. Text is only ever text: nothing in it is read as markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from string import Formatter

from perpudesk.paper.forms import Cards, Format, Large, NewPage, Roll, Ruled
from perpudesk.paper.heat import HeatMap
from perpudesk.paper.stacked import StackChart

DOTTED = "………………………"
"""Stands where something is written by hand after printing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False

    def outline(self) -> str:
        """The text between `**` when bold and `_` when italic."""
        text = f"_{self.text}_" if self.italic else self.text
        return f"**{text}**" if self.bold else text


def bold(text: str) -> Span:
    """`text` in bold."""
    return Span(text=text, bold=True)


def italic(text: str) -> Span:
    """`text` in italics."""
    return Span(text=text, italic=True)


def spans(*parts: str | Span) -> tuple[Span, ...]:
    """The parts in order, plain where they are plain strings."""
    return tuple(Span(text=part) if isinstance(part, str) else part for part in parts)


def compose(template: str, **values: str | Span) -> tuple[Span, ...]:
    """The translated `template` with its `{named}` places filled by texts or styled spans.

    This is how one word of a translated sentence becomes bold without markup in it.
    """
    parts: list[str | Span] = []
    for literal, name, _, _ in Formatter().parse(template):
        parts += [literal] if literal else []
        parts += [values[name]] if name else []
    return spans(*parts)


def _joined(parts: Iterable[Span]) -> str:
    return "".join(part.outline() for part in parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """The document's own heading, centred, with its period and number below."""

    text: str
    subtitle: tuple[Span, ...] = ()

    def outline(self) -> Iterator[str]:
        """`# text`, then the subtitle."""
        yield f"# {self.text}"
        if self.subtitle:
            yield f"  {_joined(self.subtitle)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A section (level 1, ruled) or a part of one (level 2); stays with what follows."""

    text: str
    level: int = 1

    def outline(self) -> Iterator[str]:
        """`## text`, one `#` more than the level."""
        yield f"{'#' * (self.level + 1)} {self.text}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text; a line feed in it begins a new line."""

    spans: tuple[Span, ...]

    def outline(self) -> Iterator[str]:
        """The text with its bold and italic parts marked."""
        yield _joined(self.spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Small print; it stays with what stands just before."""

    text: str

    def outline(self) -> Iterator[str]:
        """`(text)`."""
        yield f"({self.text})"


class Align(StrEnum):
    """Where a column's texts stand."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table; `share` is its part of the width, relative to the others.

    A `bold` one is what a reader looks for, such as a key.
    """

    title: str = ""
    align: Align = Align.LEFT
    share: float = 1.0
    bold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row; a `total` is bold, `italic` marks what stands beside the count (not recorded)."""

    cells: tuple[str, ...]
    total: bool = False
    italic: bool = False

    def outline(self) -> str:
        """The cells between bars, after `=` for a total and `~` for an italic row."""
        mark = "= " if self.total else "~ " if self.italic else "  "
        return mark + " | ".join(self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under a header that repeats on every page; without any title there is no header.

    Every row has one cell for each column; a number's column is `Align.RIGHT`, and such a column
    is given room before the others so that no number is broken. A `dense` one has lower rows, for
    what should stay on one page.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    footnote: str = ""
    dense: bool = False

    @property
    def has_header(self) -> bool:
        """Whether any column has a title."""
        return any(column.title for column in self.columns)

    def outline(self) -> Iterator[str]:
        """The titles in brackets, `>` on those to the right, then the rows and the footnote."""
        if self.has_header:
            marks = {Align.LEFT: "", Align.CENTRE: "^", Align.RIGHT: ">"}
            yield f"[{' | '.join(each.title + marks[each.align] for each in self.columns)}]"
        yield from (row.outline() for row in self.rows)
        if self.footnote:
            yield f"  * {self.footnote}"


class BarStyle(StrEnum):
    """What a bar stands for: told apart by hatching as well, for a black-and-white printer."""

    NORMAL = "normal"
    ESTIMATED = "estimated"
    CLOSED = "closed"
    NOT_COUNTED = "not_counted"
    NOT_SET = "not_set"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One category; `shown` replaces the plain number where a value is written beside its bar."""

    label: str
    value: float | None
    style: BarStyle = BarStyle.NORMAL
    shown: str = ""

    def outline(self) -> str:
        """`label=value`, `–` for none, and the style when it is not the normal one."""
        value = self.shown or ("–" if self.value is None else f"{self.value:g}")
        style = "" if self.style is BarStyle.NORMAL else f" {self.style}"
        return f"{self.label}={value}{style}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendEntry:
    """A style of bar that occurs, and what it means here."""

    style: BarStyle
    text: str

    def outline(self) -> str:
        """`style: text`."""
        return f"{self.style}: {self.text}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """Upright bars, in order of time; the title says what they show."""

    title: str
    bars: tuple[Bar, ...]
    category_axis: str = ""
    value_axis: str = ""
    legend: tuple[LegendEntry, ...] = ()

    def outline(self) -> Iterator[str]:
        """`bars: title`, the axes, the bars, the legend."""
        return _chart_outline("bars", self)


@dataclass(frozen=True, slots=True, kw_only=True)
class HBarChart:
    """Lying bars, for categories with long names; each has its value beside it."""

    title: str
    bars: tuple[Bar, ...]
    category_axis: str = ""
    value_axis: str = ""
    legend: tuple[LegendEntry, ...] = ()

    def outline(self) -> Iterator[str]:
        """`hbars: title`, the axes, the bars, the legend."""
        return _chart_outline("hbars", self)


def _chart_outline(kind: str, chart: BarChart | HBarChart) -> Iterator[str]:
    yield f"{kind}: {chart.title}"
    if chart.category_axis or chart.value_axis:
        yield f"  {chart.category_axis} / {chart.value_axis}"
    yield f"  {' '.join(bar.outline() for bar in chart.bars)}"
    yield from (f"  {entry.outline()}" for entry in chart.legend)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Two halves side by side, each with its own blocks."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]

    def outline(self) -> Iterator[str]:
        """Both halves, indented, under `left:` and `right:`."""
        for name, blocks in (("left", self.left), ("right", self.right)):
            yield f"{name}:"
            yield from (f"  {line}" for block in blocks for line in block.outline())


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signs: `lead` ("Mengetahui", or place and date), post, name, rank, NIP.

    An empty name is dotted. `nip` is left out when None (many village heads have none), dotted
    when empty; an empty rank is left out.
    """

    lead: str
    post: str
    name: str = ""
    rank: str = ""
    nip: str | None = None

    def below(self) -> tuple[str, ...]:
        """The lines under the name."""
        number = () if self.nip is None else (f"NIP. {self.nip or DOTTED}",)
        return ((self.rank,) if self.rank else ()) + number

    def outline(self) -> str:
        """All lines between bars, the name between `**`."""
        return " | ".join((self.lead, self.post, f"**{self.name or DOTTED}**", *self.below()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatures:
    """One or two people who sign, with room for a wet signature and a stamp; never split.

    What stands just before stays with them: no signature is alone on a page.
    """

    left: Signature | None = None
    right: Signature | None = None

    def outline(self) -> Iterator[str]:
        """One line for each who signs."""
        yield from (f"sign: {each.outline()}" for each in (self.left, self.right) if each)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spacer:
    """Empty height in millimetres; none at the top of a page."""

    millimetres: float

    def outline(self) -> Iterator[str]:
        """An empty line."""
        yield ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A photo (the bytes of a JPEG) in the middle, no higher than `most` millimetres."""

    data: bytes
    most: float = 95.0

    def outline(self) -> Iterator[str]:
        """That there is one."""
        yield "photo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A QR code in the middle, `side` millimetres wide, with the words that it says below."""

    text: str
    side: float = 45.0

    def outline(self) -> Iterator[str]:
        """What it says."""
        yield f"code: {self.text}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberCard:
    """A member's card: whose library, the name, the number, and what its QR code says."""

    library: str
    name: str
    number: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRow:
    """Members' cards beside each other: at most two."""

    cards: tuple[MemberCard, ...]

    def outline(self) -> Iterator[str]:
        """Name and number of each, and what its code says."""
        yield from (f"card: {each.name} | {each.number} | {each.code}" for each in self.cards)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetDay:
    """A day on a month's sheet; `closed` says why the library is, empty where it has no word."""

    number: int
    entries: tuple[str, ...] = ()
    closed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthSheet:
    """The weeks of a month under the names of their days; None is a day of another month.

    It fills `share` of the height of its page.
    """

    weekdays: tuple[str, ...]
    weeks: tuple[tuple[SheetDay | None, ...], ...]
    share: float = 0.74

    def outline(self) -> Iterator[str]:
        """The days that have something on them."""
        yield f"month: {' '.join(self.weekdays)}"
        for day in (day for week in self.weeks for day in week if day is not None):
            if day.entries or day.closed:
                yield f"  {day.number}: {' | '.join(filter(None, (day.closed, *day.entries)))}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Blocks that stay on one page if they fit on one."""

    blocks: tuple[Block, ...]

    def outline(self) -> Iterator[str]:
        """The blocks' own outlines."""
        yield from (line for block in self.blocks for line in block.outline())


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """One certificate, on a framed sheet of its own (`Format.CERTIFICATE`).

    `lead` stands above the name and `role` below it, then the title and the lines `about` it;
    `seal` is what its QR code says, `number` what everybody reads. Whatever is long is set smaller
    or in more lines; nothing is cut.
    """

    heading: str
    number: str
    lead: str
    name: str
    role: str
    title: str
    about: tuple[str, ...]
    signatures: Signatures
    seal: str = ""

    def outline(self) -> Iterator[str]:
        """The lines from top to bottom, the name and the title between `**`."""
        yield f"# {self.heading}"
        yield from (self.number, self.lead, f"** {self.name} **", self.role, f"** {self.title} **")
        yield from self.about
        yield from self.signatures.outline()
        if self.seal:
            yield f"seal: {self.seal}"


Chart = BarChart | HBarChart | StackChart | HeatMap
Block = (
    Title
    | Heading
    | Paragraph
    | Note
    | Table
    | BarChart
    | HBarChart
    | StackChart
    | HeatMap
    | Columns
    | Signatures
    | Code
    | CardRow
    | MonthSheet
    | Photo
    | Spacer
    | Together
)
OnSheet = Block | Ruled | Roll | Large
"""What stands on a sheet; only a block may be within another."""
OfItsOwn = Certificate | Cards
"""What has a format of its own, where nothing else stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The kop surat: government lines, the office in bold, address lines, a crest at the left.

    `crest` holds the bytes that `kop.read_crest` returned.
    """

    government: tuple[str, ...] = ()
    office: str = ""
    address: tuple[str, ...] = ()
    crest: bytes | None = None

    def outline(self) -> Iterator[str]:
        """`kop:` and its lines; a crest is only named."""
        crest = ("[crest]",) if self.crest else ()
        office = (f"**{self.office}**",) if self.office else ()
        yield f"kop: {' | '.join((*crest, *self.government, *office, *self.address))}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Everything that is on the paper; the same value prints the same bytes.

    `title` names the file's contents to a PDF reader; `footer` stands at the left of every foot,
    `watermark` behind and at the head of every page (practice data), `provisional` at the head of
    every page of what may still change; `seal` is what the QR code in every foot says. `language`
    is the one the texts are written in, `format` how the paper lies.
    """

    title: str
    language: str
    blocks: tuple[OnSheet | NewPage | OfItsOwn, ...]
    letterhead: Letterhead | None = None
    footer: str = ""
    watermark: str | None = None
    provisional: str | None = None
    seal: str | None = None
    format: Format = Format.UPRIGHT

    def outline(self) -> str:
        """The whole document as readable text, for people and for golden tests."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        lies = "" if self.format is Format.UPRIGHT else f" {self.format}"
        yield f"{self.title} [{self.language}]{lies}"
        for name in ("watermark", "provisional"):
            if text := getattr(self, name):
                yield f"{name}: {text}"
        if self.letterhead:
            yield from self.letterhead.outline()
        for block in self.blocks:
            if isinstance(block, Heading | Title):
                yield ""
            yield from block.outline()
        yield f"foot: {self.footer}"
        if self.seal:
            yield f"seal: {self.seal}"
