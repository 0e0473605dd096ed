"""What every dialect with the header ``Api-Key`` begins with: who calls, whether it may now, what the query says."""

from typing import cast
from urllib.parse import parse_qsl

from starlette.requests import Request

from overture.api.use_cases import UseCases
from overture.domain.accounts import Caller
from overture.usecases.services import Services


def services_of(request: Request) -> Services:
    """What the use cases need, opened with the app."""
    return cast("Services", request.scope["state"]["services"])


def header(request: Request, name: bytes) -> str | None:
    """The first header of a name in lower case, without white space around it."""
    for key, value in request.scope["headers"]:
        if key == name:
            return cast("bytes", value).decode("latin-1").strip()
    return None


def query(request: Request) -> dict[str, str]:
    """The query's parameters; of one that occurs twice the first counts."""
    text = cast("bytes", request.scope["query_string"]).decode("latin-1")
    pairs = parse_qsl(text, keep_blank_values=True, errors="replace")
    return dict(reversed(pairs))


async def admit(use_cases: UseCases, request: Request) -> tuple[Services, Caller]:
    """Every operation begins here: who is it, and may it call now?"""
    services = services_of(request)
    caller = await use_cases.authenticate(services, header(request, b"api-key"))
    request.scope["account_id"] = str(caller.account_id)
    await use_cases.admit(services, caller)
    return services, caller
