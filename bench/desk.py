"""What the office looks at, where very many people came: how long it takes, and how others are answered meanwhile.

    .venv/bin/python bench/desk.py [--people N] [--questions N]

The whole bot runs in a process of its own on a database with so many people, all registered, each reminded once, and so
many questions of the sixty days before that had no answer (in groups already: bench/unanswered.py measures the
grouping), against a stand-in in this process, over loopback HTTP. Sixty other people ask /contact in turn, twenty
questions a second in all, first alone, then while members of the office ask for something every second. /broadcast
shows the draft that each of them has for everybody, with its head count. Times are from the update to the delivered
message.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import tempfile
import time
from collections import deque
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import timedelta
from functools import partial
from itertools import cycle
from pathlib import Path

import prepared
import unanswered as silences
from scale import ASKERS, Seen, ask_around

from bot.clock import RealClock
from bot.current import CurrentCall
from bot.learning.grouping import Grouper
from bot.messages import Message
from bot.rules.campaign import How
from bot.rules.counts import Outcome
from bot.sandbox import Person
from bot.store import Store, drafts
from bot.store.database import Database
from bot.store.instants import stored
from faq import find, load, zones
from faq.languages import Language, ReplyLanguage
from faq.markup import Html

CALL = "clusters-2025"
SPAN = 20.0
"""Seconds with questions alone, and as many for each thing that the office asks for."""

FIRST_OWNER, OWNERS = 5_000, 10
"""So many that none is written to more often than a chat may be."""

ASKED = ("/stats", "/stats all", "/unanswered", "/broadcast")
"""What the office asks for, each for a span of its own."""

HEAD = "| asked every second | its answer, ms: p50, p95, max | answers to others, ms: p50, p95, max |\n|---|---|---|"


def fill(db: Database, people: int, questions: int) -> None:
    """So many people and questions."""
    call, now, chance = load(find(CALL)), RealClock().now(), random.Random(1)  # noqa: S311  figures
    chats = range(prepared.FIRST_CHAT, prepared.FIRST_CHAT + people)
    days = [f"{now - timedelta(days=n):%Y-%m-%d}" for n in range(1, 61)]
    db.conn.executemany(
        "INSERT INTO people (chat_id, spoken, first_seen, seen_at, unreachable) VALUES (?, 'fr', ?, ?, ?)",
        [(chat, day := chance.choice(days), day, "blocked" if chat % 20 == 0 else None) for chat in chats],
    )
    db.conn.executemany(
        "INSERT INTO registrations (call, chat_id, purpose, language, told_at, look_at) "
        "VALUES (?, ?, 'deadline', 'fr', ?, NULL)",
        [(call.id, chat, stored(now)) for chat in chats],
    )
    db.conn.executemany(
        "INSERT INTO sendings (call, chat_id, kind, priority, state, step, deadline_version, planned_at, not_before, "
        "finished_at) VALUES (?, ?, 'reminder', 1, 'sent', '1d', 1, ?, ?, ?)",
        [(call.id, chat, stored(now), stored(now), stored(now - timedelta(days=chat % 60))) for chat in chats],
    )
    for _ in range(questions):
        row = chance.choice(days), str(chance.choice(list(Language))), str(chance.choice(list(Outcome)))
        entry = chance.choice(list(call.entries)) if row[2] in {Outcome.ANSWERED, Outcome.SHOWN} else ""
        db.execute(
            "INSERT INTO asked (call, day, language, outcome, entry, n) VALUES (?, ?, ?, ?, ?, 1) "
            "ON CONFLICT DO UPDATE SET n = n + 1",
            (call.id, *row, entry),
        )


def draft(owner: int, db: Database) -> None:
    """An announcement that somebody of the office has written in one language, for everybody."""
    call = load(find(CALL))
    begin = drafts.begin(call.id, owner, owner, ReplyLanguage.AR, now=RealClock().now(), audience="all", how=How.NEW)
    drafts.write(call.id, begin(db), ReplyLanguage.AR, Message(Html("غدا")))(db)


async def measure(people: int, questions: int) -> None:
    """Print the rows of the table."""
    async with AsyncExitStack() as ending:
        folder = Path(ending.enter_context(tempfile.TemporaryDirectory(prefix="bench")))
        store = Store(folder / "guichet.db")
        store.open()
        await store.write(lambda db: fill(db, people, questions))
        await silences.stored(store, load(find(CALL)), silences.questions(load(find(CALL)), questions))
        await silences.everything(Grouper(store, RealClock(), CurrentCall(load(find(CALL)), store)))
        for owner in range(FIRST_OWNER, FIRST_OWNER + OWNERS):
            await store.write(partial(draft, owner))
        await asyncio.to_thread(store.close)
        sandbox = prepared.far_side(0, limit=10**9)
        ending.push_async_callback(sandbox.stop)
        owners = range(FIRST_OWNER, FIRST_OWNER + OWNERS)
        os.environ["OWNER_IDS"] = ",".join(map(str, owners))
        bot = await prepared.start_bot(await sandbox.start(), find(CALL), store.path, 1000)
        ending.push_async_callback(prepared.end, bot)
        applicants = [sandbox.person("A", user_id=number, language_code="en") for number in range(1, ASKERS + 1)]
        office = [sandbox.person("O", user_id=number, language_code="ar") for number in owners]
        others, own = (Seen(sandbox, {one.id: deque() for one in some}) for some in (applicants, office))
        sandbox.world.watchers += [others.watch, own.watch]
        others.asks(applicants[0])
        await others.answered.wait()
        async with asyncio.TaskGroup() as tasks:
            asking = tasks.create_task(ask_around(others, applicants))
            for text in (None, *ASKED):
                began = time.monotonic()
                await (look(own, office, text) if text else asyncio.sleep(SPAN))
                span = began, time.monotonic()
                print(f"| {text or 'nothing'} | {own.times(*span)} | {others.times(*span)} |", flush=True)
            asking.cancel()


async def look(own: Seen, office: Sequence[Person], text: str) -> None:
    """Somebody of the office asks for something, every second."""
    began = time.monotonic()
    for n, person in enumerate(cycle(office)):
        if n >= SPAN:
            return
        own.asked[person.id].append(time.monotonic())
        person.says(text)
        await asyncio.sleep(began + n + 1 - time.monotonic())


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100_000, help="how many are registered")
    parser.add_argument("--questions", type=int, default=50_000, help="how many were asked")
    options = parser.parse_args()
    zones.pin()
    print(HEAD, flush=True)
    asyncio.run(measure(options.people, options.questions))


if __name__ == "__main__":
    main()
