"""A broadcast that is being written, as its author and who confirms it see it: what is there, for whom, when."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.broadcasts import reports
from bot.broadcasts.composing import Frame, visible
from bot.buttons import Press, Verb
from bot.messages import Button, Message, Rows
from bot.rules import campaign, plan
from bot.rules.campaign import How, Stage
from bot.services import Services
from bot.store import audiences, broadcasts, copies
from bot.store.broadcasts import Broadcast
from faq.languages import ReplyLanguage
from faq.markup import Html, utf16_length

_HEADS = {
    How.CORRECT: "broadcast-head-correct",
    How.EDIT: "broadcast-head-correct",
    How.DELETE: "broadcast-head-delete",
}
_TITLES = {
    How.NEW: "broadcast-title",
    How.CORRECT: "broadcast-title-correct",
    How.EDIT: "broadcast-title-edit",
    How.DELETE: "broadcast-title-delete",
}
_AUDIENCES = {
    "all": "broadcast-to-all",
    "registered": "broadcast-to-registered",
    "next-edition": "broadcast-to-next-edition",
    "language": "broadcast-to-language",
    "reached": "broadcast-to-reached",
    "given": "qa-audience",
}

_LONGEST_NAME = 60
"""Characters of a file's name in the panel."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A broadcast with its texts, and those of the earlier one that it corrects."""

    broadcast: Broadcast
    texts: Mapping[ReplyLanguage, Message]
    earlier: Mapping[ReplyLanguage, Message] = field(default_factory=dict[ReplyLanguage, Message])
    began: datetime | None = None
    """When the earlier one was sent."""

    @property
    def id(self) -> int:
        """Its number."""
        return self.broadcast.id

    def with_text(self, language: ReplyLanguage, text: Message) -> Draft:
        """The draft once this text is taken."""
        return replace(self.edited(waived=self.broadcast.waived - {language}), texts={**self.texts, language: text})

    def without(self, language: ReplyLanguage) -> Draft:
        """The draft that does without a language."""
        kept = {one: text for one, text in self.texts.items() if one != language}
        return replace(self.edited(waived=self.broadcast.waived | {language}), texts=kept)

    def edited(self, **changes: object) -> Draft:
        """The draft after an edit, which `bot.store.broadcasts.edit` records."""
        seen = self.broadcast
        edited = replace(seen, stage=Stage.DRAFT, revision=seen.revision + 1, **changes)  # pyright: ignore[reportArgumentType]
        return replace(self, broadcast=edited)


async def load(services: Services, broadcast: Broadcast) -> Draft:
    """A broadcast with everything that belongs to it."""
    call, store, corrects = services.call.id, services.store, broadcast.corrects or 0
    texts = await store.read(lambda db: broadcasts.texts(db, broadcast.id))
    earlier = await store.read(lambda db: broadcasts.texts(db, corrects))
    corrected = await store.read(lambda db: broadcasts.of(db, call, corrects))
    return Draft(broadcast, texts, earlier, corrected.started_at if corrected else None)


def frame(services: Services, draft: Draft, language: ReplyLanguage) -> Frame:
    """What the bot adds to a text in a language."""
    texts, call, how = services.texts, services.call, draft.broadcast.how
    head = Html("")
    if how in _HEADS:
        head = texts.say(language, _HEADS[how], at=reports.moment(call, draft.began, language))
    mark = utf16_length(texts.say(language, "rehearsal")) + 2 if services.clock.is_rehearsal else 0
    is_caption = how is How.EDIT and any(text.file for text in draft.earlier.values())
    return Frame(head=head, reserved=mark, is_caption=is_caption)


def missing(services: Services, draft: Draft) -> list[ReplyLanguage]:
    """The languages that have no text and are not done without."""
    return [one for one in services.call.languages if one not in draft.texts and one not in draft.broadcast.waived]


def digest(text: Message) -> str:
    """What a text is known by: its preview counts for exactly this text."""
    return hashlib.sha256(text.to_json().encode()).hexdigest()[:16]


def preview_step(draft: Draft, text: Message) -> str:
    """How the steps of a text's previews begin."""
    return f"preview:{draft.id}:{digest(text)}:"


async def head_count(services: Services, draft: Draft) -> int:
    """How many chats it would go to now."""
    call, office, audience = services.call, services.office, draft.broadcast.audience
    return await services.store.count(lambda db: audiences.count(db, call, audience, office))


