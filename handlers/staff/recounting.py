"""What a line of the audit says of the commonest acts, as a sentence in its reader's language: before and after."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.desk.words import cleaned
from bot.rules import plan
from bot.rules.roles import Act
from faq import answering
from faq.deadline import instant_of
from faq.lessons import LessonKind
from faq.markup import Html, escape, isolate, plain
from handlers.staff.broadcasts.drafting import audience_label
from handlers.turn import Turn

_NOTHING = "-"
_LONGEST_TEXT = 70
"""Characters of what somebody wrote."""

Word = Callable[[Turn, Any], str]
"""How a value of a detail is worded; one that is not as it was ever written raises what `detail` knows."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and how each of its values is worded; it fits a line whose detail has all of these."""

    key: str
    words: Mapping[str, Word]


def _as_it_is(_: Turn, value: Any) -> str:
    """A number, or the name of something that the sentence chooses by."""
    return _short(str(value)).replace(" ", "-")


def _words(_: Turn, value: Any) -> str:
    """The beginning of what somebody wrote; it turns nothing that stands around it."""
    said = _short(value) if value else ""
    return isolate(escape(said)) if said else _NOTHING


def _text(turn: Turn, value: Any) -> str:
    """The same of what has markup."""
    return _words(turn, plain(Html(value)) if value else "")


def _short(text: str) -> str:
    line = " ".join(cleaned(text).split())
    return line if len(line) <= _LONGEST_TEXT else f"{line[:_LONGEST_TEXT].rstrip()}…"


def _moment(turn: Turn, value: Any) -> str:
    """An instant; a legal time without a zone is one of the call's."""
    if not value:
        return _NOTHING
    call, at = turn.services.call, datetime.fromisoformat(value)
    if at.tzinfo is None and call.deadline is not None:
        at = instant_of(at, call.deadline.zone)
    return answering.moment_text(call, at, language=turn.language)


def _deadline(turn: Turn, value: Any) -> str:
    """A legal time; without one the call was cancelled."""
    return _moment(turn, value) if value else turn.text_of("did-cancelled")


def _language(turn: Turn, value: Any) -> str:
    return turn.name_of(str(value))


def _entry(turn: Turn, value: Any) -> str:
    entry = turn.services.call.entries.get(value)
    return entry.questions[turn.language] if entry else _short(str(value))


def _step(turn: Turn, value: Any) -> str:
    """The time before the deadline at which a reminder went out; the news of another date stays as it is named."""
    call = turn.services.call
    steps = {plan.name_of(step): step for step in call.steps}
    return answering.step_text(call, steps[value], language=turn.language) if value in steps else _short(str(value))


def _audience(turn: Turn, value: Any) -> str:
    return _short(audience_label(turn.services, value, turn.language))


_COLUMNS: dict[str, Word] = {"audience": _audience, "starts_at": _moment}


def _columns(turn: Turn, value: Any) -> str:
    """What was chosen for an announcement: for whom, or when."""
    return Html(", ".join(_shown(_COLUMNS.get(name, _as_it_is)(turn, one)) for name, one in value.items()))


def _shown(said: str) -> Html:
    return said if isinstance(said, Html) else escape(said)


def _delivered(_: Turn, value: Any) -> str:
    return str(value["sent"])


def _with_markup(turn: Turn, value: Any) -> str:
    """The kind of a lesson whose text has markup; of any other its words are shown as they are."""
    if value not in {LessonKind.ANSWER, LessonKind.CLOSED}:
        raise ValueError(value)
    return _as_it_is(turn, value)


def _answer(turn: Turn, value: Any) -> str:
    """What a lesson makes an answer say."""
    return _text(turn, json.loads(value)["text"])


def _lesson(turn: Turn, value: Any) -> str:
    """What any other lesson says: a title, or the phrasings of a question."""
    lesson = json.loads(value)
    return _words(turn, lesson.get("text") or " / ".join(one[0] for one in lesson.get("phrasings", ())))


def _version(turn: Turn, value: Any) -> str:
    """A text in the reader's language, or in the first that there is."""
    return _text(turn, value.get(turn.language) or next(iter(value.values()), "")) if value else _NOTHING


