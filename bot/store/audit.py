"""The record of what staff did or tried to do: lines are only ever added."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime

from bot.store.database import Database
from bot.store.instants import stored


def note(who: int, act: str, *, now: datetime, **detail: object) -> Callable[[Database], None]:
    """Add a line: who did, or was refused, which act."""

    def change(db: Database) -> None:
        db.execute(
            "INSERT INTO audit (at, who, act, detail) VALUES (?, ?, ?, ?)",
            (stored(now), who, act, json.dumps(detail, ensure_ascii=False, default=str)),
        )

    return change
