"""Statements about who asked to be told when their question is answered."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from bot.messages import Message
from bot.rules.outbox import Kind
from bot.store import people, sendings
from bot.store.database import Database
from bot.store.instants import stored
from faq.languages import ReplyLanguage

_MOST = 20
"""Questions that one chat may wait for; an older one makes room."""


def wait(call: str, chat_id: int, words: str, language: ReplyLanguage, *, now: datetime) -> Callable[[Database], None]:
    """A chat wants to hear when a question of these normalised ``words`` is answered."""

    def change(db: Database) -> None:
        db.execute(
            "INSERT OR REPLACE INTO waiting (call, chat_id, words, language, at) VALUES (?, ?, ?, ?, ?)",
            (call, chat_id, words, language, stored(now)),
        )
        db.execute(
            "DELETE FROM waiting WHERE call = :call AND chat_id = :chat AND words NOT IN (SELECT words FROM waiting "
            "WHERE call = :call AND chat_id = :chat ORDER BY at DESC LIMIT :most)",
            {"call": call, "chat": chat_id, "most": _MOST},
        )

    return change


def waiting(db: Database, call: str, is_same: Callable[[str], bool]) -> dict[int, ReplyLanguage]:
    """The chats that wait for a question whose words are the same as another's, with the language of theirs."""
    found = db.execute("SELECT chat_id, language, words FROM waiting WHERE call = ?", (call,))
    return {chat_id: ReplyLanguage(language) for chat_id, language, words in found if is_same(words)}


def tell(  # noqa: PLR0913  one row a chat
    call: str,
    chats: Mapping[int, ReplyLanguage],
    messages: Mapping[ReplyLanguage, Message],
    *,
    step: str,
    author: int,
    now: datetime,
) -> Callable[[Database], None]:
    """Queue a message to chats, each in the language it chose, else in the one named here; nobody gets two."""

    def change(db: Database) -> None:
        for chat_id, spoken in chats.items():
            language = people.language_of(db, chat_id) or spoken
            language = language if language in messages else next(iter(messages))
            sendings.plan_reply(
                call, chat_id, messages[language], language, now=now, kind=Kind.STAFF, step=step, author=author
            )(db)

    return change


def waited(call: str, chats: Collection[int], is_same: Callable[[str], bool]) -> Callable[[Database], None]:
    """What these chats waited for was answered."""

    def change(db: Database) -> None:
        for chat_id in chats:
            rows = db.execute("SELECT words FROM waiting WHERE call = ? AND chat_id = ?", (call, chat_id)).fetchall()
            for (words,) in rows:
                if is_same(words):
                    db.execute(
                        "DELETE FROM waiting WHERE call = ? AND chat_id = ? AND words = ?", (call, chat_id, words)
                    )

    return change
