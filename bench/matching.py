"""The matcher beside rapidfuzz, in one run: python bench/matching.py GOLD.jsonl [--call DIR].

GOLD has a line a question: {"id", "text", "accept": [entry, ...]}, "none" where nothing fits. Printed are, in percent:
the likeliest entry is right (acc1), answered right at once, answered wrongly, and how long a question takes.
rapidfuzz answers from the similarity that gives it the same share of wrong answers, which favours it.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from rapidfuzz import fuzz, process

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from faq import Answer, Matcher, default_cache, find, load, zones  # noqa: E402  the path comes first

Guess = tuple[str, float, bool]
"""The likeliest entry, how sure, and whether it is answered at once."""


def nearest(texts: Sequence[str], entries: Sequence[str], scorer: Callable[..., float]) -> Callable[[str], Guess]:
    """The entry of the most similar phrasing."""
    lowered = [text.lower() for text in texts]

    def guess(text: str) -> Guess:
        _, score, at = process.extractOne(text.lower(), lowered, scorer=scorer)
        return entries[at], score, False

    return guess


def ours(matcher: Matcher) -> Callable[[str], Guess]:
    """The project's matcher."""

    def guess(text: str) -> Guess:
        decision = matcher.match(text)
        return decision.best or "", decision.score, isinstance(decision, Answer)

    return guess


def measure(guess: Callable[[str], Guess], gold: list[dict[str, object]], wrong: int | None) -> tuple[str, int]:
    """A row of the table; where ``wrong`` is given, answers are cut off at so many wrong ones."""
    rows: list[tuple[float, bool, bool, bool]] = []
    spent: list[float] = []
    for question in gold:
        accept = question["accept"]
        assert isinstance(accept, list)  # noqa: S101  the format
        began = time.perf_counter()
        entry, score, answered = guess(str(question["text"]))
        spent.append(1000 * (time.perf_counter() - began))
        rows.append((score, entry in accept, accept != ["none"], answered))
    if wrong is not None:
        rows.sort(key=lambda row: -row[0])
        errors = 0
        for n, (score, right, inside, _) in enumerate(rows):
            errors += not right
            rows[n] = (score, right, inside, errors <= wrong)
    within = [row for row in rows if row[2]]
    answered_right = 100 * sum(right and said for _, right, _, said in within) / len(within)
    mistakes = sum(said and not right for _, right, _, said in rows)
    acc1 = 100 * sum(right for _, right, _, _ in within) / len(within)
    row = f"{acc1:.1f} | {answered_right:.1f} | {100 * mistakes / len(rows):.1f} | {statistics.median(spent):.2f}"
    return row, mistakes


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--call", default="clusters-2025")
    options = parser.parse_args()
    zones.pin()
    call = load(find(options.call))
    gold = [json.loads(line) for line in options.gold.read_text("utf-8").splitlines() if line.strip()]
    pairs = [(phrasing.text, entry.id) for entry in call.entries.values() for phrasing in entry.phrasings]
    texts, entries = [text for text, _ in pairs], [entry for _, entry in pairs]
    print("| method | acc1 | answered | wrong | ms, median |\n|---|---|---|---|---|")
    row, wrong = measure(ours(Matcher.of(call, cache=default_cache())), gold, None)
    print(f"| this matcher | {row} |")
    for name, scorer in (("token_set_ratio", fuzz.token_set_ratio), ("WRatio", fuzz.WRatio)):
        print(f"| rapidfuzz {name} | {measure(nearest(texts, entries, scorer), gold, wrong)[0]} |")


if __name__ == "__main__":
    main()
