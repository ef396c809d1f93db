"""Phrasings become a model: a head that chooses an entry, one that tells the language, and a learned confidence.

Run as a program it reads a corpus from its input and writes the model to its output: training wants a hundred
megabytes and a library that the running bot does without, so it is a process of its own (`faq.matching.worker`).
"""

from __future__ import annotations

import json
import sys
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from faq.languages import Language
from faq.matching.corpus import Corpus
from faq.matching.features import CHANNELS, Features, Floats, Ints, Vocabulary, features
from faq.matching.lexicon import Lexicon
from faq.matching.model import SIGNALS, Head, Model, Written, signals, write
from faq.matching.normalising import words
from faq.matching.separating import chance, separate

_RAREST = 2
"""Texts that have to have a feature for it to count; single words always count."""

_SCALE = 3.0
"""What a distance from the separating plane is multiplied with to be read as a log-odds."""

_ABSENT_SCORE = -9.0
"""The score of a class that a trial's model has never seen."""

_FOLDS = 5
"""Trials; in each, a fifth of the hands is unknown to the model."""

UNKNOWN = 8
"""In each trial one entry in so many is unknown as well, so that the confidence learns how the unknown looks.

So some entries are left out in no trial; leaving out each once made the confidence timid (answered 5 points less).
"""

Bools = npt.NDArray[np.bool_]


def fit(corpus: Corpus) -> Model:
    """Train everything; the same corpus gives the same model."""
    lexicon = Lexicon.of(corpus.lexicon)
    table = Table.of_texts(corpus, lexicon)
    trained = _Trained.on(table, corpus, np.ones(len(corpus.texts), np.bool_))
    rows = table.weighted(trained.kept, trained.rarity)
    spoken = np.array([list(Language).index(p.language) for p in corpus.texts], np.int32)
    return Model(
        entries=corpus.entries,
        lexicon=lexicon,
        vocabulary=Vocabulary({str(key): n for n, key in enumerate(table.keys[trained.kept])}, trained.rarity),
        head=trained.head,
        languages=separate(rows, spoken, len(Language), absent=_ABSENT_SCORE),
        french=_french(rows, spoken),
        said=trained.said,
        confidence=_confidence(trials(corpus, table, unknowns=True)),
        written=Written.of((words(p.text) for p in corpus.texts), corpus.classes.tolist()),
    )


@dataclass(frozen=True, slots=True)
class Table:
    """Texts as rows of counted features: 1 + log(count), the columns sorted by channel, words first."""

    keys: npt.NDArray[np.str_]
    channels: Ints
    counts: sparse.csr_matrix

    @classmethod
    def of_texts(cls, corpus: Corpus, lexicon: Lexicon) -> Table:
        """The table of a corpus."""
        return cls.of([features(words(p.text), lexicon) for p in corpus.texts])

    @classmethod
    def of(cls, found: Sequence[Features]) -> Table:
        """The table of features already found."""
        order = list(CHANNELS)
        columns: dict[str, int] = {}
        starts, indices, counts = [0], list[int](), list[int]()
        for one in found:
            for channel in order:
                for value, count in Counter(one[channel]).items():
                    indices.append(columns.setdefault(f"{channel}:{value}", len(columns)))
                    counts.append(count)
            starts.append(len(indices))
        keys = np.array(list(columns), np.str_)
        channels = np.array([order.index(key[0]) for key in columns], np.int32)
        place = np.lexsort((keys, channels))
        moved = np.empty(len(place), np.int32)
        moved[place] = np.arange(len(place), dtype=np.int32)
        weights = (1 + np.log(np.array(counts, np.float32))).astype(np.float32)
        table = sparse.csr_matrix((weights, moved[indices], starts), shape=(len(found), len(keys)))
        return cls(keys[place], channels[place], table)

    def vocabulary(self, texts: Bools, asked: Bools) -> tuple[Ints, Floats]:
        """The columns that count where only some of the texts are known, and how rare each is among what is asked."""
        known = np.bincount(self.counts[texts].indices, minlength=len(self.keys))
        kept = np.flatnonzero((known >= _RAREST) | ((known > 0) & (self.channels == 0))).astype(np.int32)
        used = np.bincount(self.counts[texts & asked].indices, minlength=len(self.keys))
        return kept, (np.log((1 + (texts & asked).sum()) / (1 + used[kept])) + 1).astype(np.float32)

    def weighted(self, kept: Ints, rarity: Floats) -> sparse.csr_matrix:
        """All rows as a model sees them: rarity counted in, every channel of length one before it is weighed."""
        rows = self.counts[:, kept]
        row = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
        data = rows.data * rarity[rows.indices]
        channel = self.channels[kept][rows.indices]
        group = row * len(CHANNELS) + channel
        lengths = np.sqrt(np.bincount(group, data * data, minlength=1))
        weigh = np.array(list(CHANNELS.values()), np.float32)
        data = (weigh[channel] * data / lengths[group]).astype(np.float32)
        return sparse.csr_matrix((data, rows.indices, rows.indptr), shape=rows.shape)

    def words(self) -> sparse.csr_matrix:
        """Which words each text has, as ones."""
        words = self.counts[:, self.channels == 0]
        return sparse.csr_matrix((np.ones_like(words.data), words.indices, words.indptr), shape=words.shape)


