"""Step 17: an answer keeps the words of the question that it was given to."""

from __future__ import annotations

from bot.store.database import Database
from bot.store.migrations.steps import migrations, run

_STATEMENTS = (
    "ALTER TABLE answers ADD COLUMN asked TEXT",
    "UPDATE answers SET asked = (SELECT text FROM questions WHERE id = answers.question AND edited = 0)",
    "CREATE INDEX questions_following ON questions (follows) WHERE follows IS NOT NULL",
)


@migrations()  # pyright: ignore[reportArgumentType, reportUntypedFunctionDecorator]
def m017_answered_words(db: Database) -> None:
    """``asked`` is what the question read when it was answered; NULL where nobody wrote that down before this step."""
    run(db, _STATEMENTS)
