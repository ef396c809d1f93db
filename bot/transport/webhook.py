"""The webhook: the same updates through HTTP, believed only with the secret, confirmed only once stored."""

from __future__ import annotations

import hmac
import json
import logging
from urllib.parse import urlsplit

from aiohttp import web

from bot.inbox import Inbox
from bot.store import StoreError

logger = logging.getLogger(__name__)

_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  the header's name


def path_of(url: str) -> str:
    """The path that we serve for a public webhook address."""
    return urlsplit(url).path or "/"


def route(path: str, secret: str, inbox: Inbox) -> web.RouteDef:
    """The route that Telegram posts updates to.

    It answers 200 after the update is stored, so that one we could not store is sent again.
    """

    async def receive(request: web.Request) -> web.Response:
        given = request.headers.get(_SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), secret.encode()):
            return web.Response(status=401)
        try:
            body = json.loads(await request.read())
        except ValueError:
            body = None
        if not isinstance(body, dict):
            logger.error("a webhook request with the right secret held no JSON object; it was dropped")
            return web.Response(status=400)
        try:
            await inbox.take([body])  # pyright: ignore[reportUnknownArgumentType]  JSON is unknown until parsed
        except StoreError as error:
            logger.error("an update could not be stored, Telegram will repeat it: %s", error)  # noqa: TRY400
            return web.Response(status=503)
        return web.Response()

    return web.post(path, receive)
