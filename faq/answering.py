"""An entry, a call, a language and a moment become the text of an answer, with the call's facts filled in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from faq import formatting
from faq.call import Call, Entry
from faq.deadline import Deadline, PastDeadline, Phase
from faq.languages import RIGHT_TO_LEFT, ReplyLanguage
from faq.markup import Html, escape, isolate, link

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_SIMPLE = ("deadline", "time_left", "status", "checked", "history", "steps")


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
    closed = call.deadline is not None and call.deadline.phase(now) is Phase.CLOSED
    text = entry.closed.get(language) if closed else None
    return Reply(
        entry_id,
        fill(text or entry.answers[language], call, language=language, now=now),
        _source_line(call, entry, language),
        tuple(other for other in entry.related if other in call.entries),
    )


def status(call: Call, *, language: ReplyLanguage, now: datetime) -> Html:
    """One sentence: still open and for how long, or closed since when."""
    if call.deadline is None:
        return escape(call.sentences[language]["undated"])
    if call.deadline.phase(now) is Phase.CLOSED:
        return _sentence(call, language, "closed", deadline=deadline_text(call, language=language))
    return time_left_text(call, language=language, now=now)


def deadline_text(call: Call, *, language: ReplyLanguage) -> Html:
    """The deadline with weekday, date, hour and zone; empty where the call has none."""
    if call.deadline is None:
        return Html("")
    return moment_text(call, call.deadline.instant, language=language)


def moment_text(call: Call, instant: datetime, *, language: ReplyLanguage) -> Html:
    """An instant as the call's local time, with weekday, date, hour and zone."""
    deadline = _dated(call)
    local = instant.astimezone(deadline.aware.tzinfo)
    zone = call.facts["zone"][language]
    return _inline(formatting.moment(local, language, zone=zone, sentences=call.sentences[language]), language)


def time_left_text(call: Call, *, language: ReplyLanguage, now: datetime) -> Html:
    """The sentence that says how long is left. After the deadline it says that the call is closed, never "0"."""
    left = _dated(call).remaining(now)
    if not left:
        return status(call, language=language, now=now)
    spoken = formatting.duration(left, language, sentences=call.sentences[language])
    return _sentence(call, language, "open", left=_inline(spoken, language))


def steps_text(call: Call, *, language: ReplyLanguage) -> Html:
    """The times before the deadline at which reminders go out."""
    spoken = [formatting.duration(s, language, sentences=call.sentences[language]) for s in call.steps]
    return escape(formatting.listing(spoken, language))


def fill(text: str, call: Call, *, language: ReplyLanguage, now: datetime) -> Html:
    """``text`` (markup) with every placeholder replaced by the call's fact.

    Raises:
        KeyError: a placeholder that `unknown_placeholders` would have named.

    """
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


def _checked(call: Call, language: ReplyLanguage) -> Html:
    newest = max(source.checked for source in call.sources.values())
    return _inline(formatting.short_day(newest, language), language)


def _history(call: Call, language: ReplyLanguage) -> Html:
    lines = [_past(call, past, language) for past in _dated(call).history]
    return Html("\n".join(lines))


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
