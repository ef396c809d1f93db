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
from faq.matching.keyboards import retyped
from faq.matching.model import Model
from faq.matching.normalising import is_arabic, words
from faq.matching.parts import parts, question_cuts, question_pairs

__all__ = ["Answer", "Decision", "Matcher", "Nothing", "Suggest", "default_cache"]

_ANSWER = 0.65
"""From this chance of being right an answer is given at once; below it people choose."""

_SUGGEST = 0.25
"""Below this chance that one of three is right not even offers are made."""

_BOTH = 0.8
"""Two questions of one message have each to be this sure for both to be answered."""

_ONE = 0.9
"""A message that is this sure of one entry is not cut in two within a sentence."""

_HALF = 0.5
"""A message is half French from this share of its words on."""

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
class _Reading:
    """What one stretch of text looks like.

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
        """The matcher of a call, trained, or read from ``cache``."""
        return cls(model_of(Corpus.of(call), cache))

    def match(self, text: str) -> Decision:
        """Decide about a message; any text gets a decision, none raises."""
        text = self._legible(text)
        language, reply = self._language(text)
        whole = self._read(text)
        if whole is None:
            return Nothing(best=None, score=0.0, language=language, reply=reply)
        best, score = _surest(whole, [reading for part in parts(text) if (reading := self._read(part))])
        sure, entries = self._both(text, whole)
        if entries or score >= _ANSWER:
            entries = entries or (best,)
            return Answer(entries=entries, best=entries[0], score=max(sure, score), language=language, reply=reply)
        if max([whole.among, score]) >= _SUGGEST:
            ranked = _distinct([best, *whole.ranked])
            offers = tuple(entry for entry in ranked if entry not in _COURTESIES)[:3] or ranked[:1]
            return Suggest(entries=offers, best=best, score=score, language=language, reply=reply)
        return Nothing(best=best, score=score, language=language, reply=reply)

    def _legible(self, text: str) -> str:
        """The text, or what it reads in the other alphabet where only that makes sense."""
        if self._makes_sense(text):
            return text
        return next((other for other in retyped(text) if self._makes_sense(other, wholly=True)), text)

    def _makes_sense(self, text: str, *, wholly: bool = False) -> bool:
        """Whether some of the words, or all of them, are known."""
        known = [f"w:{word}" in self._model.vocabulary.columns for word in words(text)]
        return bool(known) and (all(known) if wholly else any(known))

    def _both(self, text: str, whole: _Reading) -> tuple[float, tuple[str, ...]]:
        """The entries of a message's two questions, in their order, and how sure the less sure is; (0, ()) for none.

        Both have to be what the whole message looks like most.
        """
        pairs = question_pairs(text)
        if whole.score < _ONE:
            pairs += question_cuts(text)
        surest: tuple[float, tuple[str, ...]] = (0.0, ())
        for left, right in pairs:
            a, b = self._read(left), self._read(right)
            if a and b and {a.ranked[0], b.ranked[0]} == {*whole.ranked[:2]} - _COURTESIES:
                surest = max(surest, (min(a.score, b.score), (a.ranked[0], b.ranked[0])))
        return surest if surest[0] >= _BOTH else (0.0, ())

    def _read(self, text: str) -> _Reading | None:
        """Look at a stretch of text; None where it holds nothing that is known."""
        model = self._model
        found = model.features(words(text))
        columns, values = model.vocabulary.row(found)
        if not len(columns):
            return None
        scores = model.head.scores(columns, values)
        order = np.argsort(-scores[: len(model.entries)], kind="stable")[:3]
        ranked = tuple(model.entries[int(n)] for n in order)
        signals = model.signals(found, scores)
        first, among = 1 / (1 + np.exp(-(signals @ model.confidence.weights + model.confidence.bias)))
        return _Reading(ranked, float(first), float(among))

    def _language(self, text: str) -> tuple[Language, ReplyLanguage]:
        """The language of a message and the one to answer in; letters decide first, words then."""
        model = self._model
        tokens = words(text)
        found = model.features(tokens)
        scores = model.languages.scores(*model.vocabulary.row(found))
        arabic = sum(len(t) for t in tokens if is_arabic(t)) * 2 > sum(map(len, tokens))
        allowed = (Language.AR, Language.ARY) if arabic else (Language.FR, Language.ARY_LATN, Language.EN)
        language = max(allowed, key=lambda one: scores[list(Language).index(one)])
        known, _ = model.vocabulary.known(found)
        half_french = len(known) > 0 and float(np.mean(model.french[known] > _HALF)) >= _HALF
        return language, reply_language(language, half_french=half_french)


def _surest(whole: _Reading, pieces: Iterable[_Reading]) -> tuple[str, float]:
    """The likeliest entry of a message and the chance that it is right.

    The whole message tells what is asked. A sentence of it may be surer of the whole's first or second choice, since
    what stands round a question in a long message clouds it.
    """
    agreeing = [(piece.score, piece.ranked[0]) for piece in pieces if piece.ranked[0] in whole.ranked[:2]]
    score, best = max([(whole.score, whole.ranked[0]), *agreeing], key=lambda pair: pair[0])
    return best, score


def _distinct(entries: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entries))
