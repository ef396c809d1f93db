"""Step 13: a line of the audit can only be added behind the last, and its head can only go on by one."""

from __future__ import annotations

from bot.store.database import Database
from bot.store.migrations.steps import migrations, run

_GUARDS = (
    # An INSERT OR REPLACE deletes without asking the trigger that forbids it.
    """
    CREATE TRIGGER audit_in_order BEFORE INSERT ON audit WHEN NEW.id IS NOT (SELECT last + 1 FROM audit_head)
    BEGIN SELECT RAISE(ABORT, 'the audit is only added to behind its last line'); END
    """,
    """
    CREATE TRIGGER audit_head_goes_on BEFORE UPDATE ON audit_head
    WHEN NEW.id IS NOT OLD.id OR NEW.last IS NOT OLD.last + 1
    BEGIN SELECT RAISE(ABORT, 'the head of the audit goes on line by line'); END
    """,
    """
    CREATE TRIGGER audit_head_stays BEFORE DELETE ON audit_head
    BEGIN SELECT RAISE(ABORT, 'the audit keeps its head'); END
    """,
)


@migrations()  # pyright: ignore[reportArgumentType, reportUntypedFunctionDecorator]
def m013_account(db: Database) -> None:
    """More that the audit refuses; it is no proof (who holds the file can drop a trigger), but it stops a mistake."""
    run(db, _GUARDS)
