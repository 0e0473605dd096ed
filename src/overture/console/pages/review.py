"""Review: each message beside its evidence; approved, edited past the gate, rejected; by mouse, keys, or in bulk."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from starlette.responses import HTMLResponse, Response

from overture.console import paging
from overture.console.view import Page, Taken, View
from overture.domain.accounts import Caller
from overture.domain.campaigns.flags import Flag
from overture.domain.campaigns.reviews import ReviewId, Then
from overture.domain.console import Role
from overture.domain.errors import Conflict, Invalid
from overture.domain.messages import MESSAGE_LIMIT, MessageType
from overture.usecases import auditlog
from overture.usecases.campaigns import approving, ordering, reviewing
from overture.usecases.campaigns.approving import Approved
from overture.usecases.campaigns.reviewing import Shown
from overture.usecases.idempotency import Once

HERE = "/console/review/"
LINES = 25
_ONCE = Once(None, 200)


async def _reviewer(view: View) -> Caller:
    """Return the person as a caller under their own name: it is kept with what they approve."""
    return replace(await view.caller(), key_id=view.user.email)


def _id(view: View) -> ReviewId:
    return ReviewId.parse(str(view.request.path_params["text"]))


def _campaign(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Invalid(["there is no such campaign"]) from None


async def index(view: View) -> Response:
    """List what waits."""
    flag, campaign = view.query("flag"), _campaign(view.query("campaign"))
    which = reviewing.Matching(view.account_id, campaign, flag if flag in set(Flag) else None, plain=flag == "plain")
    after: tuple[datetime, UUID] | None = paging.parse(view.query("after"))
    found = await reviewing.page(view.services, which, after, LINES)
    return view.page(
        "review.html",
        reviews=found.reviews,
        following=paging.show(found.following),
        flag=flag,
        campaign=view.query("campaign"),
        flags=list(Flag),
        then=list(Then),
        note=MessageType.CONNECTION_REQUEST,
        most=MESSAGE_LIMIT,
        not_approved=[],
        campaigns=(await ordering.list_own(view.services, await view.caller(), None, None, None, 100)).campaigns,
    )


async def evidence(view: View) -> Response:
    """Show one message with the evidence of each claim: a part of the list, or a page of its own."""
    shown = await reviewing.show(view.services, await view.caller(), _id(view))
    if view.fragment:
        return HTMLResponse(view.part("parts/review_evidence.html", message=_as_message(shown), review=shown.review))
    return view.page(
        "review_one.html",
        message=_as_message(shown),
        review=shown.review,
        then=list(Then),
        note=MessageType.CONNECTION_REQUEST,
        most=MESSAGE_LIMIT,
    )


def _as_message(shown: Shown) -> dict[str, object]:
    return {"segments": shown.segments, "objections": shown.objections, "text": shown.review.text}


async def approve(view: View) -> Response:
    """Approve one."""
    text = _id(view)
    done: Taken[Approved] = Taken()
    await approving.approve(view.services, await _reviewer(view), [text], _ONCE, done)
    if done.value.not_approved:
        raise Conflict(approving.SENTENCES[done.value.not_approved[0].why])
    await auditlog.record(view.services, view.actor, "message.approve", str(text))
    return HTMLResponse("") if view.fragment else view.go(HERE, "approved")


async def approve_many(view: View) -> Response:
    """Approve those that are ticked, or all without a flag."""
    if view.field("which") == "plain":
        which: list[ReviewId] | reviewing.Matching = reviewing.Matching(
            view.account_id, _campaign(view.field("campaign")), plain=True
        )
    else:
        which = [ReviewId.parse(str(text)) for text in view.form.getlist("text")]
    done: Taken[Approved] = Taken()
    await approving.approve(view.services, await _reviewer(view), which, _ONCE, done)
    count, against = len(done.value.approved), done.value.not_approved
    await auditlog.record(
        view.services, view.actor, "message.approve_many", view.field("which") or "ticked", f"{count} approved"
    )
    if not against:
        return view.go(HERE, "approved")
    told = [f"{one.id.lead_id}: {approving.SENTENCES[one.why]}" for one in against[:20]]
    return view.page("failure.html", 200, title=f"{count} approved, {len(against)} not", sentences=told)


async def reject(view: View) -> Response:
    """Reject one: leave the step out, stop the lead, or have it written anew."""
    text = _id(view)
    then = next((one for one in Then if one == view.field("then")), None)
    if then is None:
        raise Invalid(["Say what follows: leave the step out, stop the lead, or write it anew."])
    verdict = (then, view.field("why"))
    await approving.reject(view.services, await _reviewer(view), text, verdict, _ONCE, lambda _: b"")
    await auditlog.record(view.services, view.actor, "message.reject", str(text), f"{then}: {view.field('why')}")
    return HTMLResponse("") if view.fragment else view.go(HERE, "rejected")


async def edit(view: View) -> Response:
    """Replace the text, if the new one passes the gate; the card shows it with its evidence."""
    text = _id(view)
    new = str(view.form.get("new") or "").replace("\r\n", "\n").strip()
    await reviewing.edit(view.services, await _reviewer(view), text, new, _ONCE, lambda _: b"")
    await auditlog.record(view.services, view.actor, "message.edit", str(text))
    if not view.fragment:
        return view.go(f"{HERE}{text}", "edited")
    shown = await reviewing.show(view.services, await view.caller(), text)
    return HTMLResponse(view.part("parts/review_evidence.html", message=_as_message(shown), review=shown.review))


PAGES = (
    Page("/review/", index),
    Page("/review/approve", approve_many, Role.REVIEWER, ("POST",)),
    Page("/review/{text}", evidence),
    Page("/review/{text}/approve", approve, Role.REVIEWER, ("POST",)),
    Page("/review/{text}/reject", reject, Role.REVIEWER, ("POST",)),
    Page("/review/{text}/edit", edit, Role.REVIEWER, ("POST",)),
)
