"""What became public or was put right is told: to everybody registered, in the day's digest, to who was told otherwise.

Nothing of it goes out on one person's word: each makes a draft that is approved like every announcement.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence

from bot.messages import Button, Message, Rows
from bot.publishing import bulletin, publishing
from bot.publishing.publishing import Wording
from bot.store import audiences, errata, given, prefilled, publications, questions
from bot.store.database import Database
from bot.store.errata import Erratum
from bot.store.posting import Letter
from bot.store.prefilled import BusyError, Written
from bot.store.publications import Publication
from bot.store.questions import Question, State
from faq import Call, answering
from faq.languages import ReplyLanguage
from handlers.buttons import Press, Verb
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
    public = await _pressed(turn)
    if public is None:
        turn.say(turn.text_of("qa-unknown"))
        return
    texts = bulletin.one(turn.services.texts, turn.services.call, public, now=turn.now)
    await _draft(turn, _about(turn, [public], texts), announced=[public.number])


async def want_digest(turn: Turn) -> None:
    """Have a publication in the next digest."""
    public = await _pressed(turn)
    if public is None:
        turn.say(turn.text_of("qa-unknown"))
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
    turn.change(lambda db: publications.told_in_digest(db, call.id, numbers))
    texts = bulletin.several(turn.services.texts, call, wanted, now=turn.now)
    await _draft(turn, _about(turn, wanted, texts), announced=numbers)


async def tell_erratum(turn: Turn) -> None:
    """Draft the announcement of a correction to who was given the old answer."""
    call, number = turn.services.call, turn.press.argument if turn.press else ""
    found = int(number) if number.isascii() and number.isdigit() and len(number) <= _LONGEST_ID else 0
    erratum = await turn.services.store.read(lambda db: errata.of(db, call.id, found))
    if erratum is None or erratum.broadcast is not None:
        turn.say(turn.text_of("qa-erratum-gone"))
        return
    texts = {language: Message(text) for language, text in erratum.texts.items()}
    written = Written(texts=texts, audience=erratum.audience, editions={})
    await _draft(turn, written, erratum=erratum.id)


async def _draft(turn: Turn, written: Written, *, erratum: int | None = None, **detail: object) -> None:
    """Make a draft of the pressing person's; while they write another one, they are told so."""
    call, services = turn.services.call, turn.services
    people = await services.store.read(lambda db: audiences.count(db, call, written.audience, services.office))
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


def _about(turn: Turn, told: Sequence[Publication], texts: Mapping[ReplyLanguage, Message]) -> Written:
    """An announcement of publications to everybody registered."""
    call = turn.services.call

    def edition(public: Publication, language: ReplyLanguage) -> str:
        entry = call.entries[publishing.entry_of(public.number)]
        return answering.edition(
            answering.said(call, entry, language=public.nearest(language, call.languages), now=turn.now)
        )

    editions = {
        publishing.entry_of(public.number): {language: edition(public, language) for language in call.languages}
        for public in told
    }
    return Written(texts=texts, audience=_REGISTERED, editions=editions)


async def put_right(turn: Turn, entry: str, after: Call, *, material: bool) -> tuple[int, Rows]:
    """An entry's answer is another in ``after`` than it was: see to it that who was given the old one hears of it.

    Return how many conversations were given it otherwise, with the button that drafts the erratum to them. A slip of
    the pen makes no erratum: who was given the old text counts as given the new one.
    """
    services, before = turn.services, turn.services.call
    if not material:
        turn.change(given.is_now(before.id, entry, publishing.replaced(before, after, entry)))
        return 0, ()
    languages = publishing.changed(before, after, entry, now=turn.now)
    name = given.audience(entry, publishing.editions(after, entry).values())
    count = await services.store.read(lambda db: audiences.count(db, before, name, services.office))
    if not languages or not count:
        return count, ()
    wording = Wording(services.texts, before)
    erratum = Erratum(
        id=secrets.randbits(53),
        entry=entry,
        audience=name,
        texts={language: wording.erratum(after, entry, language, now=turn.now) for language in languages},
    )
    turn.change(errata.keep(before.id, erratum, by=turn.user_id, now=turn.now))
    press = Press(Verb.QA_ERRATUM, str(erratum.id), turn.language)
    return count, ((press.button(turn.label("qa-button-erratum")),),)


async def offer_same(turn: Turn) -> None:
    """Show the questions that wait for an answer: some may be the same as one that is public."""
    public, call = await _pressed(turn), turn.services.call.id
    if public is None:
        turn.say(turn.text_of("qa-unknown"))
        return
    open_ = await turn.services.store.read(lambda db: questions.waiting(db, call, most=_MOST_OPEN))
    if open_:
        rows = tuple((_same_button(turn, public, one),) for one in open_)
        turn.say(turn.text_of("qa-same", number=str(public.number)), rows=rows)
    else:
        turn.say(turn.text_of("qa-same-none"))


def _same_button(turn: Turn, public: Publication, one: Question) -> Button:
    label = turn.label("qa-line", number=str(one.id), question=publishing.cut(one.text, _LONGEST_LABEL))
    return Press(Verb.QA_SAME_GO, f"{public.number}.{one.id}", turn.language).button(label)


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
    step = Letter.PUBLIC.step(question)  # where it does not arrive, the question waits again
    give(turn, call, public, {asked.chat_id: asked.language}, "qa-told-waiting", step=step)
    note(turn, answered=question, by_publication=public.number)
    turn.say(turn.text_of("qa-same-done", question=str(question), number=str(public.number)), over=True)
    await settle(turn)


async def _pressed(turn: Turn) -> Publication | None:
    """The publication that a button stands for."""
    call, number = turn.services.call.id, number_in(turn.press.argument) if turn.press else None
    return await turn.services.store.read(lambda db: publications.of(db, call, number or 0))
