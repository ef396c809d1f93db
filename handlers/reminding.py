"""Sign up for reminders, choose among them, put them off, say that the file is in, and stop; the calendar entry."""

from __future__ import annotations

from bot.buttons import Press, Verb
from bot.messages import Button, File, Rows
from bot.rules import plan, privacy
from bot.rules.plan import Purpose, Registration
from bot.store import people, registrations
from faq import answering, calendar
from faq.deadline import Deadline
from faq.markup import Html
from handlers.asking import menu_button
from handlers.profile import profile_rows
from handlers.turn import Turn

_YES, _NO = "step-on", "step-off"
_ON, _OFF = "on", "off"


async def offer(turn: Turn) -> None:
    """Say what would be sent and what is kept, and ask for a yes; show who has said yes what they chose."""
    call, language = turn.services.call, turn.language
    deadline = call.deadline
    if deadline is None:
        turn.say(turn.status)
        return
    registered = await _registration(turn)
    if deadline.is_over(turn.now):
        yes = Press(Verb.REGISTER, Purpose.NEXT_EDITION, language).button(turn.label("button-next-edition"))
        turn.say(turn.text_of("remind-closed", status=turn.status, months=_MONTHS), rows=((yes,),))
    elif registered:
        _show(turn, deadline, registered)
    else:
        yes = Press(Verb.REGISTER, Purpose.DEADLINE, language).button(turn.label("button-yes-remind"))
        text = turn.text_of(
            "remind-offer",
            deadline=answering.deadline_text(call, language=language),
            left=answering.time_left_text(call, language=language, now=turn.now),
            steps=answering.steps_text(call, language=language, now=turn.now),
            erased=_erased(turn, deadline),
        )
        turn.say(text, rows=((yes,),))


_MONTHS = privacy.NEXT_EDITION.days // 30


async def register(turn: Turn) -> None:
    """Register the chat for what the pressed button says; for what is still possible if time has passed it by."""
    deadline = turn.services.call.deadline
    if turn.press is None or turn.press.argument not in set(Purpose) or deadline is None:
        turn.say(turn.text_of("stale-button"), rows=((menu_button(turn),),))
    elif deadline.is_over(turn.now) and turn.press.argument == Purpose.DEADLINE:
        await offer(turn)
    else:
        purpose = Purpose(turn.press.argument)
        turn.change(people.unmute(turn.chat_id))
        turn.change(
            registrations.register(
                turn.services.call.id, turn.chat_id, purpose, turn.language, version=turn.version, now=turn.now
            )
        )
        choose = (
            (_button(turn, Verb.OFFER, "button-choose"),),
            (_button(turn, Verb.CALENDAR, "button-calendar"),),
            *profile_rows(turn),
        )
        rows = (*(choose if purpose is Purpose.DEADLINE else ()), (_button(turn, Verb.STOP, "button-stop"),))
        turn.say(await _confirmation(turn, purpose, deadline), rows=rows)


async def switch(turn: Turn) -> None:
    """Turn one step on or off, and show the choice in place."""
    call, deadline, registered = turn.services.call, turn.services.call.deadline, await _registration(turn)
    step, _, wanted = (turn.press.argument if turn.press else "").partition(":")
    if deadline is None or registered is None or deadline.is_over(turn.now):
        await offer(turn)
    elif step not in {plan.name_of(one) for one in call.steps}:
        turn.say(turn.text_of("stale-button"), rows=((menu_button(turn),),))
    elif wanted == (_OFF if step in registered.off else _ON):
        _show(turn, deadline, registered, over=True)  # the button was pressed twice
    else:
        turn.change(registrations.switch(call.id, turn.chat_id, step, now=turn.now))
        _show(turn, deadline, plan.switched(registered, step, now=turn.now), over=True)


async def later(turn: Turn) -> None:
    """Leave the chat alone until tomorrow morning; on the last day, for an hour."""
    call, deadline, registered = turn.services.call, turn.services.call.deadline, await _registration(turn)
    if deadline is None or registered is None or deadline.is_over(turn.now):
        await offer(turn)
        return
    if registered.submitted:
        _show(turn, deadline, registered)
        return
    closing = answering.deadline_text(call, language=turn.language)
    until = plan.later_at(deadline, turn.now)
    if until is None:
        turn.say(turn.text_of("later-too-late", deadline=closing), rows=((_button(turn, Verb.STOP, "button-stop"),),))
        return
    turn.change(registrations.put_off(call.id, turn.chat_id, until))
    at = answering.moment_text(call, until, language=turn.language)
    rows = ((_button(turn, Verb.OFFER, "button-choose"),), (_button(turn, Verb.STOP, "button-stop"),))
    turn.say(turn.text_of("later-done", at=at, deadline=closing), rows=rows)


