"""What a person decides on a written message: to approve it, alone or with many, or to reject it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from overture.domain.accounts import Caller
from overture.domain.campaigns import progress
from overture.domain.campaigns.definition import Approval, Definition
from overture.domain.campaigns.events import CampaignEvent
from overture.domain.campaigns.flags import is_old
from overture.domain.campaigns.reviews import Objection, ReviewId, Then
from overture.domain.campaigns.states import CampaignState, Decision, LeadState, StopReason
from overture.domain.errors import Conflict, Forbidden, Invalid, NotFound
from overture.domain.messages import MessageType
from overture.store.campaigns import orders, pacing, positions, reviews
from overture.store.campaigns.orders import Campaign
from overture.store.campaigns.positions import Move
from overture.store.campaigns.reviews import Facing, Matching
from overture.store.db import ReadTx, Tx
from overture.usecases import accounts, idempotency
from overture.usecases.campaigns import telling
from overture.usecases.idempotency import Answer, Once
from overture.usecases.services import Services

MOST_IDS = 1_000
"""Messages that one call may name."""

MOST_MATCHING = 5_000
"""Messages that one call approves where it asks for all that match; ``left`` says how many are not looked at."""

PAGE = 500
MOST_REASON = 500
NOT_SEEN = "the message does not read so: look at it as it stands now"
OPERATOR = "cli"
"""Who has approved, where it was done by the operator's command and with no key."""

_GOES_ON = frozenset({CampaignState.RUNNING, CampaignState.PAUSED})
_STOPS = {Objection.SUPPRESSED: StopReason.SUPPRESSED, Objection.REPLIED: StopReason.REPLIED}


def needs_review(definition: Definition, flags: Sequence[str]) -> bool:
    """Return whether a person has to approve a written message that carries these flags before it is sent."""
    match definition.approval:
        case Approval.ALL:
            return True
        case Approval.FLAGGED:
            return bool(flags)
        case Approval.NONE:
            return False


@dataclass(frozen=True, slots=True)
class NotApproved:
    """A message that was not approved, and why."""

    id: ReviewId
    why: Objection


@dataclass(frozen=True, slots=True)
class Approved:
    """How an approval went. ``left`` counts messages that match and were not looked at: ask again."""

    approved: tuple[ReviewId, ...]
    not_approved: tuple[NotApproved, ...]
    left: int = 0


@dataclass(frozen=True, slots=True)
class Rejected:
    """What became of a lead whose message was rejected."""

    id: ReviewId
    then: Then
    state: LeadState


def who(caller: Caller) -> str:
    """Return the name under which a decision is kept: the key's id, or the operator."""
    return caller.key_id or OPERATOR


async def approve(
    services: Services,
    caller: Caller,
    which: Sequence[ReviewId] | Mapping[ReviewId, str] | Matching,
    how: Once,
    render: Callable[[Approved], bytes],
) -> Answer:
    """Approve messages in review: those named, or all that match. Each is checked again, and why one was not is told.

    Where texts are given with the names, they are what was seen: a message that reads otherwise approves none.
    Approved messages are sent as soon as hours, pace and budgets of their account allow. Whoever is suppressed or has
    replied is stopped here, and not only told.

    Raises:
        Invalid: nothing, or too much, is named.
        Conflict: a message does not read as it was seen.
        Conflict, Invalid: as ``idempotency.once`` says.
    """
    if not isinstance(which, Matching) and not 1 <= len(which) <= MOST_IDS:
        raise Invalid([f"ids must have 1 to {MOST_IDS} items"])

    async def work(tx: Tx) -> Approved:
        if isinstance(which, Matching):
            return await _approve_matching(services, tx, caller, which)
        if isinstance(which, Mapping):
            await _check_seen(tx, caller, which)
        return await _approve_named(services, tx, caller, list(dict.fromkeys(which)))

    return await idempotency.once(services, caller, how, work, render)


