"""What follows when a letter of the desk arrived, or did not: nothing is lost unseen."""

from __future__ import annotations

from bot.desk.asking import post
from bot.desk.desk import Desk
from bot.messages import Message
from bot.rules.outbox import Outcome, Sent, State
from bot.store import Change, answers, posting, questions
from bot.store.database import Database
from bot.store.posting import Letter
from faq.markup import Html

_WHY = {State.UNREACHABLE: "desk-unreachable", State.REFUSED: "desk-refused", State.HELD: "desk-unclear"}
"""How a letter can fail for good, and the sentence that says why."""

_WHAT = {Letter.ANSWER: "desk-undelivered", Letter.EDIT: "desk-uncorrected", Letter.BACK: "desk-still-there"}


_QUESTIONS = frozenset({Letter.QUESTION, Letter.REWORDED})
"""What brings an asker's words to the office."""


def settle(desk: Desk, sending: int, outcome: Outcome | None = None) -> Change:
    """After the outcome of a sending is recorded: remember an asker's topic, tell the office what failed."""

    def change(db: Database) -> None:
        found = posting.step_and_state(db, sending)
        brought = posting.read(found[0]) if found else None
        if found is None or brought is None:
            return
        _, state, chat_id = found
        letter, number = brought
        if state is State.PLANNED and letter in _QUESTIONS and questions.of(db, desk.call.id, number) is None:
            posting.withdraw(db, desk.call.id, letter.step(number))  # its asker was forgotten while it was on its way
        elif isinstance(outcome, Sent) and letter is Letter.QUESTION:
            _remember_topic(desk, db, number, chat_id, outcome.thread)
        elif state in _WHY and letter is Letter.QUESTION:
            _go_elsewhere(desk, db, number, chat_id)
        elif state in _WHY and letter is Letter.PUBLIC:
            _wait_again(desk, db, number, state)
        elif state in _WHY and letter in _WHAT:
            _tell(desk, db, letter, number, state)

    return change


def interrupted(desk: Desk, sendings: list[int]) -> Change:
    """The same after a start, for what was being sent when the bot stopped."""

    def change(db: Database) -> None:
        for sending in sendings:
            settle(desk, sending)(db)

    return change


def _remember_topic(desk: Desk, db: Database, number: int, chat_id: int, thread: int | None) -> None:
    """Where a topic was opened for an asker, it is theirs; one of a chat that the office left is nobody's."""
    if thread is not None and desk.office.is_chat(chat_id):
        posting.thread_opened(db, desk.call.id, number, thread)


def _go_elsewhere(desk: Desk, db: Database, number: int, chat_id: int) -> None:
    """A question that the staff chat did not take is shown to each owner in private.

    What went to a chat that is the office's no more is shown where it reads now.
    """
    if desk.office.is_chat(chat_id):
        for owner in sorted(desk.office.roles.owners):
            post(desk, db, number, owner, lead="desk-no-chat")
    elif chat_id not in desk.office.chats:  # the office reads elsewhere since this was queued
        for told in desk.office.told:
            post(desk, db, number, told)


def _wait_again(desk: Desk, db: Database, number: int, state: State) -> None:
    """What was public did not arrive at who asked for it: the question waits again, unless nobody is there."""
    is_final = state is State.UNREACHABLE
    questions.mark(db, number, questions.State.CLOSED if is_final else questions.State.OPEN)
    for chat_id in desk.office.told:
        words = desk.words_of(db, chat_id)
        text = Html(f"{words.say('desk-undelivered', number=number)} {words.say(_WHY[state])}")
        desk.send(db, chat_id, words.language, Message(text))


def _tell(desk: Desk, db: Database, letter: Letter, number: int, state: State) -> None:
    """Tell where an answer was written that it is not with its asker."""
    lost = answers.of(db, desk.call.id, number)
    if lost is None:
        return
    if letter is Letter.ANSWER:
        is_final = state is State.UNREACHABLE  # the office can do nothing about it
        questions.mark(db, lost.question, questions.State.CLOSED if is_final else questions.State.OPEN)
    elif letter is Letter.BACK:
        answers.mark(db, number, answers.State.GIVEN)
        answers.weigh(db, lost.question)
    words = desk.words_of(db, lost.place)
    text = Html(f"{words.say(_WHAT[letter], number=lost.question)} {words.say(_WHY[state])}")
    thread = lost.thread if desk.office.is_chat(lost.place) else None
    desk.send(db, lost.place, words.language, Message(text, thread=thread, reply_to=lost.message_id))
