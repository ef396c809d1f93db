"""A broadcast is asked for and confirmed: by another owner where there is one, by a code, for what they saw."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.broadcasts import reports
from bot.messages import Message
from bot.rules import campaign
from bot.rules.roles import Act
from bot.store import audit, drafts, freezing, people, sendings, tallies
from bot.store.drafts import Asked
from faq.languages import ReplyLanguage
from faq.markup import Html
from handlers.staff.broadcasts.campaigning import commit, note, tell_asked
from handlers.staff.broadcasts.drafting import Draft, act, head_count, load, missing, preview_step, summary
from handlers.turn import Turn

_CODES = 10**6
_LONGEST_REASON = 200


async def ask(turn: Turn, draft: Draft, _: str) -> None:
    """Have it confirmed, if everything is there and was seen."""
    services, seen = turn.services, draft.broadcast
    if seen.stage is campaign.Stage.ASKED:
        turn.say(await _standing(turn, draft))
        return
    readers = await head_count(services, draft)  # once: it takes a while
    if fault := await _fault(turn, draft, readers):
        turn.say(fault)
        return
    owners = sorted(campaign.approvers(services.roles, turn.user_id))
    codes = dict(zip(owners, _new_codes(len(owners)), strict=True))
    turn.change(drafts.ask(services.call.id, seen, codes, now=turn.now))
    turn.change(note(turn, seen, did="asked", of=owners, audience=seen.audience, starts_at=seen.starts_at))
    asked = replace(draft, broadcast=replace(seen, stage=campaign.Stage.ASKED))
    for owner, code in codes.items():
        await _request(turn, asked, owner, code, readers)
    withdraw = act(services, draft.id, "withdraw", "button-broadcast-withdraw", turn.language)
    key = "broadcast-type-code" if turn.user_id in codes else "broadcast-asked"
    said = summary(services, asked, turn.language, readers=readers, now=turn.now)
    turn.say(said, turn.text_of(key), rows=((withdraw,),))
    await commit(turn)


async def _fault(turn: Turn, draft: Draft, readers: int) -> Html | None:
    """Why it can't be asked for yet."""
    if lacking := missing(turn.services, draft):
        return turn.text_of("broadcast-lacking", names=", ".join(turn.name_of(one) for one in lacking))
    at = draft.broadcast.starts_at
    faults = {
        "broadcast-past": at is not None and at <= turn.now,
        "broadcast-no-owner": not campaign.approvers(turn.services.roles, turn.user_id),
        "broadcast-nobody": not readers,
    }
    found = next((key for key, holds in faults.items() if holds), None)
    return turn.text_of(found) if found else await _unseen(turn, draft)


async def _standing(turn: Turn, draft: Draft) -> Html:
    """Whether the request that is open reached anybody."""
    step = f"ask:{draft.id}:{draft.broadcast.revision}:"
    states = await turn.services.store.read(lambda db: tallies.of_steps(db, turn.services.call.id, step))
    reached = sum(state == "sent" for state, _ in states)
    return turn.text_of("broadcast-standing", reached=reached, unreached=len(states) - reached)


async def _unseen(turn: Turn, draft: Draft) -> Html | None:
    """What the author has not seen as it will arrive, or why Telegram did not take it."""
    call = turn.services.call.id
    for language, text in draft.texts.items():
        step = preview_step(draft, text)
        states = await turn.services.store.read(lambda db, step=step: tallies.of_steps(db, call, step))
        if any(state == "sent" for state, _ in states):
            continue
        why = next((reason for state, reason in reversed(states) if state == "refused" and reason), None)
        if why:
            return turn.text_of("broadcast-refused-preview", name=turn.name_of(language), reason=why[:_LONGEST_REASON])
        return turn.text_of("broadcast-unseen", name=turn.name_of(language))
    return None


def _new_codes(count: int) -> list[str]:
    """So many different codes."""
    codes = set[str]()
    while len(codes) < count:
        codes.add(f"{secrets.randbelow(_CODES):06}")
    return list(codes)


