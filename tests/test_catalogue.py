"""The Indonesian catalogue says everything that the source says, and with the same parameters."""

import ast
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords
from babel.messages.pofile import read_po

import dev

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with (dev.LOCALE / "id" / "LC_MESSAGES" / "perpudesk.po").open("rb") as file:
        return read_po(file, locale="id", domain="perpudesk")


def said() -> set[tuple[str, str | None]]:
    """Each text of the source with its context; a plural counts by its singular."""
    keywords = parse_keywords(dev.KEYWORDS.split())
    found = extract_from_dir(ROOT / "perpudesk", keywords=keywords)
    return {(_first(message), context) for _file, _line, message, _comments, context in found}


def _first(forms: str | tuple[str, ...] | list[str]) -> str:
    return forms if isinstance(forms, str) else forms[0]


def texts(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def parameters(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(text) if name}


def test_it_holds_the_texts_of_the_source_and_no_others(catalogue: Catalog) -> None:
    held = {(_first(message.id), message.context) for message in texts(catalogue)}
    assert sorted(said() - held, key=str) == [], "run: python3 dev.py messages"
    assert sorted(held - said(), key=str) == [], "run: python3 dev.py messages"


def test_no_text_hides_in_an_f_string() -> None:
    """Until Python 3.12 whoever reads the source for its texts does not look inside one."""

    def hidden(node: ast.AST) -> bool:
        return isinstance(node, ast.JoinedStr) and any(
            isinstance(each, ast.Call)
            and getattr(each.func, "id", "") in ("tr", "trn", "trc", "N_")
            and isinstance(each.args[0], ast.Constant)
            for each in ast.walk(node)
        )

    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted((ROOT / "perpudesk").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.expr) and hidden(node)
    ]
    assert found == []


def test_every_text_is_translated(catalogue: Catalog) -> None:
    def done(message: Message) -> bool:
        forms = [message.string] if isinstance(message.string, str) else message.string
        return all(forms) and not message.fuzzy

    assert [message.id for message in texts(catalogue) if not done(message)] == []


def test_a_translation_has_the_parameters_of_its_text(catalogue: Catalog) -> None:
    def same(message: Message) -> bool:
        if isinstance(message.id, str):
            return parameters(message.id) == parameters(message.string)
        return all(parameters(form) == parameters(message.id[1]) for form in message.string)

    assert [message.id for message in texts(catalogue) if not same(message)] == []
