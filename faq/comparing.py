"""What a change of the phrasings does to the questions that are known, before it goes live.

Run as a program, with low priority, it reads two corpora from its input (`order`), has the matcher of the second
trained into the cache, and writes the known questions that the first understood and the second takes for another entry
(`read`).
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np

from faq.call import Call
from faq.matching.cache import model_of
from faq.matching.corpus import Corpus
from faq.matching.features import Features
from faq.matching.model import Model
from faq.matching.normalising import words

ROOT = Path(__file__).parents[1]
"""The folder that `faq` is imported from, where the program has to run."""

COMMAND = (sys.executable, "-m", "faq.comparing")

_POLITE = 10
"""How far training stands back behind whoever wants an answer (the system's niceness)."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A known question that was understood as ``entry`` and would be taken for ``other``."""

    text: str
    entry: str
    other: str


def order(old: Call | None, new: Call, cache: Path | None) -> bytes:
    """What the program is told: to train the matcher of ``new`` into ``cache``, and compare it with that of ``old``."""
    pair = [call and json.loads(Corpus.of(call).written()) for call in (old, new)]
    return json.dumps({"cache": cache and str(cache), "pair": pair}).encode()


def read(said: bytes) -> list[Moved]:
    """What the program found: the known questions that the new matcher would take for another entry.

    They are read without the short cut for words that stand among the phrasings: whoever asks alike is meant.
    """
    return [Moved(*one) for one in cast("list[tuple[str, str, str]]", json.loads(said))]


def moved(old: Corpus, new: Corpus, before: Model, after: Model) -> Iterator[Moved]:
    """The questions of the old corpus that ``before`` takes for their entry and ``after`` for another one."""
    are_alike = before.lexicon == after.lexicon  # so that features need to be found but once
    for phrasing, number in zip(old.texts, old.classes, strict=True):
        if number >= len(old.entries) or (entry := old.entries[int(number)]) not in new.entries:
            continue
        tokens = words(phrasing.text)
        found = before.features(tokens)
        if _likeliest(before, found) != entry:
            continue
        other = _likeliest(after, found if are_alike else after.features(tokens))
        if other not in {entry, None}:
            yield Moved(phrasing.text, entry, str(other))


def _likeliest(model: Model, found: Features) -> str | None:
    """The entry that a text looks like most; None where it holds nothing that is known."""
    columns, values = model.vocabulary.row(found)
    if not len(columns):
        return None
    return model.entries[int(np.argmax(model.head.scores(columns, values)[: len(model.entries)]))]


def main() -> None:
    """Do what the module says."""
    os.nice(_POLITE)
    told = json.loads(sys.stdin.buffer.read())
    cache = told["cache"] and Path(told["cache"])
    old, new = (one and Corpus.read(json.dumps(one).encode()) for one in told["pair"])
    after = model_of(new, cache)
    found = moved(old, new, model_of(old, cache), after) if old else ()
    sys.stdout.write(json.dumps([(one.text, one.entry, one.other) for one in found]))


if __name__ == "__main__":
    main()
