"""One message to one chat: the Bot API call, and what its errors mean for us, in one table."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaDocument,
    InputMediaPhoto,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter  # as in polling

from bot.messages import File, Message
from bot.rules.outbox import Ambiguous, Migrated, NotSent, Outcome, Refused, Sent, Unreachable
from bot.transport.request import NotConnectedError
from faq.markup import Html

_NO_CHAT = "chat not found"
"""The one Bad Request that is about the chat and not the message (there is no code for it)."""

_UNCHANGED = "message is not modified"
"""The Bad Request that says that an edit was not needed."""

_GONE = "message to delete not found"
"""The Bad Request that says that a message was deleted already."""

_NO_TOPICS = ("not a forum", "not enough rights")
"""The Bad Requests of a chat that has no topics, or where the bot may not open one."""

_NO_THREAD = ("thread not found", "topic_deleted", "topic_closed")
"""The Bad Requests that say that a topic is not there any more, or takes nothing more."""

_STRANGE = "an answer without a message id"

_UNCONNECTED_WAIT = 2.0
"""Seconds before another try after no connection was made."""

_BAD_TOKEN_WAIT = 60.0


class Gateway:
    """Sends messages through the framework's `Bot`."""

    def __init__(self, bot: Bot) -> None:
        """Send as this bot; it has to be initialized before the first message."""
        self._bot = bot

    async def send(self, chat_id: int, message: Message) -> Outcome:
        """Send ``message`` and tell what came of it; never raises for anything the network or Telegram does."""
        try:
            if message.topic and message.thread is None:
                return await self._open_and_post(chat_id, message, message.topic)
            return await self._post_in_thread(chat_id, message)
        except TelegramError as error:
            return outcome_of(error)

    async def _open_and_post(self, chat_id: int, message: Message, topic: str) -> Outcome:
        """Send in a topic that is opened for it; where the chat has no topics, without.

        A topic that was opened for a message which then can't be sent stays behind, empty: that harms nobody.
        """
        try:
            thread = (await self._bot.create_forum_topic(chat_id, topic)).message_thread_id
        except BadRequest as error:
            if not any(reason in error.message.lower() for reason in _NO_TOPICS):
                raise
            return Sent(await self._deliver(chat_id, message))
        return Sent(await self._deliver(chat_id, replace(message, thread=thread)), thread)

    async def _post_in_thread(self, chat_id: int, message: Message) -> Outcome:
        """Send, in its topic where it has one; where that was deleted, in a new one or in none."""
        try:
            return Sent(await self._deliver(chat_id, message))
        except BadRequest as error:
            if not message.thread or not any(reason in error.message.lower() for reason in _NO_THREAD):
                raise
        anew = replace(message, thread=None)
        return (
            await self._open_and_post(chat_id, anew, anew.topic)
            if anew.topic
            else Sent(await self._deliver(chat_id, anew))
        )

    async def _deliver(self, chat_id: int, message: Message) -> int:
        """Make the call that fits a message; return the id that the message has then."""
        if message.deletes:
            return await self._delete(chat_id, message.deletes)
        if message.replaces and await self._replaced(chat_id, message.replaces, message):
            return message.replaces
        if message.file:
            return await self._post_file(chat_id, message, message.file)
        return await self._post(chat_id, message)

    async def _post_file(self, chat_id: int, message: Message, file: File) -> int:
        sending = self._bot.send_photo if file.is_picture else self._bot.send_document
        sent = await sending(
            chat_id,
            _given(file),
            caption=message.text or None,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(message),
            message_thread_id=message.thread,
            reply_parameters=_answered(message),
        )
        return sent.message_id

    async def _post(self, chat_id: int, message: Message) -> int:
        """SendMessage without the framework's reading of the answer, of which all but the id would be thrown away."""
        data = RequestData([RequestParameter("chat_id", chat_id, None), *_parameters(message)])
        match await self._bot.request.post(f"{self._bot.base_url}/sendMessage", data):
            case {"message_id": int(message_id)}:
                return message_id
            case _:
                raise TelegramError(_STRANGE)

    async def _delete(self, chat_id: int, message_id: int) -> int:
        """Take an own message away; one that is gone already is as good."""
        try:
            await self._bot.delete_message(chat_id, message_id)
        except BadRequest as error:
            if _GONE not in error.message.lower():
                raise
        return message_id

    async def _replaced(self, chat_id: int, message_id: int, message: Message) -> bool:
        """Write over an own message; False where that can't be done, and a new one has to be sent."""
        try:
            if message.file and message.swaps_file:
                await self._bot.edit_message_media(
                    _media(message.file, message.text), chat_id, message_id, reply_markup=keyboard(message)
                )
            elif message.file:
                await self._bot.edit_message_caption(
                    chat_id, message_id, caption=message.text, parse_mode=ParseMode.HTML, reply_markup=keyboard(message)
                )
            else:
                await self._bot.edit_message_text(
                    message.text,
                    chat_id,
                    message_id,
                    parse_mode=ParseMode.HTML,
                    link_preview_options=LinkPreviewOptions(is_disabled=True),
                    reply_markup=keyboard(message),
                )
        except BadRequest as error:
            is_unchanged = _UNCHANGED in error.message.lower()
            if message.only_replaces and not is_unchanged:
                raise
            return is_unchanged
        return True


