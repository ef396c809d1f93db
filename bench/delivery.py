"""How much of an allowed rate each stack holds, and how many 429s it causes: one message to each of many chats.

    .venv/bin/python bench/delivery.py [--seconds N] [--fast-seconds N] [--only TEXT ...]

Every contestant runs in a process of its own against a stand-in whose limit is a real sliding window of a second, over
loopback HTTP with 0, 40 and 80 ms of round trip added. All figures are the stand-in's own count. "guichet" is the
whole bot on a database in which a step is due to everybody. The others hold their chats in memory and ask for one
message after the other as long as the case lasts: python-telegram-bot on its default httpx with its AIORateLimiter,
giving up at a 429 or retrying up to ten times; aiogram, which has no limiter, with a pause after each message, or with
messages that leave evenly spaced whether the ones before were answered or not, both trying again after a 429.
Contestants of a slow case run side by side, those of a fast one alone. ``--only`` takes parts of case or stack names.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

import prepared
import rivals
from aiohttp import web
from rivals import RIVALS, Case

from bot.clock import RealClock

STACKS = ("guichet", *RIVALS)
GIVEN_UP_AFTER = 15.0
"""Seconds without a delivery after which what is missing counts as lost."""

ALONE_FROM = 100
"""Messages a second from which a contestant gets the machine for itself."""

HEAD = "| stack | delivered/s | share of the rate | 429s | lost | twice |\n|---|---|---|---|---|---|"


@dataclass
class Count:
    """What the stand-in saw."""

    times: list[float] = field(default_factory=list[float])
    chats: set[int] = field(default_factory=set[int])
    refused: int = 0
    asked: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def deliver(self, event: dict[str, object]) -> None:
        """Count a message that was delivered."""
        if event["type"] == "message":
            self.times.append(time.monotonic())
            self.chats.add(int(str(event["chat"])))
            self.news.set()

    async def refuse(self, _: web.Request, response: web.StreamResponse) -> None:
        """Count a 429."""
        self.refused += response.status == web.HTTPTooManyRequests.status_code

    async def until(self, messages: int) -> None:
        """Wait for so many deliveries, or until nothing comes any more."""
        while len(self.times) < messages:
            self.news.clear()
            try:
                async with asyncio.timeout(GIVEN_UP_AFTER if self.times else 60):
                    await self.news.wait()
            except TimeoutError:
                return

    def row(self, stack: str, case: Case) -> str:
        """A row of the table."""
        rate = (len(self.times) - 1) / (self.times[-1] - self.times[0]) if len(self.times) > 1 else 0.0
        twice = len(self.times) - len(self.chats)
        lost = self.asked - len(self.chats)
        return f"| {stack} | {rate:.1f} | {rate / case.rate:.1%} | {self.refused} | {lost} | {twice} |"


async def measure(case: Case, stacks: Sequence[str]) -> list[str]:
    """Contestants side by side: all are made ready, the whole bot is started, and when it sends the others may."""
    async with AsyncExitStack() as ending, asyncio.TaskGroup() as tasks:
        folder = Path(ending.enter_context(tempfile.TemporaryDirectory(prefix="bench")))
        counts = {stack: Count() for stack in stacks}
        urls: dict[str, str] = {}
        for stack, count in counts.items():
            sandbox = prepared.far_side(case.messages * 2, limit=case.limit, round_trip=case.round_trip)
            sandbox.world.watchers.append(count.deliver)
            sandbox.app.on_response_prepare.append(count.refuse)
            ending.push_async_callback(sandbox.stop)
            urls[stack] = await sandbox.start()
        others = {stack: await be_ready(stack, case, urls[stack]) for stack in stacks if stack != "guichet"}
        for process in others.values():
            ending.push_async_callback(prepared.end, process)
        if "guichet" in counts:
            bot = await start_guichet(case, urls["guichet"], folder)
            ending.push_async_callback(prepared.end, bot)
            await counts["guichet"].until(1)
            tasks.create_task(finish_guichet(bot, counts["guichet"], case))
        for stack, process in others.items():
            tasks.create_task(finish(process, counts[stack]))
    return [count.row(stack, case) for stack, count in counts.items()]


async def start_guichet(case: Case, url: str, folder: Path) -> Process:
    """The whole bot on a database in which a step is due to everybody."""
    call, path = prepared.call_folder(folder, RealClock().now() + prepared.LAST_DAY), folder / "guichet.db"
    await prepared.database(path, case.messages)
    return await prepared.start_bot(url, call, path, case.rate)


async def finish_guichet(bot: Process, count: Count, case: Case) -> None:
    """Wait for its last message, then ask it to stop."""
    count.asked = case.messages
    await count.until(case.messages)
    bot.terminate()
    await bot.wait()


async def be_ready(stack: str, case: Case, url: str) -> Process:
    """A contestant that has imported what it needs and waits for the word to start."""
    figures = {"--rate": case.rate, "--trip": case.round_trip, "--seconds": case.seconds}
    arguments = [text for name, value in figures.items() for text in (name, str(value))]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, rivals.__file__, stack, "--url", url, *arguments), stdin=PIPE, stdout=PIPE, stderr=DEVNULL
    )
    if process.stdout is not None:
        await process.stdout.readline()
    return process


async def finish(process: Process, count: Count) -> None:
    """Let a contestant start; take what it says it asked for."""
    output, _ = await process.communicate(b"go\n")
    count.asked = json.loads(output)


def main() -> None:
    """Measure every case."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60, help="how long the cases at 28 and 30 a second last")
    parser.add_argument("--fast-seconds", type=float, default=20, help="how long those at 1,000 a second last")
    parser.add_argument("--only", nargs="*", default=[], help='parts of names, such as "28/s" "40 ms" guichet')
    options = parser.parse_args()
    stacks = [stack for stack in STACKS if stack in options.only] or list(STACKS)
    parts = [part for part in options.only if part not in STACKS]
    rates = ((28, 30, options.seconds), (30, 30, options.seconds), (1000, 1000, options.fast_seconds))
    cases = [Case(rate, limit, trip, seconds) for rate, limit, seconds in rates for trip in (0.0, 0.04, 0.08)]
    for case in (case for case in cases if all(part in str(case) for part in parts)):
        print(f"\n**{case}**\n\n{HEAD}", flush=True)
        groups = [[stack] for stack in stacks] if case.rate >= ALONE_FROM else [stacks]
        for group in groups:
            print("\n".join(asyncio.run(measure(case, group))), flush=True)


if __name__ == "__main__":
    main()
