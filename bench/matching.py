"""The matcher beside its rivals, in one run: python bench/matching.py GOLD.jsonl [--call DIR].

GOLD has a line a question: {"id", "text", "accept": [entry, ...]}, "none" where nothing fits; DIR is any call folder,
also one that `python -m faq import` made. Each method is built and asked in a process of its own. Printed: how often
the likeliest entry is right (acc1); how often a question is answered at once and rightly (answered), where each method
answers down to the score at which as many of its answers are wrong as of this matcher's; the chance that a question in
scope scores higher than one out of scope (auroc); milliseconds a question, the seconds that building takes, and the
megabytes that it adds.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import statistics
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, make_union

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from faq import Answer, Matcher, find, load, zones  # noqa: E402  the path comes first
from faq.matching.cache import model_of  # noqa: E402
from faq.matching.corpus import Corpus  # noqa: E402
from faq.matching.model import signals  # noqa: E402
from faq.matching.normalising import words  # noqa: E402
from faq.matching.separating import chance  # noqa: E402
from faq.matching.training import UNKNOWN, folds  # noqa: E402

Guess = tuple[list[str], float, bool]
"""The likeliest entry (or two that are both answered), how sure, and whether the method itself would answer."""

Guesser = Callable[[str], Guess]


def ours(corpus: Corpus) -> Guesser:
    """The project's matcher."""
    matcher = Matcher(model_of(corpus, None))

    def guess(text: str) -> Guess:
        decision = matcher.match(text)
        entries = decision.entries if isinstance(decision, Answer) else (decision.best or "",)
        return list(entries), decision.score, isinstance(decision, Answer)

    return guess


@dataclass(frozen=True)
class Phrasings:
    """What the nearest-phrasing methods search: the phrasings of the entries, without the strangers."""

    texts: list[str]
    entries: list[str]

    @classmethod
    def of(cls, corpus: Corpus) -> Phrasings:
        """Those of a corpus, in small letters."""
        pairs = [
            (p.text.lower(), corpus.entries[n])
            for p, n in zip(corpus.texts, corpus.classes.tolist(), strict=True)
            if n < len(corpus.entries)
        ]
        return cls([text for text, _ in pairs], [entry for _, entry in pairs])


def rapidfuzz(scorer: Callable[..., float]) -> Callable[[Corpus], Guesser]:
    """The entry of the most similar phrasing, by edit distance."""

    def build(corpus: Corpus) -> Guesser:
        known = Phrasings.of(corpus)

        def guess(text: str) -> Guess:
            _, score, at = process.extractOne(text.lower(), known.texts, scorer=scorer)
            return [known.entries[at]], score, False

        return guess

    return build


def bm25(corpus: Corpus, k1: float = 1.2, b: float = 0.75) -> Guesser:
    """The entry of the nearest phrasing by Okapi BM25 over words."""
    known = Phrasings.of(corpus)
    split = [re.findall(r"\w+", text) for text in known.texts]
    mean = sum(map(len, split)) / len(split)
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for n, tokens in enumerate(split):
        for token, count in Counter(tokens).items():
            postings[token].append((n, count * (k1 + 1) / (count + k1 * (1 - b + b * len(tokens) / mean))))
    rarity = {t: math.log(1 + (len(split) - len(p) + 0.5) / (len(p) + 0.5)) for t, p in postings.items()}

    def guess(text: str) -> Guess:
        scores = np.zeros(len(split))
        for token in re.findall(r"\w+", text.lower()):
            for n, weight in postings.get(token, ()):
                scores[n] += rarity[token] * weight
        best = int(scores.argmax())
        return [known.entries[best]], float(scores[best]), False

    return guess


def vectorizer() -> FeatureUnion:
    """What one would take first: words and pairs of words, and characters within words."""
    return make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=1),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2),
    )


