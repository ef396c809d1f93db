"""What became public or was put right is told: to everybody registered, in the day's digest, to who was told otherwise.

Nothing of it goes out on one person's word: each makes a draft that is approved like every announcement.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.buttons import Press, Verb
from bot.messages import Button, Message, Rows
from bot.publishing import bulletin, publishing
from bot.publishing.publishing import Wording
from bot.store import audiences, errata, given, lessons, prefilled, publications, questions
from bot.store.database import Database
from bot.store.errata import Erratum
from bot.store.posting import Letter
from bot.store.prefilled import BusyError, Written
from bot.store.publications import Publication
from bot.store.questions import Question, State
from faq import Call, answering
from faq.languages import ReplyLanguage
from handlers.published import number_in
from handlers.staff.publishing.giving import give
from handlers.staff.publishing.previewing import note, settle
from handlers.turn import Turn

_REGISTERED = "registered"
_MOST_OPEN = 8
_LONGEST_ID = 17
_LONGEST_LABEL = 40


async def tell_all(turn: Turn) -> None:
    """Draft an announcement of one publication to everybody registered."""
    public = await _untold(turn)
    if public is None:
        return
    turn.change(publications.see_untold(turn.services.call.id, [public.number]))
    seen = await _as_it_stands(turn, [public.number])
    texts = bulletin.one(turn.services.texts, seen.call, seen.publications[0], now=turn.now)
    await _draft(turn, _about(turn, seen, texts), announced=[public.number])


async def want_digest(turn: Turn) -> None:
    """Have a publication in the next digest."""
    public = await _untold(turn)
    if public is None:
        return
    turn.change(publications.want_in_digest(turn.services.call.id, public.number))
    note(turn, digest=public.number)
    turn.say(turn.text_of("qa-digest-noted", number=str(public.number), hour=f"{bulletin.HOUR:%H:%M}"))


async def make_digest(turn: Turn) -> None:
    """Draft the announcement of everything that waits for the digest."""
    call = turn.services.call
    wanted = await turn.services.store.read(lambda db: publications.wanted_in_digest(db, call.id))
    if not wanted:
        turn.say(turn.text_of("qa-digest-gone"))
        return
    numbers = [one.number for one in wanted]
    turn.change(publications.see_untold(call.id, numbers))
    seen = await _as_it_stands(turn, numbers)
    texts = bulletin.several(turn.services.texts, seen.call, seen.publications, now=turn.now)
    await _draft(turn, _about(turn, seen, texts), announced=numbers)


async def tell_erratum(turn: Turn) -> None:
    """Draft the announcement of a correction to who was given the old answer."""
    call, number = turn.services.call, turn.press.argument if turn.press else ""
    found = int(number) if number.isascii() and number.isdigit() and len(number) <= _LONGEST_ID else 0
    erratum = await turn.services.store.read(lambda db: errata.of(db, call.id, found))
    if erratum is None or not erratum.is_free:
        turn.say(turn.text_of("qa-erratum-gone"))
        return
    written = await _erratum(turn, erratum)
    if written is None or not await _people(turn, written.audience):
        turn.say(turn.text_of("qa-erratum-nobody"))
        return
    await _draft(turn, written, erratum=erratum.id)


async def _erratum(turn: Turn, erratum: Erratum) -> Written | None:
    """An announcement of what an answer says now; None where what it said before holds again."""
    entry, services = erratum.entry, turn.services
    changes = await services.store.read(lambda db: lessons.changes(db, services.call.id, entry))
    call = await services.current.without(None)
    wording = Wording(services.texts, call)
    languages = [one for one in erratum.before if entry in call.entries and one in call.languages]
    holds = set(publishing.every_text(call, entry).values())
    languages = [one for one in languages if erratum.before[one] not in holds]
    if not languages:
        return None
    texts = {one: Message(wording.erratum(erratum, one, now=turn.now)) for one in languages}
    audience = given.audience(entry, publishing.editions(call, entry).values(), languages)
    return Written(
        texts=texts, audience=audience, answers=[publishing.told(call, entry, languages, changes, now=turn.now)]
    )


async def _people(turn: Turn, audience: str) -> int:
    """How many conversations an announcement would go to."""
    call, services = turn.services.call, turn.services
    return await services.store.count(lambda db: audiences.count(db, call, audience, services.office))


async def _draft(turn: Turn, written: Written, *, erratum: int | None = None, **detail: object) -> None:
    """Make a draft of the pressing person's; while they write another one, they are told so."""
    call = turn.services.call
    people = await _people(turn, written.audience)
    begin = prefilled.draft(
        call, written, author=turn.user_id, chat_id=turn.chat_id, language=turn.language, now=turn.now
    )

    def change(db: Database) -> None:
        number = begin(db)
        if erratum is not None:
            errata.announced(db, call.id, erratum, number)

    turn.change(change)
    note(turn, drafted=written.audience, **detail)
    turn.say(turn.text_of("qa-draft-made", people=people))
    try:
        await settle(turn)
    except BusyError:
        turn.start_over()
        turn.say(turn.text_of("qa-draft-busy"))


