"""Sign an update for a stick; the key that signs is a file that never enters the repository.

    python3 dev.py sign --new-key FILE            make a key; its public half goes into the program
    python3 dev.py sign --key FILE                sign dist/PerpuDesk
    python3 dev.py sign --key FILE --installer    sign the installer for Windows in dist/

The signed folder is dist/PerpuDesk-VERSION-SYSTEM-update: copied to a stick as it is, it is taken
by `perpudesk update FOLDER`.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec
from nacl.signing import SigningKey

from perpudesk import __version__
from perpudesk.updates.model import MANIFEST, PROGRAM, SIGNATURE, File, Manifest, signed_bytes
from release.build import DIST, FOLDER, ROOT

PUBLIC = ROOT / "resources" / "update-key.txt"
WINDOWS = "win32-amd64"


def main(words: list[str]) -> int:
    """Make a key, or sign with one."""
    parser = argparse.ArgumentParser(prog="dev.py sign")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--new-key", type=Path, metavar="FILE", help="make a key in this file")
    what.add_argument("--key", type=Path, metavar="FILE", help="sign with the key in this file")
    parser.add_argument("--installer", action="store_true", help="sign the installer for Windows")
    asked = parser.parse_args(words)
    if asked.new_key:
        new_key(asked.new_key)
        return 0
    key = read_key(asked.key)
    if asked.installer:
        installer = DIST / f"PerpuDesk-{__version__}-setup.exe"
        print(sign({installer.name: installer}, DIST, key, system=WINDOWS))
    else:
        here = f"{sys.platform}-{platform.machine().lower()}"
        found = {str(path.relative_to(FOLDER)): path for path in sorted(FOLDER.rglob("*"))}
        print(sign(found, DIST, key, system=here))
    return 0


def new_key(path: Path) -> None:
    """Make a key, readable by its owner alone; its public half is written for the next build."""
    if path.resolve().is_relative_to(ROOT):
        raise SystemExit("Keep the key outside the repository.")
    key = SigningKey.generate()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(bytes(key).hex() + "\n")
    PUBLIC.write_text(bytes(key.verify_key).hex() + "\n")
    print(f"{path}: keep it, and a copy at another place; whoever has it makes updates.")


def read_key(path: Path) -> SigningKey:
    """The key in a file; refused where the program in this source tree would not believe it."""
    key = SigningKey(bytes.fromhex(path.read_text()))
    if bytes(key.verify_key).hex() != PUBLIC.read_text().strip():
        raise SystemExit(f"{path} is not the key whose public half is in {PUBLIC.name}.")
    return key


def sign(
    found: Mapping[str, Path],
    target: Path,
    key: SigningKey,
    *,
    system: str,
    version: str = __version__,
) -> Path:
    """Write the signed folder of these files, by their names in the program's folder."""
    made = target / f"PerpuDesk-{version}-{system}-update"
    shutil.rmtree(made, ignore_errors=True)
    files, links = {}, {}
    for name, path in found.items():
        if path.is_symlink():
            links[name] = str(path.readlink())
        elif path.is_file():
            place = made / PROGRAM / name
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)
            files[name] = described(path)
    text = msgspec.json.encode(Manifest(version=version, system=system, files=files, links=links))
    (made / MANIFEST).write_bytes(text)
    (made / SIGNATURE).write_bytes(key.sign(signed_bytes(text)).signature)
    return made


def described(path: Path) -> File:
    """What the list says of a file."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return File(
        size=path.stat().st_size, sha256=digest, executable=bool(path.stat().st_mode & 0o100)
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
