"""The open database as stores see it: plain SQL on one connection, sqlite-utils for its tables.

sqlite-utils is loaded when a table of it is first asked for (migrations, lists, batches). Importing
it costs half as much as a bare window, and neither a start nor a tap needs it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3

    import sqlite_utils
    from sqlite_utils.db import Table

Parameters = Sequence[Any] | Mapping[str, Any]


class Database:
    """The database behind a `Store`; handed out by its `writing()` and `reading()`."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        """On the store's only connection."""
        self.conn = conn

    def query(self, sql: str, parameters: Parameters = ()) -> Iterator[dict[str, Any]]:
        """The rows that `sql` finds, each by the names of its columns."""
        found = self.conn.execute(sql, parameters)
        names = [column[0] for column in found.description]
        for row in found:
            yield dict(zip(names, row, strict=True))

    def execute(self, sql: str, parameters: Parameters = ()) -> sqlite3.Cursor:
        """Run one statement."""
        return self.conn.execute(sql, parameters)

    @contextmanager
    def part(self) -> Iterator[None]:
        """A part of the transaction that is open: taken back alone when the block raises."""
        self.conn.execute("SAVEPOINT part")
        try:
            yield
        except BaseException:
            if self.conn.in_transaction:  # a full disk may have ended all of it already
                self.conn.execute("ROLLBACK TO part")
                self.conn.execute("RELEASE part")
            raise
        self.conn.execute("RELEASE part")

    def table(self, name: str) -> Table:
        """The table called `name`, with sqlite-utils' inserts, updates and introspection."""
        return self.utils.table(name)

    @cached_property
    def utils(self) -> sqlite_utils.Database:
        """The same connection as sqlite-utils has it; no plugin of another program is loaded."""
        import sqlite_utils

        return sqlite_utils.Database(self.conn, execute_plugins=False)
