"""A request to move the deadline that can't be met: each gets its own sentence and a line in the record."""

from __future__ import annotations

import json

import pytest

from bot.sandbox import Person, Sandbox
from bot.settings import Settings
from tests.journeys.owning import LONGER, NOTICE, code_in
from tests.journeys.watching import rows, says_and_hears, settled, signed_up

OWNER, STAFF = 900001, 900010
USAGE = "/newdeadline 31/07/2025 15:00 https://"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"owner_ids": frozenset({OWNER}), "staff_ids": frozenset({STAFF})})


@pytest.fixture
def owner(bot: Sandbox) -> Person:
    return bot.person("Owner", user_id=OWNER)


def noted(settings: Settings) -> list[tuple[int, str]]:
    """Who was refused, and why."""
    lines = rows(settings.database, "SELECT who, act, detail FROM audit ORDER BY id")
    assert {act for _, act, _ in lines} <= {"change-deadline"}
    return [(who, json.loads(detail).get("refused")) for who, _, detail in lines]


async def nothing_came_of_it(bot: Sandbox, settings: Settings) -> bool:
    await settled(bot, settings.database)
    return not rows(settings.database, "SELECT 1 FROM proposals UNION ALL SELECT 1 FROM amendments")


@pytest.mark.parametrize(
    "case",
    [
        (f"31/02/2026 15:00 {NOTICE}", "« 31/02/2026 15:00 »", "amend-impossible"),
        (f"31/07/2025 25:00 {NOTICE}", "« 31/07/2025 25:00 »", "amend-impossible"),
        (f"31/07/2025 15:60 {NOTICE}", "« 31/07/2025 15:60 »", "amend-impossible"),
        (f"00/13/0000 15:00 {NOTICE}", "« 00/13/0000 15:00 »", "amend-impossible"),
        (f"22/03/2026 02:30 {NOTICE}", "« 2026-03-22 02:30 »", "amend-impossible"),
        (f"29/03/2026 02:30 Europe/Paris {NOTICE}", "« 2026-03-29 02:30 »", "amend-impossible"),
        (f"19/07/2025 15:00 {NOTICE}", "est déjà passé", "amend-past"),
        (
            f"31/07/2025 15:00 Mars/Olympus {NOTICE}",
            "Je ne connais pas le fuseau « Mars/Olympus »",
            "amend-unknown-zone",
        ),
        (f"31/07/2025 15:00 ../../etc {NOTICE}", "Je ne connais pas le fuseau", "amend-unknown-zone"),
        (f"31/07/2025 15:00 Africa {NOTICE}", "Je ne connais pas le fuseau « Africa »", "amend-unknown-zone"),
        ("31/07/2025 15:00", "Il faut l'adresse de l'avis officiel, une seule", "amend-no-address"),
        (
            f"31/07/2025 15:00 {NOTICE} {NOTICE}/2",
            "Il faut l'adresse de l'avis officiel, une seule",
            "amend-no-address",
        ),
        ("31/07/2025 15:00 ftp://example.org/avis", "Il faut l'adresse", "amend-no-address"),
        ("31/07/2025 15:00 https://avis", "Il faut l'adresse", "amend-no-address"),
        (f"31/07/2025 15:00 {NOTICE.replace('https', 'http')}", "Il faut l'adresse", "amend-no-address"),
        ("31/07/2025 15:00 https://x.ma<b>&", "Il faut l'adresse", "amend-no-address"),
        ("31/07/2025 15:00 https://..", "Il faut l'adresse", "amend-no-address"),
        ("31/07/2025 15:00 https://[avis.example.org", "Il faut l'adresse", "amend-no-address"),
        (f"24/07/2025 15:00 {NOTICE}", "C'est déjà ce qui vaut", "amend-same"),
        (f"24/07/2025 16:00 Europe/Paris {NOTICE}", "C'est déjà ce qui vaut", "amend-same"),
        (f"demain midi {NOTICE}", "Je ne lis pas de date et d'heure", "amend-no-date"),
        (f"31/07/2025 {NOTICE}", "Je ne lis pas de date et d'heure", "amend-no-date"),
        (f"15:00 {NOTICE}", "Je ne lis pas de date et d'heure", "amend-no-date"),
        (f"cancel now please {NOTICE}", "Je ne lis pas de date et d'heure", "amend-no-date"),
        (NOTICE, "Je ne lis pas de date et d'heure", "amend-no-date"),
        ("cancel", "Il faut l'adresse", "amend-no-address"),
        ("<b>31/07/2025</b> & 15:00", "Il faut l'adresse", "amend-no-address"),
        (f"31/07/2025 15:00 <i>x</i> {NOTICE}", "Je ne connais pas le fuseau « <i>x</i> »", "amend-unknown-zone"),
        ("", "Écrivez, par exemple", "amend-usage"),
    ],
)
async def test_what_can_not_be_done_is_said_and_written_down(
    bot: Sandbox, owner: Person, settings: Settings, case: tuple[str, str, str]
) -> None:
    request_, said, fault = case
    answer = await says_and_hears(owner, f"/newdeadline {request_}".strip())
    assert said in answer.text
    assert answer.text.count(USAGE) == 1, "how it is written right stands under every refusal, once"
    assert await nothing_came_of_it(bot, settings)
    assert noted(settings) == [(OWNER, fault)]


