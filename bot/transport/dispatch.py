"""One stored update through the framework: parsed alone, handled, and known to be recorded."""

from __future__ import annotations

from typing import Any, cast

from telegram import Update
from telegram.ext import Application

from bot.inbox import Body, UnreadableUpdateError, UnsettledUpdateError

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


class Dispatcher:
    """Hands updates to the framework's handlers.

    The framework swallows what a handler raises, so a handler says through `settled` that its work is recorded.
    """

    def __init__(self, application: AnyApplication) -> None:
        """Dispatch to the handlers of ``application``."""
        self._application = application
        self._settled: set[int] = set()

    def settled(self, update_id: int) -> None:
        """Tell that everything that follows from an update is on disk."""
        self._settled.add(update_id)

    async def handle(self, body: Body) -> None:
        """Have one update handled.

        Raises:
            UnreadableUpdateError: the framework can't parse it.
            UnsettledUpdateError: no handler recorded it.

        """
        try:
            update = Update.de_json(cast("dict[str, Any]", body), self._application.bot)
        except Exception as error:  # the framework raises whatever a malformed field leads to
            raise UnreadableUpdateError(repr(error)) from error
        await self._application.process_update(update)
        if update.update_id not in self._settled:
            raise UnsettledUpdateError(str(update.update_id))
        self._settled.discard(update.update_id)
