"""An erasure is killed at each of its places, and finished by who comes next."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest

from overture.usecases import sweep
from overture.usecases.campaigns import suppression
from tests.e2e.conftest import Receiver
from tests.gateway.conftest import Stage
from tests.rights.planting import plant
from tests.rights.test_erase import dump, traces
from tests.usecases.conftest import KEY, sound

KILLED = -9


def erase(url: str, stage: Stage, profile: str, fault: str) -> subprocess.CompletedProcess[str]:
    own = {
        "OVERTURE_DATABASE_URL": url,
        "OVERTURE_SECRET_KEYS": KEY,
        "OVERTURE_ENV": "test",
        "OVERTURE_LOG_LEVEL": "debug",
        "OVERTURE_FAULT": fault,
    }
    command = [sys.executable, "-m", "overture", "person", "erase", profile, "--account", str(stage.caller.account_id)]
    return subprocess.run([*command, "--json"], env=os.environ | own, capture_output=True, text=True, timeout=120)


@pytest.mark.process
@pytest.mark.long
async def test_a_killed_erasure_is_finished(
    stage: Stage, receiver: Receiver, sites: dict[str, str], database_url: str
) -> None:
    """e1: left alone; e2: what was under way has ended; e3: blanked, not committed. The sweep finishes it."""
    planted = await plant(stage, receiver, sites)
    database = stage.services.database
    for point in ("e1", "e2", "e3"):
        died = erase(database_url, stage, planted.profile, point)
        assert died.returncode == KILLED, died.stderr
        held = await dump(database)
        assert traces(held, ("canaryfirst",)), point
        assert len(held["erasure"]) == 1
        again = await suppression.suppress(stage.services, stage.caller.account_id, [planted.profile])
        assert (again.new, again.total) == (0, 1)
    row = await database.once("UPDATE erasure SET asked_at = asked_at - $1::interval RETURNING 1", timedelta(minutes=2))
    assert row
    await sweep.tidy(stage.services)
    assert traces(await dump(database), planted.words) == []
    after = erase(database_url, stage, planted.profile, "e4")
    assert after.returncode == KILLED
    done = erase(database_url, stage, planted.profile, "")
    assert done.returncode == 0, done.stderr
    assert '"total": 0' in done.stdout
    assert not [word for word in planted.words if word in (done.stderr + after.stderr).lower()]
    await sound(stage.services)
