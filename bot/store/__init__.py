"""All SQL of the project: one thread writes and groups commits, read-only connections read."""

from __future__ import annotations

import asyncio
import contextlib
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from bot.clock import Clock, RealClock
from bot.store import backup, lease
from bot.store.database import Database
from bot.store.migrations import migrations
from bot.store.opening import (
    APPLICATION_ID,
    StoreError,
    UnusableStoreError,
    checkpointed,
    connect,
    explained,
    refuse_damaged,
    refuse_foreign,
    refuse_new_beside_copy,
)

T = TypeVar("T")
Change = Callable[[Database], Any]
"""Something to do in a transaction; the modules of this package make them."""

_MOST_A_COMMIT = 256
"""Changes that share one fsync; more would make the first of them wait without gaining speed."""


@dataclass(slots=True)
class _Job:
    change: Callable[[Database], Any]
    done: asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop
    result: Any = None
    error: BaseException | None = None


class Store:
    """A SQLite file in WAL mode with synchronous=FULL: what `write` returned from survives a power cut."""

    def __init__(self, path: Path, *, clock: Clock | None = None) -> None:
        """Remember where the file is; `open` opens it. ``clock`` tells the real time, for the lease."""
        self.path = path
        self.must_copy = False
        self._now = (clock or RealClock()).now
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._writer = threading.Thread(target=self._write_forever, name="store-writer", daemon=True)
        self._readers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="store-reader")
        self._counters = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store-counter")
        self._of_thread = threading.local()
        self._reading: list[Database] = []
        self._renew_at = 0.0
        self._end: UnusableStoreError | None = None

    def open(self) -> None:
        """Open or create the file, bring it to the present shape, and start the writer. Blocks; call it at start.

        Raises:
            StoreError: the file is damaged, of another program, of a newer version, in use, or can't be written.
                Nothing has been changed in it.

        """
        with ExitStack() as opened:
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                opened.enter_context(lease.lock(self.path))
                refuse_new_beside_copy(self.path)
                self._db = connect(self.path)
                opened.callback(self._db.close)
                refuse_foreign(self._db, self.path)
                lease.refuse_if_held(self._db, self.path, now=self._now())
                self._db.execute("PRAGMA journal_mode = WAL")
                self._db.execute("PRAGMA secure_delete = ON")
                self._db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                migrations.apply(self._db)
                self._lease = lease.Lease(self._db, now=self._now())
            except lease.HeldError as error:
                raise StoreError(str(error)) from None
            except (sqlite3.DatabaseError, OSError) as error:
                raise explained(self.path, error) from error
            opened.callback(self._release)
            self._opened = opened.pop_all()
        self._writer.start()

    def close(self) -> None:
        """Finish what was asked for, then close. Blocks."""
        self._jobs.put(None)
        self._writer.join()
        self._readers.shutdown()
        self._counters.shutdown()
        for db in self._reading:
            db.close()
        self._opened.close()

    async def write(self, change: Callable[[Database], T]) -> T:
        """Run ``change`` in a transaction and return its result once it is on disk.

        A change that raises is undone alone; the others of its commit stand.

        Raises:
            StoreError: the disk is full or the file failed; nothing of the change is stored.

        """
        if self._end:
            raise self._end
        loop = asyncio.get_running_loop()
        job = _Job(change, loop.create_future(), loop)
        self._jobs.put(job)
        return await job.done

    async def probe(self) -> None:
        """Write something, to see that it can be done.

        Raises:
            StoreError: it can't.

        """
        await self.write(lambda db: self._lease.renew(db, now=self._now()))

    async def read(self, question: Callable[[Database], T]) -> T:
        """Run ``question`` on a connection that can't write.

        Raises:
            StoreError: the file can't be read.

        """
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._ask, question)

    async def count(self, question: Callable[[Database], T]) -> T:
        """The same for what goes through very many rows: nobody's answer waits behind it, and one is done at a time.

        Raises:
            StoreError: the file can't be read.

        """
        return await asyncio.get_running_loop().run_in_executor(self._counters, self._ask, question)

    def _ask(self, question: Callable[[Database], T]) -> T:
        if self._end:
            raise self._end
        try:
            if not hasattr(self._of_thread, "db"):
                self._of_thread.db = connect(self.path, read_only=True)
                self._reading.append(self._of_thread.db)
            return question(self._of_thread.db)
        except sqlite3.DatabaseError as error:
            raise self._failure(error) from error

    def _release(self) -> None:
        with contextlib.suppress(sqlite3.DatabaseError):
            self._lease.release(self._db)

    def _write_forever(self) -> None:
        while True:
            jobs = self._waiting()
            self._commit([job for job in jobs if job])
            if None in jobs:
                return

    def _waiting(self) -> list[_Job | None]:
        """The changes that wait, up to the word to end (None); none at all where the lease has to be renewed."""
        jobs: list[_Job | None] = []
        with contextlib.suppress(queue.Empty):
            jobs.append(self._jobs.get(timeout=lease.RENEWED_EVERY))
            while len(jobs) < _MOST_A_COMMIT and jobs[-1] is not None:
                jobs.append(self._jobs.get_nowait())
        return jobs

    def _commit(self, jobs: list[_Job]) -> None:
        """Run the changes in one transaction in which this process surely still holds the lease."""
        is_due = time.monotonic() >= self._renew_at
        try:
            with self._db.atomic():
                self._lease.check(self._db)
                if is_due:
                    self._lease.renew(self._db, now=self._now())
                for job in jobs:
                    self._run(job)
        except (sqlite3.DatabaseError, lease.LostLeaseError) as error:
            for job in jobs:
                job.error = job.error or error
        else:
            self._renew_at = time.monotonic() + lease.RENEWED_EVERY / 2 if is_due else self._renew_at
            self._wipe()
        for loop in {job.loop for job in jobs}:
            if not loop.is_closed():
                loop.call_soon_threadsafe(self._settle, [job for job in jobs if job.loop is loop])

    def _settle(self, jobs: list[_Job]) -> None:
        for job in jobs:
            if job.done.done():
                continue
            if job.error is None:
                job.done.set_result(job.result)
            else:
                job.done.set_exception(job.error if _is_ours(job.error) else self._failure(job.error))

    def _failure(self, error: BaseException) -> StoreError:
        """What a failure means; after one that nothing can be done about, the store answers nothing more."""
        failure = explained(self.path, error)
        failure.__cause__ = error
        if isinstance(failure, UnusableStoreError):
            self._end = failure
        return failure

    def _run(self, job: _Job) -> None:
        self._db.execute("SAVEPOINT change")
        try:
            job.result = job.change(self._db)
        except Exception as error:
            job.error = error
            if not self._db.conn.in_transaction:
                raise sqlite3.OperationalError(*error.args) from error
            self._db.execute("ROLLBACK TO change")
        self._db.execute("RELEASE change")

    def _wipe(self) -> None:
        """Take what was deleted out of the write-ahead log too, where a change asked for it."""
        self.must_copy |= self._db.copy_again
        self._db.copy_again = False
        if self._db.wipe_after_commit:
            self._db.wipe_after_commit = not checkpointed(self._db)  # else again after the next commit

    async def back_up(self) -> None:
        """Copy the database to the file beside it (`backup.path_of`).

        Raises:
            StoreError: it could not be copied; the former copy is untouched.

        """
        self.must_copy, had_to = False, self.must_copy
        try:
            await asyncio.to_thread(backup.back_up, self.path)
        except (sqlite3.DatabaseError, OSError) as error:
            self.must_copy |= had_to
            raise explained(self.path, error) from error


def _is_ours(error: BaseException) -> bool:
    """Whether an error is a change's own word, and not the database's failure."""
    if isinstance(error, sqlite3.IntegrityError):
        return True
    return not isinstance(error, sqlite3.DatabaseError | lease.LostLeaseError)


def all_of(changes: Sequence[Change]) -> Callable[[Database], list[Any]]:
    """Several changes as one: all of them are stored, or none. Its result is the list of theirs."""

    def apply(db: Database) -> list[Any]:
        return [change(db) for change in changes]

    return apply


def reading(path: Path, question: Callable[[Database], T]) -> T:
    """The answer to a question, from a database that this process does not own. Blocks.

    Raises:
        StoreError: there is none yet, or it can't be read.

    """
    if not path.exists():
        message = f"there is no database {path} yet; the bot makes it when it is first started"
        raise StoreError(message)
    try:
        with contextlib.closing(connect(path, read_only=True)) as db:
            refuse_damaged(db, path)
            return question(db)
    except sqlite3.DatabaseError as error:
        raise explained(path, error) from error


__all__ = ["Change", "Store", "StoreError", "UnusableStoreError", "all_of", "reading"]
