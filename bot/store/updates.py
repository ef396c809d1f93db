"""Statements about updates: taken once, handled once, kept apart when they can't be read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime

from bot.store.database import Database
from bot.store.instants import stored


class AlreadyHandledError(Exception):
    """An update came up twice."""


def take(db: Database, raws: Iterable[tuple[int, str]], *, now: datetime, answered: Collection[int] = ()) -> list[int]:
    """Store updates that were not stored before; return the ids of the new ones, in order.

    Those ``answered`` while nothing could be stored are recorded as handled first, so that they are not new.
    """
    db.conn.executemany(
        "INSERT INTO updates (update_id, received_at, state) VALUES (?, ?, 'handled') "
        "ON CONFLICT (update_id) DO UPDATE SET state = 'handled', raw = NULL",
        [(update_id, stored(now)) for update_id in answered],
    )
    return [
        update_id
        for update_id, raw in raws
        if db.execute(
            "INSERT OR IGNORE INTO updates (update_id, received_at, raw, state) VALUES (?, ?, ?, 'pending')",
            (update_id, stored(now), raw),
        ).rowcount
    ]


def pending(db: Database) -> list[tuple[int, str]]:
    """Updates that were taken but not handled, oldest first: what a crash left."""
    rows = db.execute("SELECT update_id, raw FROM updates WHERE state = 'pending' ORDER BY received_at, update_id")
    return [(row[0], row[1]) for row in rows]


def handled(update_id: int, *, now: datetime) -> Callable[[Database], None]:
    """Mark an update as handled, also one that could not be stored when it came, and drop its text.

    Raises (when it is applied):
        AlreadyHandledError: it was handled before, so nothing that follows from it may be stored again.
    """

    def change(db: Database) -> None:
        marked = db.execute(
            "INSERT INTO updates (update_id, received_at, state) VALUES (?, ?, 'handled') ON CONFLICT (update_id) "
            "DO UPDATE SET state = 'handled', raw = NULL WHERE state = 'pending'",
            (update_id, stored(now)),
        )
        if not marked.rowcount:
            raise AlreadyHandledError(update_id)

    return change


def quarantined(update_id: int, reason: str) -> Callable[[Database], None]:
    """Set an update aside that can't be handled; it stays readable for the operator."""

    def change(db: Database) -> None:
        db.execute("UPDATE updates SET state = 'quarantined', reason = ? WHERE update_id = ?", (reason, update_id))

    return change


def forget(before: datetime) -> Callable[[Database], int]:
    """Drop updates taken before an instant; Telegram keeps none longer than 24 hours, so none can come again."""

    def change(db: Database) -> int:
        db.wipe_after_commit = True  # what was handled since stands in the write-ahead log yet
        return db.execute(
            "DELETE FROM updates WHERE state <> 'pending' AND received_at < ?", (stored(before),)
        ).rowcount

    return change
