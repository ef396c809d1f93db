"""A trained model: everything that deciding needs, and how it lies on disk (arrays and text, which can't run code)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from io import BytesIO
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from faq.languages import Language
from faq.matching.features import Features, Floats, Ints, Vocabulary, features
from faq.matching.lexicon import Lexicon

_ABSENT = 1e-9

SIGNALS = 16
"""How many signals there are."""


@dataclass(frozen=True, slots=True)
class Head:
    """A linear head: a score for every class."""

    weights: Floats
    bias: Floats

    def scores(self, columns: Ints, values: Floats) -> Floats:
        """The score of each class for one sparse row."""
        return values @ self.weights[columns] + self.bias


@dataclass(frozen=True, slots=True)
class Written:
    """What was written down word for word: a print of each text, sorted, and the class that it asks for."""

    prints: npt.NDArray[np.uint64]
    classes: Ints

    @classmethod
    def of(cls, texts: Iterable[Sequence[str]], classes: Iterable[int]) -> Written:
        """Of texts given as words; what stands in two classes, or holds no word, is in none."""
        found: dict[int, set[int]] = {}
        for tokens, one in zip(texts, classes, strict=True):
            if tokens:
                found.setdefault(_print(tokens), set()).add(one)
        sole = sorted((key, ones.pop()) for key, ones in found.items() if len(ones) == 1)
        return cls(np.array([key for key, _ in sole], np.uint64), np.array([one for _, one in sole], np.int32))

    def find(self, tokens: Sequence[str]) -> int | None:
        """The class of exactly these words, if somebody wrote them down."""
        key = np.uint64(_print(tokens))
        at = int(np.searchsorted(self.prints, key))
        return int(self.classes[at]) if at < len(self.prints) and self.prints[at] == key else None


def _print(tokens: Sequence[str]) -> int:
    return int.from_bytes(blake2b(" ".join(tokens).encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


@dataclass(frozen=True, slots=True)
class Model:
    """What a call's phrasings were made into.

    The classes of ``head`` are the entries, then what the call does not answer: the domain's other topics and, last,
    the strangers. ``said`` tells for each word which entries' phrasings have it, ``french`` for each feature the share
    of its uses that are French. ``confidence`` turns signals into the log-odds that the first choice is right, and that
    one of the first three is. ``written`` are all texts word for word.
    """

    entries: tuple[str, ...]
    lexicon: Lexicon
    vocabulary: Vocabulary
    head: Head
    languages: Head
    french: Floats
    said: npt.NDArray[np.bool_]
    confidence: Head
    written: Written

    def features(self, tokens: list[str]) -> Features:
        """The features of a text's words."""
        return features(tokens, self.lexicon)

    def signals(self, found: Features, scores: Floats) -> Floats:
        """What the confidence looks at, for one text and its scores."""
        columns, unknown = self.vocabulary.known(found)
        rarity = self.vocabulary.rarity[columns]
        said = rarity @ self.said[columns]
        size = len(columns) + unknown
        return signals(scores[np.newaxis], said[np.newaxis], np.array([[rarity.sum(), unknown, size]]), self.rarest)[0]

    @property
    def rarest(self) -> float:
        """How rare a word counts that no phrasing has."""
        return float(self.vocabulary.rarity[: len(self.said)].max(initial=1))


def signals(scores: Floats, said: Floats, words: Floats, rarest: float) -> Floats:
    """What the confidence looks at, a row a text.

    ``said`` is for each entry the rarity of those of the text's words that its phrasings have, added up; ``words`` are
    the rarity of all words that are known, how many are unknown, and how many words there are.
    """
    entries = said.shape[1]
    rows = np.arange(len(scores))
    padded = np.pad(scores[:, :entries], ((0, 0), (0, max(0, 3 - entries))), constant_values=scores.min() - 1)
    order = np.argsort(-padded, axis=1, kind="stable")[:, :3]
    first, second, third = (padded[rows, order[:, n]] for n in range(3))
    chances = _softmax(scores)
    elsewhere = scores[:, entries:].max(axis=1)
    known, unknown, size = words[:, 0], words[:, 1], words[:, 2]
    total = np.maximum(known + unknown * rarest, 1)
    explained = said[rows, order[:, 0]] / total
    within = np.log(np.exp(padded - first[:, np.newaxis]).sum(axis=1)) + first
    return np.stack(
        [
            first,
            first - second,
            second,
            third,
            elsewhere,
            first - elsewhere,
            within - elsewhere,
            _log_odds(chances[:, :entries].max(axis=1)),
            _log_odds(chances[:, entries:].sum(axis=1)),
            -(chances * np.log(np.maximum(chances, _ABSENT))).sum(axis=1),
            known / total,
            explained,
            np.log1p(size),
            unknown / np.maximum(size, 1),
            known / total * first,
            explained * first,
        ],
        axis=1,
    ).astype(np.float32)


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _log_odds(chances: Floats) -> Floats:
    bounded = np.clip(chances, 1e-4, 1 - 1e-4)
    return np.log(bounded / (1 - bounded))


def write(model: Model, file: BinaryIO) -> None:
    """Write a model."""
    np.savez(
        file,
        entries=_packed(model.entries),
        phrases=_packed([*model.lexicon.phrases, *model.lexicon.phrases.values()]),
        bones=_packed([*model.lexicon.bones, *model.lexicon.bones.values()]),
        keys=_packed(model.vocabulary.columns),
        rarity=model.vocabulary.rarity,
        french=model.french,
        said=model.said,
        prints=model.written.prints,
        classes=model.written.classes,
        **{
            f"{name}_{part}": getattr(head, part)
            for name, head in (("head", model.head), ("languages", model.languages), ("confidence", model.confidence))
            for part in ("weights", "bias")
        },
    )


def read(data: bytes) -> Model | None:
    """The model that `write` wrote; None where it is none."""
    try:
        with np.load(BytesIO(data), allow_pickle=False) as stored:
            vocabulary = Vocabulary({key: n for n, key in enumerate(_unpacked(stored["keys"]))}, stored["rarity"])
            head, languages, confidence = (
                Head(stored[f"{name}_weights"], stored[f"{name}_bias"]) for name in ("head", "languages", "confidence")
            )
            entries = tuple(_unpacked(stored["entries"]))
            written = Written(stored["prints"], stored["classes"])
            lexicon = Lexicon(*(_paired(_unpacked(stored[name])) for name in ("phrases", "bones")))
            model = Model(
                entries, lexicon, vocabulary, head, languages, stored["french"], stored["said"], confidence, written
            )
            return model if _fits_together(model) else None
    except (OSError, ValueError, TypeError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def _fits_together(model: Model) -> bool:
    """Whether the arrays have the shapes that each other's call for."""
    features, classes = model.head.weights.shape
    return (
        features == len(model.vocabulary.columns) == len(model.vocabulary.rarity) == len(model.french)
        and model.languages.weights.shape == (features, len(Language))
        and model.head.bias.shape == (classes,)
        and model.said.shape[1] == len(model.entries) < classes
        and len(model.said) <= features
        and model.confidence.weights.shape == (SIGNALS, 2)
        and len(model.written.prints) == len(model.written.classes)
    )


def _packed(texts: Iterable[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(texts).encode(), np.uint8)


def _unpacked(array: npt.NDArray[np.uint8]) -> Sequence[str]:
    return array.tobytes().decode().split("\n") if len(array) else []


def _paired(texts: Sequence[str]) -> dict[str, str]:
    half = len(texts) // 2
    return dict(zip(texts[:half], texts[half:], strict=True))
