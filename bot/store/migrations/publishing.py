"""Step 11: questions and answers that are public, who was given which answer, and who waits for one."""

from __future__ import annotations

from bot.store.database import Database
from bot.store.migrations.steps import migrations, run

_DRAFTS = (
    """
    CREATE TABLE publication_drafts (
        id        INTEGER PRIMARY KEY,
        call      TEXT NOT NULL,
        state     TEXT NOT NULL CHECK (state IN ('open', 'public', 'private')),
        answer    INTEGER,
        corrects  INTEGER,
        revision  INTEGER NOT NULL,
        language  TEXT NOT NULL,
        questions TEXT NOT NULL,
        answers   TEXT NOT NULL,
        waived    TEXT NOT NULL,
        by        INTEGER NOT NULL,
        at        TEXT NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX one_draft_an_answer ON publication_drafts (call, answer) WHERE answer IS NOT NULL",
    """
    CREATE UNIQUE INDEX one_open_correction ON publication_drafts (call, corrects)
    WHERE corrects IS NOT NULL AND state = 'open'
    """,
)

_PUBLICATIONS = """
    CREATE TABLE publications (
        call         TEXT NOT NULL,
        number       INTEGER NOT NULL,
        revision     INTEGER NOT NULL DEFAULT 1,
        language     TEXT NOT NULL,
        questions    TEXT NOT NULL,
        answers      TEXT NOT NULL,
        published_at TEXT NOT NULL,
        corrected_at TEXT,
        by           INTEGER NOT NULL,
        answer       INTEGER,
        digest       TEXT CHECK (digest IN ('wanted', 'made')),
        PRIMARY KEY (call, number)
    ) WITHOUT ROWID
    """

_GIVEN = (
    """
    CREATE TABLE given (
        call     TEXT NOT NULL,
        entry    TEXT NOT NULL,
        chat_id  INTEGER NOT NULL,
        edition  TEXT NOT NULL,
        language TEXT NOT NULL,
        day      TEXT NOT NULL,
        PRIMARY KEY (call, entry, chat_id, edition)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX given_to_chat ON given (chat_id)",
)

_WAITING = (
    """
    CREATE TABLE waiting (
        call     TEXT NOT NULL,
        chat_id  INTEGER NOT NULL,
        words    TEXT NOT NULL,
        language TEXT NOT NULL,
        at       TEXT NOT NULL,
        PRIMARY KEY (call, chat_id, words)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX waiting_of_chat ON waiting (chat_id)",
)

_ERRATA = (
    """
    CREATE TABLE errata (
        id        INTEGER PRIMARY KEY,
        call      TEXT NOT NULL,
        entry     TEXT NOT NULL,
        audience  TEXT NOT NULL,
        texts     TEXT NOT NULL,
        by        INTEGER NOT NULL,
        at        TEXT NOT NULL,
        broadcast INTEGER
    )
    """,
    """
    CREATE TABLE announced (
        call      TEXT NOT NULL,
        entry     TEXT NOT NULL,
        broadcast INTEGER NOT NULL,
        language  TEXT NOT NULL,
        edition   TEXT NOT NULL,
        PRIMARY KEY (call, entry, broadcast, language)
    ) WITHOUT ROWID
    """,
)


@migrations()  # pyright: ignore[reportArgumentType, reportUntypedFunctionDecorator]
def m011_publishing(db: Database) -> None:
    """Drafts of publications and what became public of them; who was given which answer, and who waits for one.

    ``announced`` are answers that were given to many at once, by a broadcast; ``errata`` corrections to be announced.
    """
    run(db, (*_DRAFTS, _PUBLICATIONS, *_GIVEN, *_WAITING, *_ERRATA))
