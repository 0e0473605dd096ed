"""Inbox: what leads answered and how it was read; handled, put into another class, left alone for good."""

from uuid import UUID

from starlette.responses import Response

from overture.console import paging
from overture.console.view import Page, View
from overture.domain.campaigns.replies import ReplyClass
from overture.domain.console import Role
from overture.domain.errors import Invalid
from overture.usecases import auditlog
from overture.usecases.campaigns import threads
from overture.usecases.campaigns.threads import Wanted
from overture.usecases.idempotency import Once

HERE = "/console/inbox/"
LINES = 30
_ONCE = Once(None, 200)


async def index(view: View) -> Response:
    """List threads, the newest first; what is not handled, unless all are asked for."""
    kind = next((one for one in ReplyClass if one == view.query("class")), None)
    everything = view.query("show") == "all"
    try:
        campaign = UUID(view.query("campaign")) if view.query("campaign") else None
    except ValueError:
        raise Invalid(["there is no such campaign"]) from None
    wanted = Wanted(kind, campaign, not everything, paging.parse(view.query("after")))
    found = await threads.list_(view.services, await view.caller(), wanted, LINES)
    return view.page(
        "inbox.html",
        threads=found.threads,
        following=paging.show(found.following),
        kind=kind,
        kinds=list(ReplyClass),
        everything=everything,
        campaign=view.query("campaign"),
    )


async def show(view: View) -> Response:
    """Show one thread."""
    found = await threads.show(view.services, await view.caller(), view.path_id())
    return view.page("thread.html", found=found, entry=found.entry, kinds=list(ReplyClass))


async def handle(view: View) -> Response:
    """Note that a thread is handled, or that it is not."""
    handled = view.field("handled") != "no"
    await threads.handle(view.services, await view.caller(), view.path_id(), _ONCE, lambda _: b"", handled=handled)
    return view.go(HERE, "done")


async def classify(view: View) -> Response:
    """Put a reply into another class."""
    kind = next((one for one in ReplyClass if one == view.field("class")), None)
    if kind is None:
        raise Invalid([f"The class must be one of: {', '.join(ReplyClass)}."])
    message_id = view.path_id()
    await threads.classify(view.services, await view.caller(), message_id, _ONCE, lambda _: b"", kind)
    await auditlog.record(view.services, view.actor, "reply.classify", str(message_id), kind)
    return view.go(f"{HERE}{message_id}", "saved")


async def suppress(view: View) -> Response:
    """Leave a person alone for good."""
    message_id = view.path_id()
    await threads.suppress(view.services, await view.caller(), message_id, _ONCE, lambda _: b"")
    await auditlog.record(view.services, view.actor, "person.suppress", str(message_id))
    return view.go(HERE, "suppressed")


async def resume(view: View) -> Response:
    """Let the company's other leads go on."""
    message_id = view.path_id()
    await threads.resume_company(view.services, await view.caller(), message_id, _ONCE, lambda _: b"")
    await auditlog.record(view.services, view.actor, "company.resume", str(message_id))
    return view.go(f"{HERE}{message_id}", "done")


PAGES = (
    Page("/inbox/", index),
    Page("/inbox/{id}", show),
    Page("/inbox/{id}/handled", handle, Role.REVIEWER, ("POST",)),
    Page("/inbox/{id}/class", classify, Role.REVIEWER, ("POST",)),
    Page("/inbox/{id}/suppress", suppress, Role.REVIEWER, ("POST",)),
    Page("/inbox/{id}/resume-company", resume, Role.REVIEWER, ("POST",)),
)
