"""Telling customers of their campaigns: events for the campaign's notification address, signed like all others.

A campaign without an address has no events: nothing is stored.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID, uuid5

import msgspec

from overture import queue
from overture.domain import events as domain_events
from overture.domain.campaigns.definition import Definition
from overture.domain.campaigns.events import AlertCode, CampaignEvent
from overture.domain.campaigns.states import StopReason
from overture.store import accounts, events, suppression
from overture.store.db import Tx

LAST_WORDS = frozenset({StopReason.OPTED_OUT, StopReason.SUPPRESSED})
"""The reasons of the one event that is still told about a person who is to be left alone."""


class Told(Protocol):
    """What of a campaign is needed here (``store.campaigns.orders.Campaign``)."""

    @property
    def id(self) -> UUID:
        """Its id."""
        ...

    @property
    def account_id(self) -> UUID:
        """The customer."""
        ...

    @property
    def name(self) -> str:
        """Its name."""
        ...

    @property
    def definition(self) -> Definition:
        """What was ordered."""
        ...


class ToldLead(Protocol):
    """What of a lead is needed here (``store.campaigns.leads.CampaignLead``)."""

    @property
    def id(self) -> UUID:
        """Its id."""
        ...

    @property
    def key(self) -> str:
        """The customer's id of it."""
        ...

    @property
    def person(self) -> bytes:
        """The hash of customer and profile."""
        ...

    @property
    def linkedin(self) -> str:
        """The profile's address."""
        ...


async def tell(
    tx: Tx,
    campaign: Told,
    kind: CampaignEvent,
    subject_id: UUID,
    body: Mapping[str, object],
    at: datetime,
) -> list[queue.Entry]:
    """Write an event in the transaction of what it tells; return the jobs. One a subject and kind, whatever is retried.

    ``body`` is put beside ``type``, ``at`` and ``campaign``.
    """
    url = campaign.definition.notification_url
    if not url:
        return []
    secrets = await accounts.secrets(tx, campaign.account_id)
    told = {
        "type": str(kind),
        "at": domain_events.timestamp(at),
        "campaign": {"id": str(campaign.id), "name": campaign.name},
        **body,
    }
    event = events.Event(
        id=uuid5(subject_id, kind),
        account_id=campaign.account_id,
        request_id=subject_id,
        kind=kind,
        url=url,
        body=msgspec.json.encode(told),
        triggered_at=at,
        state="pending" if secrets else "skipped",
        attempts=0,
        replays=0,
        next_attempt_at=None,
    )
    if await events.add(tx, event) and secrets:
        return [queue.deliver_event(event.id, 1)]
    return []


async def tell_lead(
    tx: Tx,
    campaign: Told,
    lead: ToldLead,
    kind: CampaignEvent,
    body: Mapping[str, object],
    at: datetime,
) -> list[queue.Entry]:
    """Tell of a lead: ``step`` in ``body`` where there is one, and for what was stopped or held its ``reason``.

    One a lead, kind, step and reason; a hold may come again, and is one a moment. Nothing is told about a person who is
    to be left alone, but that.
    """
    if not campaign.definition.notification_url:
        return []
    last = kind is CampaignEvent.LEAD_STOPPED and body.get("reason") in LAST_WORDS
    if not last and await suppression.holds(tx, campaign.account_id, lead.person):
        return []
    what = f"{kind}:{body.get('step', '')}:{body.get('reason', '')}"
    if kind in {CampaignEvent.LEAD_HELD, CampaignEvent.LEAD_REPLIED}:
        what += f":{domain_events.timestamp(at)}"
    named = {"id": str(lead.id), "lead_id": lead.key, "linkedin": lead.linkedin}
    return await tell(tx, campaign, kind, uuid5(lead.id, what), {"lead": named, **body}, at)


async def alert(
    tx: Tx, campaign: Told, code: AlertCode, about: UUID, body: Mapping[str, object], at: datetime
) -> list[queue.Entry]:
    """Tell what a person should see to; once a day (in UTC), campaign, code and ``about``, whose id it is."""
    subject = uuid5(campaign.id, f"{code}:{about}:{at.astimezone(UTC):%Y-%m-%d}")
    return await tell(tx, campaign, CampaignEvent.ALERT, subject, {"code": str(code), **body}, at)
