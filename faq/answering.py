"""An entry, a call, a language and a moment become the text of an answer, with the call's facts filled in."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from faq import formatting
from faq.call import Call, Entry
from faq.deadline import Change, Deadline, PastDeadline, Phase, instant_of
from faq.languages import OWN_NAMES, RIGHT_TO_LEFT, ReplyLanguage
from faq.markup import Html, escape, isolate, link

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_SIMPLE = ("deadline", "time_left", "status", "checked", "history", "steps")
_OF_TIME = frozenset(_SIMPLE)
"""The facts that mean nothing once a call is cancelled."""

_EDITION = 8
"""Characters of an edition's name: enough to tell the few texts of one entry apart."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer ready to show: its text, the line that names its source, and what else may be asked next."""

    entry: str
    text: Html
    source: Html
    related: tuple[str, ...]


def answer(call: Call, entry_id: str, *, language: ReplyLanguage, now: datetime) -> Reply:
    """The answer of an entry as it reads at ``now`` (aware)."""
    entry = call.entries[entry_id]
    return Reply(
        entry_id,
        _text(call, entry, language, now),
        _sources(call, entry, language, now),
        tuple(other for other in entry.related if other in call.entries),
    )


def said(call: Call, entry: Entry, *, language: ReplyLanguage, now: datetime) -> str:
    """The text of an entry that is shown at ``now``, its placeholders not yet filled."""
    is_closed = call.deadline is not None and call.deadline.phase(now) is Phase.CLOSED
    return (entry.closed.get(language) if is_closed else None) or entry.answers[language]


def edition(text: str) -> str:
    """A short name of an answer's text: another text has another, and a fact that changes makes no other."""
    return hashlib.sha256(text.encode()).hexdigest()[:_EDITION]


def _text(call: Call, entry: Entry, language: ReplyLanguage, now: datetime) -> Html:
    """What an entry says at ``now``; where the deadline was changed, with that change and its notice."""
    phase = call.deadline.phase(now) if call.deadline else Phase.OPEN
    said_now = said(call, entry, language=language, now=now)
    text = fill(said_now, call, language=language, now=now)
    if call.deadline is None or not call.deadline.changes:
        return text
    named = set(PLACEHOLDER.findall(said_now))
    if phase is Phase.CANCELLED:
        return _lines(status(call, language=language, now=now), *([] if named & _OF_TIME else [text]))
    if "checked" in named:  # it says that no change is known
        past = _history(call, language) if "history" in named else Html("")
        holds = deadline_text(call, language=language)
        news = _sentence(
            call, language, _direction(call), deadline=holds, status=status(call, language=language, now=now)
        )
        return _lines(news, past)
    return _lines(text, history_text(call, language=language) if "deadline" in named else Html(""))


def _direction(call: Call) -> str:
    """The sentence that tells how the deadline has changed since the call was published."""
    deadline = _dated(call)
    first = deadline.changes[0].was
    if first is None or instant_of(first, deadline.zone) == deadline.instant:
        return "amended"
    return "amended-later" if instant_of(first, deadline.zone) < deadline.instant else "amended-earlier"


def _sources(call: Call, entry: Entry, language: ReplyLanguage, now: datetime) -> Html:
    """The lines that name an answer's sources; none where its date comes from a notice, which its text names."""
    deadline = call.deadline
    if deadline is None or not deadline.changes:
        return _source_line(call, entry, language)
    dated = _OF_TIME if deadline.cancelled else {"deadline", "checked"}
    named = set(PLACEHOLDER.findall(said(call, entry, language=language, now=now)))
    return Html("") if dated & named else _source_line(call, entry, language)


def status(call: Call, *, language: ReplyLanguage, now: datetime) -> Html:
    """One sentence: still open and for how long, or closed since when."""
    if call.deadline is None:
        return escape(call.sentences[language]["undated"])
    phase = call.deadline.phase(now)
    if phase is Phase.CANCELLED:
        return _change(call, call.deadline.changes[-1], language)
    if phase is Phase.CLOSED:
        return _sentence(call, language, "closed", deadline=deadline_text(call, language=language))
    return time_left_text(call, language=language, now=now)


