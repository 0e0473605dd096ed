"""A generation request as it is accepted, and as it is shown."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from overture.domain.messages import MessageType, Tone

API, CAMPAIGN = "api", "campaign"
"""Where a request comes from: a caller of the API, or a campaign of the product's own."""


@dataclass(frozen=True, slots=True)
class Step:
    """One item of the message sequence, as the caller sent it."""

    step: int
    type: MessageType


@dataclass(frozen=True, slots=True)
class Lead:
    """One lead, as the caller sent it; absent, null and blank optional fields are None."""

    lead_id: str
    linkedin: str
    company: str
    first_name: str
    last_name: str
    job_title: str | None = None
    company_website_url: str | None = None
    specified_url: str | None = None


@dataclass(frozen=True, slots=True)
class GenerationRequest:
    """A valid request. ``leads`` and ``sequence`` keep the caller's order; ``hiring_location`` is upper case.

    ``digest`` is a hash of the whole body as parsed, keys sorted: equal bodies are duplicates.
    A lead's ``job_title`` already holds the top-level title where the lead has none.
    """

    digest: bytes
    completion_notification_url: str
    customer_id: str
    campaign_id: str
    campaign_name: str
    proposition_company_name: str
    proposition_company_url: str
    sequence: tuple[Step, ...]
    leads: tuple[Lead, ...]
    tone: Tone = Tone.NORMAL
    signoff_name: str | None = None
    material_link: str | None = None
    hiring_location: str | None = None

    @property
    def types(self) -> tuple[MessageType, ...]:
        """The distinct message types, in the order in which the sequence names them first."""
        return tuple(dict.fromkeys(step.type for step in self.sequence))


@dataclass(frozen=True, slots=True)
class Accepted:
    """The answer to a request. ``duplicate`` is True where an identical one came before; ``id`` is then the first's."""

    id: UUID
    duplicate: bool


@dataclass(frozen=True, slots=True)
class LeadView:
    """One lead's messages; ``texts`` holds every requested type, None while unwritten or when failed."""

    lead_id: str
    linkedin: str
    texts: dict[MessageType, str | None]
    no_job_posts: bool = False


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request as its owner may see it. ``failed`` and ``reasons`` count only once ``complete``."""

    id: UUID
    customer_id: str
    campaign_id: str
    campaign_name: str
    sequence: tuple[Step, ...]
    complete: bool
    requested: int
    generated: int
    failed: int
    reasons: tuple[str, ...]
    leads: tuple[LeadView, ...]
    accepted_at: datetime
    completed_at: datetime | None
