"""What an account may still send, kind by kind, and when more comes free."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from overture.domain.campaigns.states import Decision
from overture.domain.linkedin.actions import Budget
from overture.domain.linkedin.budgets import Cap, next_room, room
from overture.store.db import ReadTx
from overture.store.linkedin import actions
from overture.store.linkedin.accounts import LinkedInAccount
from overture.usecases.linkedin.budgets import caps_of

SPENDS: dict[Decision, tuple[Budget, ...]] = {
    Decision.MESSAGE: (Budget.MESSAGES,),
    Decision.NOTE: (Budget.INVITES, Budget.NOTES),
    Decision.BLANK: (Budget.INVITES,),
}
"""Which budgets each kind of sending spends, one unit each."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """An account's budgets at a moment: the caps in force, when units were spent, and what LinkedIn itself limits."""

    at: datetime
    caps: Mapping[Budget, Cap]
    spent_at: Mapping[Budget, Sequence[datetime]]
    limited: Mapping[Budget, datetime]

    def free_at(self, budgets: Sequence[Budget], at: datetime | None = None) -> datetime | None:
        """Return the first moment from ``at`` on that has a unit of each; None where a cap is 0."""
        moment = at or self.at
        while True:
            later = moment
            for budget in budgets:
                begins = max(later, self.limited.get(budget, later))
                found = next_room(self.caps.get(budget, Cap()), self.spent_at.get(budget, ()), begins)
                if found is None:
                    return None
                later = found
            if later == moment:
                return moment
            moment = later

    def has(self, budgets: Sequence[Budget]) -> bool:
        """Return whether there is a unit of each now."""
        return self.free_at(budgets) == self.at

    def room_until(self, budgets: Sequence[Budget], until: datetime) -> int:
        """Return how many units will have been free by ``until`` if all are spent as they come."""
        return min(room(self.caps.get(budget, Cap()), self.spent_at.get(budget, ()), until) for budget in budgets)


async def allowance_of(tx: ReadTx, account: LinkedInAccount, at: datetime) -> Allowance:
    """Read an account's budgets. What a clock ahead of this one has spent counts as spent."""
    spent = await actions.spent_at(tx, account.id, at)
    limits = await actions.limited(tx, account.id, at)
    return Allowance(at, caps_of(account, at), spent, {budget: until for budget, (until, _) in limits.items()})
