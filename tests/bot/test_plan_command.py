"""``python -m bot plan`` as an operator runs it: exact, beside a running bot, and without touching anything."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import sys
from collections.abc import AsyncGenerator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.messages import Message
from bot.rules.outbox import Ambiguous, Kind
from bot.rules.plan import Purpose
from bot.store import Store, amendments, claiming, people, registrations, sendings
from bot.store.amendments import Proposal
from faq import find, load
from faq.deadline import Amendment
from faq.languages import ReplyLanguage
from faq.markup import Html
from tests.conftest import NO_OFFICE, TOKEN

ROOT = Path(__file__).parents[2]
CALL = "clusters-2025"
LONG_AGO = datetime(2025, 1, 2, 12, tzinfo=UTC)
CLOSES = datetime(2099, 7, 24, 15, tzinfo=UTC)
"""By then Morocco has been at UTC+0 for decades."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The call with a deadline that is far ahead of any day on which this test is run."""
    made = shutil.copytree(find(CALL), tmp_path / "call")
    text = (made / "call.toml").read_text("utf-8")
    text = text.replace("local = 2025-07-24T15:00:00", "local = 2099-07-24T15:00:00")
    (made / "call.toml").write_text(text.replace("instant = 2025-07-24T14", "instant = 2099-07-24T15"), "utf-8")
    assert (deadline := load(made).deadline)
    assert deadline.instant == CLOSES
    return made


@pytest.fixture
async def store(tmp_path: Path) -> AsyncGenerator[Store]:
    """A database that this process holds, as a running bot does."""
    store = Store(tmp_path / "data" / "g.db")
    store.open()
    yield store
    await asyncio.to_thread(store.close)


async def plan(tmp_path: Path, *arguments: str, **changes: str) -> tuple[int | None, str, str]:
    """The exit code, the output and the errors of the real command."""
    variables = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "DATABASE": str(tmp_path / "data" / "g.db"),
        "CALL": str(tmp_path / "call"),
        "BOT_TOKEN": TOKEN,
    } | changes
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *(arguments or ("plan",)),
        cwd=tmp_path, env=variables, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    output, errors = await process.communicate()
    return process.returncode, output.decode(), errors.decode()


async def sign_up(store: Store, *chats: int, purpose: Purpose = Purpose.DEADLINE, call: str = CALL) -> None:
    for chat in chats:
        await store.write(registrations.register(call, chat, purpose, ReplyLanguage.FR, version=1, now=LONG_AGO))


def planned(output: str) -> list[str]:
    """The lines about what is still to be sent, without their moments' zone."""
    return [line.replace(" Africa/Casablanca (UTC+0)", "") for line in output.splitlines() if line[3:6] == " 20"]


async def test_each_moment_is_printed_with_weekday_zone_and_how_many_people(
    tmp_path: Path, folder: Path, store: Store
) -> None:
    assert folder
    await sign_up(store, 1, 2)
    code, output, errors = await plan(tmp_path)
    assert (code, errors) == (0, "")
    lines = output.splitlines()
    assert lines[0].startswith(f"call      {CALL}, now ")
    assert lines[1] == "deadline  Fri 2099-07-24 15:00 Africa/Casablanca (UTC+0) (version 1)"
    assert lines[2] == "people    2 for reminders, 0 for the next edition"
    assert lines[3:] == [
        "Wed 2099-06-24 15:00 Africa/Casablanca (UTC+0)  30d     to 2",
        "Fri 2099-07-10 15:00 Africa/Casablanca (UTC+0)  14d     to 2",
        "Fri 2099-07-17 15:00 Africa/Casablanca (UTC+0)  7d      to 2",
        "Tue 2099-07-21 15:00 Africa/Casablanca (UTC+0)  3d      to 2",
        "Thu 2099-07-23 15:00 Africa/Casablanca (UTC+0)  1d      to 2",
        "Fri 2099-07-24 12:00 Africa/Casablanca (UTC+0)  3h      to 2",
    ]


async def test_the_numbers_follow_what_each_person_chose(tmp_path: Path, folder: Path, store: Store) -> None:
    assert folder
    await sign_up(store, 1, 2, 3, 4, 5, 6)
    await sign_up(store, 6, 7, purpose=Purpose.NEXT_EDITION)
    await store.write(registrations.switch(CALL, 2, "3d", now=LONG_AGO))
    await store.write(registrations.has_submitted(CALL, 3))
    await store.write(people.shut_out(CALL, 4))
    await store.write(registrations.put_off(CALL, 5, datetime(2099, 7, 20, 9, tzinfo=UTC)))
    _, output, _ = await plan(tmp_path)
    assert output.splitlines()[2] == "people    5 for reminders, 2 for the next edition"
    assert [line.split("  ", 1)[1] for line in planned(output)] == [
        "30d     to 3", "14d     to 3", "7d      to 3", "later   to 1", "3d      to 3", "1d      to 4", "3h      to 4",
    ]  # fmt: skip
    assert planned(output)[3].startswith("Mon 2099-07-20 09:00")


async def test_what_waits_and_what_is_held_is_named(tmp_path: Path, folder: Path, store: Store) -> None:
    assert folder
    now = datetime(2026, 1, 2, 12, tzinfo=UTC)
    thanks = Message(Html("Thanks"))
    await store.write(
        sendings.plan_reply(CALL, 41, thanks, ReplyLanguage.FR, now=now, kind=Kind.STAFF, step="word of thanks")
    )
    (claimed,) = (await store.write(claiming.claim(CALL, now=now, most=1, busy=(), office=NO_OFFICE))).sendings
    await store.write(sendings.finish(claimed, Ambiguous("the connection broke"), now=now))
    for chat in (42, 43):
        await store.write(sendings.plan_reply(CALL, chat, Message(Html("Hello")), ReplyLanguage.FR, now=now))
    _, output, _ = await plan(tmp_path)
    assert f"queued    2 of kind {Kind.REPLY}" in output
    assert f"held      no. {claimed.id} to chat 41, staff word of thanks: the connection broke" in output


