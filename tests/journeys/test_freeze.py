"""The emergency brake: nothing goes out but to the office, whatever happens meanwhile, until an owner lets it go on."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from bot.clock import MovableClock
from bot.sandbox import Person, Sandbox
from bot.settings import Settings
from bot.texts import Texts
from faq import Call, Matcher
from faq.languages import ReplyLanguage
from tests.conftest import running
from tests.journeys.watching import eventually, requests_to, rows, says_and_hears, settled, signed_up

pytestmark = pytest.mark.timeout(60)  # a chat takes five messages at once, then one a second


OWNER, STAFF = 11, 21
TEXTS = Texts()


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"owner_ids": frozenset({OWNER}), "staff_ids": frozenset({STAFF})})


def sentence(key: str, language: str) -> str:
    return TEXTS.plain(ReplyLanguage(language), key)


async def test_a_freeze_outlives_a_restart_and_lets_answers_wait_but_no_reminder_of_the_past_go_out(
    settings: Settings, sandbox: Sandbox, call: Call, clock: MovableClock, matcher: Matcher
) -> None:
    owner = sandbox.person("Owner", user_id=OWNER, language_code="ar")
    staff = sandbox.person("Staff", user_id=STAFF, language_code="en")
    async with running(settings, call, clock, matcher):
        await says_and_hears(owner, "/start")
        applicant = await signed_up(sandbox)
        assert (await says_and_hears(staff, "/freeze")).text == sentence("frozen", "en")
        await owner.hears(lambda message: message.text == sentence("frozen-news", "ar"))
        before = requests_to(sandbox, applicant.id)
        applicant.says("/help")
        await eventually(lambda: waiting(settings, applicant))
        clock.advance(timedelta(days=3, hours=6))  # over the steps of three days and of one day
        await eventually(lambda: len(waiting(settings, applicant)) == 2)
    async with running(settings, call, clock, matcher):
        assert (await says_and_hears(staff, "/freeze")).text == sentence("frozen", "en"), "the office is answered"
        assert (await says_and_hears(staff, "/unfreeze")).text == sentence("staff-denied", "en")
        clock.advance(timedelta(hours=20, minutes=20))  # into the last three hours: the step of one day is past its use
        await eventually(lambda: [step for _, step in waiting(settings, applicant)].count("3h"))
        assert requests_to(sandbox, applicant.id) == before
        owner.says("/unfreeze")
        await owner.hears(lambda message: message.text == sentence("unfrozen", "ar"))
        await applicant.hears(lambda message: message.text.startswith("Rappel"))
        await settled(sandbox, settings.database)
    assert requests_to(sandbox, applicant.id) == before + 2, "the answer, and the one reminder that still holds"


def waiting(settings: Settings, person: Person) -> list[tuple[str, str | None]]:
    return rows(settings.database, "SELECT kind, step FROM sendings WHERE chat_id = ? AND state = 'planned'", person.id)


async def test_an_unfreeze_without_a_freeze_says_so_and_a_second_freeze_keeps_the_first(
    bot: Sandbox, settings: Settings
) -> None:
    owner, staff = (bot.person("Office", user_id=number) for number in (OWNER, STAFF))
    assert (await says_and_hears(owner, "/unfreeze")).text == sentence("not-frozen", "fr")
    staff.says("/freeze")
    await owner.hears(lambda message: message.text == sentence("frozen-news", "fr"))
    assert (await says_and_hears(owner, "/freeze")).text == sentence("frozen", "fr")
    assert rows(settings.database, "SELECT by FROM freezes") == [(STAFF,)]
    assert (await says_and_hears(owner, "/unfreeze")).text == sentence("unfrozen", "fr")
    assert rows(settings.database, "SELECT by FROM freezes") == []
    acts = rows(settings.database, "SELECT who, act, json_extract(detail, '$.frozen_by') FROM audit ORDER BY id")
    assert acts == [(STAFF, "freeze", None), (OWNER, "freeze", None), (OWNER, "unfreeze", STAFF)]


@pytest.mark.parametrize("language", list(ReplyLanguage))
async def test_the_help_shows_everybody_what_they_may_do(bot: Sandbox, language: ReplyLanguage) -> None:
    owner, staff = (bot.person("Office", user_id=one, language_code=language) for one in (OWNER, STAFF))
    people = (owner, staff, bot.person("Applicant", language_code=language))
    told = [(await says_and_hears(one, "/help")).text for one in people]
    wanted = {"/deadline": [True, True, True], "/broadcasts": [True, True, False], "/audit": [True, False, False]}
    for word, seen in wanted.items():
        assert [word in text for text in told] == seen
    assert bot.world.commands[json.dumps({"chat_id": STAFF, "type": "chat"}, sort_keys=True), ""]
