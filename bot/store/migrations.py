"""The shape of the database, step by step: each step and the record of it are one transaction."""

from __future__ import annotations

from sqlite_utils.migrations import Migrations

from bot.store.database import Database

migrations = Migrations("guichet")


_INBOX_AND_OUTBOX = (
    """
    CREATE TABLE updates (
        update_id   INTEGER PRIMARY KEY,
        received_at TEXT NOT NULL,
        raw         TEXT,
        state       TEXT NOT NULL CHECK (state IN ('pending', 'handled', 'quarantined')),
        reason      TEXT
    )
    """,
    "CREATE INDEX updates_by_state ON updates (state, received_at)",
    """
    CREATE TABLE people (
        chat_id     INTEGER PRIMARY KEY,
        language    TEXT,
        unreachable TEXT
    )
    """,
    """
    CREATE TABLE registrations (
        call          TEXT NOT NULL,
        chat_id       INTEGER NOT NULL,
        purpose       TEXT NOT NULL CHECK (purpose IN ('deadline', 'next-edition')),
        language      TEXT NOT NULL,
        registered_at TEXT NOT NULL,
        PRIMARY KEY (call, chat_id, purpose)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE sendings (
        id               INTEGER PRIMARY KEY,
        call             TEXT NOT NULL,
        chat_id          INTEGER NOT NULL,
        kind             TEXT NOT NULL CHECK (kind IN ('reply', 'reminder', 'broadcast', 'staff')),
        priority         INTEGER NOT NULL,
        state            TEXT NOT NULL,
        step             TEXT,
        deadline_version INTEGER,
        expires_at       TEXT,
        language         TEXT,
        payload          TEXT,
        attempts         INTEGER NOT NULL DEFAULT 0,
        planned_at       TEXT NOT NULL,
        not_before       TEXT NOT NULL,
        finished_at      TEXT,
        message_id       INTEGER,
        reason           TEXT
    )
    """,
    "CREATE INDEX sendings_to_do ON sendings (priority, id) WHERE state = 'planned'",
    "CREATE INDEX sendings_claimed ON sendings (chat_id) WHERE state = 'claimed'",
    "CREATE INDEX sendings_finished ON sendings (finished_at) WHERE finished_at IS NOT NULL",
    """
    CREATE UNIQUE INDEX one_reminder_a_step ON sendings (call, chat_id, step, deadline_version)
    WHERE step IS NOT NULL
    """,
)


@migrations()  # pyright: ignore[reportArgumentType, reportUntypedFunctionDecorator]  it is given our Database
def m001_inbox_and_outbox(db: Database) -> None:
    """Updates taken from Telegram, people who chose something, registrations, and what is to be sent.

    Instants are ISO 8601 in UTC with microseconds, so that they sort as text.
    """
    for statement in _INBOX_AND_OUTBOX:
        db.execute(statement)
