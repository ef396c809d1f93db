"""An operator whose machine is a bad one: the real process is killed again and again while it sends to everybody."""

from __future__ import annotations

import pytest

from tests.storm import Forecast, new_seed, storm
from tests.verdict import Policy


@pytest.mark.slow
@pytest.mark.timeout(120)
async def test_ten_kills_during_a_reminder_lose_nobody_and_double_nobody_unsaid() -> None:
    forecast = Forecast(policy=Policy.REMINDER, people=1000, kills=10, seed=new_seed(), hurried=True)
    report = await storm(forecast)
    assert report.verdict.breaches == (), f"{forecast}\n{report.table()}"
    assert report.kills == forecast.kills
    assert report.verdict.marked > 0


@pytest.mark.slow
@pytest.mark.timeout(120)
async def test_five_kills_during_a_broadcast_repeat_nothing_and_name_everybody_who_may_have_got_nothing() -> None:
    forecast = Forecast(policy=Policy.BROADCAST, people=1500, kills=5, seed=new_seed())
    report = await storm(forecast)
    assert report.verdict.breaches == (), f"{forecast}\n{report.table()}"
    assert report.kills == forecast.kills
    assert report.verdict.held > 0
