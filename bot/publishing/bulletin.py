"""What the office answered for everybody, told to many: one answer, or several in a digest that staff are offered."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, time
from functools import partial

from bot.buttons import Press, Verb
from bot.current import CurrentCall
from bot.messages import Button, Message
from bot.office import Office
from bot.publishing.publishing import Wording, title
from bot.routines import Routine
from bot.store import Change, Store, publications, sendings
from bot.store.publications import Publication
from bot.texts import Texts
from faq import Call
from faq.languages import ReplyLanguage
from faq.markup import Html, utf16_length

HOUR = time(10)
"""When staff are asked about what was published since."""

_LONGEST = 3500
"""UTF-16 units of a digest with whole answers; a longer one only names the questions."""

_MOST_BUTTONS = 20


def one(texts: Texts, call: Call, public: Publication, *, now: datetime) -> dict[ReplyLanguage, Message]:
    """One publication, told to everybody."""
    wording = Wording(texts, call)
    heads = {language: texts.say(language, "qa-told-all") for language in call.languages}
    return {
        language: Message(Html(f"{head}\n\n{wording.read(public, language, now=now, is_sent_later=True)}"))
        for language, head in heads.items()
    }


def several(texts: Texts, call: Call, wanted: Sequence[Publication], *, now: datetime) -> dict[ReplyLanguage, Message]:
    """Several, whole where they fit into one message."""
    return {language: _several(texts, call, wanted, language, now) for language in call.languages}


def _several(
    texts: Texts, call: Call, wanted: Sequence[Publication], language: ReplyLanguage, now: datetime
) -> Message:
    wording = Wording(texts, call)
    head, more = texts.say(language, "qa-digest-head", count=len(wanted)), texts.say(language, "qa-digest-more")
    whole = Html(
        "\n\n".join([head, *(wording.read(public, language, now=now, is_sent_later=True) for public in wanted), more])
    )
    if utf16_length(whole) <= _LONGEST:
        return Message(whole)
    shown = wanted[-_MOST_BUTTONS:]
    lines = [
        texts.say(
            language,
            "qa-line",
            number=str(public.number),
            question=title(public.questions[public.nearest(language, call.languages)]),
        )
        for public in shown
    ]
    rows = tuple((_button(texts, language, public.number),) for public in shown)
    return Message(Html("\n".join([head, *lines, more])), rows)


def _button(texts: Texts, language: ReplyLanguage, number: int) -> Button:
    label = texts.plain(language, "qa-button-read", number=str(number))
    return Press(Verb.QUESTION, str(number), language).button(label)


def routine(store: Store, current: CurrentCall, office: Office, texts: Texts) -> Routine:
    """Ask the office whether to send a digest: on the first day on which what waits for one is not what it was."""

    async def act(now: datetime) -> Change | None:
        call = current.call
        wanted = await store.read(lambda db: publications.wanted_in_digest(db, call.id))
        if not wanted:
            return None
        word = partial(_offer, texts, len(wanted))
        these = ",".join(f"{one.number}.{one.revision}" for one in wanted)
        step = f"digest:{hashlib.sha256(these.encode()).hexdigest()[:16]}"
        return sendings.plan_in_own_languages(call, office.told, word, now=now, step=step)

    return Routine("bulletin", HOUR, act)


def _offer(texts: Texts, count: int, language: ReplyLanguage) -> Message:
    button = Press(Verb.QA_DIGEST_GO, "", language).button(texts.plain(language, "qa-button-digest-go"))
    return Message(texts.say(language, "qa-digest-made", count=count), ((button,),))
