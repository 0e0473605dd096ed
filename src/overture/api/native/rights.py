"""The rights of the people that messages are about: erasing one, and showing everything that is held.

People are named in bodies and never in addresses, since addresses are logged. There is no Idempotency-Key: erasing
twice is erasing once, and an answer that was kept would be one more place that names the person.
"""

import re
from collections.abc import Mapping
from uuid import UUID

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from overture.api import entry
from overture.api.body import decode_object
from overture.api.contract import Handler, Operation, Outcome, Path, Schema
from overture.api.native.answering import reply, retold
from overture.api.native.declaring import BODY, PREFIX, outcomes, problem
from overture.api.options import EdgeOptions
from overture.api.use_cases import UseCases
from overture.domain.accounts import Caller, Scope
from overture.domain.errors import Invalid, OutOfScope
from overture.usecases.rights import erasing, exporting
from overture.usecases.rights.naming import NEEDED, Named
from overture.usecases.services import Services

TAG = "Rights of people"
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_MOST = 2_000
_TEXTS = ("profile_url", "lead_id")
_IDS = ("campaign_lead_id", "request_id")
_EXAMPLE = {"profile_url": "https://www.linkedin.com/in/ada-example"}
_COUNTS: Schema = {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}}
_NAMED: dict[str, Schema] = {
    "profile_url": {"type": ["string", "null"], "maxLength": _MOST, "description": "The address of the profile."},
    "campaign_lead_id": {"type": ["string", "null"], "format": "uuid", "description": "A lead of a campaign."},
    "request_id": {"type": ["string", "null"], "format": "uuid", "description": "With lead_id: a lead of a request."},
    "lead_id": {"type": ["string", "null"], "maxLength": _MOST, "description": "The caller's id of the lead."},
}


def components() -> dict[str, Schema]:
    """Every named schema of these routes."""
    dry: Schema = {"type": ["boolean", "null"], "description": "Say what would be changed, and change nothing."}
    told: dict[str, Schema] = {
        "dry_run": {"type": "boolean"},
        "rows": _COUNTS,
        "total": {"type": "integer"},
        "given_up": {"type": "integer"},
        "stopped": {"type": "integer"},
    }
    shown: dict[str, Schema] = {
        "profile": {"type": "string"},
        "at": {"type": "string", "format": "date-time"},
        "left_alone": {"type": "boolean"},
        "tables": {"type": "object", "additionalProperties": {"type": "array", "items": {}}},
    }
    return {
        "Person": {"type": "object", "properties": _NAMED},
        "PersonToErase": {"type": "object", "properties": {**_NAMED, "dry_run": dry}},
        "PersonErased": {"type": "object", "properties": told, "required": list(told)},
        "PersonExport": {"type": "object", "properties": shown, "required": list(shown)},
    }


_NOBODY = problem(404, "There is no such lead.", "No such lead, or it was erased")
_UNCLEAR = problem(422, "The body does not name one person.", NEEDED)

ERASE = Operation(
    id="erase_person",
    method="POST",
    paths=(Path(f"{PREFIX}/people/erase"),),
    tag=TAG,
    summary="Erase a person",
    description=(
        "Needs a key with the scope `all`. The person is first put on the list of people to be left alone, for good; "
        "then they are taken out of every table: requests, messages, campaigns, threads, what was done and seen on "
        "LinkedIn, tasks, bodies of webhooks. What was spent and counted stays, without the person. Erasing again "
        "changes nothing, and finishes what was cut off. `rows` says how many rows of each table were changed, or with "
        "`dry_run` would be."
    ),
    body="PersonToErase",
    body_examples={"profile": _EXAMPLE, "dry_run": {**_EXAMPLE, "dry_run": True}},
    outcomes=outcomes(
        Outcome(
            200,
            "What was changed.",
            "PersonErased",
            {"erased": {"dry_run": False, "rows": {"lead": 2, "message": 6}, "total": 8, "given_up": 0, "stopped": 1}},
        ),
        _NOBODY,
        _UNCLEAR,
        *BODY,
    ),
)
EXPORT = Operation(
    id="export_person",
    method="POST",
    paths=(Path(f"{PREFIX}/people/export"),),
    tag=TAG,
    summary="Show everything that is held about a person",
    description=(
        "Needs a key with the scope `all`. Every row about the person, by its table, as JSON: for a person who asks "
        "what is held of them. Nothing is changed by it."
    ),
    body="Person",
    body_examples={"profile": _EXAMPLE},
    outcomes=outcomes(
        Outcome(
            200,
            "What is held.",
            "PersonExport",
            {
                "held": {
                    "profile": _EXAMPLE["profile_url"],
                    "at": "2026-01-15T10:00:00Z",
                    "left_alone": False,
                    "tables": {"lead": [{"first_name": "Ada", "last_name": "Example", "company": "Example Ltd"}]},
                }
            },
        ),
        _NOBODY,
        _UNCLEAR,
        *BODY,
    ),
)
OPERATIONS = (ERASE, EXPORT)


def named(body: Mapping[str, object]) -> Named:
    """Read whom a body names; raises Invalid with every mistake. Null is as good as absent."""
    given = {name: body[name] for name in (*_TEXTS, *_IDS) if body.get(name) is not None}
    mistakes = [
        f"{name} must be a text of 1 to {_MOST} characters"
        for name in _TEXTS
        if name in given and not _is_text(given[name])
    ]
    mistakes += [f"{name} must be an id" for name in _IDS if name in given and not _UUID.fullmatch(str(given[name]))]
    if mistakes:
        raise Invalid(mistakes)
    ids = {name: UUID(str(given[name])) for name in _IDS if name in given}
    return Named(
        str(given.get("profile_url", "")),
        ids.get("campaign_lead_id"),
        ids.get("request_id"),
        str(given.get("lead_id", "")),
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _MOST and "\0" not in value and value.strip() != ""


class RightsDoor:
    """Binds the handlers."""

    def __init__(self, use_cases: UseCases, options: EdgeOptions) -> None:
        self._use_cases = use_cases
        self._max_depth = options.max_depth

    @property
    def handlers(self) -> dict[str, Handler]:
        """The handler of every operation, by its id."""
        return {ERASE.id: retold(self.erase), EXPORT.id: retold(self.export)}

    async def _asked(self, request: Request) -> tuple[Services, Caller, dict[str, object]]:
        services, caller = await entry.admit(self._use_cases, request)
        if caller.scope is not Scope.ALL:
            raise OutOfScope
        return services, caller, dict(decode_object(await request.body(), self._max_depth))

    async def erase(self, request: Request) -> Response:
        """Erase a person, or say what that would change."""
        services, caller, body = await self._asked(request)
        dry_run = body.get("dry_run")
        if dry_run is not None and not isinstance(dry_run, bool):
            raise Invalid(["dry_run must be true or false"])
        done = await erasing.erase(services, caller.account_id, named(body), dry_run=dry_run is True)
        return reply(msgspec.to_builtins(done))

    async def export(self, request: Request) -> Response:
        """Show what is held about a person."""
        services, caller, body = await self._asked(request)
        return reply(msgspec.to_builtins(await exporting.export(services, caller.account_id, named(body))))
