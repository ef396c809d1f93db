"""The real process in trouble: no room on the disk, a damaged database, another process that takes over."""

from __future__ import annotations

import asyncio
import os
import resource
import sqlite3
import subprocess
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest

from bot.clock import RealClock
from bot.rules.plan import Purpose
from bot.sandbox import Limits, Person, Sandbox
from bot.store import Store, backup, reading, registrations
from bot.texts import Texts
from faq.languages import ReplyLanguage
from tests import harbour
from tests.journeys.watching import eventually

EN = ReplyLanguage.EN
NOT_RECORDED = Texts().plain(EN, "not-recorded")
REGISTER = f"register|deadline|{EN}"
Process = asyncio.subprocess.Process


@pytest.fixture
async def far_side() -> AsyncGenerator[Sandbox]:
    sandbox = Sandbox(token=harbour.TOKEN, clock=RealClock(), limits=Limits.none())  # pyright: ignore[reportArgumentType]
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
def variables(tmp_path: Path, far_side: Sandbox) -> dict[str, str]:
    call = harbour.write_call(tmp_path / "call", RealClock().now())
    return harbour.environment(tmp_path, far_side, call)


@asynccontextmanager
async def started(folder: Path, variables: dict[str, str]) -> AsyncGenerator[Process]:
    process = await harbour.start(folder, variables)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()


def last_word(folder: Path) -> str:
    """The one line for the operator with which a process ended."""
    said = (folder / "output").read_text("utf-8")
    lines = [line for line in said.splitlines() if line.startswith("guichet: ")]
    assert len(lines) == 1, said
    assert "Traceback" not in said
    return lines[0]


async def refusal(folder: Path, variables: dict[str, str]) -> str:
    """What a process says that must not start."""
    process = await harbour.start(folder, variables)
    assert await process.wait() == 1
    return last_word(folder)


def answers(person: Person) -> list[str]:
    return [message.text for message in person.sees() if message.from_bot and message.text != "menu"]


def presses(far_side: Sandbox, person: Person, data: str) -> None:
    """Press a button of a menu that stands in the chat."""
    chat = far_side.world.chats[person.id]
    chat.started = True
    person.calls_back(data, far_side.world.add(chat, {"from": far_side.world.bot(), "text": "menu"}))


# A disk without room


@dataclass
class Disk:
    """Where the database is, and how it runs out of room; the same without the right to mount, by a file limit."""

    folder: Path
    is_small: bool

    async def fill(self, process: Process) -> None:
        # A copy that is being made leaves room when it is done or fails.
        await eventually(backup.path_of(self.folder / "guichet.db").exists)
        if not self.is_small:
            log = self.folder / "guichet.db-wal"
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (log.stat().st_size, resource.RLIM_INFINITY))
            return
        with (self.folder / "filler").open("wb", buffering=0) as filler, suppress(OSError):
            while filler.write(b"x" * 4096):
                continue

    def make_room(self, process: Process) -> None:
        no_limit = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, no_limit)
        (self.folder / "filler").unlink(missing_ok=True)


@pytest.fixture(params=["a small disk", "a limit"])
def disk(request: pytest.FixtureRequest, tmp_path: Path, variables: dict[str, str]) -> Generator[Disk]:
    folder = tmp_path / "disk"
    folder.mkdir()
    variables["DATABASE"] = str(folder / "guichet.db")
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
    wants_mount = request.param == "a small disk" and os.geteuid() == 0
    is_small = wants_mount and subprocess.run(mount, check=False, capture_output=True).returncode == 0
    yield Disk(folder, is_small)
    if is_small:
        subprocess.run(["umount", str(folder)], check=True)  # noqa: S607


@pytest.mark.slow
@pytest.mark.timeout(60)
async def test_on_a_full_disk_nobody_is_told_that_they_are_registered_and_questions_are_answered(
    far_side: Sandbox, tmp_path: Path, variables: dict[str, str], disk: Disk
) -> None:
    lina, omar = far_side.person("Lina", language_code="en"), far_side.person("Omar", language_code="en")
    async with started(tmp_path, variables) as process:
        lina.says("where can I park")
        assert "See the desk." in (await lina.hears(seconds=30)).text
        await disk.fill(process)
        presses(far_side, lina, REGISTER)
        assert (await lina.hears(lambda m: m.text != "menu")).text == NOT_RECORDED
        omar.says("where can I moor my boat")
        assert "See the desk." in (await omar.hears()).text
        assert reading(disk.folder / "guichet.db", lambda db: registrations.head_count(db, harbour.CALL)) == 0
        disk.make_room(process)
        presses(far_side, lina, REGISTER)
        assert (await lina.hears(lambda m: m.text != "menu")).text.startswith("You are registered.")
        assert reading(disk.folder / "guichet.db", lambda db: registrations.head_count(db, harbour.CALL)) == 1
        for person in (lina, omar):
            person.says("/stop")
            await person.hears()
    assert [len(answers(person)) for person in (lina, omar)] == [4, 2], "somebody was answered twice"


