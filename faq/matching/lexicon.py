"""The domain's concepts: words that mean the same, in any language or script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from faq.matching.normalising import skeleton, stem, words

_FEWEST_BONES = 4
"""Consonants that a word has to have for its skeleton to name a concept; shorter ones are chance."""


_LONGEST = 4
"""Words of the longest expression that is looked for."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Which concept a word or short expression names: by its stems, else, for a single word, by its skeleton."""

    phrases: Mapping[str, str]
    bones: Mapping[str, str]

    @classmethod
    def of(cls, concepts: Mapping[str, Sequence[str]]) -> Lexicon:
        """Index every word of every concept; what two concepts claim goes to the first."""
        phrases: dict[str, str] = {}
        bones: dict[str, str] = {}
        for concept, said in concepts.items():
            for phrase in said:
                parts = [stem(word) for word in words(phrase)]
                if parts:
                    phrases.setdefault(" ".join(parts), concept)
                if len(parts) == 1 and len(found := skeleton(parts[0])) >= _FEWEST_BONES:
                    bones.setdefault(found, concept)
        return cls(phrases, bones)

    def concepts(self, stems: Sequence[str], bones: Sequence[str]) -> Iterator[str]:
        """The concepts that a text's words name, in their order; of overlapping expressions the longest counts."""
        start = 0
        while start < len(stems):
            for length in range(min(_LONGEST, len(stems) - start), 0, -1):
                concept = self.phrases.get(" ".join(stems[start : start + length]))
                if concept:
                    yield concept
                    start += length
                    break
            else:
                if concept := self.bones.get(bones[start]):
                    yield concept
                start += 1
