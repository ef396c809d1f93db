"""Who asks to be forgotten is: no byte of theirs stays behind. And a clock that is wrong erases nobody."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.current import CurrentCall
from bot.messages import Message
from bot.rules import privacy
from bot.rules.outbox import Kind, Outcome, Refused, Sent, Unreachable
from bot.rules.plan import Purpose
from bot.store import Change, Store, all_of, audit, backup, claiming, erasing, people, registrations, sendings, updates
from bot.store.amendments import Proposal, propose
from bot.store.database import Database
from bot.store.sendings import Reminder, Sending
from bot.upkeep import Upkeep
from faq import Call
from faq.languages import ReplyLanguage
from faq.markup import Html
from tests.conftest import NO_OFFICE, OPEN

WHO, OTHER = 0x0123_4567_89AB, 0x0123_4567_89AC
FR = ReplyLanguage.FR


def varint(number: int) -> bytes:
    """How SQLite writes the number of a row: seven bits a byte, the last one without its top bit."""
    groups = [number & 0x7F]
    while number := number >> 7:
        groups.append(number & 0x7F | 0x80)
    return bytes(reversed(groups))


FORMS = {
    "a column's six bytes": WHO.to_bytes(6, "big"),
    "a row's number": varint(WHO),
    "text": str(WHO).encode(),
}


def found(path: Path, *copies: Path) -> set[tuple[str, str]]:
    """Where and in which form the chat's id stands in what the database keeps on disk."""
    files = [path, path.with_name(path.name + "-wal"), *copies]
    return {(file.name, form) for file in files if file.exists() for form in FORMS if FORMS[form] in file.read_bytes()}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "g.db"


@pytest.fixture
async def store(path: Path) -> AsyncGenerator[Store]:
    store = Store(path)
    store.open()
    yield store
    await asyncio.to_thread(store.close)


def traces(call: str, chat_id: int) -> Change:
    """Everything that may be kept of a chat."""
    reminder = Reminder(
        chat_id=chat_id, step="7d", language=FR, deadline_version=1, expires_at=OPEN + timedelta(days=1)
    )
    update = (chat_id % 1000, f'{{"message": {{"chat": {{"id": {chat_id}}}, "text": "my question"}}}}')
    return all_of(
        [
            lambda db: updates.take(db, [update], now=OPEN),
            updates.quarantined(update[0], "unreadable"),
            people.choose_language(call, chat_id, FR, now=OPEN),
            registrations.register(call, chat_id, Purpose.DEADLINE, FR, version=1, now=OPEN),
            registrations.register(call, chat_id, Purpose.NEXT_EDITION, FR, version=1, now=OPEN),
            sendings.plan_reminders(call, [reminder], now=OPEN),
            sendings.plan_reply(call, chat_id, Message(Html(f"to {chat_id}")), FR, now=OPEN),
        ]
    )


async def test_the_search_finds_every_form_while_the_chat_is_known(store: Store, path: Path) -> None:
    await store.write(traces("c", WHO))
    assert {form for _, form in found(path)} == set(FORMS)


async def test_of_who_was_erased_no_byte_stays_in_the_database_or_its_log(store: Store, path: Path) -> None:
    await store.write(all_of([traces("c", n) for n in range(WHO - 60, WHO + 60)]))
    await store.write(erasing.erase(WHO))
    assert found(path) == set()
    assert len(await store.read(lambda db: erasing.everything_of(db, OTHER))) > 2, "the others are still known"


@pytest.mark.slow
@pytest.mark.timeout(30)
async def test_a_reader_who_is_in_the_way_only_puts_it_off_until_the_next_write(store: Store, path: Path) -> None:
    await store.write(traces("c", WHO))
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM people").fetchone()
        await store.write(erasing.erase(WHO))
    await store.write(lambda _: None)
    assert found(path) == set()


async def claimed(store: Store, chat_id: int = WHO) -> Sending:
    taken = await store.write(claiming.claim("c", now=OPEN, most=9, busy=(), office=NO_OFFICE))
    return next(one for one in taken.sendings if one.chat_id == chat_id)


@pytest.mark.parametrize("outcome", [Sent(5), Refused("no"), Unreachable("blocked")], ids=["sent", "refused", "gone"])
async def test_of_a_farewell_no_byte_stays_once_it_has_ended(store: Store, path: Path, outcome: Outcome) -> None:
    await store.write(traces("c", WHO))
    bye = sendings.plan_reply("c", WHO, Message(Html("bye")), FR, now=OPEN, kind=Kind.FAREWELL)
    await store.write(all_of([erasing.erase(WHO), bye]))
    farewell = await claimed(store)
    assert farewell.kind is Kind.FAREWELL
    await store.write(sendings.finish(farewell, outcome, now=OPEN))
    assert found(path) == set()


