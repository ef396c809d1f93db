"""The deadline moves: an owner asks, sees what follows, a second one confirms, and everybody is told."""

from __future__ import annotations

import re
import secrets
import unicodedata
from datetime import datetime

from bot.buttons import Press, Verb
from bot.deadline import amendments
from bot.deadline.amendments import AmendmentError, Fault, Request
from bot.messages import Button, Message
from bot.rules.roles import Act
from bot.store import Change, audit, people, registrations
from bot.store import amendments as proposals
from bot.store.amendments import OvertakenError, Proposal
from faq import Call, answering
from faq.deadline import Deadline
from faq.languages import ReplyLanguage
from faq.markup import Html
from handlers.staff.guard import staff
from handlers.turn import Turn

_CODES = 10**6
_MOST_NOTED = 200
"""Characters of a request that the audit keeps."""
_NUMBER = re.compile(r"[0-9]{1,18}")
"""The number of a proposal; a longer one is no row of any database."""


def _refusal(turn: Turn, act: Act) -> str | None:
    """Why this person can't change the deadline here and in this way; None where they can."""
    if not turn.services.roles.may(turn.user_id, act):
        return "amend-denied"
    return None if turn.is_private and turn.is_own_word else "amend-private"


_guarded = staff(Act.CHANGE_DEADLINE, _refusal)


@_guarded
async def propose(turn: Turn) -> None:
    """``/newdeadline 31/07/2025 15:00 https://...`` or ``/newdeadline cancel https://...``: show what would follow."""
    deadline = turn.services.call.deadline
    try:
        request = amendments.read(turn.argument, deadline, now=turn.now)
    except AmendmentError as error:
        turn.change(_note(turn, refused=error.fault, asked=turn.argument[:_MOST_NOTED]))
        said = [] if error.fault is Fault.USAGE else [turn.text_of(error.fault, what=error.what)]
        turn.say(*said, turn.text_of(Fault.USAGE))
        return
    if deadline is not None:
        await _show(turn, deadline, request)


def digits(text: str) -> str:
    """Six digits as they were typed, whichever keyboard they come from, in the signs of the code."""
    return "".join(str(unicodedata.decimal(sign)) for sign in text.strip())


async def waits_for_code(turn: Turn) -> bool:
    """Whether a proposal of this person is open, which they may confirm by a code."""
    call = turn.services.call.id
    return await turn.services.store.read(lambda db: proposals.open_proposal(db, call, by=turn.user_id)) is not None


async def type_code(turn: Turn, typed: str) -> None:
    """Six digits: the code by which a lone owner confirms; from anybody else none is awaited."""
    call = turn.services.call.id
    proposal = await turn.services.store.read(lambda db: proposals.open_proposal(db, call, by=turn.user_id))
    if proposal is None or not turn.services.roles.may(turn.user_id, Act.CHANGE_DEADLINE) or not turn.is_own_word:
        turn.say(turn.text_of("staff-no-code"))  # a code is no question: that is kept, and read by all staff
    elif turn.services.roles.others(turn.user_id):
        _refuse(turn, "amend-own", proposal)
    elif not secrets.compare_digest(typed, proposal.code):
        turn.change(proposals.drop(proposal.id))
        _refuse(turn, "amend-wrong-code", proposal)
        await _commit(turn)
    else:
        await _apply(turn, proposal)


@_guarded
async def confirm(turn: Turn) -> None:
    """The second owner's button."""
    proposal = await _pressed(turn)
    if proposal is None:
        turn.say(turn.text_of("amend-gone", status=turn.status))
    elif proposal.proposed_by == turn.user_id:
        _refuse(turn, "amend-own", proposal)
    else:
        await _apply(turn, proposal)


@_guarded
async def drop(turn: Turn) -> None:
    """Either owner's other button."""
    proposal = await _pressed(turn)
    if proposal is None:
        turn.say(turn.text_of("amend-gone", status=turn.status))
        return
    turn.change(proposals.drop(proposal.id))
    turn.change(_note(turn, dropped=proposal.id))
    turn.say(turn.text_of("amend-dropped", status=turn.status))
    if proposal.proposed_by != turn.user_id:
        await _tell(turn, proposal.proposed_by, "amend-dropped", status=turn.status)
    await _commit(turn)


def _refuse(turn: Turn, key: str, proposal: Proposal) -> None:
    turn.change(_note(turn, refused=key, proposal=proposal.id))
    turn.say(turn.text_of(key))


async def _show(turn: Turn, deadline: Deadline, request: Request) -> None:
    """Keep the proposal, and show it to who has to confirm it."""
    services = turn.services
    code = f"{secrets.randbelow(_CODES):06}"
    proposal = Proposal(
        id=secrets.randbits(53),
        base_version=turn.version,
        local=request.local,
        source=request.source,
        proposed_by=turn.user_id,
        proposed_at=turn.now,
        code=code,
    )
    turn.change(proposals.propose(services.call.id, proposal))
    turn.change(_note(turn, proposed=request.local, source=request.source, version=turn.version))
    reached = await services.store.read(lambda db: registrations.head_count(db, services.call.id))
    others = services.roles.others(turn.user_id)
    what = _preview(turn, turn.language, proposal, deadline, reached)
    how = turn.text_of("amend-wait") if others else turn.text_of("amend-code", code=code)
    turn.say(what, how, rows=(_row(turn.language, turn, Verb.DROP, proposal),))
    for other in sorted(others):
        language = await _language(turn, other)
        asked = services.texts.say(language, "amend-asked")
        text = Html(f"{asked}\n\n{_preview(turn, language, proposal, deadline, reached)}")
        rows = tuple(_row(language, turn, verb, proposal) for verb in (Verb.APPLY, Verb.DROP))
        turn.tell(other, language, Message(text, rows))


