"""Being a good guest in groups: free text is ours only where somebody speaks to the bot, and administrators decide."""

from __future__ import annotations

from telegram import Message
from telegram.constants import MessageEntityType
from telegram.ext.filters import MessageFilter

from bot.desk import moving
from bot.store import people
from handlers.turn import Handler, Turn, UnknownMemberError


class IsForUs(MessageFilter):
    """A message that mentions the bot by its name or answers one of its messages.

    In a topic that the bot opened, Telegram has every message answer that opening: it is not meant.
    """

    def filter(self, message: Message) -> bool:
        """Whether it is."""
        bot = message.get_bot()
        answered = message.reply_to_message
        opening = message.message_thread_id
        if answered and answered.message_id != opening and answered.from_user and answered.from_user.id == bot.id:
            return True
        mentions = message.parse_entities([MessageEntityType.MENTION]).values()
        return f"@{bot.username}".lower() in {mention.lower() for mention in mentions}


async def moved(turn: Turn) -> None:
    """A group became a supergroup: what it chose goes with it, and the staff chat stays that."""
    if turn.moved_to is not None:
        turn.change(people.has_moved(turn.chat_id, turn.moved_to))
        turn.change(moving.follow(turn.services.desk(turn.now), turn.chat_id, turn.moved_to))


def in_charge(handler: Handler) -> Handler:
    """The same handler, for who may decide for the chat: anybody in private, its administrators in a group."""

    async def guarded(turn: Turn) -> None:
        try:
            if await turn.is_in_charge():
                await handler(turn)
            else:
                turn.say(turn.text_of("admins-only"))
        except UnknownMemberError:
            turn.say(turn.text_of("admins-unknown"))

    return guarded
