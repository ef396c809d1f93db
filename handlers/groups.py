"""Being a good guest in groups: free text is ours only where somebody speaks to the bot."""

from __future__ import annotations

from telegram import Message
from telegram.constants import MessageEntityType
from telegram.ext.filters import MessageFilter


class IsForUs(MessageFilter):
    """A message that mentions the bot by its name or answers one of its messages."""

    def filter(self, message: Message) -> bool:
        """Whether it is."""
        bot = message.get_bot()
        answered = message.reply_to_message
        if answered and answered.from_user and answered.from_user.id == bot.id:
            return True
        mentions = message.parse_entities([MessageEntityType.MENTION]).values()
        return f"@{bot.username}".lower() in {mention.lower() for mention in mentions}
