"""A world is coherent, fictional, and the same for the same seed."""

from datetime import UTC, datetime

import asyncpg
import pytest

from overture.domain.errors import Invalid, Misconfigured
from overture.domain.linkedin.objects import Degree
from overture.domain.linkedin.queries import (
    Employees,
    FindPerson,
    JudgeAddress,
    ReadCompany,
    ReadContact,
    ReadProfile,
    SearchCompanies,
    SearchPosts,
    SearchProfiles,
    Window,
)
from overture.simulator.words.companies import KNOWN
from overture.simulator.world import World, open_world
from tests.rails.people import enter, meet


async def value(world: World, sql: str) -> object:
    async with world._pool.transaction() as tx:
        return await tx.connection.fetchval(sql)


@pytest.mark.parametrize(
    "broken",
    [
        "SELECT count(*) FROM simulated.position a JOIN simulated.position b ON b.member_id = a.member_id"
        " AND b.ord = a.ord + 1 WHERE b.ended IS NULL OR b.ended > a.started",
        "SELECT count(*) FROM simulated.position WHERE (ord = 0) <> (ended IS NULL)",
        "SELECT count(*) FROM simulated.position p JOIN simulated.company c ON c.id = p.company_id"
        " WHERE extract(year FROM p.started) < c.founded",
        "SELECT count(*) FROM simulated.position p JOIN simulated.member m ON m.id = p.member_id AND p.ord = 0"
        " WHERE p.title <> m.title OR p.company_id <> m.company_id",
        "SELECT count(*) FROM simulated.study s JOIN simulated.position p USING (member_id)"
        " WHERE s.ended > extract(year FROM p.started)",
        "SELECT count(*) FROM simulated.connection c WHERE NOT EXISTS"
        " (SELECT FROM simulated.connection d WHERE d.a = c.b AND d.b = c.a AND d.since = c.since)",
        "SELECT count(*) FROM simulated.post p WHERE reactions <> (SELECT count(*) FROM simulated.reaction r"
        " WHERE r.post_id = p.id) OR comments <> (SELECT count(*) FROM simulated.comment c WHERE c.post_id = p.id)",
        "SELECT count(*) FROM simulated.comment c JOIN simulated.post p ON p.id = c.post_id WHERE c.at < p.posted_at",
        "SELECT count(*) FROM simulated.job j WHERE applicants <> (SELECT count(*) FROM simulated.application a"
        " WHERE a.job_id = j.id)",
        "SELECT count(*) FROM simulated.company WHERE domain NOT LIKE '%.example' OR founded > 2026",
        "SELECT count(*) FROM simulated.member WHERE email NOT LIKE '%.example'",
        "SELECT count(*) FROM (SELECT company_id FROM simulated.member WHERE title IN ('Chief Executive Officer',"
        " 'Président-directeur général', 'Présidente-directrice générale') GROUP BY 1 HAVING count(*) > 1) c",
        "SELECT count(*) FROM simulated.member WHERE words @@ plainto_tsquery('simple', 'None')",
    ],
)
async def test_nothing_contradicts_itself(world: World, broken: str) -> None:
    assert await value(world, broken) == 0


async def test_no_company_has_a_well_known_name(world: World) -> None:
    async with world._pool.transaction() as tx:
        names = [row["name"] for row in await tx.fetch("SELECT name FROM simulated.company")]
    assert len(names) == len({name.split()[0] + name.split()[1] for name in names}) >= 60
    assert not any(name.split()[0].lower() in KNOWN for name in names)


async def test_both_languages_are_spoken(world: World) -> None:
    share = await value(world, "SELECT avg(french::int)::float FROM simulated.member")
    assert isinstance(share, float)
    assert 0.3 < share < 0.65
    assert await value(world, "SELECT count(*) FROM simulated.post WHERE text LIKE 'Nous recrutons chez%'")
    assert await value(world, "SELECT count(*) FROM simulated.post WHERE text LIKE 'We are hiring at%'")


async def digest(url: str) -> str:
    connection = await asyncpg.connect(url)
    try:
        return str(
            await connection.fetch(
                "SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM ("
                "SELECT m::text FROM simulated.member m UNION ALL SELECT c::text FROM simulated.connection c"
                " UNION ALL SELECT p::text FROM simulated.post p UNION ALL SELECT j::text FROM simulated.job j"
                " UNION ALL SELECT r::text FROM simulated.reaction r) AS x(t)"
            )
        )
    finally:
        await connection.close()


