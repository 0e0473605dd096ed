"""Actions as intended and as they ended, and the budgets that they spend."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import LiteralString
from uuid import UUID

from overture.domain.linkedin.actions import ActionState, Budget
from overture.domain.linkedin.budgets import Spent
from overture.store.db import ReadTx, Row, Tx

_FIELDS: LiteralString = (
    "id, linkedin_account_id, account_id, key, name, target, content, body, state, detail, result, intended_at,"
    " settled_at, looks"
)


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action. ``body`` is the action itself as JSON, ``content`` a hash of it, ``result`` the rail's references."""

    id: UUID
    linkedin_account_id: UUID
    account_id: UUID
    key: str
    name: str
    target: str
    content: bytes
    body: bytes
    state: ActionState
    detail: str
    result: Mapping[str, str]
    intended_at: datetime
    settled_at: datetime | None
    looks: int


def _action(row: Row) -> ActionRow:
    values = dict(row)
    values["state"] = ActionState(values["state"])
    values["result"] = json.loads(values["result"])
    return ActionRow(**values)


async def by_key(tx: ReadTx, linkedin_id: UUID, key: str) -> ActionRow | None:
    """Return the action that was intended under a key."""
    row = await tx.row(
        "SELECT " + _FIELDS + " FROM linkedin_action WHERE linkedin_account_id = $1 AND key = $2", linkedin_id, key
    )
    return _action(row) if row else None


async def unsettled_like(tx: ReadTx, linkedin_id: UUID, content: bytes) -> ActionRow | None:
    """Return an action of the same content of which is not known whether it happened."""
    row = await tx.row(
        "SELECT " + _FIELDS + " FROM linkedin_action WHERE linkedin_account_id = $1 AND content = $2"
        " AND state IN ('intended', 'unknown') ORDER BY intended_at LIMIT 1",
        linkedin_id,
        content,
    )
    return _action(row) if row else None


async def tell(tx: Tx, row: ActionRow) -> ActionRow | None:
    """Return an action of the same content that happened and that no caller has learned of; it counts as told now."""
    found = await tx.row(
        "UPDATE linkedin_action SET told = true WHERE id = (SELECT id FROM linkedin_action"
        " WHERE linkedin_account_id = $1 AND content = $2 AND NOT told AND state = 'confirmed'"
        " ORDER BY intended_at LIMIT 1) RETURNING " + _FIELDS,
        row.linkedin_account_id,
        row.content,
    )
    return _action(found) if found else None


async def happened_like(tx: ReadTx, row: ActionRow) -> int:
    """Return how many other actions of the same content are known to have reached LinkedIn."""
    count = await tx.value(
        "SELECT count(*) FROM linkedin_action WHERE linkedin_account_id = $1 AND content = $2 AND id <> $3"
        " AND state IN ('sent', 'confirmed', 'downgraded_no_note', 'accepted_by_provider')",
        row.linkedin_account_id,
        row.content,
        row.id,
    )
    assert isinstance(count, int)
    return count


async def find(tx: ReadTx, action_id: UUID) -> ActionRow | None:
    """Return one action."""
    row = await tx.row("SELECT " + _FIELDS + " FROM linkedin_action WHERE id = $1", action_id)
    return _action(row) if row else None


async def listed(tx: ReadTx, linkedin_id: UUID, limit: int) -> list[ActionRow]:
    """Return an account's newest actions."""
    rows = await tx.fetch(
        "SELECT " + _FIELDS + " FROM linkedin_action WHERE linkedin_account_id = $1"
        " ORDER BY intended_at DESC, id LIMIT $2",
        linkedin_id,
        limit,
    )
    return [_action(row) for row in rows]


async def intend(tx: Tx, row: ActionRow, look_at: datetime, person: bytes | None) -> bool:
    """Write an intent; False where its key was used before. ``look_at``: when to look for it if nothing settles it."""
    return (
        await tx.execute(
            "INSERT INTO linkedin_action (id, linkedin_account_id, account_id, key, name, target, content, body,"
            " intended_at, look_at, person) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
            " ON CONFLICT (linkedin_account_id, key) DO NOTHING",
            row.id,
            row.linkedin_account_id,
            row.account_id,
            row.key,
            row.name,
            row.target,
            row.content,
            row.body,
            row.intended_at,
            look_at,
            person,
        )
        == 1
    )


