"""Step 7: who did what can't be changed unseen, staff can stop all sending, and people are known by their chats."""

from __future__ import annotations

from bot.store import chain
from bot.store.database import Database
from bot.store.migrations.steps import migrations, run

_PEOPLE = (
    "ALTER TABLE people ADD COLUMN spoken TEXT",
    "ALTER TABLE people ADD COLUMN first_seen TEXT",
    "ALTER TABLE people ADD COLUMN seen_at TEXT",
    "ALTER TABLE people ADD COLUMN muted_at TEXT",
    "ALTER TABLE people ADD COLUMN profile TEXT",
)

_SENDINGS = (
    "ALTER TABLE sendings RENAME TO old_sendings",
    """
    CREATE TABLE sendings (
        id               INTEGER PRIMARY KEY AUTOINCREMENT,
        call             TEXT NOT NULL,
        chat_id          INTEGER NOT NULL,
        kind             TEXT NOT NULL,
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
        reason           TEXT,
        author           INTEGER
    )
    """,
    "INSERT INTO sendings SELECT *, NULL FROM old_sendings",
    "DROP TABLE old_sendings",
    "CREATE INDEX sendings_to_do ON sendings (priority, id) WHERE state = 'planned'",
    "CREATE INDEX sendings_claimed ON sendings (chat_id) WHERE state = 'claimed'",
    "CREATE INDEX sendings_finished ON sendings (finished_at) WHERE finished_at IS NOT NULL",
    "CREATE INDEX sendings_held ON sendings (id) WHERE state = 'held'",
    "CREATE INDEX sendings_of_chat ON sendings (chat_id)",
    "CREATE INDEX sendings_authored ON sendings (author) WHERE author IS NOT NULL AND state = 'planned'",
    """
    CREATE UNIQUE INDEX one_reminder_a_step ON sendings (call, chat_id, step, ifnull(deadline_version, 0))
    WHERE step IS NOT NULL
    """,
)

_FREEZES = """
    CREATE TABLE freezes (
        call TEXT PRIMARY KEY,
        by   INTEGER NOT NULL,
        at   TEXT NOT NULL
    ) WITHOUT ROWID
    """

_ROUTINES = """
    CREATE TABLE routines (
        call TEXT NOT NULL,
        name TEXT NOT NULL,
        day  TEXT NOT NULL,
        PRIMARY KEY (call, name)
    ) WITHOUT ROWID
    """

_EXPECTED = """
    CREATE TABLE expected (
        call     TEXT NOT NULL,
        user_id  INTEGER NOT NULL,
        chat_id  INTEGER NOT NULL,
        what     TEXT NOT NULL,
        argument TEXT NOT NULL,
        at       TEXT NOT NULL,
        PRIMARY KEY (call, user_id)
    ) WITHOUT ROWID
    """

_AUDIT = (
    "ALTER TABLE audit ADD COLUMN call TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE audit ADD COLUMN hash TEXT NOT NULL DEFAULT ''",
    "CREATE TABLE audit_head (id INTEGER PRIMARY KEY CHECK (id = 1), last INTEGER NOT NULL, hash TEXT NOT NULL)",
)

_GUARDS = tuple(
    f"CREATE TRIGGER audit_never_{what} BEFORE {what} ON audit "
    "BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END"
    for what in ("UPDATE", "DELETE")
)


@migrations()  # pyright: ignore[reportArgumentType, reportUntypedFunctionDecorator]
def m007_office(db: Database) -> None:
    """People by their chats, an author for what staff queue, the freeze, and an audit that is a chain of hashes."""
    run(db, (*_PEOPLE, *_SENDINGS, _FREEZES, _ROUTINES, _EXPECTED, *_AUDIT))
    chain.forge(db)
    run(db, _GUARDS)
