"""Delivery against a far side that fails: nothing lost, nothing doubled unsaid."""

from __future__ import annotations

import json

from bot.sandbox import Sandbox


async def test_a_bad_gateway_leads_to_one_repeat_that_says_so(bot: Sandbox) -> None:
    person = bot.person("Lina")
    bot.faults.fail("sendmessage", status=502)
    person.says("/contact")
    answer = await person.hears()
    assert answer.text.startswith("(Message répété")
    assert "Adressez-vous à la" in answer.text


async def test_an_answer_lost_after_delivery_is_repeated_once_and_marked(bot: Sandbox) -> None:
    person = bot.person("Lina")
    bot.faults.drop_after("sendmessage")
    person.says("/contact")
    await person.hears(lambda m: not m.text.startswith("("))
    assert (await person.hears()).text.startswith("(Message répété")


async def test_an_answer_lost_twice_is_not_sent_a_third_time(bot: Sandbox) -> None:
    person = bot.person("Lina")
    bot.faults.drop_after("sendmessage", times=2)
    person.says("/contact")
    await person.hears()
    await person.hears()
    person.says("/deadline")
    await person.hears(lambda m: "au plus tard" in m.text)
    assert sum("Adressez-vous à la" in m.text for m in person.sees()) == 2


async def test_a_429_is_waited_out_and_nothing_is_lost(bot: Sandbox) -> None:
    person = bot.person("Lina")
    bot.faults.too_many_requests(1.2)
    person.says("/contact")
    answer = await person.hears(seconds=8)
    assert not answer.text.startswith("(")
    refusals = [name for name, _ in bot.api.calls].count("sendmessage")
    assert refusals <= 3, "the bot went on sending during the 429"


async def test_somebody_who_blocked_the_bot_is_left_alone_and_found_again(bot: Sandbox) -> None:
    person = bot.person("Lina")
    person.says("/contact")
    await person.hears()
    person.blocks()
    bot.world.push("message", {**next(iter(bot.world.chats[person.id].messages.values())), "text": "/deadline"})
    other = bot.person("Omar")
    other.says("/contact")
    await other.hears()
    person.blocks(blocked=False)
    person.says("/contact")
    assert (await person.hears()).from_bot


async def test_a_malformed_update_between_two_good_ones_is_set_aside(bot: Sandbox) -> None:
    first, last = bot.person("Lina"), bot.person("Omar")
    first.says("/contact")
    bot.inject({"message": "this is no message"})
    bot.inject({"message": {"message_id": "x", "chat": []}})
    bot.inject({"callback_query": {"id": 5}})
    bot.inject({"something_new": {"a": 1}})
    last.says("/contact")
    await first.hears()
    await last.hears()


async def test_the_same_update_twice_is_answered_once(bot: Sandbox) -> None:
    person = bot.person("Lina")
    update_id = person.says("/contact")
    raw = bot.world.updates.get(update_id) or json.dumps({"update_id": update_id})
    await person.hears()
    bot.world.push_raw(update_id, raw)
    person.says("/deadline")
    await person.hears(lambda m: "au plus tard" in m.text)
    assert sum("Adressez-vous à la" in m.text for m in person.sees()) == 1


async def test_a_group_that_became_a_supergroup_gets_its_answer_under_the_new_id(bot: Sandbox) -> None:
    lina = bot.person("Lina")
    old = bot.group("Old", [lina], chat_id=-77)
    new = bot.group("New", [lina], chat_id=-10077)
    old.migrated_to = new.id
    lina.says("/contact", chat=old.id)
    assert "Adressez-vous à la" in (await lina.hears(chat=new.id)).text
