"""The handlers of the native routes."""

import re
from uuid import UUID

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from overture.api import entry
from overture.api.body import decode_object
from overture.api.contract import Handler
from overture.api.native import fields, operations, replies
from overture.api.native.answering import answered, once, reply, retold
from overture.api.options import EdgeOptions
from overture.api.upscale.validation import Validator
from overture.api.use_cases import UseCases
from overture.domain.errors import Invalid, NotFound
from overture.domain.revisions import MessageId
from overture.usecases.evidence import MOST

_encode = msgspec.json.Encoder().encode
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_LIMIT = re.compile(r"[1-9][0-9]{0,3}")
DEFAULT_LIMIT = 50


def _request_id(request: Request) -> UUID:
    text = str(request.path_params["request_id"])
    if not _UUID.fullmatch(text):
        raise NotFound("no such request")
    return UUID(text)


def _message_id(request: Request) -> MessageId:
    return MessageId.parse(str(request.path_params["message_id"]))


class NativeDoor:
    """Binds the handlers to use cases and limits."""

    def __init__(self, use_cases: UseCases, options: EdgeOptions) -> None:
        self._use_cases = use_cases
        self._max_depth = options.max_depth
        self._validator = Validator(options.max_leads, https_webhooks_only=options.https_webhooks_only)

    @property
    def handlers(self) -> dict[str, Handler]:
        """The handler of every operation, by its id."""
        bound: dict[str, Handler] = {
            operations.MESSAGE.id: self.message,
            operations.MESSAGES.id: self.messages,
            operations.REGENERATE.id: self.regenerate,
            operations.PREVIEW.id: self.preview,
            operations.CANCEL.id: self.cancel,
        }
        return {name: retold(handler) for name, handler in bound.items()}

    async def message(self, request: Request) -> Response:
        """Show one message, its evidence and its versions."""
        services, caller = await entry.admit(self._use_cases, request)
        return reply(replies.one(await self._use_cases.message(services, caller, _message_id(request))))

    async def messages(self, request: Request) -> Response:
        """Show a page of a request's messages."""
        services, caller = await entry.admit(self._use_cases, request)
        asked = entry.query(request)
        limit = asked.get("limit", "").strip() or str(DEFAULT_LIMIT)
        if not _LIMIT.fullmatch(limit) or int(limit) > MOST:
            raise Invalid([f"limit must be a whole number from 1 to {MOST}"])
        given = asked.get("cursor", "").strip()
        after = replies.place(given) if given else None
        page = await self._use_cases.messages(services, caller, _request_id(request), after, int(limit))
        return reply(replies.page(page))

    async def regenerate(self, request: Request) -> Response:
        """Ask for another version of a message."""
        services, caller = await entry.admit(self._use_cases, request)
        body = await request.body()
        wish, message = fields.parse(decode_object(body, self._max_depth)), _message_id(request)
        answer = await self._use_cases.regenerate(
            services, caller, message, wish, once(request, body, 202), lambda version: _encode(replies.asked(version))
        )
        return answered(answer, {"Location": f"{operations.PREFIX}/messages/{message}"})

    async def preview(self, request: Request) -> Response:
        """Tell what a request would cost and find."""
        services, caller = await entry.admit(self._use_cases, request)
        generation = self._validator.parse(decode_object(await request.body(), self._max_depth))
        return reply(replies.quote(await self._use_cases.quote(services, caller, generation)))

    async def cancel(self, request: Request) -> Response:
        """Give up what a request has not written."""
        services, caller = await entry.admit(self._use_cases, request)
        body = await request.body()
        if body.strip():
            decode_object(body, self._max_depth)
        answer = await self._use_cases.cancel(
            services,
            caller,
            _request_id(request),
            once(request, body, 200),
            lambda state: _encode(replies.cancelled(state)),
        )
        return answered(answer)
