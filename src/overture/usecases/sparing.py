"""Nothing is written about people who are to be left alone: asked before the work, and again as it is stored."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from uuid import UUID

from overture.domain.linkedin.people import person_hash
from overture.domain.reasons import SUPPRESSED
from overture.domain.requests import Lead
from overture.store import suppression
from overture.store.db import ReadTx, Tx
from overture.store.messages import Outcome

Check = Callable[[Tx, Sequence[Outcome]], Awaitable[Sequence[Outcome]]]
"""Returns outcomes as they may be stored, in the transaction that stores them."""


async def as_they_are(_tx: Tx, outcomes: Sequence[Outcome]) -> Sequence[Outcome]:
    """Return the outcomes."""
    return outcomes


def refused(outcome: Outcome) -> Outcome:
    """Return what becomes of a message to somebody who is to be left alone: it fails, and costs nothing."""
    return Outcome(outcome.lead_idx, outcome.type, None, None, SUPPRESSED, "")


async def alone(tx: ReadTx, account_id: UUID, leads: Mapping[int, Lead]) -> frozenset[int]:
    """Return the indexes of leads who are to be left alone."""
    people = {idx: person_hash(account_id, lead.linkedin) for idx, lead in leads.items()}
    found = await suppression.among(tx, account_id, list(people.values()))
    return frozenset(idx for idx, person in people.items() if person in found)


def sparing(account_id: UUID, leads: Mapping[int, Lead]) -> Check:
    """Return a check that lets no text be stored for a lead who came to be left alone while it was written."""

    async def check(tx: Tx, outcomes: Sequence[Outcome]) -> Sequence[Outcome]:
        written = {outcome.lead_idx: leads[outcome.lead_idx] for outcome in outcomes if outcome.text is not None}
        spared = await alone(tx, account_id, written) if written else frozenset[int]()
        return [refused(outcome) if outcome.lead_idx in spared else outcome for outcome in outcomes]

    return check
