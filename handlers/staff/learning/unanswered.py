"""/unanswered: what could not be answered, in groups, and with a tap what to make of each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from bot.buttons import Press, Verb, mark, named
from bot.learning.grouping import LONGEST
from bot.messages import Button, Rows
from bot.publishing.publishing import cut
from bot.store import unanswered
from bot.store.unanswered import Asked, Group, State
from faq import Answer
from faq.languages import Language
from faq.lessons import Lesson, LessonKind, in_words
from faq.markup import Html, escape
from handlers.staff.learning import teaching
from handlers.staff.learning.teaching import button, entry_of, entry_row, shown, title
from handlers.staff.publishing.giving import give_taught
from handlers.turn import Turn

_PAGE = 5
"""Groups that are listed at once."""

_TEXTS = 6
"""Texts of a group that are shown, and taught: nothing is taught that was not in sight."""

_LIKELIEST = 3
_LONGEST_NUMBER = 15
_LABEL = 40
"""Characters of a question on a button."""


async def show(turn: Turn) -> None:
    """The groups that are open, the newest first; by a button another page of them."""
    await turn.services.grouper.go_round()
    start = _number(turn.press.argument) if turn.press else 0
    call = turn.services.call.id
    groups, total = await turn.services.store.read(
        lambda db: (unanswered.page(db, call, start=start, most=_PAGE), unanswered.open_groups(db, call))
    )
    if not groups:
        turn.say(turn.text_of("unanswered-none"), rows=(_tapped_row(turn),), over=True)
        return
    lines = [_line(turn, number, group) for number, group in enumerate(groups, start + 1)]
    rows = tuple(
        (Press(Verb.ALIKE, str(group.id), turn.language).button(f"{number}. {cut(group.lead, _LABEL)}"),)
        for number, group in enumerate(groups, start + 1)
    )
    turn.say(
        turn.text_of("unanswered-head", count=total),
        *lines,
        rows=(*rows, *_turning(turn, Verb.UNANSWERED, start, total), _tapped_row(turn)),
        over=True,
    )


def _line(turn: Turn, number: int, group: Group) -> Html:
    """One group in a line or two: how it began, how many, in which languages, and what was tapped."""
    head = turn.text_of("unanswered-line", number=number, text=shown(group.lead), count=group.count)
    return Html("\n".join([head, _spoken(turn, group.languages), *_tapped(turn, group)]))


def _tapped(turn: Turn, group: Group) -> list[Html]:
    return [turn.text_of("unanswered-taps", entries=_counted(turn, group.taps))] if group.taps else []


def _spoken(turn: Turn, languages: Mapping[str, int]) -> Html:
    named_ = [f"{turn.name_of(one)} {count}" for one, count in sorted(languages.items(), key=lambda p: -p[1])]
    return escape(" · ".join(named_))


def _counted(turn: Turn, taps: Mapping[str, int]) -> str:
    return ", ".join(f"{title(turn, entry)} ({count})" for entry, count in list(taps.items())[:_LIKELIEST])


def _turning(turn: Turn, verb: Verb, start: int, total: int) -> Rows:
    """Buttons to the pages before and behind."""
    pages = [(place, label) for place, label in ((start - _PAGE, "◀"), (start + _PAGE, "▶")) if 0 <= place < total]
    return (tuple(Press(verb, str(place), turn.language).button(label) for place, label in pages),) if pages else ()


def _tapped_row(turn: Turn) -> tuple[Button, ...]:
    return button(turn, "button-tapped", Verb.TAPPED, "")


async def open_group(turn: Turn) -> None:
    """One group with its commonest texts, and what can be made of it."""
    if (found := await _pressed(turn)) is not None:
        await _show_group(turn, *found)


async def _show_group(turn: Turn, group: Group, texts: Sequence[Asked], *before: Html) -> None:
    likeliest = await turn.services.store.read(lambda db: unanswered.likeliest(db, group.id, most=_LIKELIEST))
    known = [entry for entry in likeliest if entry in turn.services.call.entries]
    number = str(group.id)
    in_sight = f"{number}.{sight(texts)}"
    rows = (
        *(
            (
                Press(Verb.SAME, f"{in_sight}.{mark(entry)}", turn.language).button(
                    turn.label("button-same", entry=title(turn, entry))
                ),
            )
            for entry in known
        ),
        button(turn, "button-another", Verb.ANOTHER, in_sight),
        button(turn, "button-new-entry", Verb.NEW_ENTRY, in_sight),
        button(turn, "button-not-ours", Verb.NOT_OURS, in_sight),
        button(turn, "button-unanswered", Verb.UNANSWERED, "0"),
    )
    head = turn.text_of("unanswered-group", count=group.count)
    parts = (*before, head, _spoken(turn, group.languages), listed(texts), *_tapped(turn, group))
    turn.say(*parts, rows=rows, over=True)


async def _pressed(turn: Turn) -> tuple[Group, list[Asked]] | None:
    """The group that a button stands for, with its texts; where it is gone, that is said."""
    number, call = _number(_parts(turn)[0]), turn.services.call.id
    group = await turn.services.store.read(lambda db: unanswered.group(db, call, number))
    if group is None:
        turn.say(turn.text_of("teach-overtaken"))
        return None
    return group, await turn.services.store.read(lambda db: unanswered.texts(db, number, most=_TEXTS))


def _parts(turn: Turn) -> tuple[str, str, str]:
    """What a button says: a group's number, the sight of its texts, and a mark."""
    number, _, rest = (turn.press.argument if turn.press else "").partition(".")
    seen, _, found = rest.partition(".")
    return number, seen, found


