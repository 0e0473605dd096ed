"""The leads of campaigns over HTTP: listed, shown, held, let go on, stopped."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import msgspec
from starlette.responses import Response

from overture.api.contract import Operation, Outcome, Parameter, Path
from overture.api.native.answering import answered, reply
from overture.api.native.campaigns import examples, replies
from overture.api.native.campaigns.topic import (
    CAMPAIGN_ID,
    CURSOR,
    LEAD_ID,
    LIMIT,
    NO_CAMPAIGN,
    NO_LEAD,
    PATH,
    TAG,
    Call,
    Route,
    Topic,
)
from overture.api.native.declaring import BODY, KEY, PREFIX, outcomes, problem
from overture.domain.accounts import Caller
from overture.domain.campaigns.states import LeadState
from overture.domain.errors import Invalid
from overture.usecases import idempotency
from overture.usecases.campaigns import handling
from overture.usecases.campaigns.handling import LeadView
from overture.usecases.idempotency import Answer, Once
from overture.usecases.services import Services

_encode = msgspec.json.Encoder().encode
_ONE = f"{PREFIX}/campaign_leads/{{lead_id}}"

Act = Callable[[Services, Caller, UUID, Once, handling.Render], Awaitable[Answer]]
MOST_PLACE = 2_000_000_000


def _render(shown: LeadView) -> bytes:
    return _encode(replies.lead(shown))


async def _list(call: Call) -> Response:
    state = call.asked.get("state")
    if state is not None and state not in set(LeadState):
        raise Invalid([f"state must be one of: {', '.join(LeadState)}"])
    after = call.cursor(tuple[int])
    if after is not None and not 0 <= after[0] <= MOST_PLACE:
        raise Invalid(["cursor is not one that was given out"])
    page = await handling.list_(
        call.services,
        call.caller,
        call.id("campaign_id"),
        LeadState(state) if state else None,
        after[0] if after else None,
        call.limit(),
    )
    return reply(replies.leads(page))


LIST = Operation(
    id="list_campaign_leads",
    method="GET",
    paths=(Path(f"{PATH}/{{campaign_id}}/leads"),),
    tag=TAG,
    summary="List the leads of a campaign",
    description="In the order of their import.",
    parameters=(
        Parameter("state", "Only those in this state.", {"type": "string", "enum": [*LeadState]}, "waiting"),
        LIMIT,
        CURSOR,
    ),
    path_parameters=(CAMPAIGN_ID,),
    outcomes=outcomes(
        Outcome(200, "A page.", "CampaignLeadPage", {"page": examples.leads()}),
        NO_CAMPAIGN,
        problem(422, "A parameter breaks rules.", "limit must be a whole number from 1 to 100"),
    ),
)


async def _show(call: Call) -> Response:
    return reply(replies.lead(await handling.show(call.services, call.caller, call.id("lead_id", "lead"))))


SHOW = Operation(
    id="show_campaign_lead",
    method="GET",
    paths=(Path(_ONE),),
    tag=TAG,
    summary="Show a lead of a campaign",
    description="Who it is, in which state and step it stands, why, and when it is looked at next.",
    path_parameters=(LEAD_ID,),
    outcomes=outcomes(Outcome(200, "The lead.", "CampaignLead", {"lead": examples.lead()}), NO_LEAD),
)


def _act(name: str, act: Act, after: LeadState, words: tuple[str, str], conflict: str) -> Route:
    """Declare one of the actions on a lead."""

    async def handle(call: Call) -> Response:
        await call.record_if_any()
        return answered(await act(call.services, call.caller, call.id("lead_id", "lead"), await call.once(), _render))

    operation = Operation(
        id=f"{name}_campaign_lead",
        method="POST",
        paths=(Path(f"{_ONE}/{name}"),),
        tag=TAG,
        summary=words[0],
        description=words[1],
        path_parameters=(LEAD_ID,),
        headers=(KEY,),
        outcomes=outcomes(
            Outcome(200, "As it stands now.", "CampaignLead", {"lead": examples.lead(after)}),
            NO_LEAD,
            problem(409, "The lead, or its campaign, is in no state for it.", conflict, idempotency.IN_HAND),
            problem(422, "A body that is no JSON object, or a key used for another call.", idempotency.ANOTHER),
            *BODY,
        ),
    )
    return Route(operation, handle)


TOPIC = Topic(
    (
        Route(LIST, _list),
        Route(SHOW, _show),
        _act(
            "hold",
            handling.hold,
            LeadState.HELD,
            ("Hold a lead", "Sets it aside until it is let go on. Replies are still heard."),
            "Something is being sent to the lead; it can be held once that is settled",
        ),
        _act(
            "resume",
            handling.resume,
            LeadState.INVITED,
            ("Let a held lead go on", "From where it was; what it waited for counts from when the wait began."),
            "The lead is waiting, not held",
        ),
        _act(
            "stop",
            handling.stop,
            LeadState.STOPPED,
            ("Stop a lead for good", "With the reason `by_hand`. One that has ended is left as it is."),
            "Something is being sent to the lead; it can be stopped once that is settled",
        ),
    )
)
