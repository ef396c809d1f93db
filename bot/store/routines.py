"""Statements about what is done once a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bot.store.database import Database


class DoneAlreadyError(Exception):
    """It was done on that day; nothing that follows from it may be stored again."""


def is_done(db: Database, call: str, name: str, day: date) -> bool:
    """Whether a routine was done on a day."""
    row = db.execute("SELECT day FROM routines WHERE call = ? AND name = ?", (call, name)).fetchone()
    return row is not None and row[0] >= day.isoformat()


def done(call: str, name: str, day: date) -> Callable[[Database], None]:
    """Record that a routine is done on a day.

    Raises (when it is applied):
        DoneAlreadyError: it was done before.
    """

    def change(db: Database) -> None:
        if is_done(db, call, name, day):
            raise DoneAlreadyError(name)
        db.execute(
            "INSERT INTO routines (call, name, day) VALUES (?, ?, ?) "
            "ON CONFLICT (call, name) DO UPDATE SET day = excluded.day",
            (call, name, day.isoformat()),
        )

    return change
