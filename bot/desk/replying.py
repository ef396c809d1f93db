"""Letters of the office to an asker: an answer, a second one, its correction, and its taking back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.buttons import Verb
from bot.desk.desk import Desk
from bot.desk.words import CAN_BE_TAKEN_BACK, Words
from bot.messages import Button, File, Message, Rows
from bot.rules.outbox import State
from bot.rules.roles import Act
from bot.store import Change, answers, audit, freezing, posting, questions
from bot.store.answers import Answered
from bot.store.database import Database
from bot.store.posting import Letter
from bot.store.questions import Question
from faq.languages import ReplyLanguage
from faq.markup import Html

More = Callable[[int], tuple[Button, ...]]
"""What else can be done with an answer, by its number."""

_DIGITS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a member of staff wrote: to which question, in which message of which chat, and how they are spoken to.

    ``shown`` is what they replied to: the question, or a further word about it.
    """

    question: Question
    shown: int
    by: int
    text: Html
    file: File | None
    place: int
    message_id: int
    language: ReplyLanguage


def fits(desk: Desk, question: Question, text: Html, file: File | None) -> bool:
    """Whether an answer can be sent with what is said around it."""
    try:
        desk.words(question.language).answer(question.number, question.text, text, file, corrected=True)
    except ValueError:
        return False
    return True


def answer(desk: Desk, written: Written, more: More) -> Change:
    """An answer goes to the asker; where there is a doubt whether it should, it waits as a draft for a second yes."""

    def change(db: Database) -> None:
        words = desk.words(written.language)
        question = questions.of(db, desk.call.id, written.question.id)
        doubt = _doubt(desk, db, written, question, words) if question else None
        found = _keep(desk, db, written, question, answers.State.DRAFT if doubt else answers.State.GIVEN)
        if found is None:
            desk.send(db, written.place, written.language, Message(words.say("desk-gone")))
        elif doubt:
            text, label = doubt
            _under(desk, db, found, written.language, text, (words.button(label, Verb.SEND_ANSWER, found.id),))
        else:
            _give(desk, db, found)
            _under(desk, db, found, written.language, *_goes(desk, db, found, written.language, more))

    return change


def send_draft(desk: Desk, draft: Answered, language: ReplyLanguage, more: More, *, pressed: int | None) -> Change:
    """A draft goes to the asker after all; the message whose button was ``pressed`` says so."""

    def change(db: Database) -> None:
        found = answers.of(db, desk.call.id, draft.id)
        if found is None or found.state is not answers.State.DRAFT:
            return  # pressed twice
        answers.mark(db, draft.id, answers.State.GIVEN)
        _give(desk, db, found)
        _under(desk, db, found, language, *_goes(desk, db, found, language, more), over=pressed)

    return change


def _doubt(desk: Desk, db: Database, written: Written, question: Question, words: Words) -> tuple[Html, str] | None:
    """Why an answer may not be meant to go out, and the label of the button that sends it all the same."""
    is_answered = question.state is questions.State.ANSWERED
    if is_answered and (before := answers.last_given(db, question.id)):
        return words.twice(before), "button-desk-twice"
    for shown in (question, questions.of(db, desk.call.id, written.shown)):
        if shown and posting.is_outdated(db, desk.call.id, shown.id, written.place):
            return words.outdated(shown), "button-desk-anyway"
    return None


def _keep(
    desk: Desk, db: Database, written: Written, question: Question | None, state: answers.State
) -> Answered | None:
    """Keep an answer to a question as it reads now; None where its asker asked to be forgotten."""
    if question is None:
        return None
    number = answers.add(
        desk.call.id,
        question.id,
        written.by,
        written.text,
        written.file,
        place=written.place,
        message_id=written.message_id,
        state=state,
        asked=question.text,
        now=desk.now,
    )(db)
    return answers.of(db, desk.call.id, number)


def _give(desk: Desk, db: Database, given: Answered) -> None:
    """Queue an answer's copy to its asker, whose plain words are the bot's again."""
    question = questions.of(db, desk.call.id, given.question)
    desk.send(db, given.chat_id, given.language, _copy(desk, given), step=Letter.ANSWER.step(given.id), author=given.by)
    answers.weigh(db, given.question)  # it waits on where it reads otherwise by now
    questions.end_talk(db, given.question)
    _note(
        desk,
        given,
        given.by,
        was=question and question.state,
        is_now="answered",
        text=_digest(given.answer, given.file),
    )(db)


def _copy(desk: Desk, given: Answered, *, corrected: bool = False) -> Message:
    words = desk.words(given.language)
    message = words.answer(given.question, given.text, given.answer, given.file, corrected=corrected)
    return replace(message, rows=(words.button("button-desk-resume", Verb.REPLY_OFFICE, given.question),))


def _goes(desk: Desk, db: Database, given: Answered, language: ReplyLanguage, more: More) -> tuple[Html, Rows]:
    """What the office reads under its answer: to whom it goes, and what can still be done."""
    words = desk.words(language)
    back = words.button("button-desk-back", Verb.TAKE_BACK, given.id)
    others = more(given.id)
    is_frozen = freezing.of(db, desk.call.id) is not None
    goes = words.goes(given.question, given.text, waits=is_frozen)
    return _with_what_waits(desk, db, given, words, goes), (back, others) if others else (back,)


