"""Who a broadcast goes to: named sources of chats, counted at once and read page by page while it is sent."""

from __future__ import annotations

import json
from dataclasses import dataclass

from bot.office import Office
from bot.store import erased, given
from bot.store.database import Database
from faq import Call
from faq.languages import ReplyLanguage

START = -(1 << 62)
"""Before every chat."""

_LANGUAGE = (
    "coalesce(p.language, (SELECT x.language FROM registrations x WHERE x.call = :call AND x.chat_id = {chat} "
    "ORDER BY x.purpose LIMIT 1), p.spoken, :first)"
)
"""What a chat reads: the language it chose, that of its registration, the one it was answered in last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where chats stand: a table, its column with the chat, and which rows.

    The condition may name ``:call``, ``:argument`` (what follows the audience's name), ``:office`` (a JSON list of
    people) and ``{language}``; ``p`` is the chat's row of people. Who asked not to be written to is left out unless
    ``also_muted``, who can't be reached always.
    """

    table: str
    chat: str
    where: str
    language: str = _LANGUAGE
    also_muted: bool = False

    def select(self, *, without: bool, counted: bool = False) -> str:
        """The statement that finds its chats after ``:after``, those ``without`` a sending of ``:step`` alone.

        Where they are only ``counted``, their language is not looked for: that takes most of the time.
        """
        language = self.language.format(chat=self.chat)
        muted = "" if self.also_muted else "AND p.muted_at IS NULL "
        had = (
            f"AND NOT EXISTS (SELECT 1 FROM sendings h WHERE h.call = :call AND h.chat_id = {self.chat} "  # noqa: S608  our own words
            f"AND h.step = :step) AND NOT {erased.had(self.chat)} "
        )
        return (
            f"SELECT {self.chat} AS chat_id{'' if counted else f', {language} AS language'} FROM {self.table} "  # noqa: S608  the same
            f"LEFT JOIN people p ON p.chat_id = {self.chat} "
            f"WHERE {self.chat} > :after AND p.unreachable IS NULL {muted}"
            f"{had if without else ''}AND ({self.where.format(language=language)})"
        )


_NOT_OFFICE = "o.chat_id > 0 AND o.chat_id NOT IN (SELECT value FROM json_each(:office))"


def _spoken(where: str = "TRUE") -> Source:
    """People who ever wrote; those of the office count only where they are registered."""
    return Source(table="people o", chat="o.chat_id", where=f"{_NOT_OFFICE} AND {where}")


def _registered(where: str = "TRUE") -> Source:
    return Source(table="registrations r", chat="r.chat_id", where=f"r.call = :call AND {where}")


def _copies(where: str, *, also_muted: bool) -> Source:
    """Chats with a copy of the broadcast ``:argument``, in the language that its reader reads."""
    return Source(
        table="sendings s",
        chat="s.chat_id",
        where=f"s.kind IN ('broadcast', 'amend') AND s.step = 'broadcast:' || :argument AND {where}",
        language="coalesce(s.reader, s.language, :first)",
        also_muted=also_muted,
    )


AUDIENCES: dict[str, tuple[Source, ...]] = {
    "all": (_spoken(), _registered()),
    "registered": (_registered("r.purpose = 'deadline'"),),
    "next-edition": (_registered("r.purpose = 'next-edition'"),),
    "language": (_spoken("{language} = :argument"), _registered("{language} = :argument")),
    "profile": (_spoken("p.profile = :argument"), _registered("p.profile = :argument")),
    # Who may have read it has to hear what was wrong with it, also where nobody knows whether it was delivered.
    given.GIVEN: (
        Source(table="given g", chat="g.chat_id", where=given.ONE_BY_ONE),
        Source(table=given.COPIES, chat="s.chat_id", where=given.BY_BROADCAST),
    ),
    "reached": (_copies("s.state IN ('sent', 'held')", also_muted=False),),
    "copies": (_copies("s.state = 'sent' AND s.message_id IS NOT NULL", also_muted=True),),
}
"""What an audience's name (before its ":") stands for."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A chat of an audience and the language that it reads."""

    chat_id: int
    language: ReplyLanguage


def is_known(audience: str) -> bool:
    """Whether there is such an audience."""
    return audience.partition(":")[0] in AUDIENCES


def page(  # noqa: PLR0913  what decides about it, each once
    db: Database, call: Call, audience: str, office: Office, *, after: int, step: str, most: int
) -> list[Reader]:
    """The next chats of an audience that have nothing of ``step`` yet, in order."""
    union = _union(audience, without=True)
    values = _values(call, audience, office, after=after, step=step) | {"most": most}
    rows = db.execute(f"{union} ORDER BY chat_id LIMIT :most", values)
    return [Reader(row[0], ReplyLanguage(row[1])) for row in rows]


def count(db: Database, call: Call, audience: str, office: Office, *, step: str | None = None) -> int:
    """How many chats an audience has now; with ``step``, how many of them have nothing of it yet."""
    union = _union(audience, without=step is not None, counted=True)
    values = _values(call, audience, office, after=START, step=step)
    return db.execute(f"SELECT count(*) FROM ({union})", values).fetchone()[0]  # noqa: S608


def profiles(db: Database) -> list[str]:
    """The profiles that somebody has."""
    rows = db.execute("SELECT DISTINCT profile FROM people WHERE profile IS NOT NULL ORDER BY profile")
    return [row[0] for row in rows]


def _union(audience: str, *, without: bool, counted: bool = False) -> str:
    sources = AUDIENCES[audience.partition(":")[0]]
    return " UNION ".join(source.select(without=without, counted=counted) for source in sources)


def _values(call: Call, audience: str, office: Office, *, after: int, step: str | None) -> dict[str, object]:
    return {
        "call": call.id,
        "first": call.languages[0],
        "argument": audience.partition(":")[2],
        "office": json.dumps(sorted(office.roles.everyone)),
        "after": after,
        "step": step,
    }
