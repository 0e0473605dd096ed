"""The ASGI application: routes from the declared operations, inside the edge, over the use cases."""

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib.metadata import version

import msgspec
from prometheus_client import REGISTRY, CollectorRegistry
from starlette.responses import Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from overture.api import openapi, pages, service
from overture.api.contract import Handler, Operation, Schema
from overture.api.edge import Edge
from overture.api.linkup import operations as linkup
from overture.api.linkup.door import LinkUpDoor
from overture.api.metrics import HttpMetrics
from overture.api.native import fields, rights
from overture.api.native import operations as native
from overture.api.native import problems as native_problems
from overture.api.native import schemas as native_schemas
from overture.api.native.campaigns import events as campaign_events
from overture.api.native.campaigns import fields as campaign_fields
from overture.api.native.campaigns import index as campaigns
from overture.api.native.campaigns.door import CampaignDoor
from overture.api.native.door import NativeDoor
from overture.api.openapi import About
from overture.api.options import EdgeOptions
from overture.api.problems import method_not_allowed, unknown_path
from overture.api.service import ServiceDoor
from overture.api.upscale import reference, schemas
from overture.api.upscale.door import UpscaleDoor
from overture.api.upscale.operations import OPERATIONS
from overture.api.use_cases import UseCases
from overture.usecases.services import Services

OpenServices = Callable[[], AbstractAsyncContextManager[Services]]
"""Opens what the use cases need, for as long as the context lasts."""

_DESCRIPTION = (
    "Writes LinkedIn outreach messages from evidence. Compatible with the Upscale generation API: send the header "
    '`Api-Key`, JSON in and out. Every error is `{"error": "..."}`; go by the status.'
)


_WEBHOOKS = (reference.WEBHOOK, *campaign_events.WEBHOOKS)
_SHAPES = {linkup.PREFIX: linkup.ERRORS, f"{native.PREFIX}/": native_problems.SHAPE}


class _OperationRoute(Route):
    """A route that answers OPTIONS itself and says which methods it takes."""

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Call the handler, or say which methods there are."""
        scope["overture.route"] = self.path
        methods = self.methods or set[str]()
        allow = ", ".join(sorted({*methods, "OPTIONS"}))
        if scope["method"] in methods:
            await self.app(scope, receive, send)
        elif scope["method"] == "OPTIONS":
            await Response(status_code=204, headers={"Allow": allow})(scope, receive, send)
        else:
            raise method_not_allowed(allow)


async def _unknown(_scope: Scope, _receive: Receive, _send: Send) -> None:
    raise unknown_path()


def operations(options: EdgeOptions) -> tuple[Operation, ...]:
    """Every operation that an app with ``options`` serves."""
    return (
        *OPERATIONS,
        *native.OPERATIONS,
        *campaigns.OPERATIONS,
        *rights.OPERATIONS,
        *linkup.OPERATIONS,
        *service.operations(expose_metrics=options.expose_metrics),
    )


def document(options: EdgeOptions) -> Schema:
    """The OpenAPI document of an app with ``options``."""
    components = {
        **schemas.components(options.max_leads),
        **native_schemas.components(),
        **campaigns.components(),
        **campaign_events.COMPONENTS,
        **rights.components(),
        **linkup.components(),
        **service.COMPONENTS,
    }
    return openapi.build(_about(), operations(options), components, _WEBHOOKS)


def _about() -> About:
    return About("Overture", version("overture"), _DESCRIPTION)


def _files(options: EdgeOptions) -> dict[str, bytes]:
    page = pages.render(
        _about(),
        operations(options),
        (*reference.tables(options.max_leads), fields.table(), campaign_fields.table()),
        _WEBHOOKS,
    )
    return {
        service.SPECIFICATION.id: msgspec.json.encode(document(options)),
        service.DOCS.id: page,
        service.STYLE.id: pages.stylesheet(),
    }


def _routes(declared: Sequence[Operation], handlers: Mapping[str, Handler]) -> list[Route]:
    return [
        _OperationRoute(path.path, handlers[operation.id], methods=[operation.method])
        for operation in declared
        for path in operation.paths
    ]


def create_app(
    open_services: OpenServices,
    options: EdgeOptions | None = None,
    *,
    use_cases: UseCases | None = None,
    registry: CollectorRegistry = REGISTRY,
    exposed: CollectorRegistry | None = None,
) -> ASGIApp:
    """Return the application. Its lifespan opens the services; nothing is opened before.

    ``registry`` is where the door's own metrics are kept; ``exposed`` is what ``/metrics`` shows, if another:
    the figures of several processes together.
    """
    options = options or EdgeOptions()
    use_cases = use_cases or UseCases()
    declared = operations(options)
    handlers = {
        **UpscaleDoor(use_cases, options).handlers,
        **NativeDoor(use_cases, options).handlers,
        **CampaignDoor(use_cases, options).handlers,
        **rights.RightsDoor(use_cases, options).handlers,
        **LinkUpDoor(options).handlers,
        **ServiceDoor(use_cases, exposed or registry, _files(options)).handlers,
    }

    @asynccontextmanager
    async def lifespan(_app: object) -> AsyncGenerator[dict[str, Services]]:
        async with open_services() as services:
            yield {"services": services}

    router = Router(_routes(declared, handlers), redirect_slashes=False, default=_unknown, lifespan=lifespan)
    paths = [path.path for operation in declared for path in operation.paths]
    return Edge(router, options, HttpMetrics(registry, paths), _SHAPES)
