"""Messages of campaigns that wait for a person, and what campaigns brought. See docs/campaigns.md."""

from collections.abc import Sequence
from urllib.parse import quote

from overture.client.drivers import Driving, Group, Iteration, Listing, Operation
from overture.client.exchange import Repeat, Request
from overture.client.models import Approved, Edited, JsonObject, Rejected, Review
from overture.client.reading import a_page, as_bytes, one, query

_CAMPAIGNS = "/api/native/campaigns"
_REVIEWS = f"{_CAMPAIGNS}/reviews"


def _review(review_id: str, *more: str) -> str:
    return "/".join((_REVIEWS, quote(review_id, safe=""), *more))


class Reviews(Group[Driving]):
    """Messages that wait for a person."""

    @Iteration
    def all(
        self, *, campaign_id: str | None = None, flag: str | None = None, plain: bool = False, page: int = 100
    ) -> Listing[Review]:
        """Iterate over them, longest waiting first; ``plain``: only those without any flag."""
        given, read = (
            query(campaign_id=campaign_id, flag=flag, plain="true" if plain else None),
            a_page(Review, "reviews"),
        )
        return lambda cursor: Request("GET", _REVIEWS, read, query=given | query(limit=page, cursor=cursor))

    @Operation
    def show(self, review_id: str) -> Request[Review]:
        """Read one with its evidence."""
        return Request("GET", _review(review_id), one(Review))

    @Operation
    def approve(self, ids: Sequence[str], *, key: str | None = None) -> Request[Approved]:
        """Approve those named; each is checked again, and why one was not approved is told."""
        path, body = f"{_REVIEWS}/approve", {"ids": list(ids)}
        return Request("POST", path, one(Approved), body=body, repeat=Repeat.KEYED, key=key)

    @Operation
    def approve_all(
        self, *, campaign_id: str | None = None, flag: str | None = None, plain: bool = False, key: str | None = None
    ) -> Request[Approved]:
        """Approve all that match; ``left`` of the answer says how many were not looked at yet."""
        body: JsonObject = {"all": True, "plain": plain, **query(campaign_id=campaign_id, flag=flag)}
        return Request("POST", f"{_REVIEWS}/approve", one(Approved), body=body, repeat=Repeat.KEYED, key=key)

    @Operation
    def reject(self, review_id: str, then: str, *, reason: str = "", key: str | None = None) -> Request[Rejected]:
        """Reject one; ``then`` is ``skip``, ``stop`` or ``rewrite``."""
        body = {"then": then, "reason": reason}
        return Request("POST", _review(review_id, "reject"), one(Rejected), body=body, repeat=Repeat.KEYED, key=key)

    @Operation
    def edit(self, review_id: str, text: str, *, key: str | None = None) -> Request[Edited]:
        """Give one another text, which has to pass the send gate."""
        body = {"text": text}
        return Request("POST", _review(review_id, "edit"), one(Edited), body=body, repeat=Repeat.KEYED, key=key)


class Reports(Group[Driving]):
    """What a campaign brought."""

    @Operation
    def show(self, campaign_id: str) -> Request[JsonObject]:
        """Read the report."""
        return Request("GET", f"{_CAMPAIGNS}/{quote(campaign_id, safe='')}/report", one(JsonObject))

    @Operation
    def page(self, campaign_id: str) -> Request[bytes]:
        """Download the report as one HTML file."""
        return Request("GET", f"{_CAMPAIGNS}/{quote(campaign_id, safe='')}/report.html", as_bytes)

    @Operation
    def export(self, campaign_id: str, table: str = "leads") -> Request[bytes]:
        """Download leads, messages, replies or days as CSV."""
        path = f"{_CAMPAIGNS}/{quote(campaign_id, safe='')}/export"
        return Request("GET", path, as_bytes, query={"table": table})
