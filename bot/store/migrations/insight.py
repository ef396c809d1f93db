"""Step 12: what is counted of a call. No row says anything about a person, so these outlive everybody's."""

from __future__ import annotations

from bot.store.database import Database
from bot.store.migrations.steps import migrations, run

_COUNTS = (
    """
    CREATE TABLE asked (
        call     TEXT NOT NULL,
        day      TEXT NOT NULL,
        language TEXT NOT NULL,
        outcome  TEXT NOT NULL,
        entry    TEXT NOT NULL,
        n        INTEGER NOT NULL,
        PRIMARY KEY (call, day, language, outcome, entry)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE asked_hours (
        call TEXT NOT NULL,
        day  TEXT NOT NULL,
        hour INTEGER NOT NULL,
        n    INTEGER NOT NULL,
        PRIMARY KEY (call, day, hour)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE daily (
        call         TEXT NOT NULL,
        day          TEXT NOT NULL,
        people       INTEGER NOT NULL,
        unreachable  INTEGER NOT NULL,
        muted        INTEGER NOT NULL,
        registered   INTEGER NOT NULL,
        next_edition INTEGER NOT NULL,
        arrived      INTEGER NOT NULL,
        PRIMARY KEY (call, day)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE went_out (
        call  TEXT NOT NULL,
        day   TEXT NOT NULL,
        kind  TEXT NOT NULL,
        state TEXT NOT NULL,
        n     INTEGER NOT NULL,
        PRIMARY KEY (call, day, kind, state)
    ) WITHOUT ROWID
    """,
)


@migrations()  # pyright: ignore[reportArgumentType, reportUntypedFunctionDecorator]
def m012_counts(db: Database) -> None:
    """Questions by day and by hour, how many people there were at each day's end, and what went out on each day."""
    run(db, _COUNTS)
