"""All SQL of the project: one thread writes and groups commits, read-only connections read."""

from __future__ import annotations

import asyncio
import fcntl
import queue
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TypeVar

from bot.store.database import Database
from bot.store.migrations import migrations

T = TypeVar("T")
Change = Callable[[Database], Any]
"""Something to do in a transaction; the modules of this package make them."""

_APPLICATION_ID = 0x47554943
"""Marks a SQLite file as ours ("GUIC"), so that another program's database is never migrated by mistake."""

_MOST_A_COMMIT = 256
"""Changes that share one fsync; more would make the first of them wait without gaining speed."""


class StoreError(Exception):
    """The database can't be used; the message says which file, why, and what to do."""


@dataclass(slots=True)
class _Job:
    change: Callable[[Database], Any]
    done: asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop
    result: Any = None
    error: BaseException | None = None


class Store:
    """A SQLite file in WAL mode with synchronous=FULL: what `write` returned from survives a power cut."""

    def __init__(self, path: Path) -> None:
        """Remember where the file is; `open` opens it."""
        self.path = path
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._writer = threading.Thread(target=self._write_forever, name="store-writer", daemon=True)
        self._readers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="store-reader")
        self._of_thread = threading.local()
        self._reading: list[Database] = []

    def open(self) -> None:
        """Open or create the file, bring it to the present shape, and start the writer. Blocks; call it at start.

        Raises:
            StoreError: the file is damaged, of another program, of a newer version, or can't be written. Nothing
                has been changed in it.

        """
        with ExitStack() as opened:
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                opened.enter_context(_lock(self.path))
                self._db = _connect(self.path)
                opened.callback(self._db.close)
                _refuse_foreign(self._db, self.path)
                self._db.execute("PRAGMA journal_mode = WAL")
                self._db.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
                migrations.apply(self._db)
            except (sqlite3.DatabaseError, OSError) as error:
                raise StoreError(_explain(self.path, error)) from error
            self._opened = opened.pop_all()
        self._writer.start()

    def close(self) -> None:
        """Finish what was asked for, then close. Blocks."""
        self._jobs.put(None)
        self._writer.join()
        self._readers.shutdown()
        for db in self._reading:
            db.close()
        self._opened.close()

    async def write(self, change: Callable[[Database], T]) -> T:
        """Run ``change`` in a transaction and return its result once it is on disk.

        A change that raises is undone alone; the others of its commit stand.

        Raises:
            StoreError: the disk is full or the file failed; nothing of the change is stored.

        """
        loop = asyncio.get_running_loop()
        job = _Job(change, loop.create_future(), loop)
        self._jobs.put(job)
        return await job.done

    async def read(self, question: Callable[[Database], T]) -> T:
        """Run ``question`` on a connection that can't write.

        Raises:
            StoreError: the file can't be read.

        """
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._ask, question)

    def _ask(self, question: Callable[[Database], T]) -> T:
        try:
            if not hasattr(self._of_thread, "db"):
                self._of_thread.db = _connect(self.path, read_only=True)
                self._reading.append(self._of_thread.db)
            return question(self._of_thread.db)
        except sqlite3.DatabaseError as error:
            raise StoreError(_explain(self.path, error)) from error

    def _write_forever(self) -> None:
        while (job := self._jobs.get()) is not None:
            jobs = [job]
            last = False
            while len(jobs) < _MOST_A_COMMIT and not self._jobs.empty():
                further = self._jobs.get()
                if further is None:
                    last = True
                    break
                jobs.append(further)
            self._commit(jobs)
            if last:
                return

    def _commit(self, jobs: list[_Job]) -> None:
        try:
            with self._db.atomic():
                for job in jobs:
                    self._run(job)
        except sqlite3.DatabaseError as error:
            for job in jobs:
                job.error = job.error or error
        for loop in {job.loop for job in jobs}:
            if not loop.is_closed():
                loop.call_soon_threadsafe(_settle, [job for job in jobs if job.loop is loop], self.path)

    def _run(self, job: _Job) -> None:
        try:
            with self._db.atomic():
                job.result = job.change(self._db)
        except Exception as error:
            job.error = error
            if not self._db.conn.in_transaction:
                raise sqlite3.OperationalError(*error.args) from error


def _settle(jobs: list[_Job], path: Path) -> None:
    for job in jobs:
        if job.done.done():
            continue
        if job.error is None:
            job.done.set_result(job.result)
        elif isinstance(job.error, sqlite3.DatabaseError) and not isinstance(job.error, sqlite3.IntegrityError):
            failure = StoreError(_explain(path, job.error))
            failure.__cause__ = job.error
            job.done.set_exception(failure)
        else:
            job.done.set_exception(job.error)


def _connect(path: Path, *, read_only: bool = False) -> Database:
    mode = "ro" if read_only else "rwc"
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=5.0)
    try:
        connection.execute("PRAGMA synchronous = FULL")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return Database(connection)


def _lock(path: Path) -> IO[bytes]:
    """Hold the database for this process alone; the kernel lets go when the process ends, however it ends.

    Raises:
        StoreError: another process holds it.

    """
    lock = path.with_name(path.name + ".lock").open("ab")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        lock.close()
        message = f"database {path} is in use: another Guichet is running on it; stop that one first"
        raise StoreError(message) from error
    return lock


def _refuse_foreign(db: Database, path: Path) -> None:
    """Stop before the first write to a file that is not ours, is damaged, or is from a later version.

    Raises:
        StoreError: it is.

    """
    verdict = db.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        message = f"database {path} is damaged ({verdict}); restore a backup, nothing was changed"
        raise StoreError(message)
    ours = db.execute("PRAGMA application_id").fetchone()[0] == _APPLICATION_ID
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


def _explain(path: Path, error: Exception) -> str:
    reason = str(error)
    if isinstance(error, sqlite3.OperationalError) or not isinstance(error, sqlite3.DatabaseError):
        return f"database {path} can't be used: {reason}; check that its folder exists, is writable and has room"
    return f"database {path} can't be read: {reason}; restore a backup, nothing was changed"


def all_of(changes: Sequence[Change]) -> Callable[[Database], None]:
    """Several changes as one: all of them are stored, or none."""

    def apply(db: Database) -> None:
        for change in changes:
            change(db)

    return apply
