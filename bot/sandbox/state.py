"""The far side's memory: people, chats, messages, and the updates that wait for the bot."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol, TextIO

from bot.sandbox.samples import SAMPLES

Json = dict[str, Any]

BOT_ID = 1000001


class SandboxClock(Protocol):
    """The bot's clock, which the page may move forward."""

    def now(self) -> datetime:
        """The present instant, aware."""
        ...

    def advance(self, delta: timedelta) -> None:
        """Move forward."""
        ...


@dataclass
class Chat:
    """A private chat, a group or a supergroup, and all that was said in it; ``topics`` are names by their threads."""

    id: int
    type: str
    title: str
    members: list[int]
    admins: set[int] = field(default_factory=set[int])
    forum: bool = False
    messages: dict[int, Json] = field(default_factory=dict[int, Json])
    migrated_to: int | None = None
    bot_is_member: bool = True
    started: bool = False
    topics: dict[int, str] = field(default_factory=dict[int, str])
    pinned: list[int] = field(default_factory=list[int])


@dataclass
class User:
    """A person: what Telegram knows of them, and whether they blocked the bot."""

    id: int
    first_name: str
    language_code: str
    role: str = "applicant"
    blocked: bool = False

    def as_json(self) -> Json:
        """The Bot API's User."""
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.first_name,
            "language_code": self.language_code,
        }


@dataclass
class World:
    """All of it. ``tally`` is a file that gets a line for every delivered message, for tests that kill the bot."""

    clock: SandboxClock
    tally: Path | None = None
    username: str = "guichet_sandbox_bot"
    users: dict[int, User] = field(default_factory=dict[int, User])
    chats: dict[int, Chat] = field(default_factory=dict[int, Chat])
    files: dict[str, tuple[str, bytes]] = field(default_factory=lambda: dict(SAMPLES))
    """What was uploaded: names and contents by id. Telegram forgets one where a test takes it out."""
    photos: set[str] = field(default_factory=lambda: {"picture"})
    """The ids of those that are pictures, and nothing but pictures can be sent as."""
    queries: dict[str, Json] = field(default_factory=dict[str, Json])
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict[tuple[str, str], list[Json]])
    profile: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    updates: dict[int, str] = field(default_factory=dict[int, str])
    watchers: list[Callable[[Json], None]] = field(default_factory=list[Callable[[Json], None]])
    _next_update: int = field(default_factory=lambda: random.randint(10**8, 10**9))  # noqa: S311
    _next_id: int = 100
    _tally: TextIO | None = None
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)

    def new_id(self) -> int:
        """A number that was not used before."""
        self._next_id += 1
        return self._next_id

    def forget_ids(self) -> None:
        """Go on with numbers that no earlier run gave to messages and topics, which the bot's database remembers."""
        self._next_id = random.randint(10**7, 10**9)  # noqa: S311

    def bot(self) -> Json:
        """The Bot API's User for the bot."""
        return {"id": BOT_ID, "is_bot": True, "first_name": "Guichet", "username": self.username}

    def chat_json(self, chat: Chat) -> Json:
        """The Bot API's Chat."""
        if chat.type == "private":
            return {"id": chat.id, "type": "private", "first_name": chat.title}
        return {"id": chat.id, "type": chat.type, "title": chat.title} | ({"is_forum": True} if chat.forum else {})

    def push(self, kind: str, content: Json) -> int:
        """Queue an update for the bot; return its id."""
        update_id = self._next_update
        self._next_update += 1
        self.push_raw(update_id, json.dumps({"update_id": update_id, kind: content}))
        return update_id

    def push_raw(self, update_id: int, raw: str) -> None:
        """Queue an update as it is, malformed or not."""
        self.updates[update_id] = raw
        self._arrived.set()

    def new_update_id(self) -> int:
        """An id for an update that is pushed raw."""
        self._next_update += 1
        return self._next_update - 1

    async def arrived(self, seconds: float) -> None:
        """Wait until an update is queued, at most so long; none that came before this began to run is overlooked."""
        self._arrived.clear()
        if self.updates:
            return
        try:
            async with asyncio.timeout(seconds):
                await self._arrived.wait()
        except TimeoutError:
            return

    def add(self, chat: Chat, message: Json) -> Json:
        """Put a message into a chat."""
        message = {
            "message_id": self.new_id(),
            "date": int(self.clock.now().timestamp()),
            "chat": self.chat_json(chat),
        } | message
        chat.messages[message["message_id"]] = message
        self.tell({"type": "message", "chat": chat.id, "message_id": message["message_id"]})
        return message

    def delivered(self, method: str, message: Json) -> None:
        """Write a message that the bot sent into the tally."""
        if self.tally is None:
            return
        if self._tally is None:
            self._tally = self.tally.open("a", encoding="utf-8")
        line: Mapping[str, object] = {
            "method": method,
            "chat_id": message["chat"]["id"],
            "text": message.get("text") or message.get("caption"),
            "message_id": message["message_id"],
        }
        self._tally.write(json.dumps(line) + "\n")
        self._tally.flush()

    def tell(self, event: Json) -> None:
        """Tell the page and the tests that something changed."""
        for watcher in list(self.watchers):
            watcher(event)

    def close(self) -> None:
        """Close the tally."""
        if self._tally is not None:
            self._tally.close()
