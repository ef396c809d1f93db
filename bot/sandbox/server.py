"""The Bot API over HTTP: bodies in every form, methods by name, Telegram's envelope, long polling and webhooks."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import aiohttp
from aiohttp import web

from bot.sandbox import changing, files, profile, sending, topics
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.faults import Faults, Stage
from bot.sandbox.limits import Limits, Windows
from bot.sandbox.state import Json, World

Params = Mapping[str, Any]

_WEBHOOK_PAUSE = 0.2
"""Seconds before an update that the webhook did not take is posted again."""


def _me(world: World, _: Params) -> Json:
    return world.bot() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def _answer_inline(world: World, params: Params) -> bool:
    if world.queries.pop(str(params.get("inline_query_id")), None) is None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    return True


_METHODS: dict[str, Callable[[World, Params], object]] = {
    "getme": _me,
    "sendmessage": sending.send_message,
    "sendphoto": lambda world, params: sending.send_file(world, params, "photo"),
    "senddocument": lambda world, params: sending.send_file(world, params, "document"),
    "copymessage": sending.copy_message,
    "forwardmessage": sending.forward_message,
    "editmessagetext": lambda world, params: changing.edit(world, params, "text"),
    "editmessagecaption": lambda world, params: changing.edit(world, params, "caption"),
    "editmessagemedia": lambda world, params: changing.edit(world, params, "media"),
    "editmessagereplymarkup": lambda world, params: changing.edit(world, params, "markup"),
    "deletemessage": changing.delete,
    "deletemessages": changing.delete_several,
    "pinchatmessage": lambda world, params: changing.pin(world, params, pinned=True),
    "unpinchatmessage": lambda world, params: changing.pin(world, params, pinned=False),
    "sendchataction": sending.chat_action,
    "answercallbackquery": sending.answer_callback,
    "answerinlinequery": _answer_inline,
    "setmycommands": profile.set_commands,
    "getmycommands": profile.get_commands,
    "deletemycommands": profile.delete_commands,
    "setmyname": lambda world, params: profile.set_text(world, params, "Name"),
    "getmyname": lambda world, params: profile.get_text(world, params, "Name"),
    "setmydescription": lambda world, params: profile.set_text(world, params, "Description"),
    "getmydescription": lambda world, params: profile.get_text(world, params, "Description"),
    "setmyshortdescription": lambda world, params: profile.set_text(world, params, "ShortDescription"),
    "getmyshortdescription": lambda world, params: profile.get_text(world, params, "ShortDescription"),
    "getchat": profile.get_chat,
    "getchatmember": profile.get_member,
    "getchatadministrators": profile.get_administrators,
    "createforumtopic": topics.create,
    "editforumtopic": lambda world, params: topics.change(world, params, "edit"),
    "closeforumtopic": lambda world, params: topics.change(world, params, "close"),
    "reopenforumtopic": lambda world, params: topics.change(world, params, "reopen"),
    "deleteforumtopic": lambda world, params: topics.change(world, params, "delete"),
    "getfile": lambda world, params: files.for_download(world, str(params.get("file_id"))),
}
"""Every method that is answered at once; getUpdates and the webhook's are in `BotApi`. Names are caseless."""

_COUNTED = frozenset({"sendmessage", "sendphoto", "senddocument", "copymessage", "forwardmessage"})
"""Methods that count against the limits on sending."""


_JSON = (
    "entities",
    "media",
    "caption_entities",
    "allowed_updates",
    "reply_parameters",
    "link_preview_options",
    "message_ids",
)
"""Parameters that a form gives as JSON."""


