"""An operator: the real process, started, killed, misconfigured; nothing is lost and no secret is shown."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sqlite3
import sys
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.clock import RealClock
from bot.sandbox import Limits, Sandbox
from bot.store import Store
from tests.conftest import TOKEN, until

ROOT = Path(__file__).parents[2]

Process = asyncio.subprocess.Process


@pytest.fixture
async def far_side(tmp_path: Path) -> AsyncGenerator[Sandbox]:
    sandbox = Sandbox(token=TOKEN, clock=RealClock(), limits=Limits.none(), tally=tmp_path / "tally")  # pyright: ignore[reportArgumentType]
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


def environment(tmp_path: Path, cache: Path, **changes: str) -> dict[str, str]:
    """A bare environment for the bot; the cache holds the model that the session trained."""
    return {
        "PATH": os.environ["PATH"],
        "XDG_CACHE_HOME": str(cache.parent),
        "PYTHONPATH": str(ROOT),
        "DATABASE": str(tmp_path / "data" / "g.db"),
        "PORT": "0",
        "SEND_RATE": "1000",
    } | changes


async def start(tmp_path: Path, variables: dict[str, str]) -> Process:
    """The real process. It writes into a file, for a pipe that nobody reads would stop it once it is full."""
    with (tmp_path / "output").open("ab") as output:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", cwd=tmp_path, env=variables, stdout=output, stderr=output
        )


def output_of(tmp_path: Path) -> str:
    return (tmp_path / "output").read_text("utf-8")


@asynccontextmanager
async def started(tmp_path: Path, variables: dict[str, str]) -> AsyncGenerator[Process]:
    process = await start(tmp_path, variables)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()


async def refusal(tmp_path: Path, variables: dict[str, str]) -> str:
    """What a bot that must not start says."""
    process = await start(tmp_path, variables)
    await process.wait()
    said = output_of(tmp_path)
    assert process.returncode == 1, said
    assert "Traceback" not in said
    return said


def tally(tmp_path: Path) -> list[dict[str, object]]:
    path = tmp_path / "tally"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


@pytest.mark.slow
@pytest.mark.timeout(90)
@pytest.mark.parametrize("kill_after", [1, 60, 150])
async def test_a_kill_while_300_updates_wait_loses_none_and_doubles_none_unsaid(
    far_side: Sandbox, tmp_path: Path, cache: Path, matcher: object, kill_after: int
) -> None:
    assert matcher is not None
    variables = environment(tmp_path, cache, BOT_TOKEN=TOKEN, BOT_API_URL=far_side.url)
    people = [far_side.person(f"p{n}") for n in range(300)]
    for n, person in enumerate(people):
        if n % 3:
            person.says("/contact")
        else:
            message = far_side.world.add(far_side.world.chats[person.id], {"from": far_side.world.bot(), "text": "x"})
            far_side.world.chats[person.id].started = True
            person.calls_back("register|next-edition|fr", message)
    process = await start(tmp_path, variables)
    await until(lambda: len(tally(tmp_path)) >= kill_after, far_side)
    process.send_signal(signal.SIGKILL)
    await process.wait()
    async with started(tmp_path, variables):
        await until(lambda: len({row["chat_id"] for row in tally(tmp_path)}) >= 300, far_side)
    unmarked = Counter(row["chat_id"] for row in tally(tmp_path) if not str(row["text"]).startswith("("))
    everything = Counter(row["chat_id"] for row in tally(tmp_path))
    assert max(unmarked.values()) == 1, "somebody got the same answer twice without being told"
    assert max(everything.values()) <= 2
    with sqlite3.connect(tmp_path / "data" / "g.db") as db:
        registered = db.execute("SELECT count(*) FROM registrations").fetchone()[0]
        unsettled = db.execute("SELECT count(*) FROM updates WHERE state <> 'handled'").fetchone()[0]
    db.close()
    assert (registered, unsettled) == (100, 0)


@pytest.mark.timeout(30)
async def test_updates_come_through_the_webhook_only_with_its_secret(
    far_side: Sandbox, tmp_path: Path, cache: Path, matcher: object, unused_tcp_port: int
) -> None:
    assert matcher is not None
    url = f"http://127.0.0.1:{unused_tcp_port}/hook/a"
    changes = {"WEBHOOK_URL": url, "WEBHOOK_SECRET": "right-secret", "PORT": str(unused_tcp_port)}
    variables = environment(tmp_path, cache, BOT_TOKEN=TOKEN, BOT_API_URL=far_side.url, **changes)
    person = far_side.person("Lina")
    person.says("/contact")
    async with started(tmp_path, variables), aiohttp.ClientSession() as session:
        assert "Division" in (await person.hears(seconds=20)).text
        forged = {"update_id": 5, "message": {"text": "/stop"}}
        for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "wrong"}):
            async with session.post(url, json=forged, headers=headers) as answer:
                assert answer.status == 401
        async with session.post(url, data="{", headers={"X-Telegram-Bot-Api-Secret-Token": "right-secret"}) as answer:
            assert answer.status == 400
        async with session.get(f"http://127.0.0.1:{unused_tcp_port}/health") as answer:
            assert await answer.json() == {"status": "ok"}
        async with session.get(f"http://127.0.0.1:{unused_tcp_port}/metrics") as answer:
            assert 'guichet_sendings{state="sent"} 1' in await answer.text()


@pytest.mark.timeout(30)
async def test_the_token_is_in_no_output_at_debug(
    far_side: Sandbox, tmp_path: Path, cache: Path, matcher: object
) -> None:
    assert matcher is not None
    variables = environment(tmp_path, cache, BOT_TOKEN=TOKEN, BOT_API_URL=far_side.url, LOG_LEVEL="DEBUG")
    person = far_side.person("Lina")
    far_side.faults.drop_before("getupdates")
    far_side.faults.fail("sendmessage")
    far_side.inject('{"update_id": 7, "message": "broken"}')
    person.says("/contact")
    process = await start(tmp_path, variables)
    await person.hears(seconds=20)
    process.terminate()
    await process.wait()
    said = output_of(tmp_path)
    assert process.returncode == 0
    assert "DEBUG" in said
    assert TOKEN not in said
    assert TOKEN.split(":")[1] not in said


@pytest.mark.timeout(30)
@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
async def test_a_polite_stop_finishes_what_is_being_sent(
    far_side: Sandbox, tmp_path: Path, cache: Path, matcher: object, stop: signal.Signals
) -> None:
    assert matcher is not None
    variables = environment(tmp_path, cache, BOT_TOKEN=TOKEN, BOT_API_URL=far_side.url)
    far_side.faults.delay("sendmessage", 0.5)
    person = far_side.person("Lina")
    person.says("/contact")
    process = await start(tmp_path, variables)
    await until(lambda: "setmycommands" in {name for name, _ in far_side.api.calls}, far_side)
    process.send_signal(stop)
    await process.wait()
    assert process.returncode == 0
    with sqlite3.connect(tmp_path / "data" / "g.db") as db:
        assert db.execute("SELECT count(*) FROM sendings WHERE state = 'claimed'").fetchone()[0] == 0
    db.close()


async def test_a_wrong_token_is_one_clear_line_without_the_token(
    far_side: Sandbox, tmp_path: Path, cache: Path, matcher: object
) -> None:
    assert matcher is not None
    wrong = "123456789:AAwrongwrongwrongwrongwrongwrong"
    said = await refusal(tmp_path, environment(tmp_path, cache, BOT_TOKEN=wrong, BOT_API_URL=far_side.url))
    assert "guichet: the Bot API refuses BOT_TOKEN; copy it again from BotFather into .env" in said
    assert "AAwrong" not in said


@pytest.mark.parametrize("token", ["", TOKEN])
async def test_a_port_in_use_is_one_clear_line(
    far_side: Sandbox, tmp_path: Path, cache: Path, matcher: object, token: str
) -> None:
    assert matcher is not None
    port = far_side.url.rsplit(":", 1)[1]
    said = await refusal(tmp_path, environment(tmp_path, cache, BOT_TOKEN=token, BOT_API_URL=far_side.url, PORT=port))
    assert f"can't listen on 127.0.0.1 port {port}" in said
    assert "set PORT to a free one" in said


async def test_a_call_folder_that_is_wrong_is_named_with_its_line(tmp_path: Path, cache: Path) -> None:
    (tmp_path / "call").mkdir()
    (tmp_path / "call" / "call.toml").write_text('id = "x"\nlanguages = [\n')
    said = await refusal(tmp_path, environment(tmp_path, cache, CALL=str(tmp_path / "call")))
    assert f"{tmp_path}/call/call.toml:" in said
    assert "not valid TOML" in said
    assert not (tmp_path / "data").exists()


async def test_a_database_that_is_none_is_refused_and_left_alone(tmp_path: Path, cache: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(b"These are my notes, not a database. " * 100)
    said = await refusal(tmp_path, environment(tmp_path, cache, DATABASE=str(path)))
    assert "nothing more is written or sent: restore a backup" in said
    assert path.read_bytes() == b"These are my notes, not a database. " * 100


async def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, cache: Path) -> None:
    said = await refusal(tmp_path, environment(tmp_path, cache, DATABASE="/proc/none/g.db"))
    assert "database /proc/none/g.db can't be used" in said


async def test_a_second_bot_on_the_same_database_refuses_to_start(tmp_path: Path, cache: Path) -> None:
    store = Store(tmp_path / "data" / "g.db")
    store.open()
    said = await refusal(tmp_path, environment(tmp_path, cache))
    await asyncio.to_thread(store.close)
    assert "another Guichet is running on it" in said


async def test_a_wrong_setting_is_named(tmp_path: Path, cache: Path) -> None:
    said = await refusal(tmp_path, environment(tmp_path, cache, SEND_RATE="fast"))
    assert said.startswith("guichet: setting SEND_RATE: ")
