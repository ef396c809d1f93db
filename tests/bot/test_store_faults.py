"""The store in trouble: a second process, a lost lease, a damaged file, and the copy for that day."""

from __future__ import annotations

import asyncio
import resource
import socket
import sqlite3
import subprocess
import sys
from collections.abc import AsyncGenerator, Generator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import MovableClock, RealClock
from bot.rules.plan import Purpose
from bot.store import Change, Store, StoreError, UnusableStoreError, backup, people, registrations
from bot.store.instants import stored
from faq.languages import ReplyLanguage
from tests.conftest import OPEN

ROOT = Path(__file__).parents[2]
HOLDER = """
import sys
from pathlib import Path
from bot.store import Store
store = Store(Path(sys.argv[1]))
store.open()
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "g.db"


@pytest.fixture
async def store(path: Path) -> AsyncGenerator[Store]:
    store = Store(path)
    store.open()
    yield store
    await asyncio.to_thread(store.close)


@contextmanager
def held_by_another_process(path: Path) -> Generator[subprocess.Popen[str]]:
    """A process that has the store open; its lock file is deleted, as a careless clean-up would."""
    arguments = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(arguments, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        path.with_name(path.name + ".lock").unlink()
        try:
            yield process
        finally:
            process.kill()


def content(path: Path) -> bytes:
    return path.read_bytes()


def opens(path: Path, *, now: datetime | None = None) -> None:
    store = Store(path, clock=MovableClock(now) if now else None)
    store.open()
    store.close()


def refusal(path: Path, *, now: datetime | None = None) -> str:
    with pytest.raises(StoreError) as caught:
        opens(path, now=now)
    return str(caught.value)


def directly(path: Path, sql: str, *values: object) -> list[tuple[object, ...]]:
    """Run a statement past the store, as another program can."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        return db.execute(sql, values).fetchall()


# The lease


def test_a_second_process_is_refused_although_the_lock_file_is_gone(path: Path) -> None:
    with held_by_another_process(path) as process:
        said = refusal(path)
    assert f"database {path} is in use: another Guichet, {socket.gethostname()}/{process.pid}, wrote to it" in said
    assert said.endswith("stop that one first")
    assert "\n" not in said


def test_what_a_dead_process_held_opens_at_once(path: Path) -> None:
    with held_by_another_process(path) as process:
        process.kill()
        process.wait()
        opens(path)


@pytest.mark.parametrize(("age", "is_refused"), [(0, True), (29, True), (31, False), (-29, True), (-31, False)])
def test_another_machine_is_believed_to_be_alive_for_thirty_seconds(path: Path, age: int, *, is_refused: bool) -> None:
    now = RealClock().now()
    opens(path, now=now)
    renewed_at = stored(now - timedelta(seconds=age))
    directly(path, "UPDATE lease SET holder = 'elsewhere/7', renewed_at = ?", renewed_at)
    if is_refused:
        assert "another Guichet, elsewhere/7, wrote to it just now" in refusal(path, now=now)
        assert directly(path, "SELECT holder, renewed_at FROM lease") == [("elsewhere/7", renewed_at)]
    else:
        opens(path, now=now)


def choosing(chat_id: int) -> Change:
    return people.choose_language("c", chat_id, ReplyLanguage.FR, now=OPEN)


async def test_a_holder_who_was_overtaken_stores_nothing_more(store: Store, path: Path) -> None:
    await store.write(choosing(1))
    directly(path, "UPDATE lease SET fence = fence + 1, holder = 'elsewhere/7'")
    results = await asyncio.gather(*(store.write(choosing(n)) for n in range(2, 5)), return_exceptions=True)
    assert [type(result) for result in results] == [UnusableStoreError] * 3
    assert "another Guichet took this database over; this one ends" in str(results[0])
    assert directly(path, "SELECT chat_id FROM people") == [(1,)]


async def test_a_holder_who_was_overtaken_does_not_take_the_lease_of_the_other_away(path: Path) -> None:
    store = Store(path)
    store.open()
    directly(path, "UPDATE lease SET fence = fence + 1, holder = 'elsewhere/7'")
    with pytest.raises(UnusableStoreError):
        await store.write(choosing(1))
    await asyncio.to_thread(store.close)
    assert directly(path, "SELECT holder FROM lease") == [("elsewhere/7",)]


