"""The native operations: paths, parameters, and every status with its examples."""

from overture.api import problems as general
from overture.api.contract import Operation, Outcome, Parameter, Path
from overture.api.native import examples
from overture.api.native.declaring import BODY, KEY, PREFIX, outcomes, problem
from overture.api.upscale import examples as upscale
from overture.usecases import idempotency
from overture.usecases.evidence import MOST

TAG = "Evidence and steering"

_MESSAGE_ID = Parameter(
    "message_id",
    "The message: the request's id, the lead's place from 0, and the type, joined by dots.",
    {"type": "string"},
    str(examples.MESSAGE),
    required=True,
)
_REQUEST_ID = Parameter(
    "request_id",
    "The id that the request was answered with.",
    {"type": "string", "format": "uuid"},
    str(examples.REQUEST_ID),
    required=True,
)
_NO_MESSAGE = problem(404, "There is no such message.", "No such message", "No such request")
_NO_REQUEST = problem(404, "There is no such request.", "No such request")


MESSAGE = Operation(
    id="show_message",
    method="GET",
    paths=(Path(f"{PREFIX}/messages/{{message_id}}"),),
    tag=TAG,
    summary="Read a message with its evidence",
    description=(
        "Shows the newest text segment by segment. Each claim has what it cites: address, exact span, time of reading. "
        "`check` is the verdict of the send gate's rules on text and spans as they are stored. A message that was not "
        "written says what was missing and where it was looked for. `versions` lists what was asked for since."
    ),
    path_parameters=(_MESSAGE_ID,),
    outcomes=outcomes(
        Outcome(
            200,
            "The message.",
            "MessageWithVersions",
            {"written": examples.message(written=True), "failed": examples.message(written=False)},
        ),
        _NO_MESSAGE,
    ),
)

MESSAGES = Operation(
    id="list_messages",
    method="GET",
    paths=(Path(f"{PREFIX}/requests/{{request_id}}/messages"),),
    tag=TAG,
    summary="List the messages of a request with their evidence",
    description="In the order of lead and type. `next_cursor` leads to the next page; null on the last.",
    parameters=(
        Parameter("limit", f"How many: 1 to {MOST}, 50 where absent.", {"type": "integer"}, "50"),
        Parameter("cursor", "The `next_cursor` of the page before.", {"type": "string"}, "WzAsImNvbm5lY3Rpb24iXQ"),
    ),
    path_parameters=(_REQUEST_ID,),
    outcomes=outcomes(
        Outcome(200, "A page.", "MessagePage", {"page": examples.messages()}),
        _NO_REQUEST,
        problem(422, "A parameter breaks rules.", f"limit must be a whole number from 1 to {MOST}"),
    ),
)

REGENERATE = Operation(
    id="regenerate_message",
    method="POST",
    paths=(Path(f"{PREFIX}/messages/{{message_id}}/regenerate"),),
    tag=TAG,
    summary="Ask for another version of a message",
    description=(
        "The version is written in the background, from the same evidence and through the same gate. It costs one "
        "credit when it is written and nothing when it cannot be; it counts as one message in the limits. Once "
        "written it is what retrieval shows; the texts before it stay as versions. Wishes add up: the next version "
        "keeps the tone and avoids the facts of the one before."
    ),
    body="Wish",
    body_examples={"another_fact": {"another_fact": True}, "several": {"tone": "formal", "shorter": True}},
    path_parameters=(_MESSAGE_ID,),
    headers=(KEY,),
    outcomes=outcomes(
        Outcome(202, "It will be written.", "VersionAsked", {"asked": examples.asked()}),
        problem(402, "The balance does not cover one message.", general.NO_CREDITS),
        _NO_MESSAGE,
        problem(
            409,
            "The message has no text to begin with, or a version or a call with this key is in hand.",
            "The message is still being written",
            idempotency.IN_HAND,
        ),
        problem(
            422,
            "The wish breaks rules, or the key was used for another call.",
            "tone must be one of: formal, normal, casual",
            idempotency.ANOTHER,
        ),
        *BODY,
    ),
)

PREVIEW = Operation(
    id="preview_request",
    method="POST",
    paths=(Path(f"{PREFIX}/requests/preview"),),
    tag=TAG,
    summary="Ask what a request would cost",
    description=(
        "Takes the body of request_message_generation and checks it by the same rules. Nothing is written and nothing "
        "is held; the figures are those of this moment. `asked` is the sum of the other four counts of messages; only "
        "`to_write` is held, and paid when written."
    ),
    body="GenerationRequest",
    body_examples={"smallest": upscale.smallest_request()},
    outcomes=outcomes(
        Outcome(200, "What it would cost and find.", "Quote", {"quote": examples.quote()}),
        problem(422, "The body breaks rules; all mistakes are named.", "lead_data must contain at least one lead"),
        *BODY,
    ),
)

CANCEL = Operation(
    id="cancel_request",
    method="POST",
    paths=(Path(f"{PREFIX}/requests/{{request_id}}/cancel"),),
    tag=TAG,
    summary="Cancel a request",
    description=(
        "Messages that are not written yet are given up, fail with the reason `Message generation was cancelled`, and "
        "cost nothing. What is written stays. The request is complete then, and its webhook is sent as always. A "
        "message that another request waits for is still written: `kept_for_others` counts these, and the request is "
        "complete once they are done. Cancelling again changes nothing."
    ),
    path_parameters=(_REQUEST_ID,),
    headers=(KEY,),
    outcomes=outcomes(
        Outcome(200, "Where the request stands.", "Cancelled", {"cancelled": examples.cancelled()}),
        _NO_REQUEST,
        problem(409, "A call with this key is being worked on.", idempotency.IN_HAND),
        problem(422, "A body that is no JSON object, or a key used for another call.", idempotency.ANOTHER),
        *BODY,
    ),
)

OPERATIONS = (MESSAGE, MESSAGES, REGENERATE, PREVIEW, CANCEL)