async def test_an_hour_that_comes_twice_is_refused_for_that_and_not_for_being_missing(
    bot: Sandbox, owner: Person, settings: Settings
) -> None:
    answer = await says_and_hears(owner, f"/newdeadline 15/02/2026 02:30 {NOTICE}")
    assert await nothing_came_of_it(bot, settings)
    assert noted(settings) == [(OWNER, "amend-impossible")]
    assert "deux fois" in answer.text, "the clocks go back for Ramadan that night"


@pytest.mark.parametrize(
    "request_",
    [
        f"31/07/2025 15:00 {NOTICE}",
        f"31.7.2025 15h {NOTICE}",
        f"2025-07-31 15H00 {NOTICE}",
        f"{NOTICE} 31/07/2025 15:00",
        f"31/07/2025\n15:00\n{NOTICE}",
        f"31/07/2025 15:00 Africa/Casablanca {NOTICE}",
        f"31/07/2025 16:00 Europe/Paris {NOTICE}",
        f"31/07/2025 14:00 UTC {NOTICE}",
        f"٣١/٠٧/٢٠٢٥ ١٥:٠٠ {NOTICE}",
    ],
)
async def test_the_same_date_may_be_written_in_many_ways(owner: Person, settings: Settings, request_: str) -> None:
    preview = await says_and_hears(owner, f"/newdeadline {request_}")
    assert "Nouvelle date : jeudi 31 juillet 2025 à 15:00 (heure du Maroc, UTC+1)" in preview.text
    assert rows(settings.database, "SELECT local, source FROM proposals") == [("2025-07-31T15:00:00", NOTICE)]


@pytest.mark.parametrize("length", [100, 400, 700, 950, 1500, 3500])
async def test_an_address_of_any_length_is_refused_or_reaches_everybody(
    bot: Sandbox, owner: Person, settings: Settings, length: int
) -> None:
    applicant = await signed_up(bot)
    answer = await says_and_hears(owner, f"/newdeadline 31/07/2025 15:00 {NOTICE}/{'a' * length}")
    assert "panne" not in answer.text
    if USAGE in answer.text:
        assert await nothing_came_of_it(bot, settings)
    else:
        assert "C'est fait" in (await says_and_hears(owner, code_in(answer))).text
        assert "Changement de la date limite" in (await applicant.hears()).text


async def test_an_address_is_shown_as_it_is_and_never_as_markup(owner: Person) -> None:
    preview = await says_and_hears(owner, f'/newdeadline 31/07/2025 15:00 {NOTICE}?a=1&b="><b>x</b>')
    assert f'Avis : {NOTICE}?a=1&b="><b>x</b>' in preview.text


@pytest.mark.parametrize("user_id", [STAFF, 4242])
async def test_who_is_no_owner_is_refused_whatever_they_write(bot: Sandbox, settings: Settings, user_id: int) -> None:
    person = bot.person("Not an owner", user_id=user_id)
    assert "Seul un propriétaire de ce guichet" in (await says_and_hears(person, LONGER)).text
    assert await nothing_came_of_it(bot, settings)
    assert noted(settings) == [(user_id, "amend-denied")]
    kept = rows(settings.database, "SELECT detail FROM audit")[0][0]
    assert "31/07/2025" not in kept, "what a stranger writes is nobody's to keep"


async def test_a_forwarded_request_is_not_the_owners_own_word(bot: Sandbox, owner: Person, settings: Settings) -> None:
    owner.forwards(LONGER, bot.person("Stranger"))
    assert "par un message que vous écrivez vous-même" in (await owner.hears()).text
    assert await nothing_came_of_it(bot, settings)
    assert noted(settings) == [(OWNER, "amend-private")]


async def test_a_request_through_another_bot_is_not_the_owners_own_word(
    bot: Sandbox, owner: Person, settings: Settings
) -> None:
    await says_and_hears(owner, "/contact")
    update_id = owner.says(LONGER)
    update = json.loads(bot.world.updates[update_id])
    update["message"]["via_bot"] = {"id": 77, "is_bot": True, "first_name": "Other", "username": "other_bot"}
    bot.world.push_raw(update_id, json.dumps(update))
    assert "par un message que vous écrivez vous-même" in (await owner.hears()).text
    assert await nothing_came_of_it(bot, settings)
    assert noted(settings) == [(OWNER, "amend-private")]


async def test_an_owner_is_sent_from_a_group_to_the_private_chat(
    bot: Sandbox, owner: Person, settings: Settings
) -> None:
    group = bot.group("Office", [owner])
    owner.says(LONGER, chat=group.id)
    assert "que dans une conversation privée avec moi" in (await owner.hears(chat=group.id)).text
    assert await nothing_came_of_it(bot, settings)
    assert noted(settings) == [(OWNER, "amend-private")]


async def test_an_owner_who_hides_behind_a_group_is_nobody(bot: Sandbox, owner: Person, settings: Settings) -> None:
    group = bot.group("Office", [owner])
    owner.says_as_group(LONGER, group.id)
    assert "Seul un propriétaire" in (await owner.hears(chat=group.id)).text
    assert await nothing_came_of_it(bot, settings)


async def test_an_edited_message_proposes_nothing(bot: Sandbox, owner: Person, settings: Settings) -> None:
    await says_and_hears(owner, "/newdeadline")
    mine = next(message for message in owner.sees() if not message.from_bot)
    owner.edits(mine.message_id, LONGER)
    assert await nothing_came_of_it(bot, settings)
    assert sum(message.from_bot for message in owner.sees()) == 1, "an edit is met with silence"
