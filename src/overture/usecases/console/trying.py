"""One lead, tried from the console: the same request as by the API, whose completion nobody is sent."""

import hashlib
from collections.abc import Mapping
from uuid import UUID, uuid4

from overture.domain.accounts import Caller
from overture.domain.countries import ISO_3166_ALPHA2
from overture.domain.errors import Invalid
from overture.domain.messages import MessageType, Tone
from overture.domain.requests import GenerationRequest, Lead, Step
from overture.usecases import requests
from overture.usecases.services import Services

CAMPAIGN = "Tried in the console"
LONGEST = 500
_NEEDED = (
    ("first_name", "First name"),
    ("last_name", "Last name"),
    ("company", "Company"),
    ("proposition_name", "Your company"),
    ("proposition_url", "Your company's website"),
)
_ADDRESSES = (
    ("site", "The company's website"),
    ("proposition_url", "Your company's website"),
    ("material", "The material"),
)


async def submit(services: Services, caller: Caller, given: Mapping[str, str], types: tuple[str, ...]) -> UUID:
    """Accept a request for one lead; return its id.

    Raises:
        Invalid: fields are missing or wrong, all named at once.
        NotEnoughCredits, RateLimited: as for a request of the API.
    """
    problems = _problems(given, types)
    if problems:
        raise Invalid(problems)
    token = uuid4()
    lead = Lead(
        lead_id=f"try-{token}",
        linkedin=given.get("linkedin") or f"https://www.linkedin.com/in/try-{token}",
        company=given["company"],
        first_name=given["first_name"],
        last_name=given["last_name"],
        job_title=given.get("job_title") or None,
        company_website_url=given.get("site") or None,
    )
    request = GenerationRequest(
        digest=hashlib.sha256(token.bytes).digest(),
        completion_notification_url="",
        customer_id="console",
        campaign_id=CAMPAIGN,
        campaign_name=CAMPAIGN,
        proposition_company_name=given["proposition_name"],
        proposition_company_url=given["proposition_url"],
        sequence=tuple(Step(number, MessageType(kind)) for number, kind in enumerate(types, 1)),
        leads=(lead,),
        tone=Tone(given.get("tone") or Tone.NORMAL),
        signoff_name=given.get("signoff") or None,
        material_link=given.get("material") or None,
        hiring_location=(given.get("hiring_location") or "").upper() or None,
    )
    return (await requests.submit(services, caller, request)).id


def _problems(given: Mapping[str, str], types: tuple[str, ...]) -> list[str]:
    found = [f"{label} is missing." for name, label in _NEEDED if not given.get(name)]
    found += [f"{name} is longer than {LONGEST} characters." for name, text in given.items() if len(text) > LONGEST]
    found += [
        f"{label} must be a valid HTTP or HTTPS URL."
        for name, label in _ADDRESSES
        if given.get(name) and not given[name].startswith(("http://", "https://"))
    ]
    if not types or not set(types) <= set(MessageType):
        found.append("Choose at least one message.")
    if given.get("tone") and given["tone"] not in set(Tone):
        found.append(f"Tone must be one of: {', '.join(Tone)}.")
    needs = {
        MessageType.STAGE_AMBITION: ("job_title", "Stage ambition needs the job title."),
        MessageType.SHARE_MATERIAL: ("material", "Share material needs the material's address."),
        MessageType.HIRING_ACTIVITY: ("hiring_location", "Hiring activity needs a country."),
    }
    found += [told for kind, (name, told) in needs.items() if kind in types and not given.get(name)]
    country = (given.get("hiring_location") or "").upper()
    if country and country not in ISO_3166_ALPHA2:
        found.append("The country must be a valid ISO 3166-1 country code, as DE or US.")
    return found
