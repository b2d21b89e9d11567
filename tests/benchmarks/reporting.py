"""Figures of a month on ten years and on one; reports, recaps and files against what is raw."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median

from perpudesk.core.times import Period
from perpudesk.desk import Desk, opened
from perpudesk.reports import store
from tests.benchmarks.bench import (
    ROOT,
    Row,
    against,
    answer,
    cold,
    interleaved,
    program,
    tell,
    timed,
)
from tests.benchmarks.data import last_month

ROUNDS = 9
LOADED = """
import json, sys
from perpudesk.__main__ import main
assert main(sys.argv[1:]) == 0
found = [name for name in sys.modules if name.split(".")[0] not in ("perpudesk", "__main__")]
print(json.dumps(found))
"""
EMPTY = """
import importlib, json, sys
for name in json.loads(sys.argv[1]):
    try:
        importlib.import_module(name)
    except ImportError:
        pass
from reportlab.pdfgen.canvas import Canvas
page = Canvas(sys.argv[2])
page.showPage()
page.save()
"""
ROWS = 24_000
RECAP = """
import io, sys, time
from perpudesk.core.i18n import use
from perpudesk.core.times import Period
from perpudesk.core.times import Period
from perpudesk.desk import opened
from perpudesk.paper.document import Table
from perpudesk.paper.fonts import BOLD, REGULAR, metrics
from perpudesk.paper.pdf import render
from perpudesk.reports.papers.kinds import PaperKind
from dataclasses import replace
from pathlib import Path
from reportlab.pdfgen.canvas import Canvas

with opened(Path(sys.argv[1])) as desk:
    document = desk.papers.document(PaperKind.VISITS, Period.parse(sys.argv[2]))
table = next(block for block in document.blocks if isinstance(block, Table))
table = replace(table, rows=table.rows[: int(sys.argv[3])])
document = replace(document, blocks=(table,))
metrics()

def straight():
    canvas = Canvas(io.BytesIO(), pagesize=(595.28, 841.89), invariant=1)
    places, page, y = (90, 110, 160, 200, 280, 320, 380, 520), 0, 0
    for row in table.rows:
        if y < 70:
            if page:
                canvas.showPage()
            page, y = page + 1, 780
            canvas.setFont(BOLD, 8)
            for x, column in zip(places, table.columns):
                canvas.drawString(x, y, column.title)
            canvas.setFont(REGULAR, 8)
            y -= 14
        for number, (x, text) in enumerate(zip(places, row.cells)):
            (canvas.drawRightString if number in (0, 7) else canvas.drawString)(x, y, text)
        canvas.line(80, y - 4, 540, y - 4)
        y -= 14
    canvas.showPage()
    canvas.save()

def taken(work):
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin

ours = lambda: render(document, io.BytesIO(), paper="a4")
taken(ours), taken(straight)
print([[taken(ours) for _ in range(3)], [taken(straight) for _ in range(3)]])
"""
HOW_YEAR = (
    "`perpudesk report YEAR --output FILE` of the last whole year against the last month, on ten "
    "years of records; from start to end, by turns"
)
HOW_XLSX = "`perpudesk figures YEAR --xlsx FILE`, from start to end"
HOW_RECAP = (
    "the pages of a list of 24,000 visits against the same texts drawn with `drawString` at fixed "
    "places on a reportlab canvas, both in one process"
)
HOW_FIGURES = (
    "`desk.reports.figures` of the last month over 360,000 visits and 150,000 computer sessions, "
    "and over 36,000 and 15,000, by turns"
)
HOW_LENT = (
    "what `reports.store.lent` adds up of the last month's sessions, classes and tickets over "
    "150,000 sessions and over 15,000, by turns"
)
HOW_PDF = (
    "`perpudesk report MONTH --output FILE` (kop with crest, tables, charts, signatures; ten years "
    "of records) against a process that imports the same libraries and saves one empty page; from "
    "start to end, by turns"
)


def main(ten: str, one: str, folder: str) -> None:
    """All rows."""
    month = last_month()
    places = {
        name: shutil.copytree(src, Path(folder, name)) for name, src in (("ten", ten), ("one", one))
    }
    with opened(places["ten"]) as many, opened(places["one"]) as few:
        figures = interleaved(
            {
                "ten": lambda: timed(lambda: many.reports.figures(month)),
                "one": lambda: timed(lambda: few.reports.figures(month)),
            },
            41,
        )
        used = interleaved(
            {
                "ten": lambda: timed(lambda: _lent(many, month)),
                "one": lambda: timed(lambda: _lent(few, month)),
            },
            41,
        )
    pdf = Path(folder, "month.pdf")
    words = ["--data", places["ten"], "report", month.code, "--output", pdf]
    loaded = subprocess.run(
        program(LOADED, *words), cwd=ROOT, capture_output=True, text=True, check=True
    )
    libraries = json.dumps(json.loads(loaded.stdout.splitlines()[-1]))
    empty = Path(folder, "empty.pdf")
    pages = interleaved(
        {
            "ours": lambda: cold(program("perpudesk", *words)),
            "empty": lambda: cold(program(EMPTY, libraries, empty)),
        },
        ROUNDS,
    )
    year = Period.of(month.first.year - 1, 1, 12)
    yearly = ["--data", places["ten"], "report", year.code, "--output", Path(folder, "year.pdf")]
    reports = interleaved(
        {
            "year": lambda: cold(program("perpudesk", *yearly)),
            "month": lambda: cold(program("perpudesk", *words)),
        },
        ROUNDS,
    )
    excel = ["--data", places["ten"], "figures", year.code, "--xlsx", Path(folder, "year.xlsx")]
    workbook = [cold(program("perpudesk", *excel)) for _ in range(ROUNDS)]
    ours, straight = answer(program(RECAP, places["ten"], year.code, ROWS))
    tell(
        [
            against(
                "Report of a year, cold, against that of a month",
                3,
                reports["year"],
                reports["month"],
                HOW_YEAR,
            ),
            Row(
                what="Figures of a year as XLSX, cold",
                value=median(workbook),
                bar=2,
                unit="s",
                how=HOW_XLSX,
            ),
            against("Recap of 24,000 visits, drawn", 1.5, ours, straight, HOW_RECAP),
            against(
                "Figures of one month, 10 years against 1 year",
                1.5,
                figures["ten"],
                figures["one"],
                HOW_FIGURES,
            ),
            against(
                "Use of computers of one month, 10 years against 1 year",
                1.5,
                used["ten"],
                used["one"],
                HOW_LENT,
            ),
            against(
                "Report PDF, cold, against an empty page with the same libraries",
                2.5,
                pages["ours"],
                pages["empty"],
                HOW_PDF,
            ),
        ]
    )


def _lent(desk: Desk, month: Period) -> None:
    with desk.store.reading() as db:
        assert store.lent(db, month, desk.store.now()).sessions


if __name__ == "__main__":
    main(*sys.argv[1:])