def tfidf_nearest(corpus: Corpus) -> Guesser:
    """The entry of the nearest phrasing by TF-IDF cosine over characters."""
    known = Phrasings.of(corpus)
    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    rows: Any = vectors.fit_transform(known.texts)
    columns = rows.T.tocsr()

    def guess(text: str) -> Guess:
        row: Any = vectors.transform([text.lower()])
        scores = np.asarray((row @ columns).todense()).ravel()
        best = int(scores.argmax())
        return [known.entries[best]], float(scores[best]), False

    return guess


class Regression:
    """TF-IDF with logistic regression, over some of the texts; the strangers are a class."""

    def __init__(self, corpus: Corpus, inside: Sequence[int]) -> None:
        """Train on the texts of these numbers."""
        self.corpus = corpus
        self.vectors = vectorizer()
        rows = self.vectors.fit_transform([corpus.texts[n].text.lower() for n in inside])
        self.model = LogisticRegression(C=20, max_iter=100, tol=1e-3).fit(rows, corpus.classes[list(inside)])
        self.said: list[set[str]] = [set() for _ in range(corpus.count)]
        for n in inside:
            self.said[int(corpus.classes[n])].update(words(corpus.texts[n].text))
        self.known = set().union(*self.said)

    def scores(self, texts: Sequence[str]) -> np.ndarray:
        """The logarithm of every class's chance; very little for one that was left out."""
        scores = np.full((len(texts), self.corpus.count), -12.0, np.float32)
        chances = self.model.predict_proba(self.vectors.transform([text.lower() for text in texts]))
        scores[:, self.model.classes_] = np.log(np.maximum(chances, 1e-5))
        return scores

    def signals(self, texts: Sequence[str], scores: np.ndarray) -> np.ndarray:
        """What this project's confidence looks at, every word counting the same."""
        entries = self.said[: len(self.corpus.entries)]
        split = [set(words(text)) for text in texts]
        said = np.array([[len(tokens & entry) for entry in entries] for tokens in split], np.float32)
        sizes = [(len(tokens & self.known), len(tokens - self.known), len(tokens)) for tokens in split]
        return signals(scores, said, np.array(sizes, np.float32), 1.0)


def regression(corpus: Corpus) -> Guesser:
    """TF-IDF with logistic regression, as sure as its greatest chance."""
    model = Regression(corpus, range(len(corpus.texts)))
    entries = len(corpus.entries)

    def guess(text: str) -> Guess:
        scores = model.scores([text])[0, :entries]
        return [corpus.entries[int(scores.argmax())]], float(scores.max()), False

    return guess


def regression_with_confidence(corpus: Corpus) -> Guesser:
    """The fair rival: the same regression with this project's confidence, learned from the same trials."""
    fold = folds(corpus)
    seen: list[np.ndarray] = []
    right: list[np.ndarray] = []
    entries = len(corpus.entries)
    for number in range(int(fold.max()) + 1):
        out = (fold == number) | ((corpus.classes % UNKNOWN == number) & (corpus.classes < entries))
        model = Regression(corpus, np.flatnonzero(~out).tolist())
        texts = [corpus.texts[n].text for n in np.flatnonzero(out)]
        scores = model.scores(texts)
        unknown = (corpus.classes[out] % UNKNOWN == number) | (corpus.classes[out] >= entries)
        seen.append(model.signals(texts, scores))
        right.append((scores[:, :entries].argmax(axis=1) == corpus.classes[out]) & ~unknown)
    learned = chance(np.concatenate(seen), np.concatenate(right))
    whole = Regression(corpus, range(len(corpus.texts)))

    def guess(text: str) -> Guess:
        scores = whole.scores([text])
        odds = float((whole.signals([text], scores) @ learned.weights)[0] + learned.bias)
        return [corpus.entries[int(scores[0, :entries].argmax())]], odds, False

    return guess


