"""The office's side of the desk: a reply to a question is its answer, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.buttons import Press, Verb
from bot.desk import asking, replying
from bot.desk.replying import Written
from bot.desk.words import quoted
from bot.messages import Button
from bot.rules.roles import Act
from bot.store import answers, posting, questions
from bot.store.answers import Answered, State
from bot.store.database import Database
from bot.store.questions import Question
from faq.markup import Html
from handlers.staff.guard import staff
from handlers.staff.publishing.publishing import publish_buttons
from handlers.turn import Handler, Turn

_MOST_LISTED = 10


def replying_to_questions(otherwise: Handler) -> Handler:
    """A handler that sends a reply to a question to its asker; a message that is none goes to ``otherwise``."""

    async def hear(turn: Turn) -> None:
        call, place, message_id = turn.services.call.id, turn.chat_id, turn.answered_id or 0
        number = await turn.services.store.read(lambda db: posting.shown_by(db, call, place, message_id))
        await (otherwise if number is None else staff(Act.ANSWER)(_answering(number)))(turn)

    return hear


def hinting(otherwise: Handler) -> Handler:
    """A handler for what answers no question: in the staff chat it is said, where it could be meant so.

    That is: in an asker's topic once, and whenever it answers another message of the bot.
    """

    async def hint(turn: Turn) -> None:
        if not turn.services.office.is_chat(turn.chat_id):
            await otherwise(turn)
        elif turn.answers_bot:
            turn.say(turn.text_of("desk-hint"), reply_to=turn.message_id)
        else:
            if turn.thread is not None:
                turn.change(asking.hint(turn.services.desk(turn.now), turn.chat_id, turn.thread))
            await otherwise(turn)

    return hint


def _answering(number: int) -> Handler:
    """A handler that takes a message as the answer to the question of this number, or to what it follows."""

    async def answer(turn: Turn) -> None:
        call = turn.services.call.id
        question = await turn.services.store.read(lambda db: questions.root_of(db, call, number))
        text, file = turn.written
        desk = turn.services.desk(turn.now)
        if question is None:
            turn.say(turn.text_of("desk-gone"), reply_to=turn.message_id)
        elif not text and file is None:
            turn.say(turn.text_of("desk-empty"), reply_to=turn.message_id)
        elif not replying.fits(desk, question, text, file):
            turn.say(turn.text_of("desk-answer-long"), reply_to=turn.message_id)
        else:
            written = Written(
                question=question,
                shown=number,
                by=turn.user_id,
                text=text,
                file=file,
                place=turn.chat_id,
                message_id=turn.message_id or 0,
                language=turn.language,
            )
            turn.change(replying.answer(desk, written, lambda answer_id: publish_buttons(turn, answer_id)))

    return answer


async def send_draft(turn: Turn) -> None:
    """The second yes to an answer, by who wrote it."""
    draft = await _pressed(turn)
    if draft is None or draft.state is not State.DRAFT:
        turn.say(turn.text_of("desk-not-there" if draft is None else "stale-button"))
    elif draft.by != turn.user_id:
        turn.say(turn.text_of("desk-not-yours"))
    else:
        turn.change(
            replying.send_draft(
                turn.services.desk(turn.now),
                draft,
                turn.language,
                lambda answer_id: publish_buttons(turn, answer_id),
                pressed=turn.message_id,
            )
        )


async def take_back(turn: Turn) -> None:
    """Take an answer away from its asker."""
    given = await _pressed(turn)
    if given is None:
        turn.say(turn.text_of("desk-gone"))
    else:
        desk = turn.services.desk(turn.now)
        turn.change(replying.take_back(desk, given, turn.user_id, turn.language, pressed=turn.message_id))


def correcting(otherwise: Handler) -> Handler:
    """A handler for an edited message: an answer's copy changes with it; any other goes to ``otherwise``."""

    async def correct(turn: Turn) -> None:
        call, place, message_id = turn.services.call.id, turn.chat_id, turn.message_id or 0
        given = await turn.services.store.read(lambda db: answers.by_message(db, call, place, message_id))
        if given is None or given.by != turn.user_id:
            await otherwise(turn)
        else:
            await staff(Act.ANSWER)(_correcting(given))(turn)

    return correct


def _correcting(given: Answered) -> Handler:
    async def correct(turn: Turn) -> None:
        call, desk = turn.services.call.id, turn.services.desk(turn.now)
        question = await turn.services.store.read(lambda db: questions.of(db, call, given.question))
        text, file = turn.written
        if not text and file is None:
            turn.say(turn.text_of("desk-kept"), reply_to=turn.message_id)
        elif question is None or not replying.fits(desk, replace(question, text=given.text), text, file):
            turn.say(turn.text_of("desk-answer-long"), reply_to=turn.message_id)
        else:
            turn.change(replying.correct(desk, given, text, file, turn.language, again=turn.update_id))

    return correct


async def list_open(turn: Turn) -> None:
    """``/open``: what waits, oldest first, by its newest word, with buttons that bring it to the front."""
    call = turn.services.call.id

    def look(db: Database) -> tuple[list[tuple[Question, datetime]], int]:
        found = questions.waiting(db, call, most=_MOST_LISTED)
        listed = [(questions.newest_word(db, call, one.id) or one, questions.waits_since(db, one.id)) for one in found]
        return listed, questions.count_waiting(db, call)

    waiting, count = await turn.services.store.read(look)
    if not waiting:
        turn.say(turn.text_of("desk-open-none"))
        return
    rows = tuple((_show_button(turn, question),) for question, _ in waiting)
    lines = Html("\n".join(_line(turn, question, since) for question, since in waiting))
    turn.say(turn.text_of("desk-open", count=count), lines, rows=rows)


def _line(turn: Turn, question: Question, since: datetime) -> Html:
    at = turn.services.desk(turn.now).words(turn.language).moment(since)
    return turn.text_of("desk-open-line", number=question.number, at=at, question=quoted(question.text))


def _show_button(turn: Turn, question: Question) -> Button:
    label = turn.label("button-desk-show", number=question.number)
    return Press(Verb.SHOW_QUESTION, str(question.number), turn.language).button(label)


async def show(turn: Turn) -> None:
    """Bring a question to the front, where its button was pressed."""
    call, number = turn.services.call.id, (turn.press.number if turn.press else None) or 0
    question = await turn.services.store.read(lambda db: questions.of(db, call, number))
    if question is None:
        turn.say(turn.text_of("desk-gone"))
    else:
        turn.change(asking.show(turn.services.desk(turn.now), number, turn.chat_id, again=turn.update_id))


async def _pressed(turn: Turn) -> Answered | None:
    """The answer that a button stands for."""
    call, number = turn.services.call.id, (turn.press.number if turn.press else None) or 0
    return await turn.services.store.read(lambda db: answers.of(db, call, number))
