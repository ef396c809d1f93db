"""What a message asks for: an answer where that is likely right, up to three offers where not, else nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from faq.call import Call
from faq.languages import Language, ReplyLanguage, reply_language
from faq.matching.cache import default_cache, model_of
from faq.matching.corpus import Corpus
from faq.matching.features import Features, Floats, Ints
from faq.matching.keyboards import retyped
from faq.matching.model import Model
from faq.matching.normalising import is_arabic, plain, plain_words
from faq.matching.parts import question_cuts, question_pairs, stretches
from faq.matching.worker import TrainingError

__all__ = ["Answer", "Decision", "Matcher", "Nothing", "Suggest", "TrainingError", "decide", "default_cache"]

_ANSWER = 0.62
"""From this chance of being right an answer is given at once; below it people choose."""

_CERTAIN = 0.99
"""The chance given to a message that stands word for word among the phrasings of one entry, and of one only."""

_SUGGEST = 0.25
"""Below this chance that one of three is right not even offers are made."""

_BOTH = 0.8
"""Two sentences of one message have each to be this sure for both to be answered."""

_CUT = 0.9
"""The same for one sentence that is cut in two."""

_HALF = 0.5
"""A message is half French from this share of its words on."""

_FEWEST_LETTERS, _LONGEST = 4, 500
"""Letters and characters of a message that is looked at for the wrong alphabet."""

_STRANGE = 0.03
"""A part of a message with no more chance than this of being our business says that the message is about another one:
"My passport expires. Which papers do I need?" No other part makes it surer then, nor is it read as two questions."""

_COURTESIES = frozenset({"greeting", "thanks"})
"""Domain topics that people wrap around a question: not offered beside real ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Likely right: answer with these entries, in this order."""

    entries: tuple[str, ...]
    best: str
    score: float
    language: Language
    reply: ReplyLanguage


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggest:
    """Unsure: offer these entries, the likeliest first."""

    entries: tuple[str, ...]
    best: str
    score: float
    language: Language
    reply: ReplyLanguage


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """Likely none of our business."""

    best: str | None
    score: float
    language: Language
    reply: ReplyLanguage


Decision = Answer | Suggest | Nothing


@dataclass(frozen=True, slots=True)
class _Look:
    """A stretch of text as the model sees it."""

    tokens: list[str]
    found: Features
    columns: Ints
    values: Floats


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a stretch of text looks like.

    The likeliest entries, the chance that the first is right, and the chance that one of the first three is.
    """

    ranked: tuple[str, ...]
    score: float
    among: float


