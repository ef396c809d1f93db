"""What each part of the matcher brings, and how it grew: python bench/ablation.py GOLD.jsonl [GOLD.jsonl ...].

GOLD has a line a question: {"id", "text", "lang", "accept": [entry, ...]}, "none" where nothing fits. For every variant
the matcher is trained anew; printed are, for each set, the figures of `python -m faq evaluate`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from faq import Call, Decision, Matcher, find, load, zones  # noqa: E402  the path comes first
from faq.evaluating import evaluate, figures  # noqa: E402
from faq.matching.corpus import Corpus  # noqa: E402
from faq.matching.features import CHANNELS  # noqa: E402
from faq.matching.normalising import words  # noqa: E402
from faq.matching.training import fit  # noqa: E402

SHOWN = ("answered", "one_tap", "wrong", "oos_wrong", "oos_quiet", "acc1", "auroc")
NAMES = {"w": "words", "b": "pairs of words", "c": "characters", "s": "skeletons", "k": "lexicon"}
_REPAIRED = 80
"""The similarity from which rapidfuzz takes an unknown word for a known one."""


class Repairing(Matcher):
    """A matcher that first takes each unknown word for the most similar known one, where there is one."""

    def match(self, text: str) -> Decision:
        """Decide about the repaired message."""
        return super().match(" ".join(map(self._repaired, text.split())))

    @cached_property
    def _known(self) -> list[str]:
        return [key[2:] for key in self._model.vocabulary.columns if key.startswith("w:")]

    def _repaired(self, word: str) -> str:
        plain = " ".join(words(word))
        if len(plain) < 4 or self._knows(plain):  # noqa: PLR2004  shorter words are like many others
            return word
        found = process.extractOne(plain, self._known, scorer=fuzz.ratio, score_cutoff=_REPAIRED)
        return found[0] if found else word


@contextmanager
def without_channel(channel: str) -> Generator[None]:
    """A channel counts nothing (the signals of the confidence still know which words are known)."""
    weight = CHANNELS[channel]
    CHANNELS[channel] = 0.0
    try:
        yield
    finally:
        CHANNELS[channel] = weight


class Whole(Matcher):
    """A matcher that looks at a message only as a whole."""

    def _pieces(self, text: str) -> list[Any]:  # noqa: ARG002  what it overrides
        return []

    def _both(self, text: str, whole: object) -> tuple[float, tuple[str, ...]]:  # noqa: ARG002  what it overrides
        return 0.0, ()


def of_hands(call: Call, count: int) -> Call:
    """The call with the phrasings of the first hands only; the strangers stay."""
    hands = list(dict.fromkeys(p.hand for entry in call.entries.values() for p in entry.phrasings))
    kept = set(hands[:count])
    entries = {
        key: replace(entry, phrasings=tuple(p for p in entry.phrasings if p.hand in kept))
        for key, entry in call.entries.items()
    }
    return replace(call, entries=entries)


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--call", default="clusters-2025")
    options = parser.parse_args()
    zones.pin()
    sets = [path.read_text("utf-8").splitlines() for path in options.gold]
    call = load(find(options.call))

    def show(name: str, changed: Call, matcher: Callable[..., Matcher] = Matcher) -> None:
        corpus = Corpus.of(changed)
        made = matcher(fit(corpus))
        cells = [figures(evaluate(lines, made)[0]) for lines in sets]
        row = " | ".join(" / ".join(f"{cell[figure]:.1f}" for figure in SHOWN) for cell in cells)
        asked = sum(len(entry.phrasings) for entry in changed.entries.values())
        print(f"| {name} | {asked:,} | {row} |", flush=True)

    print(f"each cell: {' / '.join(SHOWN)}\n")
    print(f"| | phrasings | {' | '.join(path.stem for path in options.gold)} |\n|---|---|" + "---|" * len(sets))
    show("everything", call)
    for channel, name in NAMES.items():
        with without_channel(channel):
            show(f"without {name}", call)
    show("without near misses made of our own words", replace(call, elsewhere=()))
    show("without strangers", replace(call, strangers=(), elsewhere=()))
    show("without sentences and pairs of questions", call, Whole)
    show("with unknown words repaired by rapidfuzz", call, Repairing)
    for count in (1, 2, 4, 6, 12, 20):
        show(f"{count} hands", of_hands(call, count))


if __name__ == "__main__":
    main()