@dataclass(frozen=True, slots=True)
class Settlement:
    """How an action ended, or what is known of it. ``told``: a caller learns of it.

    ``look_at`` is when to look again, None where there is no need.
    """

    state: ActionState
    detail: str
    result: Mapping[str, str]
    at: datetime
    look_at: datetime | None = None
    told: bool = False


async def settle(tx: Tx, action_id: UUID, expected: Sequence[ActionState], settlement: Settlement) -> bool:
    """Move an action on from one of the expected states; False where it has moved already."""
    return (
        await tx.execute(
            "UPDATE linkedin_action SET state = $3, detail = CASE WHEN erased_at IS NULL THEN $4 ELSE '' END,"
            " result = CASE WHEN erased_at IS NULL THEN result || $5::jsonb ELSE '{}' END,"
            " settled_at = coalesce(settled_at, $6),"
            " look_at = CASE WHEN erased_at IS NULL THEN $7::timestamptz END, looks = looks + 1,"
            " told = told OR $8"
            " WHERE id = $1 AND state = ANY($2::text[])",
            action_id,
            [str(state) for state in expected],
            settlement.state,
            settlement.detail,
            json.dumps(dict(settlement.result)),
            settlement.at,
            settlement.look_at,
            settlement.told,
        )
        == 1
    )


async def look_later(tx: Tx, action_id: UUID, look_at: datetime | None) -> None:
    """Note that a look told nothing; None ends the looking."""
    await tx.execute(
        "UPDATE linkedin_action SET look_at = $2, looks = looks + 1 WHERE id = $1"
        " AND state IN ('unknown', 'accepted_by_provider') AND erased_at IS NULL",
        action_id,
        look_at,
    )


async def take_due_looks(tx: Tx, at: datetime, again: timedelta, limit: int) -> list[UUID]:
    """Return actions that wait to be looked for, and put their next look off, so that each is taken once."""
    rows = await tx.fetch(
        "UPDATE linkedin_action SET look_at = $1::timestamptz + $2::interval WHERE id IN (SELECT id FROM"
        " linkedin_action WHERE look_at <= $1 ORDER BY look_at LIMIT $3 FOR UPDATE SKIP LOCKED) RETURNING id",
        at,
        again,
        limit,
    )
    return [row["id"] for row in rows]


@dataclass(frozen=True, slots=True)
class Spending:
    """A change of a budget: ``amount`` is 1 or -1."""

    linkedin_account_id: UUID
    amount: int
    action_id: UUID | None
    reason: str
    at: datetime


async def spend(tx: Tx, entry: Spending, budgets: Sequence[Budget]) -> None:
    """Write a change of each of these budgets; the caller holds the account's row."""
    if not budgets:
        return
    await tx.execute(
        "INSERT INTO linkedin_budget (linkedin_account_id, budget, amount, action_id, reason, at)"
        " SELECT $1, budget, $3, $4, $5, $6 FROM unnest($2::text[]) budget",
        entry.linkedin_account_id,
        [str(budget) for budget in budgets],
        entry.amount,
        entry.action_id,
        entry.reason,
        entry.at,
    )


async def give_back(tx: Tx, action_id: UUID, budgets: Sequence[Budget], reason: str) -> None:
    """Give back what an action spent, in the windows that it was spent in; what was given back stays so."""
    if not budgets:
        return
    await tx.execute(
        "INSERT INTO linkedin_budget (linkedin_account_id, budget, amount, action_id, reason, at)"
        " SELECT linkedin_account_id, budget, -1, action_id,"
        " CASE WHEN EXISTS (SELECT FROM linkedin_action a WHERE a.id = $1 AND a.erased_at IS NOT NULL)"
        "   THEN 'erased' ELSE $3 END, at FROM linkedin_budget WHERE action_id = $1 AND amount = 1"
        " AND budget = ANY($2::text[])"
        " ON CONFLICT (action_id, budget, amount) WHERE action_id IS NOT NULL DO NOTHING",
        action_id,
        [str(budget) for budget in budgets],
        reason,
    )