@lru_cache(maxsize=64)
def _parameters(message: Message) -> tuple[RequestParameter, ...]:
    """What SendMessage is told besides the chat; kept, for a reminder's message goes to many chats."""
    parameters = {
        "text": str(message.text),
        "parse_mode": ParseMode.HTML,
        "link_preview_options": LinkPreviewOptions(is_disabled=True),
        "reply_markup": keyboard(message),
        "message_thread_id": message.thread,
        "reply_parameters": _answered(message),
    }
    given = [RequestParameter.from_input(name, value) for name, value in parameters.items() if value is not None]
    return tuple(RequestParameter(one.name, one.json_value, None) for one in given)


def _given(file: File) -> str | InputFile:
    """A file as the framework wants it."""
    return file.file_id or InputFile(file.content or b"", filename=file.name)


def _media(file: File, caption: Html) -> InputMediaPhoto | InputMediaDocument:
    """A file that takes another's place, with its caption."""
    kind = InputMediaPhoto if file.is_picture else InputMediaDocument
    return kind(_given(file), caption=caption or None, parse_mode=ParseMode.HTML)


def _answered(message: Message) -> ReplyParameters | None:
    """The message that this one answers, if that is still there."""
    return ReplyParameters(message.reply_to, allow_sending_without_reply=True) if message.reply_to else None


def keyboard(message: Message) -> InlineKeyboardMarkup | None:
    """The buttons under a message, as the framework wants them."""
    if not message.rows:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(b.text, callback_data=b.data, url=b.url) for b in row] for row in message.rows]
    )


def outcome_of(error: TelegramError) -> Outcome:  # noqa: PLR0911  a table
    """What an error says about delivery. `BadRequest` is a `NetworkError` for the framework, so order matters."""
    match error:
        case RetryAfter():
            return NotSent("too many requests", wait_seconds(error), everyone=True, flood=True)
        case ChatMigrated():
            return Migrated(error.new_chat_id)
        case Forbidden():
            return Unreachable(error.message)
        case BadRequest():
            return Unreachable(error.message) if _NO_CHAT in error.message.lower() else Refused(error.message)
        case InvalidToken():
            return NotSent("the token is refused", _BAD_TOKEN_WAIT, everyone=True)
        case NotConnectedError():
            return NotSent(error.message, _UNCONNECTED_WAIT, everyone=True)
        case NetworkError():
            return Ambiguous(error.message)
        case _:
            return Ambiguous(error.message)


def wait_seconds(error: RetryAfter) -> float:
    """Seconds that a 429 asks to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
