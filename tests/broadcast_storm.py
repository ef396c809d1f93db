"""A broadcast in a storm: many have blocked the bot, Telegram has too much of it, it is killed, and cancelled.

    python -m tests.broadcast_storm --people N --kills K --floods F [--cancel] [--seed S]

In the end the report that the office reads is held against the far side's own tally. The exit code is 1 on any breach.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import logging
import os
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncGenerator, Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

from bot.clock import RealClock
from bot.rules.campaign import Tally
from bot.sandbox import Limits, Person, Sandbox
from bot.store import reading
from faq import zones
from tests import harbour
from tests.conftest import OPEN
from tests.harbour import OWNER, TOKEN
from tests.journeys.watching import forges
from tests.storm import new_seed
from tests.verdict import Policy
from tests.zygote import Order, Zygote

BLOCKED = 0.3
_FLOOD = 1.0
"""Seconds for which every message is refused with a 429."""

_GLANCE = 0.05
_LONGEST = 600.0
_BETWEEN_RUNS = timedelta(minutes=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """The storm that is to come."""

    people: int
    kills: int
    floods: int
    seed: int
    cancels: bool = False
    rate: float = 1000.0


@dataclass(slots=True)
class Weather:
    """What happens after how many deliveries, and how many there were."""

    kills: list[int]
    floods: list[int]
    cancel_at: float
    delivered: int = 0
    pid: int | None = None
    struck: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the report says, what the far side counted, and how they disagree."""

    tally: Tally
    stage: str
    delivered: int
    kills: int
    breaches: tuple[str, ...]


