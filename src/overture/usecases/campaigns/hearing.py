"""What follows for campaigns from what happened on LinkedIn, in the transaction that stores it.

Happenings come late, twice and in any order. What has been drawn from one is not drawn again: each has one row, and
leads are moved by comparing first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from overture import queue
from overture.domain.campaigns.absence import away_until
from overture.domain.campaigns.events import AlertCode, CampaignEvent
from overture.domain.campaigns.replies import ClassBy, ReplyClass
from overture.domain.campaigns.reply_rules import classify_reply
from overture.domain.campaigns.states import HoldReason, LeadState, StopReason
from overture.domain.events import timestamp
from overture.domain.linkedin.accounts import SignInState
from overture.domain.linkedin.people import person_hash
from overture.store.campaigns import contacts, threads
from overture.store.campaigns.contacts import Contact
from overture.store.campaigns.threads import ThreadMessage
from overture.store.db import Tx
from overture.store.linkedin import accounts
from overture.store.linkedin.accounts import LinkedInAccount
from overture.store.linkedin.news import NewsRow
from overture.usecases.campaigns import holding, silencing, telling
from overture.usecases.campaigns.silencing import Silence
from overture.usecases.services import Services

MOST_TEXT = 20_000
AWAY_FROM = frozenset({LeadState.WRITING, LeadState.REVIEW, LeadState.READY, LeadState.WAITING, LeadState.HELD})
"""Where a lead is held for an absence: elsewhere nothing is about to be sent, or it is on its way."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A reply: what was said, and the lead that said it."""

    message: ThreadMessage
    lead: Contact
    now: datetime

    def told(self) -> dict[str, object]:
        """Return what events tell of it."""
        message = self.message
        return {
            "id": str(message.id),
            "at": timestamp(message.at),
            "class": str(message.kind),
            "class_why": message.class_why,
            "text": message.text,
        }


async def hear(tx: Tx, services: Services, row: NewsRow) -> list[queue.Entry]:
    """Draw what follows from a happening that is new; return the jobs. Happenings may come late and in any order."""
    account = await accounts.find(tx, row.linkedin_account_id)
    if account is None:
        return []
    now = services.clock.now()
    match row.kind:
        case "message":
            return await _message(tx, services, account, row, now)
        case "accepted_invitation":
            return await _accepted(tx, account, row, now)
        case "disconnection":
            return await _disconnected(tx, account, row, now)
        case _:
            return []


def _profile(member: object) -> str:
    return str(cast("dict[str, object]", member).get("profile_url", "")) if isinstance(member, dict) else ""


async def _message(
    tx: Tx, services: Services, account: LinkedInAccount, row: NewsRow, now: datetime
) -> list[queue.Entry]:
    text = str(row.body.get("message_text", ""))[:MOST_TEXT]
    person = person_hash(account.account_id, _profile(row.body.get("sender")))
    known = await contacts.of_people(tx, account.account_id, [person])
    found = classify_reply(text)
    about = [contact for contact in known if found.kind is ReplyClass.OPT_OUT or _is_answer(contact, row.at)]
    if not about:
        return []
    lead = max(about, key=_likelihood)
    message = ThreadMessage(
        id=row.id,
        account_id=account.account_id,
        linkedin_account_id=account.id,
        person=person,
        lead_id=lead.lead.id,
        campaign_id=lead.campaign.id,
        inbound=True,
        text=text,
        at=row.at,
        kind=found.kind,
        class_why=found.why,
        class_by=ClassBy.RULES,
    )
    if not await threads.add(tx, message):
        return []
    jobs = await _follow(tx, Heard(message, lead, now), about)
    if found.kind is ReplyClass.OTHER and services.model is not None and text.strip():
        jobs.append(queue.classify_reply(message.id))
    return jobs


def _is_answer(contact: Contact, at: datetime) -> bool:
    """Return whether a message can be an answer: the campaign had begun by then."""
    began = contact.campaign.started_at
    return began is not None and at >= began


def _likelihood(contact: Contact) -> tuple[bool, bool, datetime, UUID]:
    """Order the leads that a person is by which of them a reply is of: one under way, one written to, the latest."""
    position = contact.position
    return not contact.is_ended and position.step > 0, position.step > 0, position.moved_at, contact.lead.id


