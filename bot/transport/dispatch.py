"""One stored update through the framework: parsed alone, handled, and known to be recorded."""

from __future__ import annotations

import logging
from typing import Any, cast

from telegram import Update
from telegram.ext import Application, CallbackContext

from bot.inbox import Body, UnreadableUpdateError, UnrecordedUpdateError, UnsettledUpdateError
from bot.store import StoreError

logger = logging.getLogger(__name__)

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


class Dispatcher:
    """Hands updates to the framework's handlers.

    The framework swallows what a handler raises, so a handler says through `settled` that its work is recorded.
    """

    def __init__(self, application: AnyApplication) -> None:
        """Dispatch to the handlers of ``application``."""
        self._application = application
        self._settled: dict[int, bool] = {}
        self._failures: dict[int, StoreError] = {}
        application.add_error_handler(self._note)

    def settled(self, update_id: int, is_recorded: bool) -> None:  # noqa: FBT001  it is a callback of one fact
        """Tell that everything that follows from an update is on disk; or that its person was answered without."""
        self._settled[update_id] = is_recorded

    async def handle(self, body: Body) -> None:
        """Have one update handled.

        Raises:
            UnreadableUpdateError: the framework can't parse it.
            StoreError: it could not be recorded; it has to be handled again.
            UnrecordedUpdateError: it could not be recorded, but its person was answered: it is done.
            UnsettledUpdateError: no handler recorded it.

        """
        try:
            update = Update.de_json(cast("dict[str, Any]", body), self._application.bot)
        except Exception as error:  # the framework raises whatever a malformed field leads to
            raise UnreadableUpdateError(repr(error)) from error
        await self._application.process_update(update)
        is_recorded = self._settled.pop(update.update_id, None)
        if is_recorded is False:
            raise UnrecordedUpdateError(str(update.update_id))
        if is_recorded:
            return
        if update.update_id in self._failures:
            raise self._failures.pop(update.update_id)
        raise UnsettledUpdateError(str(update.update_id))

    async def _note(self, update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
        """Keep what the framework would swallow; anything but the store's failures is a bug and goes to the log."""
        if isinstance(update, Update) and isinstance(context.error, StoreError):
            self._failures[update.update_id] = context.error
        else:
            logger.error("an update could not be handled", exc_info=context.error)
