"""The use cases that the door calls, as one record: a test may hand in others."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from overture.domain.accounts import Caller, Credits
from overture.domain.requests import Accepted, GenerationRequest, RequestView
from overture.domain.revisions import MessageId, Wish
from overture.usecases import accounts, cancelling, evidence, health, quotes, requests, steering
from overture.usecases.accounts import AccountView
from overture.usecases.cancelling import Cancelled
from overture.usecases.evidence import EvidencedMessage, Page
from overture.usecases.idempotency import Answer, Once
from overture.usecases.quotes import Quote
from overture.usecases.services import Services
from overture.usecases.steering import Asked


@dataclass(frozen=True, slots=True)
class UseCases:
    """What a caller can ask for; the defaults are the real ones."""

    authenticate: Callable[[Services, str | None], Awaitable[Caller]] = accounts.authenticate
    admit: Callable[[Services, Caller], Awaitable[None]] = accounts.admit
    check_credits: Callable[[Services, Caller], Awaitable[Credits]] = accounts.check_credits
    describe: Callable[[Services, Caller], Awaitable[AccountView]] = accounts.describe
    submit: Callable[[Services, Caller, GenerationRequest], Awaitable[Accepted]] = requests.submit
    retrieve: Callable[[Services, Caller, UUID], Awaitable[RequestView]] = requests.retrieve
    evidence_of: Callable[[Services, Caller, UUID], Awaitable[list[EvidencedMessage]]] = evidence.of_own_request
    message: Callable[[Services, Caller, MessageId], Awaitable[EvidencedMessage]] = evidence.one
    messages: Callable[[Services, Caller, UUID, tuple[int, str] | None, int], Awaitable[Page]] = evidence.page
    regenerate: Callable[[Services, Caller, MessageId, Wish, Once, Callable[[Asked], bytes]], Awaitable[Answer]] = (
        steering.regenerate
    )
    quote: Callable[[Services, Caller, GenerationRequest], Awaitable[Quote]] = quotes.quote
    cancel: Callable[[Services, Caller, UUID, Once, Callable[[Cancelled], bytes]], Awaitable[Answer]] = (
        cancelling.cancel
    )
    ready: Callable[[Services], Awaitable[list[str]]] = health.ready
