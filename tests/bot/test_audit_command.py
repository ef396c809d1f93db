"""``python -m bot audit`` as an operator runs it, beside a running bot, and on files that somebody touched."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncGenerator
from contextlib import closing
from pathlib import Path

import pytest

from bot.store import Store, audit, chain
from tests.conftest import OPEN

ROOT = Path(__file__).parents[2]
HOSTILE = "x\n99  2025-01-01 00:00:00Z  c  bot  freeze  {}\N{RIGHT-TO-LEFT OVERRIDE}\x1b[2J"


@pytest.fixture
async def store(tmp_path: Path) -> AsyncGenerator[Store]:
    """A database that this process holds, as a running bot does, with three lines of audit."""
    store = Store(tmp_path / "g.db")
    store.open()
    for who, said in ((7, "الأجل"), (audit.NOBODY, None), (9, HOSTILE)):
        await store.write(audit.note(who, "freeze", call="c", now=OPEN, said=said))
    yield store
    await asyncio.to_thread(store.close)


async def run(tmp_path: Path, *arguments: str) -> tuple[int | None, str, str]:
    """The exit code, the output and the errors of the real command."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "audit", *arguments,
        cwd=tmp_path, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "DATABASE": str(tmp_path / "g.db")},
    )  # fmt: skip
    output, errors = await process.communicate()
    return process.returncode, output.decode(), errors.decode()


async def test_an_operator_verifies_it_beside_the_running_bot_and_finds_what_was_touched(
    tmp_path: Path, store: Store
) -> None:
    head = await store.read(chain.head)
    sent = f"{head.last}:{head.hash}"
    assert await run(tmp_path, "verify", "--head", f"{head.last}:{head.hash[:16]}") == (
        0,
        f"3 lines, head {sent}, whole\n",
        "",
    )
    with closing(sqlite3.connect(tmp_path / "g.db")) as db:
        db.execute("DROP TRIGGER audit_never_UPDATE")
        db.execute("UPDATE audit SET who = 8 WHERE id = 2")
        db.commit()
    code, output, errors = await run(tmp_path, "verify")
    assert (code, errors) == (1, "")
    assert output.splitlines()[:2] == ["line 2 was changed", "the trigger audit_never_UPDATE was dropped or changed"]
    assert "NOT WHOLE" in output


async def test_the_last_lines_are_shown_one_a_line_whatever_somebody_typed(tmp_path: Path, store: Store) -> None:
    assert store
    code, output, _ = await run(tmp_path, "show", "2")
    first, second = output.splitlines()
    assert code == 0
    assert first == "2  2025-07-20 09:30:00Z  c  bot  freeze  {}"
    assert second.startswith("3  2025-07-20 09:30:00Z  c  9  freeze  ")
    assert all(sign.isprintable() for sign in second)


@pytest.mark.parametrize("arguments", [("verify", "--head", "12"), ("verify", "--head", "1:abc"), ("show", "-1")])
async def test_what_it_does_not_understand_gets_a_line_that_says_so(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    code, output, errors = await run(tmp_path, *arguments)
    assert (code, output) == (2, "")
    assert errors.startswith("usage: python -m bot audit")


KILLED = """
import sys
from datetime import UTC, datetime
from bot.store import audit
from bot.store.opening import connect
from bot.store.migrations import migrations
from pathlib import Path
db = connect(Path(sys.argv[1]))
migrations.apply(db)
while True:
    with db.atomic():
        audit.note(7, "freeze", call="c", now=datetime(2025, 7, 20, tzinfo=UTC))(db)
    print(".", end="", flush=True)
"""


async def test_a_kill_between_two_lines_leaves_a_whole_chain(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED, str(tmp_path / "g.db"), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout
    await process.stdout.readexactly(20)
    process.send_signal(signal.SIGKILL)
    written = 20 + len(await process.stdout.read())
    await process.wait()
    code, output, _ = await run(tmp_path, "verify")
    assert code == 0
    assert written <= int(output.split()[0]) <= written + 1
