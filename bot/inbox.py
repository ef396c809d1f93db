"""Updates taken once: stored before they are confirmed, handled in order a chat, again after a crash."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import timedelta

from bot.clock import Clock
from bot.store import Store, StoreError, updates

logger = logging.getLogger(__name__)

Body = Mapping[str, object]
"""An update as Telegram sent it, read from JSON and not yet understood."""

_LANES = 16
"""Chats handled side by side; one chat's updates stay in order in one lane."""

_LANE_ROOM = 64
"""Updates that may wait in a lane before taking more has to wait: what is stored need not be in memory too."""

_KEPT = timedelta(hours=48)
"""Telegram keeps updates for 24 hours; the ids of twice that are remembered against repeats."""

_ATTEMPTS = 5
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 30.0


class UnreadableUpdateError(Exception):
    """An update that the framework can't parse. It is set aside, the others go on."""


class UnsettledUpdateError(Exception):
    """An update whose handling ended without being recorded, because the store failed."""


class Inbox:
    """Takes updates durably and has each one handled."""

    def __init__(self, store: Store, clock: Clock, handle: Callable[[Body], Awaitable[None]]) -> None:
        """Hand every update to ``handle``, which records it as handled or raises."""
        self._store = store
        self._clock = clock
        self._handle = handle
        self._recovered = asyncio.Event()
        self._lanes: list[asyncio.Queue[tuple[int, str]]] = [asyncio.Queue(_LANE_ROOM) for _ in range(_LANES)]

    async def take(self, bodies: Iterable[Body]) -> None:
        """Store the updates that are new, then line them up; when this returns they may be confirmed.

        Raises:
            StoreError: nothing was stored, so nothing may be confirmed.

        """
        known = {update_id: body for body in bodies if (update_id := _id_of(body)) is not None}
        raws = [(update_id, json.dumps(body)) for update_id, body in known.items()]
        await self._recovered.wait()  # or what a crash left would be lined up twice
        now = self._clock.now()
        new = set(await self._store.write(lambda db: updates.take(db, raws, now=now)))
        for update_id, raw in raws:
            if update_id in new:
                await self._line_up(update_id, raw)

    async def run(self) -> None:
        """Handle what a crash left, then what comes, until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            for lane in self._lanes:
                tasks.create_task(self._work(lane))
            tasks.create_task(self._tidy())
            for update_id, raw in await self._store.read(updates.pending):
                await self._line_up(update_id, raw)
            self._recovered.set()

    async def _line_up(self, update_id: int, raw: str) -> None:
        await self._lanes[_chat_of(json.loads(raw)) % _LANES].put((update_id, raw))

    async def _work(self, lane: asyncio.Queue[tuple[int, str]]) -> None:
        while True:
            await self._settle(*await lane.get())

    async def _settle(self, update_id: int, raw: str) -> None:
        """Have one update handled; try again while the store fails, for ever, and otherwise a few times."""
        pause, left = _FIRST_PAUSE, _ATTEMPTS
        while True:
            try:
                await self._handle(json.loads(raw))
            except StoreError as error:
                logger.error("update %d waits: %s", update_id, error)  # noqa: TRY400  the message says it all
            except UnsettledUpdateError:
                left -= 1
            except UnreadableUpdateError as error:
                await self._set_aside(update_id, f"unreadable: {error}")
                return
            else:
                return
            if not left:
                await self._set_aside(update_id, "handling it failed again and again")
                return
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    async def _set_aside(self, update_id: int, reason: str) -> None:
        logger.error("update %d is set aside in quarantine: %s", update_id, reason)
        try:
            await self._store.write(updates.quarantined(update_id, reason))
        except StoreError as error:
            logger.error("update %d stays pending: %s", update_id, error)  # noqa: TRY400

    async def _tidy(self) -> None:
        while True:
            try:
                await self._store.write(updates.forget(self._clock.now() - _KEPT))
            except StoreError as error:
                logger.error("old updates stay: %s", error)  # noqa: TRY400
            await self._clock.wait_until(self._clock.now() + _KEPT / 8)


def _id_of(body: Body) -> int | None:
    """The id of an update; None, and a line in the log, for what has none."""
    update_id = body.get("update_id")
    if isinstance(update_id, int):
        return update_id
    logger.error("an update without a numeric update_id was dropped; its keys: %s", sorted(map(str, body)))
    return None


def _chat_of(body: Body) -> int:
    """A number that is the same for all updates of one chat."""
    for event in body.values():
        for holder in (event, _part(event, "message")):
            for who in ("chat", "from"):
                number = _part(_part(holder, who), "id")
                if isinstance(number, int):
                    return number
    return 0


def _part(value: object, key: str) -> object:
    return value.get(key) if isinstance(value, dict) else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
