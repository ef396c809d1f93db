"""The store: one file, durable, refused when it is not ours to write."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Awaitable
from pathlib import Path

import pytest

from bot.rules.plan import Purpose, Registration
from bot.store import Change, Store, StoreError, all_of, people, registrations
from bot.store.database import Database
from faq.languages import ReplyLanguage
from tests.conftest import OPEN


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "guichet.db"


@pytest.fixture
async def store(path: Path) -> AsyncGenerator[Store]:
    store = Store(path)
    store.open()
    yield store
    await asyncio.to_thread(store.close)


def insert(chat_id: int) -> Change:
    return people.choose_language("c", chat_id, ReplyLanguage.FR, now=OPEN)


async def chosen(store: Store, chat_id: int) -> ReplyLanguage | None:
    return await store.read(lambda db: people.language_of(db, chat_id))


async def test_what_was_written_is_there_for_another_connection(store: Store, path: Path) -> None:
    await store.write(insert(1))
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT chat_id, language FROM people").fetchall() == [(1, "fr")]
    other.close()


async def test_a_change_that_fails_is_undone_alone(store: Store) -> None:
    def fail(db: Database) -> None:
        insert(2)(db)
        message = "no"
        raise ValueError(message)

    results = await asyncio.gather(
        store.write(insert(1)), store.write(fail), store.write(insert(3)), return_exceptions=True
    )
    assert isinstance(results[1], ValueError)
    assert [await chosen(store, n) for n in (1, 2, 3)] == [ReplyLanguage.FR, None, ReplyLanguage.FR]


async def test_several_changes_are_stored_together_or_not_at_all(store: Store) -> None:
    def fail(_: Database) -> None:
        raise KeyError

    with pytest.raises(KeyError):
        await store.write(all_of([insert(1), fail]))
    assert await chosen(store, 1) is None


async def test_a_reader_cannot_write(store: Store) -> None:
    with pytest.raises(StoreError, match="readonly"):
        await store.read(lambda db: db.execute("DELETE FROM people"))


def registered(store: Store) -> Awaitable[list[Registration]]:
    return store.read(lambda db: registrations.everyone(db, "c"))


def registering(chat_id: int, language: ReplyLanguage = ReplyLanguage.FR) -> Change:
    return registrations.register("c", chat_id, Purpose.DEADLINE, language, version=1, now=OPEN)


async def test_registering_twice_leaves_one_registration_in_the_new_language(store: Store) -> None:
    await store.write(registering(1))
    await store.write(registrations.has_submitted("c", 1))
    await store.write(registering(1, ReplyLanguage.AR))
    assert [(r.language, r.submitted) for r in await registered(store)] == [(ReplyLanguage.AR, False)]


async def test_who_cannot_be_reached_gets_no_reminder_until_they_write_again(store: Store) -> None:
    await store.write(registering(1))
    await store.write(lambda db: people.unreachable(db, "c", 1, "blocked"))
    assert await registered(store) == []
    assert await store.read(lambda db: registrations.to_look_at(db, "c", now=OPEN, most=9)) == []
    await store.write(people.revive("c", 1))
    assert len(await store.read(lambda db: registrations.to_look_at(db, "c", now=OPEN, most=9))) == 1


async def test_a_group_that_moved_keeps_its_registration(store: Store) -> None:
    await store.write(registering(-1))
    await store.write(lambda db: people.moved(db, -1, -100))
    assert [r.chat_id for r in await registered(store)] == [-100]


def test_a_second_opening_finds_what_the_first_left(path: Path) -> None:
    for _ in range(2):
        store = Store(path)
        store.open()
        store.close()
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA application_id").fetchone()[0] == 0x47554943
    db.close()


def refused(path: Path) -> str:
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(StoreError) as caught:
        Store(path).open()
    assert (path.read_bytes() if path.is_file() else b"") == before, "a refused file was changed"
    return str(caught.value)


def test_a_file_that_is_no_database_is_refused_untouched(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"This is a text, and long enough to have a header. " * 50)
    assert "nothing more is written or sent: restore a backup" in refused(path)


def test_a_damaged_database_is_refused_untouched(path: Path) -> None:
    store = Store(path)
    store.open()
    store.close()
    content = bytearray(path.read_bytes())
    content[4096:12288] = b"\xff" * 8192
    path.write_bytes(bytes(content))
    assert str(path) in refused(path)


def test_a_database_of_another_program_is_refused_untouched(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE invoices (id INTEGER)")
    other.close()
    assert "another program's database" in refused(path)


def test_a_database_of_a_newer_version_is_refused_untouched(path: Path) -> None:
    store = Store(path)
    store.open()
    store.close()
    with sqlite3.connect(path) as newer:
        newer.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('guichet', 'm999_later', '')"
        )
    newer.close()
    assert "was written by a newer Guichet" in refused(path)


def test_a_folder_in_place_of_the_file_is_refused(path: Path) -> None:
    path.mkdir(parents=True)
    assert "check that its folder exists, is writable and has room" in refused(path)
