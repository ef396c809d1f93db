"""A question and its answer are published, kept private, or put right, each by one tap on what was seen."""

from __future__ import annotations

import secrets
from dataclasses import replace

from bot.publishing import publishing
from bot.publishing.publishing import Wording
from bot.store import lessons, publications
from bot.store import publication_drafts as drafts
from bot.store.publication_drafts import Draft, Fate
from faq.lessons import taught
from handlers.published import number_in
from handlers.staff.publishing.announcing import put_right
from handlers.staff.publishing.giving import after_rows, give_anew, tell
from handlers.staff.publishing.previewing import change, look, note, pressed_draft, settle, show
from handlers.turn import Turn


async def keep_private(turn: Turn) -> None:
    """Decide that an answer concerns nobody else: a matter of procedure."""
    draft = await pressed_draft(turn)
    if draft is None:
        turn.say(turn.text_of("qa-gone"))
        return
    change(turn, draft, replace(draft, state=Fate.PRIVATE))
    note(turn, kept_private=draft.id, answer=draft.answer)
    turn.say(turn.text_of("qa-private-done"), over=True)
    await settle(turn)


async def make_public(turn: Turn) -> None:
    """The one act: numbered, in the list, an entry of the call, and told to who asked for it."""
    draft = await pressed_draft(turn)
    if draft is None or draft.answer is None or not publishing.is_complete(draft, turn.services.call):
        turn.say(turn.text_of("qa-gone"))
        return
    seen = await look(turn, draft)
    if seen.answered is None:
        turn.say(turn.text_of("qa-taken-back"))
        return
    call, public = turn.services.call, seen.as_public(turn.now)
    whole = publishing.whole(draft)
    taught_now = Wording(turn.services.texts, call).lessons(seen.number, whole, published_at=turn.now)
    turn.change(publications.publish(call.id, whole, seen.number, by=turn.user_id, now=turn.now))
    for lesson in taught_now:
        turn.change(lessons.teach(call.id, lesson, by=turn.user_id, now=turn.now))
    note(turn, published=seen.number, answer=draft.answer, questions=whole.questions, answers=whole.answers)
    after = taught(call, taught_now)
    told = tell(turn, after, public, seen.answered, seen.waiting)
    turn.say(turn.text_of("qa-done", number=str(seen.number), told=told), rows=after_rows(turn, seen.number), over=True)
    if await settle(turn):
        await turn.services.current.catch_up()


async def correct(turn: Turn) -> None:
    """Begin to correct a publication, or go on where somebody began."""
    number, call = number_in(turn.press.argument) if turn.press else None, turn.services.call
    public = await turn.services.store.read(lambda db: publications.of(db, call.id, number or 0))
    if public is None:
        turn.say(turn.text_of("qa-unknown"))
        return
    draft = await turn.services.store.read(lambda db: drafts.open_correction(db, call.id, public.number))
    if draft is None:
        served = Wording(turn.services.texts, call).as_served(public)
        draft = Draft(
            id=secrets.randbits(53),
            language=public.language,
            questions=served.questions,
            answers=served.answers,
            corrects=public.number,
            waived=frozenset(call.languages) - frozenset(public.answers),
        )
        turn.change(drafts.begin(call.id, draft, by=turn.user_id, now=turn.now))
        note(turn, begun=draft.id, corrects=public.number)
    await show(turn, draft, public.nearest(turn.language, call.languages))
    await settle(turn)


async def correct_slip(turn: Turn) -> None:
    """The correction changes nothing that matters: who read the old text need not hear of it."""
    await _correct(turn, material=False)


async def correct_material(turn: Turn) -> None:
    """The correction matters: who was given the old answer is to get an erratum."""
    await _correct(turn, material=True)


async def _correct(turn: Turn, *, material: bool) -> None:
    draft = await pressed_draft(turn)
    if draft is None or draft.corrects is None or not publishing.is_complete(draft, turn.services.call):
        turn.say(turn.text_of("qa-gone"))
        return
    seen, call = await look(turn, draft), turn.services.call
    public = seen.as_public(turn.now)
    taught_now = Wording(turn.services.texts, call).lessons(
        seen.number, publishing.whole(draft), published_at=public.published_at, was=seen.public
    )
    if not taught_now:
        turn.say(turn.text_of("qa-unchanged"))
        return
    turn.change(publications.correct(call.id, publishing.whole(draft), now=turn.now))
    for lesson in taught_now:
        turn.change(lessons.teach(call.id, lesson, by=turn.user_id, now=turn.now))
    note(
        turn, corrected=seen.number, material=material, before=seen.public and seen.public.answers, after=public.answers
    )
    entry = publishing.entry_of(seen.number)
    after = taught(call, taught_now)
    told, rows = await put_right(turn, entry, after, material=material)
    give_anew(turn, after, public)
    turn.say(turn.text_of("qa-corrected", number=str(seen.number), told=told), rows=rows, over=True)
    if await settle(turn):
        await turn.services.current.catch_up()
