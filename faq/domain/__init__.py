"""What every call shares: topics and how people ask for them, a lexicon, what is not its business, default answers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from faq.call import Phrasing
from faq.reading import Reader, TomlFile

DOMAIN = Path(__file__).parent


def topics(reader: Reader, folder: Path) -> TomlFile:
    """The topics, each with its kind and the part of the menu that it stands in."""
    return reader.file(folder / "topics.toml")


def phrasings(reader: Reader, folder: Path, topic: str) -> tuple[Phrasing, ...]:
    """How people ask for a topic, in every language and from every hand."""
    return reader.phrasings(folder / "topics" / topic)


def strangers(reader: Reader, folder: Path) -> tuple[Phrasing, ...]:
    """The sentences that are nobody's business here."""
    return reader.phrasings(folder / "strangers")


def elsewhere(reader: Reader, folder: Path) -> tuple[Phrasing, ...]:
    """The tails of questions that are asked at other counters ("for my passport")."""
    return reader.phrasings(folder / "elsewhere")


def lexicon(reader: Reader, folder: Path) -> Mapping[str, tuple[str, ...]]:
    """The words of each concept, in all languages together."""
    file = reader.file(folder / "lexicon.toml")
    return {
        concept: tuple(word for language in file.table(concept) for word in file.strings(concept, language))
        for concept in file.content
    }
