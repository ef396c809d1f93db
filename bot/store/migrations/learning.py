"""Step 10: questions that were not answered, in groups, and what staff taught."""

from __future__ import annotations

from bot.store.database import Database
from bot.store.migrations.steps import migrations, run

_UNANSWERED = (
    """
    CREATE TABLE unanswered (
        id       INTEGER PRIMARY KEY,
        call     TEXT NOT NULL,
        text     TEXT NOT NULL,
        language TEXT NOT NULL,
        asked_at TEXT NOT NULL,
        day      TEXT NOT NULL,
        outcome  TEXT NOT NULL CHECK (outcome IN ('none', 'suggest')),
        offers   TEXT NOT NULL,
        chosen   TEXT,
        group_id INTEGER,
        state    TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'taught', 'dismissed'))
    )
    """,
    "CREATE INDEX unanswered_ungrouped ON unanswered (call, asked_at) WHERE group_id IS NULL",
    "CREATE INDEX unanswered_of_group ON unanswered (group_id, asked_at)",
    "CREATE INDEX unanswered_by_day ON unanswered (call, day)",
    "CREATE INDEX unanswered_chosen ON unanswered (call, chosen, state) WHERE chosen IS NOT NULL",
    """
    CREATE TABLE unanswered_groups (
        id        INTEGER PRIMARY KEY AUTOINCREMENT,
        call      TEXT NOT NULL,
        lead      TEXT NOT NULL,
        languages TEXT NOT NULL,
        count     INTEGER NOT NULL,
        newest_at TEXT NOT NULL,
        state     TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'taught', 'dismissed')),
        lesson    INTEGER
    )
    """,
    "CREATE INDEX unanswered_groups_newest ON unanswered_groups (call, state, newest_at)",
    "CREATE INDEX unanswered_groups_taught ON unanswered_groups (lesson) WHERE lesson IS NOT NULL",
)

_LESSONS = (
    """
    CREATE TABLE lessons (
        id        INTEGER PRIMARY KEY AUTOINCREMENT,
        call      TEXT NOT NULL,
        kind      TEXT NOT NULL,
        entry     TEXT NOT NULL,
        language  TEXT,
        before    TEXT NOT NULL,
        after     TEXT NOT NULL,
        by        INTEGER NOT NULL,
        at        TEXT NOT NULL,
        undone_at TEXT,
        undone_by INTEGER,
        model     TEXT
    )
    """,
    "CREATE INDEX lessons_of_entry ON lessons (call, entry)",
    """
    CREATE TABLE models (
        call    TEXT NOT NULL,
        key     TEXT NOT NULL,
        state   TEXT NOT NULL CHECK (state IN ('held', 'live', 'dropped')),
        lessons TEXT NOT NULL,
        at      TEXT NOT NULL,
        PRIMARY KEY (call, key)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE drafts (
        id      INTEGER PRIMARY KEY AUTOINCREMENT,
        token   INTEGER NOT NULL UNIQUE,
        call    TEXT NOT NULL,
        lesson  TEXT NOT NULL,
        base    TEXT NOT NULL,
        waived  TEXT NOT NULL,
        source  INTEGER,
        by      INTEGER NOT NULL,
        at      TEXT NOT NULL,
        state   TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'live', 'dropped'))
    )
    """,
)


@migrations()  # pyright: ignore[reportArgumentType, reportUntypedFunctionDecorator]
def m010_learning(db: Database) -> None:
    """Questions that were not answered, without who asked; lessons, the models made from them, and their drafts."""
    run(db, (*_UNANSWERED, *_LESSONS))
