"""Who is of the office, and where it meets, is read again when the file of settings changes, and holds from then on."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from bot.desk import asking
from bot.messages import Message
from bot.office import Office
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

Held = dict[str, list[int]]
"""Who is of the office, and where it works together, each under its name."""

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
            await self._take_over(Roles.of(settings.owner_ids, settings.staff_ids), settings.staff_chat_id)
        self._read = found

    async def _take_over(self, roles: Roles, chat_id: int | None) -> None:
        """They hold at once, whether or not that can be recorded; who had them before stands in the record."""
        services, office = self._services, self._services.office
        held, office.roles = _held(office), roles
        office.chat_id = await services.store.read(self._place(chat_id))
        if after := await services.store.write(self._record(held, self._place(chat_id))):
            lists = "; ".join(f"{name} {_listed(ids)}" for name, ids in after.items())
            logger.info("the rights of the office changed: %s", lists)
        services.wake_sender()

    def _place(self, chat_id: int | None) -> Callable[[Database], int | None]:
        """Where the staff chat of the settings is by now."""
        return lambda db: audit.place_of(db, chat_id, call=self._services.call.id)

    def _record(self, held: Held, place: Callable[[Database], int | None]) -> Callable[[Database], Held | None]:
        """Note what differs from what was noted last, or at the first start what holds, and tell the office.

        The staff chat may have moved since its ``place`` was read, so it is read once more.
        """
        services, now = self._services, self._services.clock.now()
        call = services.call

        def change(db: Database) -> Held | None:
            services.office.chat_id = place(db)
            after = _held(services.office)
            lines = audit.latest(db, 1, call=call.id, act="roles")
            noted: Held | None = {"chat": held["chat"]} | lines[0].detail["after"] if lines else None
            before = held if noted is None else noted
            before["chat"] = [audit.place_of(db, one, call=call.id) or one for one in before["chat"]]
            if noted == after:
                return None
            audit.note(audit.NOBODY, "roles", call=call.id, now=now, before=noted, after=after)(db)
            told = {*services.office.told, *before["chat"]} if before != after else ()
            word = partial(self._news, before=before, after=after)
            sendings.plan_in_own_languages(call, sorted(told), word, now=now)(db)
            if before["chat"] != after["chat"]:
                asking.move(services.desk(now), db, before["chat"])
            return after

        return change

    def _news(self, language: ReplyLanguage, *, before: Held, after: Held) -> Message:
        say = self._services.texts.say
        owners, staff = after["owners"], after["staff"]
        gone = {*before["owners"], *before["staff"]} - {*owners, *staff}
        parts = [say(language, "roles-changed", owners=_listed(owners), staff=_listed(staff))]
        if gone:
            parts.append(say(language, "roles-gone", gone=_listed(gone)))
        if before["chat"] != after["chat"]:
            key = "roles-chat" if after["chat"] else "roles-no-chat"
            parts.append(say(language, key, **({"chat": _listed(after["chat"])} if after["chat"] else {})))
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


def _held(office: Office) -> Held:
    """The roles and the staff chat as the audit keeps them."""
    chat = [] if office.chat_id is None else [office.chat_id]
    return {"owners": sorted(office.roles.owners), "staff": sorted(office.roles.staff), "chat": chat}


def _listed(ids: Iterable[int]) -> str:
    """The first ids, and that there are more."""
    every = sorted(ids)
    return (", ".join(map(str, every[:_MOST_SHOWN])) + (" ..." if len(every) > _MOST_SHOWN else "")) or "0"