@dataclass(frozen=True, slots=True)
class _Trained:
    """A head, and the vocabulary that it was trained with."""

    kept: Ints
    rarity: Floats
    head: Head
    said: Bools

    @classmethod
    def on(cls, table: Table, corpus: Corpus, texts: Bools) -> _Trained:
        """Train on some of the texts."""
        kept, rarity = table.vocabulary(texts, ~corpus.strange)
        head = _head(table.weighted(kept, rarity)[texts], corpus.classes[texts], corpus.count)
        words = table.words()[texts]
        classes = sparse.csr_matrix(
            (np.ones(words.shape[0], np.float32), (corpus.classes[texts], np.arange(words.shape[0]))),
            shape=(corpus.count, words.shape[0]),
        )
        said = np.asarray((classes @ words).todense()).T[:, : len(corpus.entries)] > 0
        return cls(kept, rarity, head, said[kept[table.channels[kept] == 0]])

    def judge(self, table: Table, texts: Bools) -> tuple[Floats, Floats]:
        """The scores of some texts, and the signals of each."""
        rows = table.weighted(self.kept, self.rarity)[texts]
        scores = np.asarray(rows @ self.head.weights + self.head.bias).astype(np.float32)
        words = table.words()[texts]
        size: Floats = np.asarray(words.sum(axis=1), np.float32).ravel()
        known = words[:, self.kept[: len(self.said)]]
        rarity = self.rarity[: len(self.said)]
        count: Floats = np.asarray(known.sum(axis=1), np.float32).ravel()
        said: Floats = np.asarray(known @ (rarity[:, np.newaxis] * self.said))
        totals = np.stack([known @ rarity, size - count, size], axis=1)
        return scores, signals(scores, said, totals, float(rarity.max(initial=1)))


def _head(rows: sparse.csr_matrix, classes: Ints, count: int) -> Head:
    """The entries separated from each other, and the strangers from all of them.

    The strangers take no part in telling entries apart: many as they are, they would bend the planes.
    """
    strange = classes == count - 1
    entries = separate(rows[~strange], classes[~strange], count - 1, scale=_SCALE, absent=_ABSENT_SCORE)
    stranger = separate(rows, strange.astype(np.int32), 2, scale=_SCALE, absent=_ABSENT_SCORE)
    return Head(
        np.concatenate([entries.weights, stranger.weights[:, 1:]], axis=1),
        np.concatenate([entries.bias, stranger.bias[1:]]),
    )


@dataclass(frozen=True, slots=True)
class Trial:
    """What a model that did not know text number ``text`` made of it; ``wanted`` is its class, -1 for no entry."""

    text: int
    wanted: int
    ranked: tuple[int, ...]
    signals: Floats