def deadline_text(call: Call, *, language: ReplyLanguage) -> Html:
    """The deadline with weekday, date, hour and zone; empty where the call has none."""
    if call.deadline is None:
        return Html("")
    return moment_text(call, call.deadline.instant, language=language)


def moment_text(call: Call, instant: datetime, *, language: ReplyLanguage) -> Html:
    """An instant as the call's local time, with weekday, date, hour and zone; as UTC where the call has no zone."""
    if call.deadline is None:
        return _inline(f"{instant.astimezone(UTC):%Y-%m-%d %H:%M} UTC", language)
    local = instant.astimezone(call.deadline.aware.tzinfo)
    zone = call.facts["zone"][language]
    return _inline(formatting.moment(local, language, zone=zone, sentences=call.sentences[language]), language)


def time_left_text(call: Call, *, language: ReplyLanguage, now: datetime) -> Html:
    """The sentence that says how long is left. After the deadline it says that the call is closed, never "0"."""
    left = _dated(call).remaining(now)
    if not left:
        return status(call, language=language, now=now)
    spoken = formatting.duration(left, language, sentences=call.sentences[language])
    return _sentence(call, language, "open", left=_inline(spoken, language))


def steps_text(call: Call, *, language: ReplyLanguage, now: datetime | None = None) -> Html:
    """The times before the deadline at which reminders go out; those ahead of ``now``, where it is given."""
    steps = [step for step in call.steps if now is None or _dated(call).instant - step > now] or call.steps
    return escape(formatting.listing([step_text(call, step, language=language) for step in steps], language))


def step_text(call: Call, step: timedelta, *, language: ReplyLanguage) -> str:
    """One of those times, for a button."""
    return formatting.duration(step, language, sentences=call.sentences[language])


def day_text(call: Call, instant: datetime, *, language: ReplyLanguage) -> Html:
    """The day of an instant by the call's local time; by UTC where it has none."""
    local = instant.astimezone(call.deadline.aware.tzinfo if call.deadline else UTC)
    return _inline(formatting.short_day(local.date(), language), language)


def in_language(language: ReplyLanguage) -> Html:
    """The line over a text that stands in for one in another language."""
    return Html(f"<i>{OWN_NAMES[language]}</i>\n")


def fill(text: str, call: Call, *, language: ReplyLanguage, now: datetime) -> Html:
    """``text`` (markup) with every placeholder replaced by the call's fact; a stand-in's are in its own language.

    Raises:
        KeyError: a placeholder that `unknown_placeholders` would have named.

    """
    language = next((one for one in ReplyLanguage if text.startswith(in_language(one))), language)
    simple: dict[str, Callable[[], Html]] = {
        "deadline": lambda: deadline_text(call, language=language),
        "time_left": lambda: time_left_text(call, language=language, now=now),
        "status": lambda: status(call, language=language, now=now),
        "checked": lambda: _checked(call, language),
        "history": lambda: _history(call, language),
        "steps": lambda: steps_text(call, language=language),
    }

    def fact(found: re.Match[str]) -> str:
        name, _, key = found[1].partition(".")
        return simple[name]() if not key else _named(call, name, key, language)

    return Html(PLACEHOLDER.sub(fact, text))


def unknown_placeholders(text: str, call: Call) -> list[str]:
    """The placeholders of ``text`` that this call can't fill."""
    known = {f"facts.{key}" for key in call.facts} | {f"links.{key}" for key in call.links}
    known |= {f"documents.{document.id}" for document in call.documents}
    known |= {name for name in _SIMPLE if call.deadline or name == "status"}
    known |= {"checked"} if call.sources else set()
    return [name for name in PLACEHOLDER.findall(text) if name not in known]


