"""What the house promises of itself: imports, sizes, settings, texts, and no fact of a call in code."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, visitor
from fluent.syntax import ast as ftl

from bot.buttons import Verb
from bot.settings import Settings
from bot.texts import TextError, Texts
from faq import Call, find, load
from faq.languages import ReplyLanguage
from handlers import PRESSES

ROOT = Path(__file__).parents[1]
SOURCES = sorted(path for house in ("bot", "faq", "handlers") for path in (ROOT / house).rglob("*.py"))
LONGEST_FILE, LONGEST_FUNCTION = 300, 40


def test_imports_point_one_way() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_file_can_be_read_at_one_sitting(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= LONGEST_FILE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{node.name} has {length} lines"


def test_every_setting_is_in_the_example_with_a_line_about_it_and_none_too_many() -> None:
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    named = {line.split("=")[0]: lines[n - 1] for n, line in enumerate(lines) if line and not line.startswith("#")}
    assert set(named) == {name.upper() for name in Settings.model_fields}
    assert all(comment.startswith("# ") for comment in named.values())
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in named if f"`{name}`" not in readme] == []


class _Variables(visitor.Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802  the library's name
        self.names.add(node.id.name)


def sentences(language: ReplyLanguage) -> dict[str, set[str]]:
    """Each sentence of a language with the variables that it needs."""
    files = sorted((ROOT / "bot" / "texts" / language).glob("*.ftl"))
    found: dict[str, set[str]] = {}
    for entry in [entry for file in files for entry in FluentParser().parse(file.read_text("utf-8")).body]:
        assert not isinstance(entry, ftl.Junk), entry.content
        if isinstance(entry, ftl.Message):
            variables = _Variables()
            variables.visit(entry)
            found[entry.id.name] = variables.names
    return found


@pytest.mark.parametrize("language", list(ReplyLanguage))
def test_every_sentence_stands_in_every_language_with_the_same_variables(language: ReplyLanguage) -> None:
    assert sentences(language) == sentences(ReplyLanguage.FR)


def test_every_sentence_is_said_somewhere() -> None:
    code = "".join(path.read_text("utf-8") for path in SOURCES)
    unsaid = [key for key in sentences(ReplyLanguage.FR) if f'"{key}"' not in code and not key.startswith("command-")]
    assert unsaid == []


def test_a_missing_sentence_or_variable_raises_instead_of_being_half_said() -> None:
    texts = Texts()
    with pytest.raises(TextError, match="no sentence 'nonsense'"):
        texts.say(ReplyLanguage.FR, "nonsense")
    with pytest.raises(TextError, match="group"):
        texts.say(ReplyLanguage.FR, "group")


def test_what_people_typed_is_escaped_in_a_sentence() -> None:
    assert "<script>" not in Texts().say(ReplyLanguage.EN, "group", title="<script>&")


def facts(call: Call) -> set[str]:
    """Values that only this call has."""
    values = {fact for texts in call.facts.values() for fact in texts.values()}
    values |= set(call.title.values()) | set(call.links.values())
    values |= {d.command for d in call.documents if len(d.command) > 4} | {"2025-07-24", "24 juillet", "mcinet"}
    return values


def test_no_fact_of_the_call_stands_in_code() -> None:
    texts = sorted((ROOT / "bot" / "texts").glob("*/*.ftl"))
    own = facts(load(find("clusters-2025")))
    held = [
        (path.relative_to(ROOT), fact)
        for path in [*SOURCES, *texts]
        for fact in own
        if re.search(rf"(?<!\w){re.escape(fact)}(?!\w)", path.read_text("utf-8"))
    ]
    assert held == []


def test_the_changelog_tells_of_the_present_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    top = re.search(r"^## \[([^\]]+)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert top is not None
    assert top[1] == version


def test_every_button_leads_to_a_handler() -> None:
    assert set(PRESSES) == set(Verb)
