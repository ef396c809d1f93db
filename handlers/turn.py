"""One update, read once: who speaks, what they said, and what is to follow from it, all in one transaction."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import datetime

from telegram import CallbackQuery, Update
from telegram.constants import ChatMemberStatus
from telegram.error import TelegramError

from bot.buttons import Press
from bot.messages import File, Message, Rows
from bot.rules.outbox import Kind, NotSent
from bot.services import Services
from bot.store import Change, StoreError, UnusableStoreError, all_of, people, sendings, updates
from faq import answering
from faq.languages import ReplyLanguage, from_client
from faq.markup import Html

Handler = Callable[["Turn"], Awaitable[None]]

_SEVERAL = "\n\n"
_FLEETING = 3.0
"""Seconds that may be spent on what is worth nothing later."""

_IN_CHARGE = {ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR}
_SHUT_OUT = {ChatMemberStatus.BANNED, ChatMemberStatus.LEFT}


class UnknownMemberError(Exception):
    """Telegram did not say whether somebody is an administrator of a group."""


class Turn:
    """A person's turn in the conversation, and our answer to it while it is put together.

    ``expected`` is what a message belongs to that was asked for (handlers/staff/expecting).
    `say` is durable: it is sent after the turn's end, once, whatever happens. `acknowledge` is fleeting.
    """

    def __init__(self, update: Update, services: Services, *, chosen: ReplyLanguage | None) -> None:
        """Read ``update``; ``chosen`` is the language that the chat chose, if it did."""
        self.services = services
        self.now: datetime = services.clock.now()
        self.update_id = update.update_id
        chat, user, message = update.effective_chat, update.effective_user, update.effective_message
        self.chat_id = chat.id if chat else (user.id if user else 0)
        self.user_id = user.id if user else 0
        self.version = services.current.version
        self.is_private = chat is None or chat.type == chat.PRIVATE
        self.text = (message.text if message else None) or ""
        if not self.is_private:
            self.text = self.text.replace(f"@{update.get_bot().username}", "").strip()
        self.query: CallbackQuery | None = update.callback_query
        self.press = Press.read(self.query.data or "") if self.query else None
        client = from_client(user.language_code if user else None)
        self.has_chosen = chosen is not None
        self.language = services.call.language((self.press.language if self.press else None) or chosen or client)
        member = update.my_chat_member
        is_shut_out = member is not None and member.new_chat_member.status in _SHUT_OUT
        self._presence: Change = (people.shut_out if is_shut_out else people.revive)(services.call.id, self.chat_id)
        self._is_of_person = user is not None and (update.message is not None or update.callback_query is not None)
        self.expected = ""
        self._message = message
        self._update = update
        self._changes: list[Change] = []
        self._asides: list[Change] = []
        self._replies: list[Message] = []
        self._kind = Kind.REPLY
        self._is_committed = False

    @property
    def argument(self) -> str:
        """What follows a command, such as the payload of a deep link."""
        return self.text.partition(" ")[2].strip()

    @property
    def status(self) -> Html:
        """Whether the call is open, in one sentence."""
        return answering.status(self.services.call, language=self.language, now=self.now)

    def text_of(self, key: str, **values: str | int) -> Html:
        """A sentence of the bot in this turn's language."""
        return self.services.texts.say(self.language, key, **values)

    def label(self, key: str, **values: str | int) -> str:
        """A button's text in this turn's language."""
        return self.services.texts.plain(self.language, key, **values)

    def name_of(self, language: str) -> str:
        """What this turn's reader calls a language."""
        return self.services.texts.name_of(language, self.language)

    @property
    def is_of_office(self) -> bool:
        """Whether this person runs the call: what they try out is no question of an applicant."""
        return self.user_id in self.services.roles.everyone

    @property
    def is_own_word(self) -> bool:
        """Whether the update is this person's own doing: not forwarded, not through another bot, not anonymous."""
        message = self._update.message or self._update.edited_message
        if message is None:
            return self.query is not None
        return not (message.forward_origin or message.via_bot or message.sender_chat)

    async def is_in_charge(self) -> bool:
        """Whether this person may decide for the chat: their own, or a group that they administer.

        Raises:
            UnknownMemberError: Telegram did not say.

        """
        if self.is_private:
            return True
        message, chat = self._update.effective_message, self._update.effective_chat
        if self.query is None and message and message.sender_chat and message.sender_chat.id == self.chat_id:
            return True  # an administrator who writes in the group's name
        try:
            member = await chat.get_member(self.user_id) if chat else None
        except TelegramError as error:
            raise UnknownMemberError from error
        return member is not None and member.status in _IN_CHARGE

    @property
    def message_id(self) -> int | None:
        """The message that was written, or whose button was pressed."""
        return self._message.message_id if self._message else None

    @property
    def answered_id(self) -> int | None:
        """The message that this one answers."""
        answered = self._message.reply_to_message if self._message else None
        return answered.message_id if answered else None

    @property
    def thread(self) -> int | None:
        """The forum topic that it stands in."""
        return self._message.message_thread_id if self._message and self._message.is_topic_message else None

    @property
    def moved_to(self) -> int | None:
        """The id that a group has from now on."""
        return self._message.migrate_to_chat_id if self._message else None

    @property
    def is_of_album(self) -> bool:
        """Whether it is one of several pictures or documents that were sent together."""
        return self._message is not None and self._message.media_group_id is not None

    @property
    def written(self) -> tuple[Html, File | None]:
        """What was written, with its formatting as markup, and the picture or document that came with it."""
        message = self._message
        has_other = message is not None and message.effective_attachment and not (message.photo or message.document)
        if message is None or has_other:  # of a film or a sound only the words would arrive
            return Html(""), None
        text = Html(message.text_html if message.text else message.caption_html if message.caption else "")
        if message.photo:
            return text, File(name="picture", file_id=message.photo[-1].file_id, is_picture=True)
        if message.document:
            name = "".join(c for c in message.document.file_name or "" if c.isprintable()) or "document"
            return text, File(name=name, file_id=message.document.file_id)
        return text, None

    @property
    def answers_bot(self) -> bool:
        """Whether this message answers one of the bot's; that of a topic's opening, which Telegram adds, is none."""
        answered = self._message.reply_to_message if self._message and self.query is None else None
        author = answered.from_user if answered and answered.message_id != self.thread else None
        return author is not None and author.id == self._update.get_bot().id

    @property
    def answered_text(self) -> str:
        """What this person wrote in the message that this one, or the one whose button was pressed, answers."""
        answered = self._message.reply_to_message if self._message else None
        is_theirs = answered is not None and answered.from_user is not None and answered.from_user.id == self.user_id
        return (answered.text if answered and is_theirs else None) or ""

    def say(
        self,
        *parts: Html,
        rows: Rows = (),
        file: File | None = None,
        over: bool = False,
        reply_to: int | None = None,
    ) -> None:
        """Send a message made of ``parts``, once this turn is recorded; ``over`` the one whose button was pressed.

        It may answer a message (``reply_to``); in a forum it goes to the topic of this turn.
        """
        pressed = self.query.message if over and self.query else None
        text = Html(_SEVERAL.join(part for part in parts if part))
        replaced = pressed.message_id if pressed else None
        self._replies.append(Message(text, rows, file, replaced, thread=self.thread, reply_to=reply_to))

    def say_farewell(self, text: Html) -> None:
        """The last word to a chat of which everything is erased with this turn."""
        self._kind = Kind.FAREWELL
        self.say(text)

    def tell(self, chat_id: int, language: ReplyLanguage, message: Message) -> None:
        """Send a message to another chat, once this turn is recorded."""
        call = self.services.call.id
        self.change(sendings.plan_reply(call, chat_id, message, language, now=self.now, version=self.version))

    def tell_office(self, word: Callable[[ReplyLanguage], Message]) -> None:
        """Say something where the office reads, in each place's language; not here, for here it is answered."""
        elsewhere = [chat_id for chat_id in self.services.office.told if chat_id != self.chat_id]
        self.change(sendings.plan_in_own_languages(self.services.call, elsewhere, word, now=self.now))

    def change(self, change: Change) -> None:
        """Store something together with this turn."""
        self._changes.append(change)

    def aside(self, change: Change) -> None:
        """Store something that no answer rests on: where it can't be stored, the answer is given all the same."""
        self._asides.append(change)

    def start_over(self) -> None:
        """Forget what was to follow from this turn: it failed."""
        self._changes.clear()
        self._asides.clear()
        self._replies.clear()

    async def acknowledge(self) -> None:
        """Stop the pressed button's spinner; nothing is lost if that fails."""
        if self.query is None:
            return
        try:
            async with asyncio.timeout(_FLEETING):
                await self.query.answer()
        except (TelegramError, TimeoutError):
            return

    async def commit(self) -> None:
        """Record everything that follows from this turn, and that it is handled, in one transaction; only once.

        A change that raises keeps everything from being recorded. Where the store fails, answers that need no record
        are given at once, and anything else is said not to be done.

        Raises:
            StoreError: nothing was recorded or said; the update will be handled again.

        """
        if self._is_committed:
            return
        replies = [
            sendings.plan_reply(
                self.services.call.id,
                self.chat_id,
                reply,
                self.language,
                now=self.now,
                version=self.version,
                kind=self._kind,
            )
            for reply in self._replies
        ]
        handled = updates.handled(self.update_id, now=self.now)
        everything = all_of([handled, *self._seen(), *self._asides, *self._changes, *replies])
        try:
            with contextlib.suppress(updates.AlreadyHandledError):
                await self.services.store.write(everything)
        except UnusableStoreError:
            raise
        except StoreError as error:
            await self._answer_unrecorded(error)
            self._is_committed = True
            self.services.settled(self.update_id, False)  # noqa: FBT003
            return
        self._is_committed = True
        self.services.settled(self.update_id, True)  # noqa: FBT003
        self.services.wake_sender()

    def _seen(self) -> list[Change]:
        """What the mere coming of an update says about its person."""
        if self._is_of_person and self.is_private:
            return [self._presence, people.seen(self.chat_id, self.language, now=self.now)]
        return [self._presence]

    async def _answer_unrecorded(self, error: StoreError) -> None:
        replies = [Message(self.text_of("not-recorded"))] if self._changes else self._replies
        for reply in replies:
            if isinstance(await self.services.send_unrecorded(self.chat_id, reply), NotSent):
                raise error
