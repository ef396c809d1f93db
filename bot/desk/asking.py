"""Letters to the office: a question, a further word about it, and what becomes of both when they are edited."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from bot.buttons import Verb
from bot.desk.desk import Desk
from bot.desk.words import is_to_be_told
from bot.messages import Message
from bot.rules.counts import Outcome
from bot.rules.outbox import State
from bot.store import Change, counting, posting, questions
from bot.store.database import Database
from bot.store.posting import Letter
from bot.store.questions import Asker, Question, Talk
from bot.store.questions import State as Standing
from faq.languages import ReplyLanguage
from faq.markup import Html


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an applicant wrote to the office; ``counted`` is what it was counted as when the bot was asked first."""

    chat_id: int
    message_id: int | None
    text: str
    language: ReplyLanguage
    counted: Outcome | None = None


def ask(desk: Desk, asked: Asked) -> Change:
    """A question to the office: it gets a number, the office reads it, the asker has a receipt.

    A message that was sent to it already, by a button that is pressed twice, is not sent again.
    """

    def change(db: Database) -> None:
        if asked.message_id and questions.by_message(db, desk.call.id, asked.chat_id, asked.message_id):
            return
        asker = questions.turn_to(desk.call.id, asked.chat_id, Talk.TALKING, now=desk.now)(db)
        number = _keep(desk, db, asker, asked, follows=None)
        questions.turn_to(desk.call.id, asked.chat_id, Talk.TALKING, about=number, now=desk.now)(db)
        if asked.chat_id not in desk.office.roles.everyone:
            human = Outcome.HUMAN
            counting.asked(desk.call, human, asked.language, now=desk.now, instead_of=asked.counted)(db)
        _tell(desk, db, asked, desk.words(asked.language).receipt(number))

    return change


def pass_on(desk: Desk, asker: Asker, asked: Asked) -> Change:
    """A further word about a question, in its language; the asker is told now and then that it went to the office."""
    told = is_to_be_told(asker, now=desk.now)

    def change(db: Database) -> None:
        first = questions.of(db, desk.call.id, asker.about or 0)
        if first is None:  # it was erased meanwhile
            ask(desk, asked)(db)
            return
        further = replace(asked, language=first.language)
        questions.turn_to(desk.call.id, asked.chat_id, Talk.TALKING, told=told, now=desk.now)(db)
        _keep(desk, db, asker.id, further, follows=first.id)
        if told:
            _tell(desk, db, further, desk.words(first.language).say("desk-passed-on"))

    return change


def _tell(desk: Desk, db: Database, asked: Asked, text: Html) -> None:
    """Say something to an asker, with the button that leads back to the bot."""
    rows = (desk.words(asked.language).button("button-desk-leave", Verb.LEAVE_OFFICE),)
    desk.send(db, asked.chat_id, asked.language, Message(text, rows))


def _keep(desk: Desk, db: Database, asker: int, asked: Asked, *, follows: int | None) -> int:
    """Keep a question and show it wherever the office reads; return its number."""
    number = questions.ask(
        desk.call.id,
        asker,
        asked.text,
        asked.language,
        message_id=asked.message_id,
        follows=follows,
        now=desk.now,
    )(db)
    for chat_id in desk.office.told:
        post(desk, db, number, chat_id)
    return number


def post(  # noqa: PLR0913  one letter, and how it is shown
    desk: Desk, db: Database, number: int, chat_id: int, *, again: int | None = None, lead: str | None = None
) -> None:
    """Show a question in a chat of the office: in the asker's topic in the staff chat, by itself elsewhere.

    A chat is shown each once, unless it is brought to the front ``again``; ``lead`` is a sentence to begin with.
    """
    question = questions.of(db, desk.call.id, number)
    if question is None:
        return
    words = desk.words_of(db, chat_id)
    message = words.question(question, lead=words.say(lead) if lead else None)
    if desk.office.is_chat(chat_id):
        message = replace(message, topic=words.topic(question), thread=question.thread)
    if question.follows is not None:
        message = replace(message, reply_to=_shown_in(desk, db, question.follows, chat_id))
    desk.send(db, chat_id, words.language, message, step=Letter.QUESTION.step(number, again))