async def submitted(turn: Turn) -> None:
    """End the urgency for who has handed the file in; changes of the deadline are still told."""
    registered = await _registration(turn)
    if registered is None:
        await offer(turn)
        return
    turn.change(registrations.has_submitted(turn.services.call.id, turn.chat_id))
    turn.say(turn.text_of("submitted"), rows=_submitted_rows(turn))


async def stop(turn: Turn) -> None:
    """End all registrations of this chat with one tap."""
    call = turn.services.call.id
    registered = await turn.services.store.read(lambda db: registrations.purposes_of(db, call, turn.chat_id))
    turn.change(registrations.unregister(call, turn.chat_id))
    turn.change(people.mute(turn.chat_id, now=turn.now))
    turn.say(turn.text_of("stopped" if registered else "nothing-to-stop"))


async def show_calendar(turn: Turn) -> None:
    """The deadline as a calendar file."""
    call = turn.services.call
    if call.deadline is None:
        turn.say(turn.status)
        return
    text = calendar.entry(call, call.deadline, language=turn.language, now=turn.now)
    key = "calendar-over" if call.deadline.is_over(turn.now) else "calendar"
    turn.say(turn.text_of(key, status=turn.status), file=File.of_text("deadline.ics", text))


def _show(turn: Turn, deadline: Deadline, registered: Registration, *, over: bool = False) -> None:
    """What a registered chat chose, with a button for each choice."""
    if registered.submitted:
        turn.say(turn.text_of("submitted"), rows=_submitted_rows(turn), over=over)
        return
    call, language = turn.services.call, turn.language
    reached = plan.moments(deadline, call.steps)
    following = plan.plan(deadline, reached, registered, turn.now).next_at
    text = turn.text_of(
        "remind-panel" if following else "remind-panel-last",
        deadline=answering.deadline_text(call, language=language),
        left=answering.time_left_text(call, language=language, now=turn.now),
        next=answering.moment_text(call, following, language=language) if following else "",
        erased=_erased(turn, deadline),
    )
    ahead = [step for step in call.steps if deadline.instant - step > turn.now]
    switches = tuple(
        (_switch(turn, index, name, is_off=name in registered.off),)
        for index, name in ((call.steps.index(step), plan.name_of(step)) for step in ahead)
    )
    rest = (
        (_button(turn, Verb.LATER, "button-later"),),
        (_button(turn, Verb.SUBMITTED, "button-submitted"),),
        (_button(turn, Verb.CALENDAR, "button-calendar"),),
        *profile_rows(turn),
        (_button(turn, Verb.STOP, "button-stop"),),
    )
    turn.say(text, rows=(*switches, *rest), over=over)


def _switch(turn: Turn, index: int, name: str, *, is_off: bool) -> Button:
    """A button that says how a step stands and carries how it is to stand, so that a double tap is one switch."""
    call = turn.services.call
    step = answering.step_text(call, call.steps[index], language=turn.language)
    press = Press(Verb.SWITCH, f"{name}:{_ON if is_off else _OFF}", turn.language)
    return press.button(turn.label(_NO if is_off else _YES, step=step))


def _submitted_rows(turn: Turn) -> Rows:
    resume = Press(Verb.REGISTER, Purpose.DEADLINE, turn.language).button(turn.label("button-resume"))
    return ((resume,), (_button(turn, Verb.STOP, "button-stop"),))


def _button(turn: Turn, verb: Verb, key: str) -> Button:
    return Press(verb, "", turn.language).button(turn.label(key))


def _erased(turn: Turn, deadline: Deadline) -> Html:
    return answering.day_text(turn.services.call, privacy.erased_at(deadline), language=turn.language)


async def _registration(turn: Turn) -> Registration | None:
    call = turn.services.call.id
    return await turn.services.store.read(lambda db: registrations.of(db, call, turn.chat_id))


async def _confirmation(turn: Turn, purpose: Purpose, deadline: Deadline) -> Html:
    call, language = turn.services.call, turn.language
    if purpose is Purpose.NEXT_EDITION:
        return turn.text_of("next-edition-done", months=_MONTHS)
    closing = answering.deadline_text(call, language=language)
    before = await _registration(turn)
    chat = Registration(
        chat_id=turn.chat_id,
        language=language,
        told_at=turn.now,
        version=turn.version,
        off=before.off if before else frozenset(),
    )
    reached = plan.moments(deadline, call.steps)
    following = plan.plan(deadline, reached, chat, turn.now).next_at
    if following is None:
        return turn.text_of("remind-done-last", deadline=closing)
    first = answering.moment_text(call, following, language=language)
    is_last = plan.plan(deadline, reached, chat, following).next_at is None
    return turn.text_of("remind-done-once" if is_last else "remind-done", next=first, deadline=closing)
