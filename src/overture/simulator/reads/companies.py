"""Companies: one, by domain, by search; the labels of industries."""

from overture.domain.errors import NotFoundOnRail
from overture.domain.linkedin.objects import Company, Slice
from overture.domain.linkedin.queries import Industries, ReadCompany, ReadCompanyByDomain, SearchCompanies
from overture.simulator import urns
from overture.simulator.access import Viewer
from overture.simulator.acts.hiring import find_company
from overture.simulator.db import Row, Tx
from overture.simulator.reads.windows import part
from overture.simulator.words.careers import INDUSTRIES

YOUNG_YEARS = 3
"""A company counts as being founded until this old."""


def shown(row: Row) -> Company:
    """A company from its row."""
    return Company(
        urn=urns.company(row["id"]),
        universal_name=row["universal_name"],
        name=row["name"],
        url=urns.company_url(row["universal_name"]),
        tagline=row["tagline"],
        description=row["description"],
        website=f"https://{row['domain']}/",
        industry=row["industry"],
        size=row["size"],
        employees=row["employees"],
        followers=row["followers"],
        city=row["city"],
        country=row["country"],
        founded=row["founded"],
        logo_url=f"https://media.licdn.example/logos/{row['universal_name']}.png",
    )


async def company(tx: Tx, viewer: Viewer, query: ReadCompany) -> Company:
    """A company page."""
    del viewer
    return shown(await find_company(tx, query.company))


async def by_domain(tx: Tx, viewer: Viewer, query: ReadCompanyByDomain) -> Company:
    """The company whose website has this domain, with or without www."""
    del viewer
    domain = query.domain.strip().lower().removeprefix("https://").removeprefix("http://").removeprefix("www.")
    row = await tx.row("SELECT * FROM simulated.company WHERE domain = $1", domain.partition("/")[0])
    if row is None:
        raise NotFoundOnRail("no company has this domain")
    return shown(row)


async def search(tx: Tx, viewer: Viewer, query: SearchCompanies) -> Slice[Company]:
    """Companies that match all filters, those with most followers first."""
    here = part(query.window)
    rows = await tx.fetch(
        "SELECT c.*, count(*) OVER () AS available FROM simulated.company c"
        " WHERE ($1 = '' OR to_tsvector('simple', name || ' ' || tagline || ' ' || description || ' ' || industry)"
        " @@ plainto_tsquery('simple', $1))"
        " AND (cardinality($2::text[]) = 0 OR lower(city) = ANY($2) OR lower(country) = ANY($2) OR EXISTS"
        " (SELECT FROM simulated.member m WHERE m.company_id = c.id AND EXISTS (SELECT FROM unnest($2) AS l(place)"
        " WHERE position(l.place IN lower(m.location)) > 0)))"
        " AND (cardinality($3::text[]) = 0 OR lower(industry) = ANY($3))"
        " AND (cardinality($4::text[]) = 0 OR size = ANY($4))"
        " AND ($5::bool IS NULL OR (founded >= $6) = $5)"
        " ORDER BY followers DESC, id OFFSET $7 LIMIT $8",
        query.keyword,
        [v.lower().strip() for v in query.locations if v.strip()],
        [v.lower().strip() for v in query.industries if v.strip()],
        [v.strip() for v in query.sizes if v.strip()],
        query.founding,
        viewer.now.year - YOUNG_YEARS,
        here.offset,
        here.count,
    )
    return here.slice([shown(row) for row in rows], rows[0]["available"] if rows else 0)


async def industries(tx: Tx, viewer: Viewer, query: Industries) -> tuple[str, ...]:
    """The labels that industry filters take."""
    del tx, viewer, query
    return tuple(sorted(INDUSTRIES))
