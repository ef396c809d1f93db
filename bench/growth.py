"""What more phrasings cost: python bench/growth.py GOLD.jsonl [--call DIR].

The matcher is trained on 1,000 to 50,000 texts of the call and asked every question of GOLD.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from faq import Matcher, find, load, zones  # noqa: E402  the path comes first
from faq.matching.corpus import Corpus  # noqa: E402
from faq.matching.training import fit  # noqa: E402


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--call", default="clusters-2025")
    options = parser.parse_args()
    gold = [json.loads(line)["text"] for line in options.gold.read_text("utf-8").splitlines() if line.strip()]
    zones.pin()
    whole = Corpus.of(load(find(options.call)))
    print("| phrasings and strangers | trained in s | features | ms, median | ms, p99 |\n|---|---|---|---|---|")
    for size in (1000, 2000, 5000, 10000, 20000, 50000):
        chosen = np.random.default_rng(0).permutation(len(whole.texts))[:size]
        copies = -(-size // max(len(chosen), 1))
        at = np.sort(np.tile(chosen, copies)[:size])
        # Beyond what there is, texts come again with their letters shifted: new words of the same lengths.
        texts = tuple(
            whole.texts[n] if k == 0 or at[k - 1] != n else replace(whole.texts[n], text=shifted(whole.texts[n].text))
            for k, n in enumerate(at)
        )
        began = time.perf_counter()
        model = fit(replace(whole, texts=texts, classes=whole.classes[at]))
        built = time.perf_counter() - began
        matcher = Matcher(model)
        spent: list[float] = []
        for text in gold:
            began = time.perf_counter()
            matcher.match(text)
            spent.append(1000 * (time.perf_counter() - began))
        spent.sort()
        features = len(model.vocabulary.columns)
        speed = f"{statistics.median(spent):.2f} | {spent[int(0.99 * len(spent))]:.2f}"
        print(f"| {len(at):,} | {built:.1f} | {features:,} | {speed} |", flush=True)


def shifted(text: str) -> str:
    """The text with each letter replaced by the next of its alphabet."""
    return "".join(chr(ord(letter) + 1) if letter.isalpha() else letter for letter in text)


if __name__ == "__main__":
    main()
