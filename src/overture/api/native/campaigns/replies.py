"""What the campaign routes answer about campaigns and leads."""

from collections.abc import Mapping
from datetime import datetime

from overture.api.contract import Schema
from overture.api.native.campaigns import fields
from overture.api.native.campaigns.topic import place
from overture.api.native.shapes import COUNT, ID, MOMENT, NO_TEXT, TEXT, closed, listed, one_of, or_null, ref
from overture.domain.campaigns import limits
from overture.domain.campaigns.definition import Definition
from overture.domain.campaigns.states import CampaignState, LeadState
from overture.domain.events import timestamp
from overture.usecases.campaigns.handling import LeadPage, LeadView
from overture.usecases.campaigns.ordering import CampaignPage, CampaignView

Body = dict[str, object]


def _moment(at: datetime | None) -> str | None:
    return timestamp(at) if at else None


def definition(ordered: Definition) -> Body:
    """An order, in the names in which it is given."""
    hours = ordered.hours
    return {
        "proposition_company_name": ordered.proposition_company_name,
        "proposition_company_url": ordered.proposition_company_url,
        "sequence_id": ordered.preset or None,
        "message_sequence": [
            {"messageType": step.type, "wait_time_after": limits.span(step.wait)} for step in ordered.steps
        ],
        "senders": [str(sender) for sender in ordered.senders],
        "tone_preference": ordered.tone,
        "signoff_name": ordered.signoff_name,
        "material_link": ordered.material_link,
        "hiring_location": ordered.hiring_location,
        "approval": ordered.approval,
        "notes": ordered.notes,
        "blank_share": ordered.blank_share,
        "on_failure": ordered.on_failure,
        "hold_company": ordered.hold_company,
        "accept_within": limits.span(ordered.accept_within),
        "withdraw": ordered.withdraw,
        "fact_age": limits.span(ordered.fact_age),
        "jobs_age": limits.span(ordered.jobs_age),
        "hours": {
            "zone": hours.zone,
            "begins": hours.begins.isoformat("minutes"),
            "ends": hours.ends.isoformat("minutes"),
            "days": sorted(hours.days),
        },
        "notification_url": ordered.notification_url or None,
    }


def campaign(shown: CampaignView) -> Body:
    """A campaign. ``tally`` is null in lists."""
    tally: Mapping[str, int] | None = shown.tally
    return {
        "id": str(shown.id),
        "name": shown.name,
        "automation_tool_customer_id": shown.customer_id,
        "state": shown.state,
        "reason": shown.reason,
        "leads": shown.leads,
        "tally": None if tally is None else {state: tally.get(state, 0) for state in LeadState},
        "created_at": timestamp(shown.created_at),
        "started_at": _moment(shown.started_at),
        "ended_at": _moment(shown.ended_at),
        "definition": definition(shown.definition),
    }


def campaigns(page: CampaignPage) -> Body:
    """A page of campaigns."""
    following = place(*page.following) if page.following else None
    return {"campaigns": [campaign(item) for item in page.campaigns], "next_cursor": following}


def lead(shown: LeadView) -> Body:
    """A lead, and where it stands."""
    return {
        "id": str(shown.id),
        "campaign_id": str(shown.campaign_id),
        "key": shown.key,
        "linkedin": shown.linkedin,
        "first_name": shown.first_name,
        "last_name": shown.last_name,
        "company": shown.company,
        "job_title": shown.job_title,
        "company_website_url": shown.company_website_url,
        "specified_url": shown.specified_url,
        "state": shown.state,
        "step": shown.step,
        "reason": shown.reason,
        "sender": str(shown.sender) if shown.sender else None,
        "wake_at": _moment(shown.wake_at),
        "moved_at": timestamp(shown.moved_at),
        "accepted_at": _moment(shown.accepted_at),
        "replied_at": _moment(shown.replied_at),
    }


def leads(page: LeadPage) -> Body:
    """A page of leads."""
    following = None if page.following is None else place(page.following)
    return {"leads": [lead(item) for item in page.leads], "next_cursor": following}


def _definition_schema() -> Schema:
    shown = [item for item in fields.FIELDS if item.own not in {"name", "customer_id"}]
    return closed(**{item.name: or_null(item.schema) if item.nullable else item.schema for item in shown})


COMPONENTS: dict[str, Schema] = {
    "CampaignOrder": fields.schema(),
    "CampaignChange": fields.schema(change=True),
    "Campaign": closed(
        id=ID,
        name=TEXT,
        automation_tool_customer_id=TEXT,
        state=one_of(CampaignState),
        reason=TEXT,
        leads=COUNT,
        tally=or_null(closed(**dict.fromkeys(LeadState, COUNT))),
        created_at=MOMENT,
        started_at=MOMENT,
        ended_at=MOMENT,
        definition=_definition_schema(),
    ),
    "CampaignPage": closed(campaigns=listed(ref("Campaign")), next_cursor=NO_TEXT),
    "CampaignLead": closed(
        id=ID,
        campaign_id=ID,
        key=TEXT,
        linkedin=TEXT,
        first_name=TEXT,
        last_name=TEXT,
        company=TEXT,
        job_title=NO_TEXT,
        company_website_url=NO_TEXT,
        specified_url=NO_TEXT,
        state=one_of(LeadState),
        step=COUNT,
        reason=TEXT,
        sender=or_null(ID),
        wake_at=MOMENT,
        moved_at=MOMENT,
        accepted_at=MOMENT,
        replied_at=MOMENT,
    ),
    "CampaignLeadPage": closed(leads=listed(ref("CampaignLead")), next_cursor=NO_TEXT),
}
