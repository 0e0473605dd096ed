"""What an attempt's outcome leads to: delivered, another attempt, or exhausted."""

from dataclasses import dataclass
from datetime import timedelta

from overture.domain import events
from overture.ports import Receipt


@dataclass(frozen=True, slots=True)
class Decision:
    """The event's next state; ``delay`` is the wait before the next attempt, None where there is none."""

    state: str
    delay: timedelta | None


def decide(receipt: Receipt, scheduled: int, jitter: float) -> Decision:
    """Decide after attempt number ``scheduled`` of the schedule (replays by hand are not counted).

    2xx alone is success; anything else, redirects included, is tried again until the schedule ends. A
    ``Retry-After`` that asks for more patience than the schedule is honoured up to a day.
    """
    if receipt.status is not None and 200 <= receipt.status < 300:
        return Decision("delivered", None)
    if scheduled >= events.ATTEMPTS:
        return Decision("exhausted", None)
    delay = events.retry_delay(scheduled, jitter)
    if receipt.retry_after is not None:
        delay = max(delay, timedelta(seconds=min(receipt.retry_after, 86_400)))
    return Decision("pending", delay)
