"""What every letter of the desk needs: the call, the words, the office, and the moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.desk.words import Words
from bot.messages import Message
from bot.office import Office
from bot.rules.outbox import Kind
from bot.store import people, sendings
from bot.store.database import Database
from bot.texts import Texts
from faq import Call
from faq.languages import ReplyLanguage


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The desk at one moment; ``version`` is that of the deadline which holds then."""

    call: Call
    texts: Texts
    office: Office
    version: int
    now: datetime

    def words(self, language: ReplyLanguage) -> Words:
        """The desk's words in a language."""
        return Words(self.call, self.texts, language)

    def words_of(self, db: Database, chat_id: int) -> Words:
        """The same in the language of a chat."""
        return self.words(self.call.language(people.reads(db, chat_id)))

    def send(  # noqa: PLR0913  the parts of one letter
        self,
        db: Database,
        chat_id: int,
        language: ReplyLanguage,
        message: Message,
        *,
        step: str | None = None,
        author: int | None = None,
    ) -> None:
        """Queue a letter; with an ``author`` it is the office's own word to an asker."""
        is_dated = author is not None and message.file is None  # a change of the deadline would take its file away
        sendings.plan_reply(
            self.call.id,
            chat_id,
            message,
            language,
            now=self.now,
            version=self.version if is_dated else None,
            kind=Kind.REPLY if author is None else Kind.STAFF,
            step=step,
            author=author,
        )(db)
