"""The simulated LinkedIn: building 50,000 members, reads and sends, ninety days of 10,000 invitations.

Runs in a process of its own (``python -m benchmarks.linkedin``) and prints JSON, so that its memory is its own.
"""

import asyncio
import contextlib
import json
import resource
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from overture.adapters.rail_simulated import SimulatedRail, open_rail
from overture.domain.errors import RefusedByRail
from overture.domain.linkedin.accounts import Password, Session
from overture.domain.linkedin.actions import Invite
from overture.domain.linkedin.queries import ReadProfile, SearchProfiles, StandingWith, Window
from overture.simulator import urns
from overture.store import embedded

MEMBERS = 50_000
ACCOUNTS = 100
LEADS = 10_000
LIMITS = ("burst_actions", "invites_week", "invites_day", "pending", "views_day", "session_days")


async def _each(count: int, at_once: int, call: Callable[[int], Awaitable[object]]) -> float:
    """Calls a second, ``at_once`` in flight."""

    async def work(first: int) -> None:
        for number in range(first, count, at_once):
            await call(number)

    began = time.perf_counter()
    await asyncio.gather(*(work(first) for first in range(at_once)))
    return count / (time.perf_counter() - began)


async def _accounts(rail: SimulatedRail) -> list[Session]:
    for name in LIMITS:
        await rail.world.set_limit(name, 100_000 if name != "session_days" else 400)
    sessions: list[Session] = []
    for _ in range(ACCOUNTS):
        enrolled = await rail.world.enrol()
        session = await rail.sign_in(Password(enrolled.email, enrolled.password))
        assert isinstance(session, Session)
        sessions.append(session)
    return sessions


async def measure(url: str) -> dict[str, float]:
    """All figures, by name."""
    async with open_rail(url, size=8) as rail:
        began = time.perf_counter()
        await rail.world.create(7, MEMBERS)
        figures = {"build_s": time.perf_counter() - began}
        figures["build_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        sessions = await _accounts(rail)
        found = await rail.read(
            sessions[0], SearchProfiles(degrees=("3rd+",), with_state=True, window=Window(offset=200, count=1000))
        )
        urls = [member.profile_url for member in found.items]

        async def read(number: int) -> None:
            await rail.read(sessions[number % ACCOUNTS], ReadProfile(urls[number % 1000]))

        async def stand(number: int) -> None:
            await rail.read(sessions[number % ACCOUNTS], StandingWith(urls[number % 1000]))

        async def search(number: int) -> None:
            await rail.read(sessions[number % ACCOUNTS], SearchProfiles(keyword="sales manager"))

        sent = 0

        async def invite(number: int) -> None:
            nonlocal sent
            member = ACCOUNTS + 1 + number * 4
            with contextlib.suppress(RefusedByRail):  # some are connected already
                await rail.act(sessions[number % ACCOUNTS], Invite(urns.member(member)), str(number))
                sent += 1

        figures["profiles_s"] = await _each(1_000, 8, read)
        figures["standings_s"] = await _each(1_000, 8, stand)
        figures["searches_s"] = await _each(200, 8, search)
        figures["invites_s"] = await _each(LEADS, 8, invite)
        began = time.perf_counter()
        figures["happened"] = await rail.world.advance(timedelta(days=90))
        figures["advance_s"] = time.perf_counter() - began
        figures["sent"] = sent
    return figures


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        lease = embedded.start(Path(name) / "postgresql")
        try:
            sys.stdout.write(json.dumps(asyncio.run(measure(lease.url))))
        finally:
            lease.release()


if __name__ == "__main__":
    main()
