"""Settings: what holds on this installation, and who may sign in."""

from uuid import UUID

from starlette.responses import Response

from overture.console.view import Page, View
from overture.domain.console import Role
from overture.domain.errors import Invalid
from overture.usecases.console import people


async def _page(view: View, link: str = "") -> Response:
    everybody = await people.people(view.services)
    return view.page("settings.html", people=everybody, roles_known=list(Role), link=link, facts=view.settings.facts)


async def index(view: View) -> Response:
    """Show settings and people."""
    return await _page(view)


def _role(text: str) -> Role:
    try:
        return Role(text)
    except ValueError:
        raise Invalid([f"role must be one of: {', '.join(Role)}"]) from None


async def invite(view: View) -> Response:
    """Give a person a link, shown this once."""
    role = _role(view.field("role"))
    token = await people.invite(view.services, view.actor, view.field("email"), view.field("name"), role)
    base = view.settings.public_url.rstrip("/") or f"{view.request.url.scheme}://{view.request.url.netloc}"
    return await _page(view, f"{base}/console/welcome/{token}")


async def role(view: View) -> Response:
    """Change what a person may do."""
    await people.change_role(view.services, view.actor, view.path_id(), _role(view.field("role")))
    return view.go("/console/settings/", "saved")


async def disable(view: View) -> Response:
    """Shut a person out."""
    await _set(view, view.path_id(), disabled=True)
    return view.go("/console/settings/", "saved")


async def enable(view: View) -> Response:
    """Let a person in again."""
    await _set(view, view.path_id(), disabled=False)
    return view.go("/console/settings/", "saved")


async def _set(view: View, user_id: UUID, *, disabled: bool) -> None:
    await people.set_disabled(view.services, view.actor, user_id, disabled=disabled)


PAGES = (
    Page("/settings/", index, Role.OWNER),
    Page("/settings/invite", invite, Role.OWNER, ("POST",)),
    Page("/settings/people/{id}/role", role, Role.OWNER, ("POST",)),
    Page("/settings/people/{id}/disable", disable, Role.OWNER, ("POST",)),
    Page("/settings/people/{id}/enable", enable, Role.OWNER, ("POST",)),
)
