"""What a request would cost and find, before it is sent: nothing is written, nothing is held."""

from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from overture.domain.accounts import Caller
from overture.domain.messages import MessageType
from overture.domain.requests import GenerationRequest, Lead
from overture.store import accounts, quotes
from overture.store.quotes import Used
from overture.usecases.requests import pair_keys
from overture.usecases.services import Services

_SITE_TYPES = frozenset(
    {MessageType.CONNECTION_REQUEST, MessageType.FIRST_FOLLOW_UP, MessageType.HIRING_ACTIVITY},
)
_NONE = Used(0, 0)


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of the current minute and day, before the request."""

    minute: int
    day: int


@dataclass(frozen=True, slots=True)
class Quote:
    """What a request would find if it came now.

    ``asked`` = ``to_write`` + ``written`` + ``in_progress`` + ``repeated``; only the first are held, and paid when
    written. ``written`` and ``in_progress`` are shared with earlier requests. ``repeated`` are leads listed twice. An
    equal body (``duplicate_of``) asks for nothing new.
    """

    duplicate_of: UUID | None
    asked: int
    to_write: int
    written: int
    in_progress: int
    repeated: int
    available: int
    messages: Left
    requests: Left
    accepted: bool
    warnings: tuple[str, ...]

    @property
    def after(self) -> int:
        """The balance once the request is accepted; below zero by what is missing."""
        return self.available - self.to_write


async def quote(services: Services, caller: Caller, request: GenerationRequest) -> Quote:
    """Tell what a request would cost and find; each figure is of this moment, and binds nobody."""
    customer = request.customer_id if services.policy.dedupe_by_customer else None
    pairs = pair_keys(caller.account_id, customer, request)
    keys = set(pairs.values())
    async with services.database.reading() as tx:
        twin = await quotes.twin(tx, caller.account_id, request.digest)
        owned = await quotes.owned(tx, list(keys))
        available = await quotes.available(tx, caller.account_id)
        used = await quotes.used(tx, caller.account_id)
        secrets = await accounts.secrets(tx, caller.account_id)
    duplicate = twin.request_id if twin is not None and not twin.gives_way else None
    written = sum(owned.values())
    to_write = len(keys) - len(owned)
    limits = caller.limits
    counted, calls = used.get("messages", _NONE), used.get("requests", _NONE)
    left = Left(max(0, limits.messages_minute - counted.minute), max(0, limits.messages_day - counted.day))
    warnings = _warnings(request) + ([] if secrets else ["The account has no webhook secret: no webhook is sent."])
    if duplicate is not None:
        to_write = 0
    elif to_write > limits.messages_minute:
        warnings.insert(0, f"The tier takes {limits.messages_minute} messages a minute: split the request.")
    return Quote(
        duplicate_of=duplicate,
        asked=len(pairs),
        to_write=to_write,
        written=written,
        in_progress=len(owned) - written,
        repeated=len(pairs) - len(keys),
        available=available,
        messages=left,
        requests=Left(max(0, limits.requests_minute - calls.minute), max(0, limits.requests_day - calls.day)),
        accepted=to_write <= min(available, left.minute, left.day),
        warnings=tuple(warnings),
    )


def _warnings(request: GenerationRequest) -> list[str]:
    """What can be seen to go wrong, or to be of no use, without reading any page."""
    types, leads = set(request.types), request.leads
    siteless = [lead for lead in leads if not (lead.specified_url or lead.company_website_url)]
    found: list[str] = []
    if siteless and types & _SITE_TYPES:
        found.append(
            f"{len(siteless)} of {len(leads)} leads name no website: what is written about their companies fails where"
            " none can be found."
        )
    if shielded := sum(any(map(_is_linkedin, _sites(lead))) for lead in leads):
        found.append(f"{shielded} leads name a page of linkedin.com as their company's: it is never read.")
    if _is_linkedin(request.proposition_company_url):
        found.append("proposition_company_url is a page of linkedin.com: it is never read.")
    if (again := len(leads) - len({lead.lead_id for lead in leads})) > 0:
        found.append(f"{again} leads are listed again: each lead id is written once.")
    if request.hiring_location and MessageType.HIRING_ACTIVITY not in types:
        found.append("hiring_location is of no use without a step of type hiring_activity.")
    if request.material_link and MessageType.SHARE_MATERIAL not in types:
        found.append("material_link is of no use without a step of type share_material.")
    return found


def _sites(lead: Lead) -> list[str]:
    return [url for url in (lead.specified_url, lead.company_website_url) if url]


def _is_linkedin(url: str) -> bool:
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return False
    return host == "linkedin.com" or host.endswith((".linkedin.com", ".lnkd.in")) or host == "lnkd.in"
