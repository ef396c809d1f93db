"""The office announces on a bad day: a third of the readers are gone, Telegram has too much, the machine dies twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.broadcast_storm import Campaign, Forecast
from tests.storm import new_seed


@pytest.mark.slow
@pytest.mark.timeout(60)
async def test_the_report_is_that_of_the_far_side_whatever_happens(tmp_path: Path, cache: Path) -> None:
    forecast = Forecast(people=600, kills=2, floods=1, seed=new_seed(), cancels=True, rate=250)
    outcome = await Campaign(tmp_path, cache, forecast).rage()
    assert outcome.breaches == (), f"{forecast}\n{outcome}"
    assert (outcome.kills, outcome.stage) == (2, "cancelled")
    assert outcome.tally.cancelled + outcome.tally.missed > 0
