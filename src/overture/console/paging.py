"""Places in lists, as addresses carry them."""

from datetime import UTC, datetime
from uuid import UUID

from overture.domain.errors import Invalid

Place = tuple[datetime, UUID]


def parse(text: str) -> Place | None:
    """Read a place; raises Invalid for what is none of ours."""
    if not text:
        return None
    moment, _, last = text.partition("_")
    try:
        at = datetime.fromisoformat(moment)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)), UUID(last)
    except ValueError:
        raise Invalid(["the page's address is not one of ours: begin again"]) from None


def show(place: Place | None) -> str:
    """Write a place; empty for None."""
    return f"{place[0].isoformat()}_{place[1]}" if place else ""
