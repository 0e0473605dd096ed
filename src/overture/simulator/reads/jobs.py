"""An account's job posts, and who applied."""

from datetime import timedelta

from overture.domain.errors import NotFoundOnRail
from overture.domain.linkedin.objects import Candidate, File, Job, Slice
from overture.domain.linkedin.queries import CandidateFile, Candidates, Jobs
from overture.simulator import urns
from overture.simulator.access import Viewer
from overture.simulator.db import Tx
from overture.simulator.reads.people import profiles
from overture.simulator.reads.resume import resume
from overture.simulator.reads.windows import part


async def jobs(tx: Tx, viewer: Viewer, query: Jobs) -> Slice[Job]:
    """The account's own job posts, newest first, or the one that is asked for.

    Raises:
        NotFoundOnRail: the account has no such job post.
    """
    here = part(query.window)
    rows = await tx.fetch(
        "SELECT j.*, c.name, count(*) OVER () AS available FROM simulated.job j JOIN simulated.company c"
        " ON c.id = j.company_id WHERE j.poster = $1 AND ($2::bigint = 0 OR j.id = $2)"
        " ORDER BY j.created_at DESC, j.id OFFSET $3 LIMIT $4",
        viewer.member,
        _wanted(query.job_id),
        here.offset,
        here.count,
    )
    if query.job_id and not rows:
        raise NotFoundOnRail("the account has no such job post")
    items = [
        Job(
            id=str(row["id"]),
            title=row["title"],
            company=row["name"],
            place=row["place"],
            state=row["state"],
            url=urns.job_url(row["id"]),
            html_description=row["html_description"],
            created_at=row["created_at"],
            employment_status=row["employment_status"],
            workplace=row["workplace"],
            applicants=row["applicants"],
            skills=tuple(row["skills"]),
        )
        for row in rows
    ]
    return here.slice(items, rows[0]["available"] if rows else 0)


def _wanted(job_id: str) -> int:
    return (urns.parse_number(job_id) or -1) if job_id else 0


async def candidates(tx: Tx, viewer: Viewer, query: Candidates) -> Slice[Candidate]:
    """Who applied for a job of the account, by date.

    Raises:
        NotFoundOnRail: the account has no such job post.
    """
    here = part(query.window)
    job = await tx.value(
        "SELECT id FROM simulated.job WHERE id = $1 AND poster = $2", urns.parse_number(query.job_id), viewer.member
    )
    if job is None:
        raise NotFoundOnRail("the account has no such job post")
    rows = await tx.fetch(
        "SELECT a.*, count(*) OVER () AS available FROM simulated.application a JOIN simulated.member m"
        " ON m.id = a.member_id WHERE a.job_id = $1 AND (cardinality($2::text[]) = 0 OR a.rating = ANY($2))"
        " AND (cardinality($3::text[]) = 0 OR EXISTS (SELECT FROM unnest($3) AS l(place)"
        " WHERE position(l.place IN lower(m.location)) > 0))"
        " AND ($4::timestamptz IS NULL OR (SELECT min(started) FROM simulated.position p"
        " WHERE p.member_id = m.id) <= $4)"
        " ORDER BY CASE WHEN $5 THEN a.applied_at END, CASE WHEN NOT $5 THEN a.applied_at END DESC, a.id"
        " OFFSET $6 LIMIT $7",
        job,
        [rating.upper() for rating in query.ratings],
        [v.lower().strip() for v in query.locations if v.strip()],
        viewer.now - timedelta(days=365.25 * min(query.min_years, 100)) if query.min_years is not None else None,
        query.ascending,
        here.offset,
        here.count,
    )
    shown = await profiles(tx, viewer, [row["member_id"] for row in rows])
    items = [
        Candidate(
            application_id=str(row["id"]),
            profile=shown[row["member_id"]],
            rating=row["rating"],
            applied_at=row["applied_at"],
            top_choice_message=row["top_choice_message"],
        )
        for row in rows
    ]
    return here.slice(items, rows[0]["available"] if rows else 0)


async def candidate_file(tx: Tx, viewer: Viewer, query: CandidateFile) -> File:
    """The CV that came with an application, as PDF.

    Raises:
        NotFoundOnRail: no job of the account has such an application.
    """
    number = await tx.value(
        "SELECT a.member_id FROM simulated.application a JOIN simulated.job j ON j.id = a.job_id"
        " WHERE a.id = $1 AND j.poster = $2",
        urns.parse_number(query.application_id),
        viewer.member,
    )
    if number is None:
        raise NotFoundOnRail("no job post of the account has such an application")
    profile = (await profiles(tx, viewer, [number]))[number]
    return File(f"{profile.member.public_id}.pdf", "application/pdf", resume(profile))
