"""Passwords, codes and sessions."""

import asyncio
from datetime import timedelta

import pytest

from overture.domain.errors import NotAvailableOnRail, RefusedByRail, SessionExpired
from overture.domain.linkedin.accounts import Challenge, ChallengeAnswer, Named, Password, Session
from overture.domain.linkedin.queries import Me
from overture.simulator.world import Enrolled, World


async def challenged(world: World) -> tuple[Enrolled, Challenge, str]:
    enrolled = await world.enrol(challenged=True)
    challenge = await world.door.sign_in(Password(enrolled.email, enrolled.password))
    assert isinstance(challenge, Challenge)
    return enrolled, challenge, (await world.outbox(enrolled.email))[0].code


async def test_a_code_counts_once(world: World) -> None:
    _, challenge, code = await challenged(world)
    assert isinstance(await world.door.sign_in(ChallengeAnswer(challenge, code)), Session)
    with pytest.raises(RefusedByRail, match="used"):
        await world.door.sign_in(ChallengeAnswer(challenge, code))


async def test_one_of_many_answers_at_once_counts(world: World) -> None:
    _, challenge, code = await challenged(world)
    results = await asyncio.gather(
        *(world.door.sign_in(ChallengeAnswer(challenge, code)) for _ in range(8)), return_exceptions=True
    )
    assert sum(isinstance(r, Session) for r in results) == 1


async def test_a_code_lives_ten_minutes(world: World) -> None:
    _, challenge, code = await challenged(world)
    await world.advance(timedelta(minutes=10))
    with pytest.raises(RefusedByRail, match="expired"):
        await world.door.sign_in(ChallengeAnswer(challenge, code))


async def test_five_wrong_codes_end_a_challenge_even_at_once(world: World) -> None:
    _, challenge, code = await challenged(world)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    await asyncio.gather(
        *(world.door.sign_in(ChallengeAnswer(challenge, wrong)) for _ in range(9)), return_exceptions=True
    )
    with pytest.raises(RefusedByRail, match="too many"):
        await world.door.sign_in(ChallengeAnswer(challenge, code))


async def test_a_newer_code_voids_the_older(world: World) -> None:
    enrolled, challenge, code = await challenged(world)
    newer = await world.door.sign_in(Password(enrolled.email, enrolled.password))
    assert isinstance(newer, Challenge)
    with pytest.raises(RefusedByRail):
        await world.door.sign_in(ChallengeAnswer(challenge, code))
    assert isinstance(
        await world.door.sign_in(ChallengeAnswer(newer, (await world.outbox(enrolled.email))[0].code)), Session
    )


async def test_a_code_belongs_to_its_account_and_address(world: World) -> None:
    _, first, code = await challenged(world)
    _, second, _ = await challenged(world)
    with pytest.raises(RefusedByRail):
        await world.door.sign_in(ChallengeAnswer(second, code))
    with pytest.raises(RefusedByRail):
        await world.door.sign_in(ChallengeAnswer(Challenge(first.kind, first.state, second.sent_to), code))
    with pytest.raises(RefusedByRail):
        await world.door.sign_in(ChallengeAnswer(Challenge(first.kind, "no challenge", first.sent_to), code))


async def test_five_wrong_passwords_close_the_door_for_a_while(world: World) -> None:
    enrolled = await world.enrol()
    for _ in range(5):
        with pytest.raises(RefusedByRail, match="password is wrong"):
            await world.door.sign_in(Password(enrolled.email, "guess"))
    with pytest.raises(RefusedByRail, match="too many"):
        await world.door.sign_in(Password(enrolled.email, enrolled.password))
    await world.advance(timedelta(minutes=15))
    assert isinstance(await world.door.sign_in(Password(enrolled.email.upper(), enrolled.password)), Session)


@pytest.mark.parametrize("email", ["", "nobody@nowhere.example", "\0", "\ud800", "' OR 1=1 --"])
async def test_unknown_addresses_are_refused_alike(world: World, email: str) -> None:
    with pytest.raises(RefusedByRail, match="the e-mail address or the password is wrong"):
        await world.door.sign_in(Password(email, "\ud800\0"))


async def test_other_credentials_are_not_for_this_rail(world: World) -> None:
    with pytest.raises(NotAvailableOnRail):
        await world.door.sign_in(Named("https://www.linkedin.com/in/x/", "X", "x"))


async def test_a_session_ends_by_time_and_by_revocation(world: World) -> None:
    enrolled = await world.enrol()
    password = Password(enrolled.email, enrolled.password)
    first = await world.door.sign_in(password)
    assert isinstance(first, Session)
    await world.advance(timedelta(days=30))
    with pytest.raises(SessionExpired):
        await world.door.read(first, Me())
    second = await world.door.sign_in(password)
    assert isinstance(second, Session)
    assert second.secret != first.secret
    assert await world.revoke(enrolled.email)
    assert not await world.revoke(enrolled.email)
    with pytest.raises(SessionExpired):
        await world.door.read(second, Me())


async def test_neither_passwords_nor_tokens_are_stored(world: World) -> None:
    enrolled = await world.enrol()
    session = await world.door.sign_in(Password(enrolled.email, enrolled.password))
    assert isinstance(session, Session)
    async with world._pool.transaction() as tx:
        for table in await tx.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'simulated'"):
            rows = await tx.connection.fetch(f"SELECT t::text FROM simulated.{table['tablename']} t LIMIT 3000")
            assert not any(enrolled.password in r["t"] or session.secret in r["t"] for r in rows)
