"""The record of what staff did or tried to do: lines are only ever added, each chained to the one before."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.store import chain
from bot.store.database import Database
from bot.store.instants import read, stored

NOBODY = 0
"""Who acted where it was the bot by itself."""

MOVED = "moved"
"""The act of a line that says which id the staff chat had, and which it has now."""

_MOST_MOVES = 20


def note(who: int, act: str, *, call: str, now: datetime, **detail: object) -> Callable[[Database], None]:
    """Add a line: who did, or was refused, which act, with what stood before and after."""

    def change(db: Database) -> None:
        spoken = json.dumps(detail, ensure_ascii=False, default=str).encode("utf-8", "replace").decode()
        chain.add(db, at=stored(now), who=who, act=act, detail=spoken, call=call)

    return change


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it was written."""

    number: int
    at: datetime
    who: int
    act: str
    detail: dict[str, Any]
    call: str


def latest(db: Database, most: int, *, call: str | None = None, act: str | None = None) -> list[Line]:
    """The last lines, oldest first; of one ``call`` and ``act`` alone where they are given."""
    rows = db.execute(
        "SELECT id, at, who, act, detail, call FROM audit "
        "WHERE ifnull(call = :call, TRUE) AND ifnull(act = :act, TRUE) ORDER BY id DESC LIMIT :most",
        {"call": call, "act": act, "most": most},
    ).fetchall()
    return [Line(row[0], read(row[1]), row[2], row[3], json.loads(row[4]), row[5]) for row in reversed(rows)]


def place_of(db: Database, chat_id: int | None, *, call: str) -> int | None:
    """Where the chat of this id is: a staff chat that became a supergroup has another one than the settings say."""
    lines = latest(db, _MOST_MOVES, call=call, act=MOVED)
    return {line.detail["before"]: line.detail["after"] for line in lines}.get(chat_id, chat_id)
