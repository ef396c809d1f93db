"""Texts as sparse vectors: words, characters, consonant skeletons and the domain's concepts, each a channel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy import sparse

from faq.matching.normalising import skeleton, stem, words

Floats = npt.NDArray[np.float32]

_CHARACTERS = (2, 3, 4, 5)
_BONES = (2, 3)
_WEIGHTS = {"w": 1.0, "b": 0.6, "c": 1.0, "s": 0.8, "k": 0.3}
"""How much each channel counts: words, pairs of words, characters, skeletons, concepts."""

_MOST_WORDS = 120
"""Words of a text that are looked at; a dictated paragraph has fewer."""


class Lexicon:
    """The domain's concepts, found by word, stem, skeleton or short expression."""

    def __init__(self, concepts: Mapping[str, Iterable[str]]) -> None:
        """Index every word and expression of every concept."""
        self._by_phrase: dict[tuple[str, ...], set[str]] = {}
        self._by_bones: dict[str, set[str]] = {}
        for concept, phrases in concepts.items():
            for phrase in phrases:
                parts = tuple(stem(word) for word in words(phrase))
                if parts:
                    self._by_phrase.setdefault(parts, set()).add(concept)
                if len(parts) == 1 and len(bones := skeleton(parts[0])) >= 3:  # noqa: PLR2004  shorter ones are chance
                    self._by_bones.setdefault(bones, set()).add(concept)
        self._longest = max((len(parts) for parts in self._by_phrase), default=0)

    def concepts(self, stems: Sequence[str], bones: Sequence[str]) -> set[str]:
        """The concepts that a text's words name."""
        found: set[str] = set()
        for start in range(len(stems)):
            for length in range(1, min(self._longest, len(stems) - start) + 1):
                found |= self._by_phrase.get(tuple(stems[start : start + length]), set())
        for bone in bones:
            found |= self._by_bones.get(bone, set())
        return found


def features(text: str, lexicon: Lexicon) -> dict[str, list[str]]:
    """The features of a text, a list a channel."""
    tokens = words(text)[-_MOST_WORDS:]
    stems = [stem(token) for token in tokens]
    bones = [bone for token in tokens if (bone := skeleton(token))]
    concepts = sorted(lexicon.concepts(stems, bones))
    return {
        "w": [*tokens, *(s for s, t in zip(stems, tokens, strict=True) if s != t)],
        "b": [f"{a} {b}" for a, b in zip(["^", *stems], [*stems, "$"], strict=True)],
        "c": [gram for token in tokens for gram in _grams(token, _CHARACTERS)],
        "s": [*bones, *(f"{a} {b}" for a, b in pairwise(bones))]
        + [gram for bone in bones for gram in _grams(bone, _BONES)],
        "k": [*concepts, *(f"{a} {b}" for i, a in enumerate(concepts) for b in concepts[i + 1 :])],
    }


def _grams(word: str, sizes: Iterable[int]) -> Iterator[str]:
    padded = f"<{word}>"
    for size in sizes:
        for start in range(len(padded) - size + 1):
            yield padded[start : start + size]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Which feature has which column, and how rare it is."""

    columns: Mapping[str, int]
    rarity: Floats
    lexicon: Lexicon

    @classmethod
    def of(cls, found: Sequence[Mapping[str, list[str]]], lexicon: Lexicon, *, rarest: int = 2) -> Vocabulary:
        """The features that at least ``rarest`` of the texts have (single words always count)."""
        counts = Counter(key for one in found for key in {f"{ch}:{f}" for ch, fs in one.items() for f in fs})
        kept = sorted(key for key, n in counts.items() if n >= rarest or key[0] == "w")
        rarity = np.log((1 + len(found)) / (1 + np.array([counts[key] for key in kept]))) + 1
        return cls({key: n for n, key in enumerate(kept)}, rarity.astype(np.float32), lexicon)

    def row(self, found: Mapping[str, list[str]]) -> tuple[npt.NDArray[np.int32], Floats]:
        """The columns and weights of one text; every channel has length one before it is weighed."""
        columns: list[int] = []
        weights: list[Floats] = []
        for channel, values in found.items():
            counts = Counter(c for v in values if (c := self.columns.get(f"{channel}:{v}")) is not None)
            if not counts:
                continue
            at = np.fromiter(counts, np.int32, len(counts))
            weight = (1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))) * self.rarity[at]
            columns.extend(counts)
            weights.append((_WEIGHTS[channel] / np.sqrt(weight @ weight) * weight).astype(np.float32))
        if not weights:
            return np.empty(0, np.int32), np.empty(0, np.float32)
        return np.array(columns, np.int32), np.concatenate(weights).astype(np.float32)

    def matrix(self, found: Iterable[Mapping[str, list[str]]]) -> sparse.csr_matrix:
        """Many texts, a row each."""
        rows = [self.row(one) for one in found]
        starts = np.cumsum([0, *(len(columns) for columns, _ in rows)])
        columns = np.concatenate([c for c, _ in rows]) if rows else np.empty(0, np.int32)
        weights = np.concatenate([w for _, w in rows]) if rows else np.empty(0, np.float32)
        return sparse.csr_matrix((weights, columns, starts), shape=(len(rows), len(self.columns)))
