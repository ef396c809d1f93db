"""What every way of teaching has in common: a lesson is stored with its line in the audit, and holds at once."""

from __future__ import annotations

from collections.abc import Iterable

from bot.buttons import Press, Verb, mark, named
from bot.messages import Button, Rows
from bot.publishing import publishing
from bot.rules.roles import Act
from bot.school.learner import BY_WORD, PUT_LIVE
from bot.store import Change, audit, lessons, models
from bot.store.lessons import OvertakenError
from bot.store.models import State
from faq.call import Phrasing
from faq.languages import Language
from faq.lessons import DESK, Lesson
from faq.markup import Html, escape, utf16_length
from handlers.turn import Turn

_SHOWN = 100
"""Characters that are shown of what people typed."""


def entry_of(turn: Turn, found: str) -> str | None:
    """The entry that a button's mark stands for."""
    return named(turn.services.call.entries, found)


def title(turn: Turn, entry: str) -> str:
    """The title of an entry; of one that is gone, its id."""
    entries = turn.services.call.entries
    return entries[entry].questions[turn.language] if entry in entries else entry


def shown(text: str, most: int = _SHOWN) -> Html:
    """What somebody typed, cut to a length that can be looked over, however much of it has to be escaped."""
    if utf16_length(escape(text)) <= most:
        return escape(text)
    kept = text[: most - 1]
    while utf16_length(escape(kept)) >= most:
        kept = kept[:-1]
    return escape(f"{kept}…")


def button(turn: Turn, key: str, verb: Verb, argument: str, **values: str | int) -> tuple[Button, ...]:
    """A row of one button."""
    return (Press(verb, argument, turn.language).button(turn.label(key, **values)),)


def entry_row(turn: Turn, verb: Verb, entry: str, before: str = "") -> tuple[Button, ...]:
    """A row of one button with an entry's title, whose argument ends in the entry's mark."""
    return (Press(verb, f"{before}{mark(entry)}", turn.language).button(title(turn, entry)),)


def history_row(turn: Turn, entry: str) -> tuple[Button, ...]:
    """A button that leads to what was taught about an entry, where it can be undone."""
    return button(turn, "button-history", Verb.HISTORY, mark(entry))


def correct_rows(turn: Turn, entry: str) -> Rows:
    """A row with the button that corrects a publication; none for any other entry."""
    number = publishing.number_of(entry)
    return () if number is None else (button(turn, "qa-button-correct", Verb.QA_CORRECT, str(number)),)


def phrasings(texts: Iterable[tuple[str, Language]]) -> tuple[Phrasing, ...]:
    """Texts with their languages as phrasings from the desk's hand."""
    return tuple(Phrasing(text, language, DESK) for text, language in texts)


def note(turn: Turn, **detail: object) -> Change:
    """A line of the audit about this turn."""
    return audit.note(turn.user_id, Act.TEACH, call=turn.services.call.id, now=turn.now, **detail)


def teach(turn: Turn, lesson: Lesson, *, before: str = "", group: int | None = None) -> None:
    """Have a lesson hold from this turn on."""
    call = turn.services.call.id
    turn.change(lessons.teach(call, lesson, by=turn.user_id, now=turn.now, before=before, group=group))
    turn.change(note(turn, taught=lesson.entry, kind=lesson.kind, before=before, after=lesson.to_json(), group=group))


async def hold(turn: Turn) -> bool:
    """Record the turn and have it hold at once; False, and said so, where somebody else was faster."""
    try:
        await turn.commit()
    except OvertakenError:
        turn.start_over()
        turn.say(turn.text_of("teach-overtaken"))
        return False
    await turn.services.current.catch_up()
    return True


async def decide(turn: Turn) -> None:
    """Staff's word on a matcher that takes known questions for others: serve it, or recognise by the word alone."""
    key, _, what = (turn.press.argument if turn.press else "").partition(".")
    call = turn.services.call.id
    waiting = await turn.services.store.read(lambda db: models.held(db, call, key))
    if waiting is None or what not in {PUT_LIVE, BY_WORD}:
        turn.say(turn.text_of("teach-overtaken"))
        return
    is_wanted = what == PUT_LIVE
    turn.change(models.settle(call, key, State.LIVE if is_wanted else State.DROPPED, now=turn.now))
    if not is_wanted:
        turn.change(lessons.only_word_for_word(call, waiting))
    turn.change(note(turn, model=key, decided=what, lessons=waiting))
    turn.say(turn.text_of("learn-live" if is_wanted else "learn-word"), over=True)
    await hold(turn)
