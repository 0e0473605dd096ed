"""Which person is meant, and where that person stands."""

from dataclasses import dataclass
from uuid import UUID

from overture.domain.errors import Forbidden, Invalid, NotFound
from overture.domain.linkedin.accounts import RailName
from overture.store import requests
from overture.store.campaigns import leads
from overture.store.db import ReadTx
from overture.store.linkedin import accounts
from overture.store.rights import erasure
from overture.store.rights.erasure import Traces
from overture.usecases.linkedin.sessions import opened
from overture.usecases.services import Services

NEEDED = "name the person by profile_url, by campaign_lead_id, or by request_id and lead_id"


@dataclass(frozen=True, slots=True)
class Named:
    """A person, named in one of three ways: by profile, as a campaign's lead, or as a lead of a request."""

    profile_url: str = ""
    campaign_lead_id: UUID | None = None
    request_id: UUID | None = None
    lead_id: str = ""


async def profile_of(tx: ReadTx, account_id: UUID, named: Named) -> str:
    """Return the profile of a named person.

    Raises:
        Invalid: nobody is named, or in two ways.
        NotFound: the campaign or the request has no such lead, or it was erased.
        Forbidden: it belongs to another account.
    """
    ways = bool(named.profile_url.strip()), named.campaign_lead_id is not None, named.request_id is not None
    if sum(ways) != 1 or (named.request_id is None) != (named.lead_id == ""):
        raise Invalid([NEEDED])
    if named.campaign_lead_id is not None:
        lead = (await leads.find(tx, [named.campaign_lead_id])).get(named.campaign_lead_id)
        if lead is not None and lead.account_id != account_id:
            raise Forbidden("the lead belongs to another account")
        profile = lead.linkedin if lead else ""
    elif named.request_id is not None:
        header = await requests.find(tx, named.request_id)
        if header is not None and header.account_id != account_id:
            raise Forbidden("the request belongs to another account")
        profile = await requests.profile_of(tx, named.request_id, named.lead_id) if header else ""
    else:
        profile = named.profile_url.strip()
    if not profile:
        raise NotFound("no such lead, or it was erased")
    if not erasure.public_id(profile) or "\0" in profile or len(profile) > 2_000:
        raise Invalid(["profile_url must be the address of a profile"])
    return profile


async def trace(services: Services, tx: ReadTx, account_id: UUID, profile: str) -> Traces:
    """Look for a person in everything that a customer has."""
    mine = await accounts.listed(tx, account_id)
    by_hand = [account for account in mine if account.rail is RailName.ASSISTED and account.session is not None]
    return await erasure.find(tx, account_id, profile, [opened(services, account).secret for account in by_hand])
