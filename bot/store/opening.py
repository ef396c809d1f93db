"""Connections to the file, what makes it ours to open, and what its failures mean to an operator."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bot.store import backup, lease
from bot.store.database import Database
from bot.store.migrations import migrations

APPLICATION_ID = 0x47554943
"""Marks a SQLite file as ours ("GUIC"), so that another program's database is never migrated by mistake."""

_PATIENCE = 5.0
"""Seconds that a connection waits for another one."""


class StoreError(Exception):
    """The database can't be used; the message says which file, why, and what to do."""


class UnusableStoreError(StoreError):
    """It can't be used any more: it is damaged, or another process took it over. Nothing may be sent from it."""


def connect(path: Path, *, read_only: bool = False) -> Database:
    """A connection in which every commit is on disk when it returns.

    Raises:
        sqlite3.DatabaseError: there is none to be had.

    """
    mode = "ro" if read_only else "rwc"
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=_PATIENCE)
    try:
        connection.execute("PRAGMA synchronous = FULL")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return Database(connection)


def refuse_new_beside_copy(path: Path) -> None:
    """Stop where the file is gone but its copy is there: an empty one would soon be copied over it.

    Raises:
        StoreError: so it is.

    """
    if not path.exists() and backup.path_of(path).exists():
        message = f"database {path} is gone, but {backup.advice(path)}; or move that file away to begin anew"
        raise StoreError(message)


def refuse_damaged(db: Database, path: Path) -> None:
    """Stop where the file is damaged.

    Raises:
        UnusableStoreError: it is.

    """
    verdict = db.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        damage = " ".join(verdict.split())
        message = f"database {path} is damaged ({damage}); nothing was changed or sent: {backup.advice(path)}"
        raise UnusableStoreError(message)


def refuse_foreign(db: Database, path: Path) -> None:
    """Stop before the first write to a file that is not ours, is damaged, or is from a later version.

    Raises:
        StoreError: it is.

    """
    refuse_damaged(db, path)
    ours = db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    if not ours and db.table_names():
        message = f"{path} is another program's database; set DATABASE to a path of Guichet's own"
        raise StoreError(message)
    known = {step.name for step in migrations.pending(db)} | {step.name for step in migrations.applied(db)}
    empty = Database(memory=True)
    mine = {step.name for step in migrations.pending(empty)}
    empty.close()
    if known - mine:
        message = f"database {path} was written by a newer Guichet; install that version, nothing was changed"
        raise StoreError(message)


def explained(path: Path, error: BaseException) -> StoreError:
    """What a failure means, and what to do about it."""
    reason = str(error)
    if isinstance(error, lease.LostLeaseError):
        return UnusableStoreError(f"database {path}: {reason}")
    if isinstance(error, sqlite3.OperationalError) or not isinstance(error, sqlite3.DatabaseError):
        return StoreError(
            f"database {path} can't be used: {reason}; check that its folder exists, is writable and has room"
        )
    return UnusableStoreError(
        f"database {path} can't be read: {reason}; nothing more is written or sent: {backup.advice(path)}"
    )


def checkpointed(db: Database) -> bool:
    """Move the write-ahead log into the file and cut it to nothing; False where a reader or a full disk forbids it.

    It does not wait for a reader, for everybody who writes would wait too.
    """
    db.execute("PRAGMA busy_timeout = 0")
    try:
        return not db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.OperationalError:
        return False
    finally:
        db.execute(f"PRAGMA busy_timeout = {_PATIENCE * 1000:.0f}")
