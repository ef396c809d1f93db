"""Statements about who asked to be told when their question is answered."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.messages import Message
from bot.rules.outbox import Kind
from bot.store import given, sendings
from bot.store.database import Database
from bot.store.instants import stored
from faq.languages import ReplyLanguage
from faq.markup import Html

_MOST = 20
"""Questions that one chat may wait for; an older one makes room."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Who waits for an answer, with the language of their question, and the words in which somebody does."""

    words: Collection[str]
    chats: Mapping[int, ReplyLanguage]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The answer of an ``entry`` to who asked for it, in each language with its edition; it is an ``author``'s word.

    ``version`` is that of the deadline, where the text names a fact, else None.
    """

    entry: str
    messages: Mapping[ReplyLanguage, Message]
    editions: Mapping[ReplyLanguage, str]
    step: str
    author: int
    version: int | None = None


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


def waiting(db: Database, call: str, is_same: Callable[[str], bool]) -> Waiting:
    """Who waits for a question whose words are the same as another's."""
    found = db.execute("SELECT DISTINCT words FROM waiting WHERE call = ?", (call,))
    same = [words for (words,) in found if is_same(words)]
    chats = db.execute(
        "SELECT chat_id, language FROM waiting WHERE call = ? AND words IN (SELECT value FROM json_each(?))",
        (call, json.dumps(same)),
    )
    return Waiting(words=same, chats={chat_id: _LANGUAGES[language] for chat_id, language in chats})


def tell(call: str, chats: Mapping[int, ReplyLanguage], told: Told, *, now: datetime) -> Callable[[Database], None]:
    """Queue an answer to chats, and keep that it was given to them; nobody gets two of a step.

    Each gets it in the language it chose, else in the one it was answered in last, else in the one named here. It may
    be tens of thousands of chats: a statement a chat would keep everybody else waiting for a minute.
    """

    def change(db: Database) -> None:
        people = "SELECT value, coalesce(language, spoken) FROM json_each(?) LEFT JOIN people ON chat_id = value"
        readers: dict[ReplyLanguage, list[int]] = defaultdict(list)
        for chat_id, known in db.execute(people, (json.dumps(list(chats)),)):
            language = _LANGUAGES[known] if known else chats[chat_id]
            readers[language if language in told.messages else next(iter(told.messages))].append(chat_id)
        for language, those in readers.items():
            message = told.messages[language]
            sendings.plan_to_all(
                call, those, message, language,
                now=now, version=told.version, kind=Kind.STAFF, step=told.step, author=told.author,
            )(db)  # fmt: skip
            given.give_all(call, those, {told.entry: told.editions[language]}, language, now=now)(db)

    return change


def reword(call: str, told: Told, *, also: str = "", now: datetime) -> Callable[[Database], None]:
    """What of a step waits to be sent says what ``told`` says; the sentence at its head, which says why, stays.

    So does what waits of the steps that are like ``also`` (a GLOB).

    Who it goes to counts as given both: the old text too, which a request of unclear end may have brought.
    """
    queued = "call = ? AND kind = 'staff' AND step IS NOT NULL AND (step = ? OR step GLOB ?) AND state = 'planned'"

    def change(db: Database) -> None:
        found = db.execute(
            f"SELECT DISTINCT language, payload FROM sendings WHERE {queued}",  # noqa: S608
            (call, told.step, also),
        ).fetchall()
        for spoken, payload in found:
            language = _LANGUAGES[spoken]
            head = Message.from_json(payload).text.partition("\n\n")[0]
            message = replace(told.messages[language], text=Html(f"{head}\n\n{told.messages[language].text}"))
            chats = db.execute(
                f"UPDATE sendings SET payload = ?, deadline_version = ? WHERE {queued} AND payload = ? "  # noqa: S608
                "RETURNING chat_id",
                (message.to_json(), told.version, call, told.step, also, payload),
            ).fetchall()
            given.give_all(call, [row[0] for row in chats], {told.entry: told.editions[language]}, language, now=now)(
                db
            )

    return change


def waited(call: str, chats: Collection[int], words: Collection[str]) -> Callable[[Database], None]:
    """What these chats waited for, in any of these normalised words, was answered."""

    def change(db: Database) -> None:
        db.execute(
            "DELETE FROM waiting WHERE call = ? AND chat_id IN (SELECT value FROM json_each(?)) "
            "AND words IN (SELECT value FROM json_each(?))",
            (call, json.dumps(list(chats)), json.dumps(list(words))),
        )

    return change


_LANGUAGES = {str(language): language for language in ReplyLanguage}