def _with_what_waits(desk: Desk, db: Database, given: Answered, words: Words, said: Html) -> Html:
    """What was done with an answer, and that its question waits all the same, where it changed since."""
    question = questions.of(db, desk.call.id, given.question)
    waits = question is not None and question.state is questions.State.OPEN
    return Html("\n".join([said, words.say("desk-still-waits")])) if waits else said


def _under(  # noqa: PLR0913, PLR0917  the parts of one message
    desk: Desk,
    db: Database,
    given: Answered,
    language: ReplyLanguage,
    text: Html,
    rows: Rows = (),
    *,
    over: int | None = None,
) -> None:
    """Say something about an answer where it was written, under it."""
    thread = given.thread if desk.office.is_chat(given.place) else None
    message = Message(text, rows, replaces=over, thread=thread, reply_to=given.message_id)
    desk.send(db, given.place, language, message)


def take_back(desk: Desk, given: Answered, by: int, language: ReplyLanguage, *, pressed: int | None) -> Change:
    """Take an answer's copy away from its asker, as long as Telegram allows; its question is open again."""

    def change(db: Database) -> None:
        words = desk.words(language)
        if refusal := _why_not(desk, db, given.id):
            _under(desk, db, given, language, words.say(refusal))
        else:
            _withdraw(desk, db, given, by)
            _under(desk, db, given, language, words.say("desk-taken-back", number=given.question), over=pressed)

    return change


def _why_not(desk: Desk, db: Database, answer_id: int) -> str | None:
    """The sentence that says why an answer can't be taken back; None where it can."""
    found = answers.of(db, desk.call.id, answer_id)
    states = {one.state for one in posting.of(db, desk.call.id, Letter.ANSWER.step(answer_id))}
    if State.CLAIMED in states:
        return "desk-under-way"
    if found is None or found.state is not answers.State.GIVEN or not states & {State.SENT, State.PLANNED}:
        return "desk-not-there"
    return "desk-too-late" if desk.now - found.at > CAN_BE_TAKEN_BACK else None


def _withdraw(desk: Desk, db: Database, given: Answered, by: int) -> None:
    answers.mark(db, given.id, answers.State.TAKEN_BACK)
    answers.weigh(db, given.question)
    posting.withdraw(db, desk.call.id, Letter.ANSWER.step(given.id))
    for brought in posting.of(db, desk.call.id, Letter.ANSWER.step(given.id)):
        if brought.state is State.SENT:
            gone = Message(Html(""), deletes=brought.message_id)
            desk.send(db, given.chat_id, given.language, gone, step=Letter.BACK.step(given.id), author=by)
    _note(desk, given, by, was="answered", is_now="taken back", text=_digest(given.answer, given.file))(db)


def correct(  # noqa: PLR0913  one correction
    desk: Desk, given: Answered, text: Html, file: File | None, language: ReplyLanguage, *, again: int
) -> Change:
    """The author wrote their answer anew, or exchanged its file: its copy at the asker changes with it."""

    def change(db: Database) -> None:
        found = answers.of(db, desk.call.id, given.id)
        if found is None or (found.answer, found.file) == (text, file):
            return
        answers.edit(db, given.id, text, file)
        _note(desk, found, found.by, was=_digest(found.answer, found.file), is_now=_digest(text, file))(db)
        if found.state is answers.State.GIVEN:
            is_followed = _overwrite(desk, db, replace(found, answer=text, file=file), again=again)
            words = desk.words(language)
            if is_followed:
                corrected = words.say("desk-corrected-there", number=found.question)
                said = _with_what_waits(desk, db, found, words, corrected)
            else:
                said = words.say("desk-uncorrected", number=found.question)
            _under(desk, db, found, language, said)

    return change


def _overwrite(desk: Desk, db: Database, given: Answered, *, again: int) -> bool:
    """Have an answer's copy say what it says now; False where it is just on its way, or did not arrive."""
    step = Letter.ANSWER.step(given.id)
    if posting.withdraw(db, desk.call.id, step):  # it was still waiting
        desk.send(
            db,
            given.chat_id,
            given.language,
            _copy(desk, given),
            step=Letter.ANSWER.step(given.id, again),
            author=given.by,
        )
        return True
    posting.withdraw(db, desk.call.id, Letter.EDIT.step(given.id))  # an earlier edit must not come after this one
    sent = [one.message_id for one in posting.of(db, desk.call.id, step) if one.state is State.SENT]
    for message_id in sent:
        copy = _copy(desk, given, corrected=True)
        over = replace(copy, replaces=message_id, only_replaces=True, swaps_file=copy.file is not None)
        name = f"{Letter.EDIT.step(given.id, again)}.{message_id}"
        desk.send(db, given.chat_id, given.language, over, step=name, author=given.by)
    return bool(sent)


def _note(desk: Desk, given: Answered, who: int, **detail: object) -> Change:
    """A line of the audit about an answer; of texts only a digest, for the audit can never forget."""
    return audit.note(
        who, Act.ANSWER, call=desk.call.id, now=desk.now, question=given.question, answer=given.id, **detail
    )


def _digest(text: str, file: File | None) -> str:
    """What tells one answer from another: its text, and which file goes with it."""
    whole = f"{text}\n{file.file_id}" if file else text
    return hashlib.sha256(whole.encode()).hexdigest()[:_DIGITS]
