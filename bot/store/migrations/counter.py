"""Steps 1 to 6: what is needed to answer, to remind, and to move the deadline."""

from __future__ import annotations

from bot.store.database import Database
from bot.store.migrations.steps import migrations, run

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
    run(db, _INBOX_AND_OUTBOX)


_CHOICES = (
    "ALTER TABLE people ADD COLUMN chosen_at TEXT",
    "ALTER TABLE registrations RENAME COLUMN registered_at TO told_at",
    "ALTER TABLE registrations ADD COLUMN version INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE registrations ADD COLUMN off TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE registrations ADD COLUMN later TEXT",
    "ALTER TABLE registrations ADD COLUMN submitted INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE registrations ADD COLUMN look_at TEXT DEFAULT ''",
    "CREATE INDEX registrations_to_look_at ON registrations (call, look_at) WHERE look_at IS NOT NULL",
    "CREATE INDEX registrations_of_chat ON registrations (chat_id)",
)

_FAREWELLS = (
    "ALTER TABLE sendings RENAME TO old_sendings",
    """
    CREATE TABLE sendings (
        id               INTEGER PRIMARY KEY AUTOINCREMENT,
        call             TEXT NOT NULL,
        chat_id          INTEGER NOT NULL,
        kind             TEXT NOT NULL CHECK (kind IN ('reply', 'reminder', 'broadcast', 'staff', 'farewell')),
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
    "INSERT INTO sendings SELECT * FROM old_sendings",
    "DROP TABLE old_sendings",
    "CREATE INDEX sendings_to_do ON sendings (priority, id) WHERE state = 'planned'",
    "CREATE INDEX sendings_claimed ON sendings (chat_id) WHERE state = 'claimed'",
    "CREATE INDEX sendings_finished ON sendings (finished_at) WHERE finished_at IS NOT NULL",
    "CREATE INDEX sendings_held ON sendings (id) WHERE state = 'held'",
    "CREATE INDEX sendings_of_chat ON sendings (chat_id)",
    """
    CREATE UNIQUE INDEX one_reminder_a_step ON sendings (call, chat_id, step, deadline_version)
    WHERE step IS NOT NULL
    """,
)

_DEADLINES = (
    """
    CREATE TABLE calls (
        call  TEXT PRIMARY KEY,
        local TEXT NOT NULL,
        zone  TEXT NOT NULL,
        steps TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE amendments (
        call         TEXT NOT NULL,
        version      INTEGER NOT NULL,
        local        TEXT,
        instant      TEXT,
        announced    TEXT NOT NULL,
        source       TEXT NOT NULL,
        decided_at   TEXT NOT NULL,
        proposed_by  INTEGER NOT NULL,
        confirmed_by INTEGER NOT NULL,
        PRIMARY KEY (call, version)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE proposals (
        id           INTEGER PRIMARY KEY AUTOINCREMENT,
        call         TEXT NOT NULL,
        base_version INTEGER NOT NULL,
        local        TEXT,
        source       TEXT NOT NULL,
        proposed_by  INTEGER NOT NULL,
        proposed_at  TEXT NOT NULL,
        code         TEXT NOT NULL,
        state        TEXT NOT NULL CHECK (state IN ('open', 'applied', 'dropped'))
    )
    """,
    """
    CREATE TABLE audit (
        id     INTEGER PRIMARY KEY AUTOINCREMENT,
        at     TEXT NOT NULL,
        who    INTEGER NOT NULL,
        act    TEXT NOT NULL,
        detail TEXT NOT NULL
    )
    """,
)

_LEASE = """
    CREATE TABLE lease (
        id         INTEGER PRIMARY KEY CHECK (id = 1),
        fence      INTEGER NOT NULL,
        holder     TEXT,
        renewed_at TEXT
    )
    """


@migrations()  # pyright: ignore[reportArgumentType, reportUntypedFunctionDecorator]
def m002_choices(db: Database) -> None:
    """What registered people chose, and when each registration has to be looked at again ('': at once)."""
    run(db, _CHOICES)


@migrations()  # pyright: ignore[reportArgumentType, reportUntypedFunctionDecorator]
def m003_farewells(db: Database) -> None:
    """A new kind of sending, ids that are never given twice, indexes that find held ones and those to a chat."""
    run(db, _FAREWELLS)


@migrations()  # pyright: ignore[reportArgumentType, reportUntypedFunctionDecorator]
def m004_deadlines(db: Database) -> None:
    """The deadline as the call folder gives it, its changes, who proposed and confirmed them, and who did what."""
    run(db, _DEADLINES)


@migrations()  # pyright: ignore[reportArgumentType, reportUntypedFunctionDecorator]
def m005_lease(db: Database) -> None:
    """Who may write: a number that grows with each holder, so that an earlier one is found out."""
    db.execute(_LEASE)


@migrations()  # pyright: ignore[reportArgumentType, reportUntypedFunctionDecorator]
def m006_clock(db: Database) -> None:
    """When reminders were planned last, so that a clock that went back since then is found out."""
    db.execute("ALTER TABLE calls ADD COLUMN planned_at TEXT")