async def spent(tx: ReadTx, linkedin_id: UUID, at: datetime) -> dict[Budget, Spent]:
    """Return what was spent in the rolling day and week and in the calendar month (UTC) before ``at``.

    A clock that has stepped back reopens nothing: windows end at the newest entry where that is later.
    """
    rows = await tx.fetch(
        "WITH t AS (SELECT greatest($2::timestamptz, (SELECT max(at) FROM linkedin_budget"
        "   WHERE linkedin_account_id = $1)) AS at)"
        " SELECT budget,"
        " coalesce(sum(amount) FILTER (WHERE b.at > t.at - interval '24 hours'), 0)::int AS day,"
        " coalesce(sum(amount) FILTER (WHERE b.at > t.at - interval '168 hours'), 0)::int AS week,"
        " coalesce(sum(amount) FILTER (WHERE b.at >= date_trunc('month', t.at, 'UTC')), 0)::int AS month"
        " FROM linkedin_budget b CROSS JOIN t WHERE linkedin_account_id = $1"
        " AND b.at > least(t.at - interval '168 hours', date_trunc('month', t.at, 'UTC') - interval '1 second')"
        " GROUP BY budget",
        linkedin_id,
        at,
    )
    return {Budget(row["budget"]): Spent(row["day"], row["week"], row["month"]) for row in rows}


async def spent_at(tx: ReadTx, linkedin_id: UUID, at: datetime) -> dict[Budget, list[datetime]]:
    """Return when each unit was spent that counts in a window at ``at``, or will in one to come; oldest first."""
    rows = await tx.fetch(
        "SELECT budget, array_agg(at ORDER BY at) FILTER (WHERE amount > 0) AS spent,"
        " array_agg(at) FILTER (WHERE amount < 0) AS given FROM linkedin_budget WHERE linkedin_account_id = $1"
        " AND at > least($2::timestamptz - interval '168 hours', date_trunc('month', $2, 'UTC') - interval '1 second')"
        " GROUP BY budget",
        linkedin_id,
        at,
    )
    found: dict[Budget, list[datetime]] = {}
    for row in rows:
        spent = found[Budget(row["budget"])] = row["spent"] or []
        for moment in row["given"] or ():  # what was given back stands at the time of what was spent
            spent.remove(moment)
    return found


async def limit(tx: Tx, linkedin_id: UUID, budgets: Sequence[Budget], until: datetime, reason: str) -> None:
    """Note that LinkedIn's own limit on a kind of doing is reached, until a time."""
    await tx.execute(
        "INSERT INTO linkedin_limit (linkedin_account_id, budget, until, reason)"
        " SELECT $1, b, $3, $4 FROM unnest($2::text[]) b ON CONFLICT (linkedin_account_id, budget)"
        " DO UPDATE SET until = excluded.until, reason = excluded.reason",
        linkedin_id,
        [str(budget) for budget in budgets],
        until,
        reason,
    )


async def limited(tx: ReadTx, linkedin_id: UUID, at: datetime) -> dict[Budget, tuple[datetime, str]]:
    """Return what LinkedIn limits at a time: until when, and in which words."""
    rows = await tx.fetch(
        "SELECT budget, until, reason FROM linkedin_limit WHERE linkedin_account_id = $1 AND until > $2",
        linkedin_id,
        at,
    )
    return {Budget(row["budget"]): (row["until"], row["reason"]) for row in rows}


async def lift_limits(tx: Tx, linkedin_id: UUID) -> None:
    """Forget what LinkedIn limits."""
    await tx.execute("DELETE FROM linkedin_limit WHERE linkedin_account_id = $1", linkedin_id)
