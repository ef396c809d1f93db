"""What is wrong with a call folder, for the person who edits it: all of it, with file and line and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from faq import answering
from faq.call import Call, Entry
from faq.languages import ReplyLanguage
from faq.loading import load
from faq.overlaps import overlaps
from faq.problems import CallError, Problem
from faq.reading import Reader, TomlFile
from faq.tags import IN_ANSWERS, markup_faults

LONGEST_TITLE = 32
"""Characters that a phone shows of a button."""

LONGEST_ANSWER = 2500
"""Characters of an answer: with its source and a second answer it has to fit into one message of 4,096."""

_NUMBER = re.compile(r"\d+(?:[:h.,/]\d+)*")
_ADDRESS = re.compile(r"\b(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:ma|com|org|net|gov|example)\b")
_WORD = re.compile(r"[\w'-]+")
_NAME = re.compile(r"(?<![.!?:\n•] )(?<!^)\b[A-ZÀ-Ý][\w-]{3,}", re.MULTILINE)
_LIST_NUMBER = re.compile(r"^\d+\. ", re.MULTILINE)
_TAG = re.compile(r"<[^>]*>")


def check(folder: Path, text: Path | None, *, every: bool = False) -> list[Problem]:
    """Everything that is wrong with a call folder; with ``text``, also what its answers say that the text does not.

    With ``every`` all phrasings that would not be recognised are listed, not only examples.
    """
    try:
        call = load(folder)
    except CallError as error:
        return list(error.problems)
    reader = Reader()
    files = {language: reader.file(folder / f"{language}.toml") for language in call.languages}
    problems = list(_entry_problems(call, files))
    problems += overlaps(call, folder, every=every)
    if text is not None:
        said = reader.text(text)
        problems += reader.problems or _beyond_the_text(call, folder, said, files)
    return problems


def _entry_problems(call: Call, files: Mapping[ReplyLanguage, TomlFile]) -> Iterator[Problem]:
    for entry in call.entries.values():
        for language, file in files.items():
            line = file.line_of(entry.id)
            for what, remedy in _text_faults(call, entry, language):
                yield Problem(file.path, line, f"{entry.id}: {what}", remedy)


def _text_faults(call: Call, entry: Entry, language: ReplyLanguage) -> Iterator[tuple[str, str]]:
    """What is wrong with an entry's texts in one language, with the remedy."""
    title = entry.questions[language]
    if len(title) > LONGEST_TITLE and call.groups:
        yield f"the title {title!r} has {len(title)} characters", f"shorten it to {LONGEST_TITLE}, a phone cuts it"
    for answer in filter(None, (entry.answers[language], entry.closed.get(language))):
        if len(answer) > LONGEST_ANSWER:
            yield f"an answer of {len(answer)} characters", f"shorten it to {LONGEST_ANSWER}"
        for fault in markup_faults(answer):
            yield fault.what, f"use only {', '.join(sorted(IN_ANSWERS))}, each closed; write & as &amp; and < as &lt;"
    if "{time_left}" in entry.answers[language] and language not in entry.closed:
        yield "it tells the time left but has no text for after the deadline", "add closed ="


def _beyond_the_text(call: Call, folder: Path, text: str, files: Mapping[ReplyLanguage, TomlFile]) -> list[Problem]:
    """Dates, hours, figures, addresses and proper names that the call gives and the text does not.

    Names are looked for in the answers of the text's own language only: others translate them.
    """
    known = {_plain(fact) for fact in [*_NUMBER.findall(text), *_WORD.findall(text), *_ADDRESS.findall(text)]}
    spoken = max(call.languages, key=lambda language: _overlap(call, language, known))
    problems = [
        Problem(folder / "call.toml", 0, f"{fact!r} is not in the text", "check it, or name its source")
        for fact in _facts_of(call)
        if _plain(fact) not in known
    ]
    main = next(iter(call.sources), None)
    for entry in call.entries.values():
        others = sorted({citation.source for citation in entry.citations} - {main})
        note = f" (it cites {', '.join(others)})" if others else ""
        for language, file in files.items():
            problems += [
                Problem(
                    file.path,
                    file.line_of(entry.id),
                    f"{entry.id}: {fact!r} is not in the text{note}",
                    "check it, or name its source",
                    is_error=not others,
                )
                for fact in sorted(_said_facts(entry, language, names=language is spoken))
                if _plain(fact) not in known
            ]
    return problems


def _facts_of(call: Call) -> list[str]:
    """What `call.toml` states: the deadline's day, year and hour, and the addresses of its links."""
    hosts = [urlsplit(url).netloc for url in call.links.values()]
    if call.deadline is None:
        return hosts
    local = call.deadline.local
    return [str(local.day), str(local.year), f"{local:%H:%M}", *hosts]


def _said_facts(entry: Entry, language: ReplyLanguage, *, names: bool) -> set[str]:
    """The figures, addresses and, where wanted, proper names of an entry's answers, less what placeholders fill in."""
    said = "\n".join((entry.answers[language], entry.closed.get(language, "")))
    said = _LIST_NUMBER.sub("", _TAG.sub(" ", answering.PLACEHOLDER.sub(" . ", said)))
    found = {*_NUMBER.findall(said), *_ADDRESS.findall(said)}
    return found | (set(_NAME.findall(said)) if names else set())


def _overlap(call: Call, language: ReplyLanguage, known: set[str]) -> float:
    """The share of the answers' words in a language that the text has."""
    said = [_plain(word) for entry in call.entries.values() for word in _WORD.findall(entry.answers[language])]
    return sum(word in known for word in said) / max(len(said), 1)


def _plain(word: str) -> str:
    return re.sub(r"(\d)h(\d)", r"\1:\2", word.casefold().strip("'-.,;"))
