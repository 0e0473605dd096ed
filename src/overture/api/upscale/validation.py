"""From a decoded body to a GenerationRequest, or to every mistake in it at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import cast

from overture.api.body import digest
from overture.api.upscale import rules
from overture.api.upscale.declaration import (
    CHOICES,
    LEAD_FIELDS,
    MAX_STEP_NUMBER,
    MAX_STEPS,
    REQUEST_FIELDS,
    STEP_FIELDS,
    Field,
    Kind,
)
from overture.domain.errors import Invalid
from overture.domain.messages import MessageType, Tone
from overture.domain.requests import GenerationRequest, Lead, Step

_STEP, _TYPE = STEP_FIELDS
_LEAD_TITLE = LEAD_FIELDS[-1]
_TYPES = {message_type.value: message_type for message_type in MessageType}
_NOT_A_TYPE = f"must be one of: {', '.join(CHOICES[Kind.TYPE])}"
_START = "message_sequence must start at step 1"
_NO_STEPS = "message_sequence must contain at least one step"
_TOO_MANY_STEPS = f"message_sequence must contain at most {MAX_STEPS} steps"
_NO_LEADS = "lead_data must contain at least one lead"
_CONDITIONAL = tuple(spec for spec in REQUEST_FIELDS if spec.needed_by is not None)

Body = Mapping[str, object]


@dataclass(slots=True)
class _Steps:
    """What could be read of the sequence; ``fault`` concerns the whole, ``mistakes`` its items."""

    steps: list[Step] = field(default_factory=list[Step])
    fault: str | None = None
    mistakes: list[str] = field(default_factory=list[str])


def _given(value: object) -> bool:
    """False for what counts as missing: absent, null, and text of white space only."""
    return value is not None and not (isinstance(value, str) and not value.strip())


def _value(spec: Field, body: Body) -> object:
    value = body.get(spec.name)
    if spec.alias is not None and not _given(value):
        return body.get(spec.alias)
    return value


def _text(spec: Field, body: Body, where: str, mistakes: list[str]) -> str | None:
    """Return the field's text; None where it is missing or wrong, with the mistake noted."""
    value = body.get(spec.name) if spec.alias is None else _value(spec, body)
    if isinstance(value, str):
        if value and not value.isspace():
            fault = spec.rule(value) if spec.rule is not None else None
            if fault is None:
                return value
            mistakes.append(f"{where}{spec.name} {fault}")
            return None
    elif value is not None:
        mistakes.append(f"{where}{spec.name} {rules.NOT_TEXT}")
        return None
    if spec.required:
        mistakes.append(f"{where}{spec.name} {rules.REQUIRED}")
    return None


def _items(name: str, value: object) -> list[object] | str:
    """Return the array, or the sentence that says why it is none."""
    if not _given(value):
        return f"{name} {rules.REQUIRED}"
    return cast("list[object]", value) if isinstance(value, list) else f"{name} {rules.NOT_ARRAY}"


def _step(item: object, index: int, mistakes: list[str]) -> Step | None:
    where = f"message_sequence[{index}]"
    if not isinstance(item, dict):
        mistakes.append(f"{where} {rules.NOT_OBJECT}")
        return None
    body = cast("Body", item)
    number, name = body.get(_STEP.name), _value(_TYPE, body)
    before = len(mistakes)
    if type(number) is not int:  # a bool is an int, and no step
        mistakes.append(f"{where}.step must be an integer")
    elif number > MAX_STEP_NUMBER:
        mistakes.append(f"{where}.step must be at most {MAX_STEP_NUMBER}")
    message_type = _TYPES.get(name) if isinstance(name, str) else None
    if message_type is None:
        mistakes.append(f"{where}.messageType {_NOT_A_TYPE if _given(name) else rules.REQUIRED}")
    if len(mistakes) > before or message_type is None:
        return None
    return Step(cast("int", number), message_type)


def _sequence(value: object) -> _Steps:
    read = _Steps()
    items = _items("message_sequence", value)
    if isinstance(items, str):
        read.fault = items
    elif not items:
        read.fault = _NO_STEPS
    elif len(items) > MAX_STEPS:
        read.fault = _TOO_MANY_STEPS
    else:
        found = [_step(item, index, read.mistakes) for index, item in enumerate(items)]
        read.steps = [step for step in found if step is not None]
        if not read.mistakes and (read.steps[0].step != 1 or min(step.step for step in read.steps) != 1):
            read.fault = _START
    return read


