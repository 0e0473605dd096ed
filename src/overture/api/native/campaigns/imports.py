"""Leads into campaigns over HTTP: JSON or CSV, looked at first or added."""

import io
from typing import cast

import msgspec
from starlette.responses import Response

from overture.api.contract import Operation, Outcome, Parameter, Path, Schema
from overture.api.native.answering import answered, reply
from overture.api.native.campaigns.topic import CAMPAIGN_ID, NO_CAMPAIGN, PATH, TAG, Call, Route, Topic
from overture.api.native.declaring import BODY, KEY, PREFIX, outcomes, problem
from overture.api.native.shapes import COUNT, NO_TEXT, TEXT, closed, listed, ref
from overture.domain.errors import Invalid
from overture.usecases import idempotency
from overture.usecases.campaigns import importing, sheets, suppression
from overture.usecases.campaigns.importing import Import, Listed, Rows
from overture.usecases.campaigns.sheets import FIELDS, MOST_ROWS, Person, Problem, Sheet

_encode = msgspec.json.Encoder().encode
_EXAMPLE = {
    "linkedin": "https://www.linkedin.com/in/ada-example",
    "first_name": "Ada",
    "last_name": "Example",
    "company": "Example Analytics Ltd",
    "job_title": "Head of Operations",
    "company_website_url": "https://analytics.example.com",
}
_CSV = f"{','.join(_EXAMPLE)}\r\n{','.join(_EXAMPLE.values())}\r\n"
_DONE = Import(3, 1, 1, 1, problems=[Problem(3, "last_name", "is required but was missing or blank")])
_DONE.problems.append(Problem(4, "linkedin", "stands in the list twice"))
_DONE.sample.append(Person(2, _EXAMPLE))


def body(found: Import) -> dict[str, object]:
    """What became of a list."""
    return {
        "rows": found.rows,
        "added": found.added,
        "faulty": found.faulty,
        "repeated": found.repeated,
        "known": found.known,
        "suppressed": found.suppressed,
        "problems": [{"line": one.line, "field": one.field, "rule": one.rule} for one in found.problems],
    }


def preview_body(found: Import) -> dict[str, object]:
    """What would become of a list, with its first rows as they were understood."""
    sample = [{"line": one.line, **{name: one.values.get(name) for name in FIELDS}} for one in found.sample]
    return {**body(found), "sample": sample}


async def _objects(call: Call) -> Rows:
    items = (await call.record()).get("leads")
    if not isinstance(items, list) or not items:
        raise Invalid(["leads must be an array with at least one lead"])
    return lambda: sheets.rows_of_objects(cast("list[object]", items))


async def _sheet(call: Call) -> Rows:
    prefix = "column."
    columns = {name.removeprefix(prefix): value for name, value in call.asked.items() if name.startswith(prefix)}
    content = await call.body()
    return lambda: sheets.rows_of(Sheet(io.BytesIO(content), columns))


def _strict(call: Call) -> bool:
    return call.asked.get("strict", "").casefold() == "true"


async def _add(call: Call, rows: Rows) -> Response:
    campaign_id, how = call.id("campaign_id"), await call.once()
    people = Listed(rows, _strict(call))
    answer = await importing.add(
        call.services, call.caller, campaign_id, people, how, lambda found: _encode(body(found))
    )
    return answered(answer)


async def _add_objects(call: Call) -> Response:
    return await _add(call, await _objects(call))


async def _add_sheet(call: Call) -> Response:
    return await _add(call, await _sheet(call))


async def _preview_sheet(call: Call) -> Response:
    rows = await _sheet(call)
    return reply(preview_body(await importing.preview(call.services, call.caller, call.id("campaign_id"), rows)))


