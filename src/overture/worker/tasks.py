"""Task name to use case, one line each."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from overture import queue
from overture.queue import Task
from overture.usecases import chunks, sources, webhooks
from overture.usecases.campaigns import classifying, deadlines, sending, stepping
from overture.usecases.linkedin import news, settling
from overture.usecases.services import Services

Run = Callable[[Services, str], Awaitable[None]]


async def _deliver(services: Services, payload: str) -> None:
    event_id, _, number = payload.partition(":")
    await webhooks.deliver(services, UUID(event_id), int(number))


async def _poll(services: Services, payload: str) -> None:
    await news.poll(services, UUID(payload))


async def _send(services: Services, payload: str) -> None:
    await sending.send_due(services, UUID(payload))


async def _step(services: Services, payload: str) -> None:
    lead_ids, lease = queue.campaign_leads(payload)
    await sending.resume(services, lead_ids, lease)
    await deadlines.expire(services, lead_ids, lease)
    await stepping.step(services, lead_ids, lease)


TASKS: dict[Task, Run] = {
    Task.COMPOSE_CHUNK: lambda services, payload: chunks.compose(services, int(payload)),
    Task.RESEARCH_SOURCE: lambda services, payload: sources.research(services, UUID(payload)),
    Task.DELIVER_EVENT: _deliver,
    Task.SETTLE_ACTION: lambda services, payload: settling.settle_due(services, UUID(payload)),
    Task.POLL_NEWS: _poll,
    Task.CAMPAIGN_STEP: _step,
    Task.CAMPAIGN_SEND: _send,
    Task.CAMPAIGN_CLASSIFY: lambda services, payload: classifying.classify(services, UUID(payload)),
}
