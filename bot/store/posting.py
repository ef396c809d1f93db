"""Statements about the messages in which questions stand before the office, and answers before their askers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.rules.outbox import State
from bot.store.database import Database


class Letter(StrEnum):
    """What a sending brings; its step is this, a colon and the number of the question or the answer."""

    QUESTION = "question"
    ANSWER = "answer"
    REWORDED = "question-edit"
    """The message that shows the question is written over."""
    EDIT = "answer-edit"
    """The answer's copy is written over."""
    BACK = "answer-back"
    """The answer's copy is taken away."""
    PUBLIC = "public-answer"
    """A question is answered by what is public already; its number is the question's."""

    def step(self, number: int, again: int | None = None) -> str:
        """The step of a sending; ``again`` tells a later one from the first."""
        return f"{self}:{number}" if again is None else f"{self}:{number}:{again}"


@dataclass(frozen=True, slots=True)
class Posted:
    """One message that brings something, or is about to."""

    chat_id: int
    message_id: int | None
    state: State


_NOT_THERE = frozenset({State.PLANNED, State.CLAIMED, State.HELD, State.REFUSED})
"""Where a letter stands that somebody does not read, or maybe not."""


def read(step: str | None) -> tuple[Letter, int] | None:
    """What a step brings and which; None for any other step."""
    letter, _, rest = (step or "").partition(":")
    number = rest.partition(":")[0]
    return (Letter(letter), int(number)) if letter in set(Letter) and number.isdecimal() else None


_NAMED = (
    "kind IN ('reply', 'staff') AND call = :call AND step >= :step AND step < :step || ';' "
    "AND (step = :step OR step > :step || ':')"
)
"""The sendings of a step, the first and the later ones; the two bounds are what their index is searched by."""


def of(db: Database, call: str, step: str) -> list[Posted]:
    """Every message of a step."""
    rows = db.execute(
        f"SELECT chat_id, message_id, state FROM sendings WHERE {_NAMED} ORDER BY id",  # noqa: S608
        {"call": call, "step": step},
    )
    return [Posted(row[0], row[1], State(row[2])) for row in rows]


def is_outdated(db: Database, call: str, question: int, chat_id: int) -> bool:
    """Whether a chat may read earlier words of a question: the newest change of a message that shows it has not come.

    The step of a change ends with the number of the message that it changes.
    """
    rows = db.execute(
        f"SELECT step, state FROM sendings WHERE {_NAMED} AND chat_id = :chat ORDER BY id",  # noqa: S608
        {"call": call, "step": Letter.REWORDED.step(question), "chat": chat_id},
    )
    newest = {step.rpartition(".")[2]: state for step, state in rows}
    return any(state in _NOT_THERE for state in newest.values())


def withdraw(db: Database, call: str, step: str) -> bool:
    """Have what waits not sent at all; whether there was something."""
    return bool(
        db.execute(
            "UPDATE sendings SET state = 'cancelled', payload = NULL, reason = 'taken back' "  # noqa: S608
            f"WHERE {_NAMED} AND state = 'planned'",
            {"call": call, "step": step},
        ).rowcount
    )


def give_up(db: Database, call: str, chat_id: int) -> None:
    """Leave no question waiting to go to a chat; it may be shown there once more, should the office come back to it."""
    db.execute(
        "DELETE FROM sendings WHERE chat_id = ? AND call = ? AND kind = 'reply' AND state = 'planned' "
        "AND (step GLOB ? OR step GLOB ?)",
        (chat_id, call, f"{Letter.QUESTION}:*", f"{Letter.REWORDED}:*"),
    )


def withdraw_under(db: Database, chat_id: int, message_id: int) -> None:
    """Have nothing said any more in answer to a message of the office."""
    db.execute(
        "DELETE FROM sendings WHERE chat_id = ? AND kind = 'reply' AND state = 'planned' "
        "AND json_extract(payload, '$.reply_to') = ?",
        (chat_id, message_id),
    )


def shown_by(db: Database, call: str, chat_id: int, message_id: int) -> int | None:
    """The number of the question that a message of the bot shows to the office."""
    row = db.execute(
        "SELECT step FROM sendings WHERE chat_id = ? AND message_id = ? AND kind = 'reply' AND +step GLOB ? "
        "AND call = ? ORDER BY id DESC LIMIT 1",
        (chat_id, message_id, f"{Letter.QUESTION}:*", call),
    ).fetchone()
    found = read(row[0]) if row else None
    return found[1] if found else None


def on_their_way(db: Database, call: str) -> list[int]:
    """The sendings that bring something and were claimed when the bot stopped."""
    rows = db.execute(
        "SELECT id, step FROM sendings WHERE state = 'claimed' AND kind IN ('reply', 'staff') AND call = ?", (call,)
    )
    return [row[0] for row in rows if read(row[1])]


def step_and_state(db: Database, sending: int) -> tuple[str | None, State, int] | None:
    """What a sending brings, where it stands and to which chat it goes; None for one that is gone."""
    row = db.execute("SELECT step, state, chat_id FROM sendings WHERE id = ?", (sending,)).fetchone()
    return row and (row[0], State(row[1]), row[2])


def thread_opened(db: Database, call: str, question: int, thread: int) -> None:
    """A topic was opened for an asker: what they ask from now on, and what waits already, goes there."""
    asker = db.execute(
        "UPDATE askers SET thread = ?, hinted = 0 WHERE id = (SELECT asker FROM questions WHERE id = ?) RETURNING id",
        (thread, question),
    ).fetchone()
    if asker is None:
        return
    for (waiting,) in db.execute("SELECT id FROM questions WHERE asker = ?", asker).fetchall():
        db.execute(
            f"UPDATE sendings SET payload = json_set(payload, '$.thread', :thread) WHERE {_NAMED} "  # noqa: S608
            "AND state = 'planned' AND payload LIKE '%\"topic\"%'",
            {"call": call, "step": Letter.QUESTION.step(waiting), "thread": thread},
        )


def topics_gone(db: Database, call: str) -> None:
    """The office reads in another chat: no asker has a topic there yet."""
    db.execute("UPDATE askers SET thread = NULL, hinted = 0 WHERE call = ?", (call,))


def hint(call: str, thread: int) -> Callable[[Database], bool]:
    """Whether to say in an asker's topic how it works: the first time, and never again."""

    def change(db: Database) -> bool:
        return bool(
            db.execute(
                "UPDATE askers SET hinted = 1 WHERE call = ? AND thread = ? AND hinted = 0", (call, thread)
            ).rowcount
        )

    return change
