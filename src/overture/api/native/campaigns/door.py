"""Lets calls in and hands them to the topics' handlers."""

from starlette.requests import Request
from starlette.responses import Response

from overture.api import entry
from overture.api.contract import Handler
from overture.api.native.answering import retold
from overture.api.native.campaigns.index import TOPICS
from overture.api.native.campaigns.topic import Call, Handle
from overture.api.options import EdgeOptions
from overture.api.problems import HttpRefusal, Problem
from overture.api.use_cases import UseCases
from overture.domain.accounts import Scope

NEEDS_ALL = "Campaigns need a key with the scope all"


class CampaignDoor:
    """Binds the topics' handlers to use cases and limits. Every call needs a key that opens everything."""

    def __init__(self, use_cases: UseCases, options: EdgeOptions) -> None:
        self._use_cases = use_cases
        self._options = options

    @property
    def handlers(self) -> dict[str, Handler]:
        """The handler of every operation, by its id."""
        return {route.operation.id: retold(self._let_in(route.handle)) for topic in TOPICS for route in topic.routes}

    def _let_in(self, handle: Handle) -> Handler:
        async def handler(request: Request) -> Response:
            services, caller = await entry.admit(self._use_cases, request)
            if not caller.may(Scope.ALL):
                raise HttpRefusal(Problem(403, NEEDS_ALL))
            return await handle(Call(services, caller, request, self._options))

        return handler
