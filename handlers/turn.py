"""One update, read once: who speaks, what they said, and what is to follow from it, all in one transaction."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import datetime

from telegram import CallbackQuery, Update
from telegram.error import TelegramError

from bot.messages import Message, Rows
from bot.services import Services
from bot.store import Change, all_of, people, sendings, updates
from faq import answering
from faq.languages import ReplyLanguage, from_client
from faq.markup import Html
from handlers.buttons import Press

Handler = Callable[["Turn"], Awaitable[None]]

_SEVERAL = "\n\n"
_FLEETING = 3.0
"""Seconds that may be spent on what is worth nothing later."""


class Turn:
    """A person's turn in the conversation, and our answer to it while it is put together.

    `say` is durable: it is sent after the turn's end, once, whatever happens. `acknowledge` is fleeting.
    """

    def __init__(self, update: Update, services: Services, *, chosen: ReplyLanguage | None) -> None:
        """Read ``update``; ``chosen`` is the language that the chat chose, if it did."""
        self.services = services
        self.now: datetime = services.clock.now()
        self.update_id = update.update_id
        chat, user, message = update.effective_chat, update.effective_user, update.effective_message
        self.chat_id = chat.id if chat else (user.id if user else 0)
        self.is_private = chat is None or chat.type == chat.PRIVATE
        self.text = (message.text if message else None) or ""
        if not self.is_private:
            self.text = self.text.replace(f"@{update.get_bot().username}", "").strip()
        self.query: CallbackQuery | None = update.callback_query
        self.press = Press.read(self.query.data or "") if self.query else None
        client = from_client(user.language_code if user else None)
        self.has_chosen = chosen is not None
        self.language = services.call.language((self.press.language if self.press else None) or chosen or client)
        self._changes: list[Change] = [people.revive(self.chat_id)]

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

    def label(self, key: str) -> str:
        """A button's text in this turn's language."""
        return self.services.texts.plain(self.language, key)

    def say(self, *parts: Html, rows: Rows = ()) -> None:
        """Send a message made of ``parts``, once this turn is recorded."""
        message = Message(Html(_SEVERAL.join(part for part in parts if part)), rows)
        call = self.services.call.id
        self.change(sendings.plan_reply(call, self.chat_id, message, self.language, now=self.now))

    def change(self, change: Change) -> None:
        """Store something together with this turn."""
        self._changes.append(change)

    def start_over(self) -> None:
        """Forget what was to follow from this turn: it failed."""
        self._changes.clear()

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
        """Record everything that follows from this turn, and that it is handled, in one transaction.

        Raises:
            StoreError: nothing was recorded; the update will be handled again.

        """
        with contextlib.suppress(updates.AlreadyHandledError):
            await self.services.store.write(all_of([updates.handled(self.update_id), *self._changes]))
        self.services.settled(self.update_id)
        self.services.wake_sender()