async def test_the_same_seed_gives_the_same_world_and_another_another(database_url: str) -> None:
    async with open_world(database_url) as world:
        assert not await world.exists()
        for call in (world.upgrade, world.now, world.enrol, world.stats):
            with pytest.raises(Misconfigured, match="create one first"):
                await call()
        with pytest.raises(Misconfigured):
            await world.door.read(None, SearchPosts())
        digests: list[str] = []
        for seed in (3, 3, 4):
            await world.create(seed, 300, starts_at=datetime(2026, 3, 1, tzinfo=UTC))
            digests.append(await digest(database_url))
        assert digests[0] == digests[1] != digests[2]
        assert (await world.stats())["members"] == 300
        await world.upgrade()
        for members in (0, 99, 10**7):
            with pytest.raises(Invalid):
                await world.create(1, members)
        await world.drop()
        assert not await world.exists()


async def test_the_products_tables_are_left_alone(database_url: str) -> None:
    """Creating and dropping a world changes nothing outside its schema."""
    connection = await asyncpg.connect(database_url)
    try:
        listing = (
            "SELECT table_schema, table_name FROM information_schema.tables"
            " WHERE table_schema NOT IN ('pg_catalog', 'information_schema', 'simulated') ORDER BY 1, 2"
        )
        before = await connection.fetch(listing)
        async with open_world(database_url) as world:
            await world.create(1, 200)
            assert await connection.fetch(listing) == before
            await world.drop()
        assert await connection.fetchval("SELECT to_regnamespace('simulated')") is None
    finally:
        await connection.close()


async def test_filters_of_a_search_hold_for_what_is_found(world: World) -> None:
    _, session = await enter(world)
    door = world.door
    anyone = (await door.read(session, SearchProfiles(window=Window(count=1)))).items[0]
    profile = await door.read(session, ReadProfile(anyone.profile_url))
    company, school = profile.positions[0].company_url, profile.studies[0].school
    for query in (
        SearchProfiles(first_name=anyone.first_name.upper(), last_name=anyone.last_name),
        SearchProfiles(companies=(company,), title=profile.positions[0].title),
        SearchProfiles(companies=("no-such-company", company), keyword=anyone.last_name),
        SearchProfiles(schools=(school,), first_name=anyone.first_name),
        SearchProfiles(locations=(anyone.location.split(",")[0],), first_name=anyone.first_name),
        SearchProfiles(industries=(profile.industry,), last_name=anyone.last_name),
    ):
        found = await door.read(session, query)
        assert anyone.urn in [m.urn for m in (await door.read(session, query)).items], query
        assert found.available is not None
        assert found.available < 2000
    for degree in (Degree.FIRST, Degree.SECOND, Degree.THIRD):
        found = await door.read(session, SearchProfiles(degrees=(degree.value,), window=Window(count=30)))
        assert {m.degree for m in found.items} == {degree}
    totals = [
        (await door.read(session, SearchProfiles(degrees=d))).available or 0
        for d in (("1st",), ("2nd",), ("3rd+",), ("1st", "2nd", "3rd+"))
    ]
    assert sum(totals[:3]) == totals[3] == 1999


async def test_companies_posts_and_addresses_are_found(world: World) -> None:
    door = world.door
    big = (await door.read(None, SearchCompanies(sizes=("51-200", "201-500"), window=Window(count=50)))).items
    assert {c.size for c in big} <= {"51-200", "201-500"}
    company = big[0]
    assert await door.read(None, ReadCompany(company.urn)) == company
    staff = (await door.read(None, Employees(company.name, window=Window(count=50)))).items
    assert staff
    deciders = (await door.read(None, Employees(company.name, decision_makers_only=True))).items
    assert {m.urn for m in deciders} <= {m.urn for m in staff}
    person = staff[0]
    assert (await door.read(None, FindPerson(person.first_name, person.last_name, company.name))).member == person
    recent = await door.read(None, SearchPosts(within_days=30, kind="image", window=Window(count=50)))
    assert {p.kind for p in recent.items} == {"image"}
    assert (await door.read(None, JudgeAddress("x@nowhere.invalid"))).verdict == "unknown"
    assert (await door.read(None, JudgeAddress("no address"))).verdict == "invalid"


async def test_only_connections_see_how_somebody_is_reached(world: World) -> None:
    _, session = await enter(world)
    stranger = (await meet(world, session)).strangers[0]
    assert (await world.door.read(session, ReadContact(stranger))).email is None
    friend = (await world.door.read(session, SearchProfiles(degrees=("1st",)))).items[0]
    email = (await world.door.read(session, ReadContact(friend.profile_url))).email
    assert email is not None
    assert (await world.door.read(None, JudgeAddress(email))).verdict == "valid"