@pytest.mark.slow
@pytest.mark.timeout(60)
async def test_what_was_answered_without_a_record_is_not_answered_again_after_a_restart(
    far_side: Sandbox, tmp_path: Path, variables: dict[str, str], disk: Disk
) -> None:
    lina = far_side.person("Lina", language_code="en")
    lina.says("where can I park")
    async with started(tmp_path, variables) as process:
        await lina.hears(seconds=30)
        await disk.fill(process)
        lina.says("where can I moor my boat")
        await lina.hears()
        disk.make_room(process)
        lina.says("/stop")
        await lina.hears()
    async with started(tmp_path, variables):
        lina.says("/stop")
        await lina.hears(seconds=30)
    assert len(answers(lina)) == 4


@pytest.mark.timeout(60)
async def test_the_health_page_says_that_the_disk_is_full(
    far_side: Sandbox, tmp_path: Path, variables: dict[str, str], disk: Disk, unused_tcp_port: int
) -> None:
    lina = far_side.person("Lina", language_code="en")
    lina.says("where can I park")
    async with (
        started(tmp_path, variables | {"PORT": str(unused_tcp_port)}) as process,
        aiohttp.ClientSession() as session,
    ):
        await lina.hears(seconds=30)
        await disk.fill(process)
        async with session.get(f"http://127.0.0.1:{unused_tcp_port}/health") as answer:
            assert answer.status == 503
        disk.make_room(process)
        async with session.get(f"http://127.0.0.1:{unused_tcp_port}/health") as answer:
            assert answer.status == 200


# A damaged database


async def prepare(path: Path) -> str:
    """A database with many registrations and a copy beside it; what is said of the copy."""
    store = Store(path)
    store.open()
    for chat_id in range(1000, 1300):
        await store.write(
            registrations.register(
                harbour.CALL, chat_id, Purpose.NEXT_EDITION, EN, version=1, now=datetime(2025, 1, 1, tzinfo=UTC)
            )
        )
    await store.back_up()
    await asyncio.to_thread(store.close)
    made = datetime.fromtimestamp(backup.path_of(path).stat().st_mtime, UTC)
    return f"restore {backup.path_of(path)}, made {made:%Y-%m-%d %H:%M} UTC"


def damage(path: Path) -> None:
    """Overwrite every page but the first, as a failing disk does, and have the process read them anew."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE lease SET renewed_at = '2025-01-01T00:00:00.000000+00:00'")
        with path.open("r+b") as file:
            file.seek(4096)
            file.write(b"\xff" * (path.stat().st_size - 4096))
        other.execute("COMMIT")


def messages_sent(far_side: Sandbox) -> int:
    return [name for name, _ in far_side.api.calls].count("sendmessage")


@pytest.mark.timeout(60)
async def test_a_database_that_is_damaged_at_the_start_is_refused_with_its_copy_and_nothing_is_sent(
    far_side: Sandbox, tmp_path: Path, variables: dict[str, str]
) -> None:
    advice = await prepare(Path(variables["DATABASE"]))
    damage(Path(variables["DATABASE"]))
    far_side.person("Lina").says("where can I park")
    said = await refusal(tmp_path, variables)
    assert said.startswith(f"guichet: database {variables['DATABASE']} ")
    assert advice in said
    assert messages_sent(far_side) == 0


@pytest.mark.timeout(60)
async def test_a_database_that_is_damaged_while_it_runs_ends_the_process_and_nothing_more_is_sent(
    far_side: Sandbox, tmp_path: Path, variables: dict[str, str]
) -> None:
    await prepare(Path(variables["DATABASE"]))
    lina = far_side.person("Lina", language_code="en")
    lina.says("where can I park")
    async with started(tmp_path, variables) as process:
        await lina.hears(seconds=30)
        before = messages_sent(far_side)
        damage(Path(variables["DATABASE"]))
        lina.says("where can I moor my boat")
        presses(far_side, lina, REGISTER)
        assert await process.wait() == 1
    said = last_word(tmp_path)
    assert "nothing more is written or sent: restore " in said
    assert str(backup.path_of(Path(variables["DATABASE"]))) in said
    assert messages_sent(far_side) == before
    assert len(answers(lina)) == 1


# Another process


@pytest.mark.timeout(60)
async def test_a_process_that_was_overtaken_ends_with_one_line_and_sends_nothing_more(
    far_side: Sandbox, tmp_path: Path, variables: dict[str, str]
) -> None:
    lina = far_side.person("Lina", language_code="en")
    lina.says("where can I park")
    async with started(tmp_path, variables) as process:
        await lina.hears(seconds=30)
        with closing(sqlite3.connect(variables["DATABASE"], isolation_level=None)) as other:
            other.execute("UPDATE lease SET fence = fence + 1, holder = 'elsewhere/7'")
        lina.says("where can I moor my boat")
        assert await process.wait() == 1
    assert "another Guichet took this database over; this one ends" in last_word(tmp_path)
    assert len(answers(lina)) == 1
