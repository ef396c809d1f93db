"""The commands that people see in Telegram's menu: the bot's own and those of the call's documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from bot.office import Office
from bot.rules.roles import Act, Roles
from bot.texts import Texts
from bot.transport.profile import Menu, Profile
from faq import Call
from faq.languages import ReplyLanguage

ENTRIES = {"deadline": "deadline", "contact": "contact"}
"""Commands that show one topic of the domain."""

_OWN = (
    "start", "faq", "deadline", "contact", "ask", "questions", "remind", "stop", "calendar", "privacy", "language",
    "help",
)  # fmt: skip
_OFFICE = {
    "broadcast": Act.BROADCAST,
    "broadcasts": Act.BROADCAST,
    "held": Act.SETTLE,
    "open": Act.ANSWER,
    "unanswered": Act.TEACH,
    "edit": Act.TEACH,
    "history": Act.TEACH,
    "stats": Act.SEE_STATS,
    "report": Act.SEE_STATS,
    "newdeadline": Act.CHANGE_DEADLINE,
    "audit": Act.READ_AUDIT,
    "freeze": Act.FREEZE,
    "unfreeze": Act.UNFREEZE,
}
"""The office's commands, with the right that each needs."""

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


def of_office(texts: Texts, language: ReplyLanguage, may: Callable[[Act], bool]) -> list[Command]:
    """The office's commands that somebody may use."""
    return [Command(word, texts.plain(language, f"command-{word}")) for word, act in _OFFICE.items() if may(act)]


def office_menus(call: Call, texts: Texts, office: Office) -> list[Menu]:
    """The menu of each chat of the office: everybody's commands, and those that its people may use."""
    language = call.languages[0]
    menus: list[Menu] = []
    for chat_id in sorted(office.chats):
        may = partial(office.roles.may, chat_id) if chat_id > 0 else partial(_MOST.may, 1)
        words = [*of_office(texts, language, may), *published(call, texts, language)]
        menus.append(Menu(chat_id, tuple((one.word, one.what) for one in words)))
    return menus


_MOST = Roles.of((), {1})
"""In the staff chat the menu is that of staff; owners know theirs from their own chat."""


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
