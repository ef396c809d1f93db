"""Phrasings that would be taken for another entry, told so that who writes them can act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from faq.call import Call, Phrasing
from faq.domain import DOMAIN
from faq.matching.corpus import Corpus
from faq.matching.normalising import words
from faq.matching.worker import LeftOut, tried
from faq.problems import Problem

_STOLEN = 3
"""Left-out phrasings that go to the same other entry before it is worth a word, and ..."""

_SHARE = 0.04
"""... their share of the entry's phrasings."""

_EXAMPLES = 3

_FEW = 8
"""Phrasings below which an entry is hardly recognised in other words than its own."""


def overlaps(call: Call, folder: Path, *, every: bool) -> list[Problem]:
    """Phrasings that two entries share, that one takes from another, and that nobody would recognise.

    With ``every`` all phrasings that nobody would recognise are listed, not only examples of them.
    """
    corpus = Corpus.of(call)
    made = [one for one in tried(corpus) if one.wanted]
    return [
        *_shared(call, folder),
        *_few(call, folder),
        *_stolen(call, folder, corpus.texts, made),
        *_lost(folder, corpus.texts, made, every=every),
    ]


def _shared(call: Call, folder: Path) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for entry in call.entries.values():
        for phrasing in entry.phrasings:
            said = " ".join(words(phrasing.text)) or phrasing.text
            other = seen.setdefault(said, entry.id)
            if other != entry.id:
                what = f"{phrasing.text!r} asks for both {other} and {entry.id}"
                yield _warning(folder, entry.id, phrasing, what, "take it out of one of them")


def _few(call: Call, folder: Path) -> Iterator[Problem]:
    for entry in call.entries.values():
        if 0 < len(entry.phrasings) < _FEW:
            what = f"{entry.id} has only {len(entry.phrasings)} phrasings, so that other words will not be understood"
            yield _warning(folder, entry.id, entry.phrasings[0], what, f"write at least {_FEW}, better 30 a language")


def _stolen(call: Call, folder: Path, texts: Sequence[Phrasing], made: Sequence[LeftOut]) -> Iterator[Problem]:
    taken: dict[tuple[str, str], list[LeftOut]] = defaultdict(list)
    for one in made:
        if one.wanted != one.ranked[0]:
            taken[str(one.wanted), one.ranked[0]].append(one)
    for (entry, other), lost in sorted(taken.items(), key=lambda item: -len(item[1])):
        total = len(call.entries[entry].phrasings)
        if len(lost) >= _STOLEN and len(lost) >= _SHARE * total:
            what = (
                f"{len(lost)} of the {total} ways to ask for {entry} are taken for {other} where the matcher does not "
                f"know them, such as {_examples(texts, lost)}"
            )
            remedy = f"give {entry} more phrasings of that kind, and {other} none that could mean {entry}"
            yield _warning(folder, entry, _shortest(texts, lost), what, remedy)


def _lost(folder: Path, texts: Sequence[Phrasing], made: Sequence[LeftOut], *, every: bool) -> Iterator[Problem]:
    unknown: dict[str, list[LeftOut]] = defaultdict(list)
    for one in made:
        if one.wanted not in one.ranked:
            unknown[str(one.wanted)].append(one)
    for entry, lost in sorted(unknown.items(), key=lambda item: -len(item[1])):
        remedy = f"reword what does not clearly ask for {entry}, and write more phrasings like the rest"
        if every:
            for one in lost:
                phrasing = texts[one.text]
                what = f"{phrasing.text!r} looks like {', '.join(one.ranked)}, but not like {entry}"
                yield _warning(folder, entry, phrasing, what, remedy)
        else:
            what = f"{len(lost)} ways to ask for {entry} look like none of its others, such as {_examples(texts, lost)}"
            yield _warning(folder, entry, _shortest(texts, lost), what, f"{remedy} (faq check --every lists them all)")


def _examples(texts: Sequence[Phrasing], lost: Sequence[LeftOut]) -> str:
    said = sorted((texts[one.text].text for one in lost), key=len)
    return ", ".join(map(repr, said[:_EXAMPLES]))


def _shortest(texts: Sequence[Phrasing], lost: Sequence[LeftOut]) -> Phrasing:
    """The first example: a warning names its line."""
    return min((texts[one.text] for one in lost), key=lambda phrasing: len(phrasing.text))


def _warning(folder: Path, entry: str, phrasing: Phrasing, what: str, remedy: str) -> Problem:
    """A warning at the line of a phrasing."""
    shared = DOMAIN / "topics" / entry / f"{phrasing.language}.txt"
    place = shared if phrasing.line else folder / "phrasings.toml"
    return Problem(place, phrasing.line, what, remedy, is_error=False)