def sight(texts: Iterable[Asked]) -> str:
    """What a button carries of the texts that were shown with it; whoever asks can't word others that have the same."""
    shown_with = "\n".join(sorted(one.text for one in texts))
    return hashlib.blake2b(shown_with.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


async def in_sight(turn: Turn) -> tuple[Group, list[Asked]] | None:
    """The open group that a button stands for, with the texts that were shown with it.

    Where others have come in since, the group is shown anew instead: nothing is taught that nobody saw, and
    no group put aside that looked otherwise.
    """
    if (found := await _pressed(turn)) is None:
        return None
    group, texts = found
    if group.state is not State.OPEN:
        turn.say(turn.text_of("teach-overtaken"))
        return None
    if sight(texts) != _parts(turn)[1]:
        await _show_group(turn, group, texts, turn.text_of("teach-look-again"))
        return None
    return found


def listed(texts: Sequence[Asked]) -> Html:
    """Texts, whole, a line each, with how often each was asked."""
    lines = [f"• {shown(one.text, LONGEST)}" + (f" ({one.count})" if one.count > 1 else "") for one in texts]
    return Html("\n".join(lines))


async def another(turn: Turn) -> None:
    """The parts of the menu, then one's entries, to choose the entry that a group asks for."""
    number, seen, found = _parts(turn)
    shown_with = f"{number}.{seen}"
    call = turn.services.call
    chosen = named(call.groups, found)
    entries = [entry for entry in call.entries.values() if entry.group == chosen]
    used = {entry.group for entry in call.entries.values()}
    rows = (
        tuple(entry_row(turn, Verb.SAME, entry.id, f"{shown_with}.") for entry in entries)
        if chosen
        else tuple(
            (Press(Verb.ANOTHER, f"{shown_with}.{mark(key)}", turn.language).button(titles[turn.language]),)
            for key, titles in call.groups.items()
            if key in used
        )
    )
    back = (
        button(turn, "button-back", Verb.ANOTHER, shown_with)
        if chosen
        else button(turn, "button-alike", Verb.ALIKE, number)
    )
    turn.say(turn.text_of("unanswered-which"), rows=(*rows, back), over=True)


async def same(turn: Turn) -> None:
    """Teach a group's texts as phrasings of an entry; ask first where one of them is answered otherwise by now."""
    if (found := await in_sight(turn)) is None:
        return
    group, texts = found
    entry = entry_of(turn, _parts(turn)[2])
    if entry is None:
        turn.say(turn.text_of("teach-overtaken"))
        return
    is_sure = turn.press is not None and turn.press.verb is Verb.SAME_SURELY
    if not is_sure and (clashes := await clashes_of(turn, entry, texts)):
        rows = (
            button(turn, "button-same-surely", Verb.SAME_SURELY, f"{group.id}.{sight(texts)}.{mark(entry)}"),
            button(turn, "button-alike", Verb.ALIKE, str(group.id)),
        )
        turn.say(turn.text_of("teach-clash", entry=title(turn, entry)), *clashes, rows=rows, over=True)
        return
    await teach(turn, entry, texts, group.id)


async def clashes_of(turn: Turn, entry: str, texts: Sequence[Asked]) -> list[Html]:
    """The texts that are answered with another entry as things stand, a line each."""
    made = [(one, await turn.services.decide(one.text)) for one in texts]
    return [
        turn.text_of("teach-clash-line", text=shown(one.text), entry=title(turn, decision.best))
        for one, decision in made
        if isinstance(decision, Answer) and decision.best != entry
    ]


async def teach(turn: Turn, entry: str, texts: Sequence[Asked], group: int | None) -> None:
    """Teach texts as phrasings of an entry."""
    new = _different(texts)
    lesson = Lesson(kind=LessonKind.PHRASINGS, entry=entry, phrasings=teaching.phrasings(new))
    teaching.teach(turn, lesson, group=group)
    said = turn.text_of("teach-done", count=len(new), entry=title(turn, entry))
    rows = (teaching.history_row(turn, entry), button(turn, "button-unanswered", Verb.UNANSWERED, "0"))
    turn.say(said, listed(texts), rows=rows, over=True)
    await give_taught(turn, lesson)
    await teaching.hold(turn)


def _different(texts: Sequence[Asked]) -> list[tuple[str, Language]]:
    """The texts that differ in their words."""
    return list({in_words(one.text): (one.text, one.language) for one in reversed(texts)}.values())[::-1]


async def dismiss(turn: Turn) -> None:
    """A group is none of our business; a second button takes that back."""
    if (found := await in_sight(turn)) is None:
        return
    group, _ = found
    reopen = button(turn, "button-reopen", Verb.REOPEN, str(group.id))
    await _settle(turn, group, State.DISMISSED, turn.text_of("unanswered-dismissed"), reopen)


async def reopen(turn: Turn) -> None:
    """A group that was none of our business is open again."""
    if (found := await _pressed(turn)) is None:
        return
    group, _ = found
    if group.state is not State.DISMISSED:
        turn.say(turn.text_of("teach-overtaken"))
        return
    await _settle(turn, group, State.OPEN, turn.text_of("unanswered-reopened"))


async def _settle(turn: Turn, group: Group, state: State, said: Html, *rows: tuple[Button, ...]) -> None:
    turn.change(unanswered.settle(turn.services.call.id, group.id, state, before=group.state))
    turn.change(teaching.note(turn, group=group.id, before=group.state, after=state))
    turn.say(said, rows=(*rows, button(turn, "button-unanswered", Verb.UNANSWERED, "0")), over=True)
    await teaching.hold(turn)


def _number(text: str) -> int:
    """A number of a button; 0, which stands for nothing, where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else 0
