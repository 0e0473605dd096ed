"""The console's ASGI application. It shares the services that the API's lifespan opens."""

import re
import uuid
from typing import cast

import structlog
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from overture.console import access, rendering, security
from overture.console.failures import answer_to
from overture.console.registry import PAGES
from overture.console.view import Page, Settings, View
from overture.domain.errors import Forbidden
from overture.telemetry.logs import get
from overture.usecases import accounts
from overture.usecases.console import people
from overture.usecases.services import Services

PREFIX = "/console"
MOST_BYTES = 32 * 1024 * 1024
"""The largest body: a file with 100,000 leads."""

log = get("overture.console")
_REQUEST_ID = re.compile(r"[\x21-\x7e]{1,128}")


def services_of(request: Request) -> Services:
    """Return what the use cases need."""
    return cast("Services", request.scope["state"]["services"])


class _Handler:
    """One page: the session found, the role checked, the form read and known to be our own."""

    def __init__(self, page: Page, settings: Settings) -> None:
        self._page = page
        self._settings = settings

    async def __call__(self, request: Request) -> Response:
        services = services_of(request)
        token = request.cookies.get(
            security.cookie_name(https=security.is_https(request, self._settings.public_url)), ""
        )
        found = await people.session(services, token)
        if found is None:
            return _to_sign_in(request)
        session, user = found
        form = await self._form(request, token)
        known = await accounts.summaries(services)
        view = View(request, services, self._settings, user, session, token, known, form)
        if not view.may(self._page.role):
            raise Forbidden(f"this needs the role {self._page.role}")
        try:
            return await self._page.handler(view)
        except Exception as error:  # noqa: BLE001  # the page's outermost layer: the person gets a page
            return answer_to(error, view)

    async def _form(self, request: Request, token: str) -> FormData:
        if request.method in security.SAFE:
            return FormData()
        if not security.is_own(request, self._settings.public_url):
            raise Forbidden("the request was not sent by a page of the console")
        form = await request.form(max_files=2, max_fields=2_000, max_part_size=MOST_BYTES)
        presented = request.headers.get("x-form-token") or form.get("form_token") or ""
        if not security.token_matches(token, str(presented)):
            raise Forbidden("the form is of another session: load the page again")
        return form


def _to_sign_in(request: Request) -> Response:
    if request.headers.get("hx-request") == "true":
        return Response(status_code=401, headers={"HX-Redirect": f"{PREFIX}/sign-in"})
    return RedirectResponse(f"{PREFIX}/sign-in", 303)


async def _static(request: Request) -> Response:
    found = rendering.assets().get(str(request.path_params["name"]))
    if found is None:
        raise HTTPException(404)
    media_type, body = found
    return Response(body, media_type=media_type, headers={"cache-control": "public, max-age=31536000, immutable"})


async def _no_page(_scope: Scope, _receive: Receive, _send: Send) -> None:
    raise HTTPException(404, "There is no such page.")


def _bounded(receive: Receive) -> Receive:
    seen = 0

    async def bounded() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > MOST_BYTES:
            raise HTTPException(413, "the file is too large")
        return message

    return bounded


class Console:
    """Wraps the routes: request ids, security headers, and pages for whatever fails."""

    def __init__(self, settings: Settings) -> None:
        routes = [
            Route(PREFIX + page.path, _Handler(page, settings).__call__, methods=list(page.methods)) for page in PAGES
        ]
        routes += [Route(f"{PREFIX}/static/{{name}}", _static)]
        routes += access.routes(PREFIX, settings)
        self._app = Router(routes, redirect_slashes=True, default=_no_page)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        request = Request(scope)
        given = request.headers.get("x-request-id", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        scope["overture.request_id"] = request_id
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started = False

        async def finish(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                names = {name for name, _ in message["headers"]}
                extra = {**security.HEADERS, "cache-control": "no-store", "x-request-id": request_id}
                message["headers"] = [
                    *message["headers"],
                    *((n.encode(), v.encode()) for n, v in extra.items() if n.encode() not in names),
                ]
            await send(message)

        try:
            await self._app(scope, _bounded(receive), finish)
        except Exception as error:
            if started:
                raise
            await answer_to(error, None)(scope, receive, finish)


class Split:
    """Sends ``/console`` to the console and everything else to the API; ``/`` leads to the console."""

    def __init__(self, api: ASGIApp, settings: Settings) -> None:
        self._api = api
        self._console = Console(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or the lifespan."""
        path = scope.get("path", "")
        if scope["type"] == "http" and (path == PREFIX or path.startswith(f"{PREFIX}/")):
            await self._console(scope, receive, send)
        elif scope["type"] == "http" and path == "/" and scope["method"] in security.SAFE:
            response: Response = RedirectResponse(f"{PREFIX}/", 307)
            await response(scope, receive, send)
        else:
            await self._api(scope, receive, send)
