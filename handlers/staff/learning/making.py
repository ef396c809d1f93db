"""A new entry: its title and answer in each language, or the languages that it deliberately lacks, then live."""

from __future__ import annotations

import secrets
from dataclasses import replace

from bot.buttons import Verb
from bot.messages import Button
from bot.store import expecting
from bot.store import lesson_drafts as drafts
from bot.store.lesson_drafts import Draft
from faq import answering
from faq.checking import LONGEST_TITLE
from faq.languages import Language, ReplyLanguage
from faq.lessons import Lesson, LessonKind, taught
from faq.markup import Html
from handlers.staff.learning import teaching
from handlers.staff.learning.editing import faults_of, markup_written
from handlers.staff.learning.living import own_draft
from handlers.staff.learning.teaching import button
from handlers.staff.learning.unanswered import in_sight
from handlers.staff.publishing.giving import give_taught
from handlers.turn import Turn

NEW_ENTRY = "new-entry"
"""What the title and answer of a new entry are expected for."""


async def begin(turn: Turn) -> None:
    """Begin an entry for a group of questions; those that were in sight are its first phrasings."""
    if (found := await in_sight(turn)) is None:
        return
    group, texts = found
    asked = teaching.phrasings((one.text, one.language) for one in texts)
    lesson = Lesson(kind=LessonKind.ENTRY, entry="", phrasings=asked)
    draft = Draft(token=secrets.randbits(53), lesson=lesson, by=turn.user_id, group=group.id)
    turn.change(drafts.begin(turn.services.call.id, draft, now=turn.now))
    _show(turn, draft)


def _show(turn: Turn, draft: Draft) -> None:
    """What there is of it in each language, and what is still to be done."""
    call, lesson = turn.services.call, draft.lesson
    lines: list[str] = []
    rows: list[tuple[Button, ...]] = []
    for language in call.languages:
        name = turn.name_of(language)
        if language in lesson.answers:
            lines.append(turn.text_of("make-there", spoken=name, title=lesson.questions[language]))
        elif language in draft.waived:
            lines.append(turn.text_of("make-waived", spoken=name))
        else:
            lines.append(turn.text_of("make-missing", spoken=name))
            if lesson.answers:
                rows.append(button(turn, "button-waive", Verb.WAIVE, f"{draft.token}.{language}", spoken=name))
        rows.append(_write_row(turn, draft, language))
    if is_complete := _is_complete(turn, draft):
        _preview(turn, lesson)
        rows.append(button(turn, "button-live-entry", Verb.MAKE, str(draft.token)))
    rows.append(button(turn, "button-leave", Verb.LEAVE, str(draft.token)))
    turn.say(turn.text_of("make-head"), Html("\n".join(lines)), rows=tuple(rows), over=not is_complete)


def _write_row(turn: Turn, draft: Draft, language: ReplyLanguage) -> tuple[Button, ...]:
    name = turn.name_of(language)
    return button(turn, "button-write-entry", Verb.PART, f"{draft.token}.{language}", spoken=name)


def _preview(turn: Turn, lesson: Lesson) -> None:
    """The entry in each language as its readers will see it at this moment, a stand-in where it is not written."""
    call = taught(turn.services.call, [lesson])
    for language in call.languages:
        said = answering.answer(call, lesson.entry, language=language, now=turn.now)
        titled = call.entries[lesson.entry].questions[language]
        turn.say(turn.text_of("make-preview", spoken=turn.name_of(language), title=titled), said.text)


def _is_complete(turn: Turn, draft: Draft) -> bool:
    """Whether every language is written or waived, and one is written."""
    there = set(draft.lesson.answers)
    return bool(there) and there | draft.waived >= set(turn.services.call.languages)


def _language(turn: Turn) -> ReplyLanguage | None:
    """The language that a button's argument, or what is expected, ends in."""
    language = (turn.press.argument if turn.press else turn.expected).rpartition(".")[2]
    return ReplyLanguage(language) if language in set(turn.services.call.languages) else None


