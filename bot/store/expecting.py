"""Statements about what the next message of a member of staff is for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.store.database import Database
from bot.store.instants import read, stored

_LASTS = timedelta(hours=1)
"""After this time a message is a question like any other: whoever began has forgotten it."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What the next message of somebody in a chat is taken for, and what it belongs to."""

    what: str
    argument: str


def expect(  # noqa: PLR0913  one row
    call: str, user_id: int, chat_id: int, what: str, argument: str, *, now: datetime
) -> Callable[[Database], None]:
    """Take the next message of this person in this chat for ``what``; what was expected before is not any more."""

    def change(db: Database) -> None:
        db.execute(
            "INSERT OR REPLACE INTO expected (call, user_id, chat_id, what, argument, at) VALUES (?, ?, ?, ?, ?, ?)",
            (call, user_id, chat_id, what, argument, stored(now)),
        )

    return change


def clear(call: str, user_id: int) -> Callable[[Database], None]:
    """Expect nothing of this person any more."""

    def change(db: Database) -> None:
        db.execute("DELETE FROM expected WHERE call = ? AND user_id = ?", (call, user_id))

    return change


def of(db: Database, call: str, user_id: int, chat_id: int, *, now: datetime) -> Expected | None:
    """What is expected of somebody in a chat."""
    row = db.execute(
        "SELECT what, argument, at FROM expected WHERE call = ? AND user_id = ? AND chat_id = ?",
        (call, user_id, chat_id),
    ).fetchone()
    return Expected(row[0], row[1]) if row and now - read(row[2]) <= _LASTS else None
