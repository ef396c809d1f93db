"""What the copies of broadcasts say: their text stands once, and is read once in each language."""

from __future__ import annotations

from dataclasses import replace

from bot.broadcasts.composing import for_reader
from bot.messages import Message
from bot.rules.campaign import How
from bot.rules.outbox import Kind
from bot.store import Store, broadcasts
from bot.store.broadcasts import Broadcast
from bot.store.copies import version
from bot.store.sendings import Sending
from bot.texts import Texts
from faq import Call
from faq.languages import ReplyLanguage
from faq.markup import Html

_KEPT = 16
"""Broadcasts whose texts are remembered; a text that was confirmed never changes."""

Spoken = dict[ReplyLanguage, Message]


class Copies:
    """Words copies, and the changes of earlier ones."""

    def __init__(self, store: Store, texts: Texts) -> None:
        """Read from ``store`` what is not known yet; ``texts`` has what stands on the bot's own button."""
        self._store, self._texts = store, texts
        self._known: dict[int, tuple[Broadcast, Spoken, Spoken]] = {}

    async def of(self, call: Call, sending: Sending) -> Message:
        """What a copy says, or what is to be done with an earlier one.

        Raises:
            LookupError: there is no such broadcast.

        """
        found, spoken, earlier = await self._read(call, int((sending.step or "").partition(":")[2]))
        wanted = call.language(sending.reader or sending.language)
        found_in = version(call, spoken, wanted)
        text = spoken[found_in] if found_in == wanted else for_reader(self._texts, spoken[found_in], wanted)
        if sending.kind is not Kind.AMEND:
            return text
        if found.how is How.DELETE:
            return Message(Html(""), deletes=sending.message_id)
        # A file can't be taken from a message, nor put under one: where the copy had one, its caption is changed.
        file = earlier[version(call, earlier, wanted)].file if earlier else None
        return replace(text, file=file, replaces=sending.message_id, only_replaces=True)

    async def _read(self, call: Call, number: int) -> tuple[Broadcast, Spoken, Spoken]:
        if number not in self._known:
            found = await self._store.read(lambda db: broadcasts.of(db, call.id, number))
            if found is None:
                raise LookupError(number)
            spoken = await self._store.read(lambda db: broadcasts.texts(db, number))
            earlier = await self._store.read(lambda db: broadcasts.texts(db, found.corrects or 0))
            while len(self._known) >= _KEPT:
                del self._known[next(iter(self._known))]
            self._known[number] = found, spoken, earlier
        return self._known[number]
