"""A new program from a stick, by command."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from perpudesk import __version__
from perpudesk.backups.model import Why
from perpudesk.core.i18n import tr
from perpudesk.db.guard import FILE_NAME
from perpudesk.desk import opened

if TYPE_CHECKING:
    from perpudesk.updates.model import Manifest


def system() -> str:
    """Which programs run here, as an update names it."""
    import platform

    return f"{sys.platform}-{platform.machine().lower()}"


def update(asked: argparse.Namespace, folder: Path) -> list[str]:
    """Prove the update in a folder, copy the records, then replace the program.

    Until the last step nothing of what is here was changed; refused, it stays as it is.
    """
    from perpudesk.updates import reading, replacing
    from perpudesk.updates.model import admit

    program, source = replacing.program_folder(), Path(asked.folder)
    manifest = reading.look(source)
    admit(manifest, version=__version__, system=system())
    if manifest.installer:
        return _prove_installer(source, manifest, folder)
    replacing.refuse_running(program)
    with replacing.staged(program, manifest) as new:
        reading.copy(source, manifest, new)
        replacing.try_out(new)
        told = _copy_records(folder)
        replacing.put(new, program)
    return [
        *told,
        tr(
            "PerpuDesk {version} is in the place of {old}.",
            version=manifest.version,
            old=__version__,
        ),
        tr("The old program stays beside it until the new one has been opened."),
    ]


def _prove_installer(source: Path, manifest: Manifest, folder: Path) -> list[str]:
    """Where the system lets nobody replace a program that runs, its installer does it."""
    import shutil
    import tempfile

    from perpudesk.updates import reading

    target = Path(tempfile.mkdtemp(prefix="perpudesk-"))
    try:
        reading.copy(source, manifest, target)
        told = _copy_records(folder)
    except BaseException:  # what is not proved is not left where somebody might start it
        shutil.rmtree(target, ignore_errors=True)
        raise
    ready = target / manifest.installer
    return [*told, tr("The update is what was signed. Now start {path}.", path=ready)]


def _copy_records(folder: Path) -> list[str]:
    """A copy beside the records, where there are any: the new program may change their form."""
    if not (folder / FILE_NAME).exists():
        return []
    with opened(folder, recording=False) as desk:
        made = desk.backups.make(why=Why.ASKED)
    return [tr("{path}: made, read back and tested.", path=made.path)]
