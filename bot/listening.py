"""The bot's own web server: health, metrics and, where there is one, the webhook."""

from __future__ import annotations

import secrets
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from aiohttp import web
from telegram.error import TelegramError

from bot.inbox import Inbox
from bot.settings import Settings
from bot.store import Store
from bot.transport import webhook
from bot.transport.dispatch import AnyApplication
from bot.transport.polling import WANTED
from bot.web import routes


class ListenError(Exception):
    """The web server can't do its work; the message says why and what to do."""


@asynccontextmanager
async def listening(
    settings: Settings, store: Store, inbox: Inbox, application: AnyApplication
) -> AsyncGenerator[None]:
    """Health, metrics and, where there is one, the webhook. The sandbox page has the port to itself."""
    if settings.bot_token is None:
        yield
        return
    app = web.Application()
    app.add_routes(routes(store))
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else secrets.token_urlsafe(32)
    if settings.webhook_url:
        app.add_routes([webhook.route(webhook.path_of(settings.webhook_url), secret, inbox)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
        if settings.webhook_url:
            await _set_webhook(application, settings.webhook_url, secret)
        yield
    except OSError as error:
        raise ListenError(port_in_use(settings, error)) from error
    finally:
        await runner.cleanup()


async def _set_webhook(application: AnyApplication, url: str, secret: str) -> None:
    try:
        await application.bot.set_webhook(url, secret_token=secret, allowed_updates=list(WANTED))
    except TelegramError as error:
        message = f"WEBHOOK_URL {url} was not taken: {error.message}"
        raise ListenError(message) from error


def port_in_use(settings: Settings, error: OSError) -> str:
    """What to do where a port can't be had."""
    return f"can't listen on {settings.host} port {settings.port}: {error.strerror}; set PORT to a free one"
