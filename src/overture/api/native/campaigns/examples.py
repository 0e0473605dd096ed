"""Worked examples of the campaign routes; the replies are built by the code that answers."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from overture.api.native.campaigns import fields, replies
from overture.api.native.campaigns.topic import EXAMPLE_ID
from overture.domain.campaigns.states import CampaignState, LeadState
from overture.usecases.campaigns.handling import LeadPage, LeadView
from overture.usecases.campaigns.ordering import CampaignPage, CampaignView

_MOMENT = datetime(2026, 1, 15, 10, 0, tzinfo=UTC)
_SENDER = UUID("7d0a1b94-3e30-4f10-9d7e-2f3b8d1c6a55")
SMALLEST: dict[str, object] = {
    item.name: item.example for item in fields.FIELDS if item.required or item.name == "sequence_id"
}
OWN_STEPS: dict[str, object] = {item.name: item.example for item in fields.FIELDS if item.name != "sequence_id"}


def _campaign(state: CampaignState, tally: dict[str, int] | None) -> CampaignView:
    order = fields.parse(OWN_STEPS)
    return CampaignView(
        id=EXAMPLE_ID,
        account_id=EXAMPLE_ID,
        customer_id=order.customer_id,
        name=order.name,
        state=state,
        reason="",
        definition=order.definition,
        leads=50,
        created_at=_MOMENT,
        started_at=None if state is CampaignState.DRAFT else _MOMENT,
        ended_at=None,
        tally=tally,
    )


def campaign(state: CampaignState = CampaignState.DRAFT) -> dict[str, object]:
    """A campaign."""
    tally = {"queued": 50} if state is CampaignState.DRAFT else {"queued": 12, "invited": 30, "waiting": 8}
    return replies.campaign(_campaign(state, tally))


def campaigns() -> dict[str, object]:
    """A page of campaigns."""
    return replies.campaigns(CampaignPage((_campaign(CampaignState.RUNNING, None),), (_MOMENT, EXAMPLE_ID)))


def _lead(state: LeadState) -> LeadView:
    return LeadView(
        id=EXAMPLE_ID,
        campaign_id=EXAMPLE_ID,
        key="lead_789",
        linkedin="https://www.linkedin.com/in/ada-example",
        first_name="Ada",
        last_name="Example",
        company="Example Analytics Ltd",
        job_title="Head of Operations",
        company_website_url="https://analytics.example.com",
        specified_url=None,
        state=state,
        step=1,
        reason={LeadState.HELD: "paused", LeadState.STOPPED: "by_hand"}.get(state, ""),
        sender=_SENDER,
        wake_at=None if state in {LeadState.HELD, LeadState.STOPPED} else _MOMENT + timedelta(days=21),
        moved_at=_MOMENT,
        accepted_at=None,
        replied_at=None,
    )


def lead(state: LeadState = LeadState.INVITED) -> dict[str, object]:
    """A lead."""
    return replies.lead(_lead(state))


def leads() -> dict[str, object]:
    """A page of leads."""
    return replies.leads(LeadPage((_lead(LeadState.INVITED),), 0))
