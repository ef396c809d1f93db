"""Statements about the freeze: while one holds, nothing is sent but to the office itself."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from bot.rules.outbox import PRIORITIES, Kind
from bot.store.database import Database
from bot.store.instants import read, stored


@dataclass(frozen=True, slots=True)
class Freeze:
    """Who stopped all sending, and when."""

    by: int
    at: datetime


def freeze(call: str, by: int, *, now: datetime) -> Callable[[Database], None]:
    """Stop all sending; a freeze that holds already stays as it is."""

    def change(db: Database) -> None:
        db.execute("INSERT OR IGNORE INTO freezes (call, by, at) VALUES (?, ?, ?)", (call, by, stored(now)))

    return change


def unfreeze(call: str) -> Callable[[Database], None]:
    """Let everything go out again."""

    def change(db: Database) -> None:
        db.execute("DELETE FROM freezes WHERE call = ?", (call,))

    return change


def of(db: Database, call: str) -> Freeze | None:
    """The freeze that holds, if one does."""
    row = db.execute("SELECT by, at FROM freezes WHERE call = ?", (call,)).fetchone()
    return row and Freeze(row[0], read(row[1]))


def holds(db: Database, call: str) -> bool:
    """Whether nothing goes out but to the office."""
    return of(db, call) is not None


def exempt(db: Database, call: str, office: Collection[int]) -> str:
    """The condition on a sending that it may go out although a freeze holds; always true where none does.

    What is said to the office goes out; what it gets as anybody does, an announcement or a reminder, does not.
    """
    if not holds(db, call):
        return "TRUE"
    return f"(chat_id IN ({','.join(map(str, office))}) AND priority = {PRIORITIES[Kind.REPLY]})"
