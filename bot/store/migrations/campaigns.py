"""Step 16: what is left of a copy when its person is forgotten, and what else a broadcast keeps."""

from __future__ import annotations

from bot.store.database import Database
from bot.store.migrations.steps import migrations, run

_STATEMENTS = (
    "CREATE TABLE erased_copies (call TEXT NOT NULL, step TEXT NOT NULL, state TEXT NOT NULL, mark INTEGER)",
    "CREATE INDEX erased_by_mark ON erased_copies (step, mark)",
    """
    CREATE TABLE old_codes (
        call  TEXT NOT NULL,
        owner INTEGER NOT NULL,
        code  TEXT NOT NULL,
        PRIMARY KEY (call, owner, code)
    ) WITHOUT ROWID
    """,
    "ALTER TABLE sendings ADD COLUMN reader TEXT",
    "ALTER TABLE broadcasts ADD COLUMN went_on_at TEXT",
    """
    UPDATE broadcasts SET went_on_at = ifnull((
        SELECT max(planned_at) FROM sendings
        WHERE kind IN ('broadcast', 'amend') AND step IN ('broadcast:' || broadcasts.id, 'amend:' || broadcasts.id)
    ), started_at) WHERE stage = 'sending'
    """,
)


@migrations()  # pyright: ignore[reportArgumentType, reportUntypedFunctionDecorator]
def m016_campaigns(db: Database) -> None:
    """More that a broadcast keeps.

    ``reader`` is what the reader of a copy reads, where its text is in another language, NULL where it is in theirs.
    ``old_codes`` are those of requests that are void or confirmed, so that one of them is not taken for a guess.
    ``mark`` is one that many chats share (`bot.store.erased`); ``went_on_at`` is when copies were planned last, or
    staff let it go on.
    """
    run(db, _STATEMENTS)
