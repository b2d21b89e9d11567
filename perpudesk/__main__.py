"""The program: a window, or a command where one is named."""

from __future__ import annotations

import gc
import sys


def main(argv: list[str] | None = None) -> int:
    """Run what the words of the command line ask for; the process's exit code.

    The window does not wait for the commands' libraries, and no command loads Qt, which aborts
    the process where there is no display.
    """
    words = sys.argv[1:] if argv is None else argv
    try:
        if wants_window(words):
            from perpudesk.app import run
        else:
            gc.disable()  # a command ends before there is garbage worth looking for
            from perpudesk.cli import run
        return run(words)
    except KeyboardInterrupt:  # so early, or so late, that no command was at work
        return _stopped(words)
    finally:
        gc.enable()


def _stopped(words: list[str]) -> int:
    """Say that it was stopped, whatever had been loaded by then; no second Ctrl+C cuts that off."""
    import signal

    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        from perpudesk.cli import stopped

        return stopped(words)
    finally:
        signal.signal(signal.SIGINT, before)


def wants_window(words: list[str]) -> bool:
    """Whether nothing but `--data DIR` and `--lang LANG` was said, both of them well."""
    rest = list(words)
    while rest:
        name, joined, value = rest.pop(0).partition("=")
        if not joined:
            value = rest.pop(0) if rest else ""
        if not (name == "--data" and value) and not (name == "--lang" and value in ("id", "en")):
            return False
    return True


if __name__ == "__main__":
    status = main()
    gc.freeze()  # else Python looks through all that goes with the process anyway: 20 ms
    sys.exit(status)
