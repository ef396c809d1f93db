"""sqlite-utils' Database with the types that it leaves open."""

# pyright: basic

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

import sqlite_utils


class Database(sqlite_utils.Database):
    """A connection to the project's SQLite file.

    A change that deletes what must not be found again sets ``wipe_after_commit``; the store then sees to it.
    ``copy_again`` says that the copy of the file must not keep it either.
    """

    wipe_after_commit = False
    copy_again = False

    def execute(self, sql: str, parameters: Sequence[object] | Mapping[str, object] | None = None) -> sqlite3.Cursor:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Run one statement with its parameters."""
        return super().execute(sql, dict(parameters) if isinstance(parameters, Mapping) else parameters)