def _lead(body: Body, where: str, title: str | None, mistakes: list[str]) -> Lead | None:
    before = len(mistakes)
    values = [_text(spec, body, where, mistakes) for spec in LEAD_FIELDS]
    if len(mistakes) > before:
        return None
    lead_id, linkedin, company, first_name, last_name, site, page, own_title = values
    return Lead(
        lead_id or "",
        linkedin or "",
        company or "",
        first_name or "",
        last_name or "",
        job_title=own_title or title,
        company_website_url=site,
        specified_url=page,
    )


def _leads(items: list[object], title: str | None, mistakes: list[str], *, each_needs_title: bool) -> list[Lead]:
    leads: list[Lead] = []
    for index, item in enumerate(items):
        where = f"lead_data[{index}]"
        if not isinstance(item, dict):
            mistakes.append(f"{where} {rules.NOT_OBJECT}")
            continue
        body = cast("Body", item)
        lead = _lead(body, f"{where}.", title, mistakes)
        if each_needs_title and not _given(body.get(_LEAD_TITLE.name)):
            mistakes.append(f"{where}.job_title {rules.REQUIRED}")
        elif lead is not None:
            leads.append(lead)
    return leads


def _lead_items(value: object, limit: int) -> list[object] | str:
    items = _items("lead_data", value)
    if isinstance(items, str):
        return items
    if not items:
        return _NO_LEADS
    return items if len(items) <= limit else f"lead_data must contain at most {limit} leads"


def _conditional(body: Body, types: set[MessageType], items: list[object]) -> tuple[set[str], bool]:
    """Return the optional fields that ``types`` make required and that are missing, and whether leads lack titles.

    A job title may stand in the request or in each lead. Where only some leads have one, the others are at
    fault, each for itself; where there is none anywhere, the request is, once.
    """
    missing = {spec.name for spec in _CONDITIONAL if spec.needed_by in types and not _given(_value(spec, body))}
    if _LEAD_TITLE.name not in missing:
        return missing, False
    titled = any(isinstance(item, dict) and _given(cast("Body", item).get("job_title")) for item in items)
    if titled or not items:
        missing.discard(_LEAD_TITLE.name)
    return missing, titled


class Validator:
    """Turns decoded bodies into requests, under an operator's limits."""

    def __init__(self, max_leads: int, *, https_webhooks_only: bool = False) -> None:
        webhook, *others = REQUEST_FIELDS
        rule = rules.https_url if https_webhooks_only else webhook.rule
        self._fields = (replace(webhook, rule=rule), *others)
        self._max_leads = max_leads

    def parse(self, body: dict[str, object]) -> GenerationRequest:
        """Return the request; raise Invalid with every mistake: the request's fields, then steps, then leads."""
        sequence = _sequence(body.get("message_sequence"))
        found = _lead_items(body.get("lead_data"), self._max_leads)
        items = [] if isinstance(found, str) else found
        types = {step.type for step in sequence.steps}
        missing, each_needs_title = _conditional(body, types, items)

        mistakes: list[str] = []
        values: dict[str, str | None] = {}
        for spec in self._fields:
            if spec.kind is Kind.STEPS:
                mistakes += [sequence.fault] if sequence.fault else []
            elif spec.kind is Kind.LEADS:
                mistakes += [found] if isinstance(found, str) else []
            elif spec.name in missing:
                mistakes.append(f"{spec.name} {rules.REQUIRED}")
            else:
                values[spec.name] = _text(spec, body, "", mistakes)
        mistakes += sequence.mistakes
        leads = _leads(items, values.get("job_title"), mistakes, each_needs_title=each_needs_title)
        if mistakes:
            raise Invalid(mistakes)
        return _request(body, values, sequence.steps, leads)


def _request(
    body: dict[str, object], values: Mapping[str, str | None], steps: list[Step], leads: list[Lead]
) -> GenerationRequest:
    """Build the request from values that passed: a required one is never None."""
    location, tone = values["hiring_location"], values["tone_preference"]
    return GenerationRequest(
        digest=digest(body),
        completion_notification_url=values["completion_notification_url"] or "",
        customer_id=values["automation_tool_customer_id"] or "",
        campaign_id=values["automation_tool_campaign_id"] or "",
        campaign_name=values["automation_tool_campaign_name"] or "",
        proposition_company_name=values["proposition_company_name"] or "",
        proposition_company_url=values["proposition_company_url"] or "",
        sequence=tuple(steps),
        leads=tuple(leads),
        tone=Tone(tone) if tone else Tone.NORMAL,
        signoff_name=values["signoff_name"],
        material_link=values["material_link"],
        hiring_location=location.upper() if location else None,
    )
