"""Profiles: one, one's own, by search, by name and company; contacts and recommendations."""

from collections.abc import Sequence

from overture.domain.errors import NotFoundOnRail
from overture.domain.linkedin.objects import Contact, Degree, Member, Position, Profile, Slice, Study
from overture.domain.linkedin.queries import (
    Employees,
    FindPerson,
    Me,
    ReadContact,
    ReadProfile,
    Recommendations,
    SearchProfiles,
)
from overture.simulator import members, urns
from overture.simulator.access import Viewer
from overture.simulator.acts.pace import check_views
from overture.simulator.db import Tx
from overture.simulator.reads.windows import part

DECIDERS = 3
"""The level from which people decide: managers, directors and the board."""


async def me(tx: Tx, viewer: Viewer, query: Me) -> Profile:
    """The account's own profile."""
    del query
    return (await profiles(tx, viewer, [viewer.member]))[viewer.member]


async def profile(tx: Tx, viewer: Viewer, query: ReadProfile) -> Profile:
    """A member's profile; with an account it counts as a view.

    Raises:
        Restricted: too many profiles were viewed within a day.
    """
    number = await members.resolve(tx, query.profile)
    if viewer.member and number != viewer.member:
        await check_views(tx, viewer)
    return (await profiles(tx, viewer, [number]))[number]


async def profiles(tx: Tx, viewer: Viewer, numbers: Sequence[int]) -> dict[int, Profile]:
    """Whole profiles, by number."""
    shown = await members.present(tx, viewer, numbers)
    rows = await tx.fetch(
        "SELECT m.id, m.summary, m.industry, m.country, m.skills,"
        " (SELECT count(*) FROM simulated.connection WHERE a = m.id) AS connections"
        " FROM simulated.member m WHERE m.id = ANY($1::bigint[])",
        list(numbers),
    )
    positions = await tx.fetch(
        "SELECT p.*, c.name, c.universal_name, c.size, c.city FROM simulated.position p JOIN simulated.company c"
        " ON c.id = p.company_id WHERE p.member_id = ANY($1::bigint[]) ORDER BY p.member_id, p.ord",
        list(numbers),
    )
    studies = await tx.fetch("SELECT * FROM simulated.study WHERE member_id = ANY($1::bigint[])", list(numbers))
    careers: dict[int, list[Position]] = {}
    for row in positions:
        careers.setdefault(row["member_id"], []).append(
            Position(
                title=row["title"],
                company=row["name"],
                company_url=urns.company_url(row["universal_name"]),
                started=f"{row['started']:%Y-%m}",
                ended=f"{row['ended']:%Y-%m}" if row["ended"] else None,
                description=row["description"],
                location=row["city"],
                company_size=row["size"],
            )
        )
    schools: dict[int, list[Study]] = {}
    for row in studies:
        schools.setdefault(row["member_id"], []).append(
            Study(row["school"], row["degree"], row["field"], str(row["started"]), str(row["ended"]))
        )
    return {
        row["id"]: Profile(
            member=shown[row["id"]],
            summary=row["summary"],
            industry=row["industry"],
            country=row["country"],
            positions=tuple(careers.get(row["id"], ())),
            studies=tuple(schools.get(row["id"], ())),
            skills=tuple(row["skills"]),
            connections=row["connections"],
        )
        for row in rows
    }


async def contact(tx: Tx, viewer: Viewer, query: ReadContact) -> Contact:
    """How a member may be reached: connections and oneself see address and phone, others only the website."""
    number = await members.resolve(tx, query.profile)
    shown = (await members.present(tx, viewer, [number]))[number]
    row = await tx.row(
        "SELECT m.email, m.phone, c.domain FROM simulated.member m JOIN simulated.company c ON c.id = m.company_id"
        " WHERE m.id = $1",
        number,
    )
    assert row is not None
    near = shown.degree in {Degree.SELF, Degree.FIRST}
    return Contact(
        shown.profile_url,
        row["email"] if near else None,
        row["phone"] if near else None,
        (f"https://{row['domain']}/",),
    )


