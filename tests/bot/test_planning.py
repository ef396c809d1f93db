"""Planning against the database: for the deadline that holds there, at the moment each registration asks for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Generator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.current import CurrentCall
from bot.deadline import reminders
from bot.deadline.reminders import Planner
from bot.rules import plan
from bot.rules.plan import Purpose
from bot.store import Store, amendments, people, registrations
from bot.store.amendments import Proposal
from bot.store.instants import read
from faq import Call
from faq.deadline import Amendment, Deadline
from faq.languages import ReplyLanguage
from tests.bot.contract import DAY, Bot, at, the_call
from tests.conftest import OPEN

CALL, FR = the_call().id, ReplyLanguage.FR
HOUR = timedelta(hours=1)


def deadline_of(call: Call) -> Deadline:
    assert call.deadline is not None
    return call.deadline


END = deadline_of(the_call()).instant


@pytest.fixture
def bot(tmp_path: Path) -> Generator[Bot]:
    """Somebody registered eight days before the end."""
    bot = Bot(tmp_path / "g.db", END - 8 * DAY)
    bot.register(1, FR)
    yield bot
    bot.close()


def look_at(bot: Bot) -> datetime | str | None:
    """When the registration has to be looked at: a moment, "at once", or never (None)."""
    value = bot.db.execute("SELECT look_at FROM registrations").fetchone()[0]
    return value and read(value) if value != "" else "at once"


def planned(bot: Bot) -> list[tuple[str, int]]:
    return bot.db.execute("SELECT step, deadline_version FROM sendings ORDER BY id").fetchall()


def test_a_registration_is_looked_at_at_once_and_then_at_its_first_step(bot: Bot) -> None:
    assert look_at(bot) == "at once"
    bot.plan_all()
    assert look_at(bot) == END - 7 * DAY
    assert planned(bot) == []


def test_a_step_is_planned_when_it_is_reached_and_the_next_look_is_at_the_next_step(bot: Bot) -> None:
    bot.plan_all()
    bot.now = END - 7 * DAY - timedelta(microseconds=1)
    bot.plan_all()
    assert planned(bot) == []
    bot.now = END - 7 * DAY
    bot.plan_all()
    assert (planned(bot), look_at(bot)) == ([("7d", 1)], END - 3 * DAY)


def test_a_step_that_is_switched_off_is_not_looked_for(bot: Bot) -> None:
    bot.act(1, registrations.switch(CALL, 1, "7d", now=bot.now))
    assert look_at(bot) == "at once"
    bot.plan_all()
    assert look_at(bot) == END - 3 * DAY


def test_who_puts_it_off_is_looked_at_the_next_morning(bot: Bot) -> None:
    until = at(7, 17, 8)
    assert plan.later_at(bot.deadline, bot.now) == until, "09:00 in Morocco, UTC+1 that summer"
    bot.act(1, registrations.put_off(CALL, 1, until))
    bot.plan_all()
    assert look_at(bot) == until
    bot.now = until
    bot.plan_all()
    assert planned(bot) == [("later:2025-07-17T08:00", 1)]
    assert look_at(bot) == END - 7 * DAY


def test_who_handed_in_is_never_looked_at_but_after_a_change(bot: Bot) -> None:
    bot.act(1, registrations.has_submitted(CALL, 1))
    assert look_at(bot) == "at once"
    bot.plan_all()
    assert look_at(bot) is None
    assert bot.confirm(bot.propose(bot.deadline.local + 9 * DAY))
    assert look_at(bot) == "at once"
    bot.plan_all()
    assert planned(bot) == [("change", 2)]
    assert look_at(bot) is None


def test_who_registers_again_after_handing_in_is_looked_at_again(bot: Bot) -> None:
    bot.act(1, registrations.has_submitted(CALL, 1))
    bot.plan_all()
    bot.register(1, FR)
    bot.plan_all()
    assert look_at(bot) == END - 7 * DAY


def test_who_cannot_be_reached_is_not_looked_at_until_they_write_again(bot: Bot) -> None:
    bot.plan_all()
    bot.do(people.shut_out(CALL, 1))
    assert look_at(bot) is None
    assert bot.confirm(bot.propose(bot.deadline.local + 9 * DAY))
    assert look_at(bot) is None
    bot.act(1, lambda _: None)
    assert look_at(bot) == "at once"
    bot.plan_all()
    assert planned(bot) == [("change", 2)]


def test_a_change_has_everybody_looked_at_and_news_that_falls_in_the_night_waits_for_the_morning(bot: Bot) -> None:
    bot.plan_all()
    bot.now = at(7, 18, 22)
    assert bot.confirm(bot.propose(bot.deadline.local + 9 * DAY))
    bot.plan_all()
    assert planned(bot) == []
    assert look_at(bot) == at(7, 19, 8)


def test_nothing_is_planned_for_a_deadline_that_the_database_no_longer_has(bot: Bot) -> None:
    bot.now = END - 7 * DAY
    stale, reached = bot.deadline, plan.moments(bot.deadline, bot.call.steps)
    assert bot.confirm(bot.propose(bot.deadline.local + 9 * DAY))
    change = reminders.plan_some(CALL, stale, reached, now=bot.now, most=9)
    assert bot.do(change) == (0, 0)
    assert planned(bot) == []
    assert look_at(bot) == "at once", "or nobody would plan for the new one"


# The loop


@dataclass
class Planning:
    """The planner at work; ``woken`` is set when it planned something."""

    store: Store
    current: CurrentCall
    clock: MovableClock
    woken: asyncio.Event

    async def steps(self) -> list[str]:
        await self.woken.wait()
        self.woken.clear()
        return await self.store.read(lambda db: [row[0] for row in db.execute("SELECT step FROM sendings ORDER BY id")])

    async def register(self) -> None:
        await self.store.write(
            registrations.register(CALL, 1, Purpose.DEADLINE, FR, version=1, now=self.clock.now() - HOUR)
        )


@pytest.fixture
async def planning(tmp_path: Path, call: Call, clock: MovableClock) -> AsyncGenerator[Planning]:
    store = Store(tmp_path / "g.db")
    store.open()
    current = CurrentCall(call, store)
    await current.settle()
    woken = asyncio.Event()
    planner = Planner(store, clock, current, woken.set)
    current.on_change(planner.wake)
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(planner.run())
        yield Planning(store, current, clock, woken)
        task.cancel()
    await asyncio.to_thread(store.close)


async def change_the_deadline(planning: Planning) -> None:
    decided = Amendment(
        version=2,
        local=datetime(2025, 8, 7, 15),  # noqa: DTZ001  legal times are naive
        announced=OPEN.date(),
        source="u",
        decided_at=planning.clock.now(),
    )
    proposal = Proposal(
        id=1, base_version=1, local=decided.local, source="u", proposed_by=1, proposed_at=OPEN, code="1"
    )
    await planning.store.write(amendments.propose(CALL, proposal))
    await planning.store.write(amendments.apply(CALL, proposal, decided, by=2))
    await planning.current.refresh()


async def test_the_planner_wakes_when_the_deadline_changes(planning: Planning) -> None:
    await planning.register()
    await change_the_deadline(planning)
    assert await planning.steps() == ["change"], "at once, and not at the next minute's look"


async def test_the_planner_wakes_when_a_step_is_reached(planning: Planning) -> None:
    await planning.register()
    planning.clock.advance(deadline_of(planning.current.call).instant - planning.clock.now() - 3 * DAY + HOUR / 60)
    assert await planning.steps() == ["3d"]


async def test_a_planner_that_slept_for_days_plans_the_newest_step_only(planning: Planning) -> None:
    await planning.register()
    planning.clock.advance(deadline_of(planning.current.call).instant - planning.clock.now() - HOUR)
    assert await planning.steps() == ["3h"]
