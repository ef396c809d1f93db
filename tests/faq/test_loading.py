"""Loading: whatever is wrong in a call folder is said with file and line, all of it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from faq import Call, CallError, load
from tests.conftest import TINY


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "call"))


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def problems(folder: Path) -> list[str]:
    with pytest.raises(CallError) as caught:
        load(folder)
    return str(caught.value).splitlines()


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("call.toml", 'steps = ["2d"]', 'steps = ["2w"]', r"call.toml:5: step '2w'; write days as 7d"),
        ("call.toml", "12:00:00\nzone", "13:00:00\nzone", r"call.toml:10: the deadline is impossible: .*12:00Z, not"),
        ("call.toml", "Europe/Paris", "Europe/Pari", r"call.toml:10: the deadline is impossible"),
        ("call.toml", 'languages = ["en"]', 'languages = ["xx"]', r"call.toml:3: languages \['xx'\]; choose among fr"),
        ("call.toml", 'id = "tiny"', "id = tiny", r"call.toml:2: not valid TOML"),
        ("call.toml", 'source = "notice"', 'source = "rumour"', r"call.toml:\d+: deadline cites 'rumour'; name a"),
        ("call.toml", 'entry = "mooring"', 'entry = "sailing"', r"call.toml:\d+: document rules belongs to 'sailing'"),
        ("en.toml", "{deadline}. {time_left}", "{dedline}.", r"en.toml:1: \{dedline\} in deadline is no fact"),
        ("en.toml", 'question = "Mooring"\n', "", r"en.toml:10: entry mooring has no question in en; add question ="),
        ("en.toml", "[mooring]", "[Mooring!]", r"en.toml:10: not valid TOML"),
        ("phrasings.toml", "[mooring.en]", "[mooring.xx]", r"phrasings.toml:1: language 'xx'; choose among fr, ar"),
        ("phrasings.toml", '"mooring places"', "5", r"phrasings.toml:2: mooring.en.sheet is not a list of texts"),
    ],
)
def test_what_is_wrong_is_said_with_file_line_and_remedy(
    folder: Path, file: str, old: str, new: str, said: str
) -> None:
    change(folder, file, old, new)
    assert any(re.search(said, line) for line in problems(folder)), problems(folder)


def test_all_problems_are_told_at_once(folder: Path) -> None:
    change(folder, "call.toml", 'steps = ["2d"]', 'steps = ["2w"]')
    change(folder, "en.toml", "{links.site}", "{links.sight}")
    assert len(problems(folder)) == 2


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert f"{tmp_path / 'none' / 'call.toml'}: can't be read: No such file" in problems(tmp_path / "none")[0]


def test_a_topic_that_a_call_does_not_name_is_not_answered(tiny: Call, call: Call) -> None:
    assert "sectors" in call.entries
    assert "sectors" not in tiny.entries


def test_a_call_inherits_phrasings_and_default_answers_of_the_domain(tiny: Call) -> None:
    assert len(tiny.entries["deadline"].phrasings) >= 50
    assert "Harbour Desk" not in next(iter(tiny.entries["amount"].answers.values()))
    assert "{facts.office}" in next(iter(tiny.entries["amount"].answers.values()))


def test_every_topic_has_ten_phrasings_in_every_language(call: Call) -> None:
    for entry in call.entries.values():
        for language in ("fr", "ar", "ary", "ary-latn", "en"):
            own = {p.text for p in entry.phrasings if p.language == language}
            assert len(own) >= 9, (entry.id, language)
