"""The methods about the topics of a forum."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.sending import chat_of
from bot.sandbox.standing import ICON_COLOR
from bot.sandbox.state import BOT_ID, Chat, Json, World

Params = Mapping[str, Any]

_NAME = 128


def create(world: World, params: Params) -> Json:
    """CreateForumTopic."""
    chat = _forum(world, params, "create a topic")
    name = str(params.get("name") or "").strip()
    if not 1 <= len(name) <= _NAME:
        raise bad_request("TOPIC_NAME_INVALID" if name else "topic name must be non-empty")
    thread = world.new_id()
    chat.topics[thread] = name
    world.tell({"type": "topics", "chat": chat.id})
    return {"message_thread_id": thread, "name": name, "icon_color": ICON_COLOR}


def change(world: World, params: Params, what: str) -> bool:
    """EditForumTopic, closeForumTopic, reopenForumTopic and deleteForumTopic."""
    chat = _forum(world, params, "edit the topic")
    thread = int(params.get("message_thread_id") or 0)
    if thread not in chat.topics:
        raise bad_request("message thread not found")
    if what == "edit" and params.get("name"):
        chat.topics[thread] = str(params["name"])[:_NAME]
    if what == "delete":
        del chat.topics[thread]
        for key in [key for key, message in chat.messages.items() if message.get("message_thread_id") == thread]:
            del chat.messages[key]
            world.tell({"type": "deleted", "chat": chat.id, "message_id": key})
    world.tell({"type": "topics", "chat": chat.id})
    return True


def _forum(world: World, params: Params, deed: str) -> Chat:
    chat = chat_of(world, params)
    if not chat.forum:
        raise bad_request("the chat is not a forum")
    if BOT_ID not in chat.admins:
        raise bad_request(f"not enough rights to {deed}")
    return chat
