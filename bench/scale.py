"""A step that is due to very many people at once: time to plan it, and how others are answered meanwhile.

    .venv/bin/python bench/scale.py [--people N ...] [--sending SECONDS] [--rate N]

The whole bot runs in a process of its own on a database in which so many chats registered long ago, against a stand-in
in this process, over loopback HTTP. Sixty other people ask /contact in turn, twenty questions a second in all, whether
the ones before were answered or not. The step is reached while the bot runs: planning lasts from that instant until the
bot logs that the last reminder is planned; reminders are sent meanwhile, and afterwards at the rate that is asked for,
for as long as ``--sending`` says. Times of answers are from the update to the delivered message. Memory is the bot's
resident set: before the step, and the most.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from asyncio.subprocess import PIPE, Process
from collections import deque
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path

import prepared

from bot.clock import RealClock
from bot.current import CurrentCall
from bot.deadline.reminders import Planner
from bot.sandbox import Person, Sandbox
from bot.store import Store
from faq import load, zones

ASKERS = 60
"""So many that nobody asks more often than a chat may be written to."""

QUESTIONS_A_SECOND = 20.0
CALM = 15.0
"""Seconds with questions and nothing else, before the step is reached."""

HEAD = (
    "| people | planned in s | answers before, ms: p50, p95, max | while planning | while sending | reminders/s "
    "| memory MB: before, most |\n"
    "|---|---|---|---|---|---|---|"
)


STALLED = 10.0
"""Seconds without a reminder after which no more are waited for."""


@dataclass
class Seen:
    """What the stand-in saw: when who asked, how long each answer took, and when reminders came."""

    sandbox: Sandbox
    asked: dict[int, deque[float]]
    answers: list[tuple[float, float]] = field(default_factory=list[tuple[float, float]])
    reminders: list[float] = field(default_factory=list[float])
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    reminded: asyncio.Event = field(default_factory=asyncio.Event)

    def asks(self, person: Person) -> None:
        """Have somebody ask."""
        self.asked[person.id].append(time.monotonic())
        person.says("/contact")

    def watch(self, event: dict[str, object]) -> None:
        """Take note of a message of the bot."""
        chat = int(str(event.get("chat", 0)))
        if event["type"] != "message":
            return
        if chat not in self.asked:
            self.reminders.append(time.monotonic())
            self.reminded.set()
        elif self.sandbox.world.chats[chat].messages[int(str(event["message_id"]))]["from"]["is_bot"]:
            at = self.asked[chat].popleft()
            self.answers.append((at, time.monotonic() - at))
            self.answered.set()

    async def until(self, reminders: float) -> None:
        """Wait for so many reminders, or until none comes any more."""
        while len(self.reminders) < reminders:
            self.reminded.clear()
            try:
                async with asyncio.timeout(STALLED):
                    await self.reminded.wait()
            except TimeoutError:
                return

    def times(self, since: float, until: float) -> str:
        """Of the answers to what was asked in between: the middle, the 95th of a hundred, the longest, how many."""
        times = sorted(took * 1000 for at, took in self.answers if since <= at < until)
        if len(times) < 2:  # noqa: PLR2004  a percentile needs two
            return f"{len(times)} answers"
        cuts = statistics.quantiles(times, n=20, method="inclusive")
        return f"{cuts[9]:.0f}, {cuts[18]:.0f}, {times[-1]:.0f} of {len(times)}"


async def measure(people: int, rate: int, sending: float) -> str:
    """A row of the table."""
    async with AsyncExitStack() as ending:
        folder = Path(ending.enter_context(tempfile.TemporaryDirectory(prefix="bench")))
        path, began = folder / "guichet.db", time.monotonic()
        await prepared.database(path, people)
        lead = timedelta(seconds=2 * CALM + 4 * (time.monotonic() - began))
        step = (RealClock().now() + lead).replace(microsecond=0)
        call = prepared.call_folder(folder, step + timedelta(days=1))
        await look_ahead(call, path)
        sandbox = prepared.far_side(min(people, int(rate * (sending + 60))), limit=10**9)
        ending.push_async_callback(sandbox.stop)
        bot = await prepared.start_bot(await sandbox.start(), call, path, rate, log=PIPE)
        ending.push_async_callback(prepared.end, bot)
        return f"| {people:,} | " + await watched(bot, sandbox, step, min(people, rate * sending))


async def look_ahead(folder: Path, path: Path) -> None:
    """Let the planner see every registration once, so that it knows when the step is due to each."""
    store, call = Store(path), load(folder)
    store.open()
    current = CurrentCall(call, store)
    await current.settle()
    await Planner(store, RealClock(), current, lambda: None).plan_all()
    await asyncio.to_thread(store.close)


async def watched(bot: Process, sandbox: Sandbox, step: datetime, reminders: float) -> str:
    """The figures of a bot that was just started: questions, then the step as well, then so many reminders."""
    people = [sandbox.person("A", user_id=number, language_code="en") for number in range(1, ASKERS + 1)]
    seen = Seen(sandbox, {person.id: deque() for person in people})
    sandbox.world.watchers.append(seen.watch)
    seen.asks(people[0])
    await seen.answered.wait()
    began, left = time.monotonic(), (step - RealClock().now()).total_seconds()
    if left < CALM / 2:
        message = f"the bot was up {left:.0f} s before the step: the machine is too busy"
        raise SystemExit(message)
    async with asyncio.TaskGroup() as tasks:
        asking = tasks.create_task(ask_around(seen, people))
        await asyncio.sleep(left)
        memory, waking = prepared.memory_of(bot), time.monotonic()
        await planned(bot)
        done = time.monotonic()
        await seen.until(reminders)
        asking.cancel()
        end = time.monotonic()
    most = prepared.memory_of(bot, "VmHWM")
    rate = len(seen.reminders) / (seen.reminders[-1] - seen.reminders[0])
    times = " | ".join(seen.times(*span) for span in ((began, waking), (waking, done), (done, end - 1)))
    return f"{done - waking:.2f} | {times} | {rate:.0f} | {memory:.0f}, {most:.0f} |"


async def ask_around(seen: Seen, people: Sequence[Person]) -> None:
    """One question after the other, evenly, until cancelled."""
    began = time.monotonic()
    for n, person in enumerate(cycle(people)):
        seen.asks(person)
        await asyncio.sleep(began + (n + 1) / QUESTIONS_A_SECOND - time.monotonic())


async def planned(bot: Process) -> None:
    """Wait until the bot logs that all reminders are planned; what it logs afterwards is let go."""
    while bot.stderr is not None and (line := await bot.stderr.readline()):
        if b"reminders planned" in line:
            return
    message = "the bot ended"
    raise SystemExit(message)


def main() -> None:
    """Measure each number of people, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, nargs="*", default=[100_000], help="how many are registered")
    parser.add_argument("--sending", type=float, default=60, help="for how many seconds reminders are watched")
    parser.add_argument("--rate", type=int, default=1000, help="reminders a second")
    options = parser.parse_args()
    zones.pin()
    print(HEAD, flush=True)
    for people in options.people:
        print(asyncio.run(measure(people, options.rate, options.sending)), flush=True)


if __name__ == "__main__":
    main()
