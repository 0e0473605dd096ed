"""Adding leads from a file, looked at first; and people's rights: shown what is held, and erased."""

from io import BytesIO
from typing import Any
from uuid import UUID

import msgspec
from starlette.datastructures import UploadFile
from starlette.responses import HTMLResponse, Response

from overture.console.view import Page, Taken, View
from overture.domain.console import Role
from overture.domain.errors import Invalid
from overture.usecases import auditlog
from overture.usecases.campaigns import importing, ordering, sheets
from overture.usecases.campaigns.importing import Import, Listed, Rows
from overture.usecases.campaigns.sheets import Sheet
from overture.usecases.idempotency import Once
from overture.usecases.rights import erasing, exporting
from overture.usecases.rights.naming import Named

SHOWN = 50


async def _rows(view: View) -> Rows:
    file = view.form.get("file")
    if not isinstance(file, UploadFile) or not file.size:
        raise Invalid(["Choose a CSV file."])
    content = await file.read()
    return lambda: sheets.rows_of(Sheet(BytesIO(content), {}))


async def new(view: View) -> Response:
    """Show the form."""
    found = await ordering.show(view.services, await view.caller(), view.path_id())
    return view.page("leads_add.html", found=found, seen=None, shown=SHOWN)


async def _answer(view: View, campaign_id: UUID, seen: Import, *, added: bool) -> Response:
    context: dict[str, Any] = {"seen": seen, "shown": SHOWN, "added": added, "campaign_id": campaign_id}
    if view.fragment:
        return HTMLResponse(view.part("parts/leads_seen.html", **context))
    found = await ordering.show(view.services, await view.caller(), campaign_id)
    return view.page("leads_add.html", found=found, **context)


async def look(view: View) -> Response:
    """Say what adding the file would do; nothing is stored."""
    campaign_id = view.path_id()
    seen = await importing.preview(view.services, await view.caller(), campaign_id, await _rows(view))
    return await _answer(view, campaign_id, seen, added=False)


async def add(view: View) -> Response:
    """Add what can be taken."""
    campaign_id, done = view.path_id(), Taken[Import]()
    listed = Listed(await _rows(view))
    await importing.add(view.services, await view.caller(), campaign_id, listed, Once(None, 200), done)
    await auditlog.record(
        view.services, view.actor, "campaign.import", str(campaign_id), f"{done.value.added} of {done.value.rows}"
    )
    return await _answer(view, campaign_id, done.value, added=True)


async def people(view: View) -> Response:
    """Show the form by which a person is found."""
    return view.page("people.html", profile=view.query("profile"), would=None)


def _named(view: View) -> Named:
    return Named(profile_url=view.field("profile"))


async def look_for(view: View) -> Response:
    """Say what is held about a person, and what erasing would change."""
    would = await erasing.erase(view.services, view.account_id, _named(view), dry_run=True)
    return view.page("people.html", profile=view.field("profile"), would=would)


async def export(view: View) -> Response:
    """Give everything that is held about a person as JSON."""
    found = await exporting.export(view.services, view.account_id, _named(view))
    await auditlog.record(view.services, view.actor, "person.export")
    headers = {"content-disposition": 'attachment; filename="person.json"'}
    return Response(msgspec.json.format(msgspec.json.encode(found), indent=2), headers=headers)


async def erase(view: View) -> Response:
    """Erase a person. The log keeps that it was done, and not whom."""
    done = await erasing.erase(view.services, view.account_id, _named(view))
    await auditlog.record(view.services, view.actor, "person.erase", detail=f"{done.total} rows")
    return view.go("/console/people/", "erased")


PAGES = (
    Page("/campaigns/{id}/add", new, Role.OWNER),
    Page("/campaigns/{id}/add/look", look, Role.OWNER, ("POST",)),
    Page("/campaigns/{id}/add/now", add, Role.OWNER, ("POST",)),
    Page("/people/", people, Role.OWNER),
    Page("/people/look", look_for, Role.OWNER, ("POST",)),
    Page("/people/export", export, Role.OWNER, ("POST",)),
    Page("/people/erase", erase, Role.OWNER, ("POST",)),
)
