"""The list that every step joins, in the order in which its module is read."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils.migrations import Migrations

from bot.store.database import Database

migrations = Migrations("guichet")


def run(db: Database, statements: Iterable[str]) -> None:
    """Run statements one after the other."""
    for statement in statements:
        db.execute(statement)
