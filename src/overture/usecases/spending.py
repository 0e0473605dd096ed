"""What may be spent on a language model: ceilings a request and an account, in money and in tokens."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal
from uuid import UUID

from overture.domain.authorship import Usage
from overture.store import compositions
from overture.store.compositions import Ceiling
from overture.store.db import Database, Tx


@dataclass(frozen=True, slots=True)
class Ceilings:
    """The operator's ceilings; None where there is none. An account's holds for a day or a month, UTC."""

    request_tokens: int | None = None
    request_cost: Decimal | None = None
    account_tokens: int | None = None
    account_cost: Decimal | None = None
    period: Literal["day", "month"] = "month"

    def of(self, request_id: UUID, account_id: UUID) -> list[tuple[str, Ceiling]]:
        """Return those that bind a request, each with its name for people."""
        found: list[tuple[str, Ceiling]] = []
        if self.request_tokens is not None or self.request_cost is not None:
            ceiling = Ceiling(request_id, "-infinity", self.request_tokens, self.request_cost)
            found.append(("the request's ceiling for the language model is reached", ceiling))
        if self.account_tokens is not None or self.account_cost is not None:
            ceiling = Ceiling(account_id, self.period, self.account_tokens, self.account_cost)
            found.append((f"the account's ceiling for the language model is reached for this {self.period}", ceiling))
        return found


@dataclass
class DatabasePurse:
    """What one job may spend. What it set aside is corrected to what it used when its messages are settled.

    A job that dies leaves what it had set aside counted: its call may have been paid.
    """

    database: Database
    ceilings: Sequence[tuple[str, Ceiling]]
    reserved: dict[Ceiling, Usage] = field(default_factory=dict[Ceiling, Usage])

    async def reserve(self, most: Usage) -> str:
        """Set aside the most that one call can use, under every ceiling, or say which one forbids it."""
        for name, ceiling in self.ceilings:
            if not await compositions.reserve(self.database, ceiling, most):
                return name
            before = self.reserved.get(ceiling, Usage())
            self.reserved[ceiling] = before.plus(most)
        return ""

    async def settle(self, tx: Tx, used: Usage) -> None:
        """Count what was used instead of what was set aside; nothing is set aside afterwards."""
        for ceiling, most in sorted(self.reserved.items(), key=lambda item: item[0].holder.bytes):
            cost = (used.cost or Decimal(0)) - (most.cost or Decimal(0))
            await compositions.correct(tx, ceiling, used.tokens - most.tokens, cost)


class OpenPurse:
    """No ceiling: for one lead from the terminal."""

    async def reserve(self, most: Usage) -> str:  # noqa: ARG002
        """Allow every call."""
        return ""