def folds(corpus: Corpus) -> Ints:
    """The trial that each text is left out in: whole hands together, so that nothing of a hand is known.

    Hands that wrote in the same languages are dealt out in turn, so that no trial misses a language. A hand that is the
    only one of some entry is dealt out text by text: left out whole, the entry would not be there to be found.
    """
    wrote: dict[str, set[str]] = {}
    asked: dict[int, set[str]] = {}
    for text, one in zip(corpus.texts, corpus.classes.tolist(), strict=True):
        wrote.setdefault(text.hand, set()).add(text.language)
        asked.setdefault(one, set()).add(text.hand)
    alone = {hand for hands in asked.values() if len(hands) == 1 for hand in hands}
    hands = sorted(wrote.keys() - alone, key=lambda hand: (-len(wrote[hand]), sorted(wrote[hand]), hand))
    turn = {hand: number % _FOLDS for number, hand in enumerate(hands)}
    return np.array([turn.get(p.hand, _spread(p.text)) for p in corpus.texts], np.int32)


def _spread(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogatepass")) % _FOLDS


def trials(corpus: Corpus, table: Table, *, unknowns: bool) -> list[Trial]:
    """Train without some texts, and see what becomes of them; each text is left out with its hand.

    With ``unknowns`` some entries are also left out wholly, and what becomes of their texts is wanted to be none.
    """
    made: list[Trial] = []
    fold, entries = folds(corpus), len(corpus.entries)
    for number in range(_FOLDS):
        unknown = (corpus.classes % UNKNOWN == number) & (corpus.classes < entries) & unknowns
        out = (fold == number) | unknown
        if out.all() or not out.any():
            continue
        scores, seen = _Trained.on(table, corpus, ~out).judge(table, out)
        ranked = np.argsort(-scores[:, :entries], axis=1, kind="stable")[:, :3]
        wanted = np.where(unknown | (corpus.classes >= entries), -1, corpus.classes)[out]
        made += [
            Trial(int(text), int(wanted[n]), tuple(ranked[n].tolist()), seen[n])
            for n, text in enumerate(np.flatnonzero(out))
        ]
    return made


def _confidence(made: Sequence[Trial]) -> Head:
    """Learn from trials when the first choice is right, and when one of the first three is."""
    seen = np.array([trial.signals for trial in made], np.float32).reshape(len(made), SIGNALS)
    first = np.array([trial.wanted == trial.ranked[0] for trial in made], np.bool_)
    among = np.array([trial.wanted in trial.ranked for trial in made], np.bool_)
    heads = [chance(seen, right) for right in (first, among)]
    return Head(np.stack([h.weights for h in heads], axis=1), np.array([h.bias for h in heads], np.float32))


def _french(rows: sparse.csr_matrix, spoken: Ints) -> Floats:
    used = sparse.csr_matrix((np.ones_like(rows.data), rows.indices, rows.indptr), shape=rows.shape)
    french = np.asarray(used[spoken == list(Language).index(Language.FR)].sum(axis=0)).ravel()
    return (french / np.maximum(np.asarray(used.sum(axis=0)).ravel(), 1)).astype(np.float32)


def _judged(corpus: Corpus) -> list[tuple[int, int, tuple[int, ...], float, float]]:
    """What becomes of each text when its hand is left out: text, wanted class, ranking, and the two chances."""
    table = Table.of_texts(corpus, Lexicon.of(corpus.lexicon))
    confidence = _confidence(trials(corpus, table, unknowns=True))
    made = trials(corpus, table, unknowns=False)
    seen = np.array([trial.signals for trial in made], np.float32).reshape(len(made), SIGNALS)
    chances = 1 / (1 + np.exp(-(seen @ confidence.weights + confidence.bias)))
    return [
        (trial.text, trial.wanted, trial.ranked, float(first), float(among))
        for trial, (first, among) in zip(made, chances, strict=True)
    ]


def main() -> None:
    """Read a corpus from standard input, write its model, or what becomes of texts left out, to standard output."""
    corpus = Corpus.read(sys.stdin.buffer.read())
    if sys.argv[1:] == ["trials"]:
        print(json.dumps(_judged(corpus)))  # noqa: T201  its output
    else:
        write(fit(corpus), sys.stdout.buffer)


if __name__ == "__main__":
    main()
