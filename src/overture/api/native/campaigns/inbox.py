"""The inbox over HTTP: what leads answered, handled, put into another class, and acted on."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from uuid import UUID

import msgspec
from starlette.responses import Response

from overture.api.contract import Operation, Outcome, Parameter, Path, Schema
from overture.api.native.answering import answered, reply
from overture.api.native.campaigns import inbox_replies as replies
from overture.api.native.campaigns.topic import CURSOR, EXAMPLE_ID, LIMIT, Call, Route, Topic
from overture.api.native.declaring import BODY, KEY, PREFIX, outcomes, problem
from overture.api.native.shapes import ID, one_of
from overture.domain.campaigns.replies import ReplyClass
from overture.domain.errors import Invalid
from overture.usecases import idempotency
from overture.usecases.campaigns import threads
from overture.usecases.campaigns.threads import Wanted
from overture.usecases.idempotency import Answer

_encode = msgspec.json.Encoder().encode
TAG = "Inbox"
PATH = f"{PREFIX}/inbox"
_ONE = f"{PATH}/{{thread_id}}"
_THREAD_ID = Parameter(
    "thread_id", "The thread: the id of any message that was received in it.", ID, str(EXAMPLE_ID), required=True
)
_NO_THREAD = problem(404, "There is no such thread.", "No such thread")
_CLASSES = ", ".join(ReplyClass)
_EARLIEST = datetime(1, 1, 1, tzinfo=UTC)


def _render(shown: threads.Conversation) -> bytes:
    return _encode(replies.conversation(shown))


def _class(value: object) -> ReplyClass:
    if not isinstance(value, str) or value not in set(ReplyClass):
        raise Invalid([f"class must be one of: {_CLASSES}"])
    return ReplyClass(value)


def _only(body: dict[str, object], *names: str) -> None:
    mistakes = [f"there is no field {name[:64]!r}" for name in body if name not in names]
    if mistakes:
        raise Invalid(mistakes)


def _after(call: Call) -> tuple[datetime, UUID] | None:
    after = call.cursor(tuple[datetime, UUID])
    if after is not None and (after[0].tzinfo is None or after[0] < _EARLIEST):
        raise Invalid(["cursor is not one that was given out"])
    return after


async def _list(call: Call) -> Response:
    asked = call.asked
    unhandled = asked.get("unhandled", "false")
    if unhandled not in {"true", "false"}:
        raise Invalid(["unhandled must be true or false"])
    try:
        campaign = UUID(asked["campaign_id"]) if "campaign_id" in asked else None
    except ValueError:
        raise Invalid(["campaign_id must be the id of a campaign"]) from None
    kind = _class(asked["class"]) if "class" in asked else None
    wanted = Wanted(kind, campaign, unhandled == "true", _after(call))
    return reply(replies.page(await threads.list_(call.services, call.caller, wanted, call.limit())))


LIST = Operation(
    id="list_threads",
    method="GET",
    paths=(Path(PATH),),
    tag=TAG,
    summary="List who answered",
    description=(
        "One entry a person, as the last message that was received stands; the newest first. `class` is what the "
        "answer says, `class_why` the words that say so, `class_by` who read it: rules, llm or hand."
    ),
    parameters=(
        Parameter("class", "Only those of this class.", {"type": "string", "enum": [*ReplyClass]}, "interested"),
        Parameter("campaign_id", "Only those of this campaign.", ID, str(EXAMPLE_ID)),
        Parameter("unhandled", "true: only those that nobody has handled.", {"type": "boolean"}, "true"),
        LIMIT,
        CURSOR,
    ),
    outcomes=outcomes(
        Outcome(200, "A page.", "ThreadPage", {"page": replies.EXAMPLE_PAGE}),
        problem(422, "A parameter breaks rules.", f"class must be one of: {_CLASSES}"),
    ),
)


async def _show(call: Call) -> Response:
    return reply(replies.conversation(await threads.show(call.services, call.caller, call.id("thread_id", "thread"))))


SHOW = Operation(
    id="show_thread",
    method="GET",
    paths=(Path(_ONE),),
    tag=TAG,
    summary="Show what was said",
    description="All messages with the person, oldest first, and the leads of the company that the answer holds.",
    path_parameters=(_THREAD_ID,),
    outcomes=outcomes(Outcome(200, "The thread.", "Thread", {"thread": replies.EXAMPLE}), _NO_THREAD),
)

Act = Callable[[Call, UUID], Awaitable[Answer]]


async def _handle(call: Call, thread: UUID) -> Answer:
    body = await call.record_if_any()
    _only(body, "handled")
    handled = body.get("handled", True)
    if not isinstance(handled, bool):
        raise Invalid(["handled must be true or false"])
    return await threads.handle(call.services, call.caller, thread, await call.once(), _render, handled=handled)


async def _classify(call: Call, thread: UUID) -> Answer:
    body = await call.record()
    _only(body, "class")
    kind = _class(body.get("class"))
    return await threads.classify(call.services, call.caller, thread, await call.once(), _render, kind)


async def _suppress(call: Call, thread: UUID) -> Answer:
    _only(await call.record_if_any())
    return await threads.suppress(call.services, call.caller, thread, await call.once(), _render)


async def _resume(call: Call, thread: UUID) -> Answer:
    _only(await call.record_if_any())
    return await threads.resume_company(call.services, call.caller, thread, await call.once(), _render)


def _act(name: str, act: Act, words: tuple[str, str], body: str = "", example: object = None) -> Route:
    """Declare one of the actions on a thread."""

    async def handle(call: Call) -> Response:
        return answered(await act(call, call.id("thread_id", "thread")))

    operation = Operation(
        id=f"{name}_thread",
        method="POST",
        paths=(Path(f"{_ONE}/{name}"),),
        tag=TAG,
        summary=words[0],
        description=words[1],
        body=body,
        body_examples={"example": example} if body else {},
        path_parameters=(_THREAD_ID,),
        headers=(KEY,),
        outcomes=outcomes(
            Outcome(200, "As it stands now.", "Thread", {"thread": replies.EXAMPLE}),
            _NO_THREAD,
            problem(
                409, "It cannot be, or a call with this key is in hand.", "An opt-out is final", idempotency.IN_HAND
            ),
            problem(422, "The body breaks rules, or the key was used for another call.", idempotency.ANOTHER),
            *BODY,
        ),
    )
    return Route(operation, handle)


_HANDLED: Schema = {"type": "object", "properties": {"handled": {"type": "boolean"}}, "additionalProperties": False}
_CLASSIFIED: Schema = {
    "type": "object",
    "properties": {"class": one_of(ReplyClass)},
    "required": ["class"],
    "additionalProperties": False,
}

TOPIC = Topic(
    (
        Route(LIST, _list),
        Route(SHOW, _show),
        _act(
            "handle",
            _handle,
            ("Note that a thread is handled", "All that was received so far; with `handled` false, that it is not."),
            "ThreadHandled",
            {"handled": True},
        ),
        _act(
            "classify",
            _classify,
            (
                "Correct the class of an answer",
                "`opt_out` leaves the person alone for good. An absence that turns out to be an answer stops the lead; "
                "what was stopped stays so.",
            ),
            "ThreadClassified",
            {"class": "later"},
        ),
        _act(
            "suppress",
            _suppress,
            (
                "Leave the person alone for good",
                "The person goes on the list of those who are left alone, and every lead of it is stopped, in every "
                "campaign. There is no way back.",
            ),
        ),
        _act(
            "resume_company",
            _resume,
            (
                "Let the colleagues go on",
                f"The leads of the company that the answers of this thread hold, at most {threads.MOST_HELD} a call.",
            ),
        ),
    ),
    {**replies.components(), "ThreadHandled": _HANDLED, "ThreadClassified": _CLASSIFIED},
)