async def ask(turn: Turn) -> None:
    """Take the next message for the title and answer in a language."""
    language, draft = _language(turn), await own_draft(turn)
    if draft is None:
        return
    if language is None:
        turn.say(turn.text_of("stale-button"))
        return
    expected = f"{draft.token}.{language}"
    turn.change(expecting.expect(turn.services.call.id, turn.user_id, turn.chat_id, NEW_ENTRY, expected, now=turn.now))
    turn.say(turn.text_of("make-send", spoken=turn.name_of(language), most=LONGEST_TITLE))


async def waive(turn: Turn) -> None:
    """Do without a language, whose readers get another."""
    language, draft = _language(turn), await own_draft(turn)
    if draft is None:
        return
    if language is None:
        turn.say(turn.text_of("stale-button"))
        return
    changed = replace(draft, waived=draft.waived | {language})
    turn.change(drafts.rewrite(changed))
    _show(turn, changed)


async def take(turn: Turn) -> None:
    """The title on the first line, and the answer beneath it."""
    call, language = turn.services.call, _language(turn)
    token = int(turn.expected.partition(".")[0])
    draft = await turn.services.store.read(lambda db: drafts.open_draft(db, call.id, token))
    if draft is None or language is None:
        turn.change(expecting.clear(call.id, turn.user_id))
        turn.say(turn.text_of("teach-overtaken"))
        return
    title = turn.text.strip().partition("\n")[0].strip()
    answer = markup_written(turn).partition("\n")[2].strip()
    if faults := _faults(turn, title, answer, language):
        again = turn.text_of("make-send", spoken=turn.name_of(language), most=LONGEST_TITLE)
        turn.say(turn.text_of("edit-faults"), Html("\n".join(faults)), again)
        return
    lesson = draft.lesson
    said = teaching.phrasings([(title, Language(language))])
    changed = replace(
        draft,
        lesson=replace(
            lesson,
            questions={**lesson.questions, language: title},
            answers={**lesson.answers, language: answer},
            phrasings=(*lesson.phrasings, *(one for one in said if one not in lesson.phrasings)),
        ),
        waived=draft.waived - {language},
    )
    turn.change(expecting.clear(call.id, turn.user_id))
    turn.change(drafts.rewrite(changed))
    _show(turn, changed)


def _faults(turn: Turn, title: str, answer: str, language: ReplyLanguage) -> list[Html]:
    """What is wrong with an entry in a language; the title is the first line, so that lines count as they were sent."""
    return [
        *faults_of(turn, title, LessonKind.QUESTION, language),
        *faults_of(turn, f"\n{answer}" if answer else "", LessonKind.ANSWER, language),
    ]


async def put_live(turn: Turn) -> None:
    """The entry holds from now on: in the menu, and for who asks as those did for whom it was made.

    What was right when it was written may not be so any more: a date in it may have become the deadline.
    """
    if (draft := await own_draft(turn)) is None:
        return
    if not _is_complete(turn, draft):
        turn.say(turn.text_of("teach-overtaken"))
        return
    lesson = draft.lesson
    wrong = {
        language: faults
        for language, answer in lesson.answers.items()
        if (faults := _faults(turn, lesson.questions[language], answer, language))
    }
    if wrong:
        lines = Html("\n".join(dict.fromkeys(fault for faults in wrong.values() for fault in faults)))
        turn.say(turn.text_of("edit-faults"), lines, rows=tuple(_write_row(turn, draft, one) for one in wrong))
        return
    turn.change(drafts.end(draft.token, live=True))
    teaching.teach(turn, lesson, group=draft.group)
    title = lesson.questions.get(turn.language) or next(iter(lesson.questions.values()))
    turn.say(turn.text_of("make-live", entry=title), rows=(teaching.history_row(turn, lesson.entry),))
    await give_taught(turn, lesson)
    await teaching.hold(turn)
