"""The call folder is watched: a change on disk is served at once, and what is wrong in it is told to the office."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

from bot.messages import Message
from bot.rounds import forever
from bot.services import Services
from bot.store import lessons, sendings
from bot.store.amendments import MovedInFolderError
from faq import Call, CallError, load
from faq.domain import DOMAIN
from faq.languages import ReplyLanguage
from faq.lessons import without_effect
from faq.markup import Html
from faq.problems import Problem

logger = logging.getLogger(__name__)

_ROUND = timedelta(seconds=1)
_SUFFIXES = frozenset({".toml", ".txt"})
_MOST = 10
"""Problems that are told, or entries; when they are mended, the next ones are."""

_LONGEST = 300
"""Characters of each."""

Print = frozenset[tuple[str, int, int]]
"""What tells one state of the files from another: their names, times and sizes."""


class FolderWatch:
    """Looks every second; files that are the same at two looks have been saved completely."""

    def __init__(self, services: Services, path: Path, served: Callable[[], Awaitable[None]]) -> None:
        """Watch the folder ``path``, from now on; ``served`` is called when its new state is."""
        self._services = services
        self._store, self._clock, self._current = services.store, services.clock, services.current
        self._path = path
        self._done = self._seen = self._print()
        self._served = served
        self._has_begun = False

    async def run(self) -> None:
        """Watch until cancelled."""
        await forever(self._look, trouble="the call folder could not be taken over")

    async def _look(self) -> None:
        if not self._has_begun:
            await self._warn()
            self._has_begun = True
        await self._clock.wait_until(self._clock.now() + _ROUND)
        before, self._seen = self._seen, await asyncio.to_thread(self._print)
        if self._seen == before and self._seen != self._done:
            await self.reload()
            self._done = before

    async def _warn(self) -> None:
        """Say to the operators what the folder, which may have changed before this start, has no place for any more."""
        if lost := await self._lost():
            logger.warning("what was taught has no effect where the folder lacks its entry or a fact: %s", lost)

    async def reload(self) -> None:
        """Serve what the folder says now, or tell the office why that can't be.

        Raises:
            StoreError: the database failed.

        """
        try:
            folder = await asyncio.to_thread(load, self._path)
            self._refuse_another(folder)
            await self._current.replace(folder)
        except CallError as error:
            logger.warning("the call folder has faults, so the former state is served:\n%s", error)
            await self._tell(partial(self._faults, error.problems))
        except MovedInFolderError as error:
            logger.warning("the call folder gives another deadline than people were told: %s", error)
            await self._tell(partial(self._say, "folder-moved"))
        else:
            logger.info("the call folder was read again")
            await self._tell(partial(self._read, await self._lost()))
            await self._served()

    def _refuse_another(self, folder: Call) -> None:
        """See that it is still the same call: everything in the database hangs on its name.

        Raises:
            CallError: it is another.

        """
        name = self._current.folder.id.partition("+")[0]
        if folder.id != name:
            remedy = f"put {name!r} back, or start the bot anew for another call"
            raise CallError([Problem(self._path / "call.toml", 0, f"the id is {folder.id!r} now", remedy)])

    def _print(self) -> Print:
        found = [path for place in (self._path, DOMAIN) for path in place.rglob("*") if path.suffix in _SUFFIXES]
        return frozenset(_print(path) for path in found)

    async def _tell(self, word: Callable[[ReplyLanguage], Message]) -> None:
        now, call = self._clock.now(), self._current.call
        await self._store.write(sendings.plan_in_own_languages(call, self._services.office.told, word, now=now))
        self._services.wake_sender()

    def _say(self, key: str, language: ReplyLanguage) -> Message:
        return Message(self._services.texts.say(language, key))

    async def _lost(self) -> str:
        """The entries on which lessons were given that hold no more, and how many; empty where all of them hold."""
        call = self._current.call
        given = await self._store.read(lambda db: lessons.in_force(db, call.id))
        lost = Counter(one.entry for one in without_effect(call, given))
        return ", ".join(f"{entry} ({count})" for entry, count in lost.most_common(_MOST))

    def _read(self, lost: str, language: ReplyLanguage) -> Message:
        parts = [self._services.texts.say(language, "folder-read")]
        if lost:
            parts.append(self._services.texts.say(language, "folder-lost", entries=lost))
        return Message(Html("\n\n".join(parts)))

    def _faults(self, problems: tuple[Problem, ...], language: ReplyLanguage) -> Message:
        lines = [
            self._services.texts.say(
                language,
                "folder-fault",
                place=f"{one.file.name}:{one.line}" if one.line else one.file.name,
                what=one.what[:_LONGEST],
                remedy=one.remedy[:_LONGEST],
            )
            for one in problems[:_MOST]
        ]
        head = self._services.texts.say(language, "folder-faults", count=len(problems))
        return Message(Html("\n".join([head, *lines])))


def _print(path: Path) -> tuple[str, int, int]:
    """A file's name, time and size; zeros for one that has just gone."""
    try:
        state = path.stat()
    except OSError:
        return str(path), 0, 0
    return str(path), state.st_mtime_ns, state.st_size
