"""The first words with Telegram: who the bot is, asked until there is an answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application

from bot.transport.dispatch import AnyApplication
from bot.transport.request import AiohttpRequest

logger = logging.getLogger(__name__)

_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0


class ConnectError(Exception):
    """The bot can't be connected; the message says why and what to do."""


def build_application(token: str, api: str) -> AnyApplication:
    """The framework, with our requests and without its own way of taking updates and of scheduling."""
    request = AiohttpRequest()
    return (
        Application.builder()
        .token(token)
        .base_url(f"{api}/bot")
        .base_file_url(f"{api}/file/bot")
        .request(request)
        .get_updates_request(request)
        .updater(None)
        .job_queue(None)
        .build()
    )


@asynccontextmanager
async def connected(application: AnyApplication, stop: asyncio.Event) -> AsyncGenerator[None]:
    """The framework, once Telegram has said who the bot is; waits for a network that is down."""
    try:
        await _introduce(application, stop)
        yield
    finally:
        await application.shutdown()
        await application.bot.request.shutdown()  # also where the framework did not get as far as to be initialized


async def _introduce(application: AnyApplication, stop: asyncio.Event) -> None:
    """Ask Telegram who the bot is, until it answers."""
    pause = _FIRST_PAUSE
    while not stop.is_set():
        try:
            await application.initialize()
        except InvalidToken:
            message = "the Bot API refuses BOT_TOKEN; copy it again from BotFather into .env"
            raise ConnectError(message) from None
        except TelegramError as error:
            logger.warning("Telegram can't be reached, next try in %.0f s: %s", pause, error)
            await _either(stop, pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
        else:
            return
    message = "stopped before Telegram could be reached"
    raise ConnectError(message)


async def _either(stop: asyncio.Event, seconds: float) -> None:
    """Wait for so long, or until it is time to stop."""
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return
