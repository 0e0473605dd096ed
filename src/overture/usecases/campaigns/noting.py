"""What the senders of a campaign can still take on: first steps that wait to be sent, and notes of this month."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from overture.domain.campaigns.notes import affordable
from overture.domain.linkedin.accounts import SignInState
from overture.domain.linkedin.actions import Budget
from overture.domain.linkedin.budgets import NOTE_UNITS, Cap, Spent
from overture.store.campaigns import orders, positions
from overture.store.campaigns.orders import Campaign
from overture.store.campaigns.positions import Begun
from overture.store.db import ReadTx
from overture.store.linkedin import accounts, actions
from overture.store.linkedin.accounts import LinkedInAccount
from overture.usecases.linkedin.budgets import caps_of, hours_of


@dataclass(frozen=True, slots=True)
class Seat:
    """A connected sender. ``room`` is how many more leads it can begin with, ``notes`` how many of them get a note.

    None: as many as there are. ``a_day`` is how many first steps it sends on a day at most, None without a limit.
    """

    sender: UUID
    room: int | None
    notes: int | None
    a_day: int | None


async def seats(tx: ReadTx, campaign: Campaign, at: datetime) -> list[Seat]:
    """Return the campaign's senders that are connected, in the order in which they were named.

    What is written now is to be sent before its facts are too old, or it would be paid twice: so a sender takes on
    what its caps allow within the campaign's ``fact_age``, less what waits already, in whatever campaign.
    """
    named = [await accounts.find(tx, sender) for sender in await orders.senders(tx, campaign.id)]
    connected = [one for one in named if one is not None and one.state is SignInState.CONNECTED]
    begun = await positions.begun(tx, [one.id for one in connected])
    return [await _seat(tx, campaign, one, begun.get(one.id, Begun()), at) for one in connected]


async def _seat(tx: ReadTx, campaign: Campaign, account: LinkedInAccount, begun: Begun, at: datetime) -> Seat:
    caps, ordered = caps_of(account, at), campaign.definition
    cap = caps.get(Budget.INVITES if ordered.connects else Budget.MESSAGES, Cap())
    hours = hours_of(account)
    days = ordered.hours.days & hours.days if hours else ordered.hours.days
    most = affordable(cap, ordered.fact_age, max(1, len(days)))
    month = caps.get(Budget.NOTES, Cap()).month
    notes = None
    if month is not None:
        spent = (await actions.spent(tx, account.id, at)).get(Budget.NOTES, Spent())
        notes = max(0, month - spent.month - begun.notes)
    return Seat(account.id, None if most is None else max(0, most - begun.leads), notes, cap.day)


async def note_limits(tx: ReadTx, senders: set[UUID]) -> dict[UUID, int]:
    """Return the longest note of each LinkedIn account, in UTF-16 units."""
    found = [await accounts.find(tx, sender) for sender in sorted(senders, key=lambda one: one.bytes)]
    return {one.id: NOTE_UNITS[one.plan] for one in found if one is not None}
