"""Keys of the account: made, shown once, revoked; and the rotation of one in a single step."""

from starlette.responses import Response

from overture.console.view import Page, View
from overture.domain.accounts import Scope
from overture.domain.console import Role
from overture.domain.errors import Invalid, NotFound
from overture.usecases import accounts, auditlog


async def _page(view: View, made: str = "") -> Response:
    keys = await accounts.list_keys(view.services, view.account_id)
    return view.page("keys.html", keys=keys, scopes=list(Scope), made=made)


async def index(view: View) -> Response:
    """List keys."""
    return await _page(view)


def _scope(text: str) -> Scope:
    try:
        return Scope(text)
    except ValueError:
        raise Invalid([f"scope must be one of: {', '.join(Scope)}"]) from None


async def create(view: View) -> Response:
    """Make a key, and show it this once."""
    made = await accounts.create_key(view.services, view.account_id, _scope(view.field("scope")))
    await auditlog.record(view.services, view.actor, "key.create", made.key_id, f"opens {made.scope}")
    return await _page(view, made.api_key)


async def _own(view: View) -> Scope:
    key_id = str(view.request.path_params["key"])
    for key in await accounts.list_keys(view.services, view.account_id):
        if key.key_id == key_id:
            return key.scope
    raise NotFound("no such key")


async def revoke(view: View) -> Response:
    """Refuse a key from now on."""
    await _own(view)
    key_id = str(view.request.path_params["key"])
    await accounts.revoke_key(view.services, key_id)
    await auditlog.record(view.services, view.actor, "key.revoke", key_id)
    return view.go("/console/keys/", "revoked")


async def rotate(view: View) -> Response:
    """Make a key that opens the same, show it this once; the old one works until it is revoked."""
    scope = await _own(view)
    made = await accounts.create_key(view.services, view.account_id, scope)
    await auditlog.record(view.services, view.actor, "key.rotate", str(view.request.path_params["key"]), made.key_id)
    return await _page(view, made.api_key)


PAGES = (
    Page("/keys/", index, Role.OWNER),
    Page("/keys/create", create, Role.OWNER, ("POST",)),
    Page("/keys/{key}/revoke", revoke, Role.OWNER, ("POST",)),
    Page("/keys/{key}/rotate", rotate, Role.OWNER, ("POST",)),
)
