"""Methods that put messages into chats or change them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import urlsplit

from bot.sandbox.errors import bad_request, forbidden
from bot.sandbox.markup import Entity, parse_html, units
from bot.sandbox.state import Chat, Json, World

Params = Mapping[str, Any]

_TEXT, _CAPTION, _DATA = 4096, 1024, 64


def chat_of(world: World, params: Params) -> Chat:
    """The chat that a call is about, if the bot may write to it.

    Raises:
        ApiError: there is none, it moved, or it does not want the bot.

    """
    try:
        chat = world.chats.get(int(params.get("chat_id", "")))
    except (TypeError, ValueError):
        chat = None
    if chat is None:
        raise bad_request("chat not found")
    if chat.migrated_to is not None:
        raise bad_request("group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": chat.migrated_to})
    if chat.type == "private":
        if world.users[chat.id].blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
    elif not chat.bot_is_member:
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    return chat


def _formatted(params: Params, key: str, most: int) -> tuple[str, list[Entity]]:
    """A text with its entities, within its limit."""
    text = str(params.get(key, "") or "")
    if any("\ud800" <= c <= "\udfff" for c in text):
        raise bad_request("strings must be encoded in UTF-8")
    mode = str(params.get("parse_mode") or "").lower()
    entities = cast("list[Entity]", [] if key == "caption" else params.get("entities") or [])
    if mode == "html":
        text, entities = parse_html(text)
    elif mode:
        raise bad_request(f"unsupported parse_mode {mode!r}: the sandbox reads HTML only")
    stripped = text.rstrip()
    if units(stripped) > most:
        raise bad_request("message is too long" if key == "text" else "message caption is too long")
    return stripped, entities


def keyboard(params: Params) -> Json | None:
    """The inline keyboard of a call, checked as Telegram checks it."""
    markup = params.get("reply_markup")
    if isinstance(markup, str):
        try:
            markup = json.loads(markup)
        except ValueError:
            raise bad_request("can't parse reply keyboard markup JSON object") from None
    if not markup or "inline_keyboard" not in markup:
        return None
    rows = [row for row in markup["inline_keyboard"] if row]
    for button in (button for row in rows for button in row):
        _check_button(button)
    return {"inline_keyboard": rows} if rows else None


def _check_button(button: Json) -> None:
    if not button.get("text"):
        raise bad_request("text buttons are not allowed in the inline keyboard")
    data, url = cast("str | None", button.get("callback_data")), cast("str | None", button.get("url"))
    if data is not None and not 1 <= len(data.encode()) <= _DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if url is not None and (urlsplit(url).scheme not in {"http", "https", "tg"} or not urlsplit(url).netloc):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    if data is None and url is None and not {"switch_inline_query", "web_app", "pay"} & set(button):
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")


def _put(world: World, method: str, chat: Chat, params: Params, content: Json) -> Json:
    """Deliver a message of the bot."""
    markup = keyboard(params)
    message: Json = {"from": world.bot()} | content | ({"reply_markup": markup} if markup else {})
    if params.get("message_thread_id"):
        message["message_thread_id"] = int(params["message_thread_id"])
    reply = cast("Json", params.get("reply_parameters") or {})
    replied = chat.messages.get(int(reply.get("message_id") or params.get("reply_to_message_id") or 0))
    if replied:
        message["reply_to_message"] = replied
    stored = world.add(chat, message)
    world.delivered(method, stored)
    return stored


def send_message(world: World, params: Params) -> Json:
    """SendMessage."""
    chat = chat_of(world, params)
    text, entities = _formatted(params, "text", _TEXT)
    if not text.strip():
        raise bad_request("message text is empty")
    content: Json = {"text": text} | ({"entities": entities} if entities else {})
    return _put(world, "sendMessage", chat, params, content)


def send_file(world: World, params: Params, kind: str) -> Json:
    """sendDocument, sendPhoto: a file that was uploaded, or one that is known by its id."""
    chat = chat_of(world, params)
    given = params.get(kind)
    if isinstance(given, tuple):
        name, content = cast("tuple[str, bytes]", given)
        file_id = f"file{world.new_id()}"
        world.files[file_id] = (name, content)
    elif given in world.files:
        file_id = str(given)
        name, content = world.files[file_id]
    else:
        raise bad_request("wrong file identifier/HTTP URL specified")
    described: Json = {"file_id": file_id, "file_unique_id": f"u{file_id}", "file_size": len(content)}
    shown = [described | {"width": 320, "height": 240}] if kind == "photo" else described | {"file_name": name}
    caption, entities = _formatted(params, "caption", _CAPTION)
    content_json: Json = {kind: shown} | ({"caption": caption, "caption_entities": entities} if caption else {})
    return _put(world, "send" + kind.capitalize(), chat, params, content_json)


def copy_message(world: World, params: Params) -> Json:
    """copyMessage: the same content without its sender."""
    source = world.chats.get(int(params.get("from_chat_id", 0)))
    message = source and source.messages.get(int(params.get("message_id", 0)))
    if not message:
        raise bad_request("message to copy not found")
    kept = {k: message[k] for k in ("text", "entities", "photo", "document", "caption") if k in message}
    return {"message_id": _put(world, "copyMessage", chat_of(world, params), params, kept)["message_id"]}


def _own_message(world: World, params: Params, purpose: str) -> tuple[Chat, Json]:
    chat = chat_of(world, params)
    message = chat.messages.get(int(params.get("message_id") or 0))
    if message is None:
        raise bad_request(f"message to {purpose} not found")
    if purpose == "edit" and not message["from"]["is_bot"]:
        raise bad_request("message can't be edited")
    return chat, message


def edit(world: World, params: Params, part: str) -> Json:
    """editMessageText, editMessageCaption, editMessageReplyMarkup."""
    chat, message = _own_message(world, params, "edit")
    changed: Json = {"reply_markup": keyboard(params)}
    if part == "text":
        text, entities = _formatted(params, "text", _TEXT)
        if not text.strip():
            raise bad_request("message text is empty")
        changed |= {"text": text, "entities": entities or None}
    elif part == "caption":
        caption, entities = _formatted(params, "caption", _CAPTION)
        changed |= {"caption": caption, "caption_entities": entities or None}
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


def delete(world: World, params: Params) -> bool:
    """deleteMessage, within 48 hours."""
    chat, message = _own_message(world, params, "delete")
    if world.clock.now().timestamp() - message["date"] > 48 * 3600:
        raise bad_request("message can't be deleted for everyone")
    del chat.messages[message["message_id"]]
    world.tell({"type": "deleted", "chat": chat.id, "message_id": message["message_id"]})
    return True


def answer_callback(world: World, params: Params) -> bool:
    """answerCallbackQuery: once, in time, 200 characters."""
    if len(str(params.get("text") or "")) > 200:  # noqa: PLR2004  Bot API, answerCallbackQuery
        raise bad_request("MESSAGE_TOO_LONG")
    query = world.queries.pop(str(params.get("callback_query_id")), None)
    if query is None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if params.get("text"):
        shown = {"type": "toast", "person": query["from"]["id"], "chat": query["message"]["chat"]["id"]}
        alert = str(params.get("show_alert")).lower() == "true"
        world.tell(shown | {"text": params["text"], "alert": alert})
    return True


def chat_action(world: World, params: Params) -> bool:
    """SendChatAction."""
    chat = chat_of(world, params)
    world.tell({"type": "typing", "chat": chat.id})
    return True
