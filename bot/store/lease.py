"""One writer a database: a lock of the kernel for this machine, and a fenced lease in the file for every other way."""

from __future__ import annotations

import fcntl
import os
import socket
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from bot.store.database import Database
from bot.store.instants import read, stored

RENEWED_EVERY = 10.0
"""Seconds between two renewals."""

_WORTH = timedelta(seconds=30)
"""How long a lease of another machine is believed without being renewed."""


class HeldError(Exception):
    """Another process has the database; the message says which, and what to do."""


class LostLeaseError(Exception):
    """Another process took the database over; this one may write nothing more."""


def lock(path: Path) -> IO[bytes]:
    """Hold the database for this process alone; the kernel lets go when the process ends, however it ends.

    Raises:
        HeldError: another process holds it.

    """
    held = path.with_name(path.name + ".lock").open("ab")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        held.close()
        message = f"database {path} is in use: another Guichet is running on it; stop that one first"
        raise HeldError(message) from error
    return held


def refuse_if_held(db: Database, path: Path, *, now: datetime) -> None:
    """Stop, before anything is changed, where a process that is alive has the lease.

    Raises:
        HeldError: one has.

    """
    if "lease" not in db.table_names():
        return
    row = db.execute("SELECT holder, renewed_at FROM lease").fetchone()
    if row and row[0] and _is_alive(row[0], read(row[1]), now):
        message = f"database {path} is in use: another Guichet, {row[0]}, wrote to it just now; stop that one first"
        raise HeldError(message)


class Lease:
    """The right to write, with a number that grows with each holder (Kleppmann's fencing token).

    The lock file can be deleted, and locks do not hold on every network disk; the number stands in the database
    itself and is checked in every transaction, so that a holder who was overtaken stores nothing and sends nothing.
    """

    def __init__(self, db: Database, *, now: datetime) -> None:
        """Take the lease over from whoever had it."""
        me = f"{socket.gethostname()}/{os.getpid()}"
        self._fence = db.execute(
            "INSERT INTO lease (id, fence, holder, renewed_at) VALUES (1, 1, ?, ?) ON CONFLICT (id) DO UPDATE "
            "SET fence = fence + 1, holder = excluded.holder, renewed_at = excluded.renewed_at RETURNING fence",
            (me, stored(now)),
        ).fetchone()[0]

    def check(self, db: Database) -> None:
        """Make sure, in a transaction, that nobody took over.

        Raises:
            LostLeaseError: somebody did.

        """
        if db.execute("SELECT fence FROM lease").fetchone()[0] != self._fence:
            message = "another Guichet took this database over; this one ends"
            raise LostLeaseError(message)

    def renew(self, db: Database, *, now: datetime) -> None:
        """Say that this process is still there."""
        db.execute("UPDATE lease SET renewed_at = ? WHERE fence = ?", (stored(now), self._fence))

    def release(self, db: Database) -> None:
        """Give the lease back."""
        db.execute("UPDATE lease SET holder = NULL WHERE fence = ?", (self._fence,))


def _is_alive(holder: str, renewed_at: datetime, now: datetime) -> bool:
    """Whether a holder may still be writing: on this machine we can look, elsewhere its last renewal has to tell."""
    host, _, process = holder.rpartition("/")
    if host != socket.gethostname():
        return abs(now - renewed_at) < _WORTH
    if int(process) == os.getpid():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return abs(now - renewed_at) < _WORTH
