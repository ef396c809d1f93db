"""A whole bot with many registered people and a step due to all of them: what delivery.py and scale.py start."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import sys
from asyncio.subprocess import Process
from datetime import datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bot.clock import RealClock  # noqa: E402  the path comes first
from bot.rules.plan import Purpose  # noqa: E402
from bot.sandbox import Limits, Sandbox  # noqa: E402
from bot.store import Store, all_of, registrations  # noqa: E402
from faq.languages import ReplyLanguage  # noqa: E402

TOKEN = "123456789:AAbenchbenchbenchbenchbenchbench"  # noqa: S105  worth nothing
FIRST_CHAT = 10_000

LAST_DAY = timedelta(hours=20)
"""Until the deadline: its last day runs, so no hour is quiet, and the step of one day before is due."""

_SOME = 50_000
"""Registrations stored in one transaction."""


def call_folder(parent: Path, deadline: datetime) -> Path:
    """The tiny call with this deadline and one step, a day before it, as a folder; its matcher is trained."""
    folder = parent / "call"
    shutil.copytree(ROOT / "tests/calls/tiny", folder)
    instant = deadline.replace(tzinfo=None, microsecond=0)
    text = (folder / "call.toml").read_text("utf-8")
    for key, value in (
        ("steps", '["1d"]'),
        ("local", f"{instant.isoformat()}"),
        ("zone", '"UTC"'),
        ("instant", f"{instant.isoformat()}Z"),
    ):
        text = re.sub(rf"^{key} = .*$", f"{key} = {value}", text, count=1, flags=re.MULTILINE)
    (folder / "call.toml").write_text(text, "utf-8")
    subprocess.run(  # noqa: S603  this very interpreter
        [sys.executable, "-m", "faq", "train", str(folder)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
    )  # fmt: skip
    return folder


async def database(path: Path, people: int) -> None:
    """A database in which so many chats registered long ago."""
    store = Store(path)
    store.open()
    told = RealClock().now() - timedelta(days=30)
    chats = range(FIRST_CHAT, FIRST_CHAT + people)
    for some in (chats[n : n + _SOME] for n in range(0, people, _SOME)):
        rows = [
            registrations.register("tiny", chat, Purpose.DEADLINE, ReplyLanguage.EN, version=1, now=told)
            for chat in some
        ]
        await store.write(all_of(rows))
    await asyncio.to_thread(store.close)


def far_side(people: int, *, limit: int, round_trip: float = 0.0) -> Sandbox:
    """A stand-in that knows these people, takes ``limit`` messages in any second and answers after ``round_trip``."""
    sandbox = Sandbox(token=TOKEN, clock=RealStandInClock(), limits=Limits((limit, 1.0), None, None))
    sandbox.faults.round_trip = round_trip
    for chat in range(FIRST_CHAT, FIRST_CHAT + people):
        sandbox.person("P", user_id=chat, language_code="en")
        sandbox.world.chats[chat].started = True
    return sandbox


def memory_of(process: Process, which: str = "VmRSS") -> float:
    """Resident memory in MB: now, or with ``VmHWM`` the most there was."""
    status = Path(f"/proc/{process.pid}/status").read_text("utf-8")
    return int(status.partition(f"{which}:")[2].split()[0]) / 1024


async def end(process: Process) -> None:
    """Kill what still runs, whatever happened to the benchmark."""
    if process.returncode is None:
        process.kill()
        await process.wait()


class RealStandInClock(RealClock):
    """The machine's clock, as the stand-in wants it."""

    def advance(self, delta: timedelta) -> None:
        """Not here.

        Raises:
            NotImplementedError: always.

        """
        raise NotImplementedError


async def start_bot(url: str, folder: Path, path: Path, rate: float, *, log: int | None = None) -> Process:
    """The whole bot in a process of its own; it sends as soon as it is up. ``log`` is where its log goes."""
    settings = {
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": url,
        "CALL": str(folder),
        "DATABASE": str(path),
        "PORT": "0",
        "SEND_RATE": str(rate),
        "LOG_LEVEL": "INFO" if log else "ERROR",
        "PYTHONPATH": str(ROOT),
    }
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", cwd=folder.parent, env=os.environ | settings, stderr=log
    )
