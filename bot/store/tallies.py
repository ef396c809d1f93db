"""Questions about sendings: how many stand where, which are of unclear delivery, who had what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.office import Office
from bot.rules.outbox import Kind, sendable
from bot.store.claiming import sendable_now
from bot.store.database import Database
from bot.store.instants import read


def counts(db: Database) -> dict[str, int]:
    """How many sendings stand in each state."""
    return dict(db.execute("SELECT state, count(*) FROM sendings GROUP BY state").fetchall())


@dataclass(frozen=True, slots=True)
class Held:
    """A sending of which nobody knows whether it was delivered, and that is not repeated any more."""

    id: int
    chat_id: int
    kind: Kind
    step: str | None
    planned_at: datetime
    reason: str


def held(db: Database, call: str) -> list[Held]:
    """Everything of a call that is of unclear delivery, oldest first."""
    rows = db.execute(
        "SELECT id, chat_id, kind, step, planned_at, reason FROM sendings "
        "WHERE state = 'held' AND call = ? ORDER BY id",
        (call,),
    )
    return [Held(row[0], row[1], Kind(row[2]), row[3], read(row[4]), row[5] or "") for row in rows]


def waiting(db: Database, call: str) -> dict[Kind, int]:
    """How many sendings of each kind are planned and not yet sent."""
    rows = db.execute("SELECT kind, count(*) FROM sendings WHERE state = 'planned' AND call = ? GROUP BY kind", (call,))
    return {Kind(row[0]): row[1] for row in rows}


def had(db: Database, call: str, step: str, version: int) -> frozenset[int]:
    """The chats that a step of this version of the deadline was planned for already."""
    rows = db.execute(
        "SELECT chat_id FROM sendings WHERE call = ? AND step = ? AND deadline_version = ?", (call, step, version)
    )
    return frozenset(row[0] for row in rows)


def next_due(db: Database, call: str, office: Office, *, now: datetime, quiet: bool = False) -> datetime | None:
    """The earliest moment at which something planned may be sent, as `sendings.claim` sees it."""
    kinds = ",".join(map(str, sendable(quiet=quiet)))
    row = db.execute(
        f"SELECT min(not_before) FROM sendings WHERE state = 'planned' AND call = ? AND priority IN ({kinds}) "  # noqa: S608
        f"AND {sendable_now(db, call, office, now=now)}",
        (call,),
    ).fetchone()
    return read(row[0]) if row[0] else None


def of_steps(db: Database, call: str, prefix: str) -> list[tuple[str, str | None]]:
    """The state of each sending whose step begins with ``prefix``, and the reason for it, in their order."""
    rows = db.execute(
        "SELECT state, reason FROM sendings WHERE call = ? AND step IS NOT NULL AND kind = 'reply' "
        "AND step >= ? AND step < ? ORDER BY id",
        (call, prefix, f"{prefix}\N{REPLACEMENT CHARACTER}"),
    )
    return [(row[0], row[1]) for row in rows]
