"""Job posts of an account: drafted, opened, closed; applicants come while they are open."""

from datetime import timedelta

from overture.domain.errors import NotFoundOnRail, RefusedByRail
from overture.domain.linkedin.actions import ActionReceipt, ActionState, CloseJob, CreateJob, PublishJob
from overture.simulator import urns
from overture.simulator.access import Viewer
from overture.simulator.behaviour import Behaviour, dice
from overture.simulator.db import Row, Tx
from overture.simulator.post_office import plan
from overture.simulator.words import speech

WORKPLACES = {"1": "on-site", "2": "remote", "3": "hybrid"}


async def find_company(tx: Tx, address: str) -> Row:
    """The company that an address, urn, number or universal name names.

    Raises:
        NotFoundOnRail: there is none.
    """
    number, slug = urns.parse_company(address)
    row = await tx.row("SELECT * FROM simulated.company WHERE id = $1 OR universal_name = $2", number, slug)
    if row is None:
        raise NotFoundOnRail("LinkedIn has no such company")
    return row


async def create(tx: Tx, viewer: Viewer, action: CreateJob) -> ActionReceipt:
    """Draft a job post for any company, as LinkedIn allows."""
    if not action.title.strip() or not action.html_description.strip():
        raise RefusedByRail("a job post needs a title and a description")
    company = await find_company(tx, action.company_url)
    number = await tx.value(
        "INSERT INTO simulated.job (poster, company_id, title, place, state, html_description, created_at,"
        " employment_status, workplace, skills, contact_email)"
        " VALUES ($1, $2, $3, $4, 'draft', $5, $6, $7, $8, $9, $10) RETURNING id",
        viewer.member,
        company["id"],
        action.title,
        action.place,
        action.html_description,
        viewer.now,
        action.employment_status,
        WORKPLACES.get(action.workplace, action.workplace),
        list(action.skills),
        action.contact_email,
    )
    return _done(number, "drafted")


async def publish(tx: Tx, viewer: Viewer, action: PublishJob) -> ActionReceipt:
    """Open a drafted job post; members apply over the following weeks."""
    number = await _own(tx, viewer, action.job_id, "draft")
    await tx.execute("UPDATE simulated.job SET state = 'open' WHERE id = $1", number)
    members = await tx.value("SELECT members FROM simulated.world")
    rng = dice(viewer.seed, viewer.member, number)
    applicants = rng.sample(range(1, members + 1), min(members, rng.randint(4, 15)))
    await plan(
        tx,
        [
            Behaviour(
                viewer.now + timedelta(hours=rng.uniform(1, 500)),
                "apply",
                viewer.member,
                applicant,
                number,
                rng.choice(speech.TOP_CHOICE) if rng.random() < 0.2 else None,
            )
            for applicant in applicants
            if applicant != viewer.member
        ],
    )
    return _done(number, "open")


async def close(tx: Tx, viewer: Viewer, action: CloseJob) -> ActionReceipt:
    """Close an open job post; nobody applies any more."""
    number = await _own(tx, viewer, action.job_id, "open")
    await tx.execute("UPDATE simulated.job SET state = 'closed' WHERE id = $1", number)
    return _done(number, "closed")


async def _own(tx: Tx, viewer: Viewer, job_id: str, state: str) -> int:
    row = await tx.row(
        "SELECT id, state FROM simulated.job WHERE id = $1 AND poster = $2 FOR UPDATE",
        urns.parse_number(job_id),
        viewer.member,
    )
    if row is None:
        raise NotFoundOnRail("the account has no such job post")
    if row["state"] != state:
        raise RefusedByRail(f"the job post is {row['state']}")
    return row["id"]


def _done(number: int, detail: str) -> ActionReceipt:
    return ActionReceipt(ActionState.SENT, (("job_id", str(number)),), detail)
