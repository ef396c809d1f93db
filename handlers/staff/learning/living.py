"""A draft goes live, with what follows from it; what was taught before, and how it is undone."""

from __future__ import annotations

from bot.buttons import Verb
from bot.messages import Button
from bot.publishing.publishing import number_of as number_of_publication
from bot.store import lesson_drafts as drafts
from bot.store import lessons
from bot.store.lesson_drafts import Draft
from bot.store.lessons import Given
from faq import answering
from faq.lessons import Lesson, LessonKind, taught, text_of
from faq.markup import Html, plain
from handlers.staff.learning import teaching
from handlers.staff.learning.editing import MATERIAL, faults_of, went_live
from handlers.staff.learning.teaching import button, entry_of, shown, title
from handlers.turn import Turn

_LONGEST_NUMBER = 16
_SHOWN = 60
"""Characters of a text in a list of versions."""

_KINDS = {
    LessonKind.PHRASINGS: "history-phrasings",
    LessonKind.QUESTION: "history-title",
    LessonKind.ANSWER: "history-answer",
    LessonKind.CLOSED: "history-closed",
    LessonKind.ENTRY: "history-entry",
}


def number_of(turn: Turn) -> int:
    """The number that a button's argument begins with; 0 where there is none."""
    text = turn.press.argument.partition(".")[0] if turn.press else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else 0


async def own_draft(turn: Turn) -> Draft | None:
    """The open draft of this person that a button stands for; where there is none, that is said."""
    call, token = turn.services.call.id, number_of(turn)
    draft = await turn.services.store.read(lambda db: drafts.open_draft(db, call, token))
    if draft is None or draft.by != turn.user_id:
        turn.say(turn.text_of("teach-overtaken"))
        return None
    return draft


async def put_live(turn: Turn) -> None:
    """A text that was looked at holds from now on."""
    if (draft := await own_draft(turn)) is None:
        return
    lesson = draft.lesson
    if not _still_fits(turn, draft):
        turn.change(drafts.end(draft.token, live=False))
        turn.say(turn.text_of("teach-overtaken"))
        return
    turn.change(drafts.end(draft.token, live=True))
    teaching.teach(turn, lesson, before=draft.base)
    rows = (teaching.history_row(turn, lesson.entry),)
    turn.say(turn.text_of("edit-live", entry=title(turn, lesson.entry)), rows=rows)
    is_material = turn.press is not None and turn.press.argument.endswith(f".{MATERIAL}")
    await went_live(turn, lesson.entry, taught(turn.services.call, [lesson]), is_material=is_material)
    await teaching.hold(turn)


def _still_fits(turn: Turn, draft: Draft) -> bool:
    """Whether a draft was written over the text that still holds, and is still right: dates in it may not be by now."""
    lesson = draft.lesson
    entry = turn.services.call.entries.get(lesson.entry)
    return (
        entry is not None
        and lesson.language is not None
        and (draft.base == text_of(entry, lesson.kind, lesson.language))
        and not faults_of(turn, lesson.text, lesson.kind, lesson.language)
    )


async def leave(turn: Turn) -> None:
    """A draft is given up."""
    if (draft := await own_draft(turn)) is None:
        return
    turn.change(drafts.end(draft.token, live=False))
    turn.say(turn.text_of("edit-left"), over=True)


async def history(turn: Turn) -> None:
    """What was taught about an entry, the newest first, by which role and when; each can be undone."""
    call = turn.services.call
    asked = turn.press.argument if turn.press else turn.argument
    entry = (entry_of(turn, asked) if turn.press else None) or asked
    found = await turn.services.store.read(lambda db: lessons.history(db, call.id, entry))
    if not found:
        turn.say(turn.text_of("history-none"))
        return
    rows = [_undo_row(turn, one) for one in found if one.undone_at is None and not _is_public(one.lesson)]
    lines = [_line(turn, one) for one in found]
    correct = teaching.correct_rows(turn, entry)
    turn.say(turn.text_of("history-head", entry=title(turn, entry)), *lines, rows=(*rows, *correct))


def _line(turn: Turn, one: Given) -> Html:
    """A lesson: its number, what it changed, who gave it and when, and whether it was undone."""
    lesson, call = one.lesson, turn.services.call
    language = turn.name_of(lesson.language) if lesson.language else ""
    is_markup = lesson.kind in {LessonKind.ANSWER, LessonKind.CLOSED}
    text = plain(Html(lesson.text)) if is_markup else lesson.text
    said = text or " / ".join(phrasing.text for phrasing in lesson.phrasings)
    head = turn.text_of(
        "history-line",
        number=one.number,
        what=turn.text_of(_KINDS[lesson.kind], spoken=language),
        role=turn.services.roles.role(one.by),
        at=answering.moment_text(call, one.at, language=turn.language),
    )
    lines = [head, shown(said, _SHOWN)]
    if one.undone_at:
        at = answering.moment_text(call, one.undone_at, language=turn.language)
        lines.append(turn.text_of("history-undone", at=at))
    return Html("\n".join(lines))


def _is_public(lesson: Lesson) -> bool:
    """Whether it says what a publication says, so that only a correction of that may change it."""
    return number_of_publication(lesson.entry) is not None and lesson.kind is not LessonKind.PHRASINGS


def _undo_row(turn: Turn, one: Given) -> tuple[Button, ...]:
    return button(turn, "button-undo", Verb.UNDO, str(one.number), number=one.number)


async def undo(turn: Turn) -> None:
    """A lesson holds no more; what stood there before, or was taught since, does."""
    call, number = turn.services.call, number_of(turn)
    found = await turn.services.store.read(lambda db: lessons.given(db, call.id, number))
    if found is None or found.undone_at is not None:
        turn.say(turn.text_of("teach-overtaken"))
        return
    if _is_public(found.lesson):
        turn.say(turn.text_of("history-public"), rows=teaching.correct_rows(turn, found.lesson.entry))
        return
    turn.change(lessons.undo(call.id, number, by=turn.user_id, now=turn.now))
    lesson = found.lesson
    turn.change(teaching.note(turn, undone=number, entry=lesson.entry, before=lesson.to_json(), after=found.before))
    turn.say(turn.text_of("history-done", number=number), rows=(teaching.history_row(turn, lesson.entry),))
    if lesson.kind in {LessonKind.ANSWER, LessonKind.CLOSED}:
        after = await turn.services.current.without(number)  # what stood before it, or what was taught since
        await went_live(turn, lesson.entry, after, is_material=True)
    await teaching.hold(turn)
