"""Who is of the office is read again when the file of settings changes: who was removed has no right from then on."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from pathlib import Path

from bot.messages import Message
from bot.rounds import forever
from bot.rules.roles import Roles
from bot.services import Services
from bot.settings import SettingsError, read_settings
from bot.store import audit, sendings
from bot.store.database import Database
from faq.languages import ReplyLanguage
from faq.markup import Html

logger = logging.getLogger(__name__)

_EVERY = 0.25
"""Seconds between two looks at the file."""
_MOST_SHOWN = 40

Signature = tuple[int, int, int] | None
"""What differs once a file was written; None: there is none."""


class Rights:
    """Looks at the file, and reads it once it stands still: what is half written must take nobody's right away."""

    def __init__(self, services: Services, file: Path) -> None:
        """Watch ``file`` for the office of ``services``."""
        self._services = services
        self._file = file
        self._seen: Signature | str = "never"
        self._read: Signature | str = "never"

    async def run(self) -> None:
        """Look until cancelled."""

        async def go_round() -> None:
            await self.look()
            await asyncio.sleep(_EVERY)

        await forever(go_round, trouble="a change of rights holds, but could not be recorded")

    async def look(self) -> None:
        """Take over what the file says, where it was changed before the last look and not since.

        Raises:
            StoreError: the change holds, but could not be recorded; the next look tries again.

        """
        found = await asyncio.to_thread(_signature, self._file)
        if found != self._seen:
            self._seen = found
            return
        if found == self._read:
            return
        try:
            if found is None and self._read != "never":
                message = f"{self._file} is gone"
                raise SettingsError(message)  # noqa: TRY301  it is answered like any other that can't be read
            settings = await asyncio.to_thread(read_settings, self._file)
        except SettingsError as error:
            logger.error("the rights stay as they are: %s", error)  # noqa: TRY400
            await self._tell_unreadable()
        else:
            await self._take_over(Roles.of(settings.owner_ids, settings.staff_ids))
        self._read = found

    async def _take_over(self, roles: Roles) -> None:
        """They hold at once, whether or not that can be recorded; who had them before stands in the record."""
        services = self._services
        held, services.office.roles = services.office.roles, roles
        if await services.store.write(self._record(held, roles)):
            logger.info("the rights of the office changed: owners %s, staff %s", *map(_listed, _of(roles).values()))
        services.wake_sender()

    def _record(self, held: Roles, roles: Roles) -> Callable[[Database], bool]:
        """Note what differs from what was noted last, or at the first start what holds, and tell the office."""
        services, now = self._services, self._services.clock.now()
        call, after = services.call, _of(roles)

        def change(db: Database) -> bool:
            lines = audit.latest(db, 1, call=call.id, act="roles")
            noted: dict[str, list[int]] | None = lines[0].detail["after"] if lines else None
            if noted == after:
                return False
            audit.note(audit.NOBODY, "roles", call=call.id, now=now, before=noted, after=after)(db)
            before = _of(held) if noted is None else noted
            gone = {one for ids in before.values() for one in ids} - roles.everyone
            told = services.office.told if before != after else ()
            sendings.plan_in_own_languages(call, told, lambda spoken: self._news(spoken, after, gone), now=now)(db)
            return True

        return change

    def _news(self, language: ReplyLanguage, after: dict[str, list[int]], gone: set[int]) -> Message:
        say = self._services.texts.say
        lists = {name: _listed(ids) for name, ids in after.items()}
        parts = [say(language, "roles-changed", **lists)]
        if gone:
            parts.append(say(language, "roles-gone", gone=_listed(gone)))
        return Message(Html("\n".join(parts)))

    async def _tell_unreadable(self) -> None:
        services = self._services
        now = services.clock.now()
        await services.store.write(
            sendings.plan_in_own_languages(services.call, services.office.told, self._unreadable, now=now)
        )
        services.wake_sender()

    def _unreadable(self, language: ReplyLanguage) -> Message:
        return Message(self._services.texts.say(language, "roles-unreadable"))


def _signature(file: Path) -> Signature:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _of(roles: Roles) -> dict[str, list[int]]:
    """The roles as the audit keeps them."""
    return {"owners": sorted(roles.owners), "staff": sorted(roles.staff)}


def _listed(ids: Iterable[int]) -> str:
    """The first ids, and that there are more."""
    every = sorted(ids)
    return (", ".join(map(str, every[:_MOST_SHOWN])) + (" ..." if len(every) > _MOST_SHOWN else "")) or "0"
