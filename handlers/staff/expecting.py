"""The next message of a member of staff, where they were asked for one: a text for an announcement, an answer ..."""

from __future__ import annotations

from collections.abc import Mapping

from telegram import Message
from telegram.ext.filters import MessageFilter

from bot.office import Office
from bot.store import expecting
from handlers.turn import Handler, Turn


class OfOffice(MessageFilter):
    """A message of somebody of the office, in private or in the staff chat."""

    def __init__(self, office: Office) -> None:
        """Ask ``office`` each time: who is of it may change."""
        super().__init__()
        self._office = office

    def filter(self, message: Message) -> bool:
        """Whether it is."""
        author, chat = message.from_user, message.chat
        is_here = chat.type == chat.PRIVATE or self._office.is_chat(chat.id)
        return is_here and author is not None and author.id in self._office.roles.everyone


class InStaffChat(MessageFilter):
    """A message of anybody in the chat where staff work together."""

    def __init__(self, office: Office) -> None:
        """Ask ``office`` each time."""
        super().__init__()
        self._office = office

    def filter(self, message: Message) -> bool:
        """Whether it is."""
        return self._office.is_chat(message.chat.id)


def hearing(expected: Mapping[str, Handler], otherwise: Handler) -> Handler:
    """A handler that gives a message to who asked for it (``expected``, by what it is for), or else to ``otherwise``.

    The one who asked for it is told what it belongs to by `argument`, and clears the expectation or sets another.
    """

    async def hear(turn: Turn) -> None:
        call = turn.services.call.id
        found = await turn.services.store.read(
            lambda db: expecting.of(db, call, turn.user_id, turn.chat_id, now=turn.now)
        )
        if found is None or found.what not in expected:
            await otherwise(turn)
            return
        turn.expected = found.argument
        await expected[found.what](turn)

    return hear
