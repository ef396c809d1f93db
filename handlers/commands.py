"""The commands that people see in Telegram's menu: the bot's own and those of the call's documents."""

from __future__ import annotations

from dataclasses import dataclass

from bot.texts import Texts
from bot.transport.profile import Profile
from faq import Call
from faq.languages import ReplyLanguage

ENTRIES = {"deadline": "deadline", "contact": "contact"}
"""Commands that show one topic of the domain."""

_OWN = ("start", "faq", "deadline", "contact", "ask", "remind", "stop", "calendar", "privacy", "language", "help")
_BEFORE_DOCUMENTS = 3
_LONGEST = 256
"""Characters of a command's description (Bot API, BotCommand)."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command and what it is for."""

    word: str
    what: str


def published(call: Call, texts: Texts, language: ReplyLanguage) -> list[Command]:
    """All commands in the order of the menu."""
    own = [
        Command(word, texts.plain(language, f"command-{word}"))
        for word in _OWN
        if ENTRIES.get(word) is None or ENTRIES[word] in call.entries
    ]
    documents = [Command(document.command, document.title[language][:_LONGEST]) for document in call.documents]
    return [*own[:_BEFORE_DOCUMENTS], *documents, *own[_BEFORE_DOCUMENTS:]]


def profiles(call: Call, texts: Texts) -> list[Profile]:
    """The bot's profile in every language of the call, and in its first for everybody else."""
    return [
        Profile(
            code=code,
            commands=tuple((c.word, c.what) for c in published(call, texts, language)),
            description=texts.plain(language, "description", call=call.title[language]),
            short_description=texts.plain(language, "short-description", call=call.title[language]),
        )
        for code, language in [(None, call.languages[0]), *((str(one), one) for one in call.languages)]
    ]
