"""A process that has read the call and its model once, and forks a bot on demand: a start in a tenth of the time.

    python -m tests.zygote CALL CACHE

It says its own pid when it is ready, then reads orders, a JSON line each, and answers each with two lines: the bot's
pid, and the exit code that it ended with. The bot is built as `make run` builds it. An order may name the moment at
which it kills itself: before or after the n-th time at which it has SQLite make something durable.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sqlite3
import sys
import threading
import traceback
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

from bot.__main__ import serve
from bot.clock import MovableClock
from bot.current import CurrentCall
from bot.office import Office
from bot.rules.roles import Roles
from bot.settings import Settings
from bot.store import Store
from bot.transport.connecting import build_application
from faq import Call, Matcher, load, zones
from tests.harbour import OWNER, ROOT, TOKEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A bot to be started: where its database and its Bot API are, and what its clock shows.

    It kills itself at the sync with the number ``dies_at`` (the first is 1), before it or as soon as it is done.
    """

    database: str
    api: str
    now: str
    rate: float = 1000.0
    owners: tuple[int, ...] = (OWNER,)
    dies_at: int | None = None
    dies_before: bool = True


class Zygote:
    """The process from the outside. One bot runs at a time."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        """Talk to a process that `start` has started."""
        self._process = process
        self._bot: int | None = None

    @classmethod
    async def start(cls, call: Path, cache: Path, log: Path) -> Zygote:
        """Start it and wait until it is ready; what it and its bots have to say goes to ``log``."""
        with log.open("ab") as errors:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-m", "tests.zygote", str(call), str(cache)),
                cwd=ROOT,
                env={"PATH": os.environ["PATH"], "OPENBLAS_NUM_THREADS": "1"},
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=errors,
            )
        zygote = cls(process)
        await zygote._number()
        return zygote

    async def fork(self, order: Order) -> int:
        """Have a bot started; return its pid."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(asdict(order)).encode() + b"\n")
        self._bot = await self._number()
        return self._bot

    async def exit_code(self) -> int:
        """Wait for the bot's end."""
        code = await self._number()
        self._bot = None
        return code

    async def end(self) -> None:
        """End the process, and a bot that is still there."""
        assert self._process.stdin is not None
        if self._bot is not None:
            os.kill(self._bot, signal.SIGKILL)
        self._process.stdin.close()
        await self._process.wait()

    async def _number(self) -> int:
        assert self._process.stdout is not None
        return int(await self._process.stdout.readline())


class Reaper:
    """Kills this very process at a sync: a COMMIT, or a change that is made outside of a transaction."""

    def __init__(self, number: int, *, before: bool) -> None:
        """Strike at the sync with this number, from now on."""
        self._left = number
        self._before = before
        self._lock = threading.Lock()
        sys.addaudithook(self._hook)

    def _hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        """A connection is being made; it can be traced as soon as it is complete."""
        if event == "sqlite3.connect/handle":
            sys.setprofile(partial(self._attend, arguments[0]))

    def _attend(self, connection: sqlite3.Connection, frame: FrameType, _: str, __: object) -> None:
        if frame.f_code.co_filename != __file__:
            sys.setprofile(None)
            connection.set_trace_callback(partial(self._begins, connection))

    def _begins(self, connection: sqlite3.Connection, statement: str) -> None:
        """A statement begins."""
        verb = statement.split(maxsplit=1)[0].upper()
        changes = verb in {"INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP"} and not connection.in_transaction
        if verb != "COMMIT" and not changes:
            return
        with self._lock:
            self._left -= 1
            if self._left != 0:
                return
        if self._before:
            _die()
        sys.setprofile(_die_outside)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _die_outside(frame: FrameType, _: str, __: object) -> None:
    """Die at the first thing that happens in this thread outside of this file: SQLite has done its work then."""
    if frame.f_code.co_filename != __file__:
        _die()


async def _run(order: Order, folder: Call, matcher: Matcher) -> None:
    """A bot, until it is told to stop."""
    settings = Settings.model_validate(
        {"bot_token": TOKEN, "bot_api_url": order.api, "database": order.database, "port": 0, "send_rate": order.rate}
    )
    store = Store(settings.database)
    store.open()
    try:
        current = CurrentCall(folder, store)
        await current.settle()
        clock = MovableClock(datetime.fromisoformat(order.now), announced=False)
        application = build_application(TOKEN, order.api)
        await serve(settings, current, clock, store, matcher, application, Office(Roles.of(order.owners, ())))
    finally:
        await asyncio.to_thread(store.close)


def _live(order: Order, folder: Call, matcher: Matcher) -> int:
    """The life of a bot, in a process of its own; return its exit code."""
    if order.dies_at is not None:
        Reaper(order.dies_at, before=order.dies_before)
    try:
        asyncio.run(_run(order, folder, matcher))
    except BaseException:  # noqa: BLE001  whatever it was, this process must not go on as a zygote
        traceback.print_exc()
        return 1
    return 0


def _say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def main(arguments: Sequence[str]) -> None:
    """Get ready, then fork whenever an order comes."""
    zones.pin()
    os.environ.setdefault("PTB_TIMEDELTA", "1")
    folder = load(Path(arguments[0]))
    matcher = Matcher.of(folder, cache=Path(arguments[1]))
    _say(os.getpid())
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os._exit(_live(Order(**json.loads(line)), folder, matcher))
        _say(child)
        _, status = os.waitpid(child, 0)
        _say(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main(sys.argv[1:])
