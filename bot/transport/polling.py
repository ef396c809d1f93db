"""getUpdates into the inbox: an update is confirmed only after it is stored."""

from __future__ import annotations

import asyncio
import logging

from telegram import Bot
from telegram.error import Conflict, RetryAfter, TelegramError
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter  # no public way leads to unparsed updates

from bot.inbox import Body, Inbox
from bot.store import StoreError
from bot.transport.gateway import wait_seconds

logger = logging.getLogger(__name__)

WANTED = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member")
"""The kinds of update that we ask Telegram for."""

_LONG_POLL = 30
"""Seconds that Telegram holds an empty answer back."""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0


async def poll(bot: Bot, inbox: Inbox) -> None:
    """Take updates until cancelled. No failure of the network, of Telegram or of the store ends it."""
    offset: int | None = None
    pause = _FIRST_PAUSE
    while True:
        try:
            bodies = await _ask(bot, offset)
            await inbox.take(bodies)
        except (TelegramError, StoreError) as error:
            await _recover(bot, error, pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
            continue
        pause = _FIRST_PAUSE
        ids = [update_id for body in bodies if isinstance(update_id := body.get("update_id"), int)]
        offset = max(ids) + 1 if ids else offset


async def _ask(bot: Bot, offset: int | None) -> list[Body]:
    """The waiting updates, unparsed: one that the framework can't read must not hide the others."""
    arguments = {"timeout": _LONG_POLL, "limit": 100, "allowed_updates": WANTED, "offset": offset}
    data = RequestData([RequestParameter.from_input(name, value) for name, value in arguments.items()])
    answer = await bot.request.post(f"{bot.base_url}/getUpdates", data, read_timeout=_LONG_POLL + 10)
    bodies = answer if isinstance(answer, list) else []
    return [body for body in bodies if isinstance(body, dict)]  # pyright: ignore[reportUnnecessaryIsInstance]


async def _recover(bot: Bot, error: Exception, pause: float) -> None:
    """Say what is wrong, mend what we can, and wait ``pause`` seconds or what Telegram asks for."""
    match error:
        case RetryAfter():
            pause = max(pause, wait_seconds(error))
        case Conflict():
            logger.error("another program takes this bot's updates, or a webhook is set: %s", error)
            await _drop_webhook(bot)
        case _:
            logger.warning("updates can't be taken now, next try in %.1f s: %s", pause, error)
    await asyncio.sleep(pause)


async def _drop_webhook(bot: Bot) -> None:
    try:
        await bot.delete_webhook(drop_pending_updates=False)
    except TelegramError as error:
        logger.warning("the webhook could not be removed: %s", error)