def _row(language: ReplyLanguage, turn: Turn, verb: Verb, proposal: Proposal) -> tuple[Button, ...]:
    label = turn.services.texts.plain(language, "button-apply" if verb is Verb.APPLY else "button-drop")
    return (Press(verb, str(proposal.id), language).button(label),)


def _preview(turn: Turn, language: ReplyLanguage, proposal: Proposal, deadline: Deadline, reached: int) -> Html:
    """What holds, what would hold, who is told what, and which reminders move."""
    call, texts = turn.services.call, turn.services.texts
    new = call.amended([amendments.amendment(proposal, deadline, now=turn.now)])
    moves = [
        texts.say(
            language,
            "amend-move",
            step=answering.step_text(call, move.step, language=language),
            before=_moment(call, move.before, language) or texts.say(language, "amend-none"),
            after=_moment(call, move.after, language) or texts.say(language, "amend-none"),
        )
        for move in amendments.moved(deadline, new.deadline or deadline, call.steps, now=turn.now)
    ]
    notices = [answering.notice_text(new, language=one) for one in call.languages]
    parts = [
        texts.say(
            language,
            "amend-preview",
            before=_holds(call, language) or texts.say(language, "amend-cancelled"),
            after=_holds(new, language) or texts.say(language, "amend-cancelled"),
            source=proposal.source,
            people=reached,
        ),
        *moves,
        texts.say(language, "amend-notices"),
        *notices,
    ]
    return Html("\n".join(parts))


def _holds(call: Call, language: ReplyLanguage) -> Html:
    """The deadline; empty for a cancelled call."""
    is_cancelled = call.deadline is None or call.deadline.cancelled
    return Html("") if is_cancelled else answering.deadline_text(call, language=language)


def _moment(call: Call, at: datetime | None, language: ReplyLanguage) -> Html:
    return answering.moment_text(call, at, language=language) if at else Html("")


async def _pressed(turn: Turn) -> Proposal | None:
    """The open proposal that a button stands for, if it can still be confirmed."""
    argument = turn.press.argument if turn.press else ""
    call, deadline = turn.services.call, turn.services.call.deadline
    if not _NUMBER.fullmatch(argument) or deadline is None:
        return None
    number = int(argument)
    found = await turn.services.store.read(lambda db: proposals.open_proposal(db, call.id, number=number))
    return None if found is None or amendments.is_expired(found, deadline, now=turn.now) else found


async def _apply(turn: Turn, proposal: Proposal) -> None:
    """The one act: the new deadline, and the news of it, hold from this transaction on."""
    services, deadline = turn.services, turn.services.call.deadline
    may = services.roles.may(proposal.proposed_by, Act.CHANGE_DEADLINE)  # who proposed may have lost the right since
    if deadline is None or not may or amendments.is_expired(proposal, deadline, now=turn.now):
        turn.say(turn.text_of("amend-gone", status=turn.status))
        return
    decided = amendments.amendment(proposal, deadline, now=turn.now)
    done = services.call.amended([decided])
    reached = await services.store.read(lambda db: registrations.head_count(db, services.call.id))
    turn.change(proposals.apply(services.call.id, proposal, decided, by=turn.user_id))
    turn.change(
        _note(
            turn, applied=proposal.id, was=None if deadline.cancelled else deadline.local, is_now=decided.local,
            source=decided.source, version=decided.version, proposed_by=proposal.proposed_by,
        )
    )  # fmt: skip
    turn.version = decided.version
    turn.say(turn.text_of("amend-done", notice=answering.notice_text(done, language=turn.language), people=reached))
    if proposal.proposed_by != turn.user_id:
        language = await _language(turn, proposal.proposed_by)
        notice = answering.notice_text(done, language=language)
        await _tell(turn, proposal.proposed_by, "amend-done", notice=notice, people=reached)
    if await _commit(turn):
        await services.current.catch_up()


async def _commit(turn: Turn) -> bool:
    """Record the turn; False, and said so, where the proposal had ended meanwhile."""
    try:
        await turn.commit()
    except OvertakenError:
        turn.start_over()
        turn.version = turn.services.current.version
        turn.say(turn.text_of("amend-gone", status=turn.status))
        return False
    return True


async def _language(turn: Turn, chat_id: int) -> ReplyLanguage:
    return turn.services.call.language(await turn.services.store.read(lambda db: people.reads(db, chat_id)))


async def _tell(turn: Turn, chat_id: int, key: str, **values: str | int) -> None:
    """Say a sentence to another owner, in their language."""
    language = await _language(turn, chat_id)
    turn.tell(chat_id, language, Message(turn.services.texts.say(language, key, **values)))


def _note(turn: Turn, **detail: object) -> Change:
    """A line of the audit about this turn."""
    return audit.note(turn.user_id, Act.CHANGE_DEADLINE, call=turn.services.call.id, now=turn.now, **detail)