class Matcher:
    """Decides about messages for one call."""

    def __init__(self, model: Model) -> None:
        """Use a trained model."""
        self._model = model

    @classmethod
    def of(cls, call: Call, *, cache: Path | None = None) -> Matcher:
        """The matcher of a call, trained, or read from ``cache``.

        Raises:
            TrainingError: the training failed.

        """
        return cls(model_of(Corpus.of(call), cache))

    @property
    def entries(self) -> tuple[str, ...]:
        """The entries that it chooses from."""
        return self._model.entries

    def match(self, text: str) -> Decision:
        """Decide about a message; any text gets a decision, none raises."""
        text = self._legible(text)
        seen = self._look(text)
        language, reply = self._language(seen)
        whole = self._read(seen)
        if (entry := self._written(seen)) is not None:
            return Answer(entries=(entry,), best=entry, score=_CERTAIN, language=language, reply=reply)
        if whole is None:
            return Nothing(best=None, score=0.0, language=language, reply=reply)
        pieces = self._pieces(text)
        is_strange = any(piece.among < _STRANGE for piece in pieces)
        best, score = _surest(whole, () if is_strange else pieces)
        sure, entries = (0.0, ()) if is_strange else self._both(text, whole)
        if entries:
            return Answer(entries=entries, best=entries[0], score=max(sure, score), language=language, reply=reply)
        ranked = tuple(dict.fromkeys((best, *whole.ranked)))
        return decide(ranked, score, max(whole.among, score), language=language, reply=reply)

    def _written(self, seen: _Look) -> str | None:
        """The entry that somebody wrote exactly these words down for."""
        found = self._model.written.find(seen.tokens)
        return self._model.entries[found] if found is not None and found < len(self._model.entries) else None

    def _legible(self, text: str) -> str:
        """The text in plain, or what it reads in the other alphabet where only that makes sense."""
        read = plain(text)
        typed = plain_words(read)
        if sum(map(len, typed)) < _FEWEST_LETTERS or any(map(self._knows, typed)):
            return read
        for other in map(plain, retyped(text[:_LONGEST])):
            tokens = plain_words(other)
            if tokens and all(map(self._knows, tokens)):
                return other
        return read

    def _knows(self, word: str) -> bool:
        return f"w:{word}" in self._model.vocabulary.columns

    def _look(self, text: str) -> _Look:
        tokens = plain_words(text)
        found = self._model.features(tokens)
        return _Look(tokens, found, *self._model.vocabulary.row(found))

    def _read(self, seen: _Look) -> _Reading | None:
        """What a stretch of text looks like; None where it holds nothing that is known."""
        if not len(seen.columns):
            return None
        model = self._model
        scores = model.head.scores(seen.columns, seen.values)
        order = np.argsort(-scores[: len(model.entries)], kind="stable")[:3]
        signals = model.signals(seen.found, scores)
        first, among = 1 / (1 + np.exp(-(signals @ model.confidence.weights + model.confidence.bias)))
        return _Reading(tuple(model.entries[int(n)] for n in order), float(first), float(among))

    def _pieces(self, text: str) -> list[_Reading]:
        """What the sentences of a message, or stretches of it, look like."""
        return [reading for part in stretches(text) if (reading := self._read(self._look(part)))]

    def _both(self, text: str, whole: _Reading) -> tuple[float, tuple[str, ...]]:
        """The entries of a message's two questions, in their order, and how sure the less sure is; (0, ()) for none.

        Both have to be what the whole message looks like most, courtesies apart.
        """
        likeliest = {*whole.ranked[:2]}
        surest: tuple[float, tuple[str, ...]] = (0.0, ())
        if len(likeliest) == 1 or likeliest & _COURTESIES:
            return surest
        for enough, left, right in [
            *((_BOTH, *pair) for pair in question_pairs(text)),
            *((_CUT, *pair) for pair in question_cuts(text)),
        ]:
            a, b = self._read(self._look(left)), self._read(self._look(right))
            if a and b and {a.ranked[0], b.ranked[0]} == likeliest and (sure := min(a.score, b.score)) >= enough:
                surest = max(surest, (sure, (a.ranked[0], b.ranked[0])))
        return surest

    def _language(self, seen: _Look) -> tuple[Language, ReplyLanguage]:
        """The language of a message and the one to answer in; letters decide first, words then."""
        model = self._model
        scores = model.languages.scores(seen.columns, seen.values)
        arabic = sum(len(t) for t in seen.tokens if is_arabic(t)) * 2 > sum(map(len, seen.tokens))
        allowed = (Language.AR, Language.ARY) if arabic else (Language.FR, Language.ARY_LATN, Language.EN)
        language = max(allowed, key=lambda one: scores[list(Language).index(one)]) if len(seen.columns) else allowed[0]
        known, _ = model.vocabulary.known(seen.found)
        half_french = len(known) > 0 and float(np.mean(model.french[known] > _HALF)) >= _HALF
        return language, reply_language(language, half_french=half_french)


def decide(
    ranked: tuple[str, ...], first: float, among: float, *, language: Language, reply: ReplyLanguage
) -> Decision:
    """Answer with the first of the likeliest entries, offer the first three, or neither.

    ``first`` is the chance that the first is right, ``among`` that one of three is.
    """
    best = ranked[0]
    if first >= _ANSWER:
        return Answer(entries=(best,), best=best, score=first, language=language, reply=reply)
    if among >= _SUGGEST:
        offers = tuple(entry for entry in ranked if entry not in _COURTESIES)[:3] or ranked[:1]
        return Suggest(entries=offers, best=best, score=first, language=language, reply=reply)
    return Nothing(best=best, score=first, language=language, reply=reply)


def _surest(whole: _Reading, pieces: Iterable[_Reading]) -> tuple[str, float]:
    """The likeliest entry of a message and the chance that it is right.

    The whole message tells what is asked. A part of it may be surer of the whole's first or second choice, since what
    stands round a question in a long message clouds it.
    """
    either = [entry for entry in whole.ranked[:2] if entry not in _COURTESIES]
    agreeing = [(piece.score, piece.ranked[0]) for piece in pieces if piece.ranked[0] in either]
    score, best = max([(whole.score, whole.ranked[0]), *agreeing], key=lambda pair: pair[0])
    return best, score
