"""LinkedIn's limits, as far as anybody outside knows them. They are kept in the world's row and can be changed there.

LinkedIn publishes few of them. Notes a month and their length come from its help pages and vendors' manuals; weekly and
daily figures are what vendors of outreach tools report, and differ between them. See docs/simulator.md.
"""

from dataclasses import asdict, dataclass, fields, replace

UNLIMITED = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Limits:
    """What one account may do. Windows roll, except the month of notes, which is a calendar month in UTC."""

    note_length: int = 200
    """UTF-16 units."""
    notes_month: int = 5
    invites_week: int = 100
    invites_day: int = 50
    pending: int = 500
    messages_day: int = 100
    views_day: int = 80
    burst_actions: int = 25
    """Actions within ``burst_minutes``; the next one leads to a checkpoint."""
    burst_minutes: int = 10
    cooldown_days: int = 21
    invitation_days: int = 180
    session_days: int = 30
    restriction_hours: int = 24
    message_length: int = 8_000

    @staticmethod
    def defaults() -> dict[str, dict[str, int]]:
        """The limits of both kinds of account, by kind."""
        basic = Limits()
        premium = replace(
            basic, note_length=300, notes_month=UNLIMITED, invites_week=200, invites_day=80, views_day=100
        )
        return {"basic": asdict(basic), "premium": asdict(premium)}

    @staticmethod
    def names() -> frozenset[str]:
        """The names that can be set."""
        return frozenset(f.name for f in fields(Limits))


def utf16_units(text: str) -> int:
    """Length as LinkedIn's pages count it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