_STRICT = Parameter("strict", "`true`: add nobody where a row is wrong.", {"type": "string"}, "true")
_COLUMNS = tuple(
    Parameter(f"column.{name}", f"The column with the field {name}; else it is guessed.", {"type": "string"}, name)
    for name in FIELDS
)
_WRONG = problem(
    422, "The list cannot be read, or rows are wrong and `strict` was asked for.", sheets.NOT_UTF8, idempotency.ANOTHER
)
_OVER = problem(409, "The campaign is over.", "The campaign is stopped; nobody can be added", idempotency.IN_HAND)
_TEXT = (
    "Rows that are wrong, stand there twice, are in the campaign already, or are people to be left alone are named by "
    f"their line and not taken; the others are added. At most {MOST_ROWS} rows, and what a body may have: send larger "
    "lists in parts, or use `overture campaign import`. A finished campaign runs again."
)
ADD = Operation(
    id="add_campaign_leads",
    method="POST",
    paths=(Path(f"{PATH}/{{campaign_id}}/leads"),),
    tag=TAG,
    summary="Add leads to a campaign",
    description=_TEXT,
    body="CampaignLeads",
    body_examples={"one": {"leads": [_EXAMPLE]}},
    parameters=(_STRICT,),
    path_parameters=(CAMPAIGN_ID,),
    headers=(KEY,),
    outcomes=outcomes(
        Outcome(200, "What became of each row.", "CampaignImport", {"done": body(_DONE)}),
        NO_CAMPAIGN, _OVER, _WRONG, *BODY,
    ),
)  # fmt: skip
ADD_CSV = Operation(
    id="add_campaign_leads_csv",
    method="POST",
    paths=(Path(f"{PATH}/{{campaign_id}}/leads/csv"),),
    tag=TAG,
    summary="Add leads to a campaign from a CSV file",
    description="UTF-8, RFC 4180; comma, semicolon or tab. " + _TEXT,
    body="CampaignLeadsCsv",
    body_type="text/csv",
    body_examples={"one": _CSV},
    parameters=(_STRICT, *_COLUMNS),
    path_parameters=(CAMPAIGN_ID,),
    headers=(KEY,),
    outcomes=outcomes(
        Outcome(200, "What became of each row.", "CampaignImport", {"done": body(_DONE)}),
        NO_CAMPAIGN, _OVER, _WRONG, *BODY,
    ),
)  # fmt: skip
PREVIEW = Operation(
    id="preview_campaign_leads_csv",
    method="POST",
    paths=(Path(f"{PATH}/{{campaign_id}}/leads/csv/preview"),),
    tag=TAG,
    summary="Tell what adding a CSV file would do",
    description="Nothing is stored. `sample` has the first rows as they were understood.",
    body="CampaignLeadsCsv",
    body_type="text/csv",
    body_examples={"one": _CSV},
    parameters=_COLUMNS,
    path_parameters=(CAMPAIGN_ID,),
    outcomes=outcomes(
        Outcome(200, "What would become of each row.", "CampaignImportPreview", {"seen": preview_body(_DONE)}),
        NO_CAMPAIGN, _WRONG, *BODY,
    ),
)  # fmt: skip


async def _suppress(call: Call) -> Response:
    given = await call.record()
    items, reason = given.get("profiles"), given.get("reason") or ""
    if not isinstance(items, list) or not isinstance(reason, str):
        raise Invalid(["profiles must be an array of texts, reason a text"])
    profiles = [str(item) if isinstance(item, str) else "" for item in cast("list[object]", items)]
    wrong = [f"profiles[{n}] is no profile's address or public id" for n, one in enumerate(profiles) if not _known(one)]
    if wrong:
        raise Invalid(wrong[:100])
    people = suppression.People(profiles, reason)
    answer = await suppression.suppress_once(call.services, call.caller, people, await call.once(), _told)
    return answered(answer)


def _told(done: suppression.Suppressed) -> bytes:
    return _encode({"new": done.new, "total": done.total})


def _known(text: str) -> bool:
    return sheets.profile(text) is not None


SUPPRESS = Operation(
    id="suppress_people",
    method="POST",
    paths=(Path(f"{PREFIX}/suppressions"),),
    tag=TAG,
    summary="Leave people alone for good",
    description=(
        "Nothing more is sent to them by any LinkedIn account of the customer, in any campaign. Only a hash is kept. "
        "There is no way back. The list holds people, no companies or domains."
    ),
    body="People",
    body_examples={"one": {"profiles": ["https://www.linkedin.com/in/ada-example"], "reason": "asked for it"}},
    headers=(KEY,),
    outcomes=outcomes(
        Outcome(200, "How many are new, and how many the list holds.", "Suppressed", {"done": {"new": 1, "total": 41}}),
        problem(409, "A call with this key is being worked on.", idempotency.IN_HAND),
        problem(422, "The body breaks rules.", "profiles[0] is no profile's address or public id"),
        *BODY,
    ),
)

_COUNTS: dict[str, Schema] = dict.fromkeys(("rows", "added", "faulty", "repeated", "known", "suppressed"), COUNT)
_IMPORT = closed(**_COUNTS, problems=listed(closed(line=COUNT, field=TEXT, rule=TEXT)))
_LEAD: Schema = {
    "type": "object",
    "properties": dict.fromkeys(FIELDS, NO_TEXT),
    "required": list(sheets.REQUIRED),
}
_SAMPLE = closed(line=COUNT, **dict.fromkeys(FIELDS, NO_TEXT))
TOPIC = Topic(
    (Route(ADD, _add_objects), Route(ADD_CSV, _add_sheet), Route(PREVIEW, _preview_sheet), Route(SUPPRESS, _suppress)),
    {
        "CampaignLeads": closed(leads=listed(_LEAD)),
        "People": {
            "type": "object",
            "properties": {"profiles": listed(TEXT), "reason": TEXT},
            "required": ["profiles"],
        },
        "Suppressed": closed(new=COUNT, total=COUNT),
        "CampaignLeadsCsv": {"type": "string"},
        "CampaignImport": _IMPORT,
        "CampaignImportPreview": {
            "allOf": [
                ref("CampaignImport"),
                closed(sample=listed(closed(line=COUNT, **dict.fromkeys(FIELDS, NO_TEXT)))),
            ]
        },
    },
)
