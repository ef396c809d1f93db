"""Phrasings become a model: a head that chooses an entry, one that tells the language, and a learned confidence."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse

from faq.call import Call, Phrasing
from faq.languages import Language
from faq.matching.features import Floats, Lexicon, Vocabulary, features
from faq.matching.head import Head, Ints, train

NONE = "none"
"""The class of the strangers: sentences that are nobody's business here."""

_FOLDS = 4
_PENALTY = 3e-5
_STEPS = 60
_TRIAL_STEPS = 30
"""Iterations in the trials that only teach the confidence; the ranking has settled by then."""

_SIGNALS = 8
_LEFT_OUT = 8
"""In each trial one entry in so many is unknown to the model, so that it learns how the unknown looks."""


@dataclass(frozen=True, slots=True)
class Model:
    """Everything that answering a question needs."""

    entries: tuple[str, ...]
    vocabulary: Vocabulary
    head: Head
    languages: Head
    french: Floats
    confidence: Head


def signals(chances: Floats, known: float, size: int) -> Floats:
    """What the confidence looks at: the first choices' chances, the strangers', and how many words are known.

    ``chances`` are of one text with the strangers' class last; ``known`` is the share of its words that some
    phrasing has, ``size`` their number.
    """
    order = np.sort(chances[:-1])[::-1]
    first, second, third = (*order[:3], 0.0, 0.0, 0.0)[:3]
    stranger = chances[-1]
    return np.array(
        [
            _log_odds(first),
            _log_odds(first) - _log_odds(second),
            _log_odds(stranger),
            first + second + third,
            -float(np.sum(chances * np.log(np.maximum(chances, 1e-9)))),
            known,
            np.log1p(size),
            known * _log_odds(first),
        ],
        np.float32,
    )


def _log_odds(chance: float) -> float:
    bounded = min(max(float(chance), 1e-4), 1 - 1e-4)
    return float(np.log(bounded / (1 - bounded)))


@dataclass(frozen=True, slots=True)
class Corpus:
    """All phrasings and strangers of a call, with the class and the hand of each."""

    texts: tuple[Phrasing, ...]
    classes: Ints
    entries: tuple[str, ...]

    @classmethod
    def of(cls, call: Call) -> Corpus:
        """The corpus of a call; the strangers are the last class, also where there are none."""
        entries = tuple(call.entries)
        texts = [(p, n) for n, key in enumerate(entries) for p in call.entries[key].phrasings]
        texts += [(p, len(entries)) for p in call.strangers]
        return cls(tuple(p for p, _ in texts), np.array([n for _, n in texts], np.int32), entries)


def fit(call: Call) -> Model:
    """Train everything; the same call gives the same model."""
    corpus = Corpus.of(call)
    lexicon = Lexicon(call.lexicon)
    found = [features(p.text, lexicon) for p in corpus.texts]
    vocabulary = Vocabulary.of(found, lexicon)
    rows = vocabulary.matrix(found)
    spoken = np.array([list(Language).index(p.language) for p in corpus.texts], np.int32)
    head = train(rows, corpus.classes, len(corpus.entries) + 1, penalty=_PENALTY, steps=_STEPS)
    languages = train(rows, spoken, len(Language), penalty=_PENALTY, steps=_TRIAL_STEPS)
    return Model(
        corpus.entries,
        vocabulary,
        head,
        languages,
        _french(rows, spoken),
        _confidence(corpus, found, lexicon),
    )


def trial_folds(corpus: Corpus) -> list[npt.NDArray[np.bool_]]:
    """Which texts each trial leaves out: whole hands where there are several, so that nothing of them is known."""
    hands = sorted({p.hand for p, c in zip(corpus.texts, corpus.classes, strict=True) if c < len(corpus.entries)})
    by_hand = {hand: n % _FOLDS for n, hand in enumerate(hands)} if len(hands) >= _FOLDS else {}
    fold = np.array([by_hand.get(p.hand, _fold_of(p.text)) for p in corpus.texts])
    return [fold == n for n in range(_FOLDS)]


