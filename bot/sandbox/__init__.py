"""A strict stand-in for the Telegram Bot API on this machine, with a chat page: for trying out, and for the tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from aiohttp import web

from bot.sandbox.faults import Faults
from bot.sandbox.limits import Limits
from bot.sandbox.page_api import PageApi, Timeline
from bot.sandbox.people import Person, Shown, add_group, add_person
from bot.sandbox.server import BotApi
from bot.sandbox.state import Chat, Json, SandboxClock, World

__all__ = ["Faults", "Limits", "Office", "Person", "Sandbox", "SandboxClock", "Shown", "Timeline"]


class Office(NamedTuple):
    """Who runs the bot here: its owners, and the group where they work together."""

    owners: frozenset[int]
    staff_chat: int


class Sandbox:
    """The far side: a Bot API server, people who write to the bot, and the page."""

    def __init__(
        self,
        *,
        token: str,
        clock: SandboxClock,
        timeline: Timeline | None = None,
        limits: Limits | None = None,
        tally: Path | None = None,
    ) -> None:
        """Serve the bot that holds ``token``; ``tally`` gets a line for each delivered message."""
        self.world = World(clock, tally)
        self.faults = Faults()
        self.api = BotApi(self.world, token, limits or Limits(), self.faults)
        self.app = web.Application(client_max_size=60 * 1024 * 1024)
        self.app.add_routes(self.api.routes() + PageApi(self.world, timeline).routes())
        self.url = ""
        self._runner: web.AppRunner | None = None

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> str:
        """Listen; return the address.

        Raises:
            OSError: the port is taken.

        """
        self._runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        try:
            await site.start()
        except OSError:
            await self._runner.cleanup()
            raise
        self.url = f"http://{host}:{self._runner.addresses[0][1]}"
        return self.url

    async def stop(self) -> None:
        """Stop listening."""
        await self.api.close()
        if self._runner is not None:
            await self._runner.cleanup()
        self.world.close()

    def person(
        self, name: str, *, language_code: str = "fr", role: str = "applicant", user_id: int | None = None
    ) -> Person:
        """A new person who can write to the bot."""
        return add_person(self.world, name, language_code, role=role, user_id=user_id)

    def group(self, title: str, members: list[Person], *, forum: bool = False, chat_id: int | None = None) -> Chat:
        """A new group that the bot is in."""
        return add_group(self.world, title, members, forum=forum, chat_id=chat_id)

    def inject(self, update: Json | str) -> None:
        """Queue an update as it is; a text is raw JSON."""
        update_id = self.world.new_update_id()
        if isinstance(update, str):
            self.world.push_raw(update_id, update)
        else:
            self.world.push_raw(int(update.get("update_id", update_id)), json.dumps({"update_id": update_id} | update))

    def populate(self) -> Office:
        """The people and groups that the page shows at first; returns who of them run the bot, and where they meet."""
        candidate = self.person("Candidate", language_code="fr")
        others = [self.person("مترشح", language_code="ar"), self.person("Applicant", language_code="en")]
        owners = [self.person(f"Bureau {n}", language_code="fr", role="staff") for n in (1, 2)]
        self.group("Consortium", [candidate, *others, owners[0]])
        team = self.group("Équipe", owners, forum=True)
        self.world.forget_ids()
        return Office(frozenset(person.id for person in owners), team.id)
