"""Many questions that were not answered: what staff wait for, and what others notice of it.

    .venv/bin/python bench/unanswered.py [--questions N]

It stores so many questions that were not answered, made of the call's own phrasings with words of other matters
put to them, has them grouped, and meanwhile asks the matcher from another thread, as applicants do. Then it reads the
pages of /unanswered.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.clock import RealClock
from bot.current import CurrentCall
from bot.learning.grouping import Grouper
from bot.store import Store, all_of, unanswered
from bot.store.unanswered import Question
from faq import Call, Matcher, default_cache, find, load, zones

NOW = datetime(2025, 7, 20, 9, 30, tzinfo=UTC)
CHUNK = 1000


def questions(call: Call, count: int) -> list[Question]:
    """So many questions in all languages; one in three was asked before in the same words."""
    chance = random.Random(5)  # noqa: S311  nothing secret
    phrasings = [one for entry in call.entries.values() for one in entry.phrasings]
    tails = [one.text for one in call.elsewhere]
    made: list[Question] = []
    for number in range(count):
        if made and chance.random() < 1 / 3:
            before = chance.choice(made)
            text, language = before.text, before.language
        else:
            phrasing = chance.choice(phrasings)
            text, language = f"{phrasing.text} {chance.choice(tails)}", phrasing.language
        at = NOW + timedelta(seconds=number)
        made.append(
            Question(
                id=number + 1, text=text, language=language, asked_at=at, suggested=True, offers=("deadline", "amount")
            )
        )
    return made


async def learning(count: int) -> None:
    """Measure and print."""
    call = load(find("clusters-2025"))
    matcher = Matcher.of(call, cache=default_cache())
    with tempfile.TemporaryDirectory() as place:
        store = Store(Path(place) / "g.db")
        store.open()
        made = questions(call, count)
        await stored(store, call, made)
        grouper = Grouper(store, RealClock(), CurrentCall(call, store))
        calm = await asked(matcher, made, lambda: asyncio.sleep(5))
        began = time.perf_counter()
        busy = await asked(matcher, made, lambda: everything(grouper))
        took = time.perf_counter() - began
        total = await store.read(lambda db: unanswered.open_groups(db, call.id))
        print(f"{count} questions in {took:.1f} s into {total} groups")
        print(f"a match, ms, p50 / p95 / max: {calm} before, {busy} meanwhile")
        for start in (0, total // 2, total - 5):
            began = time.perf_counter()
            page = await store.read(lambda db, start=start: unanswered.page(db, call.id, start=start, most=5))
            await store.read(lambda db: unanswered.open_groups(db, call.id))
            print(f"/unanswered from group {start}: {(time.perf_counter() - began) * 1000:.1f} ms, {len(page)} groups")
        began = time.perf_counter()
        await store.read(lambda db: (unanswered.texts(db, 1, most=6), unanswered.likeliest(db, 1, most=3)))
        print(f"one group: {(time.perf_counter() - began) * 1000:.1f} ms")
        await asyncio.to_thread(store.close)


async def stored(store: Store, call: Call, made: Sequence[Question]) -> None:
    """Put the questions into the database."""
    for start in range(0, len(made), CHUNK):
        await store.write(all_of([unanswered.note(call.id, one) for one in made[start : start + CHUNK]]))


async def everything(grouper: Grouper) -> None:
    """Group all that there is."""
    while await grouper.go_round():
        pass


async def asked(matcher: Matcher, made: list[Question], meanwhile: Callable[[], Awaitable[None]]) -> str:
    """What a match takes while something else goes on, at twenty a second."""
    took: list[float] = []

    async def ask() -> None:
        for one in made:
            began = time.perf_counter()
            await asyncio.to_thread(matcher.match, one.text)
            took.append((time.perf_counter() - began) * 1000)
            await asyncio.sleep(0.05)

    asking = asyncio.ensure_future(ask())
    await meanwhile()
    asking.cancel()
    return f"{statistics.median(took):.1f} / {sorted(took)[int(len(took) * 0.95)]:.1f} / {max(took):.1f}"


if __name__ == "__main__":
    zones.pin()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=50_000)
    asyncio.run(learning(parser.parse_args().questions))