async def _check_seen(tx: Tx, caller: Caller, seen: Mapping[ReviewId, str]) -> None:
    for lead_id in await reviews.face(tx, caller.account_id, [text.lead_id for text in seen]):
        review = await reviews.find(tx, lead_id)
        if review is not None and review.id in seen and seen[review.id] != review.text:
            raise Conflict(NOT_SEEN)


async def _approve_matching(services: Services, tx: Tx, caller: Caller, which: Matching) -> Approved:
    there = await reviews.count(tx, which)
    done: list[ReviewId] = []
    against: list[NotApproved] = []
    after = None
    while len(done) + len(against) < MOST_MATCHING:
        found = await reviews.listed(tx, which, after, PAGE)
        if not found:
            break
        after = (found[-1].since, found[-1].lead_id)
        page = await _approve_named(services, tx, caller, [item.id for item in found])
        done += page.approved
        against += page.not_approved
    return Approved(tuple(done), tuple(against), max(0, there - len(done) - len(against)))


async def _approve_named(services: Services, tx: Tx, caller: Caller, ids: list[ReviewId]) -> Approved:
    now = services.clock.now()
    facing = await reviews.face(tx, caller.account_id, [text.lead_id for text in ids])
    campaigns = await orders.find_many(tx, list({item.campaign_id for item in facing.values()}))
    good: list[Facing] = []
    against: list[NotApproved] = []
    for text in ids:
        item = facing.get(text.lead_id)
        definition = campaigns[item.campaign_id].definition if item else None
        why = _objection(text, item, definition, now)
        if why is None and item is not None:
            good.append(item)
            del facing[text.lead_id]  # a lead that is named twice, by two texts, is decided on once
        elif why is not None:
            against.append(NotApproved(text, why))
    stops = [(facing[item.id.lead_id], _STOPS[item.why]) for item in against if item.why in _STOPS]
    await _stop(tx, stops, campaigns, now)
    approved = [ReviewId(item.lead_id, item.step, item.attempt) for item in good]
    await _make_ready(tx, good, now)
    await reviews.approve(tx, approved, who(caller), now)
    return Approved(tuple(approved), tuple(against))


def _objection(text: ReviewId, item: Facing | None, definition: Definition | None, now: datetime) -> Objection | None:
    """Why a message cannot be approved at this moment; None where it can."""
    if item is None or definition is None or (item.step, item.attempt) != (text.step, text.attempt):
        return Objection.GONE
    standing = _standing(item)
    if standing is None and is_old(item.type, item.fact_at, definition, now):
        return Objection.OLD
    return standing


def _standing(item: Facing) -> Objection | None:
    """What speaks against going on with a lead at all."""
    if item.suppressed:
        return Objection.SUPPRESSED
    if item.replied:
        return Objection.REPLIED
    return None if item.campaign_state in _GOES_ON else Objection.ENDED


async def _make_ready(tx: Tx, items: Sequence[Facing], now: datetime) -> None:
    moves = [Move(item.lead_id, LeadState.REVIEW, item.step, LeadState.READY, rank=item.rank) for item in items]
    await positions.move(tx, moves, now)
    await pacing.arm(tx, sorted({item.sender for item in items if item.sender}), now)


async def _stop(
    tx: Tx, items: Sequence[tuple[Facing, StopReason]], campaigns: Mapping[UUID, Campaign], now: datetime
) -> None:
    moves = [
        Move(item.lead_id, LeadState.REVIEW, item.step, LeadState.STOPPED, reason=reason) for item, reason in items
    ]
    await positions.move(tx, moves, now)
    for item, reason in items:
        body = {"step": item.step, "reason": str(reason)}
        await telling.enqueue_of(tx, campaigns[item.campaign_id], item.lead_id, CampaignEvent.LEAD_STOPPED, body, now)