@pytest.mark.parametrize("outcome", [Sent(5), Refused("no"), Unreachable("blocked")], ids=["sent", "refused", "gone"])
async def test_an_answer_that_was_under_way_meanwhile_brings_nothing_back(
    store: Store, path: Path, outcome: Outcome
) -> None:
    await store.write(traces("c", WHO))
    under_way = await claimed(store)
    await store.write(erasing.erase(WHO))
    await store.write(sendings.finish(under_way, outcome, now=OPEN))
    assert found(path) == set()


async def test_everything_that_stands_in_any_table_is_shown_to_its_person(store: Store) -> None:
    proposal = Proposal(
        id=1, base_version=1, local=None, source="https://a.example/", proposed_by=WHO, proposed_at=OPEN, code="1"
    )
    await store.write(
        all_of(
            [
                traces("c", WHO),
                audit.note(WHO, "newdeadline", call="c", now=OPEN, text="x"),
                propose("c", proposal),
            ]
        )
    )
    shown = await store.read(lambda db: erasing.everything_of(db, WHO))
    kept = await store.read(_mentions)
    assert {table: len(rows) for table, rows in shown.items()} == kept


def _mentions(db: Database) -> dict[str, int]:
    """How many rows of each table hold the chat's id anywhere."""
    counts: dict[str, int] = {}
    for table in db.table_names():
        rows = db.execute(f"SELECT * FROM [{table}]").fetchall()  # noqa: S608
        counts[table] = sum(any(str(WHO) in str(value) for value in row) for row in rows)
    return {table: count for table, count in counts.items() if count}


async def test_the_copy_forgets_within_one_round_of_upkeep(
    store: Store, path: Path, call: Call, clock: MovableClock
) -> None:
    upkeep = await upkeep_of(store, call, clock)
    await store.write(traces("c", WHO))
    await upkeep.go_round(OPEN)
    copy = backup.path_of(path)
    assert found(copy) != set()
    await store.write(erasing.erase(WHO))
    await upkeep.go_round(OPEN + timedelta(hours=1))
    assert found(path, copy) == set()


# What is erased by itself


async def upkeep_of(store: Store, call: Call, clock: MovableClock) -> Upkeep:
    current = CurrentCall(call, store)
    await current.settle()
    return Upkeep(store, clock, current)


def over(call: Call) -> datetime:
    assert call.deadline is not None
    return privacy.erased_at(call.deadline) + timedelta(hours=1)


async def registered(store: Store, call: Call) -> set[Purpose]:
    return set(await store.read(lambda db: registrations.purposes_of(db, call.id, WHO)))


async def test_registrations_are_erased_when_two_rounds_find_their_time_over(
    store: Store, path: Path, call: Call, clock: MovableClock
) -> None:
    upkeep = await upkeep_of(store, call, clock)
    await store.write(traces(call.id, WHO))
    await upkeep.go_round(over(call))
    assert await registered(store, call) == set(Purpose)
    await upkeep.go_round(over(call) + timedelta(hours=1))
    assert await registered(store, call) == {Purpose.NEXT_EDITION}
    for hours in (2, 3):
        await upkeep.go_round(over(call) + privacy.NEXT_EDITION + timedelta(hours=hours))
    assert await registered(store, call) == set()
    assert {form for _, form in found(path)} <= {"text", "a column's six bytes"}, "only the trace of the reply is left"


@pytest.mark.parametrize("years", [1, 5, 40])
async def test_a_clock_that_is_wrong_for_one_round_erases_nobody(
    store: Store, call: Call, clock: MovableClock, years: int
) -> None:
    upkeep = await upkeep_of(store, call, clock)
    await store.write(traces(call.id, WHO))
    for wrong in (timedelta(0), timedelta(days=365 * years), timedelta(0), timedelta(days=365 * years)):
        await upkeep.go_round(OPEN + wrong)
    assert await registered(store, call) == set(Purpose)


@pytest.mark.parametrize("purpose", list(Purpose))
async def test_nobody_is_erased_before_the_day_that_they_were_told(
    store: Store, call: Call, clock: MovableClock, purpose: Purpose
) -> None:
    upkeep = await upkeep_of(store, call, clock)
    await store.write(traces(call.id, WHO))
    last = over(call) - timedelta(hours=2) if purpose is Purpose.DEADLINE else OPEN + privacy.NEXT_EDITION
    for minutes in (2, 1):
        await upkeep.go_round(last - timedelta(minutes=minutes))
    assert purpose in await registered(store, call)
