"""The record of what staff did or tried to do: lines are only ever added, each chained to the one before."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime

from bot.store import chain
from bot.store.database import Database
from bot.store.instants import stored

NOBODY = 0
"""Who acted where it was the bot by itself."""


def note(who: int, act: str, *, call: str, now: datetime, **detail: object) -> Callable[[Database], None]:
    """Add a line: who did, or was refused, which act, with what stood before and after."""

    def change(db: Database) -> None:
        spoken = json.dumps(detail, ensure_ascii=False, default=str)
        chain.add(db, at=stored(now), who=who, act=act, detail=spoken, call=call)

    return change
