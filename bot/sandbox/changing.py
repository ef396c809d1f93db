"""Methods that change, pin or take away messages that stand in a chat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from bot.sandbox.errors import bad_request
from bot.sandbox.files import sent
from bot.sandbox.sending import CAPTION, CONTENT, TEXT, chat_of, formatted, keyboard
from bot.sandbox.state import BOT_ID, Chat, Json, World

Params = Mapping[str, Any]

_DELETABLE = 48 * 3600
_AT_ONCE = 100
_CAPTIONED = {"photo", "document", "voice"}


def _message(world: World, params: Params, purpose: str) -> tuple[Chat, Json]:
    chat = chat_of(world, params)
    message = chat.messages.get(int(params.get("message_id") or 0))
    if message is None:
        raise bad_request(f"message to {purpose} not found")
    return chat, message


def edit(world: World, params: Params, part: str) -> Json:
    """editMessageText, editMessageCaption, editMessageMedia, editMessageReplyMarkup."""
    chat, message = _message(world, params, "edit")
    if message["from"]["id"] != BOT_ID:
        raise bad_request("message can't be edited")
    changed: Json = {"reply_markup": keyboard(params)} | _content(world, params, part, message)
    if all(message.get(key) == value for key, value in changed.items()):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same as a "
            "current content and reply markup of the message"
        )
    for key, value in changed.items():
        message.pop(key, None)
        if value is not None:
            message[key] = value
    message["edit_date"] = int(world.clock.now().timestamp())
    world.tell({"type": "edited", "chat": chat.id, "message_id": message["message_id"]})
    return message


def _content(world: World, params: Params, part: str, message: Json) -> Json:
    """What an edit puts in the place of a text or caption; a message without one does not get one."""
    if part == "text":
        if "text" not in message:
            raise bad_request("there is no text in the message to edit")
        text, entities = formatted(params, "text", TEXT)
        if not text.strip():
            raise bad_request("message text is empty")
        return {"text": text, "entities": entities or None}
    if part == "caption":
        if not _CAPTIONED & set(message):
            raise bad_request("there is no caption in the message to edit")
        caption, entities = formatted(params, "caption", CAPTION)
        return {"caption": caption or None, "caption_entities": entities or None}
    return _media(world, params) if part == "media" else {}


def _media(world: World, params: Params) -> Json:
    """A photo or document, with its caption, in the place of whatever stood in the message."""
    media = cast("Json", params.get("media") or {})
    kind, given = media.get("type"), str(media.get("media") or "")
    if kind not in {"photo", "document"}:
        raise bad_request(f"type {kind!r} of InputMedia: the sandbox takes photo and document only")
    caption, entities = formatted(media, "caption", CAPTION)
    upload = params.get(given.removeprefix("attach://")) if given.startswith("attach://") else None
    empty: Json = dict.fromkeys(CONTENT)
    return (
        empty | sent(world, upload or given, kind) | {"caption": caption or None, "caption_entities": entities or None}
    )


def delete(world: World, params: Params) -> bool:
    """deleteMessage, within 48 hours."""
    chat, message = _message(world, params, "delete")
    if chat.type != "private" and message["from"]["id"] != BOT_ID and BOT_ID not in chat.admins:
        raise bad_request("message can't be deleted")
    if world.clock.now().timestamp() - message["date"] > _DELETABLE:
        raise bad_request("message can't be deleted for everyone")
    del chat.messages[message["message_id"]]
    world.tell({"type": "deleted", "chat": chat.id, "message_id": message["message_id"]})
    return True


def delete_several(world: World, params: Params) -> bool:
    """deleteMessages: what is gone already is passed over."""
    chat = chat_of(world, params)
    keys = cast("list[int]", params.get("message_ids") or [])
    if not keys:
        raise bad_request("message identifiers are not specified")
    if len(keys) > _AT_ONCE:
        raise bad_request("too many message identifiers specified")
    for key in keys:
        if key in chat.messages:
            delete(world, {"chat_id": chat.id, "message_id": key})
    return True


def pin(world: World, params: Params, *, pinned: bool) -> bool:
    """PinChatMessage and unpinChatMessage; without a message the latest is unpinned."""
    chat = chat_of(world, params)
    if chat.type != "private" and BOT_ID not in chat.admins:
        raise bad_request("not enough rights to manage pinned messages in the chat")
    key = int(params.get("message_id") or 0)
    if not pinned and not key and chat.pinned:
        key = chat.pinned[-1]
    if key not in chat.messages:
        raise bad_request(f"message to {'pin' if pinned else 'unpin'} not found")
    chat.pinned = [other for other in chat.pinned if other != key] + ([key] if pinned else [])
    world.tell({"type": "edited", "chat": chat.id, "message_id": key})
    return True
