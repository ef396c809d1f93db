"""Whoever tries the bot out plays both owners on the page: its clock counts to the deadline that holds."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.journeys.owning import NOTICE

ROOT = Path(__file__).parents[2]
FIRST, SECOND, TEAM = "Bureau 1", "Bureau 2", "Équipe"

pytestmark = pytest.mark.timeout(30)


class Page:
    """What the chat page asks the sandbox of the real process."""

    def __init__(self, session: aiohttp.ClientSession, events: aiohttp.ClientResponse, ids: dict[str, int]) -> None:
        self.session = session
        self.events = events
        self.ids = ids

    async def does(self, act: str, who: str, **what: object) -> None:
        body = {"person": self.ids[who], "chat": self.ids[who]} | what
        async with self.session.post(f"/sandbox/{act}", json=body) as answer:
            assert answer.status == 200, await answer.text()

    async def sees(self, who: str, text: str) -> dict[str, Any]:
        """The next message of the bot to somebody that holds a text."""
        async for line in self.events.content:
            event = json.loads(line[6:]) if line.startswith(b"data: ") else {}
            message = event.get("message") or {}
            if event.get("chat") == self.ids[who] and message.get("from") == "bot" and text in message["text"]:
                return message
        raise AssertionError(text)

    async def clock(self) -> dict[str, Any]:
        async with self.session.get("/sandbox/state") as answer:
            return (await answer.json())["clock"]

    async def changes(self, request: str) -> None:
        """One owner asks, the other confirms."""
        await self.does("send", FIRST, text=request)
        asked = await self.sees(SECOND, "Un autre propriétaire propose ce changement")
        apply = asked["buttons"][0][0]["data"]
        await self.does("press", SECOND, data=apply, message=asked["id"])
        await self.sees(SECOND, "C'est fait, partout à la fois.")


@pytest.fixture
async def page(tmp_path: Path, cache: Path, matcher: object) -> AsyncGenerator[Page]:
    """The real process without a token, and its page."""
    assert matcher is not None
    variables = {
        "PATH": os.environ["PATH"],
        "XDG_CACHE_HOME": str(cache.parent),
        "PYTHONPATH": str(ROOT),
        "DATABASE": str(tmp_path / "g.db"),
        "PORT": "0",
        "LOG_LEVEL": "ERROR",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", cwd=tmp_path, env=variables, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    line = (await process.stdout.readline()).decode()
    url = line.partition("Open ")[2].split()[0]
    try:
        async with aiohttp.ClientSession(url) as session, session.get("/sandbox/events") as events:
            async with session.get("/sandbox/state") as answer:
                state = await answer.json()
            ids = {one["name"]: one["id"] for one in state["people"]}
            ids |= {one["title"]: one["id"] for one in state["groups"]}
            page = Page(session, events, ids)
            for owner in (FIRST, SECOND):
                await page.does("send", owner, text="/start")
                await page.sees(owner, "Bonjour !")
            yield page
    finally:
        process.terminate()
        await process.wait()


async def test_after_a_change_the_page_counts_to_the_new_date(page: Page) -> None:
    before = await page.clock()
    assert before["deadline"] == "2025-07-24T14:00:00+00:00"
    assert before["next_reminder"] == "2025-07-21T14:00:00+00:00"
    await page.changes(f"/newdeadline 31/07/2025 15:00 {NOTICE}")
    after = await page.clock()
    assert after["deadline"] == "2025-07-31T14:00:00+00:00"
    assert after["next_reminder"] == "2025-07-24T14:00:00+00:00"


async def test_of_a_cancelled_call_the_page_announces_no_reminder(page: Page) -> None:
    await page.changes(f"/newdeadline cancel {NOTICE}")
    assert (await page.clock())["next_reminder"] is None


async def test_what_concerns_the_office_is_said_in_its_group(page: Page) -> None:
    await page.does("send", FIRST, text="/freeze")
    assert "/unfreeze" in (await page.sees(TEAM, "/freeze"))["text"]
