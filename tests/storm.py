"""A storm: the real bot is killed again and again while it sends, and in the end nobody may be lost or doubled unsaid.

    python -m tests.storm --policy reminder|broadcast --people N --kills K [--seed S]

Each run is the process that `make run` starts, on one database and one stand-in of the Bot API that outlive it. It is
killed with SIGKILL at a random moment; now and then the stand-in breaks an exchange before or after delivery, or
answers with a 502. The last run goes on until nothing is planned or claimed any more. Then the stand-in's own tally
is held against the database and against what `python -m bot plan` lists. The exit code is 1 on any breach.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import secrets
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from math import inf
from pathlib import Path
from random import Random

from bot.clock import RealClock
from bot.rules.outbox import REPEAT_WAITS, Kind, State
from bot.sandbox import Limits, Sandbox
from faq import zones
from tests import harbour
from tests.harbour import CALL, TOKEN
from tests.verdict import Evidence, Policy, Verdict, judge
from tests.weather import Weather, kill

MOST_IN_FLIGHT = 250
"""What a kill may leave of unclear delivery: the limit of bot/sender.py."""

_LONGEST_RUN = 300.0
"""Seconds; a run that takes longer hangs."""

_GLANCE = 0.25
"""Seconds between two looks at the database while a run sends."""

_BETWEEN_RUNS = timedelta(seconds=2 * REPEAT_WAITS[Kind.REMINDER])

Process = asyncio.subprocess.Process


class StormError(Exception):
    """The bot did something else than to send and be killed; the message says what, and what it wrote last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """The storm that is to come.

    A repeat waits a minute by the bot's clock. Where it is ``hurried`` each run begins two minutes of that clock after
    the one before, as a rehearsal (REHEARSAL_NOW), so that nobody waits, and repeats are killed on their way too.
    """

    policy: Policy
    people: int
    kills: int
    seed: int
    hurried: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """How a storm went."""

    forecast: Forecast
    kills: int
    faults: int
    unclear: int
    seconds: float
    verdict: Verdict

    def table(self) -> str:
        """The figures, a line each."""
        found = self.verdict
        lines = {
            "policy": self.forecast.policy,
            "people": self.forecast.people,
            "kills": self.kills,
            "exchanges broken or answered with 502": self.faults,
            "on their way at a kill": self.unclear,
            "delivered once": found.once,
            "delivered twice and marked": found.marked,
            "held and listed": found.held,
            "of these not delivered": found.held_undelivered,
            "lost": found.lost,
            "doubled": found.doubled,
            "seconds": f"{self.seconds:.0f}",
        }
        return "\n".join(f"  {name:<38}{value:>10}" for name, value in lines.items())