def _office(turn: Turn, value: Any) -> str:
    """Who was of the office, and where it met."""
    if not value:
        return _NOTHING
    listed = {name: ", ".join(map(str, value.get(name, ()))) or _NOTHING for name in ("owners", "staff", "chat")}
    return turn.text_of("did-lists", **listed)


_SENTENCES: dict[str, tuple[Sentence, ...]] = {
    Act.CHANGE_DEADLINE: (
        Sentence("did-deadline-changed", {"was": _deadline, "is_now": _deadline}),
        Sentence("did-deadline-proposed", {"proposed": _deadline}),
        Sentence("did-deadline-dropped", {"dropped": _as_it_is}),
    ),
    Act.BROADCAST: (
        Sentence("did-broadcast-ended", {"broadcast": _as_it_is, "ended": _as_it_is, "tally": _delivered}),
        Sentence(
            "did-broadcast-text", {"broadcast": _as_it_is, "language": _language, "before": _text, "after": _text}
        ),
        Sentence("did-broadcast-edited", {"broadcast": _as_it_is, "before": _columns, "after": _columns}),
        Sentence("did-broadcast", {"broadcast": _as_it_is, "did": _as_it_is}),
    ),
    Act.CONFIRM_BROADCAST: (
        Sentence(
            "did-confirm",
            {
                "broadcast": _as_it_is,
                "how": _as_it_is,
                "corrects": _as_it_is,
                "audience": _audience,
                "starts_at": _moment,
            },
        ),
    ),
    Act.SETTLE: (Sentence("did-settle", {"did": _as_it_is, "count": _as_it_is}),),
    Act.ANSWER: (Sentence("did-answer", {"question": _as_it_is, "is_now": _as_it_is}),),
    Act.TEACH: (
        Sentence("did-teach", {"taught": _entry, "kind": _with_markup, "before": _text, "after": _answer}),
        Sentence("did-teach", {"taught": _entry, "kind": _as_it_is, "before": _words, "after": _lesson}),
        Sentence("did-undo", {"undone": _as_it_is, "entry": _entry}),
        Sentence("did-group", {"group": _as_it_is, "after": _as_it_is}),
    ),
    Act.PUBLISH: (
        Sentence("did-publish", {"published": _as_it_is}),
        Sentence("did-keep-private", {"kept_private": _as_it_is}),
        Sentence("did-correct", {"corrected": _as_it_is, "before": _version, "after": _version}),
    ),
    Act.UNFREEZE: (Sentence("did-unfreeze", {"frozen_at": _moment}),),
    "roles": (Sentence("did-roles", {"before": _office, "after": _office}),),
    "moved": (Sentence("did-move", {"before": _as_it_is, "after": _as_it_is}),),
    "delivered": (
        Sentence("did-deliver", {"step": _step, "language": _language, "sent": _as_it_is, "unreachable": _as_it_is}),
    ),
}
"""By act, the sentences that may fit, the first that does counts."""

_VARIABLES = {"language": "spoken"}
"""What a sentence calls that which a line calls otherwise."""

_FOREIGN = (TypeError, ValueError, LookupError, AttributeError)


def _where_it_changed(noted: Mapping[str, Any]) -> Mapping[str, Any]:
    """A correction in the languages in which it was one: another would be shown twice as it is."""
    before: dict[str, str] = noted.get("before") or {}
    after: dict[str, str] = noted.get("after") or {}
    changed = [one for one in after if before.get(one) != after[one]]
    if not before or not changed:
        return noted
    return {**noted, **{key: {one: noted[key].get(one, "") for one in changed} for key in ("before", "after")}}


def detail(turn: Turn, act: str, noted: Mapping[str, Any]) -> Html | None:
    """What was done, in words; None for what has none: all of it is printed by ``python -m bot audit show``."""
    if why := noted.get("refused"):
        return turn.text_of("did-refuse", why=_as_it_is(turn, why))
    noted = _where_it_changed(noted) if act == Act.PUBLISH else noted
    for sentence in _SENTENCES.get(act, ()):
        if sentence.words.keys() <= noted.keys():
            try:
                values = {_VARIABLES.get(name, name): word(turn, noted[name]) for name, word in sentence.words.items()}
            except _FOREIGN:  # an earlier version wrote it otherwise
                continue
            return turn.text_of(sentence.key, **values)
    return None
