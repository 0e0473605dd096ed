"""The handlers of the dialect: check the caller, read what was sent, call one use case, answer."""

import re
from uuid import UUID, uuid4

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from overture.api import entry
from overture.api.body import decode_object
from overture.api.contract import Handler
from overture.api.options import EdgeOptions
from overture.api.upscale import operations, replies, rules
from overture.api.upscale.validation import Validator
from overture.api.use_cases import UseCases
from overture.domain import sequences
from overture.domain.errors import Invalid

_encode = msgspec.json.Encoder().encode
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_ID_MISSING = f"{operations.REQUEST_ID} {rules.REQUIRED}"
_ID_MALFORMED = f"{operations.REQUEST_ID} must be a valid UUID"


def _reply(body: object, status: int = 200) -> Response:
    return Response(_encode(body), status, media_type="application/json")


class UpscaleDoor:
    """Binds the handlers to use cases and limits."""

    def __init__(self, use_cases: UseCases, options: EdgeOptions) -> None:
        self._use_cases = use_cases
        self._max_depth = options.max_depth
        self._validator = Validator(options.max_leads, https_webhooks_only=options.https_webhooks_only)

    @property
    def handlers(self) -> dict[str, Handler]:
        """The handler of every operation, by its id."""
        return {
            operations.SUBMIT.id: self.submit,
            operations.RETRIEVE.id: self.retrieve,
            operations.SEQUENCES.id: self.sequences,
            operations.CREDITS.id: self.credits,
            operations.ACCOUNT.id: self.account,
        }

    async def submit(self, request: Request) -> Response:
        """Accept a generation request."""
        services, caller = await entry.admit(self._use_cases, request)
        body = decode_object(await request.body(), self._max_depth)
        generation = self._validator.parse(body)
        return _reply(replies.accepted(await self._use_cases.submit(services, caller, generation)))

    async def retrieve(self, request: Request) -> Response:
        """Show a request's messages: 200 once complete, 202 before."""
        services, caller = await entry.admit(self._use_cases, request)
        request_id = await self._request_id(request)
        view = await self._use_cases.retrieve(services, caller, request_id)
        body = replies.messages(view, uuid4())
        if entry.query(request).get(operations.INCLUDE) == operations.EVIDENCE:
            replies.add_evidence(body, await self._use_cases.evidence_of(services, caller, request_id))
        return _reply(body, 200 if view.complete else 202)

    async def _request_id(self, request: Request) -> UUID:
        asked = entry.query(request).get(operations.REQUEST_ID, "")
        given: object = asked
        if not asked.strip() and (body := await request.body()):
            given = decode_object(body, self._max_depth).get(operations.REQUEST_ID)
        if given is None or (isinstance(given, str) and not given.strip()):
            raise Invalid([_ID_MISSING])
        if not isinstance(given, str) or not _UUID.fullmatch(given):
            raise Invalid([_ID_MALFORMED])
        return UUID(given)

    async def sequences(self, request: Request) -> Response:
        """List preset sequences."""
        await entry.admit(self._use_cases, request)
        return _reply(replies.sequences(sequences.find(entry.query(request))))

    async def credits(self, request: Request) -> Response:
        """Show the balance."""
        services, caller = await entry.admit(self._use_cases, request)
        return _reply(replies.balance(await self._use_cases.check_credits(services, caller)))

    async def account(self, request: Request) -> Response:
        """Show the account."""
        services, caller = await entry.admit(self._use_cases, request)
        view = await self._use_cases.describe(services, caller)
        return _reply(replies.account(view.created_at, view.plan_name, view.monthly_credits, view.monthly_allowance))