# The copy


async def test_the_copy_opens_with_the_same_content_although_writing_went_on(store: Store, path: Path) -> None:
    await asyncio.gather(*(store.write(choosing(n)) for n in range(1000)))
    await asyncio.gather(store.back_up(), *(store.write(choosing(1000 + n)) for n in range(500)))
    copy = Store(backup.path_of(path))
    copy.open()
    found = await copy.read(lambda db: [row[0] for row in db.execute("SELECT chat_id FROM people ORDER BY chat_id")])
    await asyncio.to_thread(copy.close)
    assert found[:1000] == list(range(1000))
    assert found == list(range(len(found))), "the copy is a state that the database was in"


async def test_a_copy_that_fails_leaves_the_former_one(store: Store, path: Path) -> None:
    await store.write(choosing(1))
    await store.back_up()
    former = content(backup.path_of(path))
    in_the_way = backup.path_of(path).with_name(backup.path_of(path).name + ".new")
    in_the_way.mkdir()
    with pytest.raises(StoreError):
        await store.back_up()
    assert content(backup.path_of(path)) == former
    in_the_way.rmdir()
    await store.back_up()


async def test_a_copy_for_which_there_is_no_room_takes_no_room(store: Store, path: Path) -> None:
    await store.write(choosing(1))
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, most))
    try:
        with pytest.raises(StoreError):
            await store.back_up()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    assert not list(path.parent.glob("*.backup*"))


async def test_a_copy_that_fails_is_made_up_for_after_somebody_asked_to_be_forgotten(store: Store, path: Path) -> None:
    in_the_way = backup.path_of(path).with_name(backup.path_of(path).name + ".new")
    in_the_way.mkdir()
    await store.write(lambda db: setattr(db, "copy_again", True))
    with pytest.raises(StoreError):
        await store.back_up()
    assert store.must_copy


# Damage


def damage(path: Path) -> None:
    """Overwrite every page but the first, as a failing disk does."""
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))


async def fill(store: Store, count: int = 300) -> None:
    changes = [
        registrations.register("c", n, Purpose.DEADLINE, ReplyLanguage.FR, version=1, now=OPEN) for n in range(count)
    ]
    await asyncio.gather(*map(store.write, changes))


async def test_a_database_that_is_damaged_at_the_start_is_refused_with_the_copy_and_its_date(path: Path) -> None:
    store = Store(path)
    store.open()
    await fill(store)
    await store.back_up()
    await asyncio.to_thread(store.close)
    damage(path)
    before = content(path)
    with pytest.raises(UnusableStoreError) as caught:
        opens(path)
    made = datetime.fromtimestamp(backup.path_of(path).stat().st_mtime, UTC)
    assert f"restore {backup.path_of(path)}, made {made:%Y-%m-%d %H:%M} UTC" in str(caught.value)
    assert content(path) == before


async def test_a_database_that_is_damaged_while_it_is_used_is_used_no_more(store: Store, path: Path) -> None:
    await fill(store)
    await store.back_up()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE lease SET renewed_at = ?", (stored(OPEN),))  # so that the store has to read anew
        damage(path)
        other.execute("COMMIT")
    with pytest.raises(UnusableStoreError, match=r"nothing more is written or sent: restore .*\.backup, made "):
        await store.write(choosing(1))
    with pytest.raises(UnusableStoreError, match=r"restore .*\.backup, made "):
        await store.read(lambda db: registrations.everyone(db, "c"))


# A disk without room


async def test_a_write_that_finds_no_room_fails_alone_and_the_next_one_works(store: Store) -> None:
    await store.write(choosing(1))

    def without_room(limit: int | None) -> Change:
        pages = "PRAGMA max_page_count" if limit is None else f"PRAGMA max_page_count = {limit}"
        return lambda db: db.execute(pages).fetchone()

    size = await store.read(lambda db: db.execute("PRAGMA page_count").fetchone()[0])
    await store.write(without_room(size))
    with pytest.raises(StoreError, match="full; check that its folder exists, is writable and has room") as caught:
        await fill(store)
    assert not isinstance(caught.value, UnusableStoreError)
    await store.write(without_room(2**31 - 2))
    await fill(store)
    assert len(await store.read(lambda db: registrations.everyone(db, "c"))) == 300
