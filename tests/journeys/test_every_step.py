"""An operator whose bot dies at the worst moments: at every sync of the database, and around every message it sends.

Of fifty people half are to be reminded and half are to get a broadcast. The bot is killed at one boundary, is started
again until all is settled, and then delivery must have kept its contract; so for each boundary in turn. To be quick a
plain test run takes every so many-th, from a random one on; with EVERY_BOUNDARY set (`make storm`) it takes them all.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from random import randrange

import pytest

from bot.clock import RealClock
from bot.commands import overview
from bot.rules.outbox import REPEAT_WAITS, Kind, State
from bot.sandbox import Limits, Sandbox
from bot.sandbox.faults import Stage
from faq import Call, load
from tests import harbour
from tests.conftest import OPEN
from tests.harbour import TOKEN
from tests.verdict import Evidence, Policy, judge
from tests.zygote import Order, Zygote

PEOPLE = 50
RATE = 250
"""Messages a second: few enough for claims and outcomes to become durable in many steps."""

STRIDE = 1 if os.environ.get("EVERY_BOUNDARY") else 3
FEWEST_SYNCS = 15
LONGEST_RUN = 15.0
"""Seconds; a run that has not delivered everything by then is stopped, and judged as it stands."""

LATER = timedelta(seconds=2 * REPEAT_WAITS[Kind.REMINDER])


class Boundary(StrEnum):
    BEFORE_A_SYNC = "before a sync"
    AFTER_A_SYNC = "after a sync"
    REQUEST_ARRIVED = "a request arrived"
    MESSAGE_DELIVERED = "a message was delivered"
    ANSWER_SENT = "the answer was sent"


STAGES = {
    Boundary.REQUEST_ARRIVED: Stage.ARRIVED,
    Boundary.MESSAGE_DELIVERED: Stage.HANDLED,
    Boundary.ANSWER_SENT: Stage.ANSWERED,
}


@dataclass
class Watch:
    """Sees each call: tells when a run has begun and has delivered enough, and kills it at its boundary."""

    wanted: int
    dies_at: int = 0
    dies_when: Stage | None = None
    pid: int | None = None
    began: asyncio.Event = field(default_factory=asyncio.Event)
    delivered: asyncio.Event = field(default_factory=asyncio.Event)

    def __call__(self, method: str, stage: Stage) -> None:
        if method == "getupdates":
            self.began.set()
        if method != "sendmessage":
            return
        if stage is self.dies_when:
            self.dies_at -= 1
            if self.dies_at == 0:
                self.tell(signal.SIGKILL)
        if stage is Stage.HANDLED:
            self.wanted -= 1
            if self.wanted <= 0:
                self.delivered.set()

    async def enough(self) -> None:
        await self.began.wait()
        if self.wanted > 0:
            await self.delivered.wait()

    def tell(self, number: signal.Signals) -> None:
        assert self.pid is not None
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)


@dataclass
class House:
    """The far side, the people, and a database as it was before anything was sent."""

    folder: Path
    call: Call
    far_side: Sandbox
    zygote: Zygote
    people: list[int]

    @property
    def database(self) -> Path:
        return self.folder / "guichet.db"

    async def kill_at(self, boundary: Boundary, number: int) -> tuple[bool, list[str]]:
        """Kill a run there, run until all is settled; whether it got so far, and how the contract was breached."""
        for path in self.folder.glob("guichet.db*"):
            path.unlink()
        shutil.copy(self.folder / "before.db", self.database)
        earlier = len(harbour.delivered(self.folder / "tally"))
        code = await self.run_and_die(boundary, number)
        assert code in {0, -signal.SIGKILL}, (self.folder / "log").read_text("utf-8")
        unclear = Counter(row.chat_id for row in harbour.rows(self.database) if row.state == State.CLAIMED)
        now = OPEN
        while harbour.waiting(self.database, PEOPLE):
            now += LATER
            assert now < OPEN + 5 * LATER, "it comes to no end"
            assert await self.run(now) == 0, (self.folder / "log").read_text("utf-8")
        delivered = harbour.delivered(self.folder / "tally")[earlier:]
        return code != 0, self.breaches(delivered, unclear)

    async def run_and_die(self, boundary: Boundary, number: int) -> int:
        order = self.order(OPEN)
        if stage := STAGES.get(boundary):
            return await self.live(order, Watch(PEOPLE, number, stage))
        order = replace(order, dies_at=number, dies_before=boundary is Boundary.BEFORE_A_SYNC)
        return await self.live(order, Watch(PEOPLE))

    async def run(self, now: datetime) -> int:
        """Run until everything that is due by ``now`` was delivered; what was claimed is only settled."""
        claimed = sum(row.state == State.CLAIMED for row in harbour.rows(self.database))
        return await self.live(self.order(now), Watch(harbour.waiting(self.database, PEOPLE, until=now) - claimed))

    def order(self, now: datetime) -> Order:
        return Order(database=str(self.database), api=self.far_side.url, now=now.isoformat(), rate=RATE)

    async def live(self, order: Order, watch: Watch) -> int:
        """A bot from its start to its end, which comes politely once enough was delivered. Its exit code."""
        self.far_side.faults.watch = watch
        watch.pid = await self.zygote.fork(order)
        async with asyncio.TaskGroup() as tasks:
            end, enough = tasks.create_task(self.zygote.exit_code()), tasks.create_task(watch.enough())
            await asyncio.wait({end, enough}, timeout=LONGEST_RUN, return_when=asyncio.FIRST_COMPLETED)
            enough.cancel()
            if not end.done():
                watch.tell(signal.SIGTERM)
        return end.result()

    def breaches(self, delivered: list[tuple[int, str]], unclear: Counter[int]) -> list[str]:
        plan = overview.lines(self.database, self.call, OPEN)
        listed, rows = harbour.held_in(plan), harbour.rows(self.database)
        found: list[str] = []
        for policy, people in zip(Policy, (self.people[: PEOPLE // 2], self.people[PEOPLE // 2 :]), strict=True):
            evidence = Evidence(
                people=people,
                delivered=[one for one in delivered if one[0] in people],
                rows=[(row.chat_id, row.state) for row in rows if row.chat_id in people],
                listed=listed & set(people),
                unclear=unclear,
            )
            found += [f"{policy}: {breach}" for breach in judge(policy, evidence).breaches]
        return found


@pytest.fixture
async def house(tmp_path: Path, cache: Path) -> AsyncGenerator[House]:
    clock = RealClock()
    far_side = Sandbox(token=TOKEN, clock=clock, limits=Limits.none(), tally=tmp_path / "tally")  # pyright: ignore[reportArgumentType]
    await far_side.start()
    folder = harbour.write_call(tmp_path / "call", OPEN)
    people = harbour.settle_people(far_side, PEOPLE)
    half = PEOPLE // 2
    await harbour.prepare(tmp_path / "before.db", Policy.REMINDER, people[:half], OPEN)
    await harbour.prepare(tmp_path / "before.db", Policy.BROADCAST, people[half:], OPEN)
    zygote = await Zygote.start(folder, cache, tmp_path / "log")
    yield House(tmp_path, load(folder), far_side, zygote, people)
    await zygote.end()
    await far_side.stop()


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("boundary", list(Boundary))
async def test_a_kill_at_any_boundary_loses_nobody_and_doubles_nobody_unsaid(house: House, boundary: Boundary) -> None:
    first = 1 + randrange(STRIDE)  # noqa: S311  printed, so that it can be told again
    print(f"one in {STRIDE}, from no. {first} on")  # noqa: T201
    number, was_killed = first, True
    while was_killed:
        was_killed, breaches = await house.kill_at(boundary, number)
        assert breaches == [], f"killed when {boundary} for the {number}th time"
        number += STRIDE
    fewest = PEOPLE if boundary in STAGES else FEWEST_SYNCS
    assert number > fewest, f"the run ended before no. {number - STRIDE}"
    print(f"{boundary}: the run ended before no. {number - STRIDE}")  # noqa: T201
