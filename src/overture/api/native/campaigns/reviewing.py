"""Messages that wait for a person: listed, shown with their evidence, approved, rejected, edited."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar, cast
from uuid import UUID

import msgspec
from starlette.responses import Response

from overture.api.evidence import Body
from overture.api.native.answering import answered, reply
from overture.api.native.campaigns import reviews_declared as declared
from overture.api.native.campaigns.topic import Call, Route, Topic, place
from overture.domain.campaigns.flags import Flag
from overture.domain.campaigns.reviews import ReviewId, Then
from overture.domain.errors import Invalid, NotFound
from overture.usecases.campaigns import approving, reviewing
from overture.usecases.campaigns.reviewing import Matching

T = TypeVar("T")
_encode = msgspec.json.Encoder().encode
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def _rendered(body: Callable[[T], Body]) -> Callable[[T], bytes]:
    return lambda told: _encode(body(told))


async def _list(call: Call) -> Response:
    asked = call.asked
    which = _matching(call, asked.get("campaign_id"), asked.get("flag"), asked.get("plain"))
    page = await reviewing.page(call.services, which, _after(call), call.limit())
    following = place(*page.following) if page.following else None
    return reply({"reviews": [declared.review(item) for item in page.reviews], "next_cursor": following})


def _after(call: Call) -> tuple[datetime, UUID] | None:
    found = call.cursor(tuple[datetime, UUID])
    try:
        return (found[0].astimezone(UTC), found[1]) if found else None
    except OverflowError:
        raise Invalid(["cursor is not one that was given out"]) from None


def _matching(call: Call, campaign_id: object, flag: object, plain: object) -> Matching:
    """Read which messages are meant; what is absent is no condition."""
    faults: list[str] = []
    chosen = _campaign(campaign_id)
    if campaign_id is not None and chosen is None:
        faults.append("campaign_id must be a campaign's id")
    if flag is not None and not (isinstance(flag, str) and flag in set(Flag)):
        faults.append(f"flag must be one of: {', '.join(Flag)}")
    if plain is not None and not (isinstance(plain, bool) or plain in ("true", "false")):
        faults.append("plain must be true or false")
    if faults:
        raise Invalid(faults)
    return Matching(call.caller.account_id, chosen, cast("str | None", flag), plain in (True, "true"))


def _campaign(given: object) -> UUID | None:
    return UUID(given) if isinstance(given, str) and _UUID.fullmatch(given) else None


def _review_id(call: Call) -> ReviewId:
    return ReviewId.parse(str(call.request.path_params["review_id"]))


async def _show(call: Call) -> Response:
    return reply(declared.with_evidence(await reviewing.show(call.services, call.caller, _review_id(call))))


async def _approve(call: Call) -> Response:
    await call.record_if_any()
    return await _approved(call, [_review_id(call)])


async def _approve_many(call: Call) -> Response:
    given = await call.record()
    ids = given.get("ids")
    if given.get("all") is True and ids is None:
        which = _matching(call, given.get("campaign_id"), given.get("flag"), given.get("plain"))
        return await _approved(call, which)
    if given.get("all") not in (None, False) or not isinstance(ids, list):
        raise Invalid(["either ids, an array, or all, true, is required"])
    return await _approved(call, [_parsed(item) for item in cast("list[object]", ids)])


def _parsed(item: object) -> ReviewId:
    try:
        return ReviewId.parse(item if isinstance(item, str) else "")
    except NotFound:
        raise Invalid(["ids must hold ids of messages in review"]) from None


async def _approved(call: Call, which: list[ReviewId] | Matching) -> Response:
    render = _rendered(declared.approved)
    return answered(await approving.approve(call.services, call.caller, which, await call.once(), render))


async def _reject(call: Call) -> Response:
    given = await call.record()
    then, reason = given.get("then"), given.get("reason")
    faults: list[str] = []
    if not (isinstance(then, str) and then in set(Then)):
        faults.append(f"then must be one of: {', '.join(Then)}")
    if reason is not None and not isinstance(reason, str):
        faults.append("reason must be a text")
    if faults:
        raise Invalid(faults)
    verdict = Then(cast("str", then)), cast("str", reason or "")
    how, render = await call.once(), _rendered(declared.rejected)
    return answered(await approving.reject(call.services, call.caller, _review_id(call), verdict, how, render))


async def _edit(call: Call) -> Response:
    text = (await call.record()).get("text")
    if not isinstance(text, str):
        raise Invalid(["text is required"])
    how, render = await call.once(), _rendered(declared.edited)
    return answered(await reviewing.edit(call.services, call.caller, _review_id(call), text, how, render))


TOPIC = Topic(
    (
        Route(declared.LIST, _list),
        Route(declared.APPROVE_MANY, _approve_many),
        Route(declared.SHOW, _show),
        Route(declared.APPROVE, _approve),
        Route(declared.REJECT, _reject),
        Route(declared.EDIT, _edit),
    ),
    declared.COMPONENTS,
)
