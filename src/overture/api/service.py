"""The service's own routes: health, metrics, the OpenAPI document and the documentation page."""

from typing import cast

import msgspec
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from starlette.requests import Request
from starlette.responses import Response

from overture.api.contract import Handler, Operation, Outcome, Path
from overture.api.use_cases import UseCases
from overture.usecases.services import Services

TAG = "Service"
DOCS_POLICY = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def _operation(name: str, path: str, summary: str, description: str, *outcomes: Outcome) -> Operation:
    return Operation(name, "GET", (Path(path),), TAG, summary, description, outcomes, secured=False)


def _file(media_type: str, description: str) -> Outcome:
    return Outcome(200, description, "", media_type=media_type)


HEALTH = _operation(
    "health",
    "/healthz",
    "Is the process up?",
    "Asks nothing of any other part.",
    Outcome(200, "It is.", "Health", {"up": {"status": "ok"}}),
)
READINESS = _operation(
    "readiness",
    "/readyz",
    "Can requests be served?",
    "Looks at the database and whatever else a request needs.",
    Outcome(200, "They can.", "Readiness", {"ready": {"status": "ready", "problems": []}}),
    Outcome(
        503,
        "They cannot, for these reasons.",
        "Readiness",
        {"database": {"status": "unavailable", "problems": ["the database cannot be reached"]}},
        retry_after=True,
    ),
)
METRICS = _operation(
    "metrics",
    "/metrics",
    "Metrics for Prometheus",
    "Counters and timings of this process.",
    _file("text/plain", "The text format of Prometheus."),
)
SPECIFICATION = _operation(
    "openapi",
    "/openapi.json",
    "This document",
    "The OpenAPI document, made from the declaration that validates requests.",
    _file("application/json", "OpenAPI 3.1."),
)
DOCS = _operation(
    "docs",
    "/docs",
    "The documentation page",
    "The same declaration, for people.",
    _file("text/html", "A page that needs no script."),
)
STYLE = _operation(
    "docs_style", "/docs/style.css", "Its stylesheet", "Loaded by the page.", _file("text/css", "The stylesheet.")
)

COMPONENTS: dict[str, dict[str, object]] = {
    "Health": {
        "type": "object",
        "properties": {"status": {"type": "string", "const": "ok"}},
        "required": ["status"],
    },
    "Readiness": {
        "type": "object",
        "properties": {
            "status": {"type": "string", "enum": ["ready", "unavailable"]},
            "problems": {"type": "array", "items": {"type": "string"}},
        },
        "required": ["status", "problems"],
    },
}


def operations(*, expose_metrics: bool) -> tuple[Operation, ...]:
    """The service's operations; metrics may be kept private."""
    shown = (METRICS,) if expose_metrics else ()
    return (HEALTH, READINESS, *shown, SPECIFICATION, DOCS, STYLE)


class ServiceDoor:
    """Binds the handlers to what they show."""

    def __init__(self, use_cases: UseCases, registry: CollectorRegistry, files: dict[str, bytes]) -> None:
        """``files`` holds the fixed answers by operation id: ``openapi``, ``docs`` and ``docs_style``."""
        self._use_cases = use_cases
        self._registry = registry
        self._files = files

    @property
    def handlers(self) -> dict[str, Handler]:
        """The handler of every operation, by its id."""
        return {
            HEALTH.id: self.health,
            READINESS.id: self.readiness,
            METRICS.id: self.metrics,
            SPECIFICATION.id: self._fixed(SPECIFICATION.id, "application/json"),
            DOCS.id: self._fixed(DOCS.id, "text/html"),
            STYLE.id: self._fixed(STYLE.id, "text/css"),
        }

    def _fixed(self, name: str, media_type: str) -> Handler:
        content = self._files[name]
        headers = {"Cache-Control": "no-cache", "Content-Security-Policy": DOCS_POLICY}

        async def answer(_request: Request) -> Response:
            return Response(content, media_type=media_type, headers=headers)

        return answer

    async def health(self, _request: Request) -> Response:
        """Say that the process is up."""
        return Response(b'{"status":"ok"}', media_type="application/json")

    async def readiness(self, request: Request) -> Response:
        """Ask the use case whether anything stands in the way."""
        services = cast("Services", request.scope["state"]["services"])
        found = await self._use_cases.ready(services)
        body = msgspec.json.encode({"status": "unavailable" if found else "ready", "problems": found})
        if found:
            return Response(body, 503, {"Retry-After": "1"}, media_type="application/json")
        return Response(body, media_type="application/json")

    async def metrics(self, _request: Request) -> Response:
        """Show what was counted."""
        return Response(generate_latest(self._registry), media_type=CONTENT_TYPE_LATEST)
