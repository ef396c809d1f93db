"""Step 18: which of the answers that a chat was given was the latest."""

from __future__ import annotations

from bot.store.database import Database
from bot.store.migrations.steps import migrations, run

_STATEMENTS = (
    "ALTER TABLE given ADD COLUMN changes INTEGER NOT NULL DEFAULT 0",
    # Of what stood there nobody knows which was the latest: all count, until the next one is given.
    """
    UPDATE given SET changes = (SELECT count(*) + count(undone_at) FROM lessons
                                WHERE call = given.call AND entry = given.entry AND kind <> 'phrasings')
    """,
)


@migrations()  # pyright: ignore[reportArgumentType, reportUntypedFunctionDecorator]
def m018_given(db: Database) -> None:
    """``changes`` is how often the texts of the entry had been changed when the answer was given, as in ``announced``.

    It tells the latest from the earlier ones, where an hour would say more about people than is needed.
    """
    run(db, _STATEMENTS)