class Campaign:
    """One broadcast through one storm; everything is kept in ``folder``."""

    def __init__(self, folder: Path, cache: Path, forecast: Forecast) -> None:
        """Prepare nothing yet; `rage` does everything."""
        self._folder, self._cache, self._forecast = folder, cache, forecast
        clock = RealClock()
        self._far_side = Sandbox(token=TOKEN, clock=clock, limits=Limits.none(), tally=folder / "tally")  # pyright: ignore[reportArgumentType]
        random = Random(forecast.seed)  # noqa: S311  the seed is printed, so that a storm can come again
        reached = round(forecast.people * (1 - BLOCKED))
        self._random = random
        self._weather = Weather(
            kills=sorted(random.sample(range(1, reached // 2), forecast.kills)),
            floods=sorted(random.sample(range(1, reached // 2), forecast.floods)),
            cancel_at=reached * 0.6 if forecast.cancels else float("inf"),
        )

    async def rage(self) -> Outcome:
        """Let it come and go."""
        await self._far_side.start()
        try:
            people = harbour.settle_people(self._far_side, self._forecast.people)
            blocked = set(self._random.sample(people, round(len(people) * BLOCKED)))
            for chat in blocked:
                self._far_side.world.users[chat].blocked = True
            owner = self._far_side.person("owner", user_id=OWNER)
            self._far_side.world.chats[OWNER].started = True
            await harbour.prepare(self._database, Policy.BROADCAST, people, OPEN)
            self._far_side.world.watchers.append(lambda event: self._on_event(event, owner))
            async with asyncio.timeout(_LONGEST), self._zygote() as zygote:
                kills = await self._run_to_the_end(zygote)
            return self._judged(people, blocked, kills)
        finally:
            await self._far_side.stop()

    @property
    def _database(self) -> Path:
        return self._folder / "guichet.db"

    @contextlib.asynccontextmanager
    async def _zygote(self) -> AsyncGenerator[Zygote]:
        folder = harbour.write_call(self._folder / "call", OPEN)
        zygote = await Zygote.start(folder, self._cache, self._folder / "log")
        try:
            yield zygote
        finally:
            await zygote.end()

    def _on_event(self, event: dict[str, object], owner: Person) -> None:
        """A message was delivered: perhaps it is time for something to go wrong."""
        weather = self._weather
        if event["type"] != "message" or event.get("chat") == OWNER or weather.pid is None:
            return
        weather.delivered += 1
        if weather.floods and weather.delivered >= weather.floods[0]:
            weather.floods.pop(0)
            self._far_side.faults.too_many_requests(_FLOOD)
        if weather.delivered >= weather.cancel_at:
            weather.cancel_at = float("inf")
            forges(self._far_side, owner, "broadcast|cancel:1|en")
        if weather.kills and weather.delivered >= weather.kills[0]:
            weather.kills.pop(0)
            os.kill(weather.pid, signal.SIGKILL)
            weather.pid = None
            weather.struck.set()

    async def _run_to_the_end(self, zygote: Zygote) -> int:
        """Start it again after each kill, until it has reported; return how often it was killed."""
        kills, now = 0, OPEN
        while True:
            now += _BETWEEN_RUNS
            self._weather.struck.clear()
            order = Order(
                database=str(self._database), api=self._far_side.url, now=now.isoformat(), rate=self._forecast.rate
            )
            self._weather.pid = pid = await zygote.fork(order)
            while not self._weather.struck.is_set() and not await asyncio.to_thread(self._is_over):
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._weather.struck.wait(), _GLANCE)
            if not self._weather.struck.is_set():
                self._weather.pid = None
                os.kill(pid, signal.SIGTERM)
                assert await zygote.exit_code() == 0, (self._folder / "log").read_text("utf-8")[-2000:]
                return kills
            await zygote.exit_code()
            kills += 1

    def _is_over(self) -> bool:
        """Whether the report was sent to the owner."""
        sql = (
            "SELECT 1 FROM broadcasts WHERE report IS NOT NULL AND NOT EXISTS "
            "(SELECT 1 FROM sendings WHERE state IN ('planned', 'claimed') AND not_before < '9')"
        )
        return bool(reading(self._database, lambda db: db.execute(sql).fetchone()))

    def _judged(self, people: Collection[int], blocked: Collection[int], kills: int) -> Outcome:
        stage, report = reading(
            self._database, lambda db: db.execute("SELECT stage, report FROM broadcasts").fetchone()
        )
        tally, rows = Tally(**json.loads(report)), harbour.rows(self._database)
        heard = Counter(chat for chat, _ in harbour.delivered(self._folder / "tally") if chat != OWNER)
        by_state = {
            state: {row.chat_id for row in rows if row.state == state} for state in ("sent", "unreachable", "held")
        }
        said = "\n".join(str(message.get("text")) for message in self._far_side.world.chats[OWNER].messages.values())
        found = {
            "somebody got it twice": any(count > 1 for count in heard.values()),
            "a stranger got it": bool(set(heard) - set(people)),
            "it was sent to somebody who got nothing": bool(by_state["sent"] - set(heard)),
            "somebody got it who is neither sent to nor unclear": bool(
                set(heard) - by_state["sent"] - by_state["held"]
            ),
            "the report's count of sent is another": tally.sent != len(by_state["sent"]),
            "the report's count of unreachable is another": tally.unreachable != len(by_state["unreachable"]),
            "somebody counts as unreachable who did not block": bool(by_state["unreachable"] - set(blocked)),
            "the report's count of unclear is another": tally.unclear != len(by_state["held"]),
            "the report does not add up": tally.ended + tally.missed != len(people),
            "somebody was not come to": stage == "done" and tally.cancelled + tally.missed > 0,
            "the office was not told": f"Sent: {tally.sent:,}\nUnreachable: {tally.unreachable:,}" not in said,
        }
        breaches = tuple(what for what, holds in found.items() if holds)
        return Outcome(tally=tally, stage=stage, delivered=len(heard), kills=kills, breaches=breaches)


def main(arguments: Sequence[str]) -> int:
    """Have a storm, print how it went, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.broadcast_storm", description="Kill a bot that announces.")
    for name in ("--people", "--kills", "--floods"):
        parser.add_argument(name, type=int, required=True)
    parser.add_argument("--cancel", action="store_true")
    parser.add_argument("--seed", type=int, default=None)
    given = parser.parse_args(arguments)
    seed = new_seed() if given.seed is None else given.seed
    zones.pin()
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)  # each kill tears some requests; that is no news
    forecast = Forecast(people=given.people, kills=given.kills, floods=given.floods, seed=seed, cancels=given.cancel)
    with tempfile.TemporaryDirectory(prefix="storm") as folder:
        outcome = asyncio.run(Campaign(Path(folder), Path(folder) / "cache", forecast).rage())
    print(f"{forecast}\n{outcome}")
    return 1 if outcome.breaches or outcome.kills < forecast.kills else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
