"""Signing in and out, and choosing a password by a one-time link: the pages without a session."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from overture.console import rendering, security
from overture.console.view import Settings
from overture.domain.console import SHORTEST_PASSWORD
from overture.domain.errors import Forbidden, Invalid, NotFound, Unauthorized
from overture.usecases.console import people
from overture.usecases.console.people import From
from overture.usecases.services import Services

LINK_USED = "This link was used, or has expired. Ask for a new one: overture console invite"


def _page(template: str, status: int = 200, **context: object) -> Response:
    return HTMLResponse(rendering.render(template, context), status)


def _origin(request: Request) -> From:
    return From(request.client.host if request.client else "", request.headers.get("user-agent", ""))


class _Access:
    def __init__(self, prefix: str, settings: Settings) -> None:
        self._prefix = prefix
        self._settings = settings

    def routes(self) -> list[Route]:
        bound: dict[str, Callable[[Request], Awaitable[Response]]] = {
            "/sign-in": self.sign_in,
            "/welcome/{token}": self.welcome,
        }
        return [Route(self._prefix + path, handler, methods=["GET", "POST"]) for path, handler in bound.items()]

    async def _fields(self, request: Request, *names: str) -> list[str]:
        if not security.is_own(request, self._settings.public_url):
            raise Forbidden("the request was not sent by a page of the console")
        form = await request.form(max_files=0, max_fields=10)
        values = [form.get(name) for name in names]
        return [value if isinstance(value, str) else "" for value in values]

    def _let_in(self, request: Request, token: str, said: str = "") -> Response:
        response = RedirectResponse(f"{self._prefix}/{f'?said={said}' if said else ''}", 303)
        security.set_cookie(response, token, https=security.is_https(request, self._settings.public_url))
        return response

    async def sign_in(self, request: Request) -> Response:
        """Show the form, or let somebody in."""
        services: Services = request.scope["state"]["services"]
        if request.method == "GET":
            said = request.query_params.get("said", "")
            return _page("sign_in.html", wrong="", email="", said=said, nobody=not await people.people(services))
        email, password = await self._fields(request, "email", "password")
        try:
            token = await people.sign_in(services, email, password, _origin(request))
        except Unauthorized as error:
            return _page("sign_in.html", 401, wrong=str(error), email=email, said="", nobody=False)
        return self._let_in(request, token)

    async def welcome(self, request: Request) -> Response:
        """Show the form of a one-time link, or set the password and let its bearer in."""
        services: Services = request.scope["state"]["services"]
        link = str(request.path_params["token"])
        if not await people.link_is_open(services, link):
            return _page("welcome.html", 404, problem=LINK_USED, open=False, shortest=SHORTEST_PASSWORD)
        if request.method == "GET":
            return _page("welcome.html", problem="", open=True, shortest=SHORTEST_PASSWORD)
        password, again = await self._fields(request, "password", "again")
        problem = "" if password == again else "The two passwords differ."
        if not problem:
            try:
                user = await people.choose_password(services, link, password)
                return self._let_in(request, await people.begin_session(services, user, _origin(request)), "password")
            except Invalid as error:
                problem = str(error)
            except NotFound:
                return _page("welcome.html", 404, problem=LINK_USED, open=False, shortest=SHORTEST_PASSWORD)
        return _page("welcome.html", 422, problem=problem, open=True, shortest=SHORTEST_PASSWORD)


def routes(prefix: str, settings: Settings) -> list[Route]:
    """Return the routes that need no session."""
    return _Access(prefix, settings).routes()
