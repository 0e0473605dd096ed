"""Reading LinkedIn, in an account's name or without one."""

from typing import TypeVar

from overture.domain.errors import OverBudget, RailFailed
from overture.domain.linkedin import queries
from overture.domain.linkedin.accounts import RailName
from overture.domain.linkedin.actions import Budget
from overture.domain.linkedin.queries import Query
from overture.gateway import calling
from overture.store.linkedin import accounts, actions
from overture.store.linkedin.actions import Spending
from overture.usecases.linkedin.budgets import refusal_of
from overture.usecases.linkedin.sessions import Acting, note_failure
from overture.usecases.services import Services

T = TypeVar("T")


async def read(services: Services, who: Acting, query: Query[T]) -> T:
    """Answer a question in an account's name; reads of one account leave one after another.

    Raises:
        OverBudget: the question views a profile, and the account's views are spent.
        RailFailed: as the port documents; an ended session or a restriction is noted.
    """
    async with services.lanes.lane(who.id):
        viewed = _views(query)
        if viewed:
            await _spend_view(services, who)
        try:
            return await calling.read(who.rail, who.session, query)
        except RailFailed as error:
            await note_failure(services, who, error, (Budget.VIEWS,) if viewed else ())
            raise


async def read_data(services: Services, query: Query[T], *, test: bool = False) -> T:
    """Answer a question that needs no account, on the rail that new accounts get; in test mode on the simulated one.

    Raises:
        RailFailed: as the port documents.
    """
    rail = RailName.SIMULATED if test else services.policy.linkedin_rail
    return await calling.read(services.rails(rail), None, query)


def _views(query: object) -> bool:
    return isinstance(query, queries.ReadProfile | queries.ReadContact)


async def _spend_view(services: Services, who: Acting) -> None:
    """Count a view before it happens: LinkedIn counts it whether its answer reaches us or not."""
    now = services.clock.now()
    async with services.database.transaction() as tx:
        account = await accounts.lock(tx, who.id)
        refusal = await refusal_of(tx, account, (Budget.VIEWS,), now)
        if refusal:
            raise OverBudget(refusal)
        await actions.spend(tx, Spending(who.id, 1, None, "viewed a profile", now), [Budget.VIEWS])
