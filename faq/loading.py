"""A call folder becomes a `Call`: what the folder says, over what every call shares in faq/domain/."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import cast

from faq.answering import unknown_placeholders
from faq.call import Call, Citation, Document, Entry, Kind, Phrasing, Source
from faq.deadline import Deadline, PastDeadline
from faq.domain import DOMAIN, elsewhere, lexicon, phrasings, strangers, topics
from faq.languages import Language, ReplyLanguage
from faq.problems import CallError
from faq.reading import Reader, Table, TomlFile

CALLS = Path(__file__).parent / "calls"

_ENTRY_ID = re.compile(r"[a-z0-9_-]{1,54}")
"""An entry's id has to fit into a button's 64 bytes of callback data."""

_STEP = re.compile(r"(\d+)([dh])")
_OTHER = "other"


def find(name: str) -> Path:
    """The folder of a call that is given by name (of faq/calls) or by path."""
    shipped = CALLS / name
    return shipped if re.fullmatch(r"[\w.-]+", name) and shipped.is_dir() else Path(name)


def load(folder: Path, *, domain: Path = DOMAIN) -> Call:
    """Read a call folder.

    Raises:
        CallError: something in it is wrong; every problem is named with file and line.

    """
    reader = Reader()
    call = _Loading(reader, folder, domain).call()
    if reader.problems or call is None:
        raise CallError(reader.problems)
    return call


class _Loading:
    """The files of one call folder and of the domain, while they are read."""

    def __init__(self, reader: Reader, folder: Path, domain: Path) -> None:
        self.reader = reader
        self.folder = folder
        self.domain = domain
        self.main = reader.file(folder / "call.toml")
        self.languages = self._languages()
        self.own = {lang: reader.file(folder / f"{lang}.toml") for lang in self.languages}
        self.shared = {lang: reader.file(domain / "answers" / f"{lang}.toml") for lang in self.languages}
        self.phrasings = reader.file(folder / "phrasings.toml", required=False)
        self.domain_topics = topics(reader, domain)
        self.topics = self._topics()

    def call(self) -> Call | None:
        """The call, or None where it can't even be put together."""
        if not self.languages:
            return None
        own_ids = [key for file in self.own.values() for key in file.content] + list(self.phrasings.content)
        ids = list(dict.fromkeys([*self.topics, *own_ids]))
        if not ids:
            self.main.problem("the call answers nothing", "name topics, or write entries of its own", "topics")
        identity = self.main.value(str, "id")
        shares = self.main.value(bool, "domain", default=True)
        others = [topic for topic in self.domain_topics.content if topic not in ids] if self.topics and shares else []
        deadline = self._deadline()
        sources = {key: self._source(key) for key in self.main.table("sources")}
        call = Call(
            id=identity or "",
            title=self._text("title", default=dict.fromkeys(self.languages, identity or "")),
            deadline=deadline,
            languages=self.languages,
            steps=self._steps(),
            facts={key: self._text("facts", key) for key in self.main.table("facts")},
            links={key: self.main.value(str, "links", key) or "" for key in self.main.table("links")},
            documents=self._documents(),
            sources={key: source for key, source in sources.items() if source},
            groups=self._groups(),
            sentences={lang: self._sentences(lang) for lang in self.languages},
            entries={entry.id: entry for key in ids if (entry := self._entry(key))},
            office_hours=self._text("office", "hours", default={}),
            profiles={key: self._text("profiles", key) for key in self.main.table("profiles")},
            unanswered={topic: phrasings(self.reader, self.domain, topic) for topic in others},
            strangers=strangers(self.reader, self.domain) if shares else (),
            elsewhere=elsewhere(self.reader, self.domain) if shares and self.topics else (),
            lexicon=lexicon(self.reader, self.domain) if shares else {},
        )
        self._check_references(call)
        return call

    def _languages(self) -> tuple[ReplyLanguage, ...]:
        codes = self.main.strings("languages")
        unknown = [code for code in codes if code not in set(ReplyLanguage)]
        if unknown or (not codes and self.main.content):
            self.main.problem(
                f"languages {unknown or 'are missing'}", f"choose among {', '.join(ReplyLanguage)}", "languages"
            )
        return tuple(ReplyLanguage(code) for code in codes if code not in unknown)

    def _topics(self) -> tuple[str, ...]:
        """The domain's topics that the call answers."""
        named = self.main.strings("topics")
        for topic in named:
            if topic not in self.domain_topics.content:
                known = ", ".join(self.domain_topics.content)
                self.main.problem(f"{topic!r} is no topic of the domain", f"choose among {known}", "topics")
        return tuple(topic for topic in named if topic in self.domain_topics.content)

    def _deadline(self) -> Deadline | None:
        if "deadline" not in self.main.content:
            return None
        local = self.main.value(datetime, "deadline", "local")
        zone = self.main.value(str, "deadline", "zone")
        instant = self.main.value(datetime, "deadline", "instant")
        if "zone" not in self.main.table("facts"):
            self.main.problem("a call with a deadline needs facts.zone", "name the zone as people say it", "facts")
        if local is None or zone is None or instant is None:
            return None
        try:
            return Deadline(local=local, zone=zone, instant=instant.astimezone(UTC), history=self._history())
        except (ValueError, KeyError) as error:
            self.main.problem(f"the deadline is impossible: {error}", "mend local, zone or instant", "deadline")
            return None

    def _history(self) -> tuple[PastDeadline, ...]:
        raw = self.main.table("deadline").get("history", [])
        if not isinstance(raw, list):
            self.main.problem("deadline.history is no list", "write [[deadline.history]]", "deadline", "history")
            return ()
        rows: list[PastDeadline] = []
        for row in cast("list[object]", raw):
            match row:
                case {"edition": str(edition), "was": date() as was, "source": str(source)}:
                    became, announced = cast("Table", row).get("became"), cast("Table", row).get("announced")
                    rows.append(
                        PastDeadline(
                            edition=edition,
                            was=was,
                            became=became if isinstance(became, datetime) else None,
                            announced=announced if isinstance(announced, date) else None,
                            source=source,
                        )
                    )
                case _:
                    self.main.problem("a history line lacks edition, was or source", "add them", "deadline", "history")
        return tuple(rows)

    def _steps(self) -> tuple[timedelta, ...]:
        steps: list[timedelta] = []
        for text in self.main.strings("steps"):
            found = _STEP.fullmatch(text)
            if not found:
                self.main.problem(f"step {text!r}", "write days as 7d and hours as 3h", "steps")
                continue
            steps.append(timedelta(**{"days" if found[2] == "d" else "hours": int(found[1])}))
        return tuple(sorted(set(steps), reverse=True))

    def _source(self, key: str) -> Source | None:
        checked = self.main.value(date, "sources", key, "checked")
        return checked and Source(
            id=key,
            title=self._text("sources", key, "title"),
            url=self.main.value(str, "sources", key, "url", default="") or None,
            official=bool(self.main.table("sources", key).get("official", False)),
            checked=checked,
        )

    def _documents(self) -> tuple[Document, ...]:
        return tuple(
            Document(
                id=key,
                command=self.main.value(str, "documents", key, "command") or "",
                entry=self.main.value(str, "documents", key, "entry") or "",
                url=self.main.value(str, "documents", key, "url") or "",
                title=self._text("documents", key, "title"),
            )
            for key in self.main.table("documents")
        )

    def _text(self, *keys: str, default: Mapping[ReplyLanguage, str] | None = None) -> Mapping[ReplyLanguage, str]:
        """A text in every language of the call."""
        if default is not None and not self.main.table(*keys):
            return default
        return {lang: self.main.value(str, *keys, str(lang)) or "" for lang in self.languages}

    def _groups(self) -> Mapping[str, Mapping[ReplyLanguage, str]]:
        """The menu's parts, in the domain's order, then the call's own."""
        groups: dict[str, dict[ReplyLanguage, str]] = {}
        for lang in self.languages:
            for file in (self.shared[lang], self.own[lang]):
                for key in file.table("groups"):
                    groups.setdefault(key, {})[lang] = file.value(str, "groups", key) or ""
        return groups

    def _sentences(self, language: ReplyLanguage) -> Mapping[str, str]:
        file = self.shared[language]
        return {key: file.value(str, "sentences", key) or "" for key in file.table("sentences", required=True)}

    def _entry(self, key: str) -> Entry | None:
        if key == "groups":
            return None
        if not _ENTRY_ID.fullmatch(key):
            self.main.problem(f"entry id {key!r}", "use at most 54 of a-z 0-9 - _", key)
            return None
        asked = self._phrasings(key)
        own, shared = self.main.table("entries", key), self.domain_topics.table(key)
        kind = own.get("kind") or shared.get("kind") or Kind.STATED
        if kind not in set(Kind):
            self.main.problem(f"kind {kind!r} of {key}", f"choose among {', '.join(Kind)}", "entries", key)
            return None
        if not asked:
            self.phrasings.problem(f"entry {key} has no phrasings", "say how people ask for it", key)
        answers = {lang: self._said(lang, key, "answer", required=True) for lang in self.languages}
        closed = {lang: self._said(lang, key, "closed", required=False) for lang in self.languages}
        return Entry(
            id=key,
            kind=Kind(str(kind)),
            group=str(own.get("group") or shared.get("group") or _OTHER),
            questions={lang: self._said(lang, key, "question", required=True) for lang in self.languages},
            answers=answers,
            closed={lang: text for lang, text in closed.items() if text},
            citations=self._citations(key),
            related=self.main.strings("entries", key, "related"),
            phrasings=asked,
        )

    def _said(self, language: ReplyLanguage, entry: str, part: str, *, required: bool) -> str:
        """A text of an entry: the call's own, else the domain's default."""
        for file in (self.own[language], self.shared[language]):
            if part in file.table(entry):
                return (file.value(str, entry, part) or "").strip()
        if required and not self.own[language].is_broken:
            self.own[language].problem(
                f"entry {entry} has no {part} in {language}", f"add {part} = under [{entry}]", entry
            )
        return ""

    def _citations(self, key: str) -> tuple[Citation, ...]:
        cites = self.main.table("entries", key).get("cites", [])
        rows = cast("list[object]", cites) if isinstance(cites, list) else [cites]
        citations: list[Citation] = []
        for row in rows:
            match row:
                case {"source": str(source), "paragraph": int(paragraph)}:
                    citations.append(Citation(source, paragraph))
                case {"source": str(source)}:
                    citations.append(Citation(source, None))
                case _:
                    self.main.problem(f"cites of {key}", "write {source = ..., paragraph = 1}", "entries", key)
        return tuple(citations)

    def _phrasings(self, key: str) -> tuple[Phrasing, ...]:
        """The call's own phrasings of an entry, then the domain's."""
        found: list[Phrasing] = []
        file = self.phrasings
        for language in file.table(key):
            if language not in set(Language):
                file.problem(f"language {language!r}", f"choose among {', '.join(Language)}", key, language)
                continue
            for hand in file.table(key, language):
                texts = file.strings(key, language, hand)
                found += [Phrasing(text, Language(language), hand) for text in texts]
        return (*found, *(phrasings(self.reader, self.domain, key) if key in self.topics else ()))

    def _check_references(self, call: Call) -> None:
        """Everything that is named has to exist."""
        for entry in call.entries.values():
            for other in set(entry.related) - set(call.entries):
                self.main.problem(f"{entry.id} is related to {other!r}", "name an entry", "entries", entry.id)
            for source in {citation.source for citation in entry.citations} - set(call.sources):
                self.main.problem(f"{entry.id} cites {source!r}", "name a source", "entries", entry.id)
            for language, text in [*entry.answers.items(), *entry.closed.items()]:
                self._check_placeholders(call, entry.id, language, text)
        for document in call.documents:
            if document.entry not in call.entries:
                self.main.problem(
                    f"document {document.id} belongs to {document.entry!r}", "name an entry", "documents", document.id
                )

    def _check_placeholders(self, call: Call, entry: str, language: ReplyLanguage, text: str) -> None:
        for name in unknown_placeholders(text, call):
            file: TomlFile = self.own[language] if entry in self.own[language].content else self.shared[language]
            file.problem(f"{{{name}}} in {entry} is no fact of this call", "see docs/content.md", entry)
