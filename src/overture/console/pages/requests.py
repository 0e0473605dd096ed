"""Requests: the list, one with live progress for each lead and type, one message with its evidence."""

from markupsafe import Markup
from starlette.responses import Response

from overture.console import paging
from overture.console.view import Page, View
from overture.domain.console import Role
from overture.domain.errors import NotFound
from overture.domain.revisions import MessageId
from overture.usecases import auditlog, cancelling, evidence
from overture.usecases.console import requests
from overture.usecases.idempotency import Once


async def index(view: View) -> Response:
    """List requests."""
    state = view.query("state")
    found = await requests.listed(view.services, view.account_id, state, paging.parse(view.query("before")))
    following = paging.show(found.following)
    return view.page("requests.html", lines=found.lines, following=following, state=state, states=requests.STATES)


def _first(view: View) -> int:
    text = view.query("first") or "0"
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0


async def _progress(view: View) -> Markup:
    found = await requests.progress(view.services, view.account_id, view.path_id(), _first(view))
    return view.part("parts/request.html", found=found, lines=requests.LINES)


async def show(view: View) -> Response:
    """Show one request."""
    found = await requests.progress(view.services, view.account_id, view.path_id(), _first(view))
    part = view.part("parts/request.html", found=found, lines=requests.LINES)
    return view.page("request.html", found=found, part=part)


async def live(view: View) -> Response:
    """Keep a request's progress up to date until it is complete."""
    return view.live(lambda: _progress(view), lambda text: 'data-complete="yes"' in text)


async def cancel(view: View) -> Response:
    """Give up what is not written yet."""
    request_id = view.path_id()
    await cancelling.cancel(view.services, await view.caller(), request_id, Once(None, 200), lambda _: b"")
    await auditlog.record(view.services, view.actor, "request.cancel", str(request_id))
    return view.go(f"/console/requests/{request_id}", "cancelled")


async def message(view: View) -> Response:
    """Show one message beside the evidence of each of its claims."""
    try:
        message_id = MessageId.parse(str(view.request.path_params["message"]))
    except (NotFound, ValueError):
        raise NotFound("no such message") from None
    shown = await evidence.one(view.services, await view.caller(), message_id)
    return view.page("message.html", message=shown, request_id=message_id.request_id)


PAGES = (
    Page("/requests/", index),
    Page("/requests/{id}", show),
    Page("/requests/{id}/live", live),
    Page("/requests/{id}/cancel", cancel, Role.REVIEWER, ("POST",)),
    Page("/messages/{message}", message),
)