async def reject(
    services: Services,
    caller: Caller,
    text: ReviewId,
    verdict: tuple[Then, str],
    how: Once,
    render: Callable[[Rejected], bytes],
) -> Answer:
    """Reject a message in review. ``verdict`` is what follows, and the reason, which is kept.

    Raises:
        NotFound, Forbidden: no such lead, or another account's.
        Conflict: the text is not in review any more, or the lead cannot go on; the sentence says which.
        Invalid: the reason is too long.
    """
    then, reason = verdict
    if len(reason) > MOST_REASON or "\0" in reason:
        raise Invalid([f"reason must be a text of at most {MOST_REASON} characters"])

    async def work(tx: Tx) -> Rejected:
        return await _reject(services, tx, caller, text, then, f"rejected by {who(caller)}: {reason}".rstrip(": "))

    return await idempotency.once(services, caller, how, work, render)


async def _reject(services: Services, tx: Tx, caller: Caller, text: ReviewId, then: Then, why: str) -> Rejected:
    now = services.clock.now()
    await owned(tx, caller, text)
    item = (await reviews.face(tx, caller.account_id, [text.lead_id])).get(text.lead_id)
    against = _objection_to_going_on(text, item, then)
    if item is None or against is not None:
        raise Conflict(SENTENCES[against or Objection.GONE])
    campaigns = await orders.find_many(tx, [item.campaign_id])
    if then is Then.REWRITE:
        await reviews.begin_again(tx, text, why)
        await positions.move(tx, [Move(item.lead_id, LeadState.REVIEW, item.step, LeadState.WRITING, wake_at=now)], now)
        return Rejected(text, then, LeadState.WRITING)
    if then is Then.STOP:
        await reviews.leave_out(tx, text, Decision.SKIPPED, why)
        await _stop(tx, [(item, StopReason.REJECTED)], campaigns, now)
        return Rejected(text, then, LeadState.STOPPED)
    if item.type is MessageType.CONNECTION_REQUEST:
        await reviews.leave_out(tx, text, Decision.BLANK, why)
        await _make_ready(tx, [item], now)
        return Rejected(text, then, LeadState.READY)
    campaign = campaigns[item.campaign_id]
    following = progress.left_out(campaign.definition, item.step, now)
    await reviews.leave_out(tx, text, Decision.SKIPPED, why)
    move = Move(item.lead_id, LeadState.REVIEW, item.step, following.after, wake_at=following.wake_at)
    await positions.move(tx, [move], now)
    if following.after is LeadState.FINISHED:
        await telling.enqueue_of(tx, campaign, item.lead_id, CampaignEvent.LEAD_FINISHED, {"step": item.step}, now)
    return Rejected(text, then, following.after)


def _objection_to_going_on(text: ReviewId, item: Facing | None, then: Then) -> Objection | None:
    if item is None or (item.step, item.attempt) != (text.step, text.attempt):
        return Objection.GONE
    return None if then is Then.STOP else _standing(item)


SENTENCES = {
    Objection.GONE: "the message is not in review any more",
    Objection.SUPPRESSED: "the person is to be left alone: stop the lead",
    Objection.REPLIED: "the lead has replied: stop the lead",
    Objection.ENDED: "the campaign has ended",
    Objection.OLD: "its pages were read too long ago: reject it, to have it written anew",
}
"""The objections in words."""


async def owner(services: Services, campaign_id: UUID) -> Caller:
    """Return the operator as a caller of the account that a campaign belongs to; raises NotFound."""
    async with services.database.reading() as tx:
        campaign = await orders.find(tx, campaign_id)
    if campaign is None:
        raise NotFound("no such campaign")
    return await accounts.acting_for(services, campaign.account_id)


async def owner_of_lead(services: Services, lead_id: UUID) -> Caller:
    """Return the operator as a caller of the account that a lead belongs to; raises NotFound."""
    async with services.database.reading() as tx:
        account_id = await reviews.account_of(tx, lead_id)
    if account_id is None:
        raise NotFound("no such message in review")
    return await accounts.acting_for(services, account_id)


async def owned(tx: ReadTx, caller: Caller, text: ReviewId) -> None:
    """Raise NotFound where there is no such lead, and Forbidden where it is another account's."""
    account_id = await reviews.account_of(tx, text.lead_id)
    if account_id is None:
        raise NotFound("no such message in review")
    if account_id != caller.account_id:
        raise Forbidden("the message belongs to another account")
