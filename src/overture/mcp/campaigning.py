"""Tools for campaigns. A campaign is run from here only where a person approves every message before it is sent."""

from typing import Any
from uuid import UUID

import msgspec

from overture.domain.accounts import Caller
from overture.domain.campaigns.definition import Approval, Definition, NotePolicy, OnFailure
from overture.domain.campaigns.states import CampaignState
from overture.domain.errors import Invalid
from overture.mcp.looking import limit_of
from overture.mcp.session import NO_KEY, Declared, Session, Taken, Tools, id_of
from overture.usecases.campaigns import importing, lifecycle, ordering, reporting, sheets
from overture.usecases.campaigns.importing import Listed

SAFE: dict[str, object] = {
    "approval": str(Approval.ALL),
    "notes": str(NotePolicy.ALWAYS),
    "blank_share": 0,
    "on_failure": str(OnFailure.STOP),
}
"""What an order has where it says nothing else: no lead gets anything that was not approved, not even an invitation
without a note."""

MOST_LEADS = 1_000


def check_reviewed(ordered: Definition) -> None:
    """Raise Invalid where something could leave that nobody has approved."""
    problems: list[str] = []
    if ordered.approval is not Approval.ALL:
        problems.append("approval must be all: from here, every message is approved before it is sent.")
    if ordered.connects:
        if ordered.notes is not NotePolicy.ALWAYS or ordered.blank_share:
            problems.append("notes must be always and blank_share 0: from here, no invitation leaves without a note.")
        if ordered.on_failure is not OnFailure.STOP:
            problems.append("on_failure must be stop: from here, no invitation leaves because its note failed.")
    if problems:
        raise Invalid(problems)


def tools(session: Session) -> Tools:
    """Return the tools of this module."""
    return (*_reading(session), *_ordering(session), *_running(session))


def _reading(session: Session) -> Tools:
    services, shows = session.services, session.dialect.shows

    async def list_campaigns(state: str = "", limit: int = 50) -> object:
        """List the campaigns, oldest first. state: draft, running, paused, finished, stopped or archived; or empty."""
        caller = await session.caller()
        if state and state not in set(CampaignState):
            raise Invalid([f"state must be one of: {', '.join(CampaignState)}"])
        wanted = CampaignState(state) if state else None
        return shows.campaigns(await ordering.list_own(services, caller, wanted, None, None, limit_of(limit)))

    async def show_campaign(campaign_id: str) -> object:
        """Show what a campaign was ordered to do, and how many leads stand in each state."""
        caller = await session.caller()
        return shows.campaign(await ordering.show(services, caller, id_of(campaign_id, "campaign")))

    async def campaign_report(campaign_id: str) -> object:
        """Show the measured effect of a campaign: what was sent, accepted and answered, with 95 % intervals."""
        caller = await session.caller()
        return msgspec.to_builtins(await reporting.report(services, id_of(campaign_id, "campaign"), caller))

    return (
        Declared(list_campaigns, "Campaigns", reads=True),
        Declared(show_campaign, "A campaign", reads=True),
        Declared(campaign_report, "A campaign's report", reads=True),
    )


async def _check_stored(session: Session, caller: Caller, campaign_id: UUID) -> None:
    check_reviewed((await ordering.show(session.services, caller, campaign_id)).definition)


def _ordering(session: Session) -> Tools:
    services, dialect = session.services, session.dialect

    async def create_campaign(order: dict[str, Any]) -> object:
        """Order a campaign as a draft; nothing is written or sent until it is started.

        Every message is approved before
        it is sent: approval is all; and where it invites, notes is always, blank_share 0 and on_failure stop.
        """
        caller, taken = await session.caller(), Taken()
        read = dialect.reads.order({**SAFE, **order})
        check_reviewed(read.definition)
        await ordering.create(services, caller, read, NO_KEY, taken.by(dialect.shows.campaign))
        return taken.body

    async def add_leads(campaign_id: str, leads: list[dict[str, Any]]) -> object:
        """Add 1 to 1000 leads to a campaign. Whoever is in it already, or is to be left alone, is left out and told.

        A lead has linkedin, first_name, last_name and company; and may have job_title, company_website_url,
        specified_url and lead_id.
        """
        caller, taken, chosen = await session.caller(), Taken(), id_of(campaign_id, "campaign")
        if not 1 <= len(leads) <= MOST_LEADS:
            raise Invalid([f"leads must be an array with 1 to {MOST_LEADS} leads"])
        await _check_stored(session, caller, chosen)
        people = Listed(lambda: sheets.rows_of_objects(leads))
        await importing.add(services, caller, chosen, people, NO_KEY, taken.by(dialect.shows.imported))
        return taken.body

    return (
        Declared(create_campaign, "Order a campaign", schemas={"order": "order"}),
        Declared(add_leads, "Add leads to a campaign", repeatable=True),
    )


def _running(session: Session) -> Tools:
    services, show = session.services, session.dialect.shows.campaign

    async def start_campaign(campaign_id: str) -> object:
        """Start a draft: its messages are written, one credit each, and wait for approval."""
        caller, taken, chosen = await session.caller(), Taken(), id_of(campaign_id, "campaign")
        await _check_stored(session, caller, chosen)
        await lifecycle.start(services, caller, chosen, NO_KEY, taken.by(show))
        return taken.body

    async def pause_campaign(campaign_id: str) -> object:
        """Begin nothing more until the campaign is resumed. Replies are still heard."""
        caller, taken = await session.caller(), Taken()
        await lifecycle.pause(services, caller, id_of(campaign_id, "campaign"), NO_KEY, taken.by(show))
        return taken.body

    async def resume_campaign(campaign_id: str) -> object:
        """Let a paused campaign go on. What was approved before may be sent."""
        caller, taken, chosen = await session.caller(), Taken(), id_of(campaign_id, "campaign")
        await _check_stored(session, caller, chosen)
        await lifecycle.resume(services, caller, chosen, NO_KEY, taken.by(show))
        return taken.body

    async def stop_campaign(campaign_id: str) -> object:
        """Stop a campaign, and every lead of it that has not ended, for good. There is no way back."""
        caller, taken = await session.caller(), Taken()
        await lifecycle.stop(services, caller, id_of(campaign_id, "campaign"), NO_KEY, taken.by(show))
        return taken.body

    return (
        Declared(start_campaign, "Start a campaign", repeatable=True),
        Declared(pause_campaign, "Pause a campaign", repeatable=True),
        Declared(resume_campaign, "Resume a campaign", repeatable=True),
        Declared(stop_campaign, "Stop a campaign for good", destroys=True, repeatable=True),
    )