async def decide(store: Store, local: datetime | None) -> None:
    """Change the deadline, long ago."""
    proposal = Proposal(
        id=1, base_version=1, local=local, source="https://a.example", proposed_by=9, proposed_at=LONG_AGO, code="1"
    )
    await store.write(amendments.propose(CALL, proposal))
    decided = Amendment(
        version=2, local=local, announced=LONG_AGO.date(), source="https://a.example", decided_at=LONG_AGO
    )
    await store.write(amendments.apply(CALL, proposal, decided, by=9))


async def test_a_changed_deadline_is_the_one_that_is_planned_for_and_its_news_is_counted_once(
    tmp_path: Path, folder: Path, store: Store
) -> None:
    assert folder
    await sign_up(store, 1, 2, 3)
    await decide(store, datetime(2099, 8, 7, 15))  # noqa: DTZ001  legal times are naive
    reminder = sendings.Reminder(1, "change", ReplyLanguage.FR, 2, CLOSES)
    await store.write(sendings.plan_reminders(CALL, [reminder], now=LONG_AGO))
    _, output, _ = await plan(tmp_path)
    assert "deadline  Fri 2099-08-07 15:00 Africa/Casablanca (UTC+0) (version 2)" in output
    assert [line.split("  ", 1)[1] for line in planned_and_now(output)] == [
        "change  to 2", "30d     to 3", "14d     to 3", "7d      to 3", "3d      to 3", "1d      to 3", "3h      to 3",
    ]  # fmt: skip
    assert "queued    1 of kind reminder" in output


def planned_and_now(output: str) -> list[str]:
    return [line for line in output.splitlines() if " to " in line and "Africa" in line]


async def test_a_cancelled_call_has_nothing_ahead_but_its_news(tmp_path: Path, folder: Path, store: Store) -> None:
    assert folder
    await sign_up(store, 1)
    await decide(store, None)
    _, output, _ = await plan(tmp_path)
    assert "deadline  cancelled (version 2)" in output
    assert planned(output) == [], "the news of it was of use for thirty days, long ago"


async def test_the_plan_of_a_closed_database_changes_nothing_in_it(tmp_path: Path, folder: Path) -> None:
    assert folder
    store = Store(tmp_path / "data" / "g.db")
    store.open()
    await sign_up(store, 1)
    await asyncio.to_thread(store.close)
    before = {path.name: path.read_bytes() for path in sorted(store.path.parent.iterdir())}
    code, output, _ = await plan(tmp_path)
    assert (code, "people    1 for reminders" in output) == (0, True)
    assert store.path.read_bytes() == before["g.db"]
    with closing(sqlite3.connect(store.path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def test_the_plan_beside_a_running_bot_commits_nothing(tmp_path: Path, folder: Path, store: Store) -> None:
    assert folder
    await sign_up(store, 1)
    with closing(sqlite3.connect(store.path)) as db:
        before = db.execute("SELECT count(*), max(told_at), (SELECT max(renewed_at) FROM lease) FROM registrations")
        row = before.fetchone()
        (version,) = db.execute("PRAGMA data_version").fetchone()
        code, _, _ = await plan(tmp_path)
        assert code == 0
        (after,) = db.execute("PRAGMA data_version").fetchone()
        renewed = db.execute("SELECT max(renewed_at) FROM lease").fetchone()[0] != row[2]
    assert after == version or renewed, "only the holder's own renewal of its lease may have come between"


async def test_without_a_database_it_says_that_there_is_none_yet_and_makes_none(tmp_path: Path, folder: Path) -> None:
    assert folder
    code, output, errors = await plan(tmp_path)
    assert (code, output) == (1, "")
    assert errors.startswith("guichet: ")
    assert str(tmp_path / "data" / "g.db") in errors
    assert "no database" in errors
    assert not (tmp_path / "data").exists()


async def test_something_else_at_the_databases_place_is_one_clear_line(tmp_path: Path, folder: Path) -> None:
    assert folder
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "g.db").write_bytes(b"These are my notes, not a database. " * 100)
    code, _, errors = await plan(tmp_path)
    assert code == 1
    assert errors.startswith("guichet: database ")
    assert len(errors.splitlines()) == 1


@pytest.mark.parametrize("arguments", [("plane",), ("plan", "now"), ("audit",), ("",)])
async def test_an_argument_that_it_does_not_know_gets_the_usage_line(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    code, output, errors = await plan(tmp_path, *arguments)
    assert (code, output) == (2, "")
    assert errors.startswith("usage: python -m bot ")
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(("token", "kept_as"), [(TOKEN, f"{CALL}+rehearsal"), ("", f"{CALL}+sandbox")])
async def test_the_plan_of_a_rehearsal_is_that_of_who_registered_in_it(
    tmp_path: Path, folder: Path, store: Store, token: str, kept_as: str
) -> None:
    assert folder
    await sign_up(store, 1, call=kept_as)
    await sign_up(store, 2, 3)
    moment = (CLOSES - timedelta(days=2)).isoformat()
    _, output, _ = await plan(tmp_path, BOT_TOKEN=token, REHEARSAL_NOW=moment)
    assert f"call      {kept_as}, now Wed 2099-07-22 15:00" in output
    assert "people    1 for reminders" in output
    assert "1d      to 1" in output
