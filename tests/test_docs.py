"""What is written is true: the states drawn, the commands named, the links."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.rules import campaign
from bot.rules.outbox import TRANSITIONS
from bot.texts import Texts
from faq import Call
from faq.languages import ReplyLanguage
from handlers import COMMANDS
from handlers.commands import published

ROOT = Path(__file__).parents[1]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


def test_the_drawn_life_of_a_sending_is_the_one_in_the_code() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    drawn = set(re.findall(r"^    (\w+) --> (\w+)", text, re.MULTILINE))
    assert drawn == {(str(before), str(after)) for before, afters in TRANSITIONS.items() for after in afters}


def test_the_drawn_life_of_a_broadcast_is_the_one_in_the_code() -> None:
    text = (ROOT / "docs" / "staff.md").read_text("utf-8")
    drawn = set(re.findall(r"^    (\w+) --> (\w+)", text, re.MULTILINE))
    assert drawn == {(str(one), str(after)) for one, afters in campaign.TRANSITIONS.items() for after in afters}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_between_pages_leads_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    targets = [t for t in re.findall(r'\]\(([^)#]+)\)|src="([^"]+)"', text) for t in t if t and "://" not in t]
    assert [t for t in targets if not (page.parent / t).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_file_that_a_page_names_exists(page: Path) -> None:
    named = re.findall(r"`((?:faq|bot|handlers|tests|bench|docs)/[\w./-]*\w)`", page.read_text("utf-8"))
    assert [n for n in named if not (ROOT / n).exists()] == []


def test_every_published_command_has_a_handler_and_the_changelog_tells_of_it(call: Call) -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    for command in published(call, Texts(), ReplyLanguage.FR):
        assert (
            command.word in COMMANDS
            or any(command.word in {d.command, d.entry} for d in call.documents)
            or (command.word in call.entries)
        )
        assert f"/{command.word}" in changelog
