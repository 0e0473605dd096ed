"""Doing a call with an Idempotency-Key once: its answer is kept in the transaction of what it did."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from overture.domain.accounts import Caller
from overture.domain.errors import Conflict, Invalid
from overture.store import answers
from overture.store.answers import Kept
from overture.store.db import Tx
from overture.usecases.services import Services

KEPT_DAYS = 30
"""How long an answer is kept (reliability.md, I3)."""

IN_HAND = "a call with this Idempotency-Key is being worked on"
ANOTHER = "Idempotency-Key was used for another call"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Key:
    """A caller's key, and the hash of what it is sent with: method, path and body."""

    text: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What the caller gets; ``replayed`` where it is the answer to an earlier call."""

    status: int
    body: bytes
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class Once:
    """How a call is to be answered: under which key, if any, and with which status."""

    key: Key | None
    status: int


async def once(
    services: Services,
    caller: Caller,
    how: Once,
    work: Callable[[Tx], Awaitable[T]],
    render: Callable[[T], bytes],
) -> Answer:
    """Do the work and return its answer, or return the answer that an equal call with the same key got.

    A refused call keeps nothing: it did nothing, and may be repeated with its key.

    Raises:
        Conflict: a call with this key is being worked on.
        Invalid: the key was used for another call.
    """
    key = how.key

    async def run(tx: Tx) -> Answer:
        if key is None:
            return Answer(how.status, render(await work(tx)))
        if not await answers.take_turn(tx, caller.account_id, key.text):
            raise Conflict(IN_HAND)
        kept = await answers.find(tx, caller.account_id, key.text)
        if kept is not None:
            if kept.digest != key.digest:
                raise Invalid([ANOTHER])
            return Answer(kept.status, kept.body, replayed=True)
        body = render(await work(tx))
        await answers.keep(tx, caller.account_id, key.text, Kept(key.digest, how.status, body), KEPT_DAYS)
        return Answer(how.status, body)

    return await services.database.settle(run)
