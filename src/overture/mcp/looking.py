"""Tools that change nothing: sequences, credits, requests, messages, LinkedIn accounts."""

from typing import Any

import msgspec

from overture.domain import sequences
from overture.domain.campaigns.reviews import ReviewId
from overture.domain.errors import Invalid, NotFound
from overture.domain.revisions import MessageId
from overture.mcp.session import Declared, Session, Tools, id_of
from overture.mcp.writing import request_of
from overture.usecases import accounts, evidence, quotes, requests
from overture.usecases.campaigns import reviewing
from overture.usecases.linkedin import accounts as linkedin
from overture.usecases.linkedin import budgets as caps


def tools(session: Session) -> Tools:
    """Return the tools of this module."""
    services, shows = session.services, session.dialect.shows

    async def list_sequences(sequence_length: str = "", campaign_objective: str = "", cadence_profile: str = "",
                             saturated_markets: str = "") -> object:  # fmt: skip
        """List the preset sequences.

        Each filter may be empty: sequence_length is short, medium or long;
        campaign_objective brand_awareness, event_attendance or meeting; cadence_profile rapid, normal or long_term;
        saturated_markets true or false. The word default stands for a filter's default.
        """
        await session.caller()
        given = {
            "sequence_length": sequence_length,
            "campaign_objective": campaign_objective,
            "cadence_profile": cadence_profile,
            "saturated_markets": saturated_markets,
        }
        return shows.sequences(sequences.find({name: value for name, value in given.items() if value}))

    async def credits() -> object:
        """Show how many messages may still be written in this period."""
        return shows.credits(await accounts.check_credits(services, await session.caller()))

    async def preview_request(request: dict[str, Any]) -> object:
        """Tell what a request would cost and find, with warnings. Nothing is written or charged."""
        return shows.quote(await quotes.quote(services, await session.caller(), request_of(session, request)))

    async def show_request(request_id: str) -> object:
        """Show a request: its progress, its messages per lead, and why messages failed."""
        caller = await session.caller()
        return shows.request(await requests.retrieve(services, caller, id_of(request_id, "request")))

    async def show_message(message_id: str) -> object:
        """Show a message with the evidence of each claim: the quoted sentence and the page it stands on.

        message_id is REQUEST.LEAD.TYPE, or LEAD.STEP.ATTEMPT for a message in review.
        """
        caller = await session.caller()
        try:
            waiting = ReviewId.parse(message_id)
        except NotFound:
            return shows.message(await evidence.one(services, caller, MessageId.parse(message_id)))
        return shows.review_evidence(await reviewing.show(services, caller, waiting))

    async def linkedin_accounts() -> object:
        """List the LinkedIn accounts that can send: their state, and why one cannot."""
        caller = await session.caller()
        found = await linkedin.list_accounts(services, caller.account_id)
        return {"linkedin_accounts": msgspec.to_builtins(found)}

    async def budgets(linkedin_account_id: str) -> object:
        """Show what a LinkedIn account may still do today, this week and this month."""
        caller = await session.caller()
        own = await linkedin.show(services, id_of(linkedin_account_id, "LinkedIn account"))
        if own.account_id != caller.account_id:
            raise NotFound("no such LinkedIn account")
        return {"budgets": msgspec.to_builtins(await caps.budgets(services, own.id))}

    given = {"request": "request"}
    return (
        Declared(list_sequences, "Preset sequences", reads=True),
        Declared(credits, "Credits left", reads=True),
        Declared(preview_request, "What a request would cost", reads=True, schemas=given),
        Declared(show_request, "A request", reads=True),
        Declared(show_message, "A message and its evidence", reads=True),
        Declared(linkedin_accounts, "LinkedIn accounts", reads=True),
        Declared(budgets, "Budgets of a LinkedIn account", reads=True),
    )


def limit_of(limit: int, most: int = 100) -> int:
    """Check how many of a list are wanted."""
    if not 1 <= limit <= most:
        raise Invalid([f"limit must be a whole number from 1 to {most}"])
    return limit