def _named(call: Call, name: str, key: str, language: ReplyLanguage) -> Html:
    if name == "facts":
        return escape(call.facts[key][language])
    if name == "links":
        url = call.links[key]
        return _isolated(link(urlsplit(url).netloc, url), language)
    document = next(d for d in call.documents if d.id == key)
    return link(document.title[language], document.url)


def history_text(call: Call, *, language: ReplyLanguage) -> Html:
    """What became of the deadline in this edition, a line a change: was, is, announced on, notice; empty without."""
    changes = _dated(call).changes
    lines = [_change(call, change, language, tense="was") for change in changes[:-1]]
    return _lines(*lines, *(_change(call, change, language) for change in changes[-1:]))


def notice_text(call: Call, *, language: ReplyLanguage) -> Html:
    """The last change of the deadline: was, is, announced on, notice.

    Raises:
        IndexError: there was none.

    """
    return _change(call, _dated(call).changes[-1], language)


def _change(call: Call, change: Change, language: ReplyLanguage, *, tense: str = "change") -> Html:
    zone = _dated(call).zone
    times = {
        name: moment_text(call, instant_of(local, zone), language=language)
        for name, local in (("was", change.was), ("became", change.became))
        if local
    }
    kind = "cancelled" if change.became is None else "moved" if change.was else "reopened"
    announced = _inline(formatting.short_day(change.announced, language), language)
    source = _isolated(link(urlsplit(change.source).netloc, change.source), language)
    return _sentence(call, language, f"{tense}-{kind}", announced=announced, source=source, **times)


def _lines(*parts: Html) -> Html:
    return Html("\n".join(part for part in parts if part))


def _checked(call: Call, language: ReplyLanguage) -> Html:
    newest = max(source.checked for source in call.sources.values())
    return _inline(formatting.short_day(newest, language), language)


def _history(call: Call, language: ReplyLanguage) -> Html:
    return _lines(
        history_text(call, language=language), *(_past(call, past, language) for past in _dated(call).history)
    )


def _past(call: Call, past: PastDeadline, language: ReplyLanguage) -> Html:
    was = _inline(formatting.short_day(past.was, language), language)
    if past.became is None:
        return _sentence(call, language, "history-kept", edition=past.edition, was=was)
    became = _inline(formatting.short_day(past.became, language), language)
    hour = _inline(f"{past.became:%H:%M}", language)
    return _sentence(call, language, "history-moved", edition=past.edition, was=was, became=became, hour=hour)


def _source_line(call: Call, entry: Entry, language: ReplyLanguage) -> Html:
    parts: list[Html] = []
    for citation in entry.citations:
        source = call.sources[citation.source]
        title = source.title[language]
        shown = link(title, source.url) if source.url else escape(title)
        if citation.paragraph is not None:
            shown = _sentence(call, language, "paragraph", title=shown, number=str(citation.paragraph))
        rank = "source-official" if source.official else "source-unofficial"
        checked = _inline(formatting.short_day(source.checked, language), language)
        parts.append(_sentence(call, language, rank, title=shown, checked=checked))
    return Html("\n".join(parts))


def _sentence(call: Call, language: ReplyLanguage, key: str, **values: str) -> Html:
    safe = {name: value if isinstance(value, Html) else escape(value) for name, value in values.items()}
    return Html(call.sentences[language][key].format(**safe))


def _inline(text: str, language: ReplyLanguage) -> Html:
    return _isolated(escape(text), language)


def _isolated(markup: Html, language: ReplyLanguage) -> Html:
    return isolate(markup) if language in RIGHT_TO_LEFT else markup


def _dated(call: Call) -> Deadline:
    if call.deadline is None:
        message = f"call {call.id} has no deadline to speak of"
        raise KeyError(message)
    return call.deadline


def title(call: Call, entry_id: str, *, language: ReplyLanguage) -> Html:
    """The short title of an entry."""
    return escape(call.entries[entry_id].questions[language])
