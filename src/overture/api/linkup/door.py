"""The handlers of the dialect: who calls, what is asked, what it costs, what came of it."""

import re
from typing import cast

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from overture.api import entry
from overture.api.body import decode_object
from overture.api.contract import Handler
from overture.api.linkup.endpoint import Call, Endpoint, Reply, Wrapper
from overture.api.linkup.fields import Params, parse
from overture.api.linkup.index import ENDPOINTS
from overture.api.linkup.problems import answer_to, shown_status
from overture.api.options import EdgeOptions
from overture.domain.accounts import Caller, Scope
from overture.domain.errors import Invalid, NotFound, OutOfScope
from overture.telemetry.logs import get
from overture.usecases import accounts
from overture.usecases.linkedin import sessions
from overture.usecases.metering import Bill
from overture.usecases.services import Services

_ID = re.compile("[0-9a-f]{24}")
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_encode = msgspec.json.Encoder().encode
log = get("overture.api.linkup")


def _call_key(request: Request) -> str | None:
    """The key of a call, in the header ``Idempotency-Key``; raises Invalid for what is none."""
    text = entry.header(request, b"idempotency-key")
    if text is not None and not _KEY.fullmatch(text):
        raise Invalid(["Idempotency-Key must be 1 to 255 visible ASCII characters"])
    return text


def _one_of_problems(endpoint: Endpoint, params: Params) -> list[str]:
    return [
        f"Missing required parameter: {' or '.join(names)}"
        for names in endpoint.one_of
        if not any(params.values.get(name) for name in names)
    ]


def _refuse(problems: list[str]) -> None:
    if problems:
        raise Invalid(problems)


class LinkUpDoor:
    """Binds the endpoints to use cases."""

    def __init__(self, options: EdgeOptions) -> None:
        self._options = options

    @property
    def handlers(self) -> dict[str, Handler]:
        """The handler of every endpoint, by its id."""
        return {endpoint.id: self._handler(endpoint) for endpoint in ENDPOINTS}

    def _handler(self, endpoint: Endpoint) -> Handler:
        async def handle(request: Request) -> Response:
            try:
                return await self._serve(endpoint, request)
            except Exception as error:  # noqa: BLE001  # whatever it is, the caller gets the dialect's shape
                return self._error(endpoint, error)

        return handle

    async def _serve(self, endpoint: Endpoint, request: Request) -> Response:
        services = cast("Services", request.scope["state"]["services"])
        caller = await accounts.authenticate(services, entry.header(request, b"x-api-key"))
        request.scope["account_id"] = str(caller.account_id)
        if not caller.may(Scope.GATEWAY):
            raise OutOfScope
        params, problems = await self._parse(endpoint, request)
        most = 1 if problems else endpoint.most(params)
        async with services.metering.billed(caller, endpoint.id, most) as bill:
            try:
                bill.admit()
                _refuse(problems)
                call = await self._call(endpoint, request, services, caller, params)
                reply = await endpoint.run(call)
            except Exception as error:
                self._charge_failure(bill, error)
                raise
            bill.charge(reply.credits, 200)
        return self._reply(endpoint, reply)

    @staticmethod
    def _charge_failure(bill: Bill, error: Exception) -> None:
        bill.charge(min(1, bill.most), answer_to(error).status)

    async def _parse(self, endpoint: Endpoint, request: Request) -> tuple[Params, list[str]]:
        if not endpoint.body:
            return Params({}), []
        body = await request.body()
        try:
            decoded = decode_object(body, self._options.max_depth) if body.strip() else {}
        except Invalid as error:
            return Params({}), error.messages
        params, problems = parse(endpoint.all_fields, decoded)
        return params, problems or _one_of_problems(endpoint, params)

    @staticmethod
    async def _call(endpoint: Endpoint, request: Request, services: Services, caller: Caller, params: Params) -> Call:
        who, path_id = None, str(request.path_params.get("id", ""))
        if "{id}" in endpoint.path and not _ID.fullmatch(path_id):
            raise NotFound("no such account")
        if endpoint.session:
            who = await sessions.by_token(services, caller.account_id, params.text("login_token"))
        return Call(services, caller, params, who, path_id, _call_key(request))

    @staticmethod
    def _reply(endpoint: Endpoint, reply: Reply) -> Response:
        body = reply.body if endpoint.wrapper is Wrapper.BARE else {"status": "success", **reply.body}
        return Response(_encode(body), media_type="application/json")

    def _error(self, endpoint: Endpoint, error: Exception) -> Response:
        answer = answer_to(error)
        if answer.status == 500 and answer.message.startswith("Internal"):
            log.error("linkup.failed", endpoint=endpoint.id, error=type(error).__name__, exc_info=error)
        bare = endpoint.wrapper is Wrapper.BARE
        status = shown_status(answer.status, compat=self._options.linkup_compat, bare=bare)
        headers = {"Retry-After": str(answer.retry_after)} if answer.retry_after else None
        return Response(answer.body, status, headers, media_type="application/json")
