"""Campaigns: ordered, filled, started, watched; and the inbox. See docs/campaigns.md."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from overture.client.drivers import Driving, Group, Iteration, Listing, Operation
from overture.client.exchange import Repeat, Request
from overture.client.models import Campaign, CampaignLead, CampaignPerson, Imported, JsonObject, Thread
from overture.client.reading import a_page, one, query

_PATH = "/api/native/campaigns"
_LEADS = "/api/native/campaign_leads"
_INBOX = "/api/native/inbox"


def _one(campaign_id: str, *more: str) -> str:
    return "/".join((_PATH, quote(campaign_id, safe=""), *more))


def _columns(columns: Mapping[str, str] | None) -> dict[str, str]:
    return {f"column.{name}": column for name, column in (columns or {}).items()}


def _act(campaign_id: str, name: str, key: str | None) -> Request[Campaign]:
    return Request("POST", _one(campaign_id, name), one(Campaign), repeat=Repeat.KEYED, key=key)


def _lead_act(lead_id: str, name: str, key: str | None) -> Request[CampaignLead]:
    path = f"{_LEADS}/{quote(lead_id, safe='')}/{name}"
    return Request("POST", path, one(CampaignLead), repeat=Repeat.KEYED, key=key)


def _thread_act(thread_id: str, name: str, key: str | None, body: JsonObject | None = None) -> Request[Thread]:
    path = f"{_INBOX}/{quote(thread_id, safe='')}/{name}"
    return Request("POST", path, one(Thread), body=body, repeat=Repeat.KEYED, key=key)


class Campaigns(Group[Driving]):
    """The native routes of campaigns. Every one needs a key with the scope ``all``."""

    @Operation
    def create(self, order: JsonObject, *, key: str | None = None) -> Request[Campaign]:
        """Order a campaign; it is a draft until it is started."""
        return Request("POST", _PATH, one(Campaign), body=order, repeat=Repeat.KEYED, key=key)

    @Iteration
    def all(self, *, state: str | None = None, customer_id: str | None = None, page: int = 100) -> Listing[Campaign]:
        """Iterate over campaigns, oldest first."""
        read, given = a_page(Campaign, "campaigns"), query(state=state, automation_tool_customer_id=customer_id)
        return lambda cursor: Request("GET", _PATH, read, query=given | query(limit=page, cursor=cursor))

    @Operation
    def show(self, campaign_id: str) -> Request[Campaign]:
        """Show a campaign with its tally."""
        return Request("GET", _one(campaign_id), one(Campaign))

    @Operation
    def change(self, campaign_id: str, changes: JsonObject) -> Request[Campaign]:
        """Change fields of a campaign. The same change may be sent again."""
        return Request("PATCH", _one(campaign_id), one(Campaign), body=changes)

    @Operation
    def start(self, campaign_id: str, *, key: str | None = None) -> Request[Campaign]:
        """Start a campaign."""
        return _act(campaign_id, "start", key)

    @Operation
    def pause(self, campaign_id: str, *, key: str | None = None) -> Request[Campaign]:
        """Begin nothing more."""
        return _act(campaign_id, "pause", key)

    @Operation
    def resume(self, campaign_id: str, *, key: str | None = None) -> Request[Campaign]:
        """Let a paused campaign go on."""
        return _act(campaign_id, "resume", key)

    @Operation
    def stop(self, campaign_id: str, *, key: str | None = None) -> Request[Campaign]:
        """Stop a campaign for good."""
        return _act(campaign_id, "stop", key)

    @Operation
    def archive(self, campaign_id: str, *, key: str | None = None) -> Request[Campaign]:
        """Put away a draft, or a campaign that has ended."""
        return _act(campaign_id, "archive", key)

    @Operation
    def add_leads(
        self, campaign_id: str, leads: Sequence[CampaignPerson], *, strict: bool = False, key: str | None = None
    ) -> Request[Imported]:
        """Add people. Rows that are wrong are told and left out; with ``strict`` nobody is added then."""
        path, asked = _one(campaign_id, "leads"), query(strict="true" if strict else None)
        body = {"leads": list(leads)}
        return Request("POST", path, one(Imported), query=asked, body=body, repeat=Repeat.KEYED, key=key)

    @Operation
    def add_leads_csv(
        self,
        campaign_id: str,
        content: bytes,
        *,
        columns: Mapping[str, str] | None = None,
        strict: bool = False,
        key: str | None = None,
    ) -> Request[Imported]:
        """Add people from a CSV file; ``columns`` has names of fields and of their columns where those differ."""
        path, asked = _one(campaign_id, "leads", "csv"), _columns(columns) | query(strict="true" if strict else None)
        file = (content, "text/csv")
        return Request("POST", path, one(Imported), query=asked, content=file, repeat=Repeat.KEYED, key=key)

    @Operation
    def preview_leads_csv(
        self, campaign_id: str, content: bytes, *, columns: Mapping[str, str] | None = None
    ) -> Request[Imported]:
        """Tell what adding a CSV file would do."""
        path = _one(campaign_id, "leads", "csv", "preview")
        return Request("POST", path, one(Imported), query=_columns(columns), content=(content, "text/csv"))

    @Iteration
    def leads(self, campaign_id: str, *, state: str | None = None, page: int = 100) -> Listing[CampaignLead]:
        """Iterate over the leads of a campaign, in the order of their import."""
        path, read = _one(campaign_id, "leads"), a_page(CampaignLead, "leads")
        return lambda cursor: Request("GET", path, read, query=query(state=state, limit=page, cursor=cursor))

    @Operation
    def lead(self, lead_id: str) -> Request[CampaignLead]:
        """Show a lead."""
        return Request("GET", f"{_LEADS}/{quote(lead_id, safe='')}", one(CampaignLead))

    @Operation
    def hold_lead(self, lead_id: str, *, key: str | None = None) -> Request[CampaignLead]:
        """Set a lead aside until it is let go on."""
        return _lead_act(lead_id, "hold", key)

    @Operation
    def resume_lead(self, lead_id: str, *, key: str | None = None) -> Request[CampaignLead]:
        """Let a held lead go on."""
        return _lead_act(lead_id, "resume", key)

    @Operation
    def stop_lead(self, lead_id: str, *, key: str | None = None) -> Request[CampaignLead]:
        """Stop a lead for good."""
        return _lead_act(lead_id, "stop", key)


class Inbox(Group[Driving]):
    """What leads answered."""

    @Iteration
    def threads(
        self, *, kind: str | None = None, campaign_id: str | None = None, unhandled: bool = False, page: int = 100
    ) -> Listing[Thread]:
        """Iterate over who answered, newest first; ``kind`` is the class of the answer, such as ``interested``."""
        given = query(campaign_id=campaign_id, unhandled="true" if unhandled else None, **{"class": kind})
        read = a_page(Thread, "threads")
        return lambda cursor: Request("GET", _INBOX, read, query=given | query(limit=page, cursor=cursor))

    @Operation
    def thread(self, thread_id: str) -> Request[Thread]:
        """Show all that was said."""
        return Request("GET", f"{_INBOX}/{quote(thread_id, safe='')}", one(Thread))

    @Operation
    def handle(self, thread_id: str, *, handled: bool = True, key: str | None = None) -> Request[Thread]:
        """Note that a thread is handled, or that it is not."""
        return _thread_act(thread_id, "handle", key, {"handled": handled})

    @Operation
    def classify(self, thread_id: str, kind: str, *, key: str | None = None) -> Request[Thread]:
        """Correct the class of an answer; ``opt_out`` is final."""
        return _thread_act(thread_id, "classify", key, {"class": kind})

    @Operation
    def suppress(self, thread_id: str, *, key: str | None = None) -> Request[Thread]:
        """Leave the person alone for good, everywhere."""
        return _thread_act(thread_id, "suppress", key)

    @Operation
    def resume_company(self, thread_id: str, *, key: str | None = None) -> Request[Thread]:
        """Let the colleagues whom the answer holds go on."""
        return _thread_act(thread_id, "resume_company", key)
