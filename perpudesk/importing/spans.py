"""The ends of what lasted longer than a day or said when it was over: `5-7 Maret 2024`."""

from __future__ import annotations

import re

_SD = r"\bs\s?[./]?\s?d\b\.?"
"""`s.d.`, `s/d`, `sd`: up to and including."""
_TILL = rf"\s*(?:[-–—&,]|{_SD}|\b(?:sampai(?: dengan)?|hingga|dan|to|until|and)\b)\s*"
_DAY = r"[0-9]{1,2}"
_NAME = r"[a-z]{3,9}\.?"
_WEEKDAY = r"[a-z']{3,9}"
_NAMED = re.compile(
    rf"(?:{_WEEKDAY}(?:{_TILL}{_WEEKDAY})?,?\s+)?(?P<first>{_DAY}(?: {_NAME}(?: [0-9]{{4}})?)?)"
    rf"(?:{_TILL}{_DAY})*{_TILL}(?:{_WEEKDAY},\s*)?(?P<last>{_DAY} {_NAME} [0-9]{{4}})",
    re.IGNORECASE,
)
_SHORT = re.compile(rf"(?P<first>{_DAY}){_TILL}(?P<last>{_DAY}([/.]){_DAY}\3[0-9]{{4}})")
_NUMBERS = r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}"
_WHOLE = re.compile(
    rf"(?P<first>{_NUMBERS})(?:\s*[–—]\s*|\s+-\s+|\s*{_SD}\s*|\s+to\s+)(?P<last>{_NUMBERS})",
    re.IGNORECASE,
)
_OVER = re.compile(
    rf"(?P<begun>.+\s[0-9]{{1,2}}[:.][0-9]{{2}}(?: ?WI(?:B|TA|T))?)\s*(?:[-–—]|{_SD})\s*"
    r"(?:[0-9]{1,2}[:.][0-9]{2}|selesai)(?: ?WI(?:B|TA|T))?",
    re.IGNORECASE,
)


def ends_of(text: str) -> tuple[str, str]:
    """The first and the last day that `text` names, twice the same where it names one.

    What the first does not say, the last does. A time at which a day's work was over is left out.
    """
    if found := _OVER.fullmatch(text):
        return found["begun"], found["begun"]
    if found := _WHOLE.fullmatch(text):
        return found["first"], found["last"]
    if found := _SHORT.fullmatch(text):
        return re.sub(_DAY, found["first"], found["last"], count=1), found["last"]
    if found := _NAMED.fullmatch(text):
        said, last = found["first"].split(), found["last"].split()
        return " ".join([*said, *last[len(said) :]]), found["last"]
    return text, text
