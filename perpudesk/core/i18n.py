"""One gettext mechanism for widgets, errors, commands and print.

Source strings are English; Indonesian is the default language. The language belongs to the
process (`use`) and can be another one for a block (`speaking`), also in a worker thread.
"""

from __future__ import annotations

import gettext
import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from perpudesk.core.paths import resource

LANGUAGES = ("id", "en")
DOMAIN = "perpudesk"

_default = "id"
_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


def N_(message: str) -> str:
    """`message` unchanged; marks it for the catalogue."""
    return message


def language() -> str:
    """The language in force here: `id` or `en`."""
    return _spoken.get() or _default


def use(lang: str) -> None:
    """Make `lang` the language of the process."""
    global _default  # noqa: PLW0603 - one process, one language
    _default = lang if lang in LANGUAGES else "id"


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Another language for one block, in this thread only."""
    token = _spoken.set(lang)
    try:
        yield
    finally:
        _spoken.reset(token)


def tr(message: str, **params: object) -> str:
    """`message` in the current language, with its `{named}` parameters filled in."""
    return _filled(_catalogue(language()).gettext(message), params)


def trn(one: str, many: str, n: int, **params: object) -> str:
    """The form of the message that fits `n`; `{n}` is filled in too."""
    return _filled(_catalogue(language()).ngettext(one, many, n), {"n": n, **params})


def trc(context: str, message: str, **params: object) -> str:
    """`message` as it is said in `context`, for words that differ by place."""
    return _filled(_catalogue(language()).pgettext(context, message), params)


def _filled(text: str, params: dict[str, object]) -> str:
    return text.format_map(params) if params else text


@cache
def _catalogue(lang: str) -> gettext.NullTranslations:
    folder = resource(f"locale/{lang}/LC_MESSAGES")
    source, compiled = folder / f"{DOMAIN}.po", folder / f"{DOMAIN}.mo"
    if not source.exists() and not compiled.exists():  # English is in the source itself
        return gettext.NullTranslations()
    if compiled.exists() and not _older(compiled, source):
        with compiled.open("rb") as file:
            return gettext.GNUTranslations(file)
    return gettext.GNUTranslations(io.BytesIO(compile_catalogue(source)))


def _older(compiled: Path, source: Path) -> bool:
    return source.exists() and compiled.stat().st_mtime_ns < source.stat().st_mtime_ns


def compile_catalogue(source: Path) -> bytes:
    """The machine form of the `.po` file at `source`."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    out = io.BytesIO()
    with source.open("rb") as file:
        write_mo(out, read_po(file))
    return out.getvalue()
