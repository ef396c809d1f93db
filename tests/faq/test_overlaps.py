"""What a writer of phrasings is told."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from faq import load
from faq.overlaps import overlaps


@pytest.fixture(scope="module")
def told(sheet_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A call in which some phrasings of one entry are those of another."""
    folder = Path(shutil.copytree(sheet_folder, tmp_path_factory.mktemp("overlaps") / "call"))
    path = folder / "phrasings.toml"
    text = path.read_text("utf-8").replace(
        '    "parking",',
        '"when do you open the doors", "opening hours on sunday", "are you open at noon", "Opening hours!",',
    )
    path.write_text(text, "utf-8")
    return "\n".join(map(str, overlaps(load(folder), folder, every=True)))


def test_a_phrasing_of_two_entries_is_named(told: str) -> None:
    assert "'Opening hours!' asks for both opening and parking; take it out of one of them" in told


def test_entries_that_lose_phrasings_are_named_with_an_example_and_what_to_do(told: str) -> None:
    lost = re.search(r"(\d+) of the 7 ways to ask for parking are taken for opening .* such as '", told)
    assert lost
    assert int(lost[1]) >= 3
    assert "give parking more phrasings of that kind" in told
