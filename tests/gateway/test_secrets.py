"""No secret of a LinkedIn account is logged, told or stored in the open; keys rotate under all of them."""

import asyncio
import base64
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import asyncpg

from overture.adapters.vault import Vault
from overture.domain.linkedin.accounts import Password
from overture.simulator.world import World
from overture.usecases.linkedin import accounts as linkedin
from overture.usecases.linkedin import sessions, signin
from overture.usecases.linkedin.signin import Challenged, SignedIn
from tests.e2e.conftest import KEY, Process
from tests.gateway.conftest import Stage
from tests.gateway.test_kill_points import world
from tests.linkup.conftest import Gateway as Server
from tests.linkup.conftest import environment, start, within
from tests.usecases.conftest import sound

NEW_KEY = base64.b64encode(b"another key of thirty-two bytes!").decode()


async def test_sessions_tokens_and_challenges_get_another_key(stage: Stage) -> None:
    """After re-sealing, the old key is needed for nothing; a value that a sign-in has replaced is left alone."""
    other = await stage.world.enrol(challenged=True)
    waiting = await signin.sign_in(stage.services, stage.caller, Password(other.email, other.password))
    assert isinstance(waiting, Challenged)
    both = replace(stage.services, vault=Vault([NEW_KEY, KEY]))
    assert await linkedin.reseal(both) == 3
    assert await linkedin.reseal(both) == 0
    after = replace(stage.services, vault=Vault([NEW_KEY]))
    who = await sessions.by_token(after, stage.caller.account_id, stage.token)
    assert await sessions.token_of(after, who.id) == stage.token
    code = (await stage.world.outbox(other.email))[0].code
    answer = await signin.verify(after, stage.caller, other.email, code)
    assert isinstance(answer, SignedIn)
    assert answer.token not in repr(answer)
    await sound(after)


def overture(settings: dict[str, str], *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "overture", *arguments]
    return subprocess.run(command, env=settings, capture_output=True, text=True, input=given, timeout=120, check=False)


async def _tables(url: str) -> bytes:
    """Every value of every table of ours as text; bytes also as they are, so that ciphertext is searched as well."""
    connection = await asyncpg.connect(url)
    try:
        names = await connection.fetch(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = 'public'"
        )
        found = b""
        for (name,) in names:
            for row in await connection.fetch(f"SELECT * FROM {name}"):
                for value in row:
                    found += value if isinstance(value, bytes) else str(value).encode()
                    found += b"\n"
        return found
    finally:
        await connection.close()


def test_no_secret_is_logged_or_stored_in_the_open(database_url: str, tmp_path: Path) -> None:
    """Sign-in with a challenge, actions, failures, news and commands, all at the log level debug."""

    async def people(opened: World) -> Any:
        await opened.create(7, 300)
        return [await opened.enrol(connections=10), await opened.enrol(challenged=True)]

    (person, challenged) = world(database_url, people)
    settings = environment(
        database_url,
        tmp_path / "data",
        log_level="debug",
        linkedin_client_id="id",
        linkedin_client_secret="canary-client-secret",
        linkup_rail_url="http://127.0.0.1:9",
        linkup_rail_key="canary-rail-key",
    )
    settings["PYTHONASYNCIODEBUG"] = "1"
    process, gateway = start(settings, tmp_path)
    keys = [next(gateway.keys) for _ in range(3)]
    bodies = []
    for email, password in ((person.email, person.password), (challenged.email, challenged.password)):
        bodies.append(gateway.call("POST", "/v1/auth/login", {"email": email, "password": password})[1])
    gateway.token = bodies[0]["login_token"]
    wrong = gateway.call("POST", "/v1/auth/verify", {"email": challenged.email, "code": "990099"})
    code = world(database_url, lambda opened: opened.outbox(challenged.email))[0].code
    verified = gateway.call("POST", "/v1/auth/verify", {"email": challenged.email, "code": code})[1]["login_token"]
    friend = gateway.data("/v1/network/connections", total_results=1)["connections"][0]["profile_url"]
    gateway.data("/v1/messages/send-message", linkedin_url=friend, message_text="Hello")
    world(database_url, lambda opened: opened.revoke(challenged.email))
    told = [wrong, gateway.call("POST", "/v1/profile/me", {"login_token": verified})]
    told += [
        gateway.call("POST", "/v1/profile/info", {"login_token": gateway.token, "linkedin_url": value})
        for value in ("\0", "x")
    ]
    process.end()
    session = within(settings, _session)
    printed = "".join(
        result.stdout + result.stderr
        for result in (
            overture(settings, "audit", "--json"),
            overture(settings, "doctor", "--json"),
            overture(settings, "linkedin", "accounts", "list", "--json"),
            overture(settings, "linkedin", "accounts", "list"),
            overture(settings, "account", "list", "--json"),
        )
    )
    logged = "".join(path.read_text(errors="replace") for path in tmp_path.rglob("*.log"))
    stored = asyncio.run(_tables(database_url))
    secrets = [
        person.password, challenged.password, code, gateway.token, verified, session, *keys, gateway.generation_key,
        "canary-client-secret", "canary-rail-key",
    ]  # fmt: skip
    assert '"ok": true' in printed
    assert "http.request" in logged
    for number, secret in enumerate(secrets):
        assert len(secret) >= 6
        assert secret not in logged, f"secret {number} is logged"
        assert secret not in printed, f"secret {number} is printed"
        assert secret not in json.dumps(told), f"secret {number} is told"
        assert secret.encode() not in stored, f"secret {number} is stored"


async def _session(services: Any) -> str:
    (view, *_) = await linkedin.list_accounts(services)
    return (await sessions.by_id(services, view.id)).session.secret


def test_the_command_rotates_keys(database_url: str, tmp_path: Path) -> None:
    """Both keys, reseal, the new key alone: the token still opens the session."""

    async def people(opened: World) -> Any:
        await opened.create(7, 300)
        return await opened.enrol(connections=10)

    person = world(database_url, people)
    settings = environment(database_url, tmp_path / "data")
    process, gateway = start(settings, tmp_path)
    credentials = {"email": person.email, "password": person.password}
    token = gateway.call("POST", "/v1/auth/login", credentials)[1]["login_token"]
    key = next(gateway.keys)
    process.end()
    result = overture(settings | {"OVERTURE_SECRET_KEYS": f"{NEW_KEY},{KEY}"}, "secrets", "reseal", "--json")
    assert json.loads(result.stdout)["resealed"] >= 2
    rotated = Process(["api"], settings | {"OVERTURE_SECRET_KEYS": NEW_KEY}, tmp_path / "rotated.log")
    again = Server(rotated.ready["url"], iter([key, key]), "")
    assert again.call("POST", "/v1/auth/login", credentials)[1]["login_token"] == token
    assert again.call("POST", "/v1/profile/me", {"login_token": token})[0] == 200
    rotated.end()
    refused = overture(settings | {"OVERTURE_SECRET_KEYS": KEY}, "secrets", "reseal", "--json")
    assert refused.returncode != 0
    assert token not in refused.stderr
