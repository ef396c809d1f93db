"""/edit: a text of an answer is written anew, looked at as people will read it, and put live with a tap."""

from __future__ import annotations

import re
import secrets

from bot.buttons import Press, Verb, mark, named
from bot.messages import Rows
from bot.store import expecting
from bot.store import lesson_drafts as drafts
from bot.store.lesson_drafts import Draft
from faq import Call, answering, byhand, checking
from faq.languages import ReplyLanguage
from faq.lessons import Lesson, LessonKind, text_of
from faq.markup import Html, escape, utf16_length
from faq.tags import markup_faults
from handlers.staff.learning import teaching
from handlers.staff.learning.teaching import button, entry_of, entry_row, title
from handlers.staff.publishing.announcing import put_right
from handlers.turn import Turn

EDIT = "edit"
"""What a new text is expected for."""

_PARTS = {
    LessonKind.ANSWER: "button-write-answer",
    LessonKind.CLOSED: "button-write-closed",
    LessonKind.QUESTION: "button-write-title",
}
_TYPED = re.compile(r"</?(?:b|i|u|s|a|strong|em|code|pre|blockquote)\b[^<>]*>|&(?:amp|lt|gt|quot);")
"""Markup as it is stored, which was typed or copied."""

_ROOM = 3500
"""UTF-16 units of a text as people read it, so that a source and buttons still go with it."""

MATERIAL, SLIP = "m", "s"


async def went_live(turn: Turn, entry: str, after: Call, *, is_material: bool) -> None:
    """What follows where an answer is another from this turn on: people who were given the old one may have to be told.

    ``after`` is the call as it stands then. This is called while the turn is put together, so that what follows is
    stored with it.
    """
    people, rows = await put_right(turn, entry, after, material=is_material)
    if rows:
        turn.say(turn.text_of("qa-erratum-offer", people=people), rows=rows)


async def edit(turn: Turn) -> None:
    """The parts of the menu, one part's entries, or the texts of one entry."""
    call = turn.services.call
    asked = turn.press.argument if turn.press else turn.argument
    entry = asked if asked in call.entries else entry_of(turn, asked)
    if entry is not None:
        _show(turn, entry)
        return
    chosen = named(call.groups, asked.removeprefix("."))
    entries = [one.id for one in call.entries.values() if one.group == chosen]
    used = {one.group for one in call.entries.values()}
    rows: Rows = (
        tuple(entry_row(turn, Verb.EDIT, one) for one in entries)
        if chosen
        else tuple(
            (Press(Verb.EDIT, f".{mark(key)}", turn.language).button(titles[turn.language]),)
            for key, titles in call.groups.items()
            if key in used
        )
    )
    back = (button(turn, "button-back", Verb.EDIT, ""),) if chosen else ()
    turn.say(turn.text_of("edit-which"), rows=(*rows, *back), over=True)


def _show(turn: Turn, entry: str) -> None:
    """An entry's title in each language, and a button for each of its texts."""
    call = turn.services.call
    shown = call.entries[entry]
    if correct := teaching.correct_rows(turn, entry):
        turn.say(turn.text_of("history-public"), rows=(*correct, teaching.history_row(turn, entry)), over=True)
        return
    heads = [
        turn.text_of("edit-title-line", spoken=turn.name_of(language), title=shown.questions[language])
        for language in call.languages
    ]
    rows = [
        button(turn, key, Verb.WRITE, f"{mark(entry)}.{language}.{part}", spoken=turn.name_of(language))
        for part, key in _PARTS.items()
        for language in call.languages
        if part is not LessonKind.CLOSED or language in shown.closed
    ]
    rows.append(teaching.history_row(turn, entry))
    turn.say(turn.text_of("edit-entry", entry=entry), Html("\n".join(heads)), rows=tuple(rows), over=True)


async def write(turn: Turn) -> None:
    """Show a text as it is stored, and take the next message for the new one."""
    found = _text_named(turn, turn.press.argument if turn.press else "")
    if found is None:
        turn.say(turn.text_of("teach-overtaken"))
        return
    entry, language, part = found
    call = turn.services.call
    present = text_of(call.entries[entry], part, language)
    expected = f"{mark(entry)}.{language}.{part}"
    turn.change(expecting.expect(call.id, turn.user_id, turn.chat_id, EDIT, expected, now=turn.now))
    turn.say(turn.text_of("edit-send", spoken=turn.name_of(language)), Html(f"<code>{escape(present)}</code>"))


def _text_named(turn: Turn, argument: str) -> tuple[str, ReplyLanguage, LessonKind] | None:
    """The text that ``mark.language.part`` stands for."""
    found, _, rest = argument.partition(".")
    language, _, part = rest.partition(".")
    entry = entry_of(turn, found)
    if (
        entry is None
        or teaching.correct_rows(turn, entry)
        or language not in set(turn.services.call.languages)
        or part not in set(_PARTS)
    ):
        return None
    return entry, ReplyLanguage(language), LessonKind(part)


