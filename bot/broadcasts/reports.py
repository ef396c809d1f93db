"""What staff read of a broadcast that left its author's hands: how far it is, and in the end what came of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.buttons import Press, Verb
from bot.messages import Button, Message, Rows
from bot.rules import campaign
from bot.rules.campaign import How, Stage, Tally
from bot.store.broadcasts import Broadcast
from bot.texts import Texts
from faq import Call, answering, formatting
from faq.languages import ReplyLanguage
from faq.markup import Html

_LABELS = {
    "pause": "button-broadcast-pause",
    "resume": "button-broadcast-resume",
    "cancel": "button-broadcast-cancel",
    "correct": "button-broadcast-correct",
    "edit": "button-broadcast-edit",
    "delete": "button-broadcast-delete",
    "calloff": "button-broadcast-calloff",
}


STAGES = {
    Stage.DRAFT: "broadcast-is-draft",
    Stage.ASKED: "broadcast-is-asked",
    Stage.SCHEDULED: "broadcast-is-scheduled",
    Stage.SENDING: "broadcast-is-sending",
    Stage.PAUSED: "broadcast-is-paused",
    Stage.DONE: "broadcast-is-done",
    Stage.CANCELLED: "broadcast-is-cancelled",
}
"""The sentence that says where a broadcast stands."""


def moment(call: Call, at: datetime | None, language: ReplyLanguage) -> Html:
    """An instant as people read it, if there is one."""
    return answering.moment_text(call, at, language=language) if at else Html("-")


def duration(call: Call, time: timedelta, language: ReplyLanguage) -> str:
    """How long that is."""
    return formatting.duration(time, language, sentences=call.sentences[language])


def button(texts: Texts, act: str, number: int, language: ReplyLanguage) -> Button:
    """A button that does something with a broadcast."""
    return Press(Verb.BROADCAST, f"{act}:{number}", language).button(texts.plain(language, _LABELS[act]))


def due(texts: Texts, call: Call, one: Broadcast, language: ReplyLanguage, *, frozen: bool) -> Message:
    """When it goes out, with the button that calls it off."""
    text = texts.say(language, "broadcast-is-due", number=one.id, at=moment(call, one.starts_at, language))
    return Message(with_freeze(texts, text, language, frozen=frozen), ((button(texts, "calloff", one.id, language),),))


def with_freeze(texts: Texts, text: Html, language: ReplyLanguage, *, frozen: bool) -> Html:
    """The text, and that nothing goes out now whatever it says."""
    return Html("\n".join((text, texts.say(language, "broadcast-frozen")))) if frozen else text


def progress(  # noqa: PLR0913  what it is made of
    texts: Texts, call: Call, one: Broadcast, tally: Tally, language: ReplyLanguage, *, rate: float, frozen: bool
) -> Message:
    """How far it is, with the buttons that stop it."""
    copies = max(one.expected, tally.ended + tally.waiting)
    changes = tally.changed + tally.unchanged + tally.to_change
    done, total = tally.ended + tally.changed + tally.unchanged, copies + changes
    is_paused = one.stage is Stage.PAUSED
    text = texts.say(
        language,
        "broadcast-progress",
        number=one.id,
        state=texts.say(language, STAGES[one.stage]),
        bar=campaign.bar(done, total),
        percent=campaign.percent(done, total),
        done=done,
        total=total,
        sent=tally.sent + tally.changed,
        unreachable=tally.unreachable,
        failed=tally.refused + tally.unclear + tally.unchanged,
        left=duration(call, campaign.time_for(total - done, rate), language),
    )
    acts = ("resume" if is_paused else "pause", "cancel")
    said = with_freeze(texts, text, language, frozen=frozen)
    return Message(said, tuple((button(texts, act, one.id, language),) for act in acts))


def report(texts: Texts, call: Call, one: Broadcast, tally: Tally, language: ReplyLanguage) -> Html:
    """What came of it."""
    begun, ended = one.started_at, one.finished_at
    seconds = max((ended - begun).total_seconds(), 1.0) if begun and ended else 1.0
    lines = [
        texts.say(
            language,
            "broadcast-report",
            number=one.id,
            outcome=texts.say(language, STAGES[one.stage]),
            sent=tally.sent,
            unreachable=tally.unreachable,
            refused=tally.refused,
            unclear=tally.unclear,
            unsent=tally.cancelled + tally.missed,
            begun=moment(call, begun, language),
            ended=moment(call, ended, language),
            rate=formatting.number(round((tally.sent + tally.changed) / seconds, 1), language),
        )
    ]
    if one.how in {How.EDIT, How.DELETE}:
        key = "broadcast-edited" if one.how is How.EDIT else "broadcast-deleted"
        lines.append(
            texts.say(language, key, earlier=one.corrects or 0, changed=tally.changed, unchanged=tally.unchanged)
        )
    if tally.unclear:
        lines.append(texts.say(language, "broadcast-see-held"))
    return Html("\n".join(lines))


def after_words(texts: Texts, one: Broadcast, language: ReplyLanguage) -> Rows:
    """What can be done with a broadcast that went out."""
    acts = ("correct", "edit", "delete") if one.how is not How.DELETE else ()
    return tuple((button(texts, act, one.id, language),) for act in acts)
