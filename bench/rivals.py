"""The stacks that delivery.py measures beside the whole bot; it starts each in a process of its own.

    .venv/bin/python bench/rivals.py NAME --url http://127.0.0.1:PORT --rate 28 --trip 0.04 --seconds 60

Says that it is ready, waits for a line, asks for one message after the other as long as the case lasts, and prints for
how many it asked.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

import prepared

RIVALS = ("ptb", "ptb-retries", "aiogram-pauses", "aiogram-spaced")
RETRIES = 10


@dataclass(frozen=True, slots=True)
class Case:
    """A rate that is asked for, the limit of the far side, and how far away it is."""

    rate: int
    limit: int
    round_trip: float
    seconds: float

    @property
    def in_flight(self) -> int:
        """Requests that python-telegram-bot has under way: what the rate needs, but httpx gets slower from 30 on."""
        return min(max(10, math.ceil(self.rate * (self.round_trip + 0.01))), 30)

    @property
    def messages(self) -> int:
        """How many are asked for at most."""
        return int(self.rate * self.seconds)

    def __str__(self) -> str:
        """Its title."""
        return f"{self.rate}/s of {self.limit}/s, round trip {self.round_trip * 1000:.0f} ms"


Send = Callable[[int], Awaitable[object]]


def chats_until(end: float) -> Iterator[int]:
    """One chat after the other, as long as there is time."""
    chat = prepared.FIRST_CHAT
    while time.monotonic() < end:
        yield chat
        chat += 1


async def run_workers(send: Send, case: Case) -> int:
    """As many requests under way as the case needs; return how many messages were asked for."""
    chats, asked = chats_until(time.monotonic() + case.seconds), 0

    async def work() -> None:
        nonlocal asked
        for chat in chats:
            asked += 1
            await send(chat)

    await asyncio.gather(*(work() for _ in range(case.in_flight)))
    return asked


async def run_pauses(send: Send, case: Case) -> int:
    """One after the other with a pause after each."""
    asked = 0
    for chat in chats_until(time.monotonic() + case.seconds):
        asked += 1
        await send(chat)
        await asyncio.sleep(1 / case.rate)
    return asked


async def run_spaced(send: Send, case: Case) -> int:
    """Each at its own moment of an even schedule."""
    asked, began = 0, time.monotonic()
    async with asyncio.TaskGroup() as tasks:
        for chat in chats_until(began + case.seconds):
            tasks.create_task(once(send, chat))
            asked += 1
            await asyncio.sleep(max(began + asked / case.rate - time.monotonic(), 0))
    return asked


async def once(send: Send, chat: int) -> None:
    """Send; a coroutine for a task."""
    await send(chat)


async def be_ptb(url: str, case: Case, retries: int) -> int:
    """python-telegram-bot with the limiter that it ships."""
    from telegram.error import TelegramError  # noqa: PLC0415  only the contestant's library is loaded
    from telegram.ext import AIORateLimiter, ExtBot  # noqa: PLC0415
    from telegram.request import HTTPXRequest  # noqa: PLC0415

    limiter = AIORateLimiter(overall_max_rate=case.rate, overall_time_period=1, max_retries=retries)
    request = HTTPXRequest(connection_pool_size=case.in_flight, pool_timeout=60, read_timeout=10)
    async with ExtBot(prepared.TOKEN, base_url=f"{url}/bot", request=request, rate_limiter=limiter) as bot:
        await said_go()

        async def send(chat: int) -> None:
            try:
                await bot.send_message(chat, "message")
            except TelegramError:
                return

        return await run_workers(send, case)


async def be_aiogram(url: str, case: Case, run: Callable[[Send, Case], Awaitable[int]]) -> int:
    """Aiogram, which leaves limits to its user; a 429 is waited for, and the message sent again."""
    from aiogram import Bot  # noqa: PLC0415
    from aiogram.client.session.aiohttp import AiohttpSession  # noqa: PLC0415
    from aiogram.client.telegram import TelegramAPIServer  # noqa: PLC0415
    from aiogram.exceptions import TelegramRetryAfter  # noqa: PLC0415

    async with Bot(prepared.TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(url), limit=1000)) as bot:
        await bot.get_me()
        await said_go()

        async def send(chat: int) -> None:
            try:
                await bot.send_message(chat, "message")
            except TelegramRetryAfter as error:
                await asyncio.sleep(error.retry_after)
                await send(chat)

        return await run(send, case)


async def said_go() -> None:
    """Say that all is ready, and wait for the word."""
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)


async def be(options: argparse.Namespace) -> int:
    """Run one contestant; return how many messages it asked for."""
    case = Case(options.rate, options.rate, options.trip, options.seconds)
    match options.name:
        case "ptb":
            return await be_ptb(options.url, case, 0)
        case "ptb-retries":
            return await be_ptb(options.url, case, RETRIES)
        case "aiogram-pauses":
            return await be_aiogram(options.url, case, run_pauses)
        case _:
            return await be_aiogram(options.url, case, run_spaced)


def main() -> None:
    """Be one of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", choices=RIVALS)
    parser.add_argument("--url", required=True)
    parser.add_argument("--rate", type=int, required=True)
    parser.add_argument("--trip", type=float, required=True, help="seconds there and back")
    parser.add_argument("--seconds", type=float, required=True)
    print(asyncio.run(be(parser.parse_args())), flush=True)


if __name__ == "__main__":
    main()
