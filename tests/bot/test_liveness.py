"""Everybody gets everything that was promised, exactly once and when it was promised, as long as nothing fails."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.store import registrations
from faq.deadline import Deadline
from faq.languages import ReplyLanguage
from tests.bot.contract import DAY, PAUSE, Bot, the_call

STEPS = {
    "30d": 30 * DAY,
    "14d": 14 * DAY,
    "7d": 7 * DAY,
    "3d": 3 * DAY,
    "1d": DAY,
    "3h": timedelta(hours=3),
}
OFFSET = timedelta(hours=1)
"""Morocco's summer of 2025, in which all of this takes place."""

FIRST = datetime(2025, 6, 10, tzinfo=UTC)
minutes = st.integers(0, 40 * 24 * 60).map(lambda n: FIRST + timedelta(minutes=n))
_hours = st.sampled_from([0, 3, 8, 9, 12, 15, 18, 19, 23])
_minutes = st.sampled_from([0, 1, 30, 59])
deadlines = st.tuples(st.integers(20, 60), _hours, _minutes).map(
    lambda at: FIRST + timedelta(days=at[0], hours=at[1], minutes=at[2]) - OFFSET
)


@dataclass(frozen=True)
class Life:
    """When somebody registers, and leaves or hands in; which steps they switch off as they register."""

    registers_at: datetime
    off: frozenset[str]
    ends_at: datetime
    how: str


ways = st.sampled_from(["stop", "file"])
lives = st.builds(Life, minutes, st.frozensets(st.sampled_from(list(STEPS))), minutes, ways)
whole_lives = st.builds(Life, minutes, st.just(frozenset()), st.just(FIRST + 90 * DAY), st.just("stop"))

Moment = tuple[int, str, int, datetime]
"""A chat, what it gets, of which version of the deadline, and when."""


def may_be_written_to(moment: datetime, ends: list[datetime]) -> bool:
    return 9 <= (moment + OFFSET).hour < 19 or any(timedelta(0) < end - moment <= DAY for end in ends)


def first_hour(moment: datetime, end: datetime, before: datetime | None) -> datetime:
    """The first moment from ``moment`` on at which somebody may be written to."""
    if may_be_written_to(moment, [end, *([before] if before else [])]):
        return moment
    today = (moment + OFFSET).replace(hour=9, minute=0, second=0, microsecond=0) - OFFSET
    morning = today if today > moment else today + DAY
    return min(morning, end - DAY) if end - DAY > moment else morning


def promised(lives: list[Life], deadline: datetime, change: tuple[datetime, datetime] | None) -> list[Moment]:
    """What each person is promised; ``change``: from when on which deadline holds instead."""
    found: list[Moment] = []
    for chat_id, life in enumerate(lives, 1):
        holds = [(1, FIRST, deadline, None)]
        if change and change[0] < deadline:
            holds = [(1, FIRST, deadline, None), (2, change[0], change[1], deadline)]
        for version, since, end, before in holds:
            until = change[0] if version < len(holds) and change else end
            if not life.registers_at < until:
                continue
            told = max(life.registers_at, since)
            named = [(end - STEPS[name], name) for name in STEPS if name not in life.off and end - STEPS[name] >= told]
            if version == 2 and life.registers_at < since:
                found.append((chat_id, "change", 2, first_hour(since, end, before)))
            moments = [(chat_id, name, version, first_hour(at, end, before)) for at, name in named]
            found += [one for one in moments if one[3] < until]
    return [one for one in found if _is_there(lives[one[0] - 1], one)]


def _is_there(life: Life, one: Moment) -> bool:
    """Whether somebody still waits for a message: who left gets nothing, who handed in only the news."""
    return one[3] < max(life.ends_at, life.registers_at) or (life.how == "file" and one[1] == "change")


def live(bot: Bot, lives: list[Life], change: tuple[datetime, datetime] | None, until: datetime) -> None:
    """Everything that happens, each thing at its moment; the bot wakes when it says that it has to."""
    acts: list[tuple[datetime, int, int]] = [(change[0], 0, 0)] if change and change[0] < bot.deadline.instant else []
    acts += [(life.registers_at, 1, n) for n, life in enumerate(lives, 1)]
    acts += [(max(life.ends_at, life.registers_at), 2, n) for n, life in enumerate(lives, 1)]
    acts.sort()
    while bot.now < until:
        while acts and acts[0][0] == bot.now:
            _act(bot, lives, change, acts.pop(0))
        bot.plan_all()
        bot.send_all()
        look = registrations.next_look(bot.db, bot.call.id)
        soon = [look] if look and look > bot.now else []
        bot.now = min([*soon, *(act[0] for act in acts[:1]), bot.now + timedelta(hours=8)])


def _act(bot: Bot, lives: list[Life], change: tuple[datetime, datetime] | None, act: tuple[datetime, int, int]) -> None:
    _, kind, chat_id = act
    if kind == 0 and change:
        assert bot.confirm(bot.propose((change[1] + OFFSET).replace(tzinfo=None)))
    elif kind == 1 and not bot.deadline.is_over(bot.now):
        bot.register(chat_id, ReplyLanguage.FR)
        for step in lives[chat_id - 1].off:
            bot.act(chat_id, registrations.switch(bot.call.id, chat_id, step, now=bot.now))
    elif kind == 2 and chat_id in bot.chats:
        ending = registrations.unregister if lives[chat_id - 1].how == "stop" else registrations.has_submitted
        bot.act(chat_id, ending(bot.call.id, chat_id))


def ending_at(instant: datetime) -> Deadline:
    return Deadline(local=(instant + OFFSET).replace(tzinfo=None), zone="Africa/Casablanca", instant=instant)


@pytest.mark.slow
@pytest.mark.timeout(90)
@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.one_of(lives, whole_lives), min_size=1, max_size=4),
    deadlines,
    st.one_of(st.none(), st.tuples(minutes, st.integers(1, 30 * 24 * 60).map(lambda n: timedelta(minutes=n)))),
)
def test_everybody_gets_every_step_that_is_on_and_every_change_exactly_once_and_on_time(
    lives: list[Life], deadline: datetime, moved: tuple[datetime, timedelta] | None
) -> None:
    change = (moved[0], moved[0] + moved[1]) if moved and moved[0] + moved[1] != deadline else None
    with tempfile.TemporaryDirectory() as folder:
        bot = Bot(Path(folder) / "g.db", FIRST, replace(the_call(), deadline=ending_at(deadline)))
        live(bot, lives, change, FIRST + 91 * DAY)
        bot.close()
    got = Counter((one.chat_id, one.step, one.version, one.at) for one in bot.got)
    assert got == Counter(promised(lives, deadline, change))


@pytest.mark.parametrize("is_restarted", [False, True])
@pytest.mark.parametrize("wrong_by", [-400 * DAY, -2 * DAY, 2 * DAY, 20 * DAY, 40 * DAY, 400 * DAY], ids=str)
def test_a_clock_that_was_wrong_for_a_minute_costs_nobody_a_step(
    tmp_path: Path, wrong_by: timedelta, *, is_restarted: bool
) -> None:
    bot = Bot(tmp_path / "g.db", FIRST)
    bot.register(1, ReplyLanguage.FR)
    for moment in (FIRST + DAY, FIRST + DAY + wrong_by, FIRST + DAY + PAUSE):
        bot.now = moment
        if is_restarted:
            bot.kill()
        bot.plan_all()
    live(bot, [], None, bot.deadline.instant + DAY)
    bot.close()
    end = bot.deadline.instant
    assert [(one.step, end - one.at) for one in bot.got] == list(STEPS.items())
