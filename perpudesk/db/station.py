"""Which station writes: the one of this folder on this machine."""

from __future__ import annotations

from dataclasses import replace

from perpudesk.core.errors import FileError
from perpudesk.core.files import file_mark
from perpudesk.core.settings import read_settings, write_settings
from perpudesk.db.connection import Store
from perpudesk.db.database import Database
from perpudesk.db.meta import meta, set_meta

_STATION, _FILE = "station_id", "station_file"


def take_station(store: Store, *, recording: bool) -> FileError | None:
    """Write as the station of this folder; why the settings could not keep it, if so.

    Its id stands in the store and in the machine's settings; where they differ (a copied folder, a
    copy put back, a new PC) a new one begins, unless nothing will be recorded. Settings that know
    nothing of the folder were lost, if the file is the very one that they knew: a copy is another.
    """
    settings, place = read_settings(), str(store.folder.resolve())
    kept, file = settings.stations.get(place), file_mark(store.path)
    with store.writing() as db:
        known = meta(db, _STATION) or ""
        same = kept == known or (kept is None and meta(db, _FILE) == file)
        if recording and not (known and same):
            known = store.make_id()
            set_meta(db, _STATION, known)
        if recording and meta(db, _FILE) != file:
            set_meta(db, _FILE, file)
    store.author.station_id = known
    if not recording or kept == known:
        return None
    try:
        write_settings(replace(settings, stations={**settings.stations, place: known}))
    except FileError as error:  # then the store alone knows its station again
        return error
    return None


def forget_file(db: Database) -> None:
    """Keep no mark of the file: it is another wherever the records are made again."""
    db.execute("DELETE FROM meta WHERE key = ?", [_FILE])
