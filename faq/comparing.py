"""What a change of the phrasings does to the questions that are known, before it goes live.

Run as a program, with low priority, it reads two corpora from its input, has the matcher of the second trained into the
cache, and writes the known questions that the first understood and the second takes for another entry.
"""

from __future__ import annotations

import json
import os
import subprocess
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
from faq.matching.worker import TrainingError

_ROOT = Path(__file__).parents[1]
"""The folder that `faq` is imported from."""

_POLITE = 10
"""How far training stands back behind whoever wants an answer (the system's niceness)."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A known question that was understood as ``entry`` and would be taken for ``other``."""

    text: str
    entry: str
    other: str


def compared(old: Call, new: Call, cache: Path | None) -> list[Moved]:
    """Train the matcher of ``new`` into ``cache``; the known questions that it would take for another entry.

    They are read without the short cut for words that stand among the phrasings: whoever asks alike is meant.

    Raises:
        TrainingError: the training failed.

    """
    pair = [json.loads(Corpus.of(call).written()) for call in (old, new)]
    order = json.dumps({"cache": cache and str(cache), "pair": pair}).encode()
    command = [sys.executable, "-m", "faq.comparing"]
    done = subprocess.run(command, input=order, capture_output=True, check=False, cwd=_ROOT)  # noqa: S603  our own
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise TrainingError(last or f"the process ended with {done.returncode}")
    return [Moved(*one) for one in cast("list[tuple[str, str, str]]", json.loads(done.stdout))]


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
    order = json.loads(sys.stdin.buffer.read())
    cache = order["cache"] and Path(order["cache"])
    old, new = (Corpus.read(json.dumps(one).encode()) for one in order["pair"])
    after, before = model_of(new, cache), model_of(old, cache)
    rows = [(one.text, one.entry, one.other) for one in moved(old, new, before, after)]
    sys.stdout.write(json.dumps(rows))


if __name__ == "__main__":
    main()
