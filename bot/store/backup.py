"""A copy of the database beside it, whole at every moment, for the day on which the file is damaged."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path


def path_of(database: Path) -> Path:
    """Where the copy of a database stands."""
    return database.with_name(database.name + ".backup")


def back_up(database: Path) -> None:
    """Copy the database while it is in use; the former copy stands until the new one is complete. Blocks.

    Raises:
        sqlite3.Error, OSError: it could not be copied; the former copy is untouched.

    """
    unfinished = path_of(database).with_name(path_of(database).name + ".new")
    unfinished.unlink(missing_ok=True)
    source_uri = f"{database.resolve().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(source_uri, uri=True)) as source, closing(sqlite3.connect(unfinished)) as target:
            source.backup(target)  # in one step: in several it would begin anew at every write meanwhile
            target.execute("PRAGMA journal_mode = DELETE")
            verdict = target.execute("PRAGMA quick_check(1)").fetchone()[0]
        if verdict != "ok":
            message = f"the copy would be damaged: {verdict}"
            raise sqlite3.DatabaseError(message)
        os.replace(unfinished, path_of(database))  # noqa: PTH105  its atomicity is what matters
    finally:
        unfinished.unlink(missing_ok=True)  # a copy for which there was no room takes no room


def advice(database: Path) -> str:
    """What to do with a damaged database, in a few words that name the copy if there is one."""
    copy = path_of(database)
    try:
        made = datetime.fromtimestamp(copy.stat().st_mtime, UTC)
    except OSError:
        return "restore a backup (docs/operators.md)"
    return f"restore {copy}, made {made:%Y-%m-%d %H:%M} UTC (docs/operators.md)"
