"""Exporting: what the desk taught stands in the folder as if somebody had written it there, and nothing else moved."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faq import Call, CallError, load
from faq.__main__ import main
from faq.call import Phrasing
from faq.exporting import export
from faq.languages import Language, ReplyLanguage
from faq.lessons import DESK, WORD_FOR_WORD, Lesson, LessonKind, taught
from tests.conftest import TINY
from tests.journeys.port import port_folder

EN = ReplyLanguage.EN
KEPT = "# a note that has to stay\n"
ODD = 'un "titre" \\ {deadline}\nذو سطرين 🚢 """ \'\'\' # [x]\tétés'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = Path(shutil.copytree(TINY, tmp_path / "call"))
    for name in ("en.toml", "phrasings.toml"):
        (copy / name).write_text(KEPT + (copy / name).read_text("utf-8"), "utf-8")
    return copy


def plain(call: Call) -> object:
    """What a call says; in which order the phrasings of an entry stand means nothing."""
    return {
        key: (
            *(dict(texts) for texts in (entry.questions, entry.answers, entry.closed)),
            sorted((one.text, one.language, one.hand) for one in entry.phrasings),
        )
        for key, entry in call.entries.items()
    }


def same(one: Call, other: Call) -> bool:
    return plain(one) == plain(other)


def phrasings(*texts: str, hand: str = DESK, language: Language = Language.EN) -> tuple[Phrasing, ...]:
    return tuple(Phrasing(text, language, hand) for text in texts)


LESSONS = [
    Lesson(kind=LessonKind.ANSWER, entry="mooring", language=EN, text=ODD),
    Lesson(kind=LessonKind.QUESTION, entry="mooring", language=EN, text='"Mooring"'),
    Lesson(kind=LessonKind.CLOSED, entry="deadline", language=EN, text="It is over."),
    Lesson(kind=LessonKind.ANSWER, entry="reminders", language=EN, text="A domain's default, written anew. {steps}"),
    Lesson(kind=LessonKind.PHRASINGS, entry="mooring", phrasings=phrasings("tie up my dinghy", ODD)),
    Lesson(kind=LessonKind.PHRASINGS, entry="deadline", phrasings=phrasings("tide", hand=WORD_FOR_WORD)),
    Lesson(kind=LessonKind.PHRASINGS, entry="contact", phrasings=phrasings("متى", language=Language.ARY)),
    Lesson(
        kind=LessonKind.ENTRY, entry="own-1", questions={EN: "Dogs"}, answers={EN: "Yes."}, phrasings=phrasings("dogs")
    ),
    Lesson(kind=LessonKind.PHRASINGS, entry="own-1", phrasings=phrasings("tie up my dinghy", "my dog")),
    Lesson(kind=LessonKind.ANSWER, entry="gone", language=EN, text="of an entry that was taken out of the folder"),
]


@pytest.mark.timeout(60)
def test_the_folder_reads_back_as_the_call_that_was_taught_and_notes_stay(folder: Path, tmp_path: Path) -> None:
    made = export(folder, LESSONS, tmp_path / "next")
    assert same(made, taught(load(folder), LESSONS))
    assert not same(made, load(folder))
    assert (tmp_path / "next" / "en.toml").read_text("utf-8").startswith(KEPT)
    later = [Lesson(kind=LessonKind.PHRASINGS, entry="mooring", phrasings=phrasings("one more"))]
    assert same(export(tmp_path / "next", later, tmp_path / "again"), taught(made, later))


LIKE_TOML = 'Bring:\n[x] a rope\n[deadline]\nclosed = "never"\n[mooring]\nanswer = 1\n] # """ \'it\'s\nend'


def test_an_answer_whose_lines_look_like_tables_is_text_to_the_next_change(folder: Path, tmp_path: Path) -> None:
    said = [
        Lesson(kind=LessonKind.ANSWER, entry=entry, language=EN, text=LIKE_TOML) for entry in ("mooring", "deadline")
    ]
    made = export(folder, [*said, *LESSONS[1:]], tmp_path / "next")
    assert made.entries["mooring"].answers[EN] == made.entries["deadline"].answers[EN] == LIKE_TOML
    again = [Lesson(kind=LessonKind.CLOSED, entry="deadline", language=EN, text=LIKE_TOML), LESSONS[0]]
    (tmp_path / "again").mkdir()
    assert same(export(tmp_path / "next", again, tmp_path / "again"), taught(made, again))
    assert same(load(tmp_path / "again"), taught(made, again))


def test_an_export_that_fails_leaves_nothing_behind(folder: Path, tmp_path: Path) -> None:
    english = folder / "en.toml"
    others, _, _ = english.read_text("utf-8").partition("[mooring]")
    english.write_text('mooring = { question = "Mooring", answer = "Moor." }\n' + others, "utf-8")
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    with pytest.raises(CallError, match="next"):
        export(folder, LESSONS, tmp_path / "next")
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A call that is read in a moment, for it has nothing of the domain."""
    return port_folder(tmp_path_factory.mktemp("harbour"))


@settings(max_examples=40, deadline=None)
@given(texts=st.lists(st.text(min_size=1).map(str.strip).filter(bool), min_size=3, max_size=3))
def test_whatever_was_typed_survives(port: Path, tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    title, answer, asked = texts
    place = tmp_path_factory.mktemp("export")
    answer = answer.replace("{", "(").replace("}", ")")
    lessons = [
        Lesson(kind=LessonKind.QUESTION, entry="mooring", language=EN, text=title),
        Lesson(kind=LessonKind.ANSWER, entry="mooring", language=EN, text=answer),
        Lesson(kind=LessonKind.PHRASINGS, entry="mooring", phrasings=phrasings(asked)),
    ]
    assert [Lesson.from_json(one.to_json()) for one in lessons] == lessons
    assert same(export(port, lessons, place / "call"), taught(load(port), lessons))


def test_a_folder_that_holds_something_is_not_written_over(folder: Path) -> None:
    with pytest.raises(CallError, match="is not empty; choose an empty folder"):
        export(TINY, [], folder)


def test_a_folder_in_the_call_is_not_written_into(folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    with pytest.raises(CallError, match="lies in the call's own folder; choose a folder outside it"):
        export(folder, LESSONS, folder / "next" / "edition")
    assert sorted(folder.rglob("*")) == before


def test_an_entry_that_nobody_can_ask_for_any_more_is_named_with_what_to_do(port: Path, tmp_path: Path) -> None:
    texts = {EN: "Dogs"}
    lessons = [
        Lesson(kind=LessonKind.ENTRY, entry="own-1", questions=texts, answers=texts, phrasings=phrasings("dogs")),
        Lesson(kind=LessonKind.PHRASINGS, entry="mooring", phrasings=phrasings("Dogs?")),
    ]
    with pytest.raises(CallError, match=r"entry own-1 has lost all its phrasings .*; teach it another"):
        export(port, lessons, tmp_path / "next")


def test_the_command_writes_a_folder_from_a_file_of_lessons(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given_ = tmp_path / "lessons.jsonl"
    given_.write_text("\n".join(one.to_json() for one in LESSONS) + "\n", "utf-8")
    assert main(["export", str(tmp_path / "out"), "--call", str(folder), "--lessons", str(given_)]) == 0
    said = capsys.readouterr().out
    assert "9 lessons written in" in said
    assert "1 left out" in said
    assert "gone" in said
    given_.write_text("nonsense\n", "utf-8")
    assert main(["export", str(tmp_path / "out2"), "--call", str(folder), "--lessons", str(given_)]) == 1