METHODS: Mapping[str, Callable[[Corpus], Guesser]] = {
    "this matcher": ours,
    "rapidfuzz WRatio, nearest phrasing": rapidfuzz(fuzz.WRatio),
    "rapidfuzz token_set_ratio, nearest phrasing": rapidfuzz(fuzz.token_set_ratio),
    "BM25, nearest phrasing": bm25,
    "TF-IDF characters, nearest phrasing": tfidf_nearest,
    "TF-IDF, logistic regression": regression,
    "the same with this matcher's confidence": regression_with_confidence,
}


def memory() -> float:
    """Megabytes that this process holds."""
    return int(Path("/proc/self/status").read_text("utf-8").partition("VmRSS:")[2].split()[0]) / 1024


def ask(method: str, call: str, gold: list[dict[str, object]]) -> None:
    """Build one method, ask it everything, and print what it said."""
    zones.pin()
    corpus = Corpus.of(load(find(call)))
    before, began = memory(), time.perf_counter()
    guess = METHODS[method](corpus)
    built = time.perf_counter() - began
    rows: list[Guess] = []
    spent: list[float] = []
    for question in gold:
        began = time.perf_counter()
        rows.append(guess(str(question["text"])))
        spent.append(1000 * (time.perf_counter() - began))
    cost = {"built": built, "memory": memory() - before, "spent": spent}
    print(json.dumps({"rows": rows, **cost}))


def measure(said: Sequence[Guess], gold: list[dict[str, object]], wrong: int | None) -> tuple[str, int]:
    """The figures of one method; where ``wrong`` is given, it answers until so many of its answers are wrong."""
    labels = [cast("list[str]", question["accept"]) for question in gold]
    rows = [
        (score, {*entries} <= {*accept}, accept != ["none"], answers)
        for (entries, score, answers), accept in zip(said, labels, strict=True)
    ]
    if wrong is not None:
        rows.sort(key=lambda row: (-row[0], row[1]))  # among equals the wrong ones first
        mistakes = np.cumsum([not right for _, right, _, _ in rows])
        rows = [(score, right, ours, bool(mistakes[n] <= wrong)) for n, (score, right, ours, _) in enumerate(rows)]
    within = [row for row in rows if row[2]]
    inside, outside = [row[0] for row in within], [row[0] for row in rows if not row[2]]
    pairs = [(a > b) + (a == b) / 2 for a in inside for b in outside]
    acc1 = 100 * sum(right for _, right, _, _ in within) / len(within)
    answered = 100 * sum(right and answers for _, right, _, answers in within) / len(within)
    mistaken = sum(answers and not right for _, right, _, answers in rows)
    area = sum(pairs) / len(pairs) if pairs else float("nan")
    row = f"{acc1:.1f} | {answered:.1f} | {100 * mistaken / len(rows):.1f} | {area:.3f}"
    return row, mistaken


def compare(gold_path: Path, call: str) -> None:
    """Print the table."""
    gold = [json.loads(line) for line in gold_path.read_text("utf-8").splitlines() if line.strip()]
    print("| method | acc1 | answered | wrong | auroc | ms, median | ms, p99 | built in s | MB |\n|" + "---|" * 9)
    wrong: int | None = None
    for method in METHODS:
        command = [sys.executable, __file__, str(gold_path), "--call", call, "--method", method]
        done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603  ourselves
        said = json.loads(done.stdout)
        row, mistaken = measure(said["rows"], gold, wrong)
        wrong = mistaken if wrong is None else wrong
        spent = sorted(said["spent"])
        speed = f"{statistics.median(spent):.2f} | {spent[int(0.99 * len(spent))]:.2f}"
        print(f"| {method} | {row} | {speed} | {said['built']:.1f} | {said['memory']:.0f} |", flush=True)


def main() -> None:
    """Compare, or be one of those compared."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--call", default="clusters-2025")
    parser.add_argument("--method", choices=METHODS)
    options = parser.parse_args()
    if options.method:
        gold = [json.loads(line) for line in options.gold.read_text("utf-8").splitlines() if line.strip()]
        ask(options.method, options.call, gold)
    else:
        compare(options.gold, options.call)


if __name__ == "__main__":
    main()
