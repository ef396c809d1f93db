"""A spreadsheet becomes a call folder that the matcher takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from faq import Answer, CallError, Matcher, load
from faq.spreadsheet import convert

SHEET = "\n".join(
    (
        "entry,language,question,answer",
        'opening,fr,"À quelle heure ouvrez-vous ?",De 9 h à 17 h & le samedi <matin>.',
        "opening,fr,horaires d'ouverture,",
        "opening,ary-latn,imta kat7ello,",
        "parking,fr,où se garer,Derrière {le bâtiment}.",
        'parking,fr,"place de parking ""gratuite""",',
    )
)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "sheet.csv"
    path.write_text(SHEET, "utf-8")
    return path


def test_a_sheet_becomes_a_call_with_its_own_entries_only(sheet: Path, tmp_path: Path) -> None:
    assert convert(sheet, tmp_path / "made") == 2
    call = load(tmp_path / "made")
    assert set(call.entries) == {"opening", "parking"}
    assert call.deadline is None
    assert [p.text for p in call.entries["parking"].phrasings] == ["où se garer", 'place de parking "gratuite"']
    decision = Matcher.of(call).match("horaires d'ouverture")
    assert decision.best == "opening"


def test_what_a_sheet_says_becomes_markup_that_shows_it(sheet: Path, tmp_path: Path) -> None:
    convert(sheet, tmp_path / "made")
    answer = next(iter(load(tmp_path / "made").entries["opening"].answers.values()))
    assert answer == "De 9 h à 17 h &amp; le samedi &lt;matin>."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("separator", [",", ";"])
def test_excels_ways_of_writing_csv_are_read(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "s.csv"
    rows = (("entry", "language", "question", "answer"), ("a", "fr", "quoi", "ça"))
    path.write_text("\n".join(separator.join(row) for row in rows), encoding)
    assert convert(path, tmp_path / "made") == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("entry,language,question\n", "s.csv:1: column answer is missing"),
        ("entry,language,question,answer\na,xx,q,a\n", "s.csv:2: language 'xx'; choose among fr, ar"),
        ("entry,language,question,answer\na,fr,q,a\n,fr,q,a\n", "s.csv:3: no entry or no question"),
        ("entry,language,question,answer\na,fr,q,\n", "entry a has no answer; write it on one of its rows"),
        ("", "column entry, language, question, answer is missing"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_written(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "s.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(CallError) as caught:
        convert(path, tmp_path / "made")
    assert said in str(caught.value)
    assert not (tmp_path / "made").exists()


def test_a_folder_that_holds_a_call_is_not_overwritten(sheet: Path, tmp_path: Path) -> None:
    convert(sheet, tmp_path / "made")
    with pytest.raises(CallError, match="is there already"):
        convert(sheet, tmp_path / "made")


def test_an_unambiguous_question_is_answered_from_a_sheet_too(sheet: Path, tmp_path: Path) -> None:
    convert(sheet, tmp_path / "made")
    decision = Matcher.of(load(tmp_path / "made")).match("zzz")
    assert not isinstance(decision, Answer)


def test_a_second_answer_is_named_and_not_dropped(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    path.write_text("entry,language,question,answer\na,fr,un,Oui.\na,fr,deux,Non.\n", "utf-8")
    with pytest.raises(CallError, match=r"s.csv:3: a second answer for a in fr; leave one of the two"):
        convert(path, tmp_path / "made")
