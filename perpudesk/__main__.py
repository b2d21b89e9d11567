"""The program: a window, or a command where one is named."""

from __future__ import annotations

import sys


def main(argv: list[str] | None = None) -> int:
    """Run what the words of the command line ask for; the process's exit code.

    The window does not wait for the commands' libraries, and no command loads Qt, which aborts
    the process where there is no display.
    """
    words = sys.argv[1:] if argv is None else argv
    if wants_window(words):
        from perpudesk.app import run

        return run(words)
    from perpudesk.cli import run as run_command

    return run_command(words)


def wants_window(words: list[str]) -> bool:
    """Whether nothing but `--data DIR` and `--lang LANG` was said."""
    rest = list(words)
    while rest:
        word = rest.pop(0)
        name, joined, _ = word.partition("=")
        if name not in ("--data", "--lang"):
            return False
        if not joined:
            if not rest:
                return False
            rest.pop(0)
    return True


if __name__ == "__main__":
    sys.exit(main())