@dataclass(frozen=True, slots=True)
class _Standing:
    """Publications with the call that answers with them, and how often the entry of each was changed till then."""

    call: Call
    publications: Sequence[Publication]
    changes: Mapping[str, int]


async def _as_it_stands(turn: Turn, numbers: Sequence[int]) -> _Standing:
    """What is public under these numbers: counted first, so that what is corrected meanwhile shows as outdated."""
    call = turn.services.call.id

    def found(db: Database) -> tuple[dict[str, int], list[Publication]]:
        entries = map(publishing.entry_of, numbers)
        changes = {entry: lessons.changes(db, call, entry) for entry in entries}
        return changes, [one for number in numbers if (one := publications.of(db, call, number))]

    changes, publics = await turn.services.store.read(found)
    return _Standing(await turn.services.current.without(None), publics, changes)


def _about(turn: Turn, seen: _Standing, texts: Mapping[ReplyLanguage, Message]) -> Written:
    """An announcement of publications to everybody registered."""
    told = [
        publishing.told(seen.call, entry, seen.call.languages, changes, now=turn.now)
        for entry, changes in seen.changes.items()
    ]
    return Written(texts=texts, audience=_REGISTERED, answers=told)


async def put_right(turn: Turn, entry: str, after: Call, *, material: bool) -> tuple[int, Rows]:
    """An entry's answer is another in ``after`` than it was: see to it that who was given the old one hears of it.

    Return how many conversations were given it otherwise, with the button that drafts the erratum to them. A slip of
    the pen makes no erratum: who was given the old text counts as given the new one.
    """
    before = turn.services.call
    editions = publishing.editions(after, entry).values()
    if not material:
        turn.change(given.is_now(before.id, entry, publishing.replaced(before, after, entry), editions))
        return 0, ()
    languages = publishing.changed(before, after, entry, now=turn.now)
    count = await _people(turn, given.audience(entry, editions, languages))
    if not languages or not count:
        return count, ()
    said = {one: answering.said(before, before.entries[entry], language=one, now=turn.now) for one in languages}
    erratum = Erratum(id=secrets.randbits(53), entry=entry, before=said, at=turn.now)
    turn.change(errata.keep(before.id, erratum, set(publishing.every_text(after, entry).values()), by=turn.user_id))
    press = Press(Verb.QA_ERRATUM, str(erratum.id), turn.language)
    return count, ((press.button(turn.label("qa-button-erratum")),),)


async def offer_same(turn: Turn) -> None:
    """Show the questions that wait for an answer: some may be the same as one that is public."""
    public, call = await _pressed(turn), turn.services.call.id
    if public is None:
        turn.say(turn.text_of("qa-unknown"))
        return
    open_ = await turn.services.store.read(
        lambda db: [
            questions.newest_word(db, call, one.id) or one for one in questions.waiting(db, call, most=_MOST_OPEN)
        ]
    )
    if open_:
        rows = tuple((_same_button(turn, public, one),) for one in open_)
        turn.say(turn.text_of("qa-same", number=str(public.number)), rows=rows)
    else:
        turn.say(turn.text_of("qa-same-none"))


def _same_button(turn: Turn, public: Publication, one: Question) -> Button:
    label = turn.label("qa-line", number=str(one.number), question=publishing.cut(one.text, _LONGEST_LABEL))
    return Press(Verb.QA_SAME_GO, f"{public.number}.{one.number}", turn.language).button(label)


async def answer_same(turn: Turn) -> None:
    """Give a publication to who asked a question that still waits, which the button names by its number."""
    number, _, other = (turn.press.argument if turn.press else "").partition(".")
    call, question = turn.services.call, number_in(other) or 0
    public = await turn.services.store.read(lambda db: publications.of(db, call.id, number_in(number) or 0))
    asked = await turn.services.store.read(lambda db: questions.of(db, call.id, question))
    if public is None or asked is None or asked.state is not State.OPEN:
        turn.say(turn.text_of("qa-same-gone"))
        return
    turn.change(publications.answer_question(call.id, question))
    # Where it does not arrive, the question waits again, and may be answered again: that is another sending.
    step = f"{Letter.PUBLIC.step(question)}:{public.number}.{turn.update_id}"
    asker = {asked.chat_id: asked.language}
    give(turn, call, public, asker, "qa-told-same", step=step, question=str(question))
    note(turn, answered=question, by_publication=public.number)
    turn.say(turn.text_of("qa-same-done", question=str(question), number=str(public.number)), over=True)
    await settle(turn)


async def _pressed(turn: Turn) -> Publication | None:
    """The publication that a button stands for."""
    call, number = turn.services.call.id, number_in(turn.press.argument) if turn.press else None
    return await turn.services.store.read(lambda db: publications.of(db, call, number or 0))


async def _untold(turn: Turn) -> Publication | None:
    """The publication that a button stands for; where there is none, or everybody hears of it already, that is said."""
    public, call = await _pressed(turn), turn.services.call.id
    if public is None:
        turn.say(turn.text_of("qa-unknown"))
        return None
    by = await turn.services.store.read(lambda db: publications.told_by(db, call, public.number))
    if by is None:
        return public
    turn.say(turn.text_of("qa-told-already", number=str(public.number), by=str(by)))
    return None