async def search(tx: Tx, viewer: Viewer, query: SearchProfiles) -> Slice[Member]:
    """Members that match all filters, nearest names first come by id."""
    here = part(query.window)
    connected = await members.resolve(tx, query.connection_of) if query.connection_of else 0
    followed = await members.resolve(tx, query.follower_of) if query.follower_of else 0
    rows = await tx.fetch(
        "SELECT m.id, count(*) OVER () AS available FROM simulated.member m"
        " WHERE ($2 = '' OR m.words @@ plainto_tsquery('simple', $2))"
        " AND ($3 = '' OR lower(m.first_name) = lower($3)) AND ($4 = '' OR lower(m.last_name) = lower($4))"
        " AND ($5 = '' OR to_tsvector('simple', m.title) @@ plainto_tsquery('simple', $5))"
        " AND (cardinality($6::text[]) = 0 OR m.company_id IN (SELECT id FROM simulated.company WHERE"
        " universal_name = ANY($6) OR lower(name) = ANY($6) OR id::text = ANY($6)))"
        " AND (cardinality($7::text[]) = 0 OR m.id IN (SELECT p.member_id FROM simulated.position p JOIN"
        " simulated.company c ON c.id = p.company_id WHERE p.ended IS NOT NULL AND (c.universal_name = ANY($7)"
        " OR lower(c.name) = ANY($7) OR c.id::text = ANY($7))))"
        " AND (cardinality($8::text[]) = 0 OR EXISTS (SELECT FROM simulated.study s WHERE s.member_id = m.id"
        " AND (lower(s.school) = ANY($8) OR simulated.slug(s.school) = ANY($8))))"
        " AND (cardinality($9::text[]) = 0 OR EXISTS (SELECT FROM unnest($9) AS l(place)"
        " WHERE position(l.place IN lower(m.location)) > 0))"
        " AND (cardinality($10::text[]) = 0 OR lower(m.industry) = ANY($10))"
        " AND (cardinality($11::text[]) = 0 OR m.id IN (SELECT number FROM simulated.within($1, $11)))"
        " AND ($12 = 0 OR EXISTS (SELECT FROM simulated.connection c WHERE c.a = $12 AND c.b = m.id))"
        " AND ($13 = 0 OR EXISTS (SELECT FROM simulated.connection c WHERE c.a = $13 AND c.b = m.id))"
        " AND m.id <> $1 ORDER BY m.id OFFSET $14 LIMIT $15",
        viewer.member,
        " ".join(w for w in (query.keyword, query.first_name, query.last_name, query.title) if w),
        query.first_name,
        query.last_name,
        query.title,
        _names(query.companies, "company"),
        _names(query.past_companies, "company"),
        _names(query.schools, "school"),
        [v.lower().strip() for v in query.locations if v.strip()],
        [v.lower().strip() for v in query.industries if v.strip()],
        list(query.degrees),
        connected,
        followed,
        here.offset,
        here.count,
    )
    shown = await members.present(tx, viewer, [row["id"] for row in rows], with_state=query.with_state)
    return here.slice([shown[row["id"]] for row in rows], rows[0]["available"] if rows else 0)


def _names(values: Sequence[str], kind: str) -> list[str]:
    return [urns.name_of(value, kind) for value in values if value.strip()]


async def employees(tx: Tx, viewer: Viewer, query: Employees) -> Slice[Member]:
    """Who works at a company now, by its name, address or universal name, the highest first."""
    here = part(query.window)
    rows = await tx.fetch(
        "SELECT m.id, count(*) OVER () AS available FROM simulated.member m JOIN simulated.company c"
        " ON c.id = m.company_id WHERE (lower(c.name) = $1 OR c.universal_name = $1)"
        " AND (NOT $2 OR m.level >= $3) ORDER BY m.level DESC, m.id OFFSET $4 LIMIT $5",
        urns.name_of(query.company, "company"),
        query.decision_makers_only,
        DECIDERS,
        here.offset,
        here.count,
    )
    shown = await members.present(tx, viewer, [row["id"] for row in rows])
    return here.slice([shown[row["id"]] for row in rows], rows[0]["available"] if rows else 0)


async def recommendations(tx: Tx, viewer: Viewer, query: Recommendations) -> Slice[Member]:
    """Members whom many of the account's connections know."""
    here = part(query.window)
    rows = await tx.fetch(
        "SELECT y.b AS id, count(*) AS shared, count(*) OVER () AS available FROM simulated.connection x"
        " JOIN simulated.connection y ON y.a = x.b WHERE x.a = $1 AND y.b <> $1"
        " AND NOT EXISTS (SELECT FROM simulated.connection k WHERE k.a = $1 AND k.b = y.b)"
        " GROUP BY y.b ORDER BY shared DESC, y.b OFFSET $2 LIMIT $3",
        viewer.member,
        here.offset,
        here.count,
    )
    shown = await members.present(tx, viewer, [row["id"] for row in rows], with_state=True)
    return here.slice([shown[row["id"]] for row in rows], rows[0]["available"] if rows else 0)


async def find(tx: Tx, viewer: Viewer, query: FindPerson) -> Profile:
    """The person of this name at this company.

    Raises:
        NotFoundOnRail: nobody matches, or several do.
    """
    rows = await tx.fetch(
        "SELECT m.id FROM simulated.member m JOIN simulated.company c ON c.id = m.company_id"
        " WHERE lower(m.first_name) = lower($1) AND lower(m.last_name) = lower($2)"
        " AND (lower(c.name) = $3 OR c.universal_name = $3 OR c.domain = $3) LIMIT 2",
        query.first_name.strip(),
        query.last_name.strip(),
        urns.name_of(query.company, "company"),
    )
    if len(rows) != 1:
        raise NotFoundOnRail("several people match" if rows else "nobody of this name works there")
    number = rows[0]["id"]
    return (await profiles(tx, viewer, [number]))[number]