def _shown_in(desk: Desk, db: Database, number: int, chat_id: int) -> int | None:
    """The newest message that shows a question in a chat."""
    shown = posting.of(db, desk.call.id, Letter.QUESTION.step(number))
    return next((one.message_id for one in reversed(shown) if one.chat_id == chat_id), None)


def move(desk: Desk, db: Database, old: Collection[int]) -> None:
    """The office reads in another chat than the ``old``: what waits goes there, and nothing more to where it was."""
    posting.topics_gone(db, desk.call.id)
    for chat_id in old:
        posting.give_up(db, desk.call.id, chat_id)
    for question in questions.waiting(db, desk.call.id):
        for chat_id in desk.office.told:
            _show(desk, db, question.id, chat_id)


def show(desk: Desk, number: int, chat_id: int, *, again: int) -> Change:
    """Bring a question to the front in a chat of the office, with the newest word about it that waits."""
    return lambda db: _show(desk, db, number, chat_id, again=again)


def _show(desk: Desk, db: Database, number: int, chat_id: int, *, again: int | None = None) -> None:
    post(desk, db, number, chat_id, again=again)
    if word := questions.newest_word(db, desk.call.id, number):
        post(desk, db, word.id, chat_id, again=again)


def edit(desk: Desk, question: Question, text: str, *, again: int) -> Change:
    """An asker wrote their question anew: what the office reads changes with it, and the asker is told what follows.

    An answer that was given already is one to the earlier words: the question waits again, and comes to the front.
    """

    def change(db: Database) -> None:
        root = questions.root_of(db, desk.call.id, question.id)
        is_late = root is not None and root.state is not Standing.OPEN
        questions.edit(question.id, text, now=desk.now)(db)
        if is_late:
            questions.mark(db, question.number, Standing.OPEN)
        lead = "desk-edited-late" if is_late else None
        _reword(desk, db, replace(question, text=text, edited=True), again=again, lead=lead)
        for chat_id in desk.office.told if is_late else ():
            post(desk, db, question.id, chat_id, again=again, lead=lead)
        words = desk.words(question.language)
        said = words.say("desk-edit-late" if is_late else "desk-edit-taken", number=question.number)
        desk.send(db, question.chat_id, question.language, Message(said, reply_to=question.message_id))

    return change


def _reword(desk: Desk, db: Database, edited: Question, *, again: int, lead: str | None) -> None:
    """Have every message that shows a question, or is about to, show what it says now."""
    step = Letter.QUESTION.step(edited.id)
    posting.withdraw(db, desk.call.id, Letter.REWORDED.step(edited.id))  # earlier words must not come after these
    for shown in posting.of(db, desk.call.id, step):
        if shown.chat_id not in desk.office.chats:
            continue  # the office read there once: nobody is shown anything there any more
        words = desk.words_of(db, shown.chat_id)
        if shown.state is State.SENT and shown.message_id is None:  # left behind in a group that became another one
            if lead is None:  # or else it comes once more anyway
                post(desk, db, edited.id, shown.chat_id, again=again)
        elif shown.state is State.SENT:
            over = replace(words.question(edited), replaces=shown.message_id, only_replaces=True)
            name = f"{Letter.REWORDED.step(edited.id, again)}.{shown.message_id}"
            desk.send(db, shown.chat_id, words.language, over, step=name)
        elif shown.state in {State.PLANNED, State.CLAIMED}:  # on its way with the old words: they are taken back
            posting.withdraw(db, desk.call.id, step)
            post(desk, db, edited.id, shown.chat_id, again=again, lead=lead)


def hint(desk: Desk, place: int, thread: int) -> Change:
    """Say in an asker's topic, once, that only a reply to the question is sent."""

    def change(db: Database) -> None:
        if posting.hint(desk.call.id, thread)(db):
            words = desk.words_of(db, place)
            desk.send(db, place, words.language, Message(words.say("desk-hint"), thread=thread))

    return change
