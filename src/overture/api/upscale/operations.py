"""The operations of the dialect: paths, parameters, and every status with its examples."""

from overture.api import problems
from overture.api.contract import Operation, Outcome, Parameter, Path, Standing, error
from overture.api.upscale import examples, rules
from overture.domain import sequences

PREFIX = "/api/v2"
REQUEST_ID = "request_message_generation_secure_request_id"
INCLUDE, EVIDENCE = "include", "evidence"
TAG = "Message generation"

_MISSING_CUSTOMER = f"automation_tool_customer_id {rules.REQUIRED}"
_SEVERAL = (
    f"{_MISSING_CUSTOMER} proposition_company_url {rules.NOT_HTTP_URL} "
    f"lead_data[0].first_name {rules.REQUIRED} lead_data[1].lead_company {rules.REQUIRED}"
)

UNAUTHORIZED = error(
    401, "No key, an unknown key, or a revoked one.", invalid=problems.INVALID_KEY, revoked=problems.REVOKED_KEY
)
RATE_LIMITED = error(
    429, "A limit of the account's tier is reached. Nothing was done.", retry_after=True, limited=problems.RATE_LIMITED
)
INTERNAL = error(500, "A mistake of ours.", internal=problems.INTERNAL)
UNAVAILABLE = error(503, "The service cannot take requests now.", retry_after=True, unavailable=problems.UNAVAILABLE)
_BODY_OUTCOMES = (
    error(408, "The body did not arrive in time.", slow=problems.body_too_slow().problem.error),
    error(413, "The body is too large.", large=problems.body_too_large(4_194_304).problem.error),
    error(415, "The body is compressed.", compressed=problems.body_encoded().problem.error),
)
_ALWAYS = (UNAUTHORIZED, RATE_LIMITED, INTERNAL, UNAVAILABLE)


def _paths(path: str, former: str = "") -> tuple[Path, ...]:
    found = (Path(PREFIX + path), Path(path, Standing.ALIAS))
    if former:
        found += (Path(PREFIX + former, Standing.FORMER), Path(former, Standing.FORMER))
    return found


def _outcomes(*own: Outcome) -> tuple[Outcome, ...]:
    return tuple(sorted((*own, *_ALWAYS), key=lambda outcome: outcome.status))


SUBMIT = Operation(
    id="request_message_generation",
    method="POST",
    paths=_paths("/messages/request_message_generation", "/request_message_generation"),
    tag=TAG,
    summary="Ask for messages",
    description=(
        "Accepts one message of every type in the sequence for every lead, and answers at once. The messages "
        "are written in the background; a webhook tells when all are done. A body equal to an earlier one is "
        "answered with the id of the first. A type that was already written for a lead id is used again, and "
        "costs nothing. A message that cannot be written costs nothing."
    ),
    body="GenerationRequest",
    body_examples={"every_field": examples.request(), "smallest": examples.smallest_request()},
    outcomes=_outcomes(
        Outcome(
            200,
            "Accepted, or the same as an earlier request.",
            "Accepted",
            {"accepted": examples.accepted(), "duplicate": examples.accepted(duplicate=True)},
        ),
        error(402, "The balance does not cover the messages to write.", credits=problems.NO_CREDITS),
        error(
            422,
            "The body breaks rules. All mistakes are named: the request's fields first, then steps, then leads.",
            one=f"message_sequence {rules.NOT_ARRAY}",
            several=_SEVERAL,
            url=f"proposition_company_url {rules.NOT_URL}",
            no_leads="lead_data must contain at least one lead",
            not_json=problems.NOT_JSON,
        ),
        *_BODY_OUTCOMES,
    ),
)

RETRIEVE = Operation(
    id="retrieve_messages",
    method="GET",
    paths=_paths("/messages/retrieve_messages", "/retrieve_messages"),
    tag=TAG,
    summary="Read the messages of a request",
    description=(
        "Shows what is written so far. The id is read from the query; where the query has none, from a JSON "
        "body with the same key, as older clients send it."
    ),
    parameters=(
        Parameter(
            REQUEST_ID,
            "The id that the request was answered with. Required, unless a body has it.",
            {"type": "string", "format": "uuid"},
            str(examples.REQUEST_ID),
        ),
        Parameter(
            INCLUDE,
            "`evidence` adds to each lead the key `evidence`: its messages with the evidence of each claim, and why "
            "one was not written. Any other value adds nothing. An addition of Overture.",
            {"type": "string"},
            EVIDENCE,
        ),
    ),
    former_body="RetrievalBody",
    outcomes=_outcomes(
        Outcome(
            200,
            "All messages are done.",
            "Messages",
            {"complete": examples.messages(complete=True), "failures": examples.messages(complete=True, failed=1)},
        ),
        Outcome(
            202,
            "Some messages are still to be written.",
            "Messages",
            {"in_progress": examples.messages(complete=False)},
        ),
        error(403, "The request belongs to another account.", foreign=problems.FOREIGN),
        error(404, "There is no such request.", unknown=problems.UNKNOWN_ID),
        error(
            422,
            "No id, or not a UUID.",
            missing=f"{REQUEST_ID} {rules.REQUIRED}",
            malformed=f"{REQUEST_ID} must be a valid UUID",
        ),
        *_BODY_OUTCOMES,
    ),
)

_FILTERS = {
    "sequence_length": "How many steps: short 1 to 2, medium 2 to 3, long 4 to 5.",
    "campaign_objective": "What the campaign is for.",
    "cadence_profile": "How fast the steps follow one another.",
    "saturated_markets": "`true` begins with a connection request.",
}

SEQUENCES = Operation(
    id="get_sequences",
    method="GET",
    paths=_paths("/sequences/get_sequences"),
    tag=TAG,
    summary="List preset sequences",
    description=(
        "Without a filter: all 54. With at least one, all four apply; one that is absent, blank or `default` "
        "takes its default. A value that is not listed matches nothing."
    ),
    parameters=tuple(
        Parameter(
            name,
            description,
            {
                "type": "string",
                "enum": [*sequences.CHOICES[name], sequences.DEFAULT],
                "default": sequences.DEFAULTS[name],
            },
            sequences.DEFAULTS[name],
        )
        for name, description in _FILTERS.items()
    ),
    outcomes=_outcomes(
        Outcome(
            200,
            "The sequences that match, none too.",
            "Sequences",
            {"defaults": examples.default_sequence(), "none": {"sequences": []}},
        )
    ),
)

CREDITS = Operation(
    id="check_credits",
    method="GET",
    paths=_paths("/account/check_credits"),
    tag="Account",
    summary="Read the balance",
    description="Credits of the current period. Messages that are still being written count as used.",
    outcomes=_outcomes(Outcome(200, "The balance.", "Credits", {"balance": examples.balance()})),
)

ACCOUNT = Operation(
    id="get_account",
    method="GET",
    paths=_paths("/account"),
    tag="Account",
    summary="Read the account",
    description="`monthly_credits` is what the current period has used of `monthly_allowance`.",
    outcomes=_outcomes(Outcome(200, "The account.", "Account", {"account": examples.account()})),
)

OPERATIONS = (SUBMIT, RETRIEVE, SEQUENCES, CREDITS, ACCOUNT)
