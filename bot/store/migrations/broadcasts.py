"""Step 8: announcements to many, from the draft to the report."""

from __future__ import annotations

from bot.store.database import Database
from bot.store.migrations.steps import migrations, run

_TABLES = (
    """
    CREATE TABLE broadcasts (
        id          INTEGER PRIMARY KEY AUTOINCREMENT,
        call        TEXT NOT NULL,
        author      INTEGER NOT NULL,
        chat_id     INTEGER NOT NULL,
        language    TEXT NOT NULL,
        stage       TEXT NOT NULL,
        revision    INTEGER NOT NULL DEFAULT 1,
        how         TEXT NOT NULL,
        corrects    INTEGER,
        audience    TEXT NOT NULL,
        waived      TEXT NOT NULL DEFAULT '',
        starts_at   TEXT,
        made_at     TEXT NOT NULL,
        asked_at    TEXT,
        approved_by INTEGER,
        approved_at TEXT,
        started_at  TEXT,
        finished_at TEXT,
        expected    INTEGER NOT NULL DEFAULT 0,
        part        TEXT NOT NULL,
        cursor      INTEGER,
        is_complete INTEGER NOT NULL DEFAULT 0,
        progress_id INTEGER,
        reason      TEXT,
        report      TEXT
    )
    """,
    "CREATE INDEX broadcasts_by_stage ON broadcasts (call, stage)",
    "CREATE UNIQUE INDEX one_draft_an_author ON broadcasts (call, author) WHERE stage IN ('draft', 'asked')",
    """
    CREATE TABLE broadcast_texts (
        call      TEXT NOT NULL,
        broadcast INTEGER NOT NULL,
        language  TEXT NOT NULL,
        payload   TEXT NOT NULL,
        PRIMARY KEY (broadcast, language)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE broadcast_codes (
        call      TEXT NOT NULL,
        broadcast INTEGER NOT NULL,
        owner     INTEGER NOT NULL,
        code      TEXT NOT NULL,
        PRIMARY KEY (broadcast, owner)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX sendings_of_broadcast ON sendings (step, state, chat_id) WHERE kind IN ('broadcast', 'amend')",
)


@migrations()  # pyright: ignore[reportArgumentType, reportUntypedFunctionDecorator]
def m008_broadcasts(db: Database) -> None:
    """Broadcasts, their text in each language (it stands once, not with every copy), and who may confirm by which code.

    ``cursor`` is the last chat that was looked at for a copy; NULL: the end of the audience was reached.
    """
    run(db, _TABLES)
