"""What the chat page asks for and does: JSON on the same origin, and server-sent events."""

from __future__ import annotations

import asyncio
import base64
import json
import mimetypes
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol, TypedDict
from urllib.parse import quote

from aiohttp import web

from bot.sandbox.errors import ApiError
from bot.sandbox.files import picture_size
from bot.sandbox.markup import typed
from bot.sandbox.page_view import for_page
from bot.sandbox.people import Person
from bot.sandbox.profile import commands_for
from bot.sandbox.state import Chat, Json, World

PAGE = Path(__file__).parent / "page"

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
_AFTER = timedelta(minutes=1)
_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_POLICY = "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


class Timeline(Protocol):
    """What the bot can say about its time."""

    async def next_reminder(self) -> datetime | None:
        """When the next reminder goes out."""
        ...

    def deadline(self) -> datetime | None:
        """When the call closes."""
        ...

    def label(self, now: datetime) -> str:
        """The time for people, with its zone."""
        ...


class PageApi:
    """The page's side of the sandbox."""

    def __init__(self, world: World, timeline: Timeline | None) -> None:
        """Show ``world``."""
        self._world = world
        self._timeline = timeline

    def routes(self) -> list[web.RouteDef]:
        """The page and its API."""
        return [
            web.get("/", self._page),
            web.get("/page/{file}", self._page),
            web.get("/sandbox/state", self._state),
            web.get("/sandbox/messages", self._messages),
            web.get("/sandbox/commands", self._commands),
            web.get("/sandbox/events", self._events),
            web.get("/sandbox/files/{file}", self._file),
            *(
                web.post(f"/sandbox/{name}", self._doing(act))
                for name, act in (
                    ("send", self._send),
                    ("press", self._press),
                    ("attach", self._attach),
                    ("block", self._block),
                    ("edit", self._edit),
                    ("clock", self._move_clock),
                )
            ),
        ]

    async def _page(self, request: web.Request) -> web.StreamResponse:
        path = PAGE / request.match_info.get("file", "index.html")
        if path.parent != PAGE or not path.is_file():
            raise web.HTTPNotFound
        return web.FileResponse(path, headers={"Content-Security-Policy": _POLICY, "Cache-Control": "no-store"})

    async def _file(self, request: web.Request) -> web.Response:
        """A picture or document that the bot sent. Only pictures are shown; anything else is downloaded."""
        name, content = self._world.files.get(request.match_info["file"], ("", None))
        if content is None:
            raise web.HTTPNotFound
        kind = mimetypes.guess_type(name)[0] or ""
        headers = {"X-Content-Type-Options": "nosniff"}
        if kind not in _PICTURES:
            headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
        return web.Response(body=content, headers=headers, content_type=kind or "application/octet-stream")

    async def _state(self, _: web.Request) -> web.Response:
        world = self._world
        chats = {
            user_id: [
                {"id": c.id, "title": c.title, "type": c.type, "forum": c.forum, "topics": _topics(c)}
                for c in world.chats.values()
                if user_id in c.members
            ]
            for user_id in world.users
        }
        return web.json_response(
            {
                "bot": {
                    "name": world.bot()["first_name"],
                    "username": world.username,
                    "description": world.profile.get(("Description", ""), ""),
                    "short_description": world.profile.get(("ShortDescription", ""), ""),
                },
                "people": [
                    {
                        "id": u.id,
                        "name": u.first_name,
                        "role": u.role,
                        "language_code": u.language_code,
                        "blocked": u.blocked,
                    }
                    for u in world.users.values()
                ],
                "groups": [
                    {"id": c.id, "title": c.title, "forum": c.forum, "members": c.members}
                    for c in world.chats.values()
                    if c.type != "private"
                ],
                "chats": chats,
                "clock": await self._clock(),
            }
        )

    async def _clock(self) -> Json:
        now, timeline = self._world.clock.now(), self._timeline
        following = await timeline.next_reminder() if timeline else None
        deadline = timeline.deadline() if timeline else None
        return {
            "now": now.isoformat(),
            "label": timeline.label(now) if timeline else now.isoformat(),
            "next_reminder": following.isoformat() if following else None,
            "deadline": deadline.isoformat() if deadline else None,
        }

    async def _messages(self, request: web.Request) -> web.Response:
        _, chat = self._who(request.query.get("person"), request.query.get("chat"))
        return web.json_response({"messages": [for_page(m, chat) for _, m in sorted(chat.messages.items())]})

    async def _commands(self, request: web.Request) -> web.Response:
        person, chat = self._who(request.query.get("person"), request.query.get("chat"))
        return web.json_response({"commands": commands_for(self._world, person.id, chat)})

    async def _events(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        waiting: asyncio.Queue[Json] = asyncio.Queue()
        self._world.watchers.append(waiting.put_nowait)
        try:
            await response.write(b": hello\n\n")
            while True:
                event = self._event(await waiting.get())
                await response.write(f"data: {json.dumps(event)}\n\n".encode())
        except (ConnectionError, asyncio.CancelledError):
            return response
        finally:
            self._world.watchers.remove(waiting.put_nowait)

    def _event(self, event: Json) -> Json:
        chat = self._world.chats.get(event.get("chat", 0))
        message = chat.messages.get(event.get("message_id", 0)) if chat else None
        return event | ({"message": for_page(message, chat)} if chat and message else {})

    def _doing(self, act: Callable[[Json], Awaitable[object]]) -> Callable[[web.Request], Awaitable[web.Response]]:
        """A handler for something that a person does; only this page may ask for it."""

        async def handle(request: web.Request) -> web.Response:
            if request.host.rsplit(":", 1)[0] not in _LOOPBACK or request.content_type != "application/json":
                return web.json_response({"error": "only the sandbox's own page may do this"}, status=403)
            try:
                return web.json_response(await act(await request.json()) or {})
            except (ApiError, ValueError, LookupError, TypeError) as error:
                return web.json_response({"error": f"this can't be done: {error}"}, status=400)

        return handle

    def _who(self, person: object, chat: object) -> tuple[Person, Chat]:
        """A person and one of their chats.

        Raises:
            HTTPBadRequest: there is no such person, or they are not in that chat.

        """
        try:
            user, place = self._world.users[int(str(person))], self._world.chats[int(str(chat))]
        except (KeyError, ValueError):
            raise web.HTTPBadRequest(text='{"error": "no such person or chat"}') from None
        if user.id not in place.members:
            raise web.HTTPBadRequest(text='{"error": "not a member of this chat"}')
        return Person(self._world, user), place

    async def _send(self, body: Json) -> None:
        person, chat = self._who(body["person"], body["chat"])
        text, entities = typed(str(body["text"]))
        person.says(text, entities=entities, **_where(body, chat))

    async def _press(self, body: Json) -> None:
        person, chat = self._who(body["person"], body["chat"])
        person.presses(str(body["data"]), chat=chat.id, message_id=int(body["message"]))

    async def _attach(self, body: Json) -> None:
        person, chat = self._who(body["person"], body["chat"])
        kind, file = _file_of(body)
        caption, entities = typed(str(body.get("caption") or ""))
        person.sends(kind, file=file, caption=caption, entities=entities, **_where(body, chat))

    async def _block(self, body: Json) -> None:
        person, _ = self._who(body["person"], body["person"])
        person.blocks(blocked=bool(body["blocked"]))
        self._world.tell({"type": "people"})

    async def _edit(self, body: Json) -> None:
        person, chat = self._who(body["person"], body["chat"])
        text, entities = typed(str(body["text"]))
        person.edits(int(body["message"]), text, entities=entities, chat=chat.id)

    async def _move_clock(self, body: Json) -> Json:
        now, timeline = self._world.clock.now(), self._timeline
        target = now + timedelta(seconds=float(body.get("advance_seconds", 0)))
        if timeline and body.get("to") == "next_reminder":
            target = await timeline.next_reminder() or now
        elif timeline and body.get("to") == "past_deadline":
            target = (timeline.deadline() or now) + _AFTER
        self._world.clock.advance(max(target - now, timedelta(0)))
        clock = await self._clock()
        self._world.tell({"type": "clock", "clock": clock})
        return clock


def _topics(chat: Chat) -> list[Json]:
    return [{"id": thread, "name": name} for thread, name in chat.topics.items()]


class _Where(TypedDict):
    chat: int
    reply_to: int | None
    thread: int | None


def _where(body: Json, chat: Chat) -> _Where:
    """The place that something is said in."""
    numbers = {key: int(body[key]) if body.get(key) else None for key in ("reply_to", "thread")}
    return {"chat": chat.id, "reply_to": numbers["reply_to"], "thread": numbers["thread"]}


def _file_of(body: Json) -> tuple[str, tuple[str, bytes] | None]:
    """The kind of a thing to send, and the file that was chosen for it, where it is not a made-up one."""
    chosen = body.get("file")
    if not chosen:
        return str(body["kind"]), None
    content = base64.b64decode(str(chosen["content"]), validate=True)
    return ("photo" if picture_size(content) else "document"), (str(chosen["name"]), content)
