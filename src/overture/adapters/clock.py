"""The time of this host, and a time that is set."""

from datetime import UTC, datetime


class SystemClock:
    """Implements ``ports.Clock``."""

    def now(self) -> datetime:
        """Return the time, aware, in UTC."""
        return datetime.now(UTC)


class SetClock:
    """Implements ``ports.Clock`` for a rehearsal: it stands still until it is set, and never goes back."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        """Return the time it was set to."""
        return self._at

    def set(self, at: datetime) -> None:
        """Set it forward; an earlier time changes nothing."""
        self._at = max(self._at, at)
