"""Checking a call folder: what its editor has to know."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from faq import find
from faq.checking import check
from faq.tags import markup_faults
from tests.conftest import TINY

pytestmark = pytest.mark.timeout(60)  # each trains in a process of its own, beside the other workers


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The tiny call with two topics of the domain and no strangers, so that a check is a moment's work."""
    copied = Path(shutil.copytree(TINY, tmp_path / "call"))
    main = copied / "call.toml"
    text = re.sub(r"topics = \[.*\]", 'topics = ["deadline", "contact"]\ndomain = false', main.read_text("utf-8"))
    main.write_text(text, "utf-8")
    return copied


def said(folder: Path, text: Path | None = None) -> str:
    return "\n".join(map(str, check(folder, text)))


def beyond(folder: Path, text: Path) -> list[str]:
    """What the answers say that the text does not."""
    return [line for line in said(folder, text).splitlines() if "is not in the text" in line]


def rewrite(folder: Path, old: str, new: str) -> None:
    path = folder / "en.toml"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_the_shipped_call_has_no_errors() -> None:
    assert [str(p) for p in check(find("clusters-2025"), None) if p.is_error] == []


@pytest.mark.parametrize(
    "text",
    [
        "<b>open",
        "</i>",
        "<b>a</i></b>",
        "<script>x</script>",
        "a & b",
        "a < b",
        "<a>x</a>",
        "&eacute;",
        '<b class="x">y</b>',
    ],
)
def test_markup_that_telegram_refuses_is_found(text: str) -> None:
    assert markup_faults(text)


@pytest.mark.parametrize(
    "text",
    [
        "<b>x</b> &amp; <i>y</i>",
        '<a href="https://x.example">x</a>',
        "<a href='mailto:a@x.example'>x</a>",
        '<a href="tg://user?id=5">x</a>',
        "é & ".replace("&", "&lt;"),
    ],
)
def test_markup_that_telegram_takes_is_left_alone(text: str) -> None:
    assert markup_faults(text) == []


def test_broken_markup_in_an_answer_is_named_with_its_line(folder: Path) -> None:
    rewrite(folder, "Boats under", "<b>Boats under")
    assert "en.toml:10: mooring: <b> is not closed" in said(folder)


def test_a_countdown_without_a_text_for_afterwards_is_an_error(folder: Path) -> None:
    rewrite(folder, 'closed = "Closed since {deadline}."\n', "")
    assert "has no text for after the deadline; add closed =" in said(folder)


def test_a_title_that_a_phone_would_cut_is_an_error(folder: Path) -> None:
    rewrite(folder, 'question = "Mooring"', 'question = "Where boats may moor in the harbour"')
    assert "has 35 characters; shorten it to 32" in said(folder)


def test_a_phrasing_that_two_entries_share_is_a_warning(folder: Path) -> None:
    (folder / "phrasings.toml").write_text('[mooring.en]\nsheet = ["deadline", "berth"]\n', "utf-8")
    assert "warning: 'deadline' asks for both" in said(folder)


def test_facts_that_the_text_does_not_hold_are_listed(folder: Path, tmp_path: Path) -> None:
    text = tmp_path / "notice.txt"
    text.write_text(
        "The Harbour Desk, harbours.example, takes boats under 12 metres, until 1 March 2030, 12h00.", "utf-8"
    )
    assert beyond(folder, text) == []
    rewrite(folder, "Boats under 12 metres", "Boats under 13 metres in Marseille")
    first, second = beyond(folder, text)
    assert first.endswith("en.toml:10: mooring: '13' is not in the text; check it, or name its source")
    assert "'Marseille' is not in the text" in second


def test_a_deadline_that_the_text_does_not_give_is_an_error(folder: Path, tmp_path: Path) -> None:
    text = tmp_path / "notice.txt"
    text.write_text(
        "The Harbour Desk, harbours.example: hand in by 2 March 2030, 12:00. Boats under 12 metres.", "utf-8"
    )
    assert "call.toml: '1' is not in the text" in said(folder, text)


def test_facts_from_another_source_are_listed_apart(folder: Path, tmp_path: Path) -> None:
    text = tmp_path / "notice.txt"
    text.write_text("Nothing.", "utf-8")
    path = folder / "call.toml"
    path.write_text(
        path.read_text("utf-8")
        + '\n[sources.law]\nofficial = true\nchecked = 2030-01-01\ntitle = { en = "Law" }\n'
        + '[entries.mooring]\ncites = [{ source = "law" }]\n',
        "utf-8",
    )
    assert "warning: mooring: '12' is not in the text (it cites law)" in said(folder, text)


def test_a_text_that_cannot_be_read_is_named(folder: Path, tmp_path: Path) -> None:
    assert "nothing.txt: can't be read: No such file or directory" in said(folder, tmp_path / "nothing.txt")


def test_an_entry_with_few_phrasings_is_a_warning(folder: Path) -> None:
    assert "mooring has only 4 phrasings, so that other words will not be understood; write at least 8" in said(folder)


def test_a_file_that_is_no_toml_is_one_error(folder: Path) -> None:
    rewrite(folder, 'question = "The desk"', 'question = "The desk')
    assert len(check(folder, None)) == 1
