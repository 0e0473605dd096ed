"""What people did, newest first, and whether the log is whole."""

from starlette.responses import Response

from overture.console.view import Page, View
from overture.domain.console import Role
from overture.usecases import auditlog

LINES = 50


async def index(view: View) -> Response:
    """Show the log."""
    before, action = view.query("before"), view.query("action")
    place = int(before) if before.isascii() and before.isdigit() and len(before) < 18 else None
    found = await auditlog.entries(view.services, place, LINES + 1, action)
    more = found[LINES - 1].id if len(found) > LINES else None
    return view.page("audit.html", entries=found[:LINES], more=more, action=action, verdict="", whole=True)


async def verify(view: View) -> Response:
    """Check the chain of hashes."""
    try:
        count, head = await auditlog.verify(view.services)
        verdict, whole = f"{count} entries, none changed or missing. The last one's hash: {head}", True
    except ValueError as error:
        verdict, whole = f"The log was touched: {error}.", False
    found = await auditlog.entries(view.services, None, LINES)
    return view.page("audit.html", entries=found, more=None, action="", verdict=verdict, whole=whole)


PAGES = (Page("/audit/", index, Role.OWNER), Page("/audit/verify", verify, Role.OWNER))
