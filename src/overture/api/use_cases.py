"""The use cases that the door calls, as one record: a test may hand in others."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from overture.domain.accounts import Caller, Credits
from overture.domain.requests import Accepted, GenerationRequest, RequestView
from overture.usecases import accounts, health, requests
from overture.usecases.accounts import AccountView
from overture.usecases.services import Services


@dataclass(frozen=True, slots=True)
class UseCases:
    """What a caller can ask for; the defaults are the real ones."""

    authenticate: Callable[[Services, str | None], Awaitable[Caller]] = accounts.authenticate
    admit: Callable[[Services, Caller], Awaitable[None]] = accounts.admit
    check_credits: Callable[[Services, Caller], Awaitable[Credits]] = accounts.check_credits
    describe: Callable[[Services, Caller], Awaitable[AccountView]] = accounts.describe
    submit: Callable[[Services, Caller, GenerationRequest], Awaitable[Accepted]] = requests.submit
    retrieve: Callable[[Services, Caller, UUID], Awaitable[RequestView]] = requests.retrieve
    ready: Callable[[Services], Awaitable[list[str]]] = health.ready
