"""Questions with the office's answer, for anybody: the numbered list, one of them, a file of all, and who waits."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.buttons import Press, Verb
from bot.messages import Button, File, Rows
from bot.publishing import publishing
from bot.publishing.publishing import Wording
from bot.store import given, publications, waiting
from bot.store.publications import Publication
from faq import answering
from faq.markup import Html, as_text
from handlers.turn import Turn

_PAGE = 10
_ROW = 5
_FILE = "file"
_LONGEST_NUMBER = 9
_EARLIER, _LATER = "\N{LEFTWARDS BLACK ARROW}", "\N{RIGHTWARDS BLACK ARROW}"


async def questions(turn: Turn) -> None:
    """``/questions``: the newest page of the list, or the one that was pressed for; with many, all as a file."""
    call = turn.services.call.id
    argument = turn.press.argument if turn.press else ""
    total = await turn.services.store.read(lambda db: publications.count(db, call))
    if not total:
        turn.say(turn.text_of("qa-none"), until(turn))
    elif argument == _FILE:
        await _as_file(turn, total)
    else:
        newest = (total - 1) // _PAGE * _PAGE + 1
        first = min(max(number_in(argument) or newest, 1), total)
        page = await turn.services.store.read(lambda db: publications.listed(db, call, first=first, most=_PAGE))
        lines = Html("\n".join(_line(turn, one) for one in page))
        head = turn.text_of("qa-list", count=total)
        turn.say(head, lines, until(turn), rows=_buttons(turn, page, total), over=turn.press is not None)


async def question(turn: Turn) -> None:
    """One of them, with its answer; whoever reads it hears of its correction, should there be one."""
    number = number_in(turn.press.argument) if turn.press else None
    call = turn.services.call
    found = number and await turn.services.store.read(lambda db: publications.of(db, call.id, number))
    if not found:
        turn.say(turn.text_of("qa-unknown"), rows=((list_button(turn),),))
        return
    _remember(turn, [found])
    turn.say(Wording(turn.services.texts, call).read(found, turn.language, now=turn.now), rows=((list_button(turn),),))


def _remember(turn: Turn, read: Sequence[Publication]) -> None:
    """Keep which publications a person was given, so that they hear of it when one of them is corrected."""
    call = turn.services.call
    shown = {publishing.entry_of(one.number): one.nearest(turn.language, call.languages) for one in read}
    editions = {
        key: answering.edition(answering.said(call, call.entries[key], language=language, now=turn.now))
        for key, language in shown.items()
        if key in call.entries
    }
    if turn.is_private and editions:
        turn.aside(given.give(call.id, turn.chat_id, editions, turn.language, now=turn.now))


async def wait(turn: Turn) -> None:
    """Remember who wants to hear of an answer, and in which words they asked."""
    words = publishing.normalised(turn.answered_text)
    if not words or not turn.is_private:
        turn.say(turn.text_of("qa-wait-lost"))
        return
    turn.change(waiting.wait(turn.services.call.id, turn.chat_id, words, turn.language, now=turn.now))
    turn.say(turn.text_of("qa-wait-done"))


def until(turn: Turn) -> Html:
    """Until when questions to the office are taken, or since when not any more; empty where it is not said."""
    call = turn.services.call
    if call.questions_until is None:
        return Html("")
    moment = answering.moment_text(call, call.questions_until, language=turn.language)
    if publishing.takes_questions(call, turn.now):
        return turn.text_of("qa-until", until=moment)
    return turn.text_of("qa-closed", until=moment)


def list_button(turn: Turn) -> Button:
    """A button that leads to the list."""
    return Press(Verb.QUESTIONS, "", turn.language).button(turn.label("qa-button-list"))


def number_in(argument: str) -> int | None:
    """The number that a button carries; None for what is none."""
    return int(argument) if argument.isascii() and argument.isdigit() and len(argument) <= _LONGEST_NUMBER else None


def _line(turn: Turn, one: Publication) -> Html:
    language = one.nearest(turn.language, turn.services.call.languages)
    title = publishing.title(one.questions[language])
    return turn.text_of("qa-line", number=str(one.number), question=title)


def _buttons(turn: Turn, page: list[Publication], total: int) -> Rows:
    """A button for each number, those that lead to earlier and later pages, and the file where it is worth one."""

    def press(verb: Verb, argument: object, text: str) -> Button:
        return Press(verb, str(argument), turn.language).button(text)

    numbers = [press(Verb.QUESTION, one.number, str(one.number)) for one in page]
    rows = [tuple(numbers[start : start + _ROW]) for start in range(0, len(numbers), _ROW)]
    first, last = page[0].number, page[-1].number
    turns = [
        *([press(Verb.QUESTIONS, max(first - _PAGE, 1), _EARLIER)] if first > 1 else []),
        *([press(Verb.QUESTIONS, last + 1, _LATER)] if last < total else []),
    ]
    file = [press(Verb.QUESTIONS, _FILE, turn.label("qa-button-file"))] if total > _PAGE else []
    return tuple(row for row in (*rows, tuple(turns), tuple(file)) if row)


async def _as_file(turn: Turn, total: int) -> None:
    services, language, now = turn.services, turn.language, turn.now
    call, wording = services.call, Wording(services.texts, services.call)

    def written(read: list[Publication]) -> str:
        return "\n\n\n".join(as_text(wording.read(one, language, now=now)) for one in read)

    everything = await services.store.read(lambda db: publications.listed(db, call.id))
    text = await asyncio.to_thread(written, everything)
    _remember(turn, everything)
    turn.say(turn.text_of("qa-file", count=total), file=File.of_text("questions.txt", f"{text}\n"))