class BotApi:
    """Answers calls for one token."""

    def __init__(self, world: World, token: str, limits: Limits, faults: Faults) -> None:
        """Serve ``world`` to the bot that holds ``token``."""
        self.world = world
        self.faults = faults
        self.calls: list[tuple[str, Json]] = []
        self._token = token
        self._windows = Windows(limits)
        self._poller: asyncio.Event | None = None
        self._webhook: Json = {"url": ""}
        self._posting: asyncio.Task[None] | None = None

    def routes(self) -> list[web.RouteDef]:
        """The routes of the Bot API."""
        return [
            web.route("*", "/bot{token}/{method}", self._call),
            web.get("/file/bot{token}/{path}", self._download),
        ]

    async def close(self) -> None:
        """Stop posting to the webhook, and let who waits for updates go."""
        if self._poller is not None:
            self._poller.set()
        if self._posting is not None:
            self._posting.cancel()
            await asyncio.gather(self._posting, return_exceptions=True)

    async def _download(self, request: web.Request) -> web.Response:
        name, content = self.world.files.get(request.match_info["path"], ("", None))
        if request.match_info["token"] != self._token or content is None:
            raise web.HTTPNotFound
        return web.Response(body=content, headers={"Content-Disposition": f'attachment; filename="{name}"'})

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"].lower()
        fault = self.faults.take(method)
        try:
            self._authorize(request.match_info["token"])
            if fault and await fault.strikes():
                return _cut(request)
            params = await _params(request)
            self.calls.append((method, params))
            self.faults.reached(method, Stage.ARRIVED)
            result = await self._answer(method, params)
            self.faults.reached(method, Stage.HANDLED)
        except ApiError as error:
            return _refusal(error)
        if fault and fault.drop == "after":
            return _cut(request)
        text = result if isinstance(result, str) else json.dumps({"ok": True, "result": result})
        answer = web.Response(text=text, content_type="application/json")
        if self.faults.watch is not None:
            with suppress(ConnectionError):  # it may have been killed by who watches
                await answer.prepare(request)
                await answer.write_eof()
            self.faults.reached(method, Stage.ANSWERED)
        return answer

    def _authorize(self, token: str) -> None:
        if token != self._token:
            raise ApiError(401, "Unauthorized")

    async def _answer(self, method: str, params: Json) -> object:
        """The result of a call; a string is a whole answer, ready to send."""
        if method == "getupdates":
            return await self._get_updates(params)
        if method in {"setwebhook", "deletewebhook"}:
            return await self._set_webhook(params if method == "setwebhook" else params | {"url": ""})
        if method == "getwebhookinfo":
            return self._webhook | {"has_custom_certificate": False, "pending_update_count": len(self.world.updates)}
        handler = _METHODS.get(method)
        if handler is None:
            raise ApiError(404, "Not Found")
        if method not in _COUNTED:
            return handler(self.world, params)
        await asyncio.sleep(self.faults.round_trip / 2)
        try:
            self.faults.storm_check()
            self._windows.pass_or_refuse(sending.chat_of(self.world, params).id)
            return handler(self.world, params)
        finally:
            await asyncio.sleep(self.faults.round_trip / 2)

    async def _get_updates(self, params: Json) -> str:
        """Long polling. Updates below ``offset`` are forgotten; the others come again until they are confirmed."""
        if self._webhook["url"]:
            raise ApiError(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        if self._poller is not None:
            self._poller.set()
        mine = self._poller = asyncio.Event()
        try:
            offset = int(params.get("offset") or 0)
            waiting = sorted(self.world.updates)
            if offset < 0:
                offset = waiting[offset:][0] if waiting[offset:] else 0
            for update_id in waiting:
                if update_id < offset:
                    del self.world.updates[update_id]
            await self._wait(mine, float(params.get("timeout") or 0))
            limit = int(params.get("limit") or 100)
            bodies = [self.world.updates[n] for n in sorted(self.world.updates)][:limit]
            return f'{{"ok":true,"result":[{",".join(bodies)}]}}'
        finally:
            if self._poller is mine:
                self._poller = None

    async def _wait(self, mine: asyncio.Event, seconds: float) -> None:
        if self.world.updates or not seconds:
            return
        arrived = asyncio.ensure_future(self.world.arrived(min(seconds, 50)))
        replaced = asyncio.ensure_future(mine.wait())
        try:
            await asyncio.wait({arrived, replaced}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            arrived.cancel()
            replaced.cancel()
        if mine.is_set():
            raise ApiError(
                409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
            )

    async def _set_webhook(self, params: Json) -> bool:
        await self.close()
        self._posting = None
        if str(params.get("drop_pending_updates")).lower() == "true":
            self.world.updates.clear()
        url = str(params.get("url") or "")
        if url and not url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        self._webhook = {"url": url}
        if url:
            secret = str(params.get("secret_token") or "")
            self._posting = asyncio.ensure_future(self._post_forever(url, secret))
        return True

    async def _post_forever(self, url: str, secret: str) -> None:
        """Post updates one by one; one that is not answered with 200 is posted again."""
        headers = {"Content-Type": "application/json"}
        if secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = secret
        async with aiohttp.ClientSession() as session:
            while True:
                if not self.world.updates:
                    await self.world.arrived(50)
                    continue
                update_id = min(self.world.updates)
                try:
                    async with session.post(url, data=self.world.updates[update_id], headers=headers) as answer:
                        taken = answer.ok
                except aiohttp.ClientError:
                    taken = False
                if taken:
                    self.world.updates.pop(update_id, None)
                else:
                    await asyncio.sleep(_WEBHOOK_PAUSE)


async def _params(request: web.Request) -> Json:
    """The parameters, from the address and a body in any of the forms that the Bot API takes."""
    params: Json = dict(request.query)
    if request.content_type == "application/json":
        try:
            params |= await request.json() if request.can_read_body else {}
        except ValueError:
            raise bad_request("can't parse JSON object") from None
    elif request.content_type == "multipart/form-data":
        fields = await request.post()
        uploads = {name: (f.filename, f.file.read()) for name, f in fields.items() if isinstance(f, web.FileField)}
        plain = {name: value for name, value in fields.items() if isinstance(value, str)}
        attached = {name: uploads[v[9:]] for name, v in plain.items() if v.startswith("attach://") and v[9:] in uploads}
        params |= plain | uploads | attached
    elif request.can_read_body:
        params |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    for key in _JSON:
        if isinstance(params.get(key), str):
            params[key] = json.loads(params[key])
    return params


def _refusal(error: ApiError) -> web.Response:
    body: Json = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return web.json_response(body, status=error.code)


def _cut(request: web.Request) -> web.Response:
    """Break the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