class Storm:
    """A storm over one database; everything is kept in ``folder``."""

    def __init__(self, folder: Path, forecast: Forecast) -> None:
        """Prepare nothing yet; `rage` does everything."""
        self._folder = folder
        self._forecast = forecast
        self._random = Random(forecast.seed)  # noqa: S311  the seed is printed, so that a storm can come again
        self._now = self._starts_at = RealClock().now()
        self._name = f"{CALL}+rehearsal" if forecast.hurried else CALL
        """The id of the call in the database."""
        clock = RealClock()
        self._far_side = Sandbox(token=TOKEN, clock=clock, limits=Limits.none(), tally=folder / "tally")  # pyright: ignore[reportArgumentType]
        self._kills = 0
        self._unclear = Counter[int]()
        self._breaches: list[str] = []

    async def rage(self) -> Report:
        """Let it come and go."""
        began, forecast = time.monotonic(), self._forecast
        await self._far_side.start()
        try:
            people = harbour.settle_people(self._far_side, forecast.people)
            await harbour.prepare(self._database, forecast.policy, people, self._now, call=self._name)
            weather = Weather(self._far_side, self._random, forecast.kills / forecast.people)
            while self._kills < forecast.kills and (left := harbour.waiting(self._database, forecast.people)):
                await self._run_and_kill(weather, left)
            weather.clear_up()
            await self._run_to_the_end()
            verdict = judge(forecast.policy, await self._evidence(people, weather.faults), also=self._breaches)
        finally:
            await self._far_side.stop()
        return Report(
            forecast=forecast,
            kills=self._kills,
            faults=weather.faults,
            unclear=self._unclear.total(),
            seconds=time.monotonic() - began,
            verdict=verdict,
        )

    @property
    def _database(self) -> Path:
        return self._folder / "guichet.db"

    async def _run_and_kill(self, weather: Weather, left: int) -> None:
        """Run until the weather strikes, and see what was on its way then."""
        coming = self._forecast.kills - self._kills
        lost = MOST_IN_FLIGHT * coming if self._forecast.policy is Policy.BROADCAST else 0
        most = max(1, 2 * (left - lost) // (coming + 1))
        async with asyncio.timeout(_LONGEST_RUN), self._running() as process:
            seconds = self._random.choice((inf, self._random.random()))
            weather.threaten(process, deliveries=self._random.randint(1, most), seconds=seconds)
            while not await self._has_ended(process):
                if not self._waiting():
                    return
            self._expect(process.returncode, -signal.SIGKILL)
        self._kills += 1
        claimed = [row.chat_id for row in harbour.rows(self._database) if row.state == State.CLAIMED]
        self._unclear.update(claimed)
        if len(claimed) > MOST_IN_FLIGHT:
            self._breaches.append(f"{len(claimed)} messages were on their way at once")

    async def _run_to_the_end(self) -> None:
        """Run until nothing is planned or claimed; what is hurried is started again for what was put off."""
        while harbour.waiting(self._database, self._forecast.people):
            async with asyncio.timeout(_LONGEST_RUN), self._running() as process:
                while self._waiting():
                    if await self._has_ended(process):
                        break
                else:
                    process.terminate()
                self._expect(await process.wait(), 0)

    def _waiting(self) -> int:
        """How many this run has still to do something for; what waits for a later run of a hurried storm is not its."""
        until = self._starts_at + _BETWEEN_RUNS / 4 if self._forecast.hurried else None
        return harbour.waiting(self._database, self._forecast.people, until=until)

    @staticmethod
    async def _has_ended(process: Process) -> bool:
        """Whether a process ends within a moment."""
        try:
            async with asyncio.timeout(_GLANCE):
                await process.wait()
        except TimeoutError:
            return False
        return True

    def _expect(self, code: int | None, expected: int) -> None:
        if code != expected:
            said = (self._folder / "output").read_text("utf-8")[-2000:]
            message = f"the bot ended with {code} instead of {expected}, and said:\n{said}"
            raise StormError(message)

    @asynccontextmanager
    async def _running(self) -> AsyncGenerator[Process]:
        """The real process; it does not outlive the block."""
        process = await harbour.start(self._folder, self._environment())
        try:
            yield process
        finally:
            kill(process)
            await process.wait()

    def _environment(self) -> dict[str, str]:
        """What the next run is started with."""
        self._starts_at += _BETWEEN_RUNS
        changes = {"REHEARSAL_NOW": self._starts_at.isoformat()} if self._forecast.hurried else {}
        return harbour.environment(self._folder, self._far_side, self._call(CALL), **changes)

    def _call(self, name: str) -> Path:
        """The call folder; under the name that a rehearsal has in the database the plan can be asked about it."""
        return harbour.write_call(self._folder / name, self._now, name=name)

    async def _evidence(self, people: Sequence[int], faults: int) -> Evidence:
        variables = harbour.environment(self._folder, self._far_side, self._call(self._name))
        return Evidence(
            people=people,
            delivered=harbour.delivered(self._folder / "tally"),
            rows=[(row.chat_id, row.state) for row in harbour.rows(self._database)],
            listed=await harbour.listed_as_held(self._folder, variables),
            unclear=self._unclear,
            faults=faults,
        )


async def storm(forecast: Forecast) -> Report:
    """Have a storm in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="storm") as folder:
        return await Storm(Path(folder), forecast).rage()


def new_seed() -> int:
    """A seed that nobody chose."""
    return secrets.randbelow(2**32)


def main(arguments: Sequence[str]) -> int:
    """Have a storm, print how it went, and return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.storm", description="Kill the bot again and again while it sends."
    )
    parser.add_argument("--policy", type=Policy, choices=list(Policy), required=True)
    parser.add_argument("--people", type=int, required=True)
    parser.add_argument("--kills", type=int, required=True)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--hurried", action="store_true", help="move the bot's clock between runs instead of waiting")
    given = parser.parse_args(arguments)
    seed = new_seed() if given.seed is None else given.seed
    print(f"storm over {given.people} people, seed {seed}", flush=True)
    zones.pin()
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)  # each kill tears some requests; that is no news
    forecast = Forecast(policy=given.policy, people=given.people, kills=given.kills, seed=seed, hurried=given.hurried)
    report = asyncio.run(storm(forecast))
    print(report.table())
    for breach in report.verdict.breaches:
        print(f"BREACH: {breach}")
    return 1 if report.verdict.breaches or report.kills < forecast.kills else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
