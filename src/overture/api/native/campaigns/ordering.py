"""Campaigns over HTTP: ordered, changed, listed, and their life."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

import msgspec
from starlette.responses import Response

from overture.api import problems as general
from overture.api.contract import Operation, Outcome, Parameter, Path
from overture.api.native.answering import answered, reply
from overture.api.native.campaigns import examples, fields, replies
from overture.api.native.campaigns.topic import (
    CAMPAIGN_ID,
    CURSOR,
    LIMIT,
    NO_CAMPAIGN,
    PATH,
    TAG,
    Call,
    Route,
    Topic,
)
from overture.api.native.declaring import BODY, KEY, outcomes, problem
from overture.domain.accounts import Caller
from overture.domain.campaigns.states import CampaignState
from overture.domain.errors import Invalid
from overture.usecases import idempotency
from overture.usecases.campaigns import lifecycle, ordering
from overture.usecases.campaigns.ordering import CampaignView
from overture.usecases.idempotency import Answer, Once
from overture.usecases.services import Services

_encode = msgspec.json.Encoder().encode
_ONE = f"{PATH}/{{campaign_id}}"

Act = Callable[[Services, Caller, UUID, Once, lifecycle.Render], Awaitable[Answer]]


def _render(shown: CampaignView) -> bytes:
    return _encode(replies.campaign(shown))


async def _create(call: Call) -> Response:
    order = fields.parse(await call.record())
    answer = await ordering.create(call.services, call.caller, order, await call.once(201), _render)
    made = msgspec.json.decode(answer.body, type=dict[str, object])
    return answered(answer, {"Location": f"{PATH}/{made['id']}"})


CREATE = Operation(
    id="create_campaign",
    method="POST",
    paths=(Path(PATH),),
    tag=TAG,
    summary="Order a campaign",
    description=(
        "Keeps a campaign as a draft; nothing is written or sent before it is started. `sequence_id` is one of the 54 "
        "sequences, or `message_sequence` has own steps with waits. Leads are added afterwards."
    ),
    body="CampaignOrder",
    body_examples={"preset": examples.SMALLEST, "own steps": examples.OWN_STEPS},
    headers=(KEY,),
    outcomes=outcomes(
        Outcome(201, "It is a draft.", "Campaign", {"draft": examples.campaign()}),
        problem(409, "A call with this key is being worked on.", idempotency.IN_HAND),
        problem(
            422,
            "The body breaks rules; all mistakes are named.",
            "message_sequence: a connection_request stands first or nowhere",
            idempotency.ANOTHER,
        ),
        *BODY,
    ),
)


async def _list(call: Call) -> Response:
    asked = call.asked
    state = asked.get("state")
    if state is not None and state not in set(CampaignState):
        raise Invalid([f"state must be one of: {', '.join(CampaignState)}"])
    page = await ordering.list_own(
        call.services,
        call.caller,
        CampaignState(state) if state else None,
        asked.get("automation_tool_customer_id"),
        call.cursor(tuple[datetime, UUID]),
        call.limit(),
    )
    return reply(replies.campaigns(page))


LIST = Operation(
    id="list_campaigns",
    method="GET",
    paths=(Path(PATH),),
    tag=TAG,
    summary="List campaigns",
    description="Oldest first. `tally` is null here; one campaign shows it.",
    parameters=(
        Parameter("state", "Only those in this state.", {"type": "string", "enum": [*CampaignState]}, "running"),
        Parameter("automation_tool_customer_id", "Only those of this workspace.", {"type": "string"}, "customer_123"),
        LIMIT,
        CURSOR,
    ),
    outcomes=outcomes(
        Outcome(200, "A page.", "CampaignPage", {"page": examples.campaigns()}),
        problem(422, "A parameter breaks rules.", "limit must be a whole number from 1 to 100"),
    ),
)


async def _show(call: Call) -> Response:
    return reply(replies.campaign(await ordering.show(call.services, call.caller, call.id("campaign_id"))))


SHOW = Operation(
    id="show_campaign",
    method="GET",
    paths=(Path(_ONE),),
    tag=TAG,
    summary="Show a campaign",
    description="What was ordered, and how many leads stand in each state.",
    path_parameters=(CAMPAIGN_ID,),
    outcomes=outcomes(
        Outcome(200, "The campaign.", "Campaign", {"running": examples.campaign(CampaignState.RUNNING)}), NO_CAMPAIGN
    ),
)


async def _change(call: Call) -> Response:
    campaign_id, changes = call.id("campaign_id"), fields.parse_changes(await call.record())
    answer = await ordering.change(call.services, call.caller, campaign_id, changes, _render)
    return answered(answer)


CHANGE = Operation(
    id="change_campaign",
    method="PATCH",
    paths=(Path(_ONE),),
    tag=TAG,
    summary="Change a campaign",
    description=(
        "Fields that are left out stay. A draft can be changed in everything. Once it was started: `name`, "
        "`automation_tool_customer_id`, `approval`, `on_failure`, `hold_company`, `withdraw`, `fact_age`, `jobs_age`, "
        "`hours`, `notification_url`, and `senders` by adding some. The same change may be sent again."
    ),
    body="CampaignChange",
    body_examples={"hours": {"hours": {"zone": "Europe/Paris", "begins": "10:00", "ends": "16:00", "days": [0, 1, 2]}}},
    path_parameters=(CAMPAIGN_ID,),
    outcomes=outcomes(
        Outcome(200, "As it stands now.", "Campaign", {"changed": examples.campaign()}),
        NO_CAMPAIGN,
        problem(409, "It is too late for this.", "Once a campaign was started, it keeps its steps"),
        problem(422, "The body breaks rules; all mistakes are named.", "nothing is to be changed"),
        *BODY,
    ),
)


def _act(name: str, act: Act, summary: str, description: str, *conflicts: str) -> Route:
    """Declare one of the actions on a campaign."""

    async def handle(call: Call) -> Response:
        await call.record_if_any()
        answer = await act(call.services, call.caller, call.id("campaign_id"), await call.once(), _render)
        return answered(answer)

    goes = name in {"start", "resume"}
    operation = Operation(
        id=f"{name}_campaign",
        method="POST",
        paths=(Path(f"{_ONE}/{name}"),),
        tag=TAG,
        summary=summary,
        description=description,
        path_parameters=(CAMPAIGN_ID,),
        headers=(KEY,),
        outcomes=outcomes(
            Outcome(200, "As it stands now.", "Campaign", {"campaign": examples.campaign(CampaignState.RUNNING)}),
            *((problem(402, "Nothing could be written.", general.NO_CREDITS),) if goes else ()),
            NO_CAMPAIGN,
            problem(409, "The campaign is in no state for it.", *conflicts, idempotency.IN_HAND),
            problem(
                422,
                "It is not ready; every reason is named. Or the body is no JSON object, or the key another call's.",
                *(("the campaign has no lead",) if goes else ()),
                idempotency.ANOTHER,
            ),
            *BODY,
        ),
    )
    return Route(operation, handle)


TOPIC = Topic(
    (
        Route(CREATE, _create),
        Route(LIST, _list),
        Route(SHOW, _show),
        Route(CHANGE, _change),
        _act(
            "start",
            lifecycle.start,
            "Start a campaign",
            "Checks that there are leads, that every sender is signed in, and that credits are left. Starting again "
            "changes nothing.",
            "The campaign is stopped, not draft",
        ),
        _act(
            "pause",
            lifecycle.pause,
            "Pause a campaign",
            "Nothing more is begun. What is being sent is settled; acceptances and replies are still heard.",
            "The campaign is draft; it cannot become paused",
        ),
        _act(
            "resume",
            lifecycle.resume,
            "Let a paused campaign go on",
            "Checks the same as starting. What came due meanwhile is due now; hours, pace and budgets hold.",
            "The campaign is stopped, not paused",
        ),
        _act(
            "stop",
            lifecycle.stop,
            "Stop a campaign for good",
            "Every lead that has not ended is stopped with the reason `campaign_stopped`. What is being sent is "
            "settled first. Stopping again stops what is left.",
            "The campaign is finished; it cannot become stopped",
        ),
        _act(
            "archive",
            lifecycle.archive,
            "Archive a campaign",
            "Puts away a draft, or a campaign that has ended.",
            "The campaign is running; it cannot become archived",
        ),
    ),
    replies.COMPONENTS,
)
