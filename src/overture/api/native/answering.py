"""What the handlers of the native routes have in common: the key of a call, answers, and errors in their words."""

import functools
import hashlib
import re

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from overture.api import entry
from overture.api.contract import Handler
from overture.api.native.problems import refusal
from overture.domain.errors import Invalid
from overture.usecases.idempotency import Answer, Key, Once

_encode = msgspec.json.Encoder().encode
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_KEY_FAULT = "Idempotency-Key must be 1 to 255 visible ASCII characters"


def once(request: Request, body: bytes, status: int) -> Once:
    """Read the key. What it stands for is the method, the path and the bytes of the body."""
    text = entry.header(request, b"idempotency-key")
    if text is None:
        return Once(None, status)
    if not _KEY.fullmatch(text):
        raise Invalid([_KEY_FAULT])
    called = f"{request.method} {request.url.path}\0".encode()
    return Once(Key(text, hashlib.sha256(called + body).digest()), status)


def reply(body: object) -> Response:
    """Answer with JSON."""
    return Response(_encode(body), media_type="application/json")


def answered(answer: Answer, headers: dict[str, str] | None = None) -> Response:
    """Answer with what was done, now or by an earlier call with the key."""
    replayed = {"Idempotency-Replayed": "true"} if answer.replayed else {}
    return Response(answer.body, answer.status, {**(headers or {}), **replayed}, media_type="application/json")


def retold(handler: Handler) -> Handler:
    """Tell errors in the words of these routes."""

    @functools.wraps(handler)
    async def handle(request: Request) -> Response:
        try:
            return await handler(request)
        except Exception as error:
            told = refusal(error)
            if told is error:
                raise
            raise told from error

    return handle
