"""Statements about the deadline: what the folder gave, what was decided since, by whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.store import registrations
from bot.store.database import Database
from bot.store.instants import read, stored
from faq.deadline import Amendment

FIRST = 1
"""The version of a deadline as its call folder gives it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A change of the deadline that is not yet confirmed. ``local`` is the legal time; None: the call is cancelled."""

    id: int
    base_version: int
    local: datetime | None
    source: str
    proposed_by: int
    proposed_at: datetime
    code: str


def version(db: Database, call: str) -> int:
    """The version of the deadline that holds."""
    return db.execute("SELECT max(version) FROM amendments WHERE call = ?", (call,)).fetchone()[0] or FIRST


def all_of(db: Database, call: str) -> list[Amendment]:
    """Every change of a call's deadline, in order."""
    rows = db.execute(
        "SELECT version, local, announced, source, decided_at, instant FROM amendments WHERE call = ? ORDER BY version",
        (call,),
    )
    return [
        Amendment(
            version=row[0],
            local=datetime.fromisoformat(row[1]) if row[1] else None,
            announced=date.fromisoformat(row[2]),
            source=row[3],
            decided_at=read(row[4]),
            instant=read(row[5]) if row[5] else None,
        )
        for row in rows
    ]


def propose(call: str, proposal: Proposal) -> Callable[[Database], None]:
    """Keep a proposed change. Any other open one of the same person is dropped."""

    def change(db: Database) -> None:
        db.execute(
            "UPDATE proposals SET state = 'dropped' WHERE state = 'open' AND proposed_by = ?", (proposal.proposed_by,)
        )
        db.execute(
            "INSERT INTO proposals (id, call, base_version, local, source, proposed_by, proposed_at, code, state) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'open')",
            (
                proposal.id,
                call,
                proposal.base_version,
                proposal.local and proposal.local.isoformat(),
                proposal.source,
                proposal.proposed_by,
                stored(proposal.proposed_at),
                proposal.code,
            ),
        )

    return change


def open_proposal(db: Database, call: str, *, number: int | None = None, by: int | None = None) -> Proposal | None:
    """The open proposal with this number, or by this person."""
    row = db.execute(
        "SELECT id, base_version, local, source, proposed_by, proposed_at, code FROM proposals "
        "WHERE call = ? AND state = 'open' AND (id = ? OR proposed_by = ?)",
        (call, number, by),
    ).fetchone()
    return row and Proposal(
        id=row[0],
        base_version=row[1],
        local=datetime.fromisoformat(row[2]) if row[2] else None,
        source=row[3],
        proposed_by=row[4],
        proposed_at=read(row[5]),
        code=row[6],
    )


class OvertakenError(Exception):
    """A proposal can't be applied or dropped: it is no longer open, or the deadline changed since it was made."""


def drop(number: int) -> Callable[[Database], None]:
    """End a proposal without effect.

    Raises (when it is applied):
        OvertakenError: it had ended already.
    """

    def change(db: Database) -> None:
        if not db.execute("UPDATE proposals SET state = 'dropped' WHERE id = ? AND state = 'open'", (number,)).rowcount:
            raise OvertakenError(number)

    return change


def apply(call: str, proposal: Proposal, decided: Amendment, *, by: int) -> Callable[[Database], None]:
    """Make a proposal the deadline that holds, and have every registration looked at: the one act of a change.

    Raises (when it is applied):
        OvertakenError: it can't be; nothing was changed.
    """

    def change(db: Database) -> None:
        taken = db.execute(
            "UPDATE proposals SET state = 'applied' WHERE id = ? AND state = 'open' AND base_version = ?",
            (proposal.id, version(db, call)),
        ).rowcount
        if not taken:
            raise OvertakenError(proposal.id)
        db.execute(
            "INSERT INTO amendments (call, version, local, instant, announced, source, decided_at, proposed_by, "
            "confirmed_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                call,
                decided.version,
                decided.local and decided.local.isoformat(),
                decided.instant and stored(decided.instant),
                decided.announced.isoformat(),
                decided.source,
                stored(decided.decided_at),
                proposal.proposed_by,
                by,
            ),
        )
        db.execute(
            "UPDATE sendings SET state = 'superseded', finished_at = ? "
            "WHERE call = ? AND kind = 'reminder' AND state IN ('planned', 'unreachable')",
            (stored(decided.decided_at), call),
        )
        registrations.look_at_all(db, call)

    return change


class MovedInFolderError(Exception):
    """The call folder gives another deadline than the one that people were told."""


def settle(call: str, local: datetime, zone: str, steps: tuple[timedelta, ...]) -> Callable[[Database], None]:
    """Remember what the call folder gives; look at every registration again where the steps are others than before.

    Raises (when it is applied):
        MovedInFolderError: it gives another deadline, and people registered or a change was decided since.
    """

    def change(db: Database) -> None:
        spoken = ",".join(str(step.total_seconds()) for step in steps)
        known = db.execute("SELECT local, zone, steps FROM calls WHERE call = ?", (call,)).fetchone()
        given = (local.isoformat(), zone, spoken)
        if known and known[:2] != given[:2]:
            registered = db.execute("SELECT 1 FROM registrations WHERE call = ? LIMIT 1", (call,)).fetchone()
            if registered or version(db, call) > FIRST:
                raise MovedInFolderError(known[0])
        if known != given:
            db.execute(
                "INSERT INTO calls (call, local, zone, steps) VALUES (?, ?, ?, ?) ON CONFLICT (call) DO UPDATE "
                "SET local = excluded.local, zone = excluded.zone, steps = excluded.steps",
                (call, *given),
            )
            registrations.look_at_all(db, call)

    return change
