"""The drill of docs/operations.md: dump, restore into an empty cluster, audit, go on."""

import asyncio
import dataclasses
import subprocess
from collections import Counter
from pathlib import Path

import asyncpg
import pytest

from overture.store import embedded
from overture.store.embedded import binaries
from overture.store.embedded.account import server_account
from tests.e2e.conftest import Overture, Receiver, demo_body

pytestmark = [pytest.mark.process, pytest.mark.long]


async def _tables(url: str) -> int:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
    finally:
        await connection.close()


def test_a_restored_database_goes_on(
    overture: Overture, receiver: Receiver, sites: dict[str, str], tmp_path: Path
) -> None:
    """What was open at the backup is written and told once, what was told before is not; the audit is clean."""
    api, worker = overture.start("api"), overture.start("work")
    before = demo_body(sites, receiver.url)
    overture.complete(overture.submit(before))
    receiver.received.get(timeout=20)
    worker.end()
    opened = overture.submit(before | {"automation_tool_campaign_id": "open at the backup", "message_sequence": [
        {"step": 1, "messageType": "connection_request"}]})  # fmt: skip
    api.end()

    dump = tmp_path / "overture.dump"
    programs = _programs()
    source = overture.environment["OVERTURE_DATABASE_URL"]
    _run(programs.program("pg_dump"), "--format=custom", "--file", str(dump), _known_to_libpq(source))
    lease = embedded.start(tmp_path / "restored" / "postgresql", settings={"fsync": "off"})
    try:
        assert asyncio.run(_tables(lease.url)) == 0
        _run(
            programs.program("pg_restore"),
            "--exit-on-error",
            "--no-owner",
            "--dbname",
            _known_to_libpq(lease.url),
            str(dump),
        )
        restored = dataclasses.replace(
            overture, environment=overture.environment | {"OVERTURE_DATABASE_URL": lease.url}, processes=[]
        )
        restored.sound()
        try:
            restored.start("api")
            restored.start("work")
            restored.complete(opened)
            receiver.received.get(timeout=20)
        finally:
            for process in restored.processes:
                process.end()
        told = Counter(headers["webhook-id"] for headers, _ in receiver.all)
        assert sorted(told.values()) == [1, 1]
        restored.sound()
        audited = restored.command("audit")
        assert [found for found in audited["invariants"] if found["breaches"]] == []
    finally:
        lease.release()


def _known_to_libpq(url: str) -> str:
    """The address with the two slashes before an empty host, which libpq insists on."""
    return url if "://" in url else url.replace(":/", ":///", 1)


def _programs() -> binaries.Binaries:
    return binaries.find(None, server_account(), major=None)


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
