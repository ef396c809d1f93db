"""The call as it stands at this moment: its folder, with what was decided and taught since."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from bot.store import Store, StoreError, UnusableStoreError, amendments, lessons
from bot.store.database import Database
from faq import Call
from faq.lessons import Lesson, taught

logger = logging.getLogger(__name__)

_PAUSE = 5.0
"""Seconds before the database is asked again for what was decided."""


class CurrentCall:
    """The call as it stands: what its folder says, with every change that was decided and every lesson taught since.

    The database holds the truth; `refresh` reads it. Whoever needs the call asks for it each time.
    """

    def __init__(self, folder: Call, store: Store) -> None:
        """Begin with what the folder says."""
        self.call = folder
        self._folder = folder
        self._store = store
        self._changed: list[Callable[[], None]] = []

    def on_change(self, tell: Callable[[], None]) -> None:
        """Have ``tell`` called whenever a change holds."""
        self._changed.append(tell)

    @property
    def folder(self) -> Call:
        """What the folder says by itself."""
        return self._folder

    @property
    def version(self) -> int:
        """The version of the deadline that `call` has."""
        return self.call.deadline.version if self.call.deadline else amendments.FIRST

    async def settle(self) -> None:
        """Begin to serve the folder's call: see that its deadline is the one people were told, and load changes.

        Raises:
            StoreError: the database can't be used.
            MovedInFolderError: the folder's deadline was changed under people who had been told it.

        """
        await self.replace(self._folder)

    async def replace(self, folder: Call) -> None:
        """Serve what the folder says now, under the name that the call had from the start.

        Raises:
            StoreError: the database can't be used.
            MovedInFolderError: its deadline was changed under people who had been told it; the former call stays.

        """
        folder = replace(folder, id=self._folder.id)
        deadline = folder.deadline
        if deadline is not None:
            await self._store.write(amendments.settle(folder.id, deadline.local, deadline.zone, folder.steps))
        self._folder = folder
        await self.refresh()

    async def at(self, version: int) -> Call:
        """The call as it stood with an earlier version of its deadline.

        Raises:
            StoreError: the database can't be read.

        """
        call = self._folder.id
        changes = await self._store.read(lambda db: amendments.all_of(db, call))
        return self._folder.amended(one for one in changes if one.version <= version)

    async def without(self, lesson: int | None) -> Call:
        """The call as the database holds it, or as it would stand without one of the lessons that hold.

        Raises:
            StoreError: the database can't be read.

        """
        return await self._with(partial(lessons.in_force, without=lesson))

    async def as_last_live(self) -> Call:
        """The call with those lessons that the matcher knew which went live last.

        Raises:
            StoreError: the database can't be read.

        """
        return await self._with(lessons.last_live)

    async def _with(self, given: Callable[[Database, str], list[Lesson]]) -> Call:
        folder = self._folder

        def question(db: Database) -> Call:
            return taught(folder.amended(amendments.all_of(db, folder.id)), given(db, folder.id))

        return await self._store.read(question)

    async def catch_up(self) -> None:
        """`refresh`, tried until it succeeds: what was put live must not wait for the next change.

        Raises:
            UnusableStoreError: it never will.

        """
        while True:
            try:
                return await self.refresh()
            except UnusableStoreError:
                raise
            except StoreError as error:
                logger.error("what staff changed can't be read yet, next try in %.0f s: %s", _PAUSE, error)  # noqa: TRY400
                await asyncio.sleep(_PAUSE)

    async def refresh(self) -> None:
        """Take over what the database holds.

        Raises:
            StoreError: it can't be read; what was served before still is.

        """
        self.call = await self.without(None)
        for tell in self._changed:
            tell()