async def _request(turn: Turn, draft: Draft, owner: int, code: str, readers: int) -> None:
    """Show an owner what will arrive, and how to confirm it."""
    services, call, seen = turn.services, turn.services.call, draft.broadcast
    is_other = owner != turn.user_id
    for language, text in draft.texts.items() if is_other else ():
        turn.change(sendings.plan_reply(call.id, owner, text, language, now=turn.now, author=turn.user_id))
    language = call.language(await services.store.read(lambda db: people.language_of(db, owner)))
    key = "broadcast-confirm" if is_other else "broadcast-confirm-own"
    asked = services.texts.say(language, key, code=code)
    text = Message(Html(f"{summary(services, draft, language, readers=readers, now=turn.now)}\n\n{asked}"))
    step = f"ask:{draft.id}:{seen.revision}:{owner}"
    turn.change(sendings.plan_reply(call.id, owner, text, language, now=turn.now, step=step, author=turn.user_id))


async def type_code(turn: Turn, waiting: Sequence[Asked], typed: str) -> None:
    """A code was typed by somebody who was asked for one; the wrong one ends what waited for it."""
    meant = next((one for one in waiting if secrets.compare_digest(one.code, typed)), None)
    if meant is None:
        await _void(turn, waiting, "broadcast-wrong-code")
    elif refusal := _refusal(turn, meant):
        await _void(turn, [meant], refusal)
    else:
        await _approve(turn, meant)


def refuse_old(turn: Turn) -> None:
    """The code of an earlier request was typed, which stands no more; what waits goes on waiting for its own."""
    call = turn.services.call.id
    turn.change(audit.note(turn.user_id, Act.CONFIRM_BROADCAST, call=call, now=turn.now, refused="broadcast-old-code"))
    turn.say(turn.text_of("broadcast-old-code"))


def _refusal(turn: Turn, asked: Asked) -> str | None:
    """Why the right code does not confirm it any more."""
    seen = asked.broadcast
    if not campaign.is_authorised(turn.services.roles, seen.author, turn.user_id):
        return "broadcast-unauthorised"
    is_old = seen.asked_at is None or turn.now - seen.asked_at > campaign.LASTS
    return "broadcast-expired" if is_old or campaign.is_past(seen.starts_at, turn.now) else None


async def _void(turn: Turn, waiting: Sequence[Asked], key: str) -> None:
    """Make drafts again of what waited; their authors are told, and who else was asked."""
    for one in waiting:
        seen = one.broadcast
        tell_asked(turn, seen, key)
        turn.change(drafts.edit(turn.services.call.id, seen))
        turn.change(note(turn, seen, act=Act.CONFIRM_BROADCAST, refused=key))
        turn.say(turn.text_of(key, number=seen.id))
        if seen.chat_id != turn.chat_id:
            turn.tell(seen.chat_id, seen.language, Message(turn.services.texts.say(seen.language, key, number=seen.id)))
    await commit(turn)


async def _approve(turn: Turn, asked: Asked) -> None:
    """The one act: from this transaction on it goes out at its hour, unless it is called off."""
    services, seen = turn.services, asked.broadcast
    at = campaign.starts_at(seen.starts_at, turn.now)
    draft = await load(services, seen)
    turn.change(drafts.approve(services.call.id, seen, by=turn.user_id, at=at, now=turn.now))
    spoken = {language: text.text for language, text in draft.texts.items()}
    turn.change(
        note(
            turn, seen, act=Act.CONFIRM_BROADCAST, author=seen.author, audience=seen.audience, starts_at=at,
            how=seen.how, corrects=seen.corrects, texts=spoken,
        )
    )  # fmt: skip
    frozen = await services.store.read(lambda db: freezing.holds(db, services.call.id))

    def word(language: ReplyLanguage) -> Message:
        said = _scheduled(turn, seen.id, at - turn.now, language, at)
        rows = ((reports.button(services.texts, "calloff", seen.id, language),),)
        return Message(reports.with_freeze(services.texts, said, language, frozen=frozen), rows)

    said = word(turn.language)
    turn.say(said.text, rows=said.rows)
    places = sorted({seen.chat_id, *services.office.told} - {turn.chat_id})
    turn.change(sendings.plan_in_own_languages(services.call, places, word, now=turn.now))
    await commit(turn)


def _scheduled(turn: Turn, number: int, left: timedelta, language: ReplyLanguage, at: datetime) -> Html:
    """That it was confirmed, when it begins, and how long it can be called off."""
    moment = reports.moment(turn.services.call, at, language)
    key = "broadcast-scheduled-now" if left <= campaign.GRACE else "broadcast-scheduled"
    return turn.services.texts.say(language, key, number=number, at=moment, seconds=int(campaign.GRACE.total_seconds()))