async def take(turn: Turn) -> None:
    """The new text: what is wrong with it is said; a right one is shown as people will read it."""
    found = _text_named(turn, turn.expected)
    call = turn.services.call
    if found is None:
        turn.change(expecting.clear(call.id, turn.user_id))
        turn.say(turn.text_of("teach-overtaken"))
        return
    entry, language, part = found
    text = turn.text.strip() if part is LessonKind.QUESTION else markup_written(turn)
    present = text_of(call.entries[entry], part, language)
    faults = faults_of(turn, text, part, language)
    if _dated(present) and not _dated(text):
        faults.append(turn.text_of("edit-undated"))
    if faults:
        turn.say(turn.text_of("edit-faults"), Html("\n".join(faults)))  # the next message is still expected
        return
    if text == present:
        turn.say(turn.text_of("edit-same"))
        return
    draft = Draft(
        token=secrets.randbits(53),
        lesson=Lesson(kind=part, entry=entry, language=language, text=text),
        by=turn.user_id,
        base=present,
    )
    turn.change(expecting.clear(call.id, turn.user_id))
    turn.change(drafts.begin(call.id, draft, now=turn.now))
    _preview(turn, draft, language)


def _dated(text: str) -> bool:
    """Whether a text takes its date from the call: one that does may not get a date of its own by one person's word."""
    return "deadline" in answering.PLACEHOLDER.findall(text)


def _preview(turn: Turn, draft: Draft, language: ReplyLanguage) -> None:
    """What people read before and after, facts that are given by hand, and the buttons that put it live."""
    lesson, call = draft.lesson, turn.services.call
    by_hand = [
        turn.text_of("edit-by-hand", said=said, placeholder=placeholder)
        for said, placeholder in byhand.by_hand(lesson.text, call, language)
    ]
    rows = (
        button(turn, "button-live-material", Verb.PUT_LIVE, f"{draft.token}.{MATERIAL}"),
        button(turn, "button-live-slip", Verb.PUT_LIVE, f"{draft.token}.{SLIP}"),
        button(turn, "button-leave", Verb.LEAVE, str(draft.token)),
    )
    turn.say(turn.text_of("edit-before", entry=title(turn, lesson.entry)), _read(turn, draft.base, lesson))
    turn.say(turn.text_of("edit-after"), _read(turn, lesson.text, lesson), *by_hand, rows=rows)


def markup_written(turn: Turn) -> str:
    """What was written, as answers are stored: with the formatting of the message, or with tags that were typed."""
    return turn.text.strip() if _TYPED.search(turn.text) else turn.written[0].strip()


def faults_of(turn: Turn, text: str, part: LessonKind, language: ReplyLanguage) -> list[Html]:
    """Why a text can't be put live, a sentence each."""
    call = turn.services.call
    if not text:
        return [turn.text_of("edit-empty")]
    if part is LessonKind.QUESTION:
        most = checking.LONGEST_TITLE
        faults = [turn.text_of("edit-long-title", length=len(text), most=most)] if len(text) > most else []
        faults += [turn.text_of("edit-braces")] if answering.PLACEHOLDER.search(text) else []
        return [*faults, *_dated_by_hand(turn, "edit-dated-title", text, is_markup=False)]
    faults = [turn.text_of("edit-markup", line=fault.line, piece=fault.piece) for fault in markup_faults(text)]
    faults += [turn.text_of("edit-unknown", name=name) for name in answering.unknown_placeholders(text, call)]
    faults += _dated_by_hand(turn, "edit-dated", text)
    if len(text) > checking.LONGEST_ANSWER:
        faults.append(turn.text_of("edit-long", length=len(text), most=checking.LONGEST_ANSWER))
    elif not faults and utf16_length(answering.fill(text, call, language=language, now=turn.now)) > _ROOM:
        faults.append(turn.text_of("edit-long", length=_ROOM, most=_ROOM))
    return faults


def _dated_by_hand(turn: Turn, key: str, text: str, *, is_markup: bool = True) -> list[Html]:
    """That a text gives the deadline's own day, which would stay there when the deadline moves."""
    return [turn.text_of(key)] if byhand.gives_deadline(text, turn.services.call, is_markup=is_markup) else []


def _read(turn: Turn, text: str, lesson: Lesson) -> Html:
    """A text as people read it at this moment."""
    if lesson.language is None or lesson.kind is LessonKind.QUESTION or not text:
        return escape(text)
    return answering.fill(text, turn.services.call, language=lesson.language, now=turn.now)
