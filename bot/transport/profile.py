"""What Telegram shows of the bot: its commands and descriptions, in every language."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import TelegramError

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Profile:
    """The profile in one language; a ``code`` of None is what everybody else sees."""

    code: str | None
    commands: tuple[tuple[str, str], ...]
    description: str
    short_description: str


@dataclass(frozen=True, slots=True)
class Menu:
    """The commands that one chat sees instead."""

    chat_id: int
    commands: tuple[tuple[str, str], ...]


_LONGEST, _LONGEST_SHORT = 512, 120
"""Characters (Bot API, setMyDescription and setMyShortDescription)."""


async def publish(bot: Bot, profiles: Iterable[Profile]) -> None:
    """Tell Telegram; a failure is logged and nothing more, for the bot answers all the same."""
    for profile in profiles:
        try:
            await bot.set_my_commands([BotCommand(*one) for one in profile.commands], language_code=profile.code)
            await bot.set_my_description(profile.description[:_LONGEST], language_code=profile.code)
            await bot.set_my_short_description(profile.short_description[:_LONGEST_SHORT], language_code=profile.code)
        except TelegramError as error:
            logger.warning("the bot's profile could not be published in %s: %s", profile.code, error)


async def publish_menus(bot: Bot, menus: Iterable[Menu]) -> None:
    """Give single chats a menu of their own; who never wrote to the bot gets theirs at a later start."""
    for menu in menus:
        try:
            await bot.set_my_commands([BotCommand(*one) for one in menu.commands], BotCommandScopeChat(menu.chat_id))
        except TelegramError as error:
            logger.info("the menu of chat %d could not be published: %s", menu.chat_id, error)
