"""Step 9: questions to a person, and what the office answered."""

from __future__ import annotations

from bot.store.database import Database
from bot.store.migrations.steps import migrations, run

_DESK = (
    """
    CREATE TABLE askers (
        id      INTEGER PRIMARY KEY AUTOINCREMENT,
        call    TEXT NOT NULL,
        chat_id INTEGER NOT NULL,
        thread  INTEGER,
        state   TEXT NOT NULL CHECK (state IN ('quiet', 'writing', 'talking')),
        about   INTEGER,
        since   TEXT NOT NULL,
        told_at TEXT,
        hinted  INTEGER NOT NULL DEFAULT 0,
        UNIQUE (call, chat_id)
    )
    """,
    "CREATE INDEX askers_of_chat ON askers (chat_id)",
    "CREATE INDEX askers_by_thread ON askers (call, thread) WHERE thread IS NOT NULL",
    "CREATE INDEX askers_about ON askers (about) WHERE state = 'talking'",
    """
    CREATE TABLE questions (
        id         INTEGER PRIMARY KEY AUTOINCREMENT,
        call       TEXT NOT NULL,
        asker      INTEGER,
        follows    INTEGER,
        text       TEXT,
        language   TEXT NOT NULL,
        asked_at   TEXT NOT NULL,
        message_id INTEGER,
        edited     INTEGER NOT NULL DEFAULT 0,
        state      TEXT NOT NULL CHECK (state IN ('open', 'answered', 'closed'))
    )
    """,
    "CREATE INDEX questions_of_asker ON questions (asker, asked_at)",
    "CREATE INDEX questions_open ON questions (call, id) WHERE state = 'open' AND follows IS NULL",
    """
    CREATE TABLE answers (
        id         INTEGER PRIMARY KEY AUTOINCREMENT,
        call       TEXT NOT NULL,
        question   INTEGER NOT NULL,
        by         INTEGER NOT NULL,
        text       TEXT,
        file       TEXT,
        at         TEXT NOT NULL,
        place      INTEGER NOT NULL,
        message_id INTEGER NOT NULL,
        state      TEXT NOT NULL CHECK (state IN ('draft', 'given', 'taken-back'))
    )
    """,
    "CREATE INDEX answers_of_question ON answers (question)",
    "CREATE INDEX answers_by_message ON answers (place, message_id)",
    "CREATE INDEX answers_by ON answers (by)",
    "CREATE INDEX sendings_by_name ON sendings (call, step) WHERE kind IN ('reply', 'staff') AND step IS NOT NULL",
    "CREATE INDEX sendings_by_message ON sendings (chat_id, message_id) WHERE kind = 'reply' AND step IS NOT NULL",
)


@migrations()  # pyright: ignore[reportArgumentType, reportUntypedFunctionDecorator]
def m009_desk(db: Database) -> None:
    """Who asks under which number, what they asked, what was answered, and where each stands in the office.

    A question that ``follows`` another is a further word about it. A draft is an answer that waits for a second yes.
    """
    run(db, _DESK)
