"""What customers are told, and when a webhook is tried again."""

from datetime import UTC, datetime, timedelta

COMPLETED = "request.completed"
LINKEDIN_PREFIX = "linkedin."
"""Begins the kind of every event of a LinkedIn account; what follows is the type that its body names."""

CAMPAIGN_PREFIX = "campaign."
"""Begins the kind of every event of a campaign."""

ATTEMPTS = 25
"""One attempt and 24 retries (contract: first retry after 16 to 46 s, the last about 20 days later)."""


def retry_delay(retry: int, jitter: float) -> timedelta:
    """Wait before retry ``retry`` (1 to 24); ``jitter`` is from 0 to 1.

    ``n**4 + 15 + (0 to 30) * n`` seconds: the formula that fits the documented first and last retry.
    """
    return timedelta(seconds=retry**4 + 15 + 30 * jitter * retry)


def timestamp(moment: datetime) -> str:
    """ISO 8601 in UTC with milliseconds, ending in Z."""
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")