async def _follow(tx: Tx, heard: Heard, about: Sequence[Contact]) -> list[queue.Entry]:
    """Do what the class of a reply asks for."""
    lead, message = heard.lead, heard.message
    body: dict[str, object] = {"step": lead.position.step, "reply": heard.told()}
    jobs: list[queue.Entry] = []
    if message.kind is ReplyClass.OUT_OF_OFFICE:
        jobs += await telling.tell_lead(tx, lead.campaign, lead.lead, CampaignEvent.LEAD_REPLIED, body, heard.now)
        away = [contact for contact in about if contact.position.state in AWAY_FROM]
        until = max(away_until(message.text, message.at), heard.now)
        return jobs + await _away(tx, away, heard.now, until)
    await contacts.replied(tx, lead.lead.id, message.at)
    if message.kind is ReplyClass.OPT_OUT:
        jobs += await _opted_out(tx, heard)
    else:
        jobs += await telling.tell_lead(tx, lead.campaign, lead.lead, CampaignEvent.LEAD_REPLIED, body, heard.now)
        jobs += await telling.alert(tx, lead.campaign, AlertCode.REPLY, lead.campaign.id, {}, heard.now)
        _, told = await silencing.stop(tx, about, StopReason.REPLIED, heard.now)
        jobs += told
    return jobs + await _hold_company(tx, heard)


async def _away(tx: Tx, away: Sequence[Contact], now: datetime, until: datetime) -> list[queue.Entry]:
    """Hold until the person is back; who is held for another reason is left as it is."""
    free = [
        contact
        for contact in away
        if contact.position.state is not LeadState.HELD or contact.position.reason == HoldReason.OUT_OF_OFFICE
    ]
    return await holding.hold(tx, free, HoldReason.OUT_OF_OFFICE, now, wake_at=until)


async def _opted_out(tx: Tx, heard: Heard) -> list[queue.Entry]:
    """Leave the person alone for good. One event tells of it: that of the stop, or of the reply where all had ended."""
    lead = heard.lead
    asked = Silence(lead.campaign.account_id, [heard.message.person], "asked for it", StopReason.OPTED_OUT)
    told: list[queue.Entry] = []
    if lead.is_ended:
        body: dict[str, object] = {"step": lead.position.step, "reply": heard.told()}
        kind = CampaignEvent.LEAD_REPLIED
        told = await telling.tell_lead(tx, lead.campaign, lead.lead, kind, body, heard.now)
    _, entries = await silencing.silence(tx, asked, heard.now)
    return told + entries


async def _hold_company(tx: Tx, heard: Heard) -> list[queue.Entry]:
    """Hold the colleagues, in campaigns that ask for it."""
    lead = heard.lead.lead
    found = await contacts.of_company(tx, lead.account_id, lead.company_hash)
    others = [
        contact for contact in found if contact.campaign.definition.hold_company and contact.lead.person != lead.person
    ]
    return await holding.hold(tx, others, HoldReason.COMPANY_REPLIED, heard.now, by=lead.id)


async def _accepted(tx: Tx, account: LinkedInAccount, row: NewsRow, now: datetime) -> list[queue.Entry]:
    members = row.body.get("new_connections")
    profiles = [_profile(member) for member in cast("list[object]", members)] if isinstance(members, list) else []
    people = [person_hash(account.account_id, profile) for profile in profiles if profile]
    jobs: list[queue.Entry] = []
    at = min(row.at, now)
    for contact in await contacts.of_people(tx, account.account_id, people):
        position = contact.position
        if position.sender != account.id or position.accepted_at is not None:
            continue
        await contacts.accepted(tx, position.lead_id, at)
        await holding.connected(tx, [position], contact.campaign.definition, at)
        body: dict[str, object] = {"step": position.step, "accepted_at": timestamp(at)}
        jobs += await telling.tell_lead(tx, contact.campaign, contact.lead, CampaignEvent.LEAD_ACCEPTED, body, now)
    return jobs


async def _disconnected(tx: Tx, account: LinkedInAccount, row: NewsRow, now: datetime) -> list[queue.Entry]:
    restricted = account.state is SignInState.RESTRICTED
    code = AlertCode.RESTRICTED if restricted else AlertCode.DISCONNECTED
    body: dict[str, object] = {"linkedin_account": str(account.id), "detail": str(row.body.get("reason", ""))[:300]}
    jobs: list[queue.Entry] = []
    for campaign in await contacts.campaigns_of(tx, account.id):
        jobs += await telling.alert(tx, campaign, code, account.id, body, now)
    return jobs