def audience_label(services: Services, audience: str, language: ReplyLanguage) -> str:
    """An audience as people call it."""
    name, _, argument = audience.partition(":")
    if name == "profile" and argument in services.call.profiles:
        return services.call.profiles[argument][language]
    if name not in _AUDIENCES:
        return audience
    what = services.texts.name_of(argument, language) if name == "language" else argument
    return services.texts.plain(language, _AUDIENCES[name], what=what)


def summary(services: Services, draft: Draft, language: ReplyLanguage, *, readers: int, now: datetime) -> Html:
    """What it is, in which languages, for whom, how long that takes, and when; ``readers`` is its `head_count`."""
    call, texts, seen = services.call, services.texts, draft.broadcast
    state = texts.say(language, reports.STAGES[seen.stage])
    head = texts.say(language, _TITLES[seen.how], number=seen.id, state=state, earlier=seen.corrects or 0)
    audience = texts.say(
        language,
        "broadcast-audience",
        audience=audience_label(services, seen.audience, language),
        people=readers,
        time=reports.duration(call, campaign.time_for(readers, services.send_rate), language),
    )
    lines = [
        head,
        *(_line(services, draft, one, language) for one in call.languages),
        audience,
        _when(services, seen, language),
    ]
    begins = campaign.starts_at(seen.starts_at, now)
    if call.deadline is not None and plan.is_quiet(call.deadline, begins):
        lines.append(texts.say(language, "broadcast-quiet"))
    return Html("\n".join(lines))


def _line(services: Services, draft: Draft, one: ReplyLanguage, language: ReplyLanguage) -> Html:
    """One language's version in a line."""
    texts, name = services.texts, services.texts.name_of(one, language)
    if text := draft.texts.get(one):
        kind = "none" if text.file is None else "picture" if text.file.is_picture else "file"
        file = text.file.name[:_LONGEST_NAME] if text.file else ""
        return texts.say(language, "broadcast-ready", name=name, length=visible(text), kind=kind, file=file)
    if one in draft.broadcast.waived:
        other = texts.name_of(copies.version(services.call, draft.texts, one), language) if draft.texts else "-"
        return texts.say(language, "broadcast-waived", name=name, other=other)
    return texts.say(language, "broadcast-missing", name=name)


def _when(services: Services, seen: Broadcast, language: ReplyLanguage) -> Html:
    if seen.starts_at is None:
        return services.texts.say(language, "broadcast-at-once")
    return services.texts.say(language, "broadcast-at", at=reports.moment(services.call, seen.starts_at, language))


def buttons(services: Services, draft: Draft, language: ReplyLanguage) -> Rows:
    """What its author can do with it."""
    seen, lacking = draft.broadcast, missing(services, draft)
    rows: list[tuple[Button, ...]] = []
    for one in services.call.languages:
        name = services.texts.name_of(one, language)
        row = [act(services, draft.id, f"text:{one}", "button-broadcast-text", language, what=name)]
        if one in lacking:
            row.append(act(services, draft.id, f"waive:{one}", "button-broadcast-waive", language, what=name))
        rows.append(tuple(row))
    choices = [act(services, draft.id, "hour", "button-broadcast-hour", language)]
    if seen.how is How.NEW:
        choices.insert(0, act(services, draft.id, "audience", "button-broadcast-audience", language))
    rows.append(tuple(choices))
    if draft.texts:
        rows.append((act(services, draft.id, "preview", "button-broadcast-preview", language),))
        rows.append((act(services, draft.id, "ask", "button-broadcast-ask", language),))
    if seen.stage is Stage.ASKED:
        rows.append((act(services, draft.id, "withdraw", "button-broadcast-withdraw", language),))
    return (*rows, (act(services, draft.id, "drop", "button-broadcast-drop", language),))


def act(services: Services, number: int, deed: str, key: str, language: ReplyLanguage, **values: str) -> Button:
    """A button for one act on a broadcast; ``deed`` is the act, with what it is about behind a colon."""
    name, _, value = deed.partition(":")
    argument = f"{name}:{number}:{value}" if value else f"{name}:{number}"
    return Press(Verb.BROADCAST, argument, language).button(services.texts.plain(language, key, **values))
