"""Tools that have messages written. What they write waits in Overture; nothing of it is sent."""

from dataclasses import replace
from typing import Any

from overture.domain.requests import GenerationRequest
from overture.domain.revisions import MessageId
from overture.mcp.session import NO_KEY, Declared, Session, Taken, Tools
from overture.usecases import requests, steering
from overture.usecases.campaigns import suppression

MOST_LEADS = 20
NOBODY = "http://nobody.invalid/"
FILLED = {
    "completion_notification_url": NOBODY,
    "automation_tool_customer_id": "mcp",
    "automation_tool_campaign_id": "mcp",
    "automation_tool_campaign_name": "mcp",
}
"""Fields of a request that a tool's caller may leave out."""


def request_of(session: Session, given: dict[str, Any]) -> GenerationRequest:
    """Read a request; raises Invalid with every mistake. Its completion is told to whom an address is given for."""
    request = session.dialect.reads.request({**FILLED, **given})
    nobody = request.completion_notification_url == NOBODY
    return replace(request, completion_notification_url="") if nobody else request


def tools(session: Session) -> Tools:
    """Return the tools of this module."""
    services, dialect = session.services, session.dialect

    async def request_messages(request: dict[str, Any]) -> object:
        """Have messages written for 1 to 20 leads. Each message costs one credit when it is written.

        The same request sent again is the same request. Ask show_request for the texts; nothing is sent to anybody.
        """
        accepted = await requests.submit(services, await session.caller(), request_of(session, request))
        return dialect.shows.accepted(accepted)

    async def regenerate_message(message_id: str, wish: dict[str, Any]) -> object:
        """Have another version of a written message written; it costs one credit. message_id is REQUEST.LEAD.TYPE."""
        caller, taken = await session.caller(), Taken()
        name, read = MessageId.parse(message_id), dialect.reads.wish(wish)
        await steering.regenerate(services, caller, name, read, NO_KEY, taken.by(dialect.shows.asked))
        return taken.body

    async def suppress_person(profile_url: str, reason: str = "") -> object:
        """Leave a person alone for good: nothing more is sent to them by any campaign. There is no way back."""
        caller = await session.caller()
        done = await suppression.suppress(services, caller.account_id, [profile_url], reason)
        return {"new": done.new, "total": done.total}

    return (
        Declared(request_messages, "Have messages written", repeatable=True, schemas={"request": "request"}),
        Declared(regenerate_message, "Have a message written anew", schemas={"wish": "wish"}),
        Declared(suppress_person, "Leave a person alone for good", destroys=True, repeatable=True),
    )
