"""Step 15: an announcement that gives answers knows as of when it gives them."""

from __future__ import annotations

from bot.store.database import Database
from bot.store.migrations.steps import migrations, run

_STATEMENTS = (
    "ALTER TABLE announced ADD COLUMN changes INTEGER",
    "ALTER TABLE announced ADD COLUMN version INTEGER",
    # What stood there holds as of this step: from now on a correction, or another deadline, keeps it back too.
    """
    UPDATE announced SET
        changes = (SELECT count(*) + count(undone_at) FROM lessons
                   WHERE call = announced.call AND entry = announced.entry AND kind <> 'phrasings'),
        version = (SELECT ifnull(max(version), 1) FROM amendments WHERE call = announced.call)
    """,
    "CREATE INDEX announced_by ON announced (broadcast)",
    # Nobody began what stood there: an erratum that was offered before this step is offered again by a correction.
    "DROP TABLE errata",
    """
    CREATE TABLE errata (
        id        INTEGER PRIMARY KEY,
        call      TEXT NOT NULL,
        entry     TEXT NOT NULL,
        before    TEXT NOT NULL,
        by        INTEGER NOT NULL,
        at        TEXT NOT NULL,
        broadcast INTEGER
    )
    """,
)


@migrations()  # pyright: ignore[reportArgumentType, reportUntypedFunctionDecorator]
def m015_announcing(db: Database) -> None:
    """``changes`` counts what had been taught of the entry, ``version`` is the deadline's where its text names facts.

    An erratum keeps what the answer said ``before``, in each language in which it changed; what it says now is read
    when the announcement is drafted.
    """
    run(db, _STATEMENTS)
