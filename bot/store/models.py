"""Statements about the matchers that were made from lessons: which is served, and which waits for staff's word."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum

from bot.store.database import Database
from bot.store.instants import stored
from bot.store.lessons import OvertakenError


class State(StrEnum):
    """What became of a matcher."""

    HELD = "held"
    LIVE = "live"
    DROPPED = "dropped"


def put(call: str, key: str, state: State, *, now: datetime, trained: Sequence[int] = ()) -> Callable[[Database], None]:
    """Record what became of the matcher with this ``key``; any other that waited is of no use any more.

    The lessons with the numbers ``trained`` are new in it; once it is live they need no other.
    """

    def change(db: Database) -> None:
        db.execute("DELETE FROM models WHERE call = ? AND state = 'held' AND key <> ?", (call, key))
        db.execute(
            "INSERT INTO models (call, key, state, lessons, at) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (call, key) DO UPDATE SET state = excluded.state, at = excluded.at",
            (call, key, state, json.dumps(trained), stored(now)),
        )
        if state is State.LIVE:
            db.execute(
                "UPDATE lessons SET model = ? WHERE call = ? AND id IN (SELECT value FROM models, json_each(lessons) "
                "WHERE models.call = ? AND models.key = ?)",
                (key, call, call, key),
            )

    return change


def state_of(db: Database, call: str, key: str) -> State | None:
    """What became of a matcher; None: there was none with this key yet."""
    row = db.execute("SELECT state FROM models WHERE call = ? AND key = ?", (call, key)).fetchone()
    return State(row[0]) if row else None


def held(db: Database, call: str, key: str) -> list[int] | None:
    """The numbers of the lessons for which a matcher waits for staff's word; None where it does not wait."""
    row = db.execute("SELECT lessons FROM models WHERE call = ? AND key = ? AND state = 'held'", (call, key)).fetchone()
    return json.loads(row[0]) if row else None


def settle(call: str, key: str, state: State, *, now: datetime) -> Callable[[Database], None]:
    """Record staff's word on a matcher that waited for it.

    Raises (when it is applied):
        OvertakenError: it does not wait any more.
    """

    def change(db: Database) -> None:
        if held(db, call, key) is None:
            raise OvertakenError(key)
        put(call, key, state, now=now)(db)

    return change
