"""Updates taken once: stored before they are confirmed, handled in order a chat, again after a crash."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence

from bot.clock import Clock
from bot.store import Store, StoreError, UnusableStoreError, updates

logger = logging.getLogger(__name__)

Body = Mapping[str, object]
"""An update as Telegram sent it, read from JSON and not yet understood."""

_LANES = 16
"""Chats handled side by side; one chat's updates stay in order in one lane."""

_LANE_ROOM = 64
"""Updates that may wait in a lane before taking more has to wait: what is stored need not be in memory too."""

_ATTEMPTS = 5
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 30.0


class UnreadableUpdateError(Exception):
    """An update that the framework can't parse. It is set aside, the others go on."""


class UnrecordedUpdateError(Exception):
    """An update whose person was answered, but of which nothing could be stored."""


class UnsettledUpdateError(Exception):
    """An update whose handling ended without being recorded, because the store failed."""


class Inbox:
    """Takes updates durably and has each one handled."""

    def __init__(self, store: Store, clock: Clock, handle: Callable[[Body], Awaitable[None]]) -> None:
        """Hand every update to ``handle``, which records it as handled or raises."""
        self._owed: set[int] = set()
        self._store = store
        self._clock = clock
        self._handle = handle
        self._recovered = asyncio.Event()
        self._lanes: list[asyncio.Queue[tuple[int, str]]] = [asyncio.Queue(_LANE_ROOM) for _ in range(_LANES)]

    async def take(self, bodies: Iterable[Body]) -> None:
        """Store the updates that are new, then line them up; when this returns they may be confirmed.

        Where the store fails, their people are answered at once with what needs no record.

        Raises:
            StoreError: not all were stored or answered, so none may be confirmed.

        """
        known = {update_id: body for body in bodies if (update_id := _id_of(body)) is not None}
        raws = [(update_id, json.dumps(body)) for update_id, body in known.items()]
        await self._recovered.wait()  # or what a crash left would be lined up twice
        now, owed = self._clock.now(), frozenset(self._owed)
        try:
            new = set(await self._store.write(lambda db: updates.take(db, raws, answered=owed, now=now)))
        except UnusableStoreError:
            raise
        except StoreError as error:
            await self._answer_unstored(raws, error)
            return
        self._owed -= owed
        for update_id, raw in raws:
            if update_id in new:
                await self._line_up(update_id, raw)

    async def _answer_unstored(self, raws: Sequence[tuple[int, str]], error: StoreError) -> None:
        """Answer without a record; each update once, also when Telegram hands it out again.

        Raises:
            StoreError: ``error``, where one of them could not be answered either.

        """
        logger.error("updates are answered without being stored: %s", error)
        for update_id, raw in raws:
            if update_id in self._owed:
                continue
            try:
                await self._handle(json.loads(raw))
            except UnrecordedUpdateError:
                self._owed.add(update_id)
            except UnreadableUpdateError:
                logger.error("update %d can't be read", update_id)  # noqa: TRY400  its content is nobody's business
                self._owed.add(update_id)
            except (StoreError, UnsettledUpdateError):
                raise error from None

    async def run(self) -> None:
        """Handle what a crash left, then what comes, until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            for lane in self._lanes:
                tasks.create_task(self._work(lane))
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
                _wait_or_end(update_id, error)
            except UnrecordedUpdateError:
                self._owed.add(update_id)
                return
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


def _wait_or_end(update_id: int, error: StoreError) -> None:
    """Say that an update waits for the store; where that can't be used any more, end."""
    if isinstance(error, UnusableStoreError):
        raise error
    logger.error("update %d waits: %s", update_id, error)


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
