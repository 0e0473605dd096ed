"""Forgetting what is old: classes of data, each with its days, in small batches (Art. 5(1)(e))."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from overture.domain.privacy import Retention
from overture.store.db import Tx
from overture.store.rights import retention
from overture.telemetry.logs import get
from overture.usecases.services import Services

AGAIN = timedelta(hours=1)
"""A class in which nothing more is old is looked through again after so long; one with more, at the next turn."""

ROWS, REQUESTS = 1_000, 10
"""How much goes in one transaction: rows, or requests with all that they hold."""

log = get(__name__)


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that grows old: its days by the settings, and the statement that lets a batch of it go."""

    name: str
    days: Callable[[Retention], int]
    forget: Callable[[Tx, datetime, int], Awaitable[int]]
    batch: int = ROWS


RULES = (
    Rule("pages", lambda kept: kept.pages_days, retention.pages, 200),
    Rule("request_texts", lambda kept: kept.messages_days, retention.request_texts, REQUESTS),
    Rule("campaign_texts", lambda kept: kept.messages_days, retention.campaign_texts),
    Rule("threads", lambda kept: kept.messages_days, retention.threads),
    Rule("actions", lambda kept: kept.messages_days, retention.actions),
    Rule("tasks", lambda kept: kept.messages_days, retention.tasks),
    Rule("replies", lambda kept: kept.messages_days, retention.replies),
    Rule("request_leads", lambda kept: kept.leads_days, retention.request_leads, REQUESTS),
    Rule("campaign_leads", lambda kept: kept.leads_days, retention.campaign_leads),
    Rule("webhooks", lambda kept: kept.webhooks_days, retention.webhooks),
)


async def forget(services: Services) -> dict[str, int]:
    """Let a batch of each class go that is due; return how many rows, or requests, of classes with any."""
    gone: dict[str, int] = {}
    now = services.clock.now()
    for rule in RULES:
        days = rule.days(services.policy.retention)
        if not days:
            continue
        async with services.database.transaction() as tx:
            if not await retention.take_turn(tx, rule.name, now, AGAIN):
                continue
            count = await rule.forget(tx, now - timedelta(days=days), rule.batch)
            if count >= rule.batch:
                await retention.again_soon(tx, rule.name, now)
        if count:
            gone[rule.name] = count
            log.info("retention.forgot", what=rule.name, count=count)
    return gone
