"""What every call shares: topics and how people ask for them, the lexicon, the strangers, default answers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from faq.call import Phrasing
from faq.languages import Language
from faq.reading import Reader

DOMAIN = Path(__file__).parent


def strangers(folder: Path) -> tuple[Phrasing, ...]:
    """The sentences that are nobody's business here; headings (``# near``) become their hand."""
    found: list[Phrasing] = []
    for path in sorted((folder / "strangers").glob("*.txt")):
        hand = ""
        for line in filter(None, map(str.strip, path.read_text("utf-8").splitlines())):
            if line.startswith("#"):
                hand = line.strip("# ")
            else:
                found.append(Phrasing(line, Language(path.stem), hand))
    return tuple(found)


def lexicon(reader: Reader, folder: Path) -> Mapping[str, tuple[str, ...]]:
    """The words of each concept, in all languages together."""
    file = reader.file(folder / "lexicon.toml")
    return {
        concept: tuple(word for language in file.table(concept) for word in file.strings(concept, language))
        for concept in file.content
    }
