"""What an operator may set about the HTTP door; every default suits production."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EdgeOptions:
    """Limits and switches of the door.

    ``max_in_flight`` is the number of requests worked on at once; more are refused with 503. None: no limit.
    ``https_webhooks_only`` refuses a ``completion_notification_url`` over plain http. ``linkup_compat`` answers most
    errors of the LinkedIn gateway with status 200.
    """

    max_body_bytes: int = 4 * 1024 * 1024
    max_depth: int = 32
    max_leads: int = 2_000
    body_seconds: float = 15.0
    max_in_flight: int | None = None
    https_webhooks_only: bool = False
    access_log: bool = True
    expose_metrics: bool = True
    linkup_compat: bool = False
