"""How tools read what they are given and show what they answer: as the HTTP API does. The wiring hands it in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from overture.domain.accounts import Credits
from overture.domain.requests import Accepted, GenerationRequest, RequestView
from overture.domain.revisions import Wish
from overture.domain.sequences import Sequence
from overture.usecases.campaigns.approving import Approved, Rejected
from overture.usecases.campaigns.importing import Import
from overture.usecases.campaigns.ordering import CampaignPage, CampaignView, Order
from overture.usecases.campaigns.reviewing import Edited, Review, Shown
from overture.usecases.campaigns.threads import Conversation
from overture.usecases.campaigns.threads import Page as ThreadPage
from overture.usecases.evidence import EvidencedMessage
from overture.usecases.quotes import Quote
from overture.usecases.steering import Asked

Body = dict[str, object]


@dataclass(frozen=True, slots=True)
class Reads:
    """From a JSON object to what a use case takes; each raises Invalid with every mistake."""

    request: Callable[[Body], GenerationRequest]
    order: Callable[[Body], Order]
    wish: Callable[[Body], Wish]


@dataclass(frozen=True, slots=True)
class Shows:
    """From what a use case returns to a JSON object."""

    sequences: Callable[[tuple[Sequence, ...]], Body]
    credits: Callable[[Credits], Body]
    quote: Callable[[Quote], Body]
    accepted: Callable[[Accepted], Body]
    request: Callable[[RequestView], Body]
    message: Callable[[EvidencedMessage], Body]
    asked: Callable[[Asked], Body]
    campaigns: Callable[[CampaignPage], Body]
    campaign: Callable[[CampaignView], Body]
    imported: Callable[[Import], Body]
    review: Callable[[Review], Body]
    review_evidence: Callable[[Shown], Body]
    approved: Callable[[Approved], Body]
    rejected: Callable[[Rejected], Body]
    edited: Callable[[Edited], Body]
    threads: Callable[[ThreadPage], Body]
    thread: Callable[[Conversation], Body]


@dataclass(frozen=True, slots=True)
class Dialect:
    """Reading, showing, and the JSON Schemas of arguments: ``request``, ``order`` and ``wish``."""

    reads: Reads
    shows: Shows
    schemas: Mapping[str, Mapping[str, object]]
