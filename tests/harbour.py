"""Where the real bot is sent into a storm: a small call near its deadline, a database with people, the plan's word."""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from bot.messages import Message
from bot.rules.campaign import How, Stage
from bot.rules.plan import Purpose
from bot.sandbox import Sandbox
from bot.store import Change, Store, all_of, broadcasts, drafts, reading, registrations
from bot.store.broadcasts import Broadcast
from bot.store.database import Database
from bot.store.instants import stored
from bot.store.people import choose_profile, seen
from faq.languages import ReplyLanguage
from faq.markup import Html
from tests.verdict import Policy

ROOT = Path(__file__).parents[1]
TOKEN = "123456789:AAtestingtestingtestingtesting"
CALL = "storm"
OWNER = 1
"""Who runs the bot; nobody has a chat with this number."""

_LEAD = timedelta(hours=20)
"""Time to the deadline: on its last day a reminder may go out at any hour, and its step of one day is due at once."""

_LONG_AGO = timedelta(days=30)

_CALL = """\
id = "{id}"
languages = ["en"]
domain = false
steps = ["2d", "1d"]

[title]
en = "Moorings in a storm"

[facts.zone]
en = "universal time"

[deadline]
local = {local:%Y-%m-%dT%H:%M:%S}
zone = "Etc/UTC"
instant = {local:%Y-%m-%dT%H:%M:%S}Z
"""

_ANSWERS = "".join(f'[{entry}]\nquestion = "{entry}"\nanswer = "See the desk."\n' for entry in ("mooring", "parking"))
_PHRASINGS = """\
[mooring.en]
sheet = ["where can I moor my boat", "mooring places"]

[parking.en]
sheet = ["where can I park", "is there a car park"]
"""
"""So few that a model of them is made in a second."""

_NEVER = "9999"

_ASKED = "kind IN ('broadcast', 'reminder')"
"""Those sendings that a storm is about."""

_HELD = re.compile(r"held +no\. \d+ to chat (-?\d+), ")


def write_call(folder: Path, now: datetime, *, name: str = CALL) -> Path:
    """A call folder whose last day is running at ``now``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "call.toml").write_text(_CALL.format(id=name, local=(now + _LEAD).astimezone(UTC)), "utf-8")
    (folder / "en.toml").write_text(_ANSWERS, "utf-8")
    (folder / "phrasings.toml").write_text(_PHRASINGS, "utf-8")
    return folder


def settle_people(far_side: Sandbox, count: int) -> list[int]:
    """So many new people who may be written to; their chats."""
    people = [far_side.person(f"p{n}").id for n in range(count)]
    for chat_id in people:
        far_side.world.chats[chat_id].started = True
    return people


async def prepare(database: Path, policy: Policy, people: Sequence[int], now: datetime, *, call: str = CALL) -> None:
    """Have a message of this kind to be sent to everybody: by registration, or as copies of a broadcast."""
    if policy is Policy.BROADCAST:
        change: Change = being_sent(call, people, now=now)
    else:
        told_at, purpose, language = now - _LONG_AGO, Purpose.DEADLINE, ReplyLanguage.EN
        change = all_of(
            [registrations.register(call, chat, purpose, language, version=1, now=told_at) for chat in people]
        )
    store = Store(database)
    store.open()
    try:
        await store.write(change)
    finally:
        await asyncio.to_thread(store.close)


def being_sent(  # noqa: PLR0913  what makes it
    call: str,
    people: Sequence[int],
    *,
    now: datetime,
    audience: str = "profile:weatherbeaten",
    how: How = How.NEW,
    corrects: int | None = None,
) -> Change:
    """A broadcast that `OWNER` wrote and confirmed, and that has just begun, to people who once wrote in English."""

    def change(db: Database) -> None:
        all_of([seen(chat, ReplyLanguage.EN, now=now) for chat in people])(db)
        all_of([choose_profile(chat, "weatherbeaten") for chat in people])(db)
        begin = drafts.begin(
            call, OWNER, OWNER, ReplyLanguage.EN, now=now, audience=audience, how=how, corrects=corrects
        )
        draft = begin(db)
        drafts.write(call, draft, ReplyLanguage.EN, Message(Html("A storm is coming.")))(db)
        drafts.ask(call, _seen(db, call, draft.id), {OWNER: "123456"}, now=now)(db)
        drafts.approve(call, _seen(db, call, draft.id), by=OWNER, at=now, now=now)(db)
        waiting = _seen(db, call, draft.id)
        broadcasts.move(call, waiting, Stage.SENDING, started_at=now, went_on_at=now, expected=len(people))(db)

    return change


def _seen(db: Database, call: str, number: int) -> Broadcast:
    found = broadcasts.of(db, call, number)
    assert found is not None
    return found


class Row(NamedTuple):
    """A sending as it stands in the database."""

    chat_id: int
    state: str


def rows(database: Path) -> list[Row]:
    """Every sending of a database that may be in use."""
    return reading(
        database,
        lambda db: [
            Row(*row)
            for row in db.execute(f"SELECT chat_id, state FROM sendings WHERE {_ASKED}")  # noqa: S608  the same
        ],
    )


def waiting(database: Path, people: int, *, until: datetime | None = None) -> int:
    """How many have still to be planned, sent or settled; with ``until``, without what is put off until later."""
    question = (
        "SELECT count(*), count(*) FILTER (WHERE state = 'claimed' OR (state = 'planned' AND not_before <= ?)) "  # noqa: S608  the same
        f"FROM sendings WHERE {_ASKED}"
    )
    moment = _NEVER if until is None else stored(until)
    planned, left = reading(database, lambda db: db.execute(question, (moment,)).fetchone())
    return people - planned + left


def delivered(tally: Path) -> list[tuple[int, str]]:
    """What the far side delivered to whom, in its order."""
    if not tally.exists():
        return []
    lines = [json.loads(line) for line in tally.read_text("utf-8").splitlines()]
    return [(line["chat_id"], line["text"]) for line in lines]


def environment(folder: Path, far_side: Sandbox, call: Path, **changes: str) -> dict[str, str]:
    """A bare environment for the bot; everything that it writes is in ``folder``."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "DATABASE": str(folder / "guichet.db"),
        "CALL": str(call),
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": far_side.url,
        "SEND_RATE": "1000",
        "OWNER_IDS": str(OWNER),
        "PORT": "0",
    } | changes


async def start(folder: Path, variables: dict[str, str]) -> asyncio.subprocess.Process:
    """The real process. It writes into a file, for a pipe that nobody reads would stop it once it is full."""
    with (folder / "output").open("ab") as output:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", cwd=folder, env=variables, stdout=output, stderr=output
        )


async def listed_as_held(folder: Path, variables: dict[str, str]) -> frozenset[int]:
    """The chats that ``python -m bot plan`` names as held."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "plan", cwd=folder, env=variables, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    if process.returncode != 0:
        message = f"the plan could not be printed: exit code {process.returncode}"
        raise RuntimeError(message)
    return held_in(said.decode().splitlines())


def held_in(plan: Sequence[str]) -> frozenset[int]:
    """The chats that a plan names as held."""
    return frozenset(int(found[1]) for line in plan if (found := _HELD.match(line)))
