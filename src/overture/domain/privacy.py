"""How long data about people is kept."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Retention:
    """Days by class; 0 keeps a class for ever."""

    pages_days: int = 30
    messages_days: int = 180
    leads_days: int = 365
    webhooks_days: int = 90
