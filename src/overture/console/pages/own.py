"""A person's own matters: which account is looked at, sessions, signing out."""

from uuid import UUID

from starlette.responses import Response

from overture.console import security
from overture.console.view import Page, View
from overture.domain.errors import NotFound
from overture.usecases.console import people


async def look_at(view: View) -> Response:
    """Look at another account."""
    try:
        account_id = UUID(view.field("account"))
    except ValueError:
        raise NotFound("no such account") from None
    await people.look_at(view.services, view.session.id, account_id)
    return view.go("/console/")


async def sessions(view: View) -> Response:
    """List the browsers in which one is signed in."""
    return view.page("sessions.html", sessions=await people.sessions(view.services, view.user.id))


async def end(view: View) -> Response:
    """End one of one's sessions."""
    await people.sign_out(view.services, view.user.id, view.path_id())
    return view.go("/console/sessions", "ended")


async def sign_out(view: View) -> Response:
    """End the present session."""
    await people.sign_out(view.services, view.user.id, view.session.id)
    response = view.go("/console/sign-in", "signed_out")
    security.set_cookie(response, "", https=security.is_https(view.request, view.settings.public_url))
    return response


PAGES = (
    Page("/look-at", look_at, methods=("POST",)),
    Page("/sessions", sessions),
    Page("/sessions/{id}/end", end, methods=("POST",)),
    Page("/sign-out", sign_out, methods=("POST",)),
)