def _fold_of(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogatepass")) % _FOLDS


@dataclass(frozen=True, slots=True)
class Trial:
    """What a model that did not know a text made of it. ``wanted`` is the entry or `NONE`."""

    text: Phrasing
    wanted: str
    best: str
    seen: Floats


def trials(corpus: Corpus, found: Sequence[dict[str, list[str]]], lexicon: Lexicon, *, unknowns: bool) -> list[Trial]:
    """Train without some texts, and see what becomes of them; each text is left out once.

    With ``unknowns`` some entries are left out wholly as well, and what becomes of their texts is wanted to be `NONE`.
    """
    names = (*corpus.entries, NONE)
    made: list[Trial] = []
    for number, out in enumerate(trial_folds(corpus)):
        unknown = (corpus.classes % _LEFT_OUT == number) & (corpus.classes < len(corpus.entries)) & unknowns
        inside = ~out & ~unknown
        if not inside.any() or not (~inside).any():
            continue
        kept = [f for f, keep in zip(found, inside, strict=True) if keep]
        vocabulary = Vocabulary.of(kept, lexicon)
        head = train(
            vocabulary.matrix(kept),
            corpus.classes[inside],
            len(corpus.entries) + 1,
            penalty=_PENALTY,
            steps=_TRIAL_STEPS,
        )
        for n in np.flatnonzero(~inside).tolist():
            one = found[n]
            chances = head.chances(*vocabulary.row(one))
            wanted = NONE if unknown[n] else names[int(corpus.classes[n])]
            seen = signals(chances, *known_words(one, vocabulary))
            made.append(Trial(corpus.texts[n], wanted, names[int(chances[:-1].argmax())], seen))
    return made


def _confidence(corpus: Corpus, found: Sequence[dict[str, list[str]]], lexicon: Lexicon) -> Head:
    """Learn from trials when the first choice is right."""
    made = trials(corpus, found, lexicon, unknowns=True)
    if not made:
        return Head(np.zeros((_SIGNALS, 2), np.float32), np.zeros(2, np.float32))
    right = np.array([trial.best == trial.wanted for trial in made], np.int32)
    return train(sparse.csr_matrix(np.array([trial.seen for trial in made])), right, 2, penalty=1e-4, steps=200)


def confusions(call: Call) -> list[tuple[str, str, int, int, str]]:
    """Entries whose phrasings, once left out, go to another entry: (entry, other, how many, of how many, example)."""
    corpus = Corpus.of(call)
    lexicon = Lexicon(call.lexicon)
    found = [features(p.text, lexicon) for p in corpus.texts]
    lost: dict[tuple[str, str], list[str]] = {}
    for trial in trials(corpus, found, lexicon, unknowns=False):
        if trial.wanted not in {NONE, trial.best}:
            lost.setdefault((trial.wanted, trial.best), []).append(trial.text.text)
    return [
        (entry, other, len(texts), len(call.entries[entry].phrasings), texts[0])
        for (entry, other), texts in sorted(lost.items(), key=lambda item: -len(item[1]))
    ]


def known_words(found: dict[str, list[str]], vocabulary: Vocabulary) -> tuple[float, int]:
    """The share of a text's words that some phrasing has, and how many words there are."""
    tokens = found["w"]
    known = sum(f"w:{token}" in vocabulary.columns for token in tokens)
    return known / len(tokens) if tokens else 0.0, len(tokens)


def _french(rows: sparse.csr_matrix, spoken: Ints) -> Floats:
    """For each feature, the share of its uses that are in French texts."""
    used = (rows > 0).astype(np.float32)
    french = np.asarray(used[spoken == list(Language).index(Language.FR)].sum(axis=0)).ravel()
    return (french / np.maximum(np.asarray(used.sum(axis=0)).ravel(), 1)).astype(np.float32)


def content_key(call: Call) -> str:
    """A hash of everything that a model depends on: the texts and this package's own code."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    for line in _content(call):
        digest.update(line.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()[:32]


def _content(call: Call) -> Iterable[str]:
    for key, entry in call.entries.items():
        yield key
        for phrasing in entry.phrasings:
            yield from (phrasing.language, phrasing.hand, phrasing.text)
    yield NONE
    for stranger in call.strangers:
        yield from (stranger.language, stranger.text)
    for concept, phrases in call.lexicon.items():
        yield concept
        yield from phrases
