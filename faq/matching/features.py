"""Texts as sparse vectors: words, pairs of words, characters, consonant skeletons and concepts, each a channel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from faq.matching.lexicon import Lexicon
from faq.matching.normalising import skeleton, stem

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Features = Mapping[str, list[str]]

CHANNELS = {"w": 0.7, "b": 0.6, "c": 1.0, "s": 0.8, "k": 0.4}
"""The channels in the order of their columns, and how much each counts."""

_CHARACTERS = (3, 5)
_BONES = (2, 3)
_MOST_WORDS = 120
"""Words of a text that are looked at, from its end; a dictated paragraph has fewer."""

_NUMBER = "#"
"""What every number is alike; ``##`` is any number of two digits."""


def features(tokens: list[str], lexicon: Lexicon) -> Features:
    """The features of a text's words, a list a channel."""
    parts = [_of_word(token) for token in tokens[-_MOST_WORDS:]]
    said = [part.said for part in parts]
    bones = [part.bones for part in parts if part.bones]
    concepts = list(lexicon.concepts(said, [part.bones for part in parts]))
    return {
        "w": [form for part in parts for form in part.forms],
        "b": [f"{a} {b}" for a, b in zip(["^", *said], [*said, "$"], strict=True)],
        "c": [gram for part in parts for gram in part.grams],
        "s": [*bones, *(f"{a} {b}" for a, b in pairwise(bones)), *(gram for part in parts for gram in part.bone_grams)],
        "k": [*concepts, *(f"{a} {b}" for a, b in pairwise(concepts))],
    }


@dataclass(frozen=True, slots=True)
class _Word:
    """What one word brings to each channel."""

    forms: tuple[str, ...]
    said: str
    grams: tuple[str, ...]
    bones: str
    bone_grams: tuple[str, ...]


@lru_cache(maxsize=4096)
def _of_word(token: str) -> _Word:
    grams = tuple(_grams(token, _CHARACTERS))
    bones = skeleton(token)
    bone_grams = tuple(_grams(bones, _BONES)) if bones else ()
    if token.isdigit():
        return _Word((token, _NUMBER, _NUMBER * len(token)), _NUMBER, grams, bones, bone_grams)
    root = stem(token)
    return _Word((token,) if root == token else (token, root), root, grams, bones, bone_grams)


def _grams(word: str, sizes: tuple[int, ...]) -> Iterator[str]:
    padded = f"<{word}>"
    for size in sizes:
        for start in range(len(padded) - size + 1):
            yield padded[start : start + size]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Which feature has which column, and how rare it is; the channels stand in their order, words first."""

    columns: Mapping[str, int]
    rarity: Floats

    def row(self, found: Features) -> tuple[Ints, Floats]:
        """The columns and weights of one text; every channel has length one before it is weighed."""
        columns: list[int] = []
        weights: list[Floats] = []
        for channel, weigh in CHANNELS.items():
            counts = Counter(c for v in found[channel] if (c := self.columns.get(f"{channel}:{v}")) is not None)
            if not counts:
                continue
            at = np.fromiter(counts, np.int32, len(counts))
            weight = (1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))) * self.rarity[at]
            columns.extend(counts)
            weights.append((weigh / np.sqrt(weight @ weight) * weight).astype(np.float32))
        if not weights:
            return np.empty(0, np.int32), np.empty(0, np.float32)
        return np.array(columns, np.int32), np.concatenate(weights)

    def known(self, found: Features) -> tuple[Ints, int]:
        """The columns of the text's different words that some phrasing has, and how many it has not."""
        different = dict.fromkeys(found["w"])
        columns = [c for v in different if (c := self.columns.get(f"w:{v}")) is not None]
        return np.array(columns, np.int32), len(different) - len(columns)
