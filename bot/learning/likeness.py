"""Which of the questions known so far a new one is like: an index over their words, in any language and spelling."""

from __future__ import annotations

import math
from collections import Counter
from itertools import chain

from faq.matching.lexicon import Lexicon
from faq.matching.normalising import skeleton, stem, words

_ALIKE = 0.45
"""From this likeness (a cosine, 1 for the same) on two questions fall into one group."""

_PREFIX = 6
"""Letters that tell a word apart; what follows bends it."""

_FEWEST_BONES = 3
"""Consonants of a word whose skeleton counts; shorter ones are chance."""

_MOST_WORDS = 40
_RAREST = 8
"""Features of a question, the rarest, by which those are found that it may be like."""

_NEWEST = 400
"""Questions that are looked at for each such feature, the newest."""

_CANDIDATES = 12


class Likeness:
    """The questions by which groups began; each has a place, counted from 0."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Know nothing yet; words of one concept of the ``lexicon`` are alike whatever their language."""
        self._lexicon = lexicon
        self._ids: dict[str, int] = {}
        self._having: list[list[int]] = []
        self._features: list[tuple[int, ...]] = []
        self._verbatim: dict[str, int] = {}

    def __len__(self) -> int:
        """How many there are."""
        return len(self._features)

    def place(self, text: str) -> int:
        """The place of the question that ``text`` is like; where there is none, its own, new at the end."""
        tokens = words(text)[:_MOST_WORDS]
        said = " ".join(tokens)
        if (known := self._verbatim.get(said)) is not None:
            return known
        found = self._found(tokens)
        best, score = self._nearest(found)
        if score < _ALIKE:
            best = len(self._features)
            self._features.append(found)
            for feature in found:
                self._having[feature].append(best)
        self._verbatim[said] = best
        return best

    def _found(self, tokens: list[str]) -> tuple[int, ...]:
        stems = [stem(token) for token in tokens]
        bones = [skeleton(token) for token in tokens]
        named = {
            *(f"w:{one[:_PREFIX]}" for one in stems),
            *(f"s:{one}" for one in bones if len(one) >= _FEWEST_BONES),
            *(f"k:{one}" for one in self._lexicon.concepts(stems, bones)),
        }
        return tuple(self._id(name) for name in sorted(named))

    def _id(self, name: str) -> int:
        number = self._ids.setdefault(name, len(self._having))
        if number == len(self._having):
            self._having.append([])
        return number

    def _nearest(self, found: tuple[int, ...]) -> tuple[int, float]:
        rarest = sorted(found, key=lambda one: len(self._having[one]))[:_RAREST]
        shared = Counter(chain.from_iterable(self._having[one][-_NEWEST:] for one in rarest))
        near = [place for place, _ in shared.most_common(_CANDIDATES)]
        return max(
            ((place, self._cosine(found, self._features[place])) for place in near), key=_score, default=(0, 0.0)
        )

    def _cosine(self, one: tuple[int, ...], other: tuple[int, ...]) -> float:
        weights = [sum(map(self._rarity, features)) for features in (set(one) & set(other), one, other)]
        return weights[0] / math.sqrt(weights[1] * weights[2]) if weights[0] else 0.0

    def _rarity(self, feature: int) -> float:
        return math.log((2 + len(self._features)) / (1 + len(self._having[feature]))) + 0.1


def _score(found: tuple[int, float]) -> float:
    return found[1]
