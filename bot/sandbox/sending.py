"""Methods that put messages into chats."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import urlsplit

from bot.sandbox import files
from bot.sandbox.errors import bad_request, forbidden
from bot.sandbox.markup import Entity, parse_html, units
from bot.sandbox.standing import answered, place
from bot.sandbox.state import Chat, Json, World

Params = Mapping[str, Any]

TEXT, CAPTION, _DATA = 4096, 1024, 64
CONTENT = ("text", "entities", "photo", "document", "caption", "caption_entities")
"""The parts of a message that a copy and a forwarded one have too."""


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


def formatted(params: Params, key: str, most: int) -> tuple[str, list[Entity]]:
    """A text with its entities, within its limit."""
    text = str(params.get(key, "") or "")
    if any("\ud800" <= c <= "\udfff" for c in text):
        raise bad_request("strings must be encoded in UTF-8")
    mode = str(params.get("parse_mode") or "").lower()
    entities = cast("list[Entity]", params.get("caption_entities" if key == "caption" else "entities") or [])
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
    where = _where(world, chat, params)
    message: Json = {"from": world.bot()} | content | where | ({"reply_markup": markup} if markup else {})
    stored = world.add(chat, message)
    world.delivered(method, stored)
    return stored


def _where(world: World, chat: Chat, params: Params) -> Json:
    """The topic that a message goes to, and the message that it answers."""
    thread = int(params.get("message_thread_id") or 0)
    if thread and thread not in chat.topics:
        raise bad_request("message thread not found")
    reply = cast("Json", params.get("reply_parameters") or {})
    key = int(reply.get("message_id") or params.get("reply_to_message_id") or 0)
    replied = answered(world, chat, key)
    may_lack = reply.get("allow_sending_without_reply", params.get("allow_sending_without_reply"))
    if key and replied is None and str(may_lack).lower() != "true":
        raise bad_request("message to be replied not found")
    return place(world, chat, thread, replied)


def send_message(world: World, params: Params) -> Json:
    """SendMessage."""
    chat = chat_of(world, params)
    text, entities = formatted(params, "text", TEXT)
    if not text.strip():
        raise bad_request("message text is empty")
    content: Json = {"text": text} | ({"entities": entities} if entities else {})
    return _put(world, "sendMessage", chat, params, content)


def send_file(world: World, params: Params, kind: str) -> Json:
    """sendDocument, sendPhoto: a file that was uploaded, or one that is known by its id."""
    chat = chat_of(world, params)
    caption, entities = formatted(params, "caption", CAPTION)
    content = files.sent(world, params.get(kind), kind)
    content |= {"caption": caption} if caption else {}
    content |= {"caption_entities": entities} if entities else {}
    return _put(world, "send" + kind.capitalize(), chat, params, content)


def copy_message(world: World, params: Params) -> Json:
    """copyMessage: the same content without its sender."""
    kept = _content_of(world, params, "copy")
    return {"message_id": _put(world, "copyMessage", chat_of(world, params), params, kept)["message_id"]}


def forward_message(world: World, params: Params) -> Json:
    """forwardMessage: the same content and who wrote it."""
    kept = _content_of(world, params, "forward")
    message = world.chats[int(params["from_chat_id"])].messages[int(params["message_id"])]
    origin: Json = {"type": "user", "date": message["date"], "sender_user": message["from"]}
    return _put(world, "forwardMessage", chat_of(world, params), params, kept | {"forward_origin": origin})


def _content_of(world: World, params: Params, purpose: str) -> Json:
    source = world.chats.get(int(params.get("from_chat_id", 0)))
    message = source and source.messages.get(int(params.get("message_id", 0)))
    if not message:
        raise bad_request(f"message to {purpose} not found")
    return {key: message[key] for key in CONTENT if key in message}


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
