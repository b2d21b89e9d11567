"""Figures of a month on ten years and on one; the PDF of a month against an empty one."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from perpudesk.desk import opened
from tests.benchmarks.bench import ROOT, against, cold, interleaved, program, tell, timed
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
HOW_FIGURES = (
    "`desk.reports.figures` of the last month over 360,000 visits and over 36,000, by turns"
)
HOW_PDF = (
    "`perpudesk report MONTH --output FILE` (kop with crest, tables, charts, signatures; ten years "
    "of records) against a process that imports the same libraries and saves one empty page; from "
    "start to end, by turns"
)


def main(ten: str, one: str, folder: str) -> None:
    """Both rows."""
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
    tell(
        [
            against(
                "Figures of one month, 10 years against 1 year",
                1.5,
                figures["ten"],
                figures["one"],
                HOW_FIGURES,
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


if __name__ == "__main__":
    main(*sys.argv[1:])
