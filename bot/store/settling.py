"""Statements about sendings of unclear delivery: counted, and settled by staff, all of a kind at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.rules.campaign import Stage
from bot.rules.outbox import Kind, State, step
from bot.store import broadcasts
from bot.store.database import Database
from bot.store.instants import read, stored

_GROUP = "iif(kind IN ('broadcast', 'amend'), ifnull(step, ''), '')"
_OF = f"state = 'held' AND call = ? AND kind = ? AND {_GROUP} = ?"
_KEPT = "kind <> 'reply'"
"""The text of a reply is not kept, so it can't be sent again."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """How many sendings of a kind, or of one broadcast, may have been delivered or not; the first is ``since``."""

    kind: Kind
    step: str
    count: int
    since: datetime
    can_repeat: bool


def unclear(db: Database, call: str) -> list[Unclear]:
    """Everything of unclear delivery, by kind and broadcast."""
    rows = db.execute(
        f"SELECT kind, {_GROUP}, count(*), min(planned_at) FROM sendings "  # noqa: S608  our own words
        "WHERE state = 'held' AND call = ? GROUP BY 1, 2 ORDER BY 4",
        (call,),
    ).fetchall()
    return [
        Unclear(Kind(row[0]), row[1], row[2], read(row[3]), _can_repeat(db, call, Kind(row[0]), row[1])) for row in rows
    ]


def _can_repeat(db: Database, call: str, kind: Kind, name: str) -> bool:
    if kind is Kind.BROADCAST:
        found = _broadcast(db, call, name)
        return found is not None and found.stage is not Stage.CANCELLED
    return kind not in {Kind.REPLY, Kind.FAREWELL}


def _broadcast(db: Database, call: str, name: str) -> broadcasts.Broadcast | None:
    number = name.partition(":")[2]
    return broadcasts.of(db, call, int(number)) if number.isdigit() else None


def count_as_delivered(call: str, kind: Kind, name: str, *, now: datetime) -> Callable[[Database], int]:
    """Take them for delivered; return how many that were."""

    def change(db: Database) -> int:
        step(State.HELD, State.SENT)
        count = db.execute(
            "UPDATE sendings SET state = 'sent', finished_at = ?, payload = NULL, "  # noqa: S608
            f"reason = 'counted as delivered by staff' WHERE {_OF}",
            (stored(now), call, kind, name),
        ).rowcount
        seen = _broadcast(db, call, name) if kind is Kind.BROADCAST else None
        if seen is not None and seen.report is not None:
            settled = replace(seen.report, sent=seen.report.sent + count, unclear=max(seen.report.unclear - count, 0))
            broadcasts.correct_report(db, call, seen.id, settled)
        return count

    return change


def send_again(call: str, kind: Kind, name: str, *, now: datetime) -> Callable[[Database], int]:
    """Send them once more, marked as a repeat; return how many that are. A broadcast that had ended goes on again."""

    def change(db: Database) -> int:
        step(State.HELD, State.PLANNED)
        if not _can_repeat(db, call, kind, name):
            return 0
        found = db.execute(
            f"UPDATE sendings SET state = 'planned', not_before = ?, reason = NULL WHERE {_OF} AND {_KEPT}",  # noqa: S608
            (stored(now), call, kind, name),
        ).rowcount
        seen = _broadcast(db, call, name) if kind is Kind.BROADCAST else None
        if found and seen is not None and seen.stage is Stage.DONE:
            broadcasts.move(call, seen, Stage.SENDING, finished_at=None, went_on_at=now)(db)
        return found

    return change
