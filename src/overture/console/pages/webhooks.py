"""Webhooks: receivers and their health, deliveries with every attempt, replay, test events, the secret."""

from datetime import UTC, datetime

from starlette.responses import Response

from overture.console import paging
from overture.console.view import Page, View
from overture.domain.console import Role
from overture.domain.errors import Invalid
from overture.usecases import accounts, auditlog, webhooks
from overture.usecases.console import deliveries


async def index(view: View) -> Response:
    """List receivers and deliveries."""
    state = view.query("state")
    found = await deliveries.listed(view.services, view.account_id, state, paging.parse(view.query("before")))
    return view.page(
        "webhooks.html",
        lines=found.lines,
        following=paging.show(found.following),
        state=state,
        states=deliveries.STATES,
        targets=await deliveries.targets(view.services, view.account_id),
        secrets=await accounts.secret_times(view.services, view.account_id),
        secret="",
    )


async def show(view: View) -> Response:
    """Show one delivery: the body, and each attempt."""
    event, attempts = await deliveries.one(view.services, view.account_id, view.path_id())
    return view.page("webhook.html", event=event, attempts=attempts, body=event.body.decode("utf-8", "replace"))


async def replay(view: View) -> Response:
    """Send one again."""
    event_id = view.path_id()
    await webhooks.replay(view.services, view.account_id, [event_id])
    await auditlog.record(view.services, view.actor, "webhook.replay", str(event_id))
    return view.go(f"/console/webhooks/{event_id}", "replayed")


def _moment(text: str, name: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        raise Invalid([f"{name} must be a date and time"]) from None


async def replay_many(view: View) -> Response:
    """Send again what was given up, or everything of a time."""
    since = until = None
    if view.field("since") or view.field("until"):
        since, until = _moment(view.field("since"), "From"), _moment(view.field("until"), "To")
    count = await deliveries.replay_many(view.services, view.account_id, since, until)
    span = f"{since:%Y-%m-%d %H:%M} to {until:%Y-%m-%d %H:%M} UTC" if since and until else "all that were given up"
    await auditlog.record(view.services, view.actor, "webhook.replay_many", span, f"{count} events")
    return view.go("/console/webhooks/", "replayed")


async def test(view: View) -> Response:
    """Send a test event."""
    event_id = await deliveries.send_test(view.services, view.account_id, view.field("url"))
    await auditlog.record(view.services, view.actor, "webhook.test", view.field("url"))
    return view.go(f"/console/webhooks/{event_id}", "sent")


async def rotate(view: View) -> Response:
    """Make a new secret, and show it this once."""
    secret = await accounts.rotate_secret(view.services, view.account_id)
    await auditlog.record(view.services, view.actor, "webhook.rotate_secret")
    found = await deliveries.listed(view.services, view.account_id, "", None)
    return view.page(
        "webhooks.html",
        lines=found.lines,
        following=paging.show(found.following),
        state="",
        states=deliveries.STATES,
        targets=await deliveries.targets(view.services, view.account_id),
        secrets=await accounts.secret_times(view.services, view.account_id),
        secret=secret,
    )


PAGES = (
    Page("/webhooks/", index),
    Page("/webhooks/replay", replay_many, Role.OWNER, ("POST",)),
    Page("/webhooks/test", test, Role.OWNER, ("POST",)),
    Page("/webhooks/secret", rotate, Role.OWNER, ("POST",)),
    Page("/webhooks/{id}", show),
    Page("/webhooks/{id}/replay", replay, Role.OWNER, ("POST",)),
)
