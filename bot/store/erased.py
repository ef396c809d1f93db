"""Statements about copies of broadcasts whose people asked to be forgotten: counted, and not sent a second time."""

from __future__ import annotations

from collections import Counter

from bot.rules.outbox import State
from bot.store.database import Database

_SHARED = 16_777_213
"""A chat's mark is the remainder of its id by this: some five hundred of Telegram's chats have the same one. It can't
tell who had a copy, but two of the people who write to one counter hardly ever share it."""

_COUNTS = "(s.state <> 'planned' OR s.attempts > 0)"
"""What was only planned leaves nothing: who comes back gets it then."""

_MAY_HAVE_ARRIVED = "s.kind = 'broadcast' AND s.state IN ('sent', 'held', 'claimed', 'planned')"


def remember(db: Database, chat_id: int) -> None:
    """Keep what came of a chat's copies, before they are erased, and a mark of it for each broadcast that goes out.

    What is on its way just then counts as unclear.
    """
    db.execute(
        "INSERT INTO erased_copies (call, step, state, mark) "  # noqa: S608  our own words
        "SELECT s.call, s.step, iif(s.state IN ('planned', 'claimed'), 'held', s.state), "
        f"iif(b.is_complete OR NOT ({_MAY_HAVE_ARRIVED}), NULL, s.chat_id % {_SHARED}) "
        "FROM sendings s JOIN broadcasts b ON b.id = substr(s.step, instr(s.step, ':') + 1) "
        f"WHERE s.chat_id = ? AND s.kind IN ('broadcast', 'amend') AND {_COUNTS}",
        (chat_id,),
    )


def had(chat: str) -> str:
    """The condition that somebody with the mark of ``chat`` (a column) had a copy of ``:step``, and was forgotten."""
    return f"EXISTS (SELECT 1 FROM erased_copies e WHERE e.step = :step AND e.mark = {chat} % {_SHARED})"  # noqa: S608


def counts(db: Database, step: str) -> Counter[State]:
    """What came of the copies of ``step`` that were erased since."""
    rows = db.execute("SELECT state, count(*) FROM erased_copies WHERE step = ? GROUP BY state", (step,))
    return Counter({State(row[0]): row[1] for row in rows})


def unmark(db: Database, step: str) -> None:
    """Keep no mark of anybody any more: nothing of this step goes to somebody new."""
    if db.execute("UPDATE erased_copies SET mark = NULL WHERE step = ? AND mark IS NOT NULL", (step,)).rowcount:
        db.wipe_after_commit = db.copy_again = True
